//! A font dictionary (ISO 32000-1 9.6 to 9.8), as far as the rules ask about it.

use hayro_syntax::object::{Array, Dict, Name, Number, Object, ObjectIdentifier};
use rustc_hash::FxHashMap;

use crate::verify::document::{each, items};
use crate::verify::finding::Place;

/// The standard 14 fonts (ISO 32000-1 9.6.2.2).
const STANDARD: [&[u8]; 14] = [
    b"Times-Roman",
    b"Times-Bold",
    b"Times-Italic",
    b"Times-BoldItalic",
    b"Helvetica",
    b"Helvetica-Bold",
    b"Helvetica-Oblique",
    b"Helvetica-BoldOblique",
    b"Courier",
    b"Courier-Bold",
    b"Courier-Oblique",
    b"Courier-BoldOblique",
    b"Symbol",
    b"ZapfDingbats",
];

/// The most widths that are read of one font: more than there are CIDs.
const WIDTHS: usize = 1 << 17;

/// The kinds of font dictionaries.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Kind {
    /// Type 1, multiple masters included.
    Type1,
    /// TrueType.
    TrueType,
    /// Glyphs are content streams.
    Type3,
    /// A composite font.
    Type0,
    /// None of these.
    Unknown,
}

/// A font: its dictionary, and what this leads to.
#[derive(Debug)]
pub struct Font<'a> {
    /// The dictionary.
    pub dict: Dict<'a>,
    /// Its object, when it is an indirect one.
    pub id: Option<ObjectIdentifier>,
    /// Its kind by `Subtype`.
    pub kind: Kind,
    /// `BaseFont`.
    pub name: Option<Vec<u8>>,
    /// The CIDFont of a composite font.
    pub descendant: Option<Dict<'a>>,
    /// `FontDescriptor`, the CIDFont's for composite fonts.
    pub descriptor: Option<Dict<'a>>,
}

impl<'a> Font<'a> {
    /// Reads a font dictionary.
    pub fn new(dict: Dict<'a>, id: Option<ObjectIdentifier>) -> Font<'a> {
        let kind = match dict.get::<Name<'_>>("Subtype").as_deref() {
            Some(b"Type1" | b"MMType1") => Kind::Type1,
            Some(b"TrueType") => Kind::TrueType,
            Some(b"Type3") => Kind::Type3,
            Some(b"Type0") => Kind::Type0,
            _ => Kind::Unknown,
        };
        let descendant = match kind {
            Kind::Type0 => dict
                .get::<Array<'a>>("DescendantFonts")
                .and_then(|fonts| items(&fonts).find_map(Object::into_dict)),
            _ => None,
        };
        let descriptor = descendant.as_ref().unwrap_or(&dict).get::<Dict<'a>>("FontDescriptor");
        let name = dict.get::<Name<'_>>("BaseFont").map(|name| name.to_vec());
        Font { dict, id, kind, name, descendant, descriptor }
    }

    /// What the font is called in messages.
    pub fn title(&self) -> String {
        match &self.name {
            Some(name) => format!("font {}", String::from_utf8_lossy(name)),
            None => "a font without a name".to_owned(),
        }
    }

    /// Where it stands: its object, and the page (from 0) that uses it first.
    pub fn place(&self, page: usize) -> Place {
        Place::page(page).in_object(self.id)
    }

    /// The kind of its CIDFont.
    pub fn is_cid_truetype(&self) -> bool {
        self.descendant.as_ref().is_some_and(|descendant| {
            descendant.get::<Name<'_>>("Subtype").as_deref() == Some(b"CIDFontType2")
        })
    }

    /// Whether its glyphs are outside the standard Latin set (ISO 32000-1 table 123, flag 3).
    pub fn is_symbolic(&self) -> bool {
        let flags = self.descriptor.as_ref().and_then(|descriptor| descriptor.get::<i64>("Flags"));
        flags.is_some_and(|flags| flags & 4 != 0)
    }

    /// Whether the font is a part of one (ISO 32000-1 9.6.4): `ABCDEF+Name`.
    pub fn is_subset(&self) -> bool {
        let descendant = self.descendant.as_ref();
        let name = descendant.and_then(|font| font.get::<Name<'_>>("BaseFont"));
        let name = name.as_deref().or(self.name.as_deref()).unwrap_or_default();
        name.get(..6).is_some_and(|tag| tag.iter().all(u8::is_ascii_uppercase))
            && name.get(6) == Some(&b'+')
    }

    /// Whether it is one of the standard 14 fonts, which need no widths.
    pub fn is_standard(&self) -> bool {
        self.kind == Kind::Type1
            && self.name.as_deref().is_some_and(|name| STANDARD.contains(&name))
    }

    /// Whether `Encoding` is there.
    pub fn has_encoding(&self) -> bool {
        matches!(self.dict.get::<Object<'_>>("Encoding"), Some(Object::Name(_) | Object::Dict(_)))
    }
}

/// The widths that a font dictionary gives, in thousandths of the font's size (for Type 3 fonts
/// in glyph space).
#[derive(Debug)]
pub enum Widths {
    /// Of a simple font: the first code, and the widths from there on.
    Simple {
        /// `FirstChar`.
        first: i64,
        /// `Widths`.
        list: Vec<f64>,
        /// Of codes that are not listed (`MissingWidth`).
        missing: f64,
    },
    /// Of a composite font, by CID.
    Composite {
        /// `W`.
        widths: FxHashMap<u32, f64>,
        /// Ranges of CIDs of one width.
        ranges: Vec<(u32, u32, f64)>,
        /// Of CIDs that are not listed (`DW`).
        default: f64,
    },
}

impl Widths {
    /// Reads them.
    pub fn read(font: &Font<'_>) -> Widths {
        if let Some(descendant) = &font.descendant {
            return Widths::composite(descendant);
        }
        let list = font.dict.get::<Array<'_>>("Widths").map(|list| {
            // What is no number still has its place, and the codes behind it theirs.
            let numbers = each(&list).map(|item| item.and_then(Object::into_number));
            numbers.take(WIDTHS).map(|width| width.map_or(0.0, |width| width.as_f64())).collect()
        });
        let missing = font.descriptor.as_ref().and_then(|d| d.get::<Number>("MissingWidth"));
        Widths::Simple {
            first: font.dict.get::<i64>("FirstChar").unwrap_or(0),
            list: list.unwrap_or_default(),
            missing: missing.map_or(0.0, |width| width.as_f64()),
        }
    }

    fn composite(descendant: &Dict<'_>) -> Widths {
        let mut widths = FxHashMap::default();
        let mut ranges = Vec::new();
        let list = descendant.get::<Array<'_>>("W").unwrap_or_default();
        let cid = |number: Number| u32::try_from(number.as_i64()).unwrap_or(u32::MAX);
        let mut numbers = Vec::new();
        let mut left = WIDTHS;
        for object in items(&list).take(WIDTHS) {
            match object {
                Object::Array(list) => {
                    // Behind what is no pair of a CID and a list, readers lose their place.
                    let [first] = numbers[..] else { break };
                    let first = cid(first);
                    numbers.clear();
                    for (nth, width) in each(&list).take(left).enumerate() {
                        left -= 1;
                        let Some(width) = width.and_then(Object::into_number) else { continue };
                        widths.entry(first.saturating_add(nth as u32)).or_insert(width.as_f64());
                    }
                }
                Object::Number(number) => {
                    numbers.push(number);
                    if let [first, last, width] = numbers[..] {
                        ranges.push((cid(first), cid(last), width.as_f64()));
                        numbers.clear();
                    }
                }
                _ => break,
            }
        }
        ranges.sort_by_key(|(first, ..)| *first);
        let default = descendant.get::<Number>("DW").map_or(1000.0, |width| width.as_f64());
        Widths::Composite { widths, ranges, default }
    }

    /// The width of a code (of simple fonts) or CID.
    pub fn of(&self, code: u32) -> f64 {
        match self {
            Widths::Simple { first, list, missing } => usize::try_from(i64::from(code) - first)
                .ok()
                .and_then(|at| list.get(at))
                .copied()
                .unwrap_or(*missing),
            Widths::Composite { widths, ranges, default } => {
                if let Some(width) = widths.get(&code) {
                    return *width;
                }
                let end = ranges.partition_point(|(first, ..)| *first <= code);
                ranges
                    .get(..end)
                    .and_then(<[_]>::last)
                    .filter(|(_, last, _)| code <= *last)
                    .map_or(*default, |(.., width)| *width)
            }
        }
    }
}
