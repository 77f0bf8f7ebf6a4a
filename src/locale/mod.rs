//! Languages: interface words, dates, plurals, lists, numbers, country names and order.
//!
//! Words come from `templates/locales/LANGUAGE.yaml`; everything else from the Unicode CLDR by way of
//! ICU4X, which knows many more languages than there are word files.

mod case;
mod countries;
mod country;
mod date_format;
mod languages;
mod names;
mod number;
mod order;
mod partial_date;
mod quotes;
pub mod tag;
mod words;

use icu_list::ListFormatter;
use icu_list::options::{ListFormatterOptions, ListLength};

use crate::assets::Assets;
use crate::diag::{Diagnostic, Diagnostics};
use crate::source::Sources;

pub use case::{capitalized, lowercase, uppercase};
pub use country::{country_code, country_name, nearest_country};
use date_format::DateFormats;
pub use date_format::DateStyle;
pub use languages::language_name;
pub use names::{filing_surname, without_honorifics};
use number::Numbers;
pub use order::Order;
pub use partial_date::{IsoDateError, PartialDate};
pub use quotes::quotation_marks;
use words::Words;
pub use words::{WordError, WordValue};

/// One language of documents: its words and its ways to write dates, lists and numbers.
pub struct Locale {
    language: String,
    words: Words,
    dates: DateFormats,
    and: ListFormatter,
    or: ListFormatter,
    numbers: Numbers,
    order: Order,
}

impl Locale {
    /// The language `language`, a BCP 47 tag such as `en`, `nb` or `uk`, with its interface words.
    ///
    /// # Errors
    /// `locale/unknown-language` for a tag that is none or that ICU has no data for,
    /// `locale/no-words` when no word file is there, and every fault of the word file.
    pub fn load(language: &str, assets: &Assets, sources: &Sources) -> Result<Locale, Diagnostics> {
        let words = Words::load(language, assets, sources)?;
        Locale::with_words(language, words)
    }

    /// The language without interface words: dates, lists, numbers, plurals and order only.
    ///
    /// # Errors
    /// `locale/unknown-language` for a tag that is none or that ICU has no data for.
    pub fn without_words(language: &str) -> Result<Locale, Diagnostics> {
        Locale::with_words(language, Words::none(language))
    }

    fn with_words(language: &str, words: Words) -> Result<Locale, Diagnostics> {
        let unknown = || {
            Diagnostics::from(
                Diagnostic::error(
                    "locale/unknown-language",
                    format!(
                        "`{language}` is not a language that dates and lists can be written in"
                    ),
                )
                .help("give a language code such as `en` or `nb`"),
            )
        };
        let tag = icu_tag(language).ok_or_else(unknown)?;
        let wide = || ListFormatterOptions::default().with_length(ListLength::Wide);
        let and = ListFormatter::try_new_and((&tag).into(), wide()).map_err(|_| unknown())?;
        let or = ListFormatter::try_new_or((&tag).into(), wide()).map_err(|_| unknown())?;
        Ok(Locale {
            language: language.to_owned(),
            words,
            dates: DateFormats::new(&tag).ok_or_else(unknown)?,
            and,
            or,
            numbers: Numbers::new(&tag).ok_or_else(unknown)?,
            order: Order::new(&tag).ok_or_else(unknown)?,
        })
    }

    /// The tag as it was asked for.
    pub fn language(&self) -> &str {
        &self.language
    }

    /// The interface word `key` (dotted), its places in braces filled from `values`. A word with
    /// plural forms is chosen by the value named `count`.
    ///
    /// # Errors
    /// A word that is missing, a place that no value fills, and a word that is no text.
    pub fn word(&self, key: &str, values: &[(&str, WordValue)]) -> Result<String, WordError> {
        self.words.fill(key, values, &self.numbers)
    }

    /// Whether the word file has `key`.
    pub fn has_word(&self, key: &str) -> bool {
        self.words.has(key)
    }

    /// The file that the words come from, as the user would write it.
    pub fn words_file(&self) -> &str {
        self.words.file()
    }

    /// A date in words and figures of the language; what the date leaves open stays open.
    pub fn date(&self, date: &PartialDate, style: DateStyle) -> String {
        self.dates.format(date, style)
    }

    /// Two dates as a range that says each thing once: "15–30 July 2014".
    pub fn date_range(&self, start: &PartialDate, end: &PartialDate) -> String {
        self.dates.range(start, end)
    }

    /// The name of a date's day of the week; `None` for a date that is not known to the day.
    pub fn weekday(&self, date: &PartialDate) -> Option<String> {
        self.dates.weekday(date)
    }

    /// "A, B and C".
    pub fn list_and<'a>(&self, items: impl Iterator<Item = &'a str> + Clone) -> String {
        self.and.format(items).to_string()
    }

    /// "A, B or C".
    pub fn list_or<'a>(&self, items: impl Iterator<Item = &'a str> + Clone) -> String {
        self.or.format(items).to_string()
    }

    /// A number given in plain digits (`-12345.5`) with the language's grouping and decimal sign,
    /// rounded or padded to `decimals` places when given; `None` when it is no number.
    pub fn number(&self, digits: &str, decimals: Option<u8>) -> Option<String> {
        self.numbers.format(digits, decimals)
    }

    /// The CLDR's plural category of a whole number: `one`, `few`, `other` …
    pub fn plural(&self, count: u64) -> &'static str {
        self.numbers.plural(count)
    }

    /// The order in which the language sorts texts.
    pub fn order(&self) -> &Order {
        &self.order
    }

    /// The country's name in this language: Norwegian for `nb`, `nn` and `no`, else English.
    pub fn country(&self, code: &str) -> Option<&'static str> {
        country_name(code, &self.language)
    }

    /// Capital letters by the language's rules (a Turkish `i` keeps its dot).
    pub fn upper(&self, text: &str) -> String {
        uppercase(text, &self.language)
    }

    /// Small letters by the language's rules.
    pub fn lower(&self, text: &str) -> String {
        lowercase(text, &self.language)
    }
}

/// The tag as ICU is asked for it. English without a region is British, since a European ministry's
/// papers are dated "15 March 2014" and list "A, B and C".
fn icu_tag(language: &str) -> Option<icu_locale::Locale> {
    let tag = if language == "en" { "en-GB" } else { language };
    let locale = icu_locale::Locale::try_from_str(tag).ok()?;
    (!locale.id.language.is_unknown()).then_some(locale)
}

#[cfg(test)]
mod tests {
    use super::*;

    fn shared_between_threads<T: Send + Sync>() {}

    #[test]
    fn locale_between_threads_is_shared() {
        shared_between_threads::<Locale>();
    }

    #[test]
    fn list_of_three_joins_with_the_languages_word() {
        let list = ["A", "B", "C"];
        let words = |language| Locale::without_words(language).unwrap().list_and(list.into_iter());
        assert_eq!(words("en"), "A, B and C");
        assert_eq!(words("nb"), "A, B og C");
        assert_eq!(words("uk"), "A, B і C");
        let locale = Locale::without_words("en").unwrap();
        assert_eq!(locale.list_or(list.into_iter()), "A, B or C");
    }

    #[test]
    fn language_that_is_no_tag_is_an_error() {
        for language in ["", "english language", "x!"] {
            let error = Locale::without_words(language).map(|_| ()).unwrap_err();
            assert!(error.iter().all(|found| found.code == "locale/unknown-language"));
        }
    }

    #[test]
    fn upper_in_norwegian_keeps_the_letters() {
        assert_eq!(Locale::without_words("nb").unwrap().upper("Åsen æø"), "ÅSEN ÆØ");
        assert_eq!(Locale::without_words("tr").unwrap().upper("izmir"), "İZMİR");
    }
}
