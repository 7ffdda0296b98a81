//! What may a worker still do once it has its job?
//!
//! On Linux: read beneath the folders of its files, and nothing else. Landlock takes away every other path and every write,
//! seccomp takes away connections, programs and what Landlock does not know, and limits keep a parser's hunger from the machine.
//! Each works without the others, and where the kernel has none of them the worker reads all the same: `Fence` says what holds.

use std::path::Path;

use assay_read::Limits;
use serde::{Deserialize, Serialize};

/// What holds for a worker.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
pub struct Fence {
    /// It reads nothing but the folders of its files, and writes nothing.
    pub files: bool,
    /// It opens no connection and starts no program.
    pub calls: bool,
    /// It is ended when it asks for most of the machine's memory or for more of a processor than its file can need, and leaves no
    /// file behind.
    pub limits: bool,
}

impl Fence {
    /// What can be taken away from a worker, in words, and whether it is.
    pub fn said(&self) -> [(&'static str, bool); 3] {
        [
            ("reads only the folders of its files and writes none", self.files),
            ("opens no connection and starts no program", self.calls),
            ("memory, processor time and file sizes are limited", self.limits),
        ]
    }
}

/// Puts the fence up around this thread and all that come from it, for good. `files` stay readable, and what lies beside them.
pub fn raise_fence<'a>(files: impl Iterator<Item = &'a Path>, limits: &Limits) -> Fence {
    Fence {
        limits: limits::set(limits.memory_bytes).is_some(),
        files: paths::restrict(files),
        calls: calls::restrict().is_some(),
    }
}

/// Lets this process go on for as much of a processor as a file of so many bytes may take. A parser that takes more is ended
/// with its process, which costs the file. False where the system has no such limit, or does not tell what was used.
pub fn allow_processor_time(bytes: u64, limits: &Limits) -> bool {
    limits::allow(limits.processor_s + bytes / limits.processor_bytes.max(1)).is_some()
}

#[cfg(unix)]
mod limits {
    use rlimit::Resource;

    /// Of the machine's memory, in percent.
    const SHARE: u64 = 75;
    /// Small machines give a worker this much all the same, in bytes.
    const LEAST: u64 = 2 << 30;

    pub(super) fn set(given: Option<u64>) -> Option<()> {
        let most = match given {
            Some(bytes) => bytes,
            None => (memory()? / 100 * SHARE).max(LEAST),
        };
        Resource::DATA.set(most, most).ok()?;
        Resource::FSIZE.set(0, 0).ok()?;
        Resource::CORE.set(0, 0).ok()
    }

    /// So many seconds more than were used; what may still be raised stays as it is.
    pub(super) fn allow(seconds: u64) -> Option<()> {
        let (_, most) = Resource::CPU.get().ok()?;
        Resource::CPU.set((used()? + seconds + 1).min(most), most).ok()
    }

    /// Of all processors, by all threads, in whole seconds.
    #[cfg(target_os = "linux")]
    fn used() -> Option<u64> {
        /// What Linux tells is in hundredths, whatever its clock runs at.
        const TICKS: u64 = 100;
        let text = std::fs::read_to_string("/proc/self/stat").ok()?;
        // Behind the name, which may hold anything: user time is the twelfth field, system time the next.
        let mut fields = text.rsplit_once(')')?.1.split_whitespace().skip(11);
        let ticks: u64 = fields.next()?.parse::<u64>().ok()? + fields.next()?.parse::<u64>().ok()?;
        Some(ticks / TICKS)
    }

    #[cfg(not(target_os = "linux"))]
    fn used() -> Option<u64> {
        None
    }

    /// Of the machine, in bytes.
    #[cfg(target_os = "linux")]
    fn memory() -> Option<u64> {
        let text = std::fs::read_to_string("/proc/meminfo").ok()?;
        let line = text.lines().find_map(|line| line.strip_prefix("MemTotal:"))?;
        let kibibytes: u64 = line.trim().strip_suffix("kB")?.trim().parse().ok()?;
        Some(kibibytes << 10)
    }

    #[cfg(not(target_os = "linux"))]
    fn memory() -> Option<u64> {
        None
    }
}

#[cfg(not(unix))]
mod limits {
    pub(super) fn set(_given: Option<u64>) -> Option<()> {
        None
    }

    pub(super) fn allow(_seconds: u64) -> Option<()> {
        None
    }
}

#[cfg(target_os = "linux")]
mod paths {
    use std::collections::BTreeSet;
    use std::path::Path;

    use landlock::{
        ABI, Access, AccessFs, AccessNet, BitFlags, Ruleset, RulesetAttr, RulesetCreatedAttr, RulesetStatus,
        path_beneath_rules,
    };

    /// What the standard library and the thread pool ask the system: how many processors there are.
    const SYSTEM: [&str; 3] = ["/proc/self", "/proc/meminfo", "/sys/fs/cgroup"];
    /// Newer kernels know more; what an older one does not know is left out.
    const KNOWN: ABI = ABI::V5;

    pub(super) fn restrict<'a>(files: impl Iterator<Item = &'a Path>) -> bool {
        let folders: BTreeSet<&Path> = files
            .filter_map(Path::parent)
            .chain(SYSTEM.map(Path::new))
            .collect();
        let read: BitFlags<AccessFs> = AccessFs::ReadFile | AccessFs::ReadDir;
        let restricted = Ruleset::default()
            .handle_access(AccessFs::from_all(KNOWN))
            .and_then(|ruleset| ruleset.handle_access(AccessNet::from_all(KNOWN)))
            .and_then(Ruleset::create)
            .and_then(|created| created.add_rules(path_beneath_rules(folders, read)))
            .and_then(landlock::RulesetCreated::restrict_self);
        restricted.is_ok_and(|status| status.ruleset != RulesetStatus::NotEnforced)
    }
}

#[cfg(not(target_os = "linux"))]
mod paths {
    pub(super) fn restrict<'a>(_: impl Iterator<Item = &'a std::path::Path>) -> bool {
        false
    }
}

#[cfg(target_os = "linux")]
mod calls {
    use std::collections::BTreeMap;

    use seccompiler::{BpfProgram, SeccompAction, SeccompFilter};

    /// Calls that no reader of files needs: connections, programs, other processes, and changes to files that Landlock lets pass.
    const DENIED: [libc::c_long; 24] = [
        libc::SYS_socket,
        libc::SYS_socketpair,
        libc::SYS_connect,
        libc::SYS_bind,
        libc::SYS_listen,
        libc::SYS_execve,
        libc::SYS_execveat,
        libc::SYS_ptrace,
        libc::SYS_process_vm_readv,
        libc::SYS_process_vm_writev,
        libc::SYS_kill,
        libc::SYS_tkill,
        libc::SYS_io_uring_setup,
        libc::SYS_bpf,
        libc::SYS_mount,
        libc::SYS_fchmod,
        libc::SYS_fchmodat,
        libc::SYS_fchown,
        libc::SYS_fchownat,
        libc::SYS_utimensat,
        libc::SYS_setxattr,
        libc::SYS_fsetxattr,
        libc::SYS_removexattr,
        libc::SYS_fremovexattr,
    ];
    /// The same under the names that only this architecture has.
    #[cfg(target_arch = "x86_64")]
    const ALSO_DENIED: [libc::c_long; 5] = [
        libc::SYS_chmod,
        libc::SYS_chown,
        libc::SYS_lchown,
        libc::SYS_utime,
        libc::SYS_utimes,
    ];
    #[cfg(not(target_arch = "x86_64"))]
    const ALSO_DENIED: [libc::c_long; 0] = [];

    pub(super) fn restrict() -> Option<()> {
        let rules: BTreeMap<i64, Vec<_>> = DENIED
            .into_iter()
            .chain(ALSO_DENIED)
            .map(|call| (call, Vec::new()))
            .collect();
        let refused = SeccompAction::Errno(libc::EACCES as u32);
        let architecture = std::env::consts::ARCH.try_into().ok()?;
        let filter = SeccompFilter::new(rules, SeccompAction::Allow, refused, architecture).ok()?;
        let program: BpfProgram = filter.try_into().ok()?;
        seccompiler::apply_filter(&program).ok()
    }
}

#[cfg(not(target_os = "linux"))]
mod calls {
    pub(super) fn restrict() -> Option<()> {
        None
    }
}
