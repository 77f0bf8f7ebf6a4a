//! What is supported.

/// A row.
#[derive(Debug, Clone, Copy)]
pub struct Supported {
    /// Its name.
    pub property: &'static str,
    /// In words.
    pub values: &'static str,
    /// More.
    pub notes: &'static str,
}

/// All.
pub const SUPPORTED: &[Supported] = &[];
