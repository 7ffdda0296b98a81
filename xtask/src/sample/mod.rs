//! The bundled sample dataset: hand-written sentences, dealt to files of many formats, with planted trouble.
//!
//! Everything follows from one seed; `planted.json` says what a correct index of it must count.

mod compose;
mod content;
mod damage;
mod encode;
mod manifest;
mod plan;
mod plant;
mod record;
mod similar;
mod voice;

use std::error::Error;

use crate::draw::Draw;
use plan::{Kind, LOTS};
use record::Record;

const SEED: u64 = 1;

/// A file of the dataset with the records that a reader must find in it, in their order.
pub struct Content {
    pub path: String,
    pub bytes: Vec<u8>,
    pub records: Vec<Record>,
}

/// Every file below `assets/sample`, as path and bytes.
pub fn files() -> Result<Vec<(String, Vec<u8>)>, Box<dyn Error>> {
    let mut draw = Draw::new(SEED);
    let mut placed = compose::compose(&mut draw)?;
    let planted = plant::plant(&mut placed, &mut draw)?;
    let mut contents = Vec::new();
    for (index, lot) in LOTS.iter().enumerate() {
        let mut records: Vec<Record> = placed
            .iter()
            .filter(|placed| placed.lot == index)
            .map(|placed| placed.record.clone())
            .collect();
        draw.shuffle(&mut records);
        if lot.kind == Kind::Leaflet {
            contents.extend(records.into_iter().enumerate().map(|(number, record)| Content {
                path: format!("{}/{:02}.md", lot.path, number + 1),
                bytes: record.joined().into_bytes(),
                records: vec![record],
            }));
            continue;
        }
        let bytes = encode::encode(lot.path, &records.iter().collect::<Vec<_>>())?;
        contents.push(Content {
            path: lot.path.to_owned(),
            bytes,
            records,
        });
    }
    let damaged = damage::damaged();
    let manifest = manifest::manifest(&contents, &damaged, &planted)?;
    let mut files = vec![
        (
            "assay-map.toml".to_owned(),
            include_bytes!("../../content/assay-map.toml").to_vec(),
        ),
        ("README.md".to_owned(), manifest::readme(&manifest).into_bytes()),
        (
            "planted.json".to_owned(),
            (serde_json::to_string_pretty(&manifest)? + "\n").into_bytes(),
        ),
    ];
    files.extend(
        contents
            .into_iter()
            .map(|content| (format!("data/{}", content.path), content.bytes)),
    );
    files.extend(
        damaged
            .into_iter()
            .map(|damaged| (format!("data/{}", damaged.path), damaged.bytes)),
    );
    files.push((format!("data/{}", damage::POINTER.0), damage::POINTER.1.to_vec()));
    Ok(files)
}

#[cfg(test)]
mod tests {
    #[test]
    fn two_runs_write_the_same_bytes() {
        let once = super::files().expect("the sample can be written");
        let twice = super::files().expect("the sample can be written");
        assert!(once == twice);
        let bytes: usize = once.iter().map(|(_, bytes)| bytes.len()).sum();
        assert!(bytes < 3_000_000, "{bytes}");
    }
}
