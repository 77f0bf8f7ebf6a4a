//! Which fonts a file uses, and which codes it shows in each.

use hayro_syntax::object::{Dict, Name, ObjectIdentifier};
use rustc_hash::{FxHashMap, FxHashSet};

use super::cmap::Code;
use super::decode::Decoder;
use crate::verify::content::{Event, FontUse, Observer, State};

/// The text that is shown invisibly (ISO 32000-1 table 106).
const INVISIBLE: i64 = 3;

/// A font, as far as the file uses it.
pub struct Used<'a> {
    /// Its dictionary.
    pub dict: Dict<'a>,
    /// Its object, when it is an indirect one.
    pub id: Option<ObjectIdentifier>,
    /// The page on which it is first used, by its index from 0.
    pub page: usize,
    /// What is painted in it.
    pub visible: Shown,
    /// What is shown in it without being painted.
    pub invisible: Shown,
    bytes: u8,
}

/// What tells one font from another: its object, else the bytes of its dictionary.
#[derive(Debug, Clone, PartialEq, Eq, Hash)]
pub enum Key {
    /// The object of its dictionary.
    Object(ObjectIdentifier),
    /// The dictionary as it stands among the resources.
    Inline(Vec<u8>),
}

impl Key {
    /// The key of a font in use.
    pub fn of(font: &FontUse<'_>) -> Key {
        match font.id {
            Some(id) => Key::Object(id),
            None => Key::Inline(font.dict.data().to_vec()),
        }
    }
}

/// The codes that are shown: a bit for each where their length is known without a CMap, else the
/// strings as they are.
#[derive(Debug, Clone, Default)]
pub struct Shown {
    bits: Vec<u64>,
    strings: FxHashSet<Box<[u8]>>,
}

impl Shown {
    /// Whether nothing is shown.
    pub fn is_empty(&self) -> bool {
        self.bits.is_empty() && self.strings.is_empty()
    }

    fn add(&mut self, text: &[u8], bytes: u8) {
        match bytes {
            1 => text.iter().for_each(|byte| self.add_code(usize::from(*byte))),
            2 => text.chunks(2).for_each(|pair| match pair {
                [high, low] => self.add_code(usize::from(*high) << 8 | usize::from(*low)),
                _ => {
                    self.strings.insert(pair.into());
                }
            }),
            _ => {
                if !self.strings.contains(text) {
                    self.strings.insert(text.into());
                }
            }
        }
    }

    fn add_code(&mut self, code: usize) {
        let at = code / 64;
        if self.bits.len() <= at {
            self.bits.resize(at + 1, 0);
        }
        if let Some(bits) = self.bits.get_mut(at) {
            *bits |= 1 << (code % 64);
        }
    }

    /// Whether all that `other` shows is shown here.
    pub(super) fn includes(&self, other: &Shown) -> bool {
        let here = self.bits.iter().copied().chain(std::iter::repeat(0));
        std::iter::zip(&other.bits, here).all(|(other, here)| other & !here == 0)
            && other.strings.is_subset(&self.strings)
    }

    pub(super) fn append(&mut self, other: Shown) {
        if self.bits.len() < other.bits.len() {
            self.bits.resize(other.bits.len(), 0);
        }
        std::iter::zip(&mut self.bits, other.bits).for_each(|(bits, more)| *bits |= more);
        self.strings.extend(other.strings);
    }

    fn codes(&self, decoder: &Decoder, to: &mut Vec<Code>) {
        let length = if decoder.is_composite() { 2 } else { 1 };
        for (at, bits) in self.bits.iter().enumerate() {
            let mut left = *bits;
            while left != 0 {
                let value = (at * 64) as u32 + left.trailing_zeros();
                to.push(Code { value, length });
                left &= left - 1;
            }
        }
        to.extend(self.strings.iter().flat_map(|string| decoder.codes(string)));
    }
}

/// A code that is shown in a font.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
pub struct ShownCode {
    /// The code.
    pub code: Code,
    /// Whether it is painted anywhere.
    pub visible: bool,
}

impl Used<'_> {
    fn new<'a>(font: &FontUse<'a>, page: usize) -> Used<'a> {
        Used {
            dict: font.dict.clone(),
            id: font.id,
            page,
            visible: Shown::default(),
            invisible: Shown::default(),
            bytes: code_bytes(&font.dict),
        }
    }

    /// Each code that is shown, once, by its value; and `others`, as if they were shown like the
    /// rest.
    pub(super) fn codes(&self, decoder: &Decoder, others: &Shown) -> Vec<ShownCode> {
        let mut codes = Vec::new();
        let mut add = |shown: &Shown, visible: bool| {
            let mut found = Vec::new();
            shown.codes(decoder, &mut found);
            codes.extend(found.into_iter().map(|code| ShownCode { code, visible }));
        };
        add(&self.visible, true);
        add(&self.invisible, false);
        add(others, !self.visible.is_empty());
        // A visible use stands before an invisible one of the same code.
        codes.sort_unstable_by_key(|shown| (shown.code, !shown.visible));
        codes.dedup_by_key(|shown| shown.code);
        codes
    }
}

impl Shown {
    /// These codes of two bytes.
    pub(super) fn of_codes(codes: impl Iterator<Item = u16>) -> Shown {
        let mut shown = Shown::default();
        codes.for_each(|code| shown.add_code(usize::from(code)));
        shown
    }
}

/// How many bytes each code takes; 0 when only the CMap tells.
fn code_bytes(font: &Dict<'_>) -> u8 {
    if font.get::<Name<'_>>("Subtype").as_deref() != Some(b"Type0") {
        return 1;
    }
    match font.get::<Name<'_>>("Encoding").as_deref() {
        Some(b"Identity-H" | b"Identity-V") => 2,
        _ => 0,
    }
}

/// Gathers the fonts of one page, later of all.
#[derive(Default)]
pub struct Uses<'a> {
    order: Vec<Key>,
    fonts: FxHashMap<Key, Used<'a>>,
}

impl<'a> Uses<'a> {
    /// Takes over what another page uses.
    pub fn append(&mut self, mut other: Uses<'a>) {
        for key in other.order {
            let Some(used) = other.fonts.remove(&key) else { continue };
            match self.fonts.get_mut(&key) {
                Some(known) => {
                    known.visible.append(used.visible);
                    known.invisible.append(used.invisible);
                }
                None => {
                    self.order.push(key.clone());
                    self.fonts.insert(key, used);
                }
            }
        }
    }

    /// The fonts, in the order in which they are first used.
    pub fn iter(&self) -> impl Iterator<Item = (&Key, &Used<'a>)> {
        self.order.iter().filter_map(|key| Some((key, self.fonts.get(key)?)))
    }
}

impl<'a> Observer<'a> for Uses<'a> {
    fn see(&mut self, state: &State<'a>, event: &Event<'_>) {
        let (Event::Show(text), Some(font)) = (event, &state.graphics.font) else { return };
        let key = Key::of(font);
        let used = match self.fonts.get_mut(&key) {
            Some(used) => used,
            None => {
                self.order.push(key.clone());
                self.fonts.entry(key).or_insert_with(|| Used::new(font, state.page))
            }
        };
        let shown = match state.graphics.render {
            INVISIBLE => &mut used.invisible,
            _ => &mut used.visible,
        };
        shown.add(text, used.bytes);
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn codes_are_kept_once() {
        let mut shown = Shown::default();
        shown.add(b"\0A\0B\0A\x01", 2);
        let mut more = Shown::default();
        more.add(b"\x20\x01", 2);
        shown.append(more);
        assert_eq!(shown.bits.iter().map(|bits| bits.count_ones()).sum::<u32>(), 3);
        let mut part = Shown::default();
        part.add(b"\x20\x01\x01", 2);
        assert!(shown.includes(&part));
        part.add(b"\0C", 2);
        assert!(!shown.includes(&part));
        assert_eq!(shown.strings.len(), 1);
    }
}
