//! Language tags (RFC 5646).

use std::collections::BTreeSet;

use crate::diag::Diagnostics;
use crate::markup::{Document, NodeId};
use crate::style::ComputedStyle;

use super::fault;

/// Tags that no reader could know what to do with. Each wrong tag is reported once, at the first
/// element that has it.
pub fn check(document: &Document, styles: &[ComputedStyle], found: &mut Diagnostics) {
    let tags = styles.iter().map(|style| &*style.language).filter(|tag| !tag.is_empty());
    let wrong: BTreeSet<&str> = tags.filter(|tag| !is_tag(tag)).collect();
    for tag in wrong {
        let has = |id: &NodeId| {
            let element = document.element(*id);
            element.and_then(|element| element.attribute("lang")).map(str::trim) == Some(tag)
        };
        let mut ids = (0..document.len()).map(|index| NodeId(index as u32));
        let node = ids.find(has).unwrap_or(NodeId::ROOT);
        let message = format!("`{tag}` is no language tag");
        let clauses = "WCAG 3.1.1 and 3.1.2, ISO 14289-1 7.2";
        let finding = fault(document, node, "access/language-tag", &message, clauses);
        let help = match tag.replace('_', "-") {
            mended if mended != *tag && is_tag(&mended) => format!("did you mean `{mended}`?"),
            _ => "languages are written as en, nb, ro or ar, with a country as en-GB".to_owned(),
        };
        found.push(finding.help(help));
    }
}

/// Whether the text has the form of a tag (RFC 5646 §2.1) whose language can be registered: of
/// four letters and more there is none.
fn is_tag(tag: &str) -> bool {
    let mut parts = tag.split('-').peekable();
    let Some(first) = parts.next() else { return false };
    if first.eq_ignore_ascii_case("x") || first.eq_ignore_ascii_case("i") {
        return parts.peek().is_some() && parts.all(|part| is_of(part, 1, 8, |_| true));
    }
    let letters = |part: &str, least, most| is_of(part, least, most, |b| b.is_ascii_alphabetic());
    let digits = |part: &str, count| is_of(part, count, count, |b| b.is_ascii_digit());
    if !letters(first, 2, 3) {
        return false;
    }
    for _ in 0..3 {
        parts.next_if(|part| letters(part, 3, 3));
    }
    parts.next_if(|part| letters(part, 4, 4));
    parts.next_if(|part| letters(part, 2, 2) || digits(part, 3));
    let is_variant = |part: &str| {
        is_of(part, 5, 8, |_| true)
            || part.starts_with(|c: char| c.is_ascii_digit()) && is_of(part, 4, 4, |_| true)
    };
    while parts.next_if(|part| is_variant(part)).is_some() {}
    // Extensions and private parts: a single letter or digit, then what belongs to it.
    while let Some(single) = parts.next() {
        let own = single.eq_ignore_ascii_case("x");
        let least = if own { 1 } else { 2 };
        let belongs = |part: &&str| is_of(part, least, 8, |_| true);
        if !is_of(single, 1, 1, |_| true) || parts.next_if(belongs).is_none() {
            return false;
        }
        while parts.next_if(belongs).is_some() {}
    }
    true
}

fn is_of(part: &str, least: usize, most: usize, is: impl Fn(&u8) -> bool) -> bool {
    (least..=most).contains(&part.len())
        && part.bytes().all(|byte| byte.is_ascii_alphanumeric() && is(&byte))
}

#[cfg(test)]
mod tests {
    use super::is_tag;

    #[test]
    fn tag_has_a_language_and_known_parts() {
        for tag in ["en", "nb-NO", "zh-Hant-TW", "es-419", "sl-rozaj-1994", "de-DE-u-co-phonebk"] {
            assert!(is_tag(tag), "{tag}");
        }
        for tag in ["x-cant", "i-klingon", "ar-x-court", "zh-yue-HK", "EN-gb"] {
            assert!(is_tag(tag), "{tag}");
        }
        for tag in ["", "e", "english", "en_GB", "en-", "en--GB", "en-GB-a", "norsk", "x", "en GB"]
        {
            assert!(!is_tag(tag), "{tag}");
        }
    }
}
