//! Each line takes as much as it can: for ragged text and narrow columns.

use crate::style::{Hyphens, OverflowWrap, TextAlign, WhiteSpace, WordBreak};

use super::atom::{AtomKind, EndOfLine};
use super::choose::{Cut, LineRange, TOLERANCE};
use super::hyphenate::hyphens;
use super::paragraph::Paragraph;
use super::size::{Sizes, tab_advance};

/// A ragged line is hyphenated only where it would else end short of this share of the width.
const RAGGED_ZONE: f32 = 0.82;

/// Breaks a paragraph line by line.
pub(super) fn greedy(paragraph: &Paragraph, sizes: &Sizes, width: f32) -> Vec<LineRange> {
    let count = paragraph.atoms.len();
    let mut lines: Vec<LineRange> = Vec::new();
    let mut start = Cut { atom: 0, byte: 0 };
    while start.atom < count {
        let first = lines.is_empty();
        let after_break = lines.last().is_some_and(|line| line.last);
        let available = width - paragraph.indent(first, after_break, width);
        let end = fill(paragraph, sizes, start, available);
        let range = LineRange { start, first, after_break, ..end };
        start = range.end;
        lines.push(range);
    }
    lines
}

/// One line from `start` on.
pub(super) fn fill(paragraph: &Paragraph, sizes: &Sizes, start: Cut, available: f32) -> LineRange {
    let atoms = &paragraph.atoms;
    let line = |end: Cut, hyphen: bool, last: bool| LineRange {
        start,
        end,
        hyphen,
        last,
        first: false,
        after_break: false,
    };
    let at = |atom: usize| Cut { atom, byte: atoms.get(atom).map_or(u32::MAX, |a| a.start) };
    let mut x = 0.0;
    // Where the line may end, and how wide it would be.
    let mut opportunity: Option<(usize, f32)> = None;
    let mut visible = 0.0;
    let mut at_start = true;
    let mut too_wide = false;
    for (index, atom) in atoms.iter().enumerate().skip(start.atom) {
        let inside = index == start.atom && start.byte > atom.start;
        let before = if inside { paragraph.width_before(index, start.byte) } else { 0.0 };
        let mut width = sizes.width(paragraph, index) - before;
        if let AtomKind::Tab(span) = atom.kind {
            width += tab_advance(paragraph, span, x);
        }
        let space = paragraph.hangs(atom);
        if at_start && paragraph.collapses(atom) {
            width = 0.0;
        }
        if !space && !atom.is_marker() && x + width > available + TOLERANCE {
            let from = if inside { start.byte } else { atom.start };
            let roomy = opportunity.map(|(_, width)| width >= available * RAGGED_ZONE);
            let room = available - x + before;
            if let Some(byte) = hyphen_place(paragraph, index, from, room, roomy) {
                return line(Cut { atom: index, byte }, true, false);
            }
            if let Some((end, _)) = opportunity {
                return line(at(end), false, false);
            }
            let cut = match too_wide {
                false => last_seam(paragraph, start, index, room),
                true => None,
            };
            too_wide = true;
            if let Some(cut) = cut.or_else(|| first_seam(paragraph, index, from)) {
                return line(cut, false, false);
            }
            if may_break_anywhere(paragraph, index) {
                if let Some(byte) = any_place(paragraph, index, from, room, at_start) {
                    return line(Cut { atom: index, byte }, false, false);
                }
                if !at_start {
                    return line(at(index), false, false);
                }
            }
        }
        x += width;
        if !space && !atom.is_marker() {
            (at_start, visible) = (false, x);
        }
        match atom.end_of_line {
            EndOfLine::No => {}
            EndOfLine::May => opportunity = Some((index + 1, visible)),
            EndOfLine::Must => return line(at(index + 1), false, true),
        }
        // Once the line is too wide, its first opportunity ends it.
        if visible > available + TOLERANCE
            && let Some((end, _)) = opportunity
            && end < atoms.len()
        {
            return line(at(end), false, false);
        }
    }
    line(at(atoms.len()), false, true)
}

/// The last place in a word at which a hyphen ends the line within `room`. `roomy` tells of an
/// earlier opportunity: whether the line would be full enough without a hyphen.
fn hyphen_place(
    paragraph: &Paragraph,
    index: usize,
    from: u32,
    room: f32,
    roomy: Option<bool>,
) -> Option<u32> {
    let atom = paragraph.atoms.get(index)?;
    let style = paragraph.style_of(atom);
    let nowrap = matches!(style.white_space, WhiteSpace::Nowrap | WhiteSpace::Pre);
    if !matches!(atom.kind, AtomKind::Word(_)) || style.hyphens == Hyphens::None || nowrap {
        return None;
    }
    let ragged = paragraph.block.text_align != TextAlign::Justify;
    let soft = paragraph.soft_hyphens(atom);
    if soft.is_empty() && ragged && roomy == Some(true) {
        return None;
    }
    let hyphen = paragraph.hyphen_width(index);
    let fits = |byte: &u32| {
        *byte > from && paragraph.width_before(index, *byte) + hyphen <= room + TOLERANCE
    };
    hyphens(paragraph, index).into_iter().rev().find(fits)
}

/// The last place within the line after a mark inside a word that does not fit on any line (an
/// address, a path), at which it comes apart without a hyphen: `index` is the atom that reaches
/// beyond the line's end.
fn last_seam(paragraph: &Paragraph, start: Cut, index: usize, room: f32) -> Option<Cut> {
    let words = (start.atom..=index).rev().map_while(|at| {
        let atom = paragraph.atoms.get(at)?;
        matches!(atom.kind, AtomKind::Word(_)).then_some((at, atom))
    });
    for (at, atom) in words {
        let fits = |byte: &u32| {
            *byte > start.byte.max(atom.start)
                && (at < index || paragraph.width_before(at, *byte) <= room + TOLERANCE)
        };
        if let Some(byte) = seams(paragraph, at)?.filter(fits).last() {
            return Some(Cut { atom: at, byte });
        }
    }
    None
}

/// The first such place in a word, where none is within the line.
fn first_seam(paragraph: &Paragraph, index: usize, from: u32) -> Option<Cut> {
    let byte = seams(paragraph, index)?.find(|byte| *byte > from)?;
    Some(Cut { atom: index, byte })
}

/// The bytes of the analysed text after a word's inner marks; `None` for what is no word or does
/// not wrap.
fn seams(paragraph: &Paragraph, index: usize) -> Option<impl Iterator<Item = u32>> {
    let atom = paragraph.atoms.get(index)?;
    let nowrap =
        matches!(paragraph.style_of(atom).white_space, WhiteSpace::Nowrap | WhiteSpace::Pre);
    if nowrap || !matches!(atom.kind, AtomKind::Word(_)) {
        return None;
    }
    let text = paragraph.analysed.text.get(atom.start as usize..atom.end as usize)?;
    Some(after_marks(text).map(|place| atom.start + place))
}

/// The bytes of `text` after its inner marks.
fn after_marks(text: &str) -> impl Iterator<Item = u32> {
    let pairs = text.char_indices().zip(text.chars().skip(1));
    let is_seam = |((_, mark), next): &((usize, char), char)| {
        matches!(
            mark,
            '/' | '.' | '?' | '&' | '=' | '_' | '#' | ':' | '@' | '%' | '+' | ',' | ';' | '~'
        ) && next.is_alphanumeric()
    };
    pairs.filter(is_seam).filter_map(|((at, mark), _)| u32::try_from(at + mark.len_utf8()).ok())
}

fn may_break_anywhere(paragraph: &Paragraph, index: usize) -> bool {
    paragraph.atoms.get(index).is_some_and(|atom| {
        let style = paragraph.style_of(atom);
        let wraps = !matches!(style.white_space, WhiteSpace::Nowrap | WhiteSpace::Pre);
        wraps
            && (style.overflow_wrap != OverflowWrap::Normal
                || style.word_break == WordBreak::BreakAll)
    })
}

/// The last place between two clusters of a word within `room`; the first one at all when the
/// line is empty, so that each line takes something.
fn any_place(paragraph: &Paragraph, index: usize, from: u32, room: f32, must: bool) -> Option<u32> {
    let atom = paragraph.atoms.get(index)?;
    let AtomKind::Word(letters) = &atom.kind else { return None };
    let span = paragraph.parts.spans.get(letters.span as usize)?;
    let spacing = span.style.letter_spacing.0;
    let mut glyphs: Vec<(u32, f32)> = letters
        .word
        .glyphs
        .iter()
        .map(|glyph| (atom.start + glyph.cluster, glyph.advance * span.size().0 + spacing))
        .collect();
    glyphs.sort_by_key(|(cluster, _)| *cluster);
    let mut found = None;
    let mut x = 0.0;
    let mut previous = None;
    for (cluster, advance) in glyphs {
        if previous != Some(cluster) && cluster > from {
            if x > room + TOLERANCE && (found.is_some() || !must) {
                break;
            }
            found = Some(cluster);
            if x > room + TOLERANCE {
                break;
            }
        }
        previous = Some(cluster);
        x += advance;
    }
    found
}
