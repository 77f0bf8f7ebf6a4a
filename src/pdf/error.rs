//! What can keep pages from becoming a PDF.

use std::fmt;

use crate::fonts::FaceId;

/// Why a document cannot be written.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum WriteError {
    /// A glyph run names a face that the source of faces does not have.
    UnknownFace(FaceId),
    /// The face's licence bits forbid embedding, and an archival file must embed (ISO 19005-2 6.2.11.4).
    NotEmbeddable(String),
    /// The face's font program cannot be reduced to the glyphs shown.
    Subset(String),
    /// A run shows glyph 0, the box for missing characters (ISO 14289-1 7.21.8), for this text.
    MissingGlyph {
        /// The face.
        face: String,
        /// The text of the run.
        text: String,
        /// The page's index, from 0.
        page: usize,
    },
    /// A JPEG with four channels has no place beside an RGB output intent (ISO 19005-2 6.2.4.3).
    CmykImage {
        /// The page's index, from 0.
        page: usize,
    },
    /// A picture's pixels are fewer or more than its size says.
    ImageSize {
        /// The picture's [`key`](crate::layout::Image::key).
        key: u64,
    },
    /// Groups on a page are not balanced.
    UnbalancedGroups {
        /// The page's index, from 0.
        page: usize,
    },
    /// Something on a page, or a link, names a structure element that does not exist.
    UnknownTag {
        /// The page's index, from 0.
        page: usize,
    },
    /// A document without pages.
    NoPages,
    /// More objects, or a longer file, than the format's cross-references hold.
    TooLarge,
}

impl fmt::Display for WriteError {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            WriteError::UnknownFace(face) => {
                write!(f, "face number {} is not on hand", face.index())
            }
            WriteError::NotEmbeddable(name) => {
                write!(f, "the licence bits of `{name}` forbid embedding it in a document")
            }
            WriteError::Subset(name) => write!(f, "`{name}` cannot be reduced to the letters used"),
            WriteError::MissingGlyph { face, text, page } => {
                write!(f, "`{face}` has no glyph for a character of `{text}` on page {}", page + 1)
            }
            WriteError::CmykImage { page } => {
                write!(f, "a JPEG on page {} has four channels (CMYK)", page + 1)
            }
            WriteError::ImageSize { key } => {
                write!(f, "picture {key:016x} has other pixels than its size says")
            }
            WriteError::UnbalancedGroups { page } => {
                write!(f, "the groups on page {} are not balanced", page + 1)
            }
            WriteError::UnknownTag { page } => {
                write!(f, "something on page {} belongs to no part of the document", page + 1)
            }
            WriteError::NoPages => f.write_str("the document has no pages"),
            WriteError::TooLarge => f.write_str("the document is too large for a PDF file"),
        }
    }
}

impl std::error::Error for WriteError {}
