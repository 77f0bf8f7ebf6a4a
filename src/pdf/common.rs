//! What papers of a run have in common.

use super::deflate::Streams;
use super::fonts::Programs;

/// What earlier papers of a run have made and later ones need again: subsets of faces, compressed
/// data. Shared by all threads; papers come out the same with it and without.
#[derive(Debug, Default)]
pub struct Common {
    streams: Streams,
    programs: Programs,
}

impl Common {
    /// Nothing yet.
    pub fn new() -> Common {
        Common::default()
    }

    /// `data` compressed for `FlateDecode`, once for all papers.
    pub(super) fn deflate(&self, data: &[u8]) -> Vec<u8> {
        self.streams.deflate(data)
    }

    /// The faces as they have been embedded.
    pub(super) fn programs(&self) -> &Programs {
        &self.programs
    }
}
