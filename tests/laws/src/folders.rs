//! Releases and sign-offs as folders: does one hold of which a byte is another?

mod release;
mod sign_off;

use std::path::Path;

pub(crate) use release::{release_folder, release_manifest};
pub(crate) use sign_off::sign_off_folder;

/// What an input does to a folder: the first byte names the file, the second says whether what vouches for it is made anew.
struct Change<'a> {
    file: &'static str,
    content: &'a [u8],
    is_resealed: bool,
}

impl<'a> Change<'a> {
    fn of(bytes: &'a [u8], files: &[&'static str]) -> Option<Self> {
        let [file, resealed, content @ ..] = bytes else {
            return None;
        };
        Some(Self {
            file: files[*file as usize % files.len()],
            content,
            is_resealed: resealed % 2 == 1,
        })
    }
}

fn write(folder: &Path, name: &str, bytes: impl AsRef<[u8]>) {
    std::fs::write(folder.join(name), bytes).expect("the folder can be written to");
}

fn read(folder: &Path, name: &str) -> Vec<u8> {
    std::fs::read(folder.join(name)).expect("the file is there")
}

/// Inputs that change nothing.
pub(crate) fn seeds() -> Vec<crate::seeds::Seed> {
    [release::seeds(), sign_off::seeds()].concat()
}
