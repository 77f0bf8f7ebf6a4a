//! Stylesheets on hand: the one built in, files, and what a document brings along.

use std::sync::{Arc, LazyLock, Mutex, PoisonError};

use cssparser::Parser;
use rustc_hash::FxHashMap;

use crate::assets::{AssetError, Assets};
use crate::diag::{Diagnostic, Diagnostics};
use crate::geom::Size;
use crate::markup::{Document, Element, Namespace, NodeData, NodeId, local_name};
use crate::origin::{Origin as Stretch, OriginMap};
use crate::source::{SourceId, Sources};

use super::address::joined;
use super::compute::Origin;
use super::layers::Layer;
use super::media::{Media, media};
use super::report::{Place, Report};
use super::ruling::Ruling;
use super::sheet::{Sheet, parse_sheet};

/// What a document looks like when nobody says anything.
pub(crate) static USER_AGENT: LazyLock<Arc<Sheet>> = LazyLock::new(|| {
    let none = |_: &str| Err("the built-in sheet imports nothing".to_owned());
    Arc::new(parse_sheet(include_str!("ua.css"), "ua.css", Place::Whole(None), &none))
});

/// Stylesheets that have been parsed, and what was made of them: shared by all documents and threads
/// of a run.
#[derive(Debug, Default)]
pub struct Sheets {
    /// Files, by path.
    parsed: Mutex<FxHashMap<String, Arc<Sheet>>>,
    /// What `style` elements hold.
    embedded: Mutex<Vec<Embedded>>,
    rulings: Mutex<Vec<Arc<Ruling>>>,
}

/// No more `style` elements are kept, and none that is longer: documents made from one template have
/// the same few and short ones.
const MOST_EMBEDDED: usize = 32;
const LONGEST_EMBEDDED: usize = 64 << 10;

/// So many sets of sheets are kept, the latest.
const MOST_RULINGS: usize = 16;

/// The sheet of a `style` element.
#[derive(Debug)]
struct Embedded {
    text: Box<str>,
    /// Where addresses in it start.
    base: Box<str>,
    /// Where its text comes from, which its findings point to.
    origins: Vec<Stretch>,
    sheet: Arc<Sheet>,
}

/// Imports go no deeper than this.
const MAX_IMPORTS: usize = 16;

impl Sheets {
    /// None yet.
    pub fn new() -> Sheets {
        Sheets::default()
    }

    /// The sheets of a document, made ready.
    pub(crate) fn ruling(&self, sheets: Vec<Attached>) -> Arc<Ruling> {
        let lock = || self.rulings.lock().unwrap_or_else(PoisonError::into_inner);
        if let Some(known) = lock().iter().find(|ruling| ruling.is_of(&sheets)) {
            return Arc::clone(known);
        }
        let ruling = Arc::new(Ruling::new(sheets));
        let mut known = lock();
        if known.len() >= MOST_RULINGS {
            known.remove(0);
        }
        known.push(Arc::clone(&ruling));
        ruling
    }

    /// The sheet of a `style` element with that text, which `parse` makes unless it is known.
    fn embedded(
        &self,
        text: &str,
        base: &str,
        (origins, from): (&OriginMap, u32),
        parse: impl FnOnce() -> Sheet,
    ) -> Arc<Sheet> {
        if text.len() > LONGEST_EMBEDDED {
            return Arc::new(parse());
        }
        let origins = origins.within(from, u32::try_from(text.len()).unwrap_or(u32::MAX));
        let is_same = |known: &&Embedded| {
            *known.text == *text && *known.base == *base && known.origins == origins
        };
        let lock = || self.embedded.lock().unwrap_or_else(PoisonError::into_inner);
        if let Some(known) = lock().iter().find(is_same) {
            return Arc::clone(&known.sheet);
        }
        let sheet = Arc::new(parse());
        let mut known = lock();
        if known.len() >= MOST_EMBEDDED {
            known.clear();
        }
        known.push(Embedded {
            text: Box::from(text),
            base: Box::from(base),
            origins,
            sheet: Arc::clone(&sheet),
        });
        sheet
    }

    fn load(
        &self,
        path: &str,
        assets: &Assets,
        sources: &Sources,
        chain: &[String],
    ) -> Result<Arc<Sheet>, String> {
        if chain.iter().any(|open| open == path) {
            return Err("it imports itself".to_owned());
        }
        if chain.len() >= MAX_IMPORTS {
            return Err(format!("stylesheets import each other more than {MAX_IMPORTS} deep"));
        }
        let lock = || self.parsed.lock().unwrap_or_else(PoisonError::into_inner);
        if let Some(sheet) = lock().get(path) {
            return Ok(Arc::clone(sheet));
        }
        let asset = assets.read(path, "").map_err(|error| reason(&error))?;
        let text = std::str::from_utf8(&asset.bytes)
            .map_err(|error| format!("it is not UTF-8 (byte {})", error.valid_up_to()))?;
        let text = text.strip_prefix('\u{feff}').unwrap_or(text);
        let place = Place::File(sources.add(asset.name.clone(), text));
        let mut open = chain.to_vec();
        open.push(path.to_owned());
        let import = |target: &str| {
            let sheet = self.load(&joined(target, path), assets, sources, &open)?;
            Ok(Sheet::clone(&sheet))
        };
        let sheet = Arc::new(parse_sheet(text, path, place, &import));
        // Only a sheet that was read on its own is complete whoever asks for it.
        if chain.is_empty() {
            lock().insert(path.to_owned(), Arc::clone(&sheet));
        }
        Ok(sheet)
    }
}

fn reason(error: &AssetError) -> String {
    match error {
        AssetError::Missing => "there is no such file".to_owned(),
        AssetError::Outside => "it lies outside the project's templates".to_owned(),
        AssetError::TooLarge(bytes) => format!("it is too large ({bytes} bytes)"),
        AssetError::Unreadable(error) => crate::diag::in_words(error),
    }
}

/// A sheet with what it has to do with the document.
#[derive(Debug)]
pub(crate) struct Attached {
    pub origin: Origin,
    /// The `media` attribute of the element that brings it.
    pub media: Option<Media>,
    pub sheet: Arc<Sheet>,
}

impl Attached {
    /// A sheet that holds for all media.
    pub fn new(origin: Origin, sheet: Arc<Sheet>) -> Attached {
        Attached { origin, media: None, sheet }
    }

    /// Whether both are one sheet, for all media.
    pub fn is_same(&self, other: &Attached) -> bool {
        self.origin == other.origin
            && self.media.is_none()
            && other.media.is_none()
            && Arc::ptr_eq(&self.sheet, &other.sheet)
    }

    /// Whether it applies to a document whose plain page has that size.
    pub fn holds(&self, page: Size) -> bool {
        self.media.as_ref().is_none_or(|media| media.holds(page))
    }
}

/// All that is needed to find a document's sheets.
pub(crate) struct Collector<'a> {
    pub document: &'a Document,
    pub assets: &'a Assets,
    pub sources: &'a Sources,
    pub base: &'a str,
    pub sheets: &'a Sheets,
}

impl Collector<'_> {
    /// The sheets in the order of the cascade: built in, `extra`, then the document's own.
    pub fn collect(&self, extra: &[SourceId], found: &mut Diagnostics) -> Vec<Attached> {
        let mut sheets = vec![Attached::new(Origin::UserAgent, Arc::clone(&USER_AGENT))];
        let author = Origin::Author(Layer::NONE);
        for source in extra {
            let text = self.sources.get(*source);
            let sheet = self.parse(text.text(), Place::File(*source));
            sheets.push(Attached::new(author, Arc::new(sheet)));
        }
        for index in 0..self.document.len() {
            let Ok(index) = u32::try_from(index) else { break };
            let id = NodeId(index);
            let Some(element) = self.document.element(id) else { continue };
            if element.namespace != Namespace::Html {
                continue;
            }
            let sheet = match element.name {
                local_name!("style") => self.style_element(id),
                local_name!("link") => self.link(id, element, found),
                _ => None,
            };
            if let Some(sheet) = sheet {
                let media = self.media(id, element, found);
                sheets.push(Attached { media, ..Attached::new(author, sheet) });
            }
        }
        for attached in &sheets {
            found.append(attached.sheet.found.clone());
        }
        sheets
    }

    fn parse(&self, css: &str, place: Place<'_>) -> Sheet {
        let import = |target: &str| {
            let path = joined(target, self.base);
            let sheet = self.sheets.load(&path, self.assets, self.sources, &[])?;
            Ok(Sheet::clone(&sheet))
        };
        parse_sheet(css, self.base, place, &import)
    }

    /// The element's `media` attribute.
    fn media(&self, id: NodeId, element: &Element, found: &mut Diagnostics) -> Option<Media> {
        let query = element.attribute("media")?;
        let mut report = Report::new(Place::Whole(self.document.span(id)));
        let mut parser = Parser::new(query);
        let parsed = parser.parse_entirely(|p| media(p, &mut report)).ok();
        found.append(report.found);
        parsed
    }

    fn style_element(&self, id: NodeId) -> Option<Arc<Sheet>> {
        let text = self.document.node(id).first_child?;
        let NodeData::Text(css) = &self.document.node(text).data else { return None };
        let origin = self.document.node(text).origin;
        let origins = self.document.origins();
        let parse = || self.parse(css, Place::Filled(origins, origin));
        Some(self.sheets.embedded(css, self.base, (origins, origin), parse))
    }

    fn link(&self, id: NodeId, element: &Element, found: &mut Diagnostics) -> Option<Arc<Sheet>> {
        let mut kinds = element.attribute("rel")?.split_ascii_whitespace();
        if !kinds.any(|kind| kind.eq_ignore_ascii_case("stylesheet")) {
            return None;
        }
        let href = element.attribute("href").unwrap_or_default().trim();
        let path = joined(href, self.base);
        match self.sheets.load(&path, self.assets, self.sources, &[]) {
            Ok(sheet) => Some(sheet),
            Err(reason) => {
                let message = format!("the stylesheet `{href}` cannot be read: {reason}");
                let error = Diagnostic::error("style/missing-stylesheet", message)
                    .help("stylesheets stand in the project's `templates` folder");
                found.push(match self.document.span(id) {
                    Some(span) => error.at(span, ""),
                    None => error,
                });
                None
            }
        }
    }
}
