//! Which files hold the data?

use serde_json::{Value, json};

use crate::card::LayoutFact;
use crate::visible::visible;

/// Every source file with its digest, and a set for each layout that more than one file has.
pub fn distribution(layouts: &[LayoutFact]) -> Vec<Value> {
    let mut out = Vec::new();
    for (number, layout) in layouts.iter().enumerate() {
        out.extend(layout.files.iter().map(|file| {
            json!({
                "@type": "cr:FileObject",
                "@id": file_id(&file.path),
                "name": visible(&file.path),
                "description": format!("{} samples of this snapshot are in this file.", file.samples),
                "contentUrl": encoded(&file.path),
                "contentSize": format!("{} B", file.bytes),
                "encodingFormat": layout.media_types,
                "sha256": file.sha256,
            })
        }));
        if layout.files.len() > 1 {
            let paths: Vec<String> = layout.files.iter().map(|file| glob(&file.path)).collect();
            out.push(json!({
                "@type": "cr:FileSet",
                "@id": set_id(number),
                "name": set_id(number),
                "description": "Files whose records became samples in the same way.",
                "encodingFormat": layout.media_types,
                "includes": paths,
            }));
        }
    }
    out
}

/// The source of a field: the one file of the layout, or its set.
pub fn source(number: usize, layout: &LayoutFact) -> (&'static str, String) {
    match layout.files.as_slice() {
        [only] => ("fileObject", file_id(&only.path)),
        _ => ("fileSet", set_id(number)),
    }
}

fn file_id(path: &str) -> String {
    format!("file/{}", encoded(path))
}

fn set_id(number: usize) -> String {
    format!("files-{}", number + 1)
}

/// A relative reference (RFC 3986): everything but unreserved characters and the slash in percent encoding.
pub fn encoded(text: &str) -> String {
    let mut out = String::with_capacity(text.len());
    for byte in text.bytes() {
        match byte {
            b'a'..=b'z' | b'A'..=b'Z' | b'0'..=b'9' | b'-' | b'.' | b'_' | b'~' | b'/' => {
                out.push(byte.into())
            }
            _ => out += &format!("%{byte:02X}"),
        }
    }
    out
}

/// A pattern that matches this path alone.
fn glob(path: &str) -> String {
    let mut out = String::with_capacity(path.len());
    for character in path.chars() {
        match character {
            '*' | '?' | '[' => out.extend(['[', character, ']']),
            _ => out.push(character),
        }
    }
    out
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn no_name_of_a_file_acts_in_an_address_or_a_pattern() {
        assert_eq!(encoded("a b/ü#.csv"), "a%20b/%C3%BC%23.csv");
        assert_eq!(glob("a*[1].csv"), "a[*][[]1].csv");
    }
}
