//! Font programs (ISO 32000-1 9.9): TrueType, CFF, OpenType and Type 1, as `read-fonts` reads
//! them. Which glyphs they hold, under which names and CIDs, and how wide these are.

use std::borrow::Cow;
use std::cell::OnceCell;

use hayro_syntax::object::{Name, Stream};
use read_fonts::ps::cff::CffFontRef;
use read_fonts::ps::type1::Type1Font;
use read_fonts::tables::cmap::{CmapIterLimits, CmapSubtable};
use read_fonts::types::{GlyphId, GlyphId16, Tag};
use read_fonts::{FontRef, TableProvider};
use rustc_hash::{FxHashMap, FxHashSet};

use super::encoding::{self, Base, Implied, Slot, Slots, mac_code};
use super::font::{Font, Kind};
use crate::verify::document::Document;

/// What is said of a font program that the font dictionary does not allow.
const UNFIT: &str = "the font program is of another kind than the font";

/// The font program that a font dictionary leads to.
#[derive(Debug)]
pub enum Source<'a> {
    /// There is none.
    Missing,
    /// There is one of a kind that the font dictionary does not allow.
    Unfit(&'static str),
    /// Its bytes.
    Data(Form, Cow<'a, [u8]>),
}

/// How a font program is written.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Form {
    /// `FontFile`.
    Type1,
    /// `FontFile2`, or an OpenType font with tables of TrueType.
    TrueType,
    /// `FontFile3`: CFF by itself.
    Cff,
    /// `FontFile3`: CFF in an OpenType font.
    OpenType,
}

impl<'a> Source<'a> {
    /// Finds the program of a font.
    pub fn of(document: &Document, font: &Font<'a>) -> Source<'a> {
        let Some(descriptor) = &font.descriptor else { return Source::Missing };
        let stream = |key: &str| descriptor.get::<Stream<'a>>(key);
        let open = |form: Form, stream: Stream<'a>| match document.unpacked(&stream) {
            Some(data) => Source::Data(form, data),
            None => Source::Unfit("the stream of the font program cannot be unpacked"),
        };
        let truetype = font.kind == Kind::TrueType || font.is_cid_truetype();
        let fit = match font.kind {
            Kind::Type1 => Some(("FontFile", Form::Type1)),
            _ if truetype => Some(("FontFile2", Form::TrueType)),
            _ => None,
        };
        if let Some((key, form)) = fit
            && let Some(stream) = stream(key)
        {
            return open(form, stream);
        }
        let Some(stream) = stream("FontFile3") else {
            let other =
                ["FontFile", "FontFile2"].into_iter().any(|key| descriptor.contains_key(key));
            return if other { Source::Unfit(UNFIT) } else { Source::Missing };
        };
        // ISO 32000-1 table 126.
        let form = match (font.kind, stream.dict().get::<Name<'_>>("Subtype").as_deref()) {
            (Kind::TrueType, _) => Form::TrueType,
            (Kind::Type0, Some(b"OpenType")) if truetype => Form::TrueType,
            (Kind::Type0 | Kind::Type1, Some(b"OpenType")) => Form::OpenType,
            (Kind::Type0, Some(b"CIDFontType0C")) | (Kind::Type1, Some(b"Type1C")) => Form::Cff,
            _ => return Source::Unfit(UNFIT),
        };
        open(form, stream)
    }

    /// Reads the program.
    ///
    /// # Errors
    /// Why there is nothing to be read, as a clause.
    pub fn read(&self) -> Result<Program<'_>, &'static str> {
        match self {
            Source::Missing => Err("there is no font program"),
            Source::Unfit(why) => Err(why),
            Source::Data(form, data) => {
                Program::read(*form, data).ok_or("the font program is damaged")
            }
        }
    }
}

/// A font program that could be read.
pub enum Program<'p> {
    /// Tables of TrueType.
    TrueType(TrueType<'p>),
    /// The Compact Font Format.
    Cff(Cff<'p>),
    /// Type 1.
    Type1(Box<Type1Font>, OnceCell<FxHashMap<String, u32>>),
}

impl<'p> Program<'p> {
    fn read(form: Form, data: &'p [u8]) -> Option<Program<'p>> {
        match form {
            Form::TrueType => TrueType::read(data).map(Program::TrueType),
            Form::Cff => {
                let font = CffFontRef::new(data, 0, None).ok()?;
                let last = font.num_glyphs().checked_sub(1)? as usize;
                // The last glyph stands last: where a program is cut off, it is not there.
                font.charstrings().get(last)?;
                Some(Program::Cff(font.into()))
            }
            Form::OpenType => open_type(data).map(|font| Program::Cff(font.into())),
            // The marks of a PFB file are no part of the program (ISO 32000-1 9.9).
            Form::Type1 if data.starts_with(&[0x80]) => None,
            Form::Type1 => {
                let font = Type1Font::new(data).or_else(|_| Type1Font::new(&headed(data))).ok()?;
                Some(Program::Type1(Box::new(font), OnceCell::new()))
            }
        }
    }

    /// How many glyphs there are.
    pub fn glyphs(&self) -> u32 {
        match self {
            Program::TrueType(font) => font.glyphs,
            Program::Cff(font) => font.font.num_glyphs(),
            Program::Type1(font, _) => font.num_glyphs(),
        }
    }

    /// The width of a glyph in thousandths of the font's size; `None` when it gives none.
    pub fn width(&self, glyph: u32) -> Option<f64> {
        let (width, upem) = match self {
            Program::TrueType(font) => (f64::from(font.advance(glyph)?), font.upem),
            Program::Cff(font) => {
                let index = font.font.subfont_index(GlyphId::new(glyph))?;
                let subfont = font.font.subfont(index, &[]).ok()?;
                let width = font.font.evaluate_width(&subfont, GlyphId::new(glyph), &[]).ok()??;
                (width.to_f64(), font.font.upem())
            }
            Program::Type1(font, _) => {
                (font.evaluate_width(GlyphId::new(glyph)).ok()??.to_f64(), font.upem())
            }
        };
        (upem > 0).then(|| width * 1000.0 / f64::from(upem))
    }

    /// The glyph of a name.
    pub fn named(&self, name: &str) -> Option<u32> {
        match self {
            Program::TrueType(font) => font.named(name),
            Program::Cff(font) => font.names().get(name).copied(),
            Program::Type1(font, names) => {
                let names = names.get_or_init(|| {
                    font.glyph_names().map(|(id, name)| (name.to_owned(), id.to_u32())).collect()
                });
                names.get(name).copied()
            }
        }
    }

    /// The glyph of a code by the encoding that is built in.
    pub fn built_in(&self, code: u8) -> Option<u32> {
        let glyph = match self {
            Program::TrueType(_) => None,
            Program::Cff(font) => font.font.encoding()?.map(code),
            Program::Type1(font, _) => font.encoding()?.map(code),
        };
        glyph.map(|id| id.to_u32()).filter(|id| *id != 0)
    }

    /// The glyph of a CID in a font that is no TrueType font: by the names of a CID-keyed one,
    /// else the CID itself.
    pub fn of_cid(&self, cid: u32) -> Option<u32> {
        match self {
            Program::Cff(font) if font.font.is_cid() => font.cids().get(&cid).copied(),
            _ => Some(cid).filter(|cid| *cid < self.glyphs()),
        }
    }

    /// The names of its glyphs but `.notdef`; empty for TrueType.
    pub fn names(&self) -> FxHashSet<&str> {
        let mut names: FxHashSet<&str> = match self {
            Program::TrueType(_) => FxHashSet::default(),
            Program::Cff(font) => font.names().keys().map(|name| &**name).collect(),
            Program::Type1(font, _) => font.glyph_names().map(|(_, name)| name).collect(),
        };
        names.remove(".notdef");
        names
    }

    fn slots(&self) -> Slots {
        let mut slots = Box::new([const { Slot::Unsaid }; 256]);
        for (code, slot) in (0..=255).zip(slots.iter_mut()) {
            let name = match self {
                Program::TrueType(_) => None,
                Program::Cff(font) => font.font.encoding().and_then(|encoding| {
                    // A standard encoding names glyphs that a subset does not hold.
                    match encoding.predefined() {
                        Some(standard) => Some(standard.name(code).to_owned()),
                        None => font.name(encoding.map(code)?),
                    }
                }),
                Program::Type1(font, _) => {
                    let name = font.encoding().and_then(|encoding| encoding.glyph_name(code));
                    name.map(str::to_owned)
                }
            };
            if let Some(name) = name.filter(|name| name != ".notdef") {
                *slot = Slot::Name(Cow::Owned(name));
            }
        }
        slots
    }
}

/// The encoding of a simple font that names none (ISO 32000-1 table 114).
pub fn implied(font: &Font<'_>, program: Option<&Program<'_>>) -> Implied {
    match (font.kind, program) {
        // A TrueType font without an encoding is read by its tables alone.
        (Kind::TrueType, _) => match font.has_encoding() {
            true => Implied::Base(Base::Standard),
            false => Implied::Nothing,
        },
        (Kind::Type1, Some(program)) => Implied::Program(program.slots()),
        (Kind::Type1, None) => Implied::Base(match font.name.as_deref() {
            Some(b"Symbol") => Base::Symbol,
            Some(b"ZapfDingbats") => Base::ZapfDingbats,
            _ => Base::Standard,
        }),
        _ => Implied::Nothing,
    }
}

/// A Type 1 program that does not begin as one, with a beginning.
fn headed(data: &[u8]) -> Vec<u8> {
    [b"%!FontType1\n", data].concat()
}

/// A font of CFF.
pub struct Cff<'p> {
    font: CffFontRef<'p>,
    names: OnceCell<FxHashMap<String, u32>>,
    cids: OnceCell<FxHashMap<u32, u32>>,
}

impl<'p> From<CffFontRef<'p>> for Cff<'p> {
    fn from(font: CffFontRef<'p>) -> Cff<'p> {
        Cff { font, names: OnceCell::new(), cids: OnceCell::new() }
    }
}

/// The CFF table of an OpenType font.
fn open_type(data: &[u8]) -> Option<CffFontRef<'_>> {
    let font = FontRef::new(data).ok()?;
    let upem = font.head().ok().map(|head| i32::from(head.units_per_em()));
    CffFontRef::new(font.table_data(Tag::new(b"CFF "))?.as_bytes(), 0, upem).ok()
}

impl Cff<'_> {
    fn name(&self, id: GlyphId) -> Option<String> {
        let name = self.font.string(self.font.charset()?.string_id(id)?)?;
        Some(String::from_utf8_lossy(name).into_owned())
    }

    fn names(&self) -> &FxHashMap<String, u32> {
        self.names.get_or_init(|| {
            let charset = self.font.charset().filter(|_| !self.font.is_cid());
            let glyphs = charset.iter().flat_map(|charset| charset.iter());
            glyphs
                .filter_map(|(id, name)| {
                    let name = String::from_utf8_lossy(self.font.string(name)?).into_owned();
                    Some((name, id.to_u32()))
                })
                .collect()
        })
    }

    fn cids(&self) -> &FxHashMap<u32, u32> {
        self.cids.get_or_init(|| {
            let charset = self.font.charset();
            let glyphs = charset.iter().flat_map(|charset| charset.iter());
            glyphs.map(|(id, cid)| (u32::from(cid.to_u16()), id.to_u32())).collect()
        })
    }

    /// The CIDs of its glyphs but 0.
    pub fn listed(&self) -> Vec<u32> {
        match self.font.is_cid() {
            true => {
                let mut cids: Vec<u32> = self.cids().keys().copied().collect();
                cids.sort_unstable();
                cids.retain(|cid| *cid != 0);
                cids
            }
            false => (1..self.font.num_glyphs()).collect(),
        }
    }
}

/// A font of TrueType tables.
pub struct TrueType<'p> {
    font: FontRef<'p>,
    /// Units of the em square.
    upem: i32,
    glyphs: u32,
    /// `hmtx`, and how many glyphs have a width of their own there.
    metrics: &'p [u8],
    /// How many glyphs have a width of their own; all further ones are as wide as the last.
    pub own_widths: u32,
    /// The tables from characters to glyphs: platform, encoding, table.
    pub maps: Vec<(u16, u16, Option<CmapSubtable<'p>>)>,
    names: OnceCell<FxHashMap<&'p str, u32>>,
}

/// Whether all that a font needs to be painted stands in its program, which is `length` long.
fn is_whole(font: &FontRef<'_>, length: usize) -> bool {
    let needed =
        |tag: Tag| [b"glyf", b"loca", b"hmtx", b"CFF "].iter().any(|one| tag == Tag::new(one));
    font.table_directory().table_records().iter().filter(|record| needed(record.tag())).all(
        |record| {
            let end = u64::from(record.offset()) + u64::from(record.length());
            end <= length as u64
        },
    )
}

impl<'p> TrueType<'p> {
    fn read(data: &'p [u8]) -> Option<TrueType<'p>> {
        let font = FontRef::new(data).ok().filter(|font| is_whole(font, data.len()))?;
        let upem = i32::from(font.head().ok()?.units_per_em());
        let glyphs = u32::from(font.maxp().ok()?.num_glyphs());
        let own_widths = u32::from(font.hhea().ok()?.number_of_h_metrics());
        let metrics = font.table_data(Tag::new(b"hmtx"))?.as_bytes();
        let maps = font.cmap().map_or_else(
            |_| Vec::new(),
            |cmap| {
                let records = cmap.encoding_records().iter().take(256);
                records
                    .map(|record| {
                        let table = record.subtable(cmap.offset_data()).ok();
                        (record.platform_id() as u16, record.encoding_id(), table)
                    })
                    .collect()
            },
        );
        let names = OnceCell::new();
        Some(TrueType { font, upem, glyphs, metrics, own_widths, maps, names })
    }

    fn advance(&self, glyph: u32) -> Option<u16> {
        let at = glyph.min(self.own_widths.checked_sub(1)?) as usize * 4;
        match self.metrics.get(at..at + 2)? {
            [high, low] => Some(u16::from_be_bytes([*high, *low])),
            _ => None,
        }
    }

    /// The table of this platform and encoding.
    pub fn map(&self, platform: u16, encoding: u16) -> Option<&CmapSubtable<'p>> {
        let found = self.maps.iter().find(|(p, e, _)| (*p, *e) == (platform, encoding))?;
        found.2.as_ref()
    }

    fn named(&self, name: &str) -> Option<u32> {
        let names = self.names.get_or_init(|| {
            let post = self.font.post().ok();
            let last = self.glyphs.min(1 << 16);
            let named = post.iter().flat_map(|post| {
                (0..last).filter_map(|id| Some((post.glyph_name(GlyphId16::new(id as u16))?, id)))
            });
            let mut names = FxHashMap::default();
            named.for_each(|(name, id)| _ = names.entry(name).or_insert(id));
            names
        });
        names.get(name).copied()
    }

    /// The glyph of a name in a font that is not symbolic (ISO 32000-1 9.6.6.4): by its Unicode
    /// value, by its code in Mac OS Roman, by its name.
    pub fn glyph_of_name(&self, name: &str) -> Option<u32> {
        let by = |platform, encoding, code: Option<u32>| {
            let glyph = self.map(platform, encoding)?.map_codepoint(code?)?.to_u32();
            (glyph != 0).then_some(glyph)
        };
        let listed = encoding::is_listed(name).then(|| encoding::text_of(name));
        let unicode = listed.and_then(|text| text.first().map(|letter| u32::from(*letter)));
        by(3, 1, unicode)
            .or_else(|| by(1, 0, mac_code(name).map(u32::from)))
            .or_else(|| self.named(name).filter(|glyph| *glyph != 0))
            .filter(|glyph| *glyph < self.glyphs)
    }

    /// The glyph of a code in a symbolic font: by the table (3,0), in which codes may stand at
    /// 0xF000, 0xF100 or 0xF200, else by (1,0).
    pub fn glyph_of_code(&self, code: u8) -> Option<u32> {
        let code = u32::from(code);
        let glyph = match self.map(3, 0) {
            Some(map) => {
                let limits = CmapIterLimits { max_char: 0xffff, glyph_count: self.glyphs };
                let first = map.iter_with_limits(limits).next().map(|(letter, _)| letter)?;
                let at = first & 0xff00;
                if !matches!(at, 0 | 0xf000 | 0xf100 | 0xf200) {
                    return None;
                }
                map.map_codepoint(at + code)?
            }
            None => self.map(1, 0)?.map_codepoint(code)?,
        };
        Some(glyph.to_u32()).filter(|glyph| *glyph != 0)
    }
}
