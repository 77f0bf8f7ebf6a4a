//! Inline items → one text for analysis, in which everything that takes part in line breaking and
//! ordering stands for a character.

use std::borrow::Cow;
use std::ops::Range;
use std::sync::Arc;

use unicode_script::{Script, UnicodeScript};

use crate::layout::boxes::{Inline, InlineItem};
use crate::locale::uppercase;
use crate::style::{Caps, ComputedStyle, Direction, Hyphens, Styled, UnicodeBidi};

use super::TextContext;

/// Stands for an inline block or a picture (UAX 14 class CB).
const OBJECT: char = '\u{FFFC}';
/// Stands for a leader: no line ends beside it (UAX 14 class GL).
const LEADER: char = '\u{A0}';

/// The text that is analysed, and where each item stands in it.
pub(super) struct Analysed<'a> {
    pub text: Cow<'a, str>,
    /// For each item; empty for what has no character.
    pub ranges: Vec<Range<u32>>,
    /// Where soft hyphens stood, as places between two characters.
    pub soft_hyphens: Vec<u32>,
    /// Small letters that became capitals, to be set smaller, in order.
    pub small: Vec<Small>,
}

/// A stretch of small capitals that the face does not have.
pub(super) struct Small {
    pub range: Range<u32>,
    /// The letters as they were.
    pub read: Arc<str>,
}

/// Joins the items' texts. Soft hyphens are taken out: they are places, not letters.
pub(super) fn itemize<'a>(inline: &'a Inline, context: &TextContext) -> Analysed<'a> {
    match plain(inline, context.styled) {
        Some(ranges) => {
            let (soft_hyphens, small) = (Vec::new(), Vec::new());
            Analysed { text: Cow::Borrowed(&inline.text), ranges, soft_hyphens, small }
        }
        None => join(inline, context),
    }
}

/// The ranges, when the text can be analysed as it stands.
fn plain(inline: &Inline, styled: &Styled) -> Option<Vec<Range<u32>>> {
    let mut at = 0;
    let mut ranges = Vec::with_capacity(inline.items.len());
    for item in &inline.items {
        match item {
            InlineItem::Text { range, style, .. }
                if range.start == at && styled.style(*style).font.caps == Caps::Normal =>
            {
                ranges.push(range.clone());
                at = range.end;
            }
            InlineItem::Anchor(_) | InlineItem::Float(_) => ranges.push(at..at),
            _ => return None,
        }
    }
    let whole = at as usize == inline.text.len();
    (whole && !inline.text.contains('\u{AD}')).then_some(ranges)
}

fn join<'a>(inline: &'a Inline, context: &TextContext) -> Analysed<'a> {
    let styled = context.styled;
    let mut text = String::with_capacity(inline.text.len() + inline.items.len());
    let mut ranges = Vec::with_capacity(inline.items.len());
    let mut soft_hyphens = Vec::new();
    let mut small = Vec::new();
    let mut closers: Vec<&str> = Vec::new();
    for item in &inline.items {
        let start = offset(&text);
        match item {
            InlineItem::Text { range, style, .. } => {
                let part = inline.text.get(range.start as usize..range.end as usize);
                let computed = styled.style(*style);
                let breaks = computed.hyphens != Hyphens::None;
                let synthetic = computed.font.caps != Caps::Normal
                    && context.faces.typeface(*style, styled, context.fonts).small.is_some();
                for (index, part) in part.unwrap_or_default().split('\u{AD}').enumerate() {
                    if index > 0 && breaks {
                        soft_hyphens.push(offset(&text));
                    }
                    match synthetic {
                        true => push_small(part, computed, &mut text, &mut small),
                        false => text.push_str(part),
                    }
                }
            }
            InlineItem::Open { style, .. } => {
                let style = styled.style(*style);
                let (opener, closer) = controls(style.unicode_bidi, style.direction);
                text.push_str(opener);
                closers.push(closer);
            }
            InlineItem::Close => text.push_str(closers.pop().unwrap_or_default()),
            InlineItem::Break => text.push('\n'),
            InlineItem::Atomic(_) => text.push(OBJECT),
            InlineItem::Leader { .. } => text.push(LEADER),
            InlineItem::Anchor(_) | InlineItem::Float(_) => {}
        }
        ranges.push(start..offset(&text));
    }
    Analysed { text: Cow::Owned(text), ranges, soft_hyphens, small }
}

/// Adds `part` with its small letters as capitals; with `all-small-caps`, capitals are small too.
fn push_small(part: &str, style: &ComputedStyle, text: &mut String, small: &mut Vec<Small>) {
    let all = style.font.caps == Caps::AllSmallCaps;
    let is_small = |letter: char| {
        (letter.is_lowercase() && letter.to_uppercase().ne([letter]))
            || (all && letter.is_uppercase())
    };
    let mut rest = part;
    while let Some(first) = rest.chars().next() {
        let shrinks = is_small(first);
        // Marks stay with their letter.
        let other =
            |letter: char| is_small(letter) != shrinks && letter.script() != Script::Inherited;
        let (piece, others) = rest.split_at(rest.find(other).unwrap_or(rest.len()));
        let start = offset(text);
        if shrinks {
            text.push_str(&uppercase(piece, &style.language));
            small.push(Small { range: start..offset(text), read: piece.into() });
        } else {
            text.push_str(piece);
        }
        rest = others;
    }
}

fn offset(text: &str) -> u32 {
    u32::try_from(text.len()).unwrap_or(u32::MAX)
}

/// The characters that stand for `unicode-bidi` (CSS Writing Modes 3 §2.4.2).
fn controls(bidi: UnicodeBidi, direction: Direction) -> (&'static str, &'static str) {
    let rtl = direction == Direction::Rtl;
    match bidi {
        UnicodeBidi::Normal => ("", ""),
        UnicodeBidi::Embed => (if rtl { "\u{202B}" } else { "\u{202A}" }, "\u{202C}"),
        UnicodeBidi::Isolate => (if rtl { "\u{2067}" } else { "\u{2066}" }, "\u{2069}"),
        UnicodeBidi::BidiOverride => (if rtl { "\u{202E}" } else { "\u{202D}" }, "\u{202C}"),
        UnicodeBidi::IsolateOverride => {
            (if rtl { "\u{2068}\u{202E}" } else { "\u{2068}\u{202D}" }, "\u{202C}\u{2069}")
        }
        UnicodeBidi::Plaintext => ("\u{2068}", "\u{2069}"),
    }
}
