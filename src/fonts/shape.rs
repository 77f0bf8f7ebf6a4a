//! Shaping words, each distinct one once for the whole run.

use std::cell::RefCell;
use std::hash::Hasher;
use std::sync::{Arc, Mutex, PoisonError, RwLock};

use harfrust::{
    Buffer, BufferFlags, Direction, Feature, Language, Script, ShapeOptions, ShapePlan, ShaperFont,
    Tag, shape,
};
use rustc_hash::{FxHashMap, FxHasher};

use super::face::Parsed;
use super::{FaceId, FontBook, Glyph};

/// Names one way of shaping (script, language, direction, features) of a run.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
pub struct Shaping(u16);

/// A word's glyphs in one face, at any size.
#[derive(Debug, PartialEq)]
pub struct ShapedWord {
    /// The word.
    pub text: Arc<str>,
    /// From left to right, distances in em.
    pub glyphs: Arc<[Glyph]>,
    /// The sum of the advances, in em.
    pub advance: f32,
    /// Whether the face lacks a character of it.
    pub missing: bool,
    shaping: Shaping,
}

/// What a [`Shaping`] stands for.
#[derive(Debug, PartialEq)]
struct Manner {
    script: [u8; 4],
    language: String,
    rtl: bool,
    features: Arc<[([u8; 4], u32)]>,
}

/// The ways of shaping met so far in a run.
#[derive(Debug, Default)]
pub(super) struct Manners {
    known: RwLock<Vec<Arc<Manner>>>,
}

const SHARDS: usize = 16;
const WORDS_PER_SHARD: usize = 4096;
/// Longer words are unlikely to come again.
const LONGEST_CACHED: usize = 96;

/// Shaped words by a hash of text and manner; a shard that is full starts anew.
#[derive(Debug, Default)]
pub(super) struct WordCache {
    shards: [Mutex<FxHashMap<u64, Arc<ShapedWord>>>; SHARDS],
}

impl ShapedWord {
    /// How it was shaped, so that a part of it can be shaped alike.
    pub fn shaping(&self) -> Shaping {
        self.shaping
    }
}

impl FontBook {
    /// The name of a way of shaping. `script` is an ISO 15924 tag, `language` a BCP 47 tag (empty
    /// for none), features as in `font-feature-settings`.
    pub fn shaping(
        &self,
        script: [u8; 4],
        language: &str,
        rtl: bool,
        features: &Arc<[([u8; 4], u32)]>,
    ) -> Shaping {
        let same = |manner: &Arc<Manner>| {
            manner.script == script
                && manner.rtl == rtl
                && manner.language == language
                && manner.features == *features
        };
        let known = &self.manners().known;
        let found = read(known).iter().position(same);
        let index = found.unwrap_or_else(|| {
            let mut known = known.write().unwrap_or_else(PoisonError::into_inner);
            known.iter().position(same).unwrap_or_else(|| {
                let (language, features) = (language.to_owned(), Arc::clone(features));
                known.push(Arc::new(Manner { script, language, rtl, features }));
                known.len() - 1
            })
        });
        Shaping(u16::try_from(index).unwrap_or(0))
    }

    /// The glyphs of a word in a face; nothing when the face is damaged.
    pub fn shape_word(&self, face: FaceId, text: &str, shaping: Shaping) -> Arc<ShapedWord> {
        let Some(parsed) = self.parsed(face) else {
            return Arc::new(ShapedWord {
                text: text.into(),
                glyphs: Arc::default(),
                advance: 0.0,
                missing: true,
                shaping,
            });
        };
        if text.len() > LONGEST_CACHED {
            return Arc::new(self.shape_uncached(parsed, text, shaping));
        }
        let hash = hash(text, shaping);
        let shard = &parsed.words.shards[(hash >> 60) as usize % SHARDS];
        let cached = lock(shard).get(&hash).cloned();
        if let Some(word) = cached
            && word.shaping == shaping
            && *word.text == *text
        {
            return word;
        }
        let word = Arc::new(self.shape_uncached(parsed, text, shaping));
        let mut shard = lock(shard);
        if shard.len() >= WORDS_PER_SHARD {
            shard.clear();
        }
        shard.insert(hash, Arc::clone(&word));
        word
    }

    fn shape_uncached(&self, parsed: &Parsed, text: &str, shaping: Shaping) -> ShapedWord {
        let manner = read(&self.manners().known).get(shaping.0 as usize).cloned();
        let glyphs = manner.map(|manner| shape_with(parsed, text, shaping, &manner));
        let glyphs: Arc<[Glyph]> = glyphs.unwrap_or_default().into();
        let advance = glyphs.iter().map(|glyph| glyph.advance).sum();
        let missing = glyphs.iter().any(|glyph| glyph.id == 0);
        ShapedWord { text: text.into(), glyphs, advance, missing, shaping }
    }
}

thread_local! {
    static BUFFER: RefCell<Buffer> = RefCell::new(Buffer::new());
}

fn shape_with(parsed: &Parsed, text: &str, shaping: Shaping, manner: &Manner) -> Vec<Glyph> {
    let direction = if manner.rtl { Direction::RightToLeft } else { Direction::LeftToRight };
    let script = Script::from_iso15924_tag(Tag::new(&manner.script));
    let language =
        Some(manner.language.as_str()).filter(|tag| !tag.is_empty()).and_then(Language::new);
    let features: Vec<Feature> = manner
        .features
        .iter()
        .map(|(tag, value)| Feature::new(Tag::new(tag), *value, ..))
        .collect();
    let plan = plan(parsed, shaping, || {
        ShapePlan::new(&parsed.font, direction, script, language.as_ref(), &features)
    });
    BUFFER.with_borrow_mut(|buffer| {
        buffer.reset();
        buffer.set_flags(
            BufferFlags::REMOVE_DEFAULT_IGNORABLES | BufferFlags::DO_NOT_INSERT_DOTTED_CIRCLE,
        );
        buffer.set_direction(direction);
        buffer.set_script(script);
        buffer.set_language(language.clone());
        buffer.push_str(text);
        let shaper = ShaperFont::new(&parsed.font);
        let options = ShapeOptions::new().plan(Some(&plan)).features(&features);
        match shape(&shaper, buffer, options) {
            Ok(()) => collect(buffer, text, f32::from(parsed.font.units_per_em().max(1))),
            Err(_) => Vec::new(),
        }
    })
}

fn plan(parsed: &Parsed, shaping: Shaping, make: impl FnOnce() -> ShapePlan) -> Arc<ShapePlan> {
    let index = shaping.0 as usize;
    if let Some(Some(plan)) = read(&parsed.plans).get(index) {
        return Arc::clone(plan);
    }
    let plan = Arc::new(make());
    let mut plans = parsed.plans.write().unwrap_or_else(PoisonError::into_inner);
    if plans.len() <= index {
        plans.resize(index + 1, None);
    }
    plans[index] = Some(Arc::clone(&plan));
    plan
}

fn collect(buffer: &Buffer, text: &str, em: f32) -> Vec<Glyph> {
    let placed = buffer.glyph_infos().iter().zip(buffer.glyph_positions());
    let glyphs = placed.map(|(info, position)| Glyph {
        id: u16::try_from(info.glyph_id).unwrap_or(0),
        advance: position.x_advance as f32 / em,
        x_offset: position.x_offset as f32 / em,
        y_offset: position.y_offset as f32 / em,
        cluster: info.cluster,
        is_space: text
            .get(info.cluster as usize..)
            .is_some_and(|rest| rest.starts_with([' ', '\u{A0}'])),
    });
    glyphs.collect()
}

fn hash(text: &str, shaping: Shaping) -> u64 {
    let mut hasher = FxHasher::default();
    hasher.write(text.as_bytes());
    hasher.write_u16(shaping.0);
    hasher.finish()
}

fn read<T>(lock: &RwLock<T>) -> std::sync::RwLockReadGuard<'_, T> {
    lock.read().unwrap_or_else(PoisonError::into_inner)
}

fn lock<T>(mutex: &Mutex<T>) -> std::sync::MutexGuard<'_, T> {
    mutex.lock().unwrap_or_else(PoisonError::into_inner)
}
