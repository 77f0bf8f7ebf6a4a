//! Pictures by their files: each is read and decoded once.

use std::collections::BTreeMap;
use std::sync::{Arc, Mutex, OnceLock, PoisonError};

use crate::assets::{AssetError, Assets, embedded, shown_name};
use crate::diag::Diagnostic;
use crate::layout::boxes::{Picture, Replaced};
use crate::layout::page::Pixels;
use crate::source::Span;

use super::{DrawingFonts, ImageError, Loaded, load, svg, unsupported};

/// A file by the folder that it is seen from and its path.
type Key = (String, String);

/// What became of a file.
type Outcome = Result<Known, Failure>;

/// A picture with the name to show for it.
#[derive(Debug, Clone)]
struct Known {
    name: String,
    picture: Loaded,
}

/// Why there is no picture. Kept without a place, since several places may ask for the file.
#[derive(Debug, Clone)]
enum Failure {
    Missing,
    Outside,
    TooLarge(u64),
    Unreadable(String),
    Image(String, ImageError),
}

/// Bytes of pixels that are kept before all are forgotten: a run may have a portrait for each paper.
const MOST_KEPT: usize = 128 << 20;

/// What became of the files that pictures were asked of, for one document or for all documents of a
/// run that see the same files; shared between threads.
#[derive(Debug, Default)]
pub struct DecodedPictures {
    kept: Mutex<Kept>,
}

#[derive(Debug, Default)]
struct Kept {
    files: BTreeMap<Key, Arc<OnceLock<Outcome>>>,
    bytes: usize,
}

impl DecodedPictures {
    /// None yet.
    pub fn new() -> DecodedPictures {
        DecodedPictures::default()
    }

    /// What becomes of a file, which `read` finds out unless it is known.
    fn get(&self, key: Key, read: impl FnOnce() -> Outcome) -> Arc<OnceLock<Outcome>> {
        let lock = || self.kept.lock().unwrap_or_else(PoisonError::into_inner);
        let length = key.1.len();
        let file = Arc::clone(lock().files.entry(key).or_default());
        let mut bytes = 0;
        file.get_or_init(|| {
            let outcome = read();
            // A path may be a `data:` address that holds the picture itself.
            bytes = length + outcome.as_ref().map_or(0, Known::bytes);
            outcome
        });
        if bytes > 0 {
            let mut kept = lock();
            kept.bytes += bytes;
            if kept.bytes > MOST_KEPT {
                *kept = Kept::default();
            }
        }
        file
    }
}

impl Known {
    /// Bytes of its pixels.
    fn bytes(&self) -> usize {
        let Picture::Raster(image) = &self.picture.replaced.picture else { return 0 };
        match &image.pixels {
            Pixels::Jpeg { data, .. } => data.len(),
            Pixels::Rgb { data, alpha } | Pixels::Gray { data, alpha } => {
                data.len() + alpha.as_ref().map_or(0, |alpha| alpha.len())
            }
        }
    }
}

/// The pictures of a document, shared between threads.
#[derive(Debug)]
pub struct Store {
    assets: Assets,
    fonts: DrawingFonts,
    decoded: Arc<DecodedPictures>,
}

impl Store {
    /// Pictures among `assets`, of which `decoded` knows some.
    pub fn new(assets: Assets, fonts: DrawingFonts, decoded: Arc<DecodedPictures>) -> Store {
        Store { assets, fonts, decoded }
    }

    /// The faces of text in drawings, for painting them.
    pub fn fonts(&self) -> &DrawingFonts {
        &self.fonts
    }

    /// The picture at `path` as seen from the file `base` (`""` for none), named at `span`. What is
    /// wrong with it goes to `report`.
    pub fn load(
        &self,
        path: &str,
        base: &str,
        span: Option<Span>,
        report: &mut dyn FnMut(Diagnostic),
    ) -> Option<Replaced> {
        let folder = base.rsplit_once('/').map_or("", |(folder, _)| folder);
        let key = (folder.to_owned(), path.to_owned());
        let file = self.decoded.get(key, || self.read(path, base));
        match file.get()? {
            Ok(known) => {
                self.warn(&known.picture, &known.name, span, report);
                Some(known.picture.replaced.clone())
            }
            Err(failure) => {
                report(failure.diagnostic(path, span));
                None
            }
        }
    }

    /// A drawing that stands in the document `base` itself, as SVG text (see
    /// [`crate::markup::to_xml`]).
    pub fn drawing(
        &self,
        text: &str,
        base: &str,
        span: Option<Span>,
        report: &mut dyn FnMut(Diagnostic),
    ) -> Option<Replaced> {
        let files = |path: &str| self.file(path, base);
        match svg::parse(text.as_bytes(), &self.fonts, &files) {
            Ok(picture) => {
                self.warn(&picture, "in the document", span, report);
                Some(picture.replaced)
            }
            Err(error) => {
                report(error.diagnostic("in the document", span));
                None
            }
        }
    }

    fn warn(
        &self,
        picture: &Loaded,
        name: &str,
        span: Option<Span>,
        report: &mut dyn FnMut(Diagnostic),
    ) {
        if let Picture::Vector(tree) = &picture.replaced.picture {
            unsupported::find(tree, &picture.lost, name, span).into_iter().for_each(report);
        }
    }

    fn read(&self, path: &str, base: &str) -> Outcome {
        if let Some(bytes) = embedded(path) {
            let name = "in the `data:` address".to_owned();
            let bytes = bytes.map_err(Failure::Unreadable)?;
            return match load(&bytes, &self.fonts, &|path| self.file(path, base)) {
                Ok(picture) => Ok(Known { name, picture }),
                Err(error) => Err(Failure::Image(name, error)),
            };
        }
        let asset = self.assets.read(path, base).map_err(|error| match error {
            AssetError::Missing => Failure::Missing,
            AssetError::Outside => Failure::Outside,
            AssetError::TooLarge(bytes) => Failure::TooLarge(bytes),
            AssetError::Unreadable(error) => Failure::Unreadable(error.to_string()),
        })?;
        // What a drawing names is seen from the drawing's own folder.
        let inner = |name: &str| self.file(name, &asset.name);
        match load(&asset.bytes, &self.fonts, &inner) {
            Ok(picture) => Ok(Known { name: asset.name, picture }),
            Err(error) => Err(Failure::Image(asset.name, error)),
        }
    }
}

impl Store {
    /// The bytes of a file of the project.
    fn file(&self, path: &str, base: &str) -> Option<Vec<u8>> {
        self.assets.read(path, base).ok().map(|asset| asset.bytes.into_owned())
    }
}

impl Failure {
    fn diagnostic(&self, path: &str, span: Option<Span>) -> Diagnostic {
        let path = shown_name(path);
        let error = match self {
            Failure::Image(name, error) => return error.diagnostic(name, span),
            Failure::Missing => {
                Diagnostic::error("image/missing", format!("there is no picture {path}"))
                    .help("put the file into the project's templates folder, or correct the path")
            }
            Failure::Outside => {
                let message = format!("the picture {path} is not in the project");
                Diagnostic::error("image/outside", message)
                    .help("copy it into the project; nothing is fetched from elsewhere")
            }
            Failure::TooLarge(bytes) => {
                let message = format!("the picture {path} has {} MB", bytes / 1_000_000);
                Diagnostic::error("image/too-large", message).help("make the file smaller")
            }
            Failure::Unreadable(why) => {
                let message = format!("the picture {path} cannot be read: {why}");
                Diagnostic::error("image/unreadable", message)
            }
        };
        match span {
            Some(span) => error.at(span, "asked for here"),
            None => error,
        }
    }
}
