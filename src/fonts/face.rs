//! One face: its bytes, read and parsed when first needed.

use std::path::PathBuf;
use std::sync::{Arc, OnceLock, RwLock};

use harfrust::font::name::NameId;
use harfrust::font::{Blob, Font};
use harfrust::{ShapePlan, Tag};

use crate::assets::Assets;

use super::alphabets::Alphabet;
use super::describe::{Description, describe, name};
use super::ink::Inks;
use super::instance::{Instances, Place};
use super::metrics::FaceMetrics;
use super::shape::WordCache;
use super::subset::FaceInfo;
use super::web;

/// Where a face's bytes are.
#[derive(Debug, Clone)]
pub(super) enum FaceBytes {
    Static(&'static [u8]),
    Shared(Arc<Vec<u8>>),
    /// Read when first needed.
    File(PathBuf),
}

/// One face, shared by all documents of a run together with its cache of shaped words.
pub(super) struct Face {
    /// As the user would write its file's name.
    pub name: String,
    bytes: FaceBytes,
    index: u32,
    parsed: OnceLock<Option<Parsed>>,
    /// Where it has axes: the places on them that documents ask for.
    pub instances: Instances,
}

/// What is known of a face once it is parsed.
pub(super) struct Parsed {
    pub font: Font,
    pub bytes: FaceBytes,
    pub index: u32,
    /// Where on its axes an instance is.
    pub place: Place,
    pub metrics: FaceMetrics,
    /// Whether characters below U+0180 are covered, a bit each.
    latin: [u64; 6],
    pub words: WordCache,
    pub info: OnceLock<FaceInfo>,
    pub alphabets: OnceLock<Vec<Alphabet>>,
    pub inks: Inks,
    /// By [`super::Shaping`].
    pub plans: RwLock<Vec<Option<Arc<ShapePlan>>>>,
}

impl std::fmt::Debug for Face {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        write!(f, "Face({})", self.name)
    }
}

impl FaceBytes {
    /// In memory and unpacked.
    fn loaded(&self) -> Option<FaceBytes> {
        let loaded = self.read()?;
        if web::is_packed(loaded.as_slice()) {
            return Some(FaceBytes::Shared(Arc::new(web::unpack(loaded.as_slice())?)));
        }
        Some(loaded)
    }

    fn read(&self) -> Option<FaceBytes> {
        match self {
            FaceBytes::File(path) => {
                let length = std::fs::metadata(path).ok()?.len();
                let bytes = (length <= Assets::MAX_BYTES).then(|| std::fs::read(path).ok())??;
                Some(FaceBytes::Shared(Arc::new(bytes)))
            }
            loaded => Some(loaded.clone()),
        }
    }

    /// The bytes, when they are in memory.
    pub fn as_slice(&self) -> &[u8] {
        match self {
            FaceBytes::Static(bytes) => bytes,
            FaceBytes::Shared(bytes) => bytes,
            FaceBytes::File(_) => &[],
        }
    }

    fn blob(&self) -> Blob {
        match self {
            FaceBytes::Static(bytes) => Blob::from(*bytes),
            FaceBytes::Shared(bytes) => {
                let shared: Arc<dyn AsRef<[u8]> + Send + Sync> = bytes.clone();
                Blob::from(shared)
            }
            FaceBytes::File(_) => Blob::from(Vec::new()),
        }
    }
}

impl Face {
    pub fn new(name: String, bytes: FaceBytes, index: u32) -> Face {
        let (parsed, instances) = (OnceLock::new(), Instances::default());
        Face { name, bytes, index, parsed, instances }
    }

    /// Family, weight and the like from the face's own tables; `None` when it is damaged.
    pub fn description(&self) -> Option<Description> {
        self.parsed().map(|parsed| describe(&parsed.font))
    }

    /// The names by which one face is asked for: the full one and PostScript's.
    pub fn names(&self) -> Vec<String> {
        let Some(parsed) = self.parsed() else { return Vec::new() };
        let ids = [NameId::FULL_NAME, NameId::POSTSCRIPT_NAME];
        ids.into_iter().filter_map(|id| name(&parsed.font, id)).collect()
    }

    /// The parsed face; `None` when it is damaged or can no longer be read.
    pub fn parsed(&self) -> Option<&Parsed> {
        self.parsed.get_or_init(|| Parsed::read(self.bytes.loaded()?, self.index)).as_ref()
    }
}

impl Parsed {
    fn read(bytes: FaceBytes, index: u32) -> Option<Parsed> {
        let font = Font::new(bytes.blob(), index)?;
        Parsed::of(font, bytes, index, Place::new())
    }

    /// The same face elsewhere on its axes.
    pub fn instance(&self, place: Place) -> Option<Parsed> {
        let variations = place.iter().map(|(tag, value)| (Tag::new(tag), *value));
        let font = self.font.instance_builder().variations(variations).build();
        Parsed::of(font, self.bytes.clone(), self.index, place)
    }

    fn of(font: Font, bytes: FaceBytes, index: u32, place: Place) -> Option<Parsed> {
        let usable = font.num_glyphs() > 0 && font.charmap().has_unicode();
        if !usable {
            return None;
        }
        let metrics = FaceMetrics::of(&font);
        let mut latin = [0u64; 6];
        let charmap = font.charmap();
        for code in (0x20..0x180u32).filter(|code| charmap.map_unicode(*code).is_some()) {
            latin[(code / 64) as usize] |= 1 << (code % 64);
        }
        let (words, plans) = (WordCache::default(), RwLock::default());
        let (info, alphabets, inks) = (OnceLock::new(), OnceLock::new(), Inks::default());
        Some(Parsed {
            font,
            bytes,
            index,
            place,
            metrics,
            latin,
            words,
            info,
            alphabets,
            inks,
            plans,
        })
    }

    /// How many faces the file holds.
    pub fn collection_count(&self) -> u32 {
        let bytes = self.bytes.as_slice();
        match (bytes.get(..4), bytes.get(8..12)) {
            (Some(b"ttcf"), Some(&[a, b, c, d])) => u32::from_be_bytes([a, b, c, d]).min(256),
            _ => 1,
        }
    }

    /// Whether the face has a glyph for `character`.
    pub fn covers(&self, character: char) -> bool {
        let code = character as u32;
        match self.latin.get((code / 64) as usize) {
            Some(bits) => bits & (1 << (code % 64)) != 0,
            None => self.font.charmap().map_unicode(code).is_some(),
        }
    }
}
