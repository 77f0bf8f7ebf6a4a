//! Inline formatting contexts → lines: itemise, shape, break, place.

mod atom;
mod atomize;
mod beside;
mod bidi;
mod bits;
mod breaks;
mod choose;
mod faces;
mod fallback;
mod greedy;
mod hyphenate;
mod itemize;
mod optimum;
mod paragraph;
mod place;
mod rules;
mod runs;
mod size;
mod vertical;

#[cfg(test)]
mod tests;

use crate::fonts::FontBook;
use crate::style::{ComputedStyle, Styled};

use super::boxes::Inline;
use super::measure::Measure;

pub use beside::LineSurroundings;
pub use faces::FaceChoices;
pub use paragraph::Paragraph;

/// What setting text needs beside the text: cheap to copy, made once for each formatting mode.
#[derive(Clone, Copy)]
pub struct TextContext<'a> {
    /// The styles that the items of an [`Inline`] name.
    pub styled: &'a Styled,
    /// The faces on hand, those of the document's `@font-face` rules included.
    pub fonts: &'a FontBook,
    /// Which faces each style comes to, and what was found missing: one for each document.
    pub faces: &'a FaceChoices,
    /// Measures inline blocks and pictures.
    pub measure: &'a dyn Measure,
}

/// Prepares a paragraph: bidi levels, break opportunities and shaped words are found; widths do
/// not matter yet. `block` is the style of the block container around it.
pub fn prepare<'a>(
    inline: &'a Inline,
    block: &'a ComputedStyle,
    context: &TextContext<'a>,
) -> Paragraph<'a> {
    Paragraph::new(inline, block, *context)
}
