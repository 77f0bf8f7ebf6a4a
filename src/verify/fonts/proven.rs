//! Fonts in which nothing was found. Papers that a run makes from one template mostly have their fonts
//! in common, numbers of objects and all; each is examined once, and again only for codes that no
//! earlier paper showed.

use std::hash::{Hash, Hasher};
use std::str::FromStr;
use std::sync::{Mutex, MutexGuard, PoisonError};

use hayro_syntax::object::{Object, ObjectIdentifier};
use memchr::memmem;
use rustc_hash::{FxHashMap, FxHasher};

use super::uses::{Shown, Used};
use crate::verify::document::Document;
use crate::verify::level::Levels;
use crate::verify::plain::Plain;

/// Bytes of fonts that are kept before all are forgotten.
const MOST: usize = 64 << 20;
/// A font of more bytes or objects is not kept.
const LARGEST: usize = 4 << 20;
const OBJECTS: usize = 64;
/// So many fonts are kept whose dictionaries are the same, but not what these lead to.
const ALIKE: usize = 16;

/// The fonts of a run's papers in which nothing was found; shared by all threads.
#[derive(Debug, Default)]
pub struct Proven {
    known: Mutex<Known>,
}

/// Fonts by what [`key`] makes of their dictionaries.
#[derive(Debug, Default)]
struct Known {
    fonts: FxHashMap<u64, Vec<Sound>>,
    bytes: usize,
}

/// A sound font.
#[derive(Debug)]
struct Sound {
    against: Levels,
    /// Its dictionary, which is the first of its parts.
    dict: Box<[u8]>,
    parts: Vec<Part>,
    /// The codes for which it is sound.
    visible: Shown,
    invisible: Shown,
}

/// An object that a font is made of, as it stands in the file.
#[derive(Debug)]
struct Part {
    number: u32,
    bytes: Box<[u8]>,
}

impl Sound {
    /// Whether the file holds the same objects. What they lead to is told by their bytes, so that
    /// nothing else can belong to the font.
    fn is_in(&self, document: &Document, plain: &Plain, dict: &[u8], against: Levels) -> bool {
        self.against == against
            && *self.dict == *dict
            && self.parts.iter().all(|part| {
                plain.object(document, part.number).is_some_and(|bytes| *bytes == *part.bytes)
            })
    }

    fn size(&self) -> usize {
        self.parts.iter().map(|part| part.bytes.len()).sum()
    }
}

impl Proven {
    /// Whether the font is known to be sound for all codes that are shown in it.
    pub(super) fn holds(&self, document: &Document, used: &Used<'_>, against: Levels) -> bool {
        let Some(plain) = document.plain() else { return false };
        let Some(key) = key(used, against) else { return false };
        self.lock().fonts.get(&key).is_some_and(|alike| {
            alike.iter().any(|sound| {
                sound.visible.includes(&used.visible)
                    && sound.invisible.includes(&used.invisible)
                    && sound.is_in(document, plain, used.dict.data(), against)
            })
        })
    }

    /// Keeps that nothing was found in a font with the codes that are shown, and with `others`.
    pub(super) fn keep(
        &self,
        document: &Document,
        used: &Used<'_>,
        others: Shown,
        against: Levels,
    ) {
        let Some(plain) = document.plain() else { return };
        let Some(key) = key(used, against) else { return };
        let (mut visible, mut invisible) = (used.visible.clone(), used.invisible.clone());
        let shown = if visible.is_empty() { &mut invisible } else { &mut visible };
        shown.append(others);
        let mut guard = self.lock();
        let known = &mut *guard;
        let alike = known.fonts.entry(key).or_default();
        let same =
            alike.iter_mut().find(|sound| sound.is_in(document, plain, used.dict.data(), against));
        if let Some(sound) = same {
            sound.visible.append(visible);
            sound.invisible.append(invisible);
            return;
        }
        let Some(parts) = parts(document, plain, used) else { return };
        if alike.len() >= ALIKE {
            alike.clear();
        }
        let sound = Sound { against, dict: used.dict.data().into(), parts, visible, invisible };
        known.bytes += sound.size();
        alike.push(sound);
        if known.bytes > MOST {
            *known = Known::default();
        }
    }

    fn lock(&self) -> MutexGuard<'_, Known> {
        self.known.lock().unwrap_or_else(PoisonError::into_inner)
    }
}

/// What a font is looked up by; `None` when it is no object of its own.
fn key(used: &Used<'_>, against: Levels) -> Option<u64> {
    let id = used.id?;
    let mut hasher = FxHasher::default();
    against.hash(&mut hasher);
    id.hash(&mut hasher);
    hasher.write(used.dict.data());
    Some(hasher.finish())
}

/// The objects of a font: that of its dictionary, and all that it leads to. `None` for a font that
/// is too large, or whose objects are not read from these bytes alone.
fn parts(document: &Document, plain: &Plain, used: &Used<'_>) -> Option<Vec<Part>> {
    let mut numbers = vec![used.id?];
    let mut parts = Vec::new();
    let mut size = 0;
    let mut at = 0;
    while let Some(&id) = numbers.get(at) {
        at += 1;
        let bytes = plain.object(document, id.obj_number).filter(|_| id.gen_number == 0)?;
        let object = document.object(id)?;
        let own = match &object {
            Object::Dict(dict) => dict.data(),
            Object::Array(array) => array.data(),
            Object::Stream(stream) => stream.dict().data(),
            // What stands by itself does not show its bytes.
            _ => return None,
        };
        if parts.is_empty() && own != used.dict.data() {
            return None;
        }
        let behind = bytes.get(memmem::find(bytes, own)? + own.len()..)?;
        if let Object::Stream(stream) = &object {
            memmem::find(behind, &stream.raw_data())?;
        }
        for id in references(own)? {
            if !numbers.contains(&id) {
                numbers.push(id);
            }
        }
        size += bytes.len();
        if numbers.len() > OBJECTS || size > LARGEST {
            return None;
        }
        parts.push(Part { number: id.obj_number, bytes: bytes.into() });
    }
    Some(parts)
}

/// The references among the bytes of an object (ISO 32000-1 7.3.10), as they are usually written;
/// `None` where something may be one that is written otherwise.
fn references(bytes: &[u8]) -> Option<Vec<ObjectIdentifier>> {
    let is_space = |byte: u8| matches!(byte, 0 | b'\t' | b'\n' | 0x0c | b'\r' | b' ');
    let ends = bytes.windows(2).enumerate();
    let ends =
        ends.filter(|(_, pair)| pair[1] == b'R' && (is_space(pair[0]) || pair[0].is_ascii_digit()));
    ends.map(|(end, _)| {
        let (generation, rest) = number_before(bytes.get(..end)?)?;
        let (number, _) = number_before(rest.strip_suffix(b" ")?)?;
        (bytes.get(end) == Some(&b' ')).then(|| ObjectIdentifier::new(number, generation))
    })
    .collect()
}

/// The whole number at the end, and what stands before it.
fn number_before<N: FromStr>(bytes: &[u8]) -> Option<(N, &[u8])> {
    let start = bytes.iter().rposition(|byte| !byte.is_ascii_digit()).map_or(0, |at| at + 1);
    let (rest, digits) = bytes.split_at(start);
    Some((std::str::from_utf8(digits).ok()?.parse().ok()?, rest))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn references_are_found_or_nothing_is_said_of_them() {
        let found = |bytes: &[u8]| {
            let found = references(bytes)?.into_iter();
            Some(found.map(|id| (id.obj_number, id.gen_number)).collect::<Vec<_>>())
        };
        let two = found(b"<</A 12 0 R/Registry(R)/B[/Real 7 0 R]/C 1.5>>");
        assert_eq!(two, Some(vec![(12, 0), (7, 0)]));
        for unusual in
            [&b"<</A 12 0\nR>>"[..], b"<</A 12\n0 R>>", b"<</A 1 0%\rR>>", b"<</A 1 0R>>", b"(a R)"]
        {
            assert_eq!(found(unusual), None);
        }
    }
}
