//! Embedding levels and their visual order (UAX 9).

use unicode_bidi::{BidiInfo, Level};

use crate::style::{ComputedStyle, Direction, UnicodeBidi};

/// The levels of a paragraph's bytes; `None` inside when all of it runs from left to right.
pub(super) struct Levels {
    /// The paragraph's own level.
    pub base: u8,
    of_bytes: Option<Vec<Level>>,
}

/// Finds the levels. Text without a right-to-left character in a left-to-right block is not
/// analysed at all.
pub(super) fn levels(text: &str, block: &ComputedStyle) -> Levels {
    let base = u8::from(block.direction == Direction::Rtl);
    let plaintext = block.unicode_bidi == UnicodeBidi::Plaintext;
    if base == 0 && !may_be_rtl(text) {
        return Levels { base, of_bytes: None };
    }
    let level = if base == 1 { Level::rtl() } else { Level::ltr() };
    let info = BidiInfo::new(text, (!plaintext).then_some(level));
    let base = match info.paragraphs.first() {
        Some(paragraph) if plaintext => paragraph.level.number(),
        _ => base,
    };
    Levels { base, of_bytes: Some(info.levels) }
}

impl Levels {
    /// The level of the character at a byte.
    pub fn at(&self, byte: u32) -> u8 {
        match &self.of_bytes {
            None => 0,
            Some(levels) => levels.get(byte as usize).map_or(self.base, Level::number),
        }
    }

    /// Whether every character has level 0.
    pub fn all_ltr(&self) -> bool {
        self.of_bytes.is_none()
    }
}

/// Whether a right-to-left character or a bidi control can be in the text.
fn may_be_rtl(text: &str) -> bool {
    // U+0590, the first Hebrew place, starts with the byte 0xD6 in UTF-8.
    if text.bytes().all(|byte| byte < 0xD6) {
        return false;
    }
    text.chars().any(|character| {
        matches!(character as u32,
            0x0590..=0x08FF | 0x200E..=0x200F | 0x202A..=0x202E | 0x2066..=0x2069
            | 0xFB1D..=0xFDFF | 0xFE70..=0xFEFF | 0x10800..=0x10FFF | 0x1E800..=0x1EFFF)
    })
}

/// The visual order of things with these levels, from left to right (UAX 9 L2).
pub(super) fn visual_order(levels: &[u8]) -> Vec<usize> {
    let levels: Vec<Level> =
        levels.iter().map(|level| Level::new(*level).unwrap_or(Level::ltr())).collect();
    BidiInfo::reorder_visual(&levels)
}
