//! Faces on hand: selection, coverage, metrics, shaping, subsets. Owns `harfrust`, `skrifa`,
//! `subsetter`.

/// Names one face of a [`FontBook`].
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub struct FaceId(pub(crate) u16);

/// The faces of a run. Shared between threads.
#[derive(Debug, Clone, Default)]
pub struct FontBook {}
