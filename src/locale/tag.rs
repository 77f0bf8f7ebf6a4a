//! Language tags (BCP 47: RFC 5646).

/// Names and codes that are written where a tag is meant, in small letters, and the tags. Codes of
/// three letters are no tags where the registry has one of two (RFC 5646 2.2.1).
const MEANT: [(&str, &str); 46] = [
    ("arabic", "ar"),
    ("ara", "ar"),
    ("bokmal", "nb"),
    ("bokmål", "nb"),
    ("nob", "nb"),
    ("norsk", "nb"),
    ("norwegian", "nb"),
    ("nor", "nb"),
    ("nynorsk", "nn"),
    ("nno", "nn"),
    ("bulgarian", "bg"),
    ("bul", "bg"),
    ("czech", "cs"),
    ("ces", "cs"),
    ("danish", "da"),
    ("dansk", "da"),
    ("dan", "da"),
    ("dutch", "nl"),
    ("nld", "nl"),
    ("english", "en"),
    ("engelsk", "en"),
    ("eng", "en"),
    ("finnish", "fi"),
    ("fin", "fi"),
    ("french", "fr"),
    ("français", "fr"),
    ("fra", "fr"),
    ("german", "de"),
    ("deutsch", "de"),
    ("deu", "de"),
    ("hebrew", "he"),
    ("heb", "he"),
    ("hungarian", "hu"),
    ("hun", "hu"),
    ("italian", "it"),
    ("ita", "it"),
    ("polish", "pl"),
    ("pol", "pl"),
    ("romanian", "ro"),
    ("română", "ro"),
    ("ron", "ro"),
    ("spanish", "es"),
    ("spa", "es"),
    ("swedish", "sv"),
    ("svenska", "sv"),
    ("swe", "sv"),
];

/// Whether the text has the form of a tag (RFC 5646 2.1) whose language can be registered: of four
/// letters and more there is none.
pub fn is_tag(tag: &str) -> bool {
    let mut parts = tag.split('-').peekable();
    let Some(first) = parts.next() else { return false };
    if first.eq_ignore_ascii_case("x") || first.eq_ignore_ascii_case("i") {
        return parts.peek().is_some() && parts.all(|part| is_of(part, 1, 8, |_| true));
    }
    let letters = |part: &str, least, most| is_of(part, least, most, |b| b.is_ascii_alphabetic());
    let digits = |part: &str, count| is_of(part, count, count, |b| b.is_ascii_digit());
    if !letters(first, 2, 3) || by_name(first).is_some() {
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

/// The tag that is meant by a text that is none: `en` for `English` and `eng`, `en-GB` for `en_GB`.
pub fn meant(text: &str) -> Option<String> {
    let mended = text.trim().replace('_', "-");
    let (first, rest) = match mended.split_once('-') {
        Some((first, rest)) => (first, Some(rest)),
        None => (&*mended, None),
    };
    let first = by_name(first).map_or_else(|| first.to_lowercase(), str::to_owned);
    let tag = rest.map_or(first.clone(), |rest| format!("{first}-{rest}"));
    (tag != text && is_tag(&tag)).then_some(tag)
}

fn by_name(name: &str) -> Option<&'static str> {
    let name = name.to_lowercase();
    MEANT.iter().find(|(known, _)| *known == name).map(|(_, tag)| *tag)
}

fn is_of(part: &str, least: usize, most: usize, is: impl Fn(&u8) -> bool) -> bool {
    (least..=most).contains(&part.len())
        && part.bytes().all(|byte| byte.is_ascii_alphanumeric() && is(&byte))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn tag_has_a_language_and_known_parts() {
        for tag in ["en", "nb-NO", "zh-Hant-TW", "es-419", "sl-rozaj-1994", "de-DE-u-co-phonebk"] {
            assert!(is_tag(tag), "{tag}");
        }
        for tag in ["x-cant", "i-klingon", "ar-x-court", "zh-yue-HK", "EN-gb", "smj"] {
            assert!(is_tag(tag), "{tag}");
        }
        for tag in ["", "e", "english", "en_GB", "en-", "en--GB", "en-GB-a", "norsk", "x", "en GB"]
        {
            assert!(!is_tag(tag), "{tag}");
        }
        assert!(!is_tag("eng") && !is_tag("nor-NO"), "codes that have a shorter one");
    }

    #[test]
    fn names_and_longer_codes_lead_to_the_tag_that_is_meant() {
        for (text, tag) in [
            ("english", "en"),
            ("Norsk", "nb"),
            ("eng", "en"),
            ("en_GB", "en-GB"),
            ("english-GB", "en-GB"),
            ("EN", "en"),
        ] {
            assert_eq!(meant(text).as_deref(), Some(tag), "{text}");
        }
        assert_eq!(meant("en"), None);
        assert_eq!(meant("klingonian"), None);
    }
}
