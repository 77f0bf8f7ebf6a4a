//! From the bytes that a text operator shows to codes, and from codes to Unicode (ISO 32000-1
//! 9.10.2).

use std::sync::OnceLock;

use hayro_cmap::CidFamily;
use hayro_syntax::object::{Array, Dict, Name, Object, Stream, String as PdfString};

use super::cmap::{self, CMap, Code, Codes};
use super::encoding::{self, Encoding, Implied};
use super::font::{Font, Kind};
use super::program::{self, Source};
use crate::verify::document::Document;

/// Reads the strings that are shown in one font. Holds all that it needs: it outlives the file.
#[derive(Debug)]
pub struct Decoder {
    reading: Reading,
    /// `ToUnicode`.
    to_unicode: ToUnicode,
}

/// How codes are read where `ToUnicode` does not tell.
#[derive(Debug)]
enum Reading {
    /// One byte is a code; its glyph's name tells the text.
    Simple(Box<Encoding>),
    /// A CMap tells the codes and their CIDs; these stand for text in the known collections.
    Composite { codes: Codes, collection: Option<Texts> },
}

/// From the CIDs of a known collection to text. Large, and mostly not asked for.
#[derive(Debug)]
struct Texts {
    family: CidFamily,
    read: OnceLock<Option<Box<hayro_cmap::CMap>>>,
}

impl Texts {
    fn of(&self, cid: u32) -> Option<hayro_cmap::BfString> {
        let read = || Some(Box::new(cmap::predefined(self.family.ucs2_cmap()?.to_bytes())?));
        self.read.get_or_init(read).as_ref()?.lookup_bf_string(cid)
    }
}

#[derive(Debug)]
enum ToUnicode {
    /// There is none.
    None,
    /// A stream.
    CMap(Box<CMap>),
    /// `Identity-H`: the codes are the text, as UTF-16.
    Identity,
}

impl Decoder {
    /// Reads the dictionary of a font.
    pub fn read(document: &Document, font: &Dict<'_>) -> Decoder {
        let to_unicode = to_unicode(document, font);
        let reading = match font.get::<Name<'_>>("Subtype").as_deref() {
            Some(b"Type0") => composite(document, font),
            _ => Reading::Simple(Box::new(Encoding::read(font, built_in(document, font)))),
        };
        Decoder { reading, to_unicode }
    }

    /// As [`Decoder::read`], of a simple font whose encoding is known.
    pub fn simple(document: &Document, font: &Dict<'_>, encoding: Encoding) -> Decoder {
        let to_unicode = to_unicode(document, font);
        Decoder { reading: Reading::Simple(Box::new(encoding)), to_unicode }
    }

    /// The encoding of a simple font.
    pub fn encoding(&self) -> Option<&Encoding> {
        match &self.reading {
            Reading::Simple(encoding) => Some(encoding),
            Reading::Composite { .. } => None,
        }
    }

    /// The CID that a code of a composite font selects; `None` when its CMap does not tell.
    pub fn cid(&self, code: Code) -> Option<u32> {
        match &self.reading {
            Reading::Simple(_) => None,
            Reading::Composite { codes, .. } => codes.cid(code),
        }
    }

    /// The codes of a shown string, in order.
    pub fn codes<'s>(&'s self, bytes: &'s [u8]) -> impl Iterator<Item = Code> + 's {
        let mut left = bytes;
        std::iter::from_fn(move || {
            let code = match &self.reading {
                Reading::Simple(_) => {
                    left.first().map(|byte| Code { value: u32::from(*byte), length: 1 })
                }
                Reading::Composite { codes, .. } => codes.next(left),
            }?;
            left = left.get(usize::from(code.length)..).unwrap_or_default();
            Some(code)
        })
    }

    /// Whether codes are of several bytes, by a CMap.
    pub fn is_composite(&self) -> bool {
        matches!(self.reading, Reading::Composite { .. })
    }

    /// Adds the text of a code to `to`, and tells whether the font says which it is. Halves of
    /// surrogate pairs read as U+FFFD.
    pub fn push_text(&self, code: Code, to: &mut String) -> bool {
        match &self.to_unicode {
            ToUnicode::CMap(cmap) => {
                if let Some(units) = cmap.text(code.value) {
                    to.extend(
                        char::decode_utf16(units)
                            .map(|unit| unit.unwrap_or(char::REPLACEMENT_CHARACTER)),
                    );
                    return true;
                }
            }
            ToUnicode::Identity => {
                to.extend(char::from_u32(code.value));
                return char::from_u32(code.value).is_some();
            }
            ToUnicode::None => {}
        }
        match &self.reading {
            Reading::Simple(encoding) => {
                let name = u8::try_from(code.value).ok().and_then(|code| encoding.name(code));
                let text = name.map(encoding::text_of).unwrap_or_default();
                to.extend(text.iter());
                !text.is_empty()
            }
            Reading::Composite { codes, collection: Some(collection) } => {
                match codes.cid(code).and_then(|cid| collection.of(cid)) {
                    Some(hayro_cmap::BfString::Char(letter)) => to.push(letter),
                    Some(hayro_cmap::BfString::String(text)) => to.push_str(&text),
                    None => return false,
                }
                true
            }
            Reading::Composite { collection: None, .. } => false,
        }
    }

    /// Whether the font tells the text of a code in a way that the standards allow: glyph names
    /// count only when they stand in the Adobe Glyph List (ISO 32000-1 9.10.2).
    pub fn is_told(&self, code: Code) -> bool {
        let by_name = match (&self.to_unicode, &self.reading) {
            (ToUnicode::Identity, _) => return true,
            (ToUnicode::CMap(cmap), _) if cmap.text(code.value).is_some() => return true,
            (_, Reading::Simple(encoding)) => encoding,
            (_, Reading::Composite { .. }) => return self.push_text(code, &mut String::new()),
        };
        let name = u8::try_from(code.value).ok().and_then(|code| by_name.name(code));
        name.is_some_and(encoding::is_listed)
    }

    /// The codes of two bytes whose text `ToUnicode` tells, of a font whose codes are all such;
    /// none when they are more than `most`.
    pub fn told(&self, most: usize) -> impl Iterator<Item = u16> {
        let cmap = match (&self.reading, &self.to_unicode) {
            (Reading::Composite { codes: Codes::Identity, .. }, ToUnicode::CMap(cmap)) => {
                Some(cmap).filter(|cmap| cmap.told().take(most + 1).count() <= most)
            }
            _ => None,
        };
        cmap.into_iter().flat_map(|cmap| cmap.told()).filter_map(|code| u16::try_from(code).ok())
    }

    /// The text of a shown string; U+FFFD stands for codes of which the font does not say it.
    pub fn text(&self, bytes: &[u8]) -> String {
        let mut text = String::new();
        for code in self.codes(bytes) {
            if !self.push_text(code, &mut text) {
                text.push(char::REPLACEMENT_CHARACTER);
            }
        }
        text
    }
}

fn to_unicode(document: &Document, font: &Dict<'_>) -> ToUnicode {
    match font.get::<Object<'_>>("ToUnicode") {
        Some(Object::Stream(stream)) => match document.unpacked(&stream) {
            Some(data) => ToUnicode::CMap(Box::new(CMap::read(&data))),
            None => ToUnicode::None,
        },
        Some(Object::Name(name)) if name.starts_with(b"Identity") => ToUnicode::Identity,
        _ => ToUnicode::None,
    }
}

/// The encoding of a simple font that names none: that of a Type 1 program.
fn built_in(document: &Document, dict: &Dict<'_>) -> Implied {
    let font = Font::new(dict.clone(), None);
    if font.kind != Kind::Type1 || matches!(dict.get("Encoding"), Some(Object::Name(_))) {
        return program::implied(&font, None);
    }
    let source = Source::of(document, &font);
    let program = source.read();
    program::implied(&font, program.as_ref().ok())
}

fn composite(document: &Document, font: &Dict<'_>) -> Reading {
    let codes = match font.get::<Object<'_>>("Encoding") {
        Some(Object::Name(name)) => Codes::named(&name),
        Some(Object::Stream(stream)) => {
            document.unpacked(&stream).map(|data| Codes::own(embedded(&data, &stream)))
        }
        _ => None,
    };
    let descendant =
        font.get::<Array<'_>>("DescendantFonts").and_then(|fonts| document.dicts(&fonts).next());
    let collection = descendant
        .and_then(|descendant| descendant.get::<Dict<'_>>("CIDSystemInfo"))
        .and_then(|info| texts_of(&info));
    Reading::Composite { codes: codes.unwrap_or(Codes::Identity), collection }
}

/// A CMap stream; what it builds on may be told by its dictionary alone.
fn embedded(data: &[u8], stream: &Stream<'_>) -> CMap {
    let mut cmap = CMap::read(data);
    if cmap.base.is_none() {
        cmap.base = stream.dict().get::<Name<'_>>("UseCMap").map(|name| name.to_vec());
    }
    cmap
}

/// The text of the CIDs of a collection, when it is one of those that are known.
fn texts_of(info: &Dict<'_>) -> Option<Texts> {
    let text = |key: &str| info.get::<PdfString<'_>>(key).map(|text| text.to_vec());
    let family = CidFamily::from_registry_ordering(&text("Registry")?, &text("Ordering")?);
    family.ucs2_cmap()?;
    Some(Texts { family, read: OnceLock::new() })
}

#[cfg(test)]
mod tests {
    use super::*;
    use hayro_syntax::object::FromBytes;

    fn decoder(font: &[u8]) -> Option<Decoder> {
        let file = b"%PDF-1.7\n1 0 obj<</Type/Catalog/Pages 2 0 R>>endobj
            2 0 obj<</Type/Pages/Kids[3 0 R]/Count 1>>endobj
            3 0 obj<</Type/Page/Parent 2 0 R/MediaBox[0 0 9 9]>>endobj
            trailer<</Root 1 0 R>>";
        let document = Document::open(file.to_vec().into()).ok()?;
        Some(Decoder::read(&document, &Dict::from_bytes(font)?))
    }

    fn text(font: &[u8], shown: &[u8]) -> Option<String> {
        decoder(font).map(|decoder| decoder.text(shown))
    }

    #[test]
    fn simple_font_reads_by_glyph_names() {
        let font = b"<</Type/Font/Subtype/TrueType/BaseFont/A/Encoding/WinAnsiEncoding>>";
        assert_eq!(text(font, b"bl\xe5b\xe6r").as_deref(), Some("blåbær"));
        let font = b"<</Type/Font/Subtype/Type1/BaseFont/A/Encoding<</Differences[65/f_i/g2]>>>>";
        assert_eq!(text(font, b"ABC").as_deref(), Some("fi\u{fffd}C"));
        let font = b"<</Type/Font/Subtype/Type1/BaseFont/Symbol>>";
        assert_eq!(text(font, b"a").as_deref(), Some("α"));
    }

    #[test]
    fn composite_font_of_known_collection_reads_by_cids() {
        let font = b"<</Type/Font/Subtype/Type0/Encoding/90ms-RKSJ-H/DescendantFonts[
            <</Type/Font/Subtype/CIDFontType0/CIDSystemInfo
            <</Registry(Adobe)/Ordering(Japan1)/Supplement 2>>>>]>>";
        assert_eq!(text(font, b"\x82\xa0").as_deref(), Some("あ"));
        let font = b"<</Type/Font/Subtype/Type0/Encoding/Identity-H/DescendantFonts[
            <</Type/Font/Subtype/CIDFontType2/CIDSystemInfo
            <</Registry(Adobe)/Ordering(Identity)/Supplement 0>>>>]>>";
        assert_eq!(text(font, b"\0A\0").as_deref(), Some("\u{fffd}\u{fffd}"));
    }
}
