//! A prepared paragraph: measured at any width, set at the one that it gets.

use std::sync::Arc;

use crate::geom::{Point, Pt};
use crate::layout::boxes::Inline;
use crate::layout::fragment::Lines;
use crate::layout::measure::Intrinsic;
use crate::style::{ComputedStyle, OverflowWrap, TextAlign, WhiteSpace, WordBreak};

use super::TextContext;
use super::atom::{Atom, AtomKind, EndOfLine, Parts};
use super::atomize::{Atoms, atomize};
use super::bidi::levels;
use super::breaks::{Breaks, breaks, is_square};
use super::faces::Typeface;
use super::itemize::{Analysed, itemize};
use super::size::Sizes;

/// A paragraph that is ready to be measured at any width.
pub struct Paragraph<'a> {
    pub(super) inline: &'a Inline,
    pub(super) block: &'a ComputedStyle,
    pub(super) context: TextContext<'a>,
    pub(super) analysed: Analysed<'a>,
    /// The paragraph's own embedding level.
    pub(super) base_level: u8,
    /// Whether nothing runs from right to left.
    pub(super) all_ltr: bool,
    pub(super) atoms: Vec<Atom>,
    /// Whether letters that stand in squares are among the text.
    has_squares: bool,
    pub(super) parts: Parts<'a>,
    /// The block's own letters, which every line has room for (CSS 2.2 10.8.1, the strut).
    pub(super) strut: Arc<Typeface>,
}

impl<'a> Paragraph<'a> {
    pub(super) fn new(
        inline: &'a Inline,
        block: &'a ComputedStyle,
        context: TextContext<'a>,
    ) -> Paragraph<'a> {
        let analysed = itemize(inline, &context);
        let levels = levels(&analysed.text, block);
        let breaks = breaks(&analysed.text, block.word_break);
        let Atoms { atoms, parts } = atomize(inline, &analysed, &levels, &breaks, &context);
        let strut = context.faces.typeface_of(block, context.styled, context.fonts);
        let (base_level, all_ltr) = (levels.base, levels.all_ltr());
        let has_squares = matches!(breaks, Breaks::At(_)) && analysed.text.chars().any(is_square);
        Paragraph {
            inline,
            block,
            context,
            analysed,
            base_level,
            all_ltr,
            atoms,
            has_squares,
            parts,
            strut,
        }
    }

    /// Whether a justified line may grow between an atom and the next one: a line may end there
    /// without a space, beside a letter that stands in a square.
    pub(super) fn grows_after(&self, index: usize) -> bool {
        if !self.has_squares {
            return false;
        }
        let (Some(atom), Some(next)) = (self.atoms.get(index), self.atoms.get(index + 1)) else {
            return false;
        };
        let is_word = |atom: &Atom| matches!(atom.kind, AtomKind::Word(_));
        let text: &str = &self.analysed.text;
        let part = |atom: &Atom| text.get(atom.start as usize..atom.end as usize);
        atom.end_of_line == EndOfLine::May
            && is_word(atom)
            && is_word(next)
            && (part(atom).is_some_and(|part| part.ends_with(is_square))
                || part(next).is_some_and(|part| part.starts_with(is_square)))
    }

    /// The content widths that the text asks for (CSS Sizing 3 §5.1), padding and border of the
    /// block container not included. Places that only `hyphens: auto` finds do not make the text
    /// narrower; soft hyphens do.
    pub fn intrinsic(&self) -> Intrinsic {
        let sizes = Sizes::intrinsic(self);
        let indent = self.indent(true, false, 0.0);
        let after_break = self.indent(false, true, 0.0);
        let further = self.indent(false, false, 0.0).max(0.0);
        let anywhere = self.block.overflow_wrap == OverflowWrap::Anywhere
            || self.block.word_break == WordBreak::BreakAll;
        let (mut max, mut min) = (0.0f32, 0.0f32);
        let (mut line, mut piece) = (indent, indent.max(0.0));
        // Spaces count only when something follows them.
        let (mut line_spaces, mut piece_spaces) = (0.0, 0.0);
        for (index, atom) in self.atoms.iter().enumerate() {
            let width = sizes.max_width(self, index);
            if self.hangs(atom) {
                line_spaces += width;
                piece_spaces += width;
            } else if !atom.is_marker() {
                line += line_spaces + width;
                (line_spaces, max) = (0.0, max.max(line));
                if anywhere && matches!(atom.kind, AtomKind::Word(_)) {
                    min = min.max(self.widest_cluster(index));
                } else {
                    piece +=
                        piece_spaces + self.longest_syllable(index, sizes.min_width(self, index));
                }
                piece_spaces = 0.0;
                min = min.max(piece);
            }
            if matches!(atom.kind, AtomKind::Float(_)) {
                line += width;
                (min, max) = (min.max(sizes.min_width(self, index)), max.max(line));
            }
            if atom.end_of_line != EndOfLine::No {
                (piece, piece_spaces) = (further, 0.0);
            }
            if atom.end_of_line == EndOfLine::Must {
                (line, line_spaces) = (after_break, 0.0);
                piece = after_break.max(0.0);
            }
        }
        // A little more than the sum, so that rounding never breaks a line that fits.
        let widened = |width: f32| if width > 0.0 { Pt(width + 0.001) } else { Pt::ZERO };
        Intrinsic { min: widened(min.min(max)), max: widened(max) }
    }

    /// The lines at a content width; `origin` is the content box's corner in the border box.
    pub fn lines(&self, width: Pt, origin: Point) -> Lines {
        let mut sizes = Sizes::at(self, width);
        let ranges = super::choose::choose(self, &sizes, width.0);
        let mut placer = super::place::Placer::new(self, width.0, origin);
        let room = super::place::LineRoom { left: 0.0, width: width.0 };
        let lines = ranges.iter().map(|range| placer.line(range, room, &mut sizes));
        Lines { lines: lines.collect() }
    }

    /// By how much a line is indented (CSS Text 4 §8.1): the paragraph's first one, one after a
    /// forced break, or another.
    pub(super) fn indent(&self, first: bool, after_break: bool, width: f32) -> f32 {
        let indent = self.block.text_indent;
        let starts = first || (after_break && indent.each_line);
        if starts == indent.hanging { 0.0 } else { indent.length.resolve(Pt(width)).0 }
    }

    /// How the block's lines are aligned: `text-align`, and for the last one `text-align-last`.
    pub(super) fn alignment(&self, last: bool) -> TextAlign {
        let align = self.block.text_align;
        match self.block.text_align_last {
            own if last && own != TextAlign::Auto => own,
            _ if last && align == TextAlign::Justify => TextAlign::Start,
            _ => align,
        }
    }

    /// The style of the text that an atom belongs to.
    pub(super) fn style_of(&self, atom: &Atom) -> &ComputedStyle {
        let span = match &atom.kind {
            AtomKind::Word(letters) | AtomKind::Space(letters) => Some(letters.span),
            AtomKind::Tab(span) => Some(*span),
            _ => None,
        };
        let span = span.and_then(|span| self.parts.spans.get(span as usize));
        let owner = self.parts.boxes.get(atom.owner as usize);
        span.map(|span| span.style).or(owner.map(|owner| owner.style)).unwrap_or(self.block)
    }

    /// Whether an atom is a space that hangs at a line's end (CSS Text 3 §4.1.3).
    pub(super) fn hangs(&self, atom: &Atom) -> bool {
        self.is_plain_space(atom)
            && !matches!(self.style_of(atom).white_space, WhiteSpace::Pre | WhiteSpace::BreakSpaces)
    }

    /// Whether an atom is a space that vanishes at a line's start.
    pub(super) fn collapses(&self, atom: &Atom) -> bool {
        self.is_plain_space(atom)
            && !matches!(
                self.style_of(atom).white_space,
                WhiteSpace::Pre | WhiteSpace::PreWrap | WhiteSpace::BreakSpaces
            )
    }

    /// Whether an atom is a space, and no no-break space (whose first byte is 0xC2).
    fn is_plain_space(&self, atom: &Atom) -> bool {
        atom.is_space() && self.analysed.text.as_bytes().get(atom.start as usize) != Some(&0xC2)
    }

    /// The bytes of a word at which a soft hyphen allows an end of line.
    pub(super) fn soft_hyphens(&self, atom: &Atom) -> &[u32] {
        let all = &self.analysed.soft_hyphens;
        let from = all.partition_point(|at| *at <= atom.start);
        let to = all.partition_point(|at| *at < atom.end);
        all.get(from..to).unwrap_or_default()
    }

    /// The width of a word's letters before `byte`.
    pub(super) fn width_before(&self, index: usize, byte: u32) -> f32 {
        let Some(atom) = self.atoms.get(index) else { return 0.0 };
        let AtomKind::Word(letters) = &atom.kind else { return 0.0 };
        let Some(span) = self.parts.spans.get(letters.span as usize) else { return 0.0 };
        let offset = byte.saturating_sub(atom.start);
        let before = letters.word.glyphs.iter().filter(|glyph| glyph.cluster < offset);
        let spacing = span.style.letter_spacing.0;
        before.map(|glyph| glyph.advance * span.size().0 + spacing).sum()
    }

    fn widest_cluster(&self, index: usize) -> f32 {
        let Some(Atom { kind: AtomKind::Word(letters), .. }) = self.atoms.get(index) else {
            return 0.0;
        };
        let Some(span) = self.parts.spans.get(letters.span as usize) else { return 0.0 };
        let widest = letters.word.glyphs.iter().map(|glyph| glyph.advance).fold(0.0, f32::max);
        widest * span.size().0 + span.style.letter_spacing.0
    }

    /// The widest part of a word between soft hyphens; `width` when it has none.
    fn longest_syllable(&self, index: usize, width: f32) -> f32 {
        let Some(atom) = self.atoms.get(index) else { return width };
        if self.analysed.soft_hyphens.is_empty() || !matches!(atom.kind, AtomKind::Word(_)) {
            return width;
        }
        let places = self.soft_hyphens(atom);
        let hyphen = self.hyphen_width(index);
        let mut widest = 0.0f32;
        let mut from = 0.0;
        for place in places {
            let to = self.width_before(index, *place);
            widest = widest.max(to - from + hyphen);
            from = to;
        }
        widest.max(width - from)
    }

    /// The width of the hyphen that would end a line inside a word.
    pub(super) fn hyphen_width(&self, index: usize) -> f32 {
        let Some(Atom { kind: AtomKind::Word(letters), .. }) = self.atoms.get(index) else {
            return 0.0;
        };
        let span = self.parts.spans.get(letters.span as usize);
        span.map_or(0.0, |span| {
            let (word, _) = span.typeface.hyphen(self.context.fonts);
            super::atom::Letters::width(word, span, false)
        })
    }
}
