//! Object streams that the papers of a run have in common: those of fonts, above all. Each is
//! unpacked once, and once its objects are examined.

use std::hash::Hasher;
use std::sync::{Arc, Mutex, PoisonError};

use hayro_syntax::object::{ObjectIdentifier, Stream};
use rustc_hash::{FxHashMap, FxHasher};

use super::container::Container;
use super::token::{Token, Tokens};
use crate::verify::document::Document;

/// Bytes of object streams, and how many were met, before all are forgotten.
const MOST: usize = 16 << 20;
const MET: usize = 1 << 14;

/// The object streams of a run's papers; shared by all threads.
#[derive(Debug, Default)]
pub struct Common {
    known: Mutex<Known>,
}

/// Object streams by their bytes. Of those that one paper had nothing is kept: most are of this
/// paper alone.
#[derive(Debug, Default)]
struct Known {
    streams: FxHashMap<u64, Option<Packed>>,
    bytes: usize,
}

#[derive(Debug)]
struct Packed {
    object: Box<[u8]>,
    container: Arc<Container>,
}

impl Common {
    /// Reads the object stream of this number, whose object stands in these bytes, number and all.
    pub fn read(&self, document: &Document, number: u32, object: &[u8]) -> Option<Arc<Container>> {
        let mut hasher = FxHasher::default();
        hasher.write(object);
        let hash = hasher.finish();
        let met = match self.known.lock().unwrap_or_else(PoisonError::into_inner).streams.get(&hash)
        {
            Some(Some(packed)) if *packed.object == *object => {
                return Some(Arc::clone(&packed.container));
            }
            met => met.is_some(),
        };
        let container = Arc::new(Container::read(document, number)?);
        let mut guard = self.known.lock().unwrap_or_else(PoisonError::into_inner);
        let known = &mut *guard;
        if known.bytes > MOST || known.streams.len() >= MET {
            *known = Known::default();
        }
        let size = object.len() + container.data().len();
        let kept = (met && is_whole(document, number, object))
            .then(|| Packed { object: object.into(), container: Arc::clone(&container) });
        known.bytes += if kept.is_some() { size } else { 0 };
        known.streams.insert(hash, kept);
        Some(container)
    }
}

/// Whether an object stream is read from these bytes alone: its data end among them, and its
/// dictionary says nothing in other objects.
fn is_whole(document: &Document, number: u32, object: &[u8]) -> bool {
    let id = ObjectIdentifier::new(number, 0);
    document.pdf().xref().get::<Stream<'_>>(id).is_some_and(|stream| {
        let (all, data) = (object.as_ptr_range(), stream.raw_data().as_ptr_range());
        all.start <= data.start
            && data.end <= all.end
            && Tokens::new(stream.dict().data(), 0).all(|token| token != Token::Word(b"R"))
    })
}
