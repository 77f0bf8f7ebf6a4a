//! The order of names in a language.

use std::cmp::Ordering;

use icu_collator::options::{CollatorOptions, Strength};
use icu_collator::{Collator, CollatorBorrowed};

/// Compares texts as a dictionary of the language does (Unicode Technical Standard 10 with the
/// CLDR's tailoring): É beside E, Å last in Norwegian.
pub struct Order {
    collator: CollatorBorrowed<'static>,
}

impl Order {
    /// The order of `language`, a BCP 47 tag; `None` for a language that ICU has no data for.
    pub fn of(language: &str) -> Option<Order> {
        Order::new(&super::icu_tag(language)?)
    }

    pub(super) fn new(tag: &icu_locale::Locale) -> Option<Order> {
        let mut options = CollatorOptions::default();
        options.strength = Some(Strength::Tertiary);
        let collator = Collator::try_new(tag.into(), options).ok()?;
        Some(Order { collator })
    }

    /// The order of two texts as the language has it; texts that differ in nothing that it sorts by
    /// are equal, though their characters may differ.
    pub fn collate(&self, a: &str, b: &str) -> Ordering {
        self.collator.compare(a, b)
    }

    /// The order of two texts; texts that the language holds to be the same are told apart by their
    /// characters, so that the order never depends on where they stood before.
    pub fn compare(&self, a: &str, b: &str) -> Ordering {
        self.collator.compare(a, b).then_with(|| a.cmp(b))
    }
}

#[cfg(test)]
mod tests {
    use crate::locale::Locale;

    fn sorted(language: &str, names: &[&'static str]) -> Vec<&'static str> {
        let locale = Locale::without_words(language).unwrap();
        let mut names = names.to_vec();
        names.sort_by(|a, b| locale.order().compare(a, b));
        names
    }

    #[test]
    fn compare_in_norwegian_puts_letters_after_z() {
        let names = ["Åsen", "Zahl", "Øye", "Ærlig", "Berg", "andersen"];
        let order = ["andersen", "Berg", "Zahl", "Ærlig", "Øye", "Åsen"];
        assert_eq!(sorted("nb", &names), order);
    }

    #[test]
    fn compare_in_english_puts_accents_beside_their_letter() {
        assert_eq!(sorted("en", &["Zoe", "Édith", "Eve", "Eda"]), ["Eda", "Édith", "Eve", "Zoe"]);
    }

    #[test]
    fn compare_in_romanian_and_ukrainian_follows_the_alphabet() {
        assert_eq!(
            sorted("ro", &["Țurcanu", "Șova", "Sova", "Tudor"]),
            ["Sova", "Șova", "Tudor", "Țurcanu"]
        );
        assert_eq!(
            sorted("uk", &["Яна", "Ґанна", "Ганна", "Євген"]),
            ["Ганна", "Ґанна", "Євген", "Яна"]
        );
    }
}
