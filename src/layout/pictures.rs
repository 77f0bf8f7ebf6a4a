//! Pictures of a document, with every fault at the place that names them.

use std::sync::{Arc, Mutex, OnceLock, PoisonError};

use crate::assets::Assets;
use crate::diag::{Diagnostic, Diagnostics};
use crate::fonts::{FaceId, FontBook};
use crate::layout::boxes::Replaced;
use crate::layout::generate::Pictures;
use crate::layout::images::{DecodedPictures, DrawingFace, DrawingFonts, Store};
use crate::markup::{Document, NodeId, to_xml};
use crate::source::Span;
use crate::style::{BackgroundImage, ComputedStyle, FontStyle, Styled};

/// How an address starts that holds a drawing itself.
const DATA_SVG: &str = "data:image/svg+xml";

/// Loads the pictures of one document.
pub struct PictureLoader<'a> {
    assets: &'a Assets,
    base: &'a str,
    fonts: &'a FontBook,
    /// Rasters need no faces, which take time to register.
    rasters: Store,
    drawings: OnceLock<Store>,
    findings: Mutex<Vec<Diagnostic>>,
}

impl<'a> PictureLoader<'a> {
    /// Loads from `assets`, where `decoded` does not know a picture yet. `base` is the path of the
    /// document that names them.
    pub fn new(
        assets: &'a Assets,
        base: &'a str,
        fonts: &'a FontBook,
        decoded: &Arc<DecodedPictures>,
    ) -> PictureLoader<'a> {
        PictureLoader {
            assets,
            base,
            fonts,
            rasters: Store::new(assets.clone(), DrawingFonts::default(), Arc::clone(decoded)),
            drawings: OnceLock::new(),
            findings: Mutex::default(),
        }
    }

    fn drawings(&self) -> &Store {
        // Drawings depend on the faces, which a document may add to.
        let open = || Store::new(self.assets.clone(), drawing_fonts(self.fonts), Arc::default());
        self.drawings.get_or_init(open)
    }

    /// The faces of text in drawings; none when there is no drawing.
    pub fn drawing_fonts(&self) -> DrawingFonts {
        self.drawings.get().map(|store| store.fonts().clone()).unwrap_or_default()
    }

    /// The pictures that backgrounds name, by their address.
    pub fn backgrounds(&self, styled: &Styled) -> Vec<(Arc<str>, Replaced)> {
        let mut images: Vec<(Arc<str>, Replaced)> = Vec::new();
        let layers = styled.styles.iter().flat_map(|style| style.background.iter());
        for layer in layers {
            let BackgroundImage::Url(url) = &layer.image else { continue };
            if images.iter().any(|(known, _)| known == url) {
                continue;
            }
            if let Some(picture) = self.load(url, None) {
                images.push((Arc::clone(url), picture));
            }
        }
        images
    }

    /// What was found so far.
    pub fn take_findings(&self) -> Diagnostics {
        let mut findings = self.findings.lock().unwrap_or_else(PoisonError::into_inner);
        let mut all = Diagnostics::new();
        all.extend(findings.drain(..));
        all
    }

    fn report(&self, diagnostic: Diagnostic) {
        self.findings.lock().unwrap_or_else(PoisonError::into_inner).push(diagnostic);
    }
}

impl Pictures for PictureLoader<'_> {
    fn load(&self, source: &str, span: Option<Span>) -> Option<Replaced> {
        let lower = source.get(..DATA_SVG.len()).map(str::to_ascii_lowercase);
        let is_drawing =
            lower.as_deref() == Some(DATA_SVG) || source.to_ascii_lowercase().ends_with(".svg");
        let store = if is_drawing { self.drawings() } else { &self.rasters };
        store.load(source, self.base, span, &mut |diagnostic| self.report(diagnostic))
    }

    fn drawing(
        &self,
        document: &Document,
        node: NodeId,
        style: &ComputedStyle,
    ) -> Option<Replaced> {
        let text = to_xml(document, node, &inherited(style));
        let report = &mut |diagnostic| self.report(diagnostic);
        self.drawings().drawing(&text, self.base, document.span(node), report)
    }
}

/// What a drawing in the document inherits from it, as attributes (SVG 2 §6.6).
fn inherited(style: &ComputedStyle) -> Vec<(&'static str, String)> {
    const GENERIC: &[&str] = &["serif", "sans-serif", "monospace", "cursive", "fantasy"];
    let family = |name: &Arc<str>| match GENERIC.contains(&&**name) {
        true => name.to_string(),
        false => format!("'{}'", name.replace(['\'', '\\'], "")),
    };
    let families: Vec<String> = style.font.families.iter().map(family).collect();
    let color = style.color;
    let slope = match style.font.style {
        FontStyle::Normal => "normal",
        _ => "italic",
    };
    vec![
        ("color", format!("rgb({},{},{})", color.red, color.green, color.blue)),
        ("font-family", families.join(", ")),
        ("font-size", format!("{}px", style.font.size.0 * 96.0 / 72.0)),
        ("font-weight", style.font.weight.to_string()),
        ("font-style", slope.to_owned()),
    ]
}

/// All faces on hand, for text in drawings.
fn drawing_fonts(fonts: &FontBook) -> DrawingFonts {
    let ids = (0..fonts.len()).map(FaceId::at);
    let faces = ids.filter_map(|id| {
        let (bytes, index) = fonts.file(id)?;
        let units_per_em = fonts.face_info(id)?.units_per_em;
        Some(DrawingFace { id, bytes, index, units_per_em })
    });
    DrawingFonts::new(faces, ("Source Serif 4", "Source Sans 3", "Liberation Mono"))
}
