//! Font programs are embedded, and what the descriptor says of them is true (ISO 14289-1 7.21.4,
//! ISO 19005-2 6.2.11.4).

use hayro_syntax::object::{Object, Stream, String as PdfString};
use rustc_hash::FxHashSet;

use super::Examined;
use super::font::{Font, Kind};
use super::program::Program;
use crate::verify::document::Document;
use crate::verify::finding::Findings;
use crate::verify::level::Levels;
use crate::verify::rule::rules;

rules! {
    UA_EMBEDDED = "ua1:7.21.4.1-1", "7.21.4.1", Levels::UA1, Checked,
        "the program of each font that is painted is embedded",
        "embed all fonts, also the standard ones";
    A_EMBEDDED = "a:6.2.11.4.1-1", "6.2.11.4.1", Levels::ARCHIVE, Checked,
        "the program of each font that is painted is embedded",
        "embed all fonts, also the standard ones";
    UA_CHAR_SET = "ua1:7.21.4.2-1", "7.21.4.2", Levels::UA1, Checked,
        "a list of the glyphs of a subset of Type 1 (/CharSet) names all of them",
        "let the producer list all glyphs, or leave /CharSet out";
    A_CHAR_SET = "a:6.2.11.4.2-1", "6.2.11.4.2", Levels::ARCHIVE, Checked,
        "a list of the glyphs of a subset of Type 1 (/CharSet) names all of them",
        "let the producer list all glyphs, or leave /CharSet out";
    UA_CID_SET = "ua1:7.21.4.2-2", "7.21.4.2", Levels::UA1, Checked,
        "a list of the CIDs of a subset (/CIDSet) holds all of them",
        "let the producer list all CIDs, or leave /CIDSet out";
    A_CID_SET = "a:6.2.11.4.2-2", "6.2.11.4.2", Levels::ARCHIVE, Checked,
        "a list of the CIDs of a subset (/CIDSet) holds all of them",
        "let the producer list all CIDs, or leave /CIDSet out";
}

/// Checks a font; the glyphs of Type 3 fonts are always there.
pub fn check(document: &Document, examined: &Examined<'_>, findings: &mut Findings) {
    let font = examined.font;
    if matches!(font.kind, Kind::Type3 | Kind::Unknown) {
        return;
    }
    let program = match examined.program {
        Ok(program) => program,
        Err(why) if examined.visible => {
            findings.push_each(&[&UA_EMBEDDED, &A_EMBEDDED], &examined.place, || {
                format!("{}: {why}", font.title())
            });
            return;
        }
        Err(_) => return,
    };
    if !font.is_subset() {
        return;
    }
    match font.kind {
        Kind::Type1 => char_set(program, examined, findings),
        Kind::Type0 => cid_set(document, program, examined, findings),
        _ => {}
    }
}

fn char_set(program: &Program<'_>, examined: &Examined<'_>, findings: &mut Findings) {
    let font = examined.font;
    let list = font.descriptor.as_ref().and_then(|d| d.get::<PdfString<'_>>("CharSet"));
    let Some(list) = list else { return };
    let text = String::from_utf8_lossy(&list);
    let listed: FxHashSet<&str> =
        text.split('/').map(str::trim).filter(|name| !matches!(*name, "" | ".notdef")).collect();
    let held = program.names();
    let mut unlisted: Vec<&str> = held.difference(&listed).copied().collect();
    let mut absent: Vec<&str> = listed.difference(&held).copied().collect();
    if unlisted.is_empty() && absent.is_empty() {
        return;
    }
    unlisted.sort_unstable();
    absent.sort_unstable();
    findings.push_each(&[&UA_CHAR_SET, &A_CHAR_SET], &examined.place, || {
        let (some, what) = match unlisted.is_empty() {
            true => (&absent, "lists what the program does not hold"),
            false => (&unlisted, "does not list"),
        };
        format!("/CharSet of {} {what}: {}", font.title(), few(some.iter()))
    });
}

/// The first few of a list, and how many more there are.
fn few<T: ToString>(list: impl ExactSizeIterator<Item = T>) -> String {
    let count = list.len();
    let mut text = list.take(5).map(|one| one.to_string()).collect::<Vec<_>>().join(", ");
    if count > 5 {
        text.push_str(&format!(" and {} more", count - 5));
    }
    text
}

fn cid_set(
    document: &Document,
    program: &Program<'_>,
    examined: &Examined<'_>,
    findings: &mut Findings,
) {
    let font = examined.font;
    let stream = font.descriptor.as_ref().and_then(|d| d.get::<Stream<'_>>("CIDSet"));
    let Some(stream) = stream else { return };
    let bits = document.unpacked(&stream).unwrap_or_default();
    let listed =
        |cid: u32| bits.get(cid as usize / 8).is_some_and(|byte| byte & (0x80 >> (cid % 8)) != 0);
    let held = Held::of(document, font, program);
    let unlisted: Vec<u32> = held.needed.iter().copied().filter(|cid| !listed(*cid)).collect();
    let most = (bits.len() as u64 * 8).min(1 << 16) as u32;
    let absent: Vec<u32> =
        (1..most).filter(|cid| listed(*cid) && !held.allowed.contains(cid)).collect();
    if unlisted.is_empty() && absent.is_empty() {
        return;
    }
    let place = examined.place.clone().in_object(Some(stream.obj_id()));
    findings.push_each(&[&UA_CID_SET, &A_CID_SET], &place, || {
        let (some, what) = match unlisted.is_empty() {
            true => (&absent, "lists CIDs that the program does not hold"),
            false => (&unlisted, "does not list CIDs of the program"),
        };
        format!("/CIDSet of {} {what}: {}", font.title(), few(some.iter()))
    });
}

/// The CIDs of a font's program.
struct Held {
    /// That must be listed.
    needed: Vec<u32>,
    /// That may be listed.
    allowed: FxHashSet<u32>,
}

impl Held {
    fn of(document: &Document, font: &Font<'_>, program: &Program<'_>) -> Held {
        let map = match font.descendant.as_ref().and_then(|d| d.get::<Object<'_>>("CIDToGIDMap")) {
            Some(Object::Stream(map)) => document.unpacked(&map),
            _ => None,
        };
        let glyphs = program.glyphs().min(1 << 16);
        match (program, map) {
            (Program::TrueType(_), Some(map)) => {
                let glyph = |pair: &[u8]| match *pair {
                    [high, low] => u32::from(high) << 8 | u32::from(low),
                    _ => 0,
                };
                let cids = || map.chunks_exact(2).zip(0..1 << 16).skip(1);
                // A CID that is mapped to glyph 0 may be taken for present or for absent.
                let needed = cids()
                    .filter(|(pair, _)| (1..glyphs).contains(&glyph(pair)))
                    .map(|(_, cid)| cid)
                    .collect();
                let allowed =
                    cids().filter(|(pair, _)| glyph(pair) < glyphs).map(|(_, cid)| cid).collect();
                Held { needed, allowed }
            }
            (Program::Cff(cff), _) => {
                let needed = cff.listed();
                let allowed = needed.iter().copied().collect();
                Held { needed, allowed }
            }
            (Program::TrueType(truetype), None) => Held {
                needed: (1..truetype.own_widths.min(glyphs)).collect(),
                allowed: (1..glyphs).collect(),
            },
            (Program::Type1(..), _) => Held { needed: Vec::new(), allowed: (1..glyphs).collect() },
        }
    }
}
