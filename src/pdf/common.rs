//! What papers of a run have in common.

use super::deflate::Parts;
use super::fonts::Programs;

/// What earlier papers of a run have made and later ones need again: subsets of faces, compressed
/// data. Shared by all threads; papers come out the same with it and without.
#[derive(Debug, Default)]
pub struct Common {
    parts: Parts,
    programs: Programs,
}

impl Common {
    /// Nothing yet.
    pub fn new() -> Common {
        Common::default()
    }

    /// `own` and then `shared` compressed as one stream; `shared` is compressed once.
    pub(super) fn deflate(&self, own: &[u8], shared: &[u8]) -> Vec<u8> {
        self.parts.deflate(own, shared)
    }

    /// The faces as they have been embedded.
    pub(super) fn programs(&self) -> &Programs {
        &self.programs
    }
}
