//! Capitals and small letters as languages have them: Turkish i, Greek accents, Dutch IJ, ß.

use icu_casemap::options::{LeadingAdjustment, TitlecaseOptions, TrailingCase};
use icu_casemap::{CaseMapper, TitlecaseMapper};
use icu_locale::LanguageIdentifier;

/// `text` in capitals; `language` is a BCP 47 tag, empty for none.
pub fn uppercase(text: &str, language: &str) -> String {
    if text.is_ascii() && !is_special(language) {
        return text.to_ascii_uppercase();
    }
    CaseMapper::new().uppercase_to_string(text, &identifier(language)).into_owned()
}

/// `text` in small letters; `language` is a BCP 47 tag, empty for none.
pub fn lowercase(text: &str, language: &str) -> String {
    if text.is_ascii() && !is_special(language) {
        return text.to_ascii_lowercase();
    }
    CaseMapper::new().lowercase_to_string(text, &identifier(language)).into_owned()
}

/// A word with a capital first letter, its other letters as they are.
pub fn capitalized(word: &str, language: &str) -> String {
    let mut options = TitlecaseOptions::default();
    options.leading_adjustment = Some(LeadingAdjustment::None);
    options.trailing_case = Some(TrailingCase::Unchanged);
    let mapper = TitlecaseMapper::new();
    mapper.titlecase_segment_to_string(word, &identifier(language), options).into_owned()
}

/// Whether letters of ASCII have other counterparts in the language than elsewhere.
fn is_special(language: &str) -> bool {
    matches!(language.split('-').next(), Some("tr" | "az" | "lt"))
}

fn identifier(language: &str) -> LanguageIdentifier {
    LanguageIdentifier::try_from_str(language).unwrap_or(LanguageIdentifier::UNKNOWN)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn case_follows_the_language() {
        assert_eq!(uppercase("istanbul ılık", "tr"), "İSTANBUL ILIK");
        assert_eq!(uppercase("istanbul", "en"), "ISTANBUL");
        assert_eq!(uppercase("straße", "de-AT"), "STRASSE");
        assert_eq!(uppercase("Μαΐου", "el"), "ΜΑΪΟΥ");
        assert_eq!(lowercase("ISI", "tr-TR"), "ısı");
        assert_eq!(lowercase("ΟΔΟΣ", "el"), "οδος");
    }

    #[test]
    fn capitalized_word_keeps_its_other_letters() {
        assert_eq!(capitalized("ijsland", "nl"), "IJsland");
        assert_eq!(capitalized("ijsland", ""), "Ijsland");
        assert_eq!(capitalized("ßign", "de"), "Ssign");
        assert_eq!(capitalized("mcKay", "en"), "McKay");
    }
}
