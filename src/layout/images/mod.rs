//! Pictures: from a file's bytes to something that layout can size and a page can show. Owns
//! `png`, `zune-jpeg` and `usvg`.

mod clips;
mod fonts;
mod glyphs;
mod jpeg;
mod orientation;
mod outline;
mod paint;
mod png;
mod store;
mod svg;
mod tiles;
mod unsupported;

use std::sync::Arc;

use crate::diag::Diagnostic;
use crate::geom::{Pt, Size};
use crate::layout::boxes::{Picture, Replaced};
use crate::layout::page::Image;
use crate::source::Span;

pub use fonts::{DrawingFace, DrawingFonts};
pub use paint::paint_svg;
pub use store::{DecodedPictures, Store};
use svg::Files;

/// More pixels than an A0 poster at 300 dpi has no use on paper.
const MAX_PIXELS: u64 = 150_000_000;
/// No decoded picture may take more memory.
const MAX_DECODED: u64 = 512 << 20;
/// Below this many pixels per inch a printed picture looks coarse.
const MIN_RESOLUTION: f32 = 150.0;

/// Why a picture cannot be shown.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum ImageError {
    /// The bytes are none of PNG, JPEG and SVG; with the name of what they are, if it is known.
    UnknownFormat(Option<&'static str>),
    /// The file is cut short or its contents contradict each other.
    Damaged(&'static str, String),
    /// More pixels than [`MAX_PIXELS`] or more memory than [`MAX_DECODED`].
    TooLarge(u32, u32),
    /// A JPEG in CMYK; the documents' colours are sRGB.
    Cmyk,
    /// A drawing with more elements, or nested deeper, than any real one.
    TooComplex(&'static str),
}

impl ImageError {
    /// The finding for the picture `name`, asked for at `span`.
    pub fn diagnostic(&self, name: &str, span: Option<Span>) -> Diagnostic {
        let (code, message, help) = match self {
            ImageError::UnknownFormat(None) => (
                "image/format",
                format!("the picture {name} is no PNG, JPEG or SVG picture"),
                "convert it to one of these formats".to_owned(),
            ),
            ImageError::UnknownFormat(Some(format)) => (
                "image/format",
                format!("the picture {name} is in the format {format}, which is not read"),
                match *format {
                    "compressed SVG" => "unpack it to a plain SVG file".to_owned(),
                    "PDF" => "export it as SVG, or as PNG".to_owned(),
                    _ => "save it as PNG, or as JPEG if it is a photograph".to_owned(),
                },
            ),
            ImageError::Damaged(format, why) => (
                "image/damaged",
                format!("the {format} picture {name} cannot be read: {why}"),
                "export or copy the file again".to_owned(),
            ),
            ImageError::TooLarge(width, height) => (
                "image/too-large",
                format!("the picture {name} is too large: {width} × {height} pixels"),
                format!("scale it down to at most {} million pixels", MAX_PIXELS / 1_000_000),
            ),
            ImageError::Cmyk => (
                "image/cmyk",
                format!("the JPEG picture {name} is in CMYK colours"),
                "save it in RGB (sRGB) colours".to_owned(),
            ),
            ImageError::TooComplex(why) => (
                "image/too-complex",
                format!("the drawing {name} is too complex: {why}"),
                "simplify it, or export it as PNG".to_owned(),
            ),
        };
        let error = Diagnostic::error(code, message).help(help);
        match span {
            Some(span) => error.at(span, "this picture"),
            None => error,
        }
    }
}

/// How files of each kind start.
const PNG_START: &[u8] = b"\x89PNG\r\n\x1a\n";
const JPEG_START: &[u8] = &[0xff, 0xd8, 0xff];

/// A picture that was read.
#[derive(Debug, Clone)]
pub struct Loaded {
    /// What is shown.
    pub replaced: Replaced,
    /// What a drawing asks for and is shown without.
    pub lost: Vec<String>,
}

/// Reads a picture: PNG is decoded, JPEG is checked and kept as it is, SVG is parsed. Pixels count
/// as 1/96 inch (CSS Values 4 §6.2). Pictures that a drawing names come through `files`.
pub fn load(bytes: &[u8], fonts: &DrawingFonts, files: Files) -> Result<Loaded, ImageError> {
    if bytes.starts_with(PNG_START) {
        return png::decode(bytes).map(raster);
    }
    if bytes.starts_with(JPEG_START) {
        return jpeg::read(bytes).map(raster);
    }
    if svg::looks_like(bytes) {
        return svg::parse(bytes, fonts, files);
    }
    Err(ImageError::UnknownFormat(known_format(bytes)))
}

/// The name of a format that is not read, by its first bytes.
fn known_format(bytes: &[u8]) -> Option<&'static str> {
    let brand = bytes.get(8..12).unwrap_or_default();
    match bytes {
        [b'G', b'I', b'F', b'8', ..] => Some("GIF"),
        [b'R', b'I', b'F', b'F', ..] if brand == b"WEBP" => Some("WebP"),
        [b'I', b'I', 42, 0, ..] | [b'M', b'M', 0, 42, ..] => Some("TIFF"),
        [b'B', b'M', ..] => Some("BMP"),
        [b'%', b'P', b'D', b'F', ..] => Some("PDF"),
        [0x1f, 0x8b, ..] => Some("compressed SVG"),
        _ if bytes.get(4..8) == Some(b"ftyp") && matches!(brand, b"avif" | b"avis") => Some("AVIF"),
        _ if bytes.get(4..8) == Some(b"ftyp") => Some("HEIF"),
        _ => None,
    }
}

fn raster(image: Image) -> Loaded {
    let (width, height) = image.shown_size();
    let natural = Size::new(Pt::px(width as f32), Pt::px(height as f32));
    let replaced = Replaced { picture: Picture::Raster(Arc::new(image)), natural };
    Loaded { replaced, lost: Vec::new() }
}

/// A warning when a raster is printed with fewer than 150 pixels per inch; a drawing never is.
pub fn resolution_warning(
    picture: &Picture,
    printed: Size,
    name: &str,
    span: Option<Span>,
) -> Option<Diagnostic> {
    let Picture::Raster(image) = picture else { return None };
    let per_inch = |pixels: u32, length: Pt| pixels as f32 * 72.0 / length.0.max(0.01);
    let (width, height) = image.shown_size();
    let resolution = per_inch(width, printed.width).min(per_inch(height, printed.height));
    if resolution >= MIN_RESOLUTION || printed.width <= Pt::ZERO || printed.height <= Pt::ZERO {
        return None;
    }
    let message = format!(
        "the picture {name} is printed with {resolution:.0} pixels per inch, which looks coarse"
    );
    let pixels = (printed.width.0 / 72.0 * MIN_RESOLUTION).ceil();
    let help = format!("use a file that is at least {pixels:.0} pixels wide, or print it smaller");
    let warning = Diagnostic::warning("image/resolution", message).help(help);
    Some(match span {
        Some(span) => warning.at(span, "this picture"),
        None => warning,
    })
}

/// Refuses absurd sizes before anything is allocated for them.
fn check_size(width: u32, height: u32, channels: u64) -> Result<(), ImageError> {
    let pixels = u64::from(width) * u64::from(height);
    if pixels == 0 || pixels > MAX_PIXELS || pixels * channels > MAX_DECODED {
        return Err(ImageError::TooLarge(width, height));
    }
    Ok(())
}

/// A digest of a file that is the same on every machine (FNV-1a over 8 bytes at a time).
fn digest(bytes: &[u8]) -> u64 {
    let mut hash = 0xcbf2_9ce4_8422_2325_u64 ^ bytes.len() as u64;
    for chunk in bytes.chunks(8) {
        let mut word = [0; 8];
        word[..chunk.len()].copy_from_slice(chunk);
        hash = (hash ^ u64::from_le_bytes(word)).wrapping_mul(0x0000_0100_0000_01b3);
        hash ^= hash >> 29;
    }
    hash
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn check_size_of_bomb_is_refused() {
        assert_eq!(check_size(60_000, 60_000, 3), Err(ImageError::TooLarge(60_000, 60_000)));
        assert_eq!(check_size(0, 5, 3), Err(ImageError::TooLarge(0, 5)));
        assert_eq!(check_size(4000, 3000, 4), Ok(()));
    }

    #[test]
    fn resolution_below_print_quality_warns() {
        let image = Image {
            width: 100,
            height: 100,
            pixels: crate::layout::page::Pixels::Gray { data: Vec::new(), alpha: None },
            orientation: Default::default(),
            key: 0,
        };
        let picture = Picture::Raster(Arc::new(image));
        let warn = |side| resolution_warning(&picture, Size::new(Pt(side), Pt(side)), "a", None);
        assert!(warn(72.0).is_some());
        assert!(warn(48.0).is_none());
    }

    #[test]
    fn load_of_unknown_bytes_says_so() {
        let fonts = DrawingFonts::default();
        let error = |bytes: &[u8]| load(bytes, &fonts, &|_| None).err();
        assert_eq!(error(b"GIF89a"), Some(ImageError::UnknownFormat(Some("GIF"))));
        assert_eq!(error(b"RIFF1234WEBP"), Some(ImageError::UnknownFormat(Some("WebP"))));
        assert_eq!(error(b"nothing"), Some(ImageError::UnknownFormat(None)));
    }
}
