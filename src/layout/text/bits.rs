//! What stands on one line, from left to right, with its places.

use crate::style::TextAlign;

use super::atom::{Atom, AtomKind, Letters};
use super::bidi::visual_order;
use super::choose::LineRange;
use super::paragraph::Paragraph;
use super::size::{Sizes, tab_advance};

/// One thing on a line.
#[derive(Debug)]
pub(super) struct Bit {
    /// The atom that it is, or is a part of.
    pub atom: usize,
    /// The letters, for words and spaces.
    pub letters: Option<Letters>,
    /// Bytes of the analysed text.
    pub start: u32,
    pub end: u32,
    pub x: f32,
    pub width: f32,
    pub level: u8,
    /// Whether it is a space at the line's end, of which nothing is to be seen.
    pub hangs: bool,
    /// Whether it is the hyphen at the line's end.
    pub is_hyphen: bool,
    /// Whether justification has added room after it.
    pub grew: bool,
}

/// The bits of a line in logical order, with their places.
pub(super) struct Bits {
    pub bits: Vec<Bit>,
    /// The atoms that they come from.
    pub atoms: std::ops::Range<usize>,
    /// Where the line's left end is in the available width.
    pub x: f32,
    /// What justification adds to each space that does not hang.
    pub space_extra: f32,
    /// The bits from left to right; `None` for their own order.
    order: Option<Vec<usize>>,
}

impl Bits {
    /// The bits from left to right.
    pub fn visual(&self) -> impl Iterator<Item = &Bit> {
        let count = self.bits.len();
        let index = move |place: usize| match &self.order {
            Some(order) => order.get(place).copied().unwrap_or(count),
            None => place,
        };
        (0..count).filter_map(move |place| self.bits.get(index(place)))
    }
}

/// Lays the parts of a line out from left to right in a width from which `indent` is taken at the
/// start.
pub(super) fn lay_out(
    paragraph: &Paragraph,
    sizes: &Sizes,
    range: &LineRange,
    width: f32,
    indent: f32,
) -> Bits {
    let available = width - indent;
    let (mut bits, atoms) = collect(paragraph, sizes, range);
    mark_hanging(paragraph, &mut bits);
    fill_leaders(paragraph, &mut bits, available);
    let natural: f32 = bits.iter().filter(|bit| !bit.hangs).map(|bit| bit.width).sum();
    let space_extra = justification(paragraph, range, &mut bits, available - natural);
    let visible: f32 = bits.iter().filter(|bit| !bit.hangs).map(|bit| bit.width).sum();
    let order = place(paragraph, &mut bits);
    let rtl = paragraph.base_level % 2 == 1;
    let left = match paragraph.alignment(range.last) {
        TextAlign::Left => true,
        TextAlign::Right => false,
        TextAlign::End => rtl,
        TextAlign::Center => {
            let free = (available - visible).max(0.0) / 2.0;
            let start = if rtl { 0.0 } else { indent };
            return Bits { bits, atoms, x: start + free, space_extra, order };
        }
        _ => !rtl,
    };
    // What is too wide overflows on the side where the line ends.
    let free = available - visible;
    let free = if rtl { free } else { free.max(0.0) };
    let start = if rtl { 0.0 } else { indent };
    let x = if left && (!rtl || free >= 0.0) { start } else { start + free };
    Bits { bits, atoms, x, space_extra, order }
}

/// The line's parts in logical order, words at its ends cut where lines end inside them.
fn collect(
    paragraph: &Paragraph,
    sizes: &Sizes,
    range: &LineRange,
) -> (Vec<Bit>, std::ops::Range<usize>) {
    let atoms = &paragraph.atoms;
    let cut_end = atoms.get(range.end.atom).is_some_and(|atom| range.end.byte > atom.start);
    let end = if cut_end { range.end.atom + 1 } else { range.end.atom };
    let end = end.min(atoms.len());
    let mut bits = Vec::with_capacity(end.saturating_sub(range.start.atom) + 1);
    let mut x = 0.0;
    let mut at_start = true;
    for (index, atom) in atoms.iter().enumerate().take(end).skip(range.start.atom) {
        if at_start && paragraph.collapses(atom) {
            continue;
        }
        at_start &= atom.is_marker() || matches!(atom.kind, AtomKind::Open(_));
        let from =
            if index == range.start.atom { range.start.byte.max(atom.start) } else { atom.start };
        let to = if index == range.end.atom && cut_end { range.end.byte } else { atom.end };
        let mut bit = bit(paragraph, sizes, index, atom, from..to);
        if let AtomKind::Tab(span) = atom.kind {
            bit.width = tab_advance(paragraph, span, x);
        }
        x += bit.width;
        bits.push(bit);
    }
    if range.hyphen {
        bits.extend(hyphen(paragraph, range.end.atom, range.end.byte));
    }
    (bits, range.start.atom..end)
}

fn bit(
    paragraph: &Paragraph,
    sizes: &Sizes,
    index: usize,
    atom: &Atom,
    bytes: std::ops::Range<u32>,
) -> Bit {
    let mut width = sizes.width(paragraph, index);
    let mut letters = match &atom.kind {
        AtomKind::Word(letters) | AtomKind::Space(letters) => Some(letters.clone()),
        _ => None,
    };
    let partial = bytes.start > atom.start || bytes.end < atom.end;
    if let Some(letters) = letters.as_mut().filter(|_| partial)
        && let Some(text) = paragraph.analysed.text.get(bytes.start as usize..bytes.end as usize)
        && let Some(span) = paragraph.parts.spans.get(letters.span as usize)
    {
        let shaping = letters.word.shaping();
        letters.word = paragraph.context.fonts.shape_word(letters.choice.face, text, shaping);
        width = Letters::width(&letters.word, span, false);
    }
    Bit {
        atom: index,
        letters,
        start: bytes.start,
        end: bytes.end,
        x: 0.0,
        width,
        level: atom.level,
        hangs: false,
        is_hyphen: false,
        grew: false,
    }
}

fn hyphen(paragraph: &Paragraph, index: usize, byte: u32) -> Option<Bit> {
    let atom = paragraph.atoms.get(index)?;
    let AtomKind::Word(letters) = &atom.kind else { return None };
    let span = paragraph.parts.spans.get(letters.span as usize)?;
    let (word, choice) = span.typeface.hyphen(paragraph.context.fonts);
    let width = Letters::width(word, span, false);
    let letters = Letters { word: word.clone(), choice: *choice, span: letters.span };
    Some(Bit {
        atom: index,
        letters: Some(letters),
        start: byte,
        end: byte,
        x: 0.0,
        width,
        level: atom.level,
        hangs: false,
        is_hyphen: true,
        grew: false,
    })
}

/// Spaces at the line's end hang (CSS Text 3 §4.1.3) and take the paragraph's level (UAX 9 L1).
fn mark_hanging(paragraph: &Paragraph, bits: &mut [Bit]) {
    for bit in bits.iter_mut().rev() {
        let Some(atom) = paragraph.atoms.get(bit.atom) else { break };
        let passes = atom.is_marker()
            || matches!(atom.kind, AtomKind::Newline)
            || (matches!(atom.kind, AtomKind::Close(_)) && bit.width == 0.0);
        if paragraph.hangs(atom) && !bit.is_hyphen {
            bit.hangs = true;
            bit.level = paragraph.base_level;
        } else if !passes || bit.is_hyphen {
            break;
        }
    }
}

/// Leaders share the room that is left (CSS GCPM 3 §3).
fn fill_leaders(paragraph: &Paragraph, bits: &mut [Bit], available: f32) {
    let is_leader = |bit: &Bit| {
        paragraph.atoms.get(bit.atom).is_some_and(|atom| matches!(atom.kind, AtomKind::Leader(_)))
    };
    let count = bits.iter().filter(|bit| is_leader(bit)).count();
    if count == 0 {
        return;
    }
    let natural: f32 = bits.iter().filter(|bit| !bit.hangs).map(|bit| bit.width).sum();
    let each = (available - natural).max(0.0) / count as f32;
    bits.iter_mut().filter(|bit| is_leader(bit)).for_each(|bit| bit.width = each);
}

/// Spreads what is left of a justified line over its spaces; tells how much each gets.
fn justification(paragraph: &Paragraph, range: &LineRange, bits: &mut [Bit], free: f32) -> f32 {
    if paragraph.alignment(range.last) != TextAlign::Justify {
        return 0.0;
    }
    let is_space =
        |bit: &Bit| !bit.hangs && paragraph.atoms.get(bit.atom).is_some_and(Atom::is_space);
    // Spaces before a tab stay as they are, else the tab's stop would move.
    let after_tab = bits.iter().rposition(|bit| {
        paragraph.atoms.get(bit.atom).is_some_and(|atom| matches!(atom.kind, AtomKind::Tab(_)))
    });
    if after_tab.is_some() {
        return 0.0;
    }
    // What stands at the line's end does not grow.
    let last = bits.iter().rposition(|bit| bit.letters.is_some() && !bit.hangs).unwrap_or(0);
    let grows = |(index, bit): (usize, &Bit)| {
        free > 0.0 && index < last && !bit.is_hyphen && paragraph.grows_after(bit.atom)
    };
    let growing: Vec<usize> =
        bits.iter().enumerate().filter(|at| grows(*at)).map(|(index, _)| index).collect();
    let spaces = bits.iter().filter(|bit| is_space(bit)).count();
    if spaces + growing.len() == 0 {
        return 0.0;
    }
    let narrowest =
        bits.iter().filter(|bit| is_space(bit)).map(|bit| bit.width).fold(f32::MAX, f32::min);
    // A space never closes, however crowded the line.
    let extra = (free / (spaces + growing.len()) as f32).max(narrowest * -0.5);
    for index in growing {
        let Some(bit) = bits.get_mut(index) else { continue };
        (bit.width, bit.grew) = (bit.width + extra, true);
    }
    // Hanging spaces grow alike, since they may be part of the same run.
    bits.iter_mut().filter(|bit| bit.hangs || is_space(bit)).for_each(|bit| bit.width += extra);
    extra
}

/// Gives each bit its place, in visual order; the first visible one stands at 0. Tells the order
/// when it is not that of the text.
fn place(paragraph: &Paragraph, bits: &mut [Bit]) -> Option<Vec<usize>> {
    let simple = paragraph.all_ltr || bits.iter().all(|bit| bit.level == 0);
    // An edge belongs to what it encloses: the level of its neighbour inside.
    let levels = || bits.iter().map(|bit| bit.level).collect::<Vec<u8>>();
    let order = (!simple).then(|| visual_order(&levels()));
    let mut x = 0.0;
    let mut hanging_left = 0.0;
    let mut seen = false;
    for place in 0..bits.len() {
        let index = order.as_ref().map_or(Some(place), |order| order.get(place).copied());
        let Some(bit) = index.and_then(|index| bits.get_mut(index)) else { continue };
        bit.x = x;
        x += bit.width;
        seen |= !bit.hangs && bit.width > 0.0;
        if bit.hangs && !seen {
            hanging_left += bit.width;
        }
    }
    if hanging_left > 0.0 {
        bits.iter_mut().for_each(|bit| bit.x -= hanging_left);
    }
    order
}
