//! The ledger's words and the window's, one for one.

use assay_ledger::{Role, Verdict};

use crate::wire;

pub fn to_wire(verdict: Verdict) -> wire::Verdict {
    match verdict {
        Verdict::Approve => wire::Verdict::Approve,
        Verdict::Exclude => wire::Verdict::Exclude,
        Verdict::Unsure => wire::Verdict::Unsure,
        Verdict::Skip => wire::Verdict::Skip,
    }
}

pub fn from_wire(verdict: wire::Verdict) -> Verdict {
    match verdict {
        wire::Verdict::Approve => Verdict::Approve,
        wire::Verdict::Exclude => Verdict::Exclude,
        wire::Verdict::Unsure => Verdict::Unsure,
        wire::Verdict::Skip => Verdict::Skip,
    }
}

pub fn role_to_wire(role: Role) -> wire::Role {
    match role {
        Role::Expert => wire::Role::Expert,
        Role::Curator => wire::Role::Curator,
        Role::Lead => wire::Role::Lead,
        Role::Machine => wire::Role::Machine,
    }
}

pub fn role_from_wire(role: wire::Role) -> Role {
    match role {
        wire::Role::Expert => Role::Expert,
        wire::Role::Curator => Role::Curator,
        wire::Role::Lead => Role::Lead,
        wire::Role::Machine => Role::Machine,
    }
}
