//! Stub: the expression language.
pub struct Expression;
