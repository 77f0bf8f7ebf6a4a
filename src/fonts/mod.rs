//! Faces on hand: selection, coverage, metrics, shaping, subsets. Owns `harfrust`, `subsetter`,
//! `wuff`.

mod alphabets;
mod bare;
mod book;
mod builtin;
mod coverage;
mod describe;
mod face;
mod ink;
mod instance;
mod metrics;
mod rule;
mod select;
mod shape;
mod subset;
mod system;
#[cfg(test)]
mod tests;
mod web;

pub use alphabets::{Alphabet, Letter};
pub use book::{FileBytes, FontBook, FontSources};
pub use instance::{FaceQuery, Slope};
pub use metrics::FaceMetrics;
pub use rule::{FontFaceRule, RuleSource};
pub use select::{Choice, Selection};
pub use shape::{ShapedWord, Shaping};
pub use subset::{FaceInfo, Subset, SubsetError};

/// Names one face of a [`FontBook`]: its place among the faces in the lower 16 bits, and above them
/// the digest of the place on its axes when it is an instance of a variable face. Instances come up
/// in any order while documents are set; their names do not depend on it.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub struct FaceId(pub(crate) u64);

impl FaceId {
    /// The face at a place, at its default instance.
    pub(crate) fn at(index: usize) -> FaceId {
        FaceId(u16::try_from(index).unwrap_or(u16::MAX).into())
    }

    /// Its place among the faces.
    pub(crate) fn index(self) -> usize {
        usize::from(self.0 as u16)
    }

    /// The digest of its place on the axes; 0 for a face as it is.
    pub(crate) fn instance(self) -> u64 {
        self.0 >> 16
    }

    /// The same face elsewhere on its axes.
    pub(crate) fn with_instance(self, digest: u64) -> FaceId {
        FaceId(u64::from(self.0 as u16) | digest << 16)
    }
}

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
