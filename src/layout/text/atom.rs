//! The smallest parts of a paragraph that stay together, in logical order.

use std::sync::Arc;

use crate::fonts::{Choice, ShapedWord};
use crate::geom::Pt;
use crate::layout::boxes::{LayoutBox, LinkRef};
use crate::layout::page::Mark;
use crate::style::{ComputedStyle, StyleId};

use super::faces::Typeface;

/// Stands for "no inline element" where an owner is named.
pub(super) const ROOT: u32 = u32::MAX;

/// One part, with its width at the paragraph's sizes.
#[derive(Debug, Clone)]
pub(super) struct Atom {
    pub kind: AtomKind,
    pub width: f32,
    /// Bytes of the analysed text.
    pub start: u32,
    pub end: u32,
    /// The inline element around it, by its index in [`Parts::boxes`]; [`ROOT`] for none.
    pub owner: u32,
    pub level: u8,
    /// Whether a line may or must end after it.
    pub end_of_line: EndOfLine,
}

/// Whether a line ends after an atom.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum EndOfLine {
    No,
    May,
    Must,
}

/// What an atom is.
#[derive(Debug, Clone)]
pub(super) enum AtomKind {
    /// Letters without a space among them.
    Word(Letters),
    /// One space, whether a line may end after it or not.
    Space(Letters),
    /// A tab in text that keeps white space.
    Tab(u32),
    /// An inline block or a picture, by its index in [`Parts::objects`].
    Object(u32),
    /// A leader, by its item's index.
    Leader(u32),
    /// The start of an inline element.
    Open(u32),
    /// The end of an inline element.
    Close(u32),
    /// A named place, by its item's index.
    Anchor(u32),
    /// A floating box, by its index in [`Parts::floats`].
    Float(u32),
    /// A forced line break.
    Newline,
    /// A character that is not seen, such as a zero-width space.
    Nothing,
}

/// Shaped letters of one span.
#[derive(Debug, Clone)]
pub(super) struct Letters {
    pub word: Arc<ShapedWord>,
    pub choice: Choice,
    /// Index in [`Parts::spans`].
    pub span: u32,
}

/// A stretch of text with one style and one meaning.
#[derive(Debug)]
pub(super) struct Span<'a> {
    pub style_id: StyleId,
    pub style: &'a ComputedStyle,
    pub typeface: Arc<Typeface>,
    pub mark: Mark,
    pub actual_text: Option<Arc<str>>,
    /// The span's bytes of the analysed text.
    pub start: u32,
    pub end: u32,
}

/// An inline element.
#[derive(Debug)]
pub(super) struct InlineBox<'a> {
    pub style_id: StyleId,
    pub style: &'a ComputedStyle,
    pub typeface: Arc<Typeface>,
    pub link: Option<&'a LinkRef>,
    /// The inline element around it.
    pub parent: u32,
}

/// An inline block or a picture.
pub(super) struct Object<'a> {
    pub content: &'a LayoutBox,
    pub style: &'a ComputedStyle,
}

/// What atoms refer to.
pub(super) struct Parts<'a> {
    pub spans: Vec<Span<'a>>,
    pub boxes: Vec<InlineBox<'a>>,
    pub objects: Vec<Object<'a>>,
    pub floats: Vec<&'a LayoutBox>,
}

impl Atom {
    /// Whether it is a space that vanishes at a line's end and start.
    pub fn is_space(&self) -> bool {
        matches!(self.kind, AtomKind::Space(_))
    }

    /// Whether it takes part in a line without being seen.
    pub fn is_marker(&self) -> bool {
        matches!(self.kind, AtomKind::Anchor(_) | AtomKind::Float(_) | AtomKind::Nothing)
    }
}

impl Letters {
    /// The width at the span's size and spacing.
    pub fn width(word: &ShapedWord, span: &Span, is_space: bool) -> f32 {
        let style = span.style;
        let spacing = style.letter_spacing.0 * word.glyphs.len() as f32;
        let words = if is_space { style.word_spacing.0 } else { 0.0 };
        word.advance * span.typeface.size.0 + spacing + words
    }
}

impl Span<'_> {
    /// The size of an em.
    pub fn size(&self) -> Pt {
        self.typeface.size
    }
}
