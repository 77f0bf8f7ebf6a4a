//! What PDF/UA-1 (7.21) and PDF/A (6.2.11) ask of fonts, in much the same words.
//!
//! [`uses`] gathers which fonts the pages show and which codes; each font is then read once:
//! its dictionary ([`font`]), how its strings are read ([`decode`]), its program ([`program`]),
//! and each family of rules looks at these. Owns `read-fonts`, `hayro-cmap` and
//! `hayro-postscript`.

pub mod cmap;
pub mod composite;
pub mod decode;
pub mod dictionary;
pub mod embedding;
pub mod encoding;
pub mod font;
pub mod glyphs;
pub mod private_use;
pub mod program;
mod proven;
pub mod truetype;
pub mod unicode;
pub mod uses;

#[cfg(test)]
mod tests;

use rayon::prelude::*;
use rustc_hash::FxHashSet;

use cmap::Code;
use decode::Decoder;
use encoding::Encoding;
use font::{Font, Kind, Widths};
use private_use::PrivateUse;
use program::{Program, Source};
use uses::{Key, Shown, ShownCode, Used, Uses};

use super::document::Document;
use super::finding::{Findings, Place};
use super::rule::Rule;

pub use proven::Proven;

/// How many fonts of one file are examined: more than any sound file uses.
const FONTS: usize = 4096;
/// How many codes that are not shown a font is examined for: those of all alphabets of a subset.
const OTHERS: usize = 2048;

/// The rules of all families of fonts.
pub fn rules() -> impl Iterator<Item = &'static Rule> {
    [
        dictionary::RULES,
        composite::RULES,
        embedding::RULES,
        glyphs::RULES,
        truetype::RULES,
        unicode::RULES,
        private_use::RULES,
    ]
    .into_iter()
    .flatten()
    .copied()
}

/// A font in use, with all that is known of it.
pub struct Examined<'e> {
    /// Its dictionary.
    pub font: &'e Font<'e>,
    /// Where it is told.
    pub place: Place,
    /// The program, or why there is none.
    pub program: Result<&'e Program<'e>, &'static str>,
    /// How its strings are read.
    pub decoder: &'e Decoder,
    /// The codes that are shown, each once.
    pub codes: &'e [ShownCode],
    /// Whether anything is painted in it.
    pub visible: bool,
}

/// Checks the fonts that the pages use, but those that are `proven` already.
pub fn check<'a>(
    document: &'a Document,
    uses: &Uses<'a>,
    proven: Option<&Proven>,
    findings: &mut Findings,
) {
    let in_force = findings.in_force();
    let fonts: Vec<(&Key, &Used<'a>)> = uses.iter().take(FONTS).collect();
    let fewest = document.fewest(fonts.len());
    let examined: Vec<(Findings, Option<(Key, PrivateUse)>)> = fonts
        .into_par_iter()
        .with_min_len(fewest)
        .map(|(key, used)| {
            let mut findings = Findings::new(in_force);
            if proven.is_some_and(|proven| proven.holds(document, used, in_force)) {
                return (findings, None);
            }
            let (private, others) = check_font(document, used, proven.is_some(), &mut findings);
            if let Some(proven) = proven
                && findings.is_empty()
                && private.is_none()
            {
                proven.keep(document, used, others, in_force);
            }
            (findings, private.map(|private| (key.clone(), private)))
        })
        .collect();
    let mut private = Vec::new();
    for (found, of_font) in examined {
        findings.append(found);
        private.extend(of_font);
    }
    private_use::check(document, private, findings);
}

/// Checks a font for the codes that are shown. With `more`, it is looked at for all others first
/// that it tells the text of: when nothing is found, these are returned, and later papers may show
/// them.
fn check_font<'a>(
    document: &'a Document,
    used: &Used<'a>,
    more: bool,
    findings: &mut Findings,
) -> (Option<PrivateUse>, Shown) {
    let font = Font::new(used.dict.clone(), used.id);
    let source = Source::of(document, &font);
    let program = source.read();
    let decoder = match font.kind {
        Kind::Type0 => Decoder::read(document, &font.dict),
        _ => {
            let implied = program::implied(&font, program.as_ref().ok());
            Decoder::simple(document, &font.dict, Encoding::read(&font.dict, implied))
        }
    };
    let widths = Widths::read(&font);
    let others = Shown::of_codes(decoder.told(if more { OTHERS } else { 0 }));
    let (shown, all) = (used.codes(&decoder, &Shown::default()), used.codes(&decoder, &others));
    let examined = Examined {
        font: &font,
        place: font.place(used.page),
        program: program.as_ref().map_err(|why| *why),
        decoder: &decoder,
        codes: &all,
        visible: !used.visible.is_empty(),
    };
    if !others.is_empty() {
        let mut found = Findings::new(findings.in_force());
        let private = check_examined(document, &examined, &widths, &mut found);
        if found.is_empty() && private.is_none() {
            return (None, others);
        }
    }
    let examined = Examined { codes: &shown, ..examined };
    let private = check_examined(document, &examined, &widths, findings);
    (private.map(|codes| PrivateUse { decoder, codes }), Shown::default())
}

/// Checks a font, and tells which of its codes stand for private letters.
fn check_examined<'e>(
    document: &'e Document,
    examined: &Examined<'e>,
    widths: &Widths,
    findings: &mut Findings,
) -> Option<FxHashSet<Code>> {
    dictionary::check(examined, findings);
    composite::check(document, examined, findings);
    embedding::check(document, examined, findings);
    truetype::check(examined, findings);
    glyphs::check(document, examined, widths, findings);
    unicode::check(examined, findings);
    private_use::of(examined, findings)
}
