//! Where words are divided: soft hyphens, and for `hyphens: auto` the language's patterns.

use hypher::{Lang, hyphenate_bounded};

use crate::style::Hyphens;

use super::atom::AtomKind;
use super::paragraph::Paragraph;

/// Longer words are no words of a language.
const LONGEST: usize = 120;

/// The bytes of the analysed text at which the word may be divided with a hyphen, in order. A word
/// with soft hyphens is divided there only (CSS Text 3 §6.1).
pub(super) fn hyphens(paragraph: &Paragraph, index: usize) -> Vec<u32> {
    let Some(atom) = paragraph.atoms.get(index) else { return Vec::new() };
    if !matches!(atom.kind, AtomKind::Word(_)) {
        return Vec::new();
    }
    let style = paragraph.style_of(atom);
    let soft = paragraph.soft_hyphens(atom);
    if style.hyphens == Hyphens::None {
        return Vec::new();
    }
    if !soft.is_empty() || style.hyphens != Hyphens::Auto {
        return soft.to_vec();
    }
    let text = paragraph.analysed.text.get(atom.start as usize..atom.end as usize);
    let (Some(text), Some(language)) = (text, language(&style.language)) else {
        return Vec::new();
    };
    let places = divide(text, language, style.hyphenate_limits);
    places.into_iter().map(|place| atom.start + place).collect()
}

/// The hyphenation patterns for a BCP 47 tag.
pub(super) fn language(tag: &str) -> Option<Lang> {
    let mut parts = tag.split(['-', '_']);
    let primary = parts.next()?.to_ascii_lowercase();
    let latin = parts.any(|part| part.eq_ignore_ascii_case("Latn"));
    match &*primary {
        // The patterns for Serbian are for Cyrillic letters; Latin ones divide as in Croatian.
        "bs" | "sh" => Some(Lang::Croatian),
        "sr" if latin => Some(Lang::Croatian),
        code => Lang::from_iso(code.as_bytes().try_into().ok()?),
    }
}

/// The bytes of `text` at which its word may be divided; quotes and stops around it are no part of
/// the word. `limits` are the least numbers of letters in the word, before and after the hyphen;
/// 0 stands for the language's own.
fn divide(text: &str, language: Lang, limits: (u8, u8, u8)) -> Vec<u32> {
    let start = text.find(char::is_alphabetic).unwrap_or(text.len());
    let word = text.get(start..).unwrap_or_default();
    let end = word.find(|character: char| !character.is_alphabetic()).unwrap_or(word.len());
    let (word, rest) = word.split_at(end);
    let letters = word.chars().count();
    // What has digits or further words inside (web addresses) is left alone.
    let simple = !rest.chars().any(char::is_alphanumeric);
    let shortest = if limits.0 == 0 { 5 } else { usize::from(limits.0) };
    // Names in capitals are not divided: they are mostly abbreviations.
    let capitals = letters > 1 && word.chars().all(char::is_uppercase);
    if !simple || letters < shortest || word.len() > LONGEST || capitals {
        return Vec::new();
    }
    let (left, right) = language.bounds();
    let left = if limits.1 == 0 { left } else { usize::from(limits.1) };
    let right = if limits.2 == 0 { right } else { usize::from(limits.2) };
    let mut at = start;
    let mut places = Vec::new();
    for syllable in hyphenate_bounded(word, language, left.max(1), right.max(1)) {
        if at > start {
            places.push(u32::try_from(at).unwrap_or(u32::MAX));
        }
        at += syllable.len();
    }
    places
}

#[cfg(test)]
mod tests {
    use super::*;

    fn divided(text: &str, tag: &str) -> String {
        let mut out = text.to_owned();
        let places = divide(text, language(tag).unwrap(), (5, 2, 2));
        places.iter().rev().for_each(|at| out.insert(*at as usize, '|'));
        out
    }

    #[test]
    fn divide_uses_the_patterns_of_the_language() {
        assert_eq!(divided("extensive", "en-GB"), "ex|ten|sive");
        assert_eq!(divided("justisdepartementet", "nb"), "jus|tis|de|par|te|men|tet");
    }

    #[test]
    fn divide_leaves_addresses_and_abbreviations_alone() {
        assert_eq!(divided("(extensive),", "en"), "(ex|ten|sive),");
        assert_eq!(divided("example.org/extensive", "en"), "example.org/extensive");
        assert_eq!(divided("NORLAM", "en"), "NORLAM");
        assert_eq!(divided("the", "en"), "the");
    }

    #[test]
    fn divide_works_in_every_language_that_has_patterns() {
        let words = [
            ("af", "universiteit"),
            ("be", "дэпартамент"),
            ("bg", "министерство"),
            ("ca", "departament"),
            ("cs", "ministerstvo"),
            ("da", "justitsministeriet"),
            ("de", "Rechtsstaatlichkeit"),
            ("el", "δικαιοσύνη"),
            ("en", "government"),
            ("es", "departamento"),
            ("et", "ministeerium"),
            ("fi", "oikeusministeriö"),
            ("fr", "gouvernement"),
            ("hr", "ministarstvo"),
            ("hu", "minisztérium"),
            ("is", "dómsmálaráðuneyti"),
            ("it", "dipartimento"),
            ("ka", "სამინისტრო"),
            ("ku", "wezaretxane"),
            ("la", "iustitia"),
            ("lt", "ministerija"),
            ("mn", "байгууллага"),
            ("nb", "departementet"),
            ("nl", "ministerie"),
            ("nn", "departementet"),
            ("no", "departementet"),
            ("pl", "ministerstwo"),
            ("pt", "departamento"),
            ("ru", "министерство"),
            ("sk", "ministerstvo"),
            ("sl", "ministrstvo"),
            ("sq", "ministria"),
            ("sr", "министарство"),
            ("sv", "justitiedepartementet"),
            ("tk", "ministrligi"),
            ("tr", "bakanlığı"),
            ("uk", "міністерство"),
        ];
        let silent: Vec<&str> = words
            .iter()
            .filter(|(tag, word)| {
                language(tag).is_none_or(|own| divide(word, own, (0, 0, 0)).is_empty())
            })
            .map(|(tag, _)| *tag)
            .collect();
        assert_eq!(silent, Vec::<&str>::new());
    }

    #[test]
    fn language_is_found_whatever_else_the_tag_says() {
        assert_eq!(divided("ministarstvo", "sr-Latn-RS"), divided("ministarstvo", "hr"));
        for tag in ["nb-NO", "nn", "no", "pt-BR", "de-1901", "de-AT", "sr-Latn", "EN_gb"] {
            assert!(language(tag).is_some(), "{tag}");
        }
        assert!(language("").is_none() && language("und").is_none() && language("ar").is_none());
    }
}
