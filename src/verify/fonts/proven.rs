//! Fonts in which nothing was found. Papers that a run makes from one template mostly have their fonts
//! in common, numbers of objects and all; each is examined once, and again only for codes that no
//! earlier paper showed.

use std::hash::{Hash, Hasher};
use std::str::FromStr;
use std::sync::{Mutex, MutexGuard, PoisonError};

use hayro_syntax::object::{Dict, Object, ObjectIdentifier};
use rustc_hash::{FxHashMap, FxHasher};

use super::uses::{Shown, Used};
use crate::verify::document::Document;
use crate::verify::level::Levels;

/// Bytes of fonts that are kept before all are forgotten.
const MOST: usize = 64 << 20;
/// A font of more bytes or objects is not kept.
const LARGEST: usize = 4 << 20;
const OBJECTS: usize = 64;

/// The fonts of a run's papers in which nothing was found; shared by all threads.
#[derive(Debug, Default)]
pub struct Proven {
    known: Mutex<Known>,
}

#[derive(Debug, Default)]
struct Known {
    fonts: FxHashMap<u64, Sound>,
    bytes: usize,
}

/// A sound font.
#[derive(Debug)]
struct Sound {
    description: Description,
    /// The codes for which it is sound.
    visible: Shown,
    invisible: Shown,
}

/// Everything that a font is made of, and what it was held against.
#[derive(Debug, PartialEq, Eq)]
pub(super) struct Description {
    against: Levels,
    bytes: Vec<u8>,
}

impl Proven {
    /// Whether the font is known to be sound for all codes that are shown in it.
    pub(super) fn holds(&self, description: &Description, used: &Used<'_>) -> bool {
        self.lock().fonts.get(&description.hash()).is_some_and(|sound| {
            sound.description == *description
                && sound.visible.includes(&used.visible)
                && sound.invisible.includes(&used.invisible)
        })
    }

    /// Keeps that nothing was found in a font with these codes.
    pub(super) fn keep(&self, description: Description, used: &Used<'_>) {
        let hash = description.hash();
        let mut known = self.lock();
        if let Some(sound) = known.fonts.get_mut(&hash).filter(|s| s.description == description) {
            sound.visible.append(used.visible.clone());
            sound.invisible.append(used.invisible.clone());
            return;
        }
        if known.bytes > MOST {
            *known = Known::default();
        }
        known.bytes += description.bytes.len();
        let (visible, invisible) = (used.visible.clone(), used.invisible.clone());
        let before = known.fonts.insert(hash, Sound { description, visible, invisible });
        known.bytes -= before.map_or(0, |sound| sound.description.bytes.len());
    }

    fn lock(&self) -> MutexGuard<'_, Known> {
        self.known.lock().unwrap_or_else(PoisonError::into_inner)
    }
}

impl Description {
    /// Of a font's dictionary and all that it leads to, as they stand in the file; `None` for a
    /// font that is too large, or has parts that do not show in these bytes.
    pub(super) fn of(document: &Document, font: &Dict<'_>, against: Levels) -> Option<Description> {
        let mut bytes = Bytes::default();
        bytes.add(font.data())?;
        let mut at = 0;
        while let Some(&id) = bytes.objects.get(at) {
            match document.object(id)? {
                Object::Dict(dict) => bytes.add(dict.data())?,
                Object::Array(array) => bytes.add(array.data())?,
                Object::Stream(stream) => {
                    bytes.add(stream.dict().data())?;
                    bytes.push(&stream.raw_data())?;
                }
                // What stands by itself does not show its bytes.
                _ => return None,
            }
            at += 1;
        }
        Some(Description { against, bytes: bytes.all })
    }

    fn hash(&self) -> u64 {
        let mut hasher = FxHasher::default();
        self.against.hash(&mut hasher);
        hasher.write(&self.bytes);
        hasher.finish()
    }
}

/// Bytes of objects, and which objects they lead to.
#[derive(Default)]
struct Bytes {
    all: Vec<u8>,
    objects: Vec<ObjectIdentifier>,
}

impl Bytes {
    /// Adds a dictionary or list with the objects that it leads to.
    fn add(&mut self, bytes: &[u8]) -> Option<()> {
        for id in references(bytes)? {
            if !self.objects.contains(&id) {
                self.objects.push(id);
            }
        }
        self.push(bytes).filter(|()| self.objects.len() <= OBJECTS)
    }

    fn push(&mut self, bytes: &[u8]) -> Option<()> {
        // With its length, so that no two ways to divide the bytes look alike.
        self.all.extend_from_slice(&(bytes.len() as u32).to_be_bytes());
        self.all.extend_from_slice(bytes);
        (self.all.len() <= LARGEST).then_some(())
    }
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
