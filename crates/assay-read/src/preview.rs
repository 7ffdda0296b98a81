//! What would be indexed?
