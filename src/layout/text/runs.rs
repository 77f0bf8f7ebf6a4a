//! Neighbouring letters of one look and meaning → one glyph run.

use std::sync::Arc;

use crate::fonts::Glyph;
use crate::geom::{Point, Pt};
use crate::layout::fragment::Piece;
use crate::layout::page::{GlyphRun, Glyphs};
use crate::style::Visibility;

use super::atom::{AtomKind, Letters, Span};
use super::bits::{Bit, Bits};
use super::paragraph::Paragraph;
use super::vertical::LineBox;

/// The glyph runs of a line and the boxes between them, in logical order; `other` is asked for what
/// is not letters. What nobody reads comes last, so that it does not part what is read.
pub(super) fn runs(
    paragraph: &Paragraph,
    line: &Bits,
    vertical: &LineBox,
    pieces: &mut Vec<Piece>,
    other: &mut dyn FnMut(&Bit) -> Option<Piece>,
) {
    let mut open: Option<std::ops::Range<usize>> = None;
    let mut unread = Vec::new();
    let mut last = None;
    for (index, bit) in line.bits.iter().enumerate() {
        if bit.letters.is_none() {
            let piece = other(bit);
            let space = last.and_then(|last| word_break(paragraph, vertical, last, bit));
            // What has a width or is read parts the letters; markers do not.
            if (bit.width != 0.0 || matches!(piece, Some(Piece::Atomic(_))) || space.is_some())
                && let Some(run) = open.take()
            {
                pieces.extend(run_piece(paragraph, line, vertical, run));
            }
            pieces.extend(space);
            match piece {
                Some(Piece::Atomic(_)) => pieces.extend(piece),
                piece => unread.extend(piece),
            }
            continue;
        }
        last = Some(bit);
        match &mut open {
            Some(run) if joins(paragraph, line, vertical, run.end - 1, index) => {
                run.end = index + 1;
            }
            _ => {
                let finished = open.replace(index..index + 1);
                pieces.extend(finished.and_then(|run| run_piece(paragraph, line, vertical, run)));
            }
        }
    }
    pieces.extend(open.and_then(|run| run_piece(paragraph, line, vertical, run)));
    pieces.append(&mut unread);
}

/// The space that is read where a forced line break, a tab or a leader parts two words (ISO 32000-1
/// 14.8.2.5): what is seen as a gap is a character too. `last` has the letters before it.
fn word_break(paragraph: &Paragraph, vertical: &LineBox, last: &Bit, at: &Bit) -> Option<Piece> {
    let kind = &paragraph.atoms.get(at.atom)?.kind;
    if !matches!(kind, AtomKind::Newline | AtomKind::Tab(_) | AtomKind::Leader(_)) {
        return None;
    }
    let letters = last.letters.as_ref()?;
    let span = paragraph.parts.spans.get(letters.span as usize)?;
    let rest = paragraph.analysed.text.get(at.end as usize..)?;
    let is_parted = letters.word.text.ends_with(char::is_whitespace)
        || rest.is_empty()
        || (rest.starts_with(char::is_whitespace) && !matches!(kind, AtomKind::Newline));
    let space = &span.typeface.space;
    let has_space = space.glyphs.iter().all(|glyph| glyph.id != 0) && !space.glyphs.is_empty();
    if is_parted || !has_space || span.style.visibility != Visibility::Visible {
        return None;
    }
    let up = paragraph.atoms.get(last.atom).map_or(0.0, |atom| vertical.up(atom.owner));
    let run = GlyphRun {
        face: span.typeface.first().face,
        size: span.size(),
        color: span.style.color,
        style: span.style_id,
        origin: Point::new(Pt(at.x), Pt(-up)),
        glyphs: Glyphs {
            range: 0..u32::try_from(space.glyphs.len()).unwrap_or(u32::MAX),
            list: Arc::clone(&space.glyphs),
            space_extra: Pt::ZERO,
            letter_extra: Pt::ZERO,
        },
        text: Arc::clone(&space.text),
        rtl: false,
        actual_text: None,
        slant: false,
    };
    Some(Piece::Glyphs { run: Box::new(run), mark: span.mark })
}

/// Whether two bits, one after the other but for markers, look and mean the same.
fn joins(paragraph: &Paragraph, line: &Bits, vertical: &LineBox, a: usize, b: usize) -> bool {
    let (Some(a), Some(b)) = (line.bits.get(a), line.bits.get(b)) else { return false };
    let (Some(first), Some(second)) = (&a.letters, &b.letters) else { return false };
    let spans = &paragraph.parts.spans;
    if a.is_hyphen || b.is_hyphen || a.grew || a.level != b.level || first.choice != second.choice {
        return false;
    }
    if first.span == second.span {
        return true;
    }
    let (Some(left), Some(right)) =
        (spans.get(first.span as usize), spans.get(second.span as usize))
    else {
        return false;
    };
    let up = |bit: &Bit| paragraph.atoms.get(bit.atom).map_or(0.0, |atom| vertical.up(atom.owner));
    left.mark == right.mark
        && left.actual_text.is_none()
        && right.actual_text.is_none()
        && left.size() == right.size()
        && left.style.color == right.style.color
        && left.style.visibility == right.style.visibility
        && left.style.letter_spacing == right.style.letter_spacing
        && left.style.word_spacing == right.style.word_spacing
        && up(a) == up(b)
}

fn run_piece(
    paragraph: &Paragraph,
    line: &Bits,
    vertical: &LineBox,
    range: std::ops::Range<usize>,
) -> Option<Piece> {
    let bits = line.bits.get(range)?;
    let lettered = || bits.iter().filter_map(|bit| Some((bit, bit.letters.as_ref()?)));
    let (first, letters) = lettered().next()?;
    let span = paragraph.parts.spans.get(letters.span as usize)?;
    if span.style.visibility != Visibility::Visible {
        return None;
    }
    let rtl = first.level % 2 == 1;
    let only = lettered().nth(1).is_none();
    let (text, list) = if only { whole_word(letters) } else { joined(lettered(), rtl) };
    if list.is_empty() {
        return None;
    }
    let x = lettered().map(|(bit, _)| bit.x).fold(f32::MAX, f32::min);
    let up = paragraph.atoms.get(first.atom).map_or(0.0, |atom| vertical.up(atom.owner));
    let count = u32::try_from(list.len()).unwrap_or(u32::MAX);
    let actual_text = if first.is_hyphen {
        Some(Arc::from("\u{AD}"))
    } else {
        let end = lettered().next_back().map_or(first.end, |(bit, _)| bit.end);
        actual_text(paragraph, span, first.start..end)
    };
    let run = GlyphRun {
        face: letters.choice.face,
        size: span.size(),
        color: span.style.color,
        style: span.style_id,
        origin: Point::new(Pt(x), Pt(-up)),
        glyphs: Glyphs {
            range: 0..count,
            list,
            space_extra: Pt(line.space_extra) + span.style.word_spacing,
            letter_extra: span.style.letter_spacing,
        },
        text,
        rtl,
        actual_text,
        slant: letters.choice.slant,
    };
    Some(Piece::Glyphs { run: Box::new(run), mark: span.mark })
}

/// A run of one word shares the word's glyphs.
fn whole_word(letters: &Letters) -> (Arc<str>, Arc<[Glyph]>) {
    let word = &letters.word;
    if word.missing {
        let seen: Vec<Glyph> = word.glyphs.iter().copied().filter(|glyph| glyph.id != 0).collect();
        return (Arc::clone(&word.text), seen.into());
    }
    (Arc::clone(&word.text), Arc::clone(&word.glyphs))
}

/// One text and one list of glyphs for several words; from left to right, the last word of
/// right-to-left text comes first.
fn joined<'b>(
    bits: impl Iterator<Item = (&'b Bit, &'b Letters)> + Clone,
    rtl: bool,
) -> (Arc<str>, Arc<[Glyph]>) {
    let letters = bits.clone().map(|(_, letters)| letters.word.text.len()).sum();
    let glyphs = bits.clone().map(|(_, letters)| letters.word.glyphs.len()).sum();
    let mut text = String::with_capacity(letters);
    let mut list: Vec<Glyph> = Vec::with_capacity(glyphs);
    for (_, letters) in bits {
        let base = u32::try_from(text.len()).unwrap_or(u32::MAX);
        text.push_str(&letters.word.text);
        let moved = letters.word.glyphs.iter().filter(|glyph| glyph.id != 0);
        let moved = moved.map(|glyph| Glyph { cluster: glyph.cluster + base, ..*glyph });
        if rtl {
            // Turned twice, each word keeps its order from left to right.
            let at = list.len();
            list.extend(moved);
            list[at..].reverse();
        } else {
            list.extend(moved);
        }
    }
    if rtl {
        list.reverse();
    }
    (text.into(), list.into())
}

/// What is read for a part of a span whose letters were changed (upper case, counters). Where the
/// change kept the number of characters, each line reads its own; else the first line reads all.
fn actual_text(
    paragraph: &Paragraph,
    span: &Span,
    bytes: std::ops::Range<u32>,
) -> Option<Arc<str>> {
    let read = span.actual_text.as_ref()?;
    let text: &str = &paragraph.analysed.text;
    let part = |from: u32, to: u32| text.get(from as usize..to as usize).unwrap_or_default();
    if bytes.start <= span.start && bytes.end >= span.end {
        return Some(Arc::clone(read));
    }
    let whole = part(span.start, span.end).chars().count();
    if whole == read.chars().count() {
        let skipped = part(span.start, bytes.start).chars().count();
        let taken = part(bytes.start, bytes.end).chars().count();
        return Some(read.chars().skip(skipped).take(taken).collect::<String>().into());
    }
    let before = part(span.start, bytes.start).trim();
    Some(if before.is_empty() { Arc::clone(read) } else { Arc::from("") })
}
