//! Faces on hand: selection, coverage, metrics, shaping, subsets. Owns `harfrust`, `subsetter`.

mod book;
mod builtin;
mod coverage;
mod describe;
mod face;
mod metrics;
mod rule;
mod select;
mod shape;
mod subset;
mod system;
#[cfg(test)]
mod tests;

pub use book::{FileBytes, FontBook, FontSources};
pub use metrics::FaceMetrics;
pub use rule::FontFaceRule;
pub use select::{Choice, Selection};
pub use shape::{ShapedWord, Shaping};
pub use subset::{FaceInfo, Subset, SubsetError};

/// Names one face of a [`FontBook`].
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub struct FaceId(pub(crate) u16);

/// One glyph; distances are in em.
#[derive(Debug, Clone, Copy, PartialEq)]
#[allow(missing_docs)]
pub struct Glyph {
    pub id: u16,
    /// To the next glyph's origin.
    pub advance: f32,
    pub x_offset: f32,
    /// Upwards.
    pub y_offset: f32,
    /// Byte offset in the shaped text of the first character that it stands for.
    pub cluster: u32,
    /// Whether it is a space that justification may widen.
    pub is_space: bool,
}
