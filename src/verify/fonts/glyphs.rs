//! Glyphs that are shown are there, are as wide as is said, and are not `.notdef` (ISO 14289-1
//! 7.21.4.1, 7.21.5 and 7.21.8, ISO 19005-2 6.2.11.4.1, 6.2.11.5 and 6.2.11.8).

use std::borrow::Cow;

use hayro_syntax::content::UntypedIter;
use hayro_syntax::object::{Dict, Object, Stream};

use super::Examined;
use super::cmap::Code;
use super::encoding::{Encoding, Slot};
use super::font::{Kind, Widths};
use super::program::Program;
use crate::verify::document::Document;
use crate::verify::finding::Findings;
use crate::verify::level::Levels;
use crate::verify::rule::rules;

rules! {
    UA_PRESENT = "ua1:7.21.4.1-2", "7.21.4.1", Levels::UA1, Checked,
        "the embedded font holds all glyphs that are painted",
        "embed a font that has these letters, or let the producer keep their glyphs in the subset";
    A_PRESENT = "a:6.2.11.4.1-2", "6.2.11.4.1", Levels::ARCHIVE, Checked,
        "the embedded font holds all glyphs that are painted",
        "embed a font that has these letters, or let the producer keep their glyphs in the subset";
    UA_WIDTH = "ua1:7.21.5-1", "7.21.5", Levels::UA1, Checked,
        "the font dictionary and the font program agree on how wide a glyph is",
        "let the producer write the widths of the embedded program into the font dictionary";
    A_WIDTH = "a:6.2.11.5-1", "6.2.11.5", Levels::ARCHIVE, Checked,
        "the font dictionary and the font program agree on how wide a glyph is",
        "let the producer write the widths of the embedded program into the font dictionary";
    UA_NOTDEF = "ua1:7.21.8-1", "7.21.8", Levels::UA1, Checked,
        "no text shows the glyph for missing letters (.notdef)",
        "use a font that has all letters of the text";
    A_NOTDEF = "a:6.2.11.8-1", "6.2.11.8", Levels::ARCHIVE, Checked,
        "no text shows the glyph for missing letters (.notdef)",
        "use a font that has all letters of the text";
}

/// How far widths may differ, in thousandths of the font's size.
const NEAR: f64 = 1.0;
/// How many operators of a glyph of a Type 3 font are looked at for its width, which the first
/// one tells.
const FIRST: usize = 16;

/// What a code selects.
enum Glyph {
    /// This glyph; its width is that in the program, when it is known.
    There(Option<f64>),
    /// A glyph that is not in the program.
    Absent,
    /// `.notdef`; and whether the program lacks what is asked for.
    Notdef { absent: bool },
    /// Nothing can be told.
    Unknown,
}

/// Checks each code that is shown.
pub fn check<'e>(
    document: &'e Document,
    examined: &Examined<'e>,
    widths: &Widths,
    findings: &mut Findings,
) {
    let font = examined.font;
    let select = Select::of(document, examined);
    for shown in examined.codes {
        let code = shown.code;
        let what = || told(examined, code);
        let (absent, width) = match select.glyph(examined, code) {
            Glyph::There(width) => (false, width),
            // Code 0 selects `.notdef` where it selects nothing.
            Glyph::Absent => (code.value != 0, None),
            Glyph::Notdef { absent } => {
                findings.push_each(&[&UA_NOTDEF, &A_NOTDEF], &examined.place, || {
                    format!("{} selects .notdef in {}", what(), font.title())
                });
                (absent && code.value != 0, None)
            }
            Glyph::Unknown => continue,
        };
        if absent && shown.visible {
            findings.push_each(&[&UA_PRESENT, &A_PRESENT], &examined.place, || {
                format!("{} has no glyph in {}", what(), font.title())
            });
        }
        let key = match font.kind {
            Kind::Type0 => examined.decoder.cid(code).unwrap_or(0),
            _ => code.value,
        };
        let said = widths.of(key);
        if let Some(width) = width.filter(|width| (width - said).abs() > NEAR)
            && shown.visible
        {
            findings.push_each(&[&UA_WIDTH, &A_WIDTH], &examined.place, || {
                format!(
                    "{} of {} is {} wide in the program, {} in the dictionary",
                    what(),
                    font.title(),
                    rounded(width),
                    rounded(said)
                )
            });
        }
    }
}

/// A width with at most two decimals.
fn rounded(width: f64) -> f64 {
    (width * 100.0).round() / 100.0
}

/// A code as messages tell it, with the text that it stands for.
pub(super) fn told(examined: &Examined<'_>, code: Code) -> String {
    let mut text = String::new();
    let digits = usize::from(code.length) * 2;
    let known = examined.decoder.push_text(code, &mut text);
    match known && text.chars().all(|letter| !letter.is_control() && !letter.is_whitespace()) {
        true => format!("code 0x{:0digits$X} (“{text}”)", code.value),
        false => format!("code 0x{:0digits$X}", code.value),
    }
}

/// How glyphs are found.
enum Select<'s> {
    Type1(&'s Program<'s>, &'s Encoding),
    TrueType(&'s Program<'s>, &'s Encoding),
    /// By CID; with the map from CIDs to glyphs.
    Composite(&'s Program<'s>, Option<Cow<'s, [u8]>>),
    Type3(&'s Document, Dict<'s>, &'s Encoding),
    Nothing,
}

impl<'s> Select<'s> {
    fn of(document: &'s Document, examined: &Examined<'s>) -> Select<'s> {
        let font = examined.font;
        match (font.kind, examined.program, examined.decoder.encoding()) {
            (Kind::Type1, Ok(program), Some(encoding)) => Select::Type1(program, encoding),
            (Kind::TrueType, Ok(program), Some(encoding)) => Select::TrueType(program, encoding),
            (Kind::Type0, Ok(program), _) => {
                let map = font.descendant.as_ref().and_then(|d| d.get("CIDToGIDMap"));
                let map = match map {
                    Some(Object::Stream(map)) if font.is_cid_truetype() => document.unpacked(&map),
                    _ => None,
                };
                Select::Composite(program, map)
            }
            (Kind::Type3, _, Some(encoding)) => {
                let procedures = font.dict.get::<Dict<'_>>("CharProcs").unwrap_or_default();
                Select::Type3(document, procedures, encoding)
            }
            _ => Select::Nothing,
        }
    }

    fn glyph(&self, examined: &Examined<'_>, code: Code) -> Glyph {
        let byte = u8::try_from(code.value).unwrap_or(0);
        match self {
            Select::Type1(program, encoding) => match encoding.slot(byte) {
                Slot::Notdef => Glyph::Notdef { absent: false },
                Slot::Name(name) => found(program, program.named(name)),
                Slot::Unsaid => found(program, program.built_in(byte)),
            },
            Select::TrueType(program, encoding) => {
                let Program::TrueType(truetype) = program else { return Glyph::Unknown };
                let font = examined.font;
                if font.is_symbolic() || !font.has_encoding() {
                    return found(program, truetype.glyph_of_code(byte));
                }
                match encoding.slot(byte) {
                    Slot::Name(name) => found(program, truetype.glyph_of_name(name)),
                    Slot::Notdef | Slot::Unsaid => Glyph::Notdef { absent: true },
                }
            }
            Select::Composite(program, map) => {
                let cid = examined.decoder.cid(code);
                let glyph = match (cid, map) {
                    (None | Some(0), _) => None,
                    (Some(cid), Some(map)) => in_map(map, cid),
                    (Some(cid), None) => program.of_cid(cid),
                };
                match glyph.filter(|glyph| *glyph < program.glyphs()) {
                    Some(glyph) => Glyph::There(program.width(glyph)),
                    None => Glyph::Notdef { absent: true },
                }
            }
            Select::Type3(document, procedures, encoding) => match encoding.slot(byte) {
                Slot::Notdef => Glyph::Notdef { absent: true },
                Slot::Unsaid => Glyph::Absent,
                Slot::Name(name) => match procedures.get::<Stream<'_>>(name.as_bytes()) {
                    // Without `d0` or `d1` it has no width.
                    Some(procedure) => {
                        Glyph::There(Some(width_of(document, &procedure).unwrap_or(0.0)))
                    }
                    None => Glyph::Absent,
                },
            },
            Select::Nothing => Glyph::Unknown,
        }
    }
}

fn found(program: &Program<'_>, glyph: Option<u32>) -> Glyph {
    match glyph {
        Some(glyph) => Glyph::There(program.width(glyph)),
        None => Glyph::Absent,
    }
}

/// The glyph of a CID in a map stream: two bytes for each.
fn in_map(map: &[u8], cid: u32) -> Option<u32> {
    let at = cid as usize * 2;
    match map.get(at..at + 2)? {
        [high, low] => Some(u32::from(*high) << 8 | u32::from(*low)),
        _ => None,
    }
}

/// The width of a glyph of a Type 3 font: what `d0` or `d1` says first.
fn width_of(document: &Document, procedure: &Stream<'_>) -> Option<f64> {
    let content = document.unpacked(procedure)?;
    let mut instructions = UntypedIter::new(&content);
    for _ in 0..FIRST {
        let instruction = instructions.next()?;
        let name: &[u8] = instruction.operator;
        if matches!(name, b"d0" | b"d1") {
            return match instruction.operands().next() {
                Some(Object::Number(width)) => Some(width.as_f64()),
                _ => None,
            };
        }
    }
    None
}
