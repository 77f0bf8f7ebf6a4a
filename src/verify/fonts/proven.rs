//! Fonts in which nothing was found. Papers of a run have their fonts in common, to the byte; each
//! is examined once, and again only for codes that no earlier paper showed.

use std::hash::Hasher;
use std::sync::{Mutex, MutexGuard, PoisonError};

use hayro_syntax::object::{Array, Dict, MaybeRef, Object, ObjectIdentifier, Stream};
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
        known.fonts.insert(hash, Sound { description, visible, invisible });
    }

    fn lock(&self) -> MutexGuard<'_, Known> {
        self.known.lock().unwrap_or_else(PoisonError::into_inner)
    }
}

impl Description {
    /// Of a font's dictionary and all that it leads to, as they stand in the file; `None` for a
    /// font that is too large, or has parts that do not show in these bytes.
    pub(super) fn of(document: &Document, font: &Dict<'_>, against: Levels) -> Option<Description> {
        let mut reader = Reader { document, seen: Vec::new(), bytes: Vec::new() };
        reader.dict(font)?;
        Some(Description { against, bytes: reader.bytes })
    }

    fn hash(&self) -> u64 {
        let mut hasher = FxHasher::default();
        hasher.write(&self.bytes);
        hasher.finish()
    }
}

/// Gathers bytes.
struct Reader<'d> {
    document: &'d Document,
    seen: Vec<ObjectIdentifier>,
    bytes: Vec<u8>,
}

impl Reader<'_> {
    fn add(&mut self, bytes: &[u8]) -> Option<()> {
        if self.bytes.len() + bytes.len() > LARGEST {
            return None;
        }
        // With its length, so that no two ways to divide the bytes look alike.
        self.bytes.extend_from_slice(&(bytes.len() as u32).to_be_bytes());
        self.bytes.extend_from_slice(bytes);
        Some(())
    }

    fn dict(&mut self, dict: &Dict<'_>) -> Option<()> {
        self.add(dict.data())?;
        dict.entries().try_for_each(|(_, value)| self.part(value))
    }

    fn array(&mut self, array: &Array<'_>) -> Option<()> {
        array.raw_iter().try_for_each(|item| self.part(item))
    }

    fn stream(&mut self, stream: &Stream<'_>) -> Option<()> {
        self.dict(stream.dict())?;
        self.add(&stream.raw_data())
    }

    /// A value of a dictionary or list, whose own bytes are there already.
    fn part(&mut self, value: MaybeRef<Object<'_>>) -> Option<()> {
        match value {
            MaybeRef::Ref(reference) => {
                let id = reference.into();
                if self.seen.contains(&id) {
                    return Some(());
                }
                self.seen.push(id);
                if self.seen.len() > OBJECTS {
                    return None;
                }
                match self.document.object(id)? {
                    Object::Dict(dict) => self.dict(&dict),
                    Object::Stream(stream) => self.stream(&stream),
                    Object::Array(array) => {
                        self.add(array.data())?;
                        self.array(&array)
                    }
                    // A number or name that stands by itself does not show its bytes.
                    _ => None,
                }
            }
            MaybeRef::NotRef(Object::Dict(dict)) => {
                dict.entries().try_for_each(|(_, value)| self.part(value))
            }
            MaybeRef::NotRef(Object::Array(array)) => self.array(&array),
            MaybeRef::NotRef(_) => Some(()),
        }
    }
}
