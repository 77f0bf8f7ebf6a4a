//! The entries that a font dictionary needs (ISO 19005-2 6.2.11.2, ISO 32000-1 9.6 and 9.7).

use hayro_syntax::object::{Array, Dict, Name, Stream};

use super::Examined;
use super::font::Kind;
use crate::verify::finding::{Findings, Place};
use crate::verify::level::Levels;
use crate::verify::rule::rules;

rules! {
    TYPE = "a:6.2.11.2-1", "6.2.11.2", Levels::ARCHIVE, Checked,
        "a font dictionary says that it is one (/Type /Font)",
        "let the producer write /Type /Font";
    SUBTYPE = "a:6.2.11.2-2", "6.2.11.2", Levels::ARCHIVE, Checked,
        "a font is of a kind that PDF knows (/Subtype)",
        "let the producer write the kind of the font";
    BASE_FONT = "a:6.2.11.2-3", "6.2.11.2", Levels::ARCHIVE, Checked,
        "a font says its PostScript name (/BaseFont)",
        "let the producer write the name of the font";
    FIRST_CHAR = "a:6.2.11.2-4", "6.2.11.2", Levels::ARCHIVE, Checked,
        "a simple font says the first code of its widths (/FirstChar)",
        "let the producer write the widths of the font, also of the standard ones";
    LAST_CHAR = "a:6.2.11.2-5", "6.2.11.2", Levels::ARCHIVE, Checked,
        "a simple font says the last code of its widths (/LastChar)",
        "let the producer write the widths of the font, also of the standard ones";
    WIDTHS = "a:6.2.11.2-6", "6.2.11.2", Levels::ARCHIVE, Checked,
        "a simple font lists a width for each code from the first to the last (/Widths)",
        "let the producer write one width for each code from /FirstChar to /LastChar";
    PROGRAM = "a:6.2.11.2-7", "6.2.11.2", Levels::ARCHIVE, Checked,
        "a font program is written in a way that PDF knows (/Subtype of /FontFile3)",
        "let the producer embed CFF (/Type1C, /CIDFontType0C) or OpenType (/OpenType)";
}

/// Checks a font and its CIDFont.
pub fn check(examined: &Examined<'_>, findings: &mut Findings) {
    if !findings.asks(Levels::ARCHIVE) {
        return;
    }
    let font = examined.font;
    named(&font.dict, &examined.place, &font.title(), findings);
    if let Some(descendant) = &font.descendant {
        let place = examined.place.clone().in_object(descendant.obj_id().or(font.id));
        named(descendant, &place, &format!("the CIDFont of {}", font.title()), findings);
    }
    if matches!(font.kind, Kind::Type1 | Kind::TrueType | Kind::Type3) {
        widths(examined, findings);
    }
    let program = font.descriptor.as_ref().and_then(|d| d.get::<Stream<'_>>("FontFile3"));
    let subtype = program.and_then(|program| program.dict().get::<Name<'_>>("Subtype"));
    if let Some(subtype) = subtype
        && !matches!(&*subtype, b"Type1C" | b"CIDFontType0C" | b"OpenType")
    {
        findings.push(&PROGRAM, examined.place.clone(), || {
            format!("{}: /FontFile3 has /Subtype /{}", font.title(), subtype.as_str())
        });
    }
}

fn named(dict: &Dict<'_>, place: &Place, title: &str, findings: &mut Findings) {
    let name = |key: &str| dict.get::<Name<'_>>(key);
    if name("Type").as_deref() != Some(b"Font") {
        findings.push(&TYPE, place.clone(), || match name("Type") {
            Some(other) => format!("{title} has /Type /{}", other.as_str()),
            None => format!("{title} has no /Type"),
        });
    }
    let subtype = name("Subtype");
    let known: &[&[u8]] =
        &[b"Type1", b"MMType1", b"TrueType", b"Type3", b"Type0", b"CIDFontType0", b"CIDFontType2"];
    if !subtype.as_deref().is_some_and(|subtype| known.contains(&subtype)) {
        findings.push(&SUBTYPE, place.clone(), || match &subtype {
            Some(other) => format!("{title} has /Subtype /{}", other.as_str()),
            None => format!("{title} has no /Subtype"),
        });
    }
    if subtype.as_deref() != Some(b"Type3") && name("BaseFont").is_none() {
        findings.push(&BASE_FONT, place.clone(), || format!("{title} has no /BaseFont"));
    }
}

fn widths(examined: &Examined<'_>, findings: &mut Findings) {
    let font = examined.font;
    if font.is_standard() && examined.program.is_err() {
        return;
    }
    let (first, last) = (font.dict.get::<i64>("FirstChar"), font.dict.get::<i64>("LastChar"));
    let place = || examined.place.clone();
    if first.is_none() {
        findings.push(&FIRST_CHAR, place(), || format!("{} has no /FirstChar", font.title()));
    }
    if last.is_none() {
        findings.push(&LAST_CHAR, place(), || format!("{} has no /LastChar", font.title()));
    }
    let Some(list) = font.dict.get::<Array<'_>>("Widths") else {
        findings.push(&WIDTHS, place(), || format!("{} has no /Widths", font.title()));
        return;
    };
    if let (Some(first), Some(last)) = (first, last) {
        let asked = last.saturating_sub(first).saturating_add(1);
        let count = list.raw_iter().count();
        if i64::try_from(count) != Ok(asked) {
            findings.push(&WIDTHS, place(), || {
                format!("{} lists {count} widths for codes {first} to {last}", font.title())
            });
        }
    }
}
