//! Does the ledger lie on a drive whose locks and syncs can be trusted? Network file systems are refused: some of them lie
//! about both, and two machines could write at once.
//!
//! Told from Linux's table of mounts; elsewhere nothing is refused.

use std::path::Path;

use assay_model::{Code, Fault};

/// File systems of other machines, as Linux names them.
const NETWORK: [&str; 13] = [
    "nfs",
    "nfs4",
    "cifs",
    "smb3",
    "smbfs",
    "ncpfs",
    "afs",
    "ceph",
    "lustre",
    "glusterfs",
    "fuse.glusterfs",
    "fuse.sshfs",
    "fuse.davfs",
];

/// Refuses a folder on a network file system.
pub(crate) fn refuse_network(folder: &Path) -> Result<(), Fault> {
    let Ok(mounts) = std::fs::read_to_string("/proc/self/mountinfo") else {
        return Ok(());
    };
    let folder = folder.canonicalize().unwrap_or_else(|_| folder.to_owned());
    match file_system(&mounts, &folder) {
        Some(name) if NETWORK.contains(&name) => Err(Fault::new(
            Code::NotAllowed,
            format!("the folder lies on a network file system ({name}), which cannot keep a ledger safe"),
            "keep the workspace on a drive of this machine; hand work on as packs",
        )
        .at(folder.display().to_string())),
        _ => Ok(()),
    }
}

/// The file system that holds `folder`: of the deepest mount above it, the last one made.
fn file_system<'a>(mounts: &'a str, folder: &Path) -> Option<&'a str> {
    let mount = |line: &'a str| {
        let (place, source) = line.split_once(" - ")?;
        let point = place.split(' ').nth(4)?.replace("\\040", " ");
        let depth = Path::new(&point).components().count();
        let name = source.split(' ').next()?;
        folder.starts_with(&point).then_some((depth, name))
    };
    mounts
        .lines()
        .filter_map(mount)
        .max_by_key(|(depth, _)| *depth)
        .map(|(_, name)| name)
}

#[cfg(test)]
mod tests {
    use super::*;

    const MOUNTS: &str = "21 1 8:1 / / rw,relatime shared:1 - ext4 /dev/sda1 rw\n\
        40 21 0:45 / /home/ana/shared rw - nfs4 server:/export rw\n\
        41 40 0:46 / /home/ana/shared/local\\040disk rw - ext4 /dev/sdb1 rw\n";

    #[test]
    fn the_deepest_mount_above_a_folder_names_its_file_system() {
        let of = |path: &str| file_system(MOUNTS, Path::new(path));
        assert_eq!(of("/home/ana/letters.assay"), Some("ext4"));
        assert_eq!(of("/home/ana/shared/letters.assay"), Some("nfs4"));
        assert_eq!(of("/home/ana/shared/local disk/letters.assay"), Some("ext4"));
        assert!(NETWORK.contains(&"nfs4") && !NETWORK.contains(&"ext4"));
    }
}
