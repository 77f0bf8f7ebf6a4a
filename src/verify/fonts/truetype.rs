//! Encodings of TrueType fonts (ISO 14289-1 7.21.6, ISO 19005-2 6.2.11.6).

use hayro_syntax::object::Object;

use super::Examined;
use super::encoding::{self, Base};
use super::font::Kind;
use super::program::Program;
use crate::verify::finding::Findings;
use crate::verify::level::Levels;
use crate::verify::rule::rules;

rules! {
    UA_TABLES = "ua1:7.21.6-1", "7.21.6", Levels::UA1, Checked,
        "the program of a non-symbolic TrueType font has a table from letters to glyphs (cmap)",
        "let the producer keep the font's cmap tables, or mark the font as symbolic";
    A_TABLES = "a:6.2.11.6-1", "6.2.11.6", Levels::ARCHIVE, Checked,
        "the program of a non-symbolic TrueType font has a table from letters to glyphs (cmap)",
        "let the producer keep the font's cmap tables, or mark the font as symbolic";
    UA_ENCODING = "ua1:7.21.6-2", "7.21.6", Levels::UA1, Checked,
        "a non-symbolic TrueType font is encoded by MacRomanEncoding or WinAnsiEncoding, and what differs has names of the Adobe Glyph List",
        "let the producer write /WinAnsiEncoding, or mark the font as symbolic";
    A_ENCODING = "a:6.2.11.6-2", "6.2.11.6", Levels::ARCHIVE, Checked,
        "a non-symbolic TrueType font is encoded by MacRomanEncoding or WinAnsiEncoding, and what differs has names of the Adobe Glyph List",
        "let the producer write /WinAnsiEncoding, or mark the font as symbolic";
    UA_SYMBOLIC = "ua1:7.21.6-3", "7.21.6", Levels::UA1, Checked,
        "a symbolic TrueType font has no /Encoding",
        "let the producer leave /Encoding out, or mark the font as non-symbolic";
    A_SYMBOLIC = "a:6.2.11.6-3", "6.2.11.6", Levels::ARCHIVE, Checked,
        "a symbolic TrueType font has no /Encoding",
        "let the producer leave /Encoding out, or mark the font as non-symbolic";
    UA_SYMBOL_TABLE = "ua1:7.21.6-4", "7.21.6", Levels::UA1, Checked,
        "the program of a symbolic TrueType font has one cmap table, or one for symbols (3,0)",
        "let the producer write a cmap table for symbols (3,0)";
    A_SYMBOL_TABLE = "a:6.2.11.6-4", "6.2.11.6", Levels::ARCHIVE, Checked,
        "the program of a symbolic TrueType font has one cmap table, or one for symbols (3,0)",
        "let the producer write a cmap table for symbols (3,0)";
}

/// Checks a TrueType font that is no CIDFont.
pub fn check(examined: &Examined<'_>, findings: &mut Findings) {
    let font = examined.font;
    if font.kind != Kind::TrueType {
        return;
    }
    if font.is_symbolic() {
        if font.dict.get::<Object<'_>>("Encoding").is_some() {
            findings.push_each(&[&UA_SYMBOLIC, &A_SYMBOLIC], &examined.place, || {
                format!("{} is symbolic and has an /Encoding", font.title())
            });
        }
    } else if let Some(why) = misencoded(examined) {
        findings.push_each(&[&UA_ENCODING, &A_ENCODING], &examined.place, || {
            format!("{} {why}", font.title())
        });
    }
    let Ok(Program::TrueType(program)) = examined.program else { return };
    let symbols =
        program.maps.iter().any(|(platform, encoding, _)| (*platform, *encoding) == (3, 0));
    let count = program.maps.len();
    match font.is_symbolic() {
        false if count == 0 || symbols && count == 1 => {
            findings.push_each(&[&UA_TABLES, &A_TABLES], &examined.place, || {
                format!("the program of {} has {count} cmap tables, none for letters", font.title())
            });
        }
        true if count != 1 && !symbols => {
            findings.push_each(&[&UA_SYMBOL_TABLE, &A_SYMBOL_TABLE], &examined.place, || {
                format!("the program of {} has {count} cmap tables, none for symbols", font.title())
            });
        }
        _ => {}
    }
}

/// What is wrong with the encoding of a non-symbolic font.
fn misencoded(examined: &Examined<'_>) -> Option<String> {
    let encoding = examined.decoder.encoding()?;
    if !matches!(encoding.base, Some(Base::WinAnsi | Base::MacRoman)) {
        return Some(match &encoding.written {
            Some(name) => format!("is encoded by {}", String::from_utf8_lossy(name)),
            None => "names no encoding".to_owned(),
        });
    }
    let differences = encoding.differences.as_ref()?;
    let program = examined.program.ok()?;
    if let Program::TrueType(program) = program
        && program.map(3, 1).is_none()
    {
        return Some("has /Differences and no cmap table (3,1)".to_owned());
    }
    let unlisted =
        differences.iter().find(|(_, name)| name != ".notdef" && !encoding::is_listed(name))?;
    Some(format!("encodes the glyph {}, which the list does not know", unlisted.1))
}
