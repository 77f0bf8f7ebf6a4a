//! The faces of a run: where they come from and what each is called.

use std::collections::BTreeMap;
use std::path::{Path, PathBuf};
use std::sync::{Arc, Mutex, PoisonError, RwLock};

use rustc_hash::FxHashMap;

use crate::assets::{AssetError, Assets, embedded, shown_name};
use crate::diag::{Diagnostic, Diagnostics};

use super::FaceId;
use super::builtin;
use super::describe::Description;
use super::face::{Face, FaceBytes, Parsed};
use super::instance::FaceQuery;
use super::rule::{FontFaceRule, RuleSource};
use super::shape::Manners;
use super::system::{font_files, system_folders};

/// Where the faces of a run come from.
#[derive(Debug, Clone)]
pub struct FontSources {
    /// The project's `fonts/` folder before the built-in one, and what `@font-face` may name.
    pub assets: Assets,
    /// Folders given by `--font-dir`.
    pub folders: Vec<PathBuf>,
    /// Whether the system's fonts are used (`--system-fonts`).
    pub system: bool,
}

/// The faces of a run. Cheap to clone, shared between threads.
#[derive(Debug, Clone)]
pub struct FontBook {
    shared: Arc<Shared>,
    entries: Arc<Vec<Entry>>,
    families: Arc<FxHashMap<String, Vec<FaceId>>>,
    /// The families' names in lower case, in the order of their sources.
    pub(super) family_order: Arc<Vec<String>>,
    pub(super) fallbacks: Arc<RwLock<Fallbacks>>,
}

/// The faces found for characters at a weight and slope.
pub(super) type Fallbacks = FxHashMap<(char, u16, bool), Option<FaceId>>;

/// What all books of a run share.
#[derive(Debug)]
struct Shared {
    assets: Assets,
    manners: Manners,
    /// Files named by `@font-face`, so that each is read once.
    named: Mutex<BTreeMap<String, Arc<Face>>>,
}

/// A face under a name.
#[derive(Debug, Clone)]
pub(super) struct Entry {
    pub family: Arc<str>,
    /// Lightest and heaviest weight that it is used for.
    pub weight: (u16, u16),
    /// Whether it has upright letters, and whether leaning ones.
    pub upright: bool,
    pub italic: bool,
    /// The angles that a rule admits.
    pub leaning: Option<(f32, f32)>,
    /// Narrowest and widest width that it is used for.
    pub stretch: (f32, f32),
    /// Whether it has axes to vary.
    pub variable: bool,
    /// `unicode-range`; empty for all characters.
    pub ranges: Vec<(u32, u32)>,
    /// Later sources have higher ranks.
    pub rank: u8,
    pub face: Arc<Face>,
}

/// How files of fonts end.
pub(super) const EXTENSIONS: [&str; 6] = ["ttf", "otf", "ttc", "otc", "woff", "woff2"];

const RANK_BUILTIN: u8 = 1;
const RANK_PROJECT: u8 = 2;
const RANK_FOLDER: u8 = 3;
pub(super) const RANK_RULE: u8 = 4;

impl FontSources {
    /// The built-in faces only.
    pub fn builtin() -> FontSources {
        FontSources { assets: Assets::builtin(), folders: Vec::new(), system: false }
    }

    /// Opens all sources; files that are no fonts are reported and left out.
    pub fn open(self) -> (FontBook, Diagnostics) {
        let mut found = Diagnostics::new();
        let mut entries = Vec::new();
        if self.system {
            for folder in system_folders() {
                add_folder(&folder, 0, &mut entries, None);
            }
        }
        add_assets(&self.assets, &mut entries, &mut found);
        for folder in &self.folders {
            if !folder.is_dir() {
                let message = format!("the font folder {} is not there", folder.display());
                found.push(Diagnostic::error("font/no-folder", message));
            }
            add_folder(folder, RANK_FOLDER, &mut entries, Some(&mut found));
        }
        let named = Mutex::default();
        let shared = Shared { assets: self.assets, manners: Manners::default(), named };
        (FontBook::of(Arc::new(shared), entries), found)
    }
}

impl FontBook {
    fn of(shared: Arc<Shared>, mut entries: Vec<Entry>) -> FontBook {
        entries.truncate(usize::from(u16::MAX));
        let mut families: FxHashMap<String, Vec<FaceId>> = FxHashMap::default();
        let mut family_order: Vec<String> = Vec::new();
        for (index, entry) in entries.iter().enumerate() {
            let lower = entry.family.to_lowercase();
            let faces = families.entry(lower).or_insert_with_key(|family| {
                family_order.push(family.clone());
                Vec::new()
            });
            faces.push(FaceId::at(index));
        }
        FontBook {
            shared,
            entries: Arc::new(entries),
            families: Arc::new(families),
            family_order: Arc::new(family_order),
            fallbacks: Arc::default(),
        }
    }

    /// This book with the faces of a document's `@font-face` rules. A family that rules define
    /// replaces one of the same name (CSS Fonts 4 §5.2 step 2).
    pub fn with_rules(&self, rules: &[FontFaceRule], found: &mut Diagnostics) -> FontBook {
        if rules.is_empty() {
            return self.clone();
        }
        let mut entries = self.entries.as_ref().clone();
        let first_rule = entries.len();
        for rule in rules {
            match self.face_of(rule) {
                Err(diagnostic) => found.push(diagnostic),
                Ok((face, described)) => entries.push(Entry {
                    family: Arc::clone(&rule.family),
                    weight: rule.weight.unwrap_or(described.weight),
                    upright: rule.italic.map_or(described.upright, |italic| {
                        !italic || rule.angles.is_some_and(|(least, _)| least <= 0.0)
                    }),
                    italic: rule.italic.unwrap_or(described.italic),
                    leaning: rule.angles,
                    stretch: rule.stretch.unwrap_or(described.stretch),
                    variable: described.variable,
                    ranges: rule.ranges.clone(),
                    rank: RANK_RULE,
                    face,
                }),
            }
        }
        let mut book = FontBook::of(Arc::clone(&self.shared), entries);
        let defined = book.entries[first_rule..].iter().map(|entry| entry.family.to_lowercase());
        let mut families = book.families.as_ref().clone();
        for family in defined {
            if let Some(faces) = families.get_mut(&family) {
                faces.retain(|face| face.index() >= first_rule);
            }
        }
        book.families = Arc::new(families);
        book
    }

    /// The first source of a rule that can be had.
    fn face_of(&self, rule: &FontFaceRule) -> Result<(Arc<Face>, Description), Diagnostic> {
        let mut reasons = Vec::new();
        for source in &rule.sources {
            match source {
                RuleSource::Local(name) => {
                    if let Some(face) = self.local(name, rule)
                        && let Some(described) = face.description()
                    {
                        return Ok((face, described));
                    }
                    reasons.push(format!("no font on hand is called {name}"));
                }
                RuleSource::Url(url) => match self.named(url) {
                    Ok(face) => match face.description() {
                        Some(described) => return Ok((face, described)),
                        None => reasons.push(format!(
                            "{} is damaged or no TrueType, OpenType, WOFF or WOFF2 font",
                            shown_name(url)
                        )),
                    },
                    Err(reason) => reasons.push(format!("{} {reason}", shown_name(url))),
                },
            }
        }
        if reasons.is_empty() {
            reasons.push("its sources are of kinds that are not understood".to_owned());
        }
        let message = format!("the font {} cannot be loaded: {}", rule.family, reasons.join("; "));
        Err(Diagnostic::error("font/not-loaded", message).at(rule.span, "this font").help(
            "put a sound font file (.ttf, .otf, .ttc, .woff, .woff2) below templates/ and name it here, \
             relative to templates/",
        ))
    }

    /// A face on hand by its full or PostScript name (CSS Fonts 4 §4.3.3), or the nearest one of
    /// the family of that name.
    fn local(&self, name: &str, rule: &FontFaceRule) -> Option<Arc<Face>> {
        let called = |entry: &&Entry| {
            entry.rank != RANK_RULE
                && entry.face.names().iter().any(|own| own.eq_ignore_ascii_case(name))
        };
        let family = self.family(&name.to_lowercase()).unwrap_or_default();
        let weight = rule.weight.map_or(400, |(lightest, _)| lightest);
        let query = FaceQuery::plain(weight, rule.italic.unwrap_or(false));
        let nearest = self.nearest(family, &query).and_then(|face| self.entry(face));
        let found = nearest.or_else(|| self.entries.iter().find(called))?;
        Some(Arc::clone(&found.face))
    }

    fn named(&self, url: &str) -> Result<Arc<Face>, &'static str> {
        let mut named = self.shared.named.lock().unwrap_or_else(PoisonError::into_inner);
        if let Some(face) = named.get(url) {
            return Ok(Arc::clone(face));
        }
        if let Some(bytes) = embedded(url) {
            let bytes = bytes.map_err(|_| "cannot be decoded")?;
            let bytes = FaceBytes::Shared(Arc::new(bytes));
            let face = Arc::new(Face::new(shown_name(url).to_owned(), bytes, 0));
            named.insert(url.to_owned(), Arc::clone(&face));
            return Ok(face);
        }
        let (path, part) =
            url.split_once('#').map_or((url, None), |(path, part)| (path, Some(part)));
        let asset = self.shared.assets.read(path, "").map_err(|error| match error {
            AssetError::Missing => "is not there",
            AssetError::Outside => "lies outside the project",
            AssetError::TooLarge(_) => "is too large",
            AssetError::Unreadable(_) => "cannot be read",
        })?;
        let bytes = bytes_of(asset.bytes);
        let face = match part {
            None => Face::new(asset.name, bytes, 0),
            Some(part) => part_of(&asset.name, &bytes, part).ok_or("has no face of that name")?,
        };
        let face = Arc::new(face);
        named.insert(url.to_owned(), Arc::clone(&face));
        Ok(face)
    }

    /// The faces of a family, by its name in lower case.
    pub(super) fn family(&self, lower: &str) -> Option<&[FaceId]> {
        self.families.get(lower).map(Vec::as_slice).filter(|faces| !faces.is_empty())
    }

    pub(super) fn entry(&self, face: FaceId) -> Option<&Entry> {
        self.entries.get(face.index())
    }

    pub(super) fn parsed(&self, face: FaceId) -> Option<&Parsed> {
        let entry = self.entry(face)?;
        match face.instance() {
            0 => entry.face.parsed(),
            digest => entry.face.instances.get(digest),
        }
    }

    pub(super) fn manners(&self) -> &Manners {
        &self.shared.manners
    }

    /// The family that a face belongs to, as it calls itself.
    pub fn family_name(&self, face: FaceId) -> &str {
        self.entry(face).map_or("", |entry| &entry.family)
    }

    /// The face's file, as the user would write it.
    pub fn face_name(&self, face: FaceId) -> &str {
        self.entry(face).map_or("", |entry| &entry.face.name)
    }

    /// How many faces there are; ids run from 0 to this.
    pub fn len(&self) -> usize {
        self.entries.len()
    }

    /// Whether there is no face at all.
    pub fn is_empty(&self) -> bool {
        self.entries.is_empty()
    }

    /// The whole file of a face, and its place in a collection.
    pub fn file(&self, face: FaceId) -> Option<(FileBytes, u32)> {
        let entry = self.entry(face)?;
        let index = entry.face.parsed()?.index;
        Some((Arc::new(WholeFile(Arc::clone(&entry.face))), index))
    }

    /// The face's measures in em; usual ones when it is damaged.
    pub fn metrics(&self, face: FaceId) -> super::FaceMetrics {
        self.parsed(face).map_or_else(super::FaceMetrics::default, |parsed| parsed.metrics)
    }
}

/// The bytes of a font file, shared with whoever reads them.
pub type FileBytes = Arc<dyn AsRef<[u8]> + Send + Sync>;

/// A face's file as bytes that others may share.
struct WholeFile(Arc<Face>);

impl AsRef<[u8]> for WholeFile {
    fn as_ref(&self) -> &[u8] {
        self.0.parsed().map_or(&[], |parsed| parsed.bytes.as_slice())
    }
}

fn bytes_of(bytes: std::borrow::Cow<'static, [u8]>) -> FaceBytes {
    match bytes {
        std::borrow::Cow::Borrowed(bytes) => FaceBytes::Static(bytes),
        std::borrow::Cow::Owned(bytes) => FaceBytes::Shared(Arc::new(bytes)),
    }
}

fn entry(described: Description, rank: u8, face: Face) -> Entry {
    Entry {
        family: described.family.into(),
        weight: described.weight,
        upright: described.upright,
        italic: described.italic,
        leaning: None,
        stretch: described.stretch,
        variable: described.variable,
        ranges: Vec::new(),
        rank,
        face: Arc::new(face),
    }
}

/// The face of a collection that `part` names: by its PostScript name, its full name, or its number
/// from 0.
fn part_of(name: &str, bytes: &FaceBytes, part: &str) -> Option<Face> {
    let first = Face::new(name.to_owned(), bytes.clone(), 0);
    let count = first.parsed().map_or(0, Parsed::collection_count);
    let mut faces = (0..count).map(|index| Face::new(name.to_owned(), bytes.clone(), index));
    match part.parse::<usize>() {
        Ok(number) => faces.nth(number),
        Err(_) => faces.find(|face| face.names().iter().any(|own| own.eq_ignore_ascii_case(part))),
    }
}

/// Adds the built-in faces and those of the project's `fonts/` folder.
fn add_assets(assets: &Assets, entries: &mut Vec<Entry>, found: &mut Diagnostics) {
    let mut paths: Vec<String> =
        EXTENSIONS.iter().flat_map(|kind| assets.list("fonts", kind)).collect();
    paths.sort();
    for path in paths {
        let asset = match assets.read(&path, "") {
            Ok(asset) => asset,
            Err(_) => {
                let message = format!("the font file {path} cannot be read");
                found.push(Diagnostic::warning("font/unreadable", message));
                continue;
            }
        };
        let built_in = asset.name.starts_with("built-in:");
        let known = if built_in { builtin::description(&path) } else { None };
        let (name, bytes) = (asset.name, bytes_of(asset.bytes));
        let rank = if built_in { RANK_BUILTIN } else { RANK_PROJECT };
        if let Some(described) = known {
            entries.push(entry(described, rank, Face::new(name, bytes, 0)));
            continue;
        }
        let first = Face::new(name.clone(), bytes.clone(), 0);
        let count = first.parsed().map_or(0, Parsed::collection_count);
        let before = entries.len();
        let faces = (0..count).map(|index| Face::new(name.clone(), bytes.clone(), index));
        entries
            .extend(faces.filter_map(|face| face.description().map(|own| entry(own, rank, face))));
        if entries.len() == before {
            found.push(damaged(&name));
        }
    }
}

/// Adds the faces of a folder; `found` is `None` where damaged files are nobody's business.
fn add_folder(
    folder: &Path,
    rank: u8,
    entries: &mut Vec<Entry>,
    mut found: Option<&mut Diagnostics>,
) {
    for path in font_files(folder) {
        let name = path.display().to_string();
        let first = Face::new(name.clone(), FaceBytes::File(path.clone()), 0);
        let count = first.parsed().map_or(0, Parsed::collection_count);
        if count == 0
            && let Some(found) = found.as_deref_mut()
        {
            found.push(damaged(&name));
        }
        for index in 0..count {
            // A face of its own, so that the bytes read for the description are given back.
            let face = Face::new(name.clone(), FaceBytes::File(path.clone()), index);
            if let Some(described) = face.description() {
                let fresh = Face::new(name.clone(), FaceBytes::File(path.clone()), index);
                entries.push(entry(described, rank, fresh));
            }
        }
    }
}

fn damaged(name: &str) -> Diagnostic {
    let message =
        format!("the font file {name} is damaged or no TrueType, OpenType, WOFF or WOFF2 font");
    Diagnostic::warning("font/damaged", message).help("replace the file or take it away")
}
