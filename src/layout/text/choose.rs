//! Which way of breaking a paragraph gets.

use crate::style::{TextAlign, TextWrap};

use super::atom::{AtomKind, EndOfLine};
use super::optimum::Widths;
use super::paragraph::Paragraph;
use super::size::Sizes;

/// A place in a paragraph: a byte of the analysed text inside an atom, or the atom's start.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) struct Cut {
    pub atom: usize,
    pub byte: u32,
}

/// The part of a paragraph that stands on one line.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) struct LineRange {
    pub start: Cut,
    /// The place after its last atom.
    pub end: Cut,
    /// Whether a hyphen ends it.
    pub hyphen: bool,
    /// Whether the paragraph ends with it, or a forced break does.
    pub last: bool,
    /// Whether it is the first of the paragraph.
    pub first: bool,
    /// Whether it comes after a forced break.
    pub after_break: bool,
}

/// Finds the lines at an available width.
pub(super) fn choose(paragraph: &Paragraph, sizes: &Sizes, width: f32) -> Vec<LineRange> {
    match single_line(paragraph, sizes, width) {
        Some(Some(range)) => vec![range],
        Some(None) => Vec::new(),
        None => {
            let lines = several_lines(paragraph, sizes, width);
            let balances = paragraph.block.text_wrap == TextWrap::Balance;
            let balances = balances && (2..=MOST_BALANCED).contains(&lines.len());
            if balances { balanced(paragraph, sizes, width, lines) } else { lines }
        }
    }
}

/// Paragraphs of more lines are not balanced (CSS Text 4 §6.1.2 lets it be).
const MOST_BALANCED: usize = 10;

/// The lines at the narrowest width that takes no more of them: they come out about as long as
/// each other.
fn balanced(
    paragraph: &Paragraph,
    sizes: &Sizes,
    width: f32,
    mut lines: Vec<LineRange>,
) -> Vec<LineRange> {
    const STEPS: usize = 8;
    let count = lines.len();
    let (mut narrow, mut wide) = (paragraph.intrinsic().min.0, width);
    for _ in 0..STEPS {
        if wide - narrow < 1.0 {
            break;
        }
        let middle = (narrow + wide) / 2.0;
        let tried = several_lines(paragraph, sizes, middle);
        if tried.len() <= count {
            (lines, wide) = (tried, middle);
        } else {
            narrow = middle;
        }
    }
    lines
}

/// Above this many parts a paragraph is a text dump, not prose.
const LONGEST_OPTIMUM: usize = 20_000;

/// Justified text is broken as a whole. Ragged text too, as long as that takes no more lines than
/// filling each one would.
fn several_lines(paragraph: &Paragraph, sizes: &Sizes, width: f32) -> Vec<LineRange> {
    let whole = || {
        let short = paragraph.atoms.len() <= LONGEST_OPTIMUM;
        short.then(|| super::optimum::optimum(paragraph, sizes, &Widths::all(width))).flatten()
    };
    if paragraph.block.text_align == TextAlign::Justify {
        return whole().unwrap_or_else(|| super::greedy::greedy(paragraph, sizes, width));
    }
    let filled = super::greedy::greedy(paragraph, sizes, width);
    match whole() {
        Some(lines) if better(&lines, &filled) => lines,
        _ => filled,
    }
}

/// Whether ragged lines that were broken as a whole take no more room and no more hyphens than
/// filled ones.
pub(super) fn better(whole: &[LineRange], filled: &[LineRange]) -> bool {
    let hyphens = |lines: &[LineRange]| lines.iter().filter(|line| line.hyphen).count();
    whole.len() <= filled.len() && hyphens(whole) <= hyphens(filled)
}

/// The whole paragraph as one line when it fits; no line for a paragraph of nothing.
fn single_line(paragraph: &Paragraph, sizes: &Sizes, width: f32) -> Option<Option<LineRange>> {
    let mut total = paragraph.indent(true, false, width);
    let last = paragraph.atoms.len();
    let mut something = false;
    for (index, atom) in paragraph.atoms.iter().enumerate() {
        if atom.end_of_line == EndOfLine::Must || matches!(atom.kind, AtomKind::Tab(_)) {
            return None;
        }
        total += sizes.width(paragraph, index);
        something |= !paragraph.collapses(atom);
    }
    if !something {
        return Some(None);
    }
    let trailing = paragraph.atoms.iter().enumerate().rev();
    let trailing = trailing.take_while(|(_, atom)| paragraph.hangs(atom) || atom.is_marker());
    total -= trailing.map(|(index, _)| sizes.width(paragraph, index)).sum::<f32>();
    (total <= width + TOLERANCE).then(|| {
        let byte = paragraph.atoms.last().map_or(0, |atom| atom.end);
        Some(LineRange {
            start: Cut { atom: 0, byte: 0 },
            end: Cut { atom: last, byte },
            hyphen: false,
            last: true,
            first: true,
            after_break: false,
        })
    })
}

/// What a line may be too wide by before it counts as too wide: less than can be seen.
pub(super) const TOLERANCE: f32 = 0.01;
