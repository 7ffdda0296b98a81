//! A disk that is full: what is acknowledged stays, the ballast lets a pending decision land, and room brings everything back.

use std::fs;
use std::io::Write;
use std::path::{Path, PathBuf};
use std::process::Command;

use assay_ledger::{Access, JOURNAL_FILE, Ledger, Verdict};
use assay_model::Code;

use crate::effort::{count, figure};
use crate::journal::{closed, copy_folder, crashed, rich};
use crate::world::{decided, draft};

/// A file system of a few megabytes in memory, unmounted when dropped.
struct SmallDisk(tempfile::TempDir);

impl SmallDisk {
    /// None, said aloud, where nothing may be mounted.
    fn of(kilobytes: usize) -> Option<Self> {
        let folder = tempfile::tempdir().unwrap();
        let size = format!("size={kilobytes}k");
        let mounted = Command::new("mount")
            .args(["-t", "tmpfs", "-o", &size, "assay-test"])
            .arg(folder.path())
            .output()
            .is_ok_and(|output| output.status.success());
        if !mounted {
            println!("SKIPPED: a small tmpfs cannot be mounted here (it needs root)");
            return None;
        }
        Some(Self(folder))
    }

    fn workspace(&self) -> PathBuf {
        self.0.path().join("workspace")
    }

    /// Fills the disk but for this many bytes.
    fn fill(&self, but: u64) {
        let mut file = fs::File::create(self.0.path().join("filling")).unwrap();
        while file.write_all(&[0x5a; 4096]).is_ok() {}
        let length = file.metadata().unwrap().len();
        file.set_len(length.saturating_sub(but)).unwrap();
    }

    fn make_room(&self) {
        fs::remove_file(self.0.path().join("filling")).unwrap();
    }
}

impl Drop for SmallDisk {
    fn drop(&mut self) {
        let _ = Command::new("umount").arg(self.0.path()).output();
    }
}

#[test]
fn decisions_on_a_full_disk_land_or_are_refused_and_none_is_lost() {
    let base = closed(rich());
    let (mut rounds, mut by_ballast, mut refused) = (0, 0, 0);
    for round in 0..count(12, 200) {
        let Some(disk) = SmallDisk::of(8 << 10) else {
            return;
        };
        copy_folder(base.path(), &disk.workspace());
        let mut ledger = Ledger::open(&disk.workspace(), Access::Write).unwrap();
        assert!(ledger.has_ballast());
        let queue = ledger.queues().unwrap().remove(0);
        let items = ledger.queue_items(&queue).unwrap();
        disk.fill((round * 4096) as u64 % (200 << 10));
        let (mut saved, mut told_full) = (Vec::new(), 0);
        for turn in 0..4000 {
            let draft = draft(
                "Maria",
                decided(queue.id, items[turn % 10], Verdict::ALL[turn % 4]),
            );
            let had_ballast = ledger.has_ballast();
            match ledger.append(std::slice::from_ref(&draft)) {
                Ok(_) => {
                    saved.push(draft.id);
                    by_ballast += usize::from(had_ballast && !ledger.has_ballast());
                }
                Err(fault) => {
                    assert_eq!(fault.code, Code::DiskFull, "{fault}");
                    assert!(!had_ballast, "refused while there was ballast: {fault}");
                    told_full += 1;
                }
            }
            if told_full == 3 {
                break;
            }
        }
        assert_eq!(told_full, 3, "the disk never was full");
        refused += told_full;
        disk.make_room();
        let after = draft("Maria", decided(queue.id, items[0], Verdict::Skip));
        ledger.append(std::slice::from_ref(&after)).unwrap();
        saved.push(after.id);
        holds(&disk.workspace(), ledger, &saved);
        rounds += 1;
    }
    assert!(by_ballast > 0, "the ballast never helped");
    figure(&format!(
        "full disks: {rounds} rounds, {refused} decisions refused with disk_full, {by_ballast} landed by the ballast, 0 lost"
    ));
}

fn holds(folder: &Path, ledger: Ledger, saved: &[uuid::Uuid]) {
    drop(ledger);
    let ledger = Ledger::open(folder, Access::Write).unwrap();
    for id in saved {
        assert!(
            ledger.entry_by_id(*id).unwrap().is_some(),
            "an acknowledged entry is gone"
        );
    }
    assert!(ledger.verify().unwrap().whole());
    assert!(ledger.has_ballast());
}

#[test]
fn a_save_that_was_cut_short_on_a_full_disk_does_not_keep_the_ledger_shut() {
    let base = rich();
    let Some(disk) = SmallDisk::of(8 << 10) else {
        return;
    };
    // A crash in the middle of a save: half a frame in the journal, and the database behind it.
    let crash = crashed(base.folder.path());
    let journal = crash.path().join(JOURNAL_FILE);
    let mut bytes = fs::read(&journal).unwrap();
    bytes.extend_from_slice(b"700 0123456789abcdef");
    fs::write(&journal, bytes).unwrap();
    copy_folder(crash.path(), &disk.workspace());
    disk.fill(0);
    let ledger = Ledger::open(&disk.workspace(), Access::Write).unwrap();
    assert_eq!(ledger.size().unwrap(), base.ledger.size().unwrap());
    assert!(!ledger.has_ballast());
    assert!(ledger.verify().unwrap().whole());
}
