//! Numbers and plural forms.

use std::str::FromStr;

use icu_decimal::DecimalFormatter;
use icu_decimal::input::Decimal;
use icu_plurals::{PluralCategory, PluralRules};

/// How a language writes and counts numbers.
pub(super) struct Numbers {
    decimal: DecimalFormatter,
    plurals: PluralRules,
}

impl Numbers {
    pub(super) fn new(tag: &icu_locale::Locale) -> Option<Numbers> {
        let decimal = DecimalFormatter::try_new(tag.into(), Default::default()).ok()?;
        let plurals = PluralRules::try_new_cardinal(tag.into()).ok()?;
        Some(Numbers { decimal, plurals })
    }

    /// `digits` as the language writes it; `None` when they are no number.
    pub(super) fn format(&self, digits: &str, decimals: Option<u8>) -> Option<String> {
        let mut number = Decimal::from_str(digits).ok()?;
        if let Some(decimals) = decimals {
            number.round(-i16::from(decimals));
            number.absolute.pad_end(-i16::from(decimals));
        }
        Some(self.decimal.format(&number).to_string())
    }

    /// The CLDR's name of the plural category.
    pub(super) fn plural(&self, count: u64) -> &'static str {
        match self.plurals.category_for(count) {
            PluralCategory::Zero => "zero",
            PluralCategory::One => "one",
            PluralCategory::Two => "two",
            PluralCategory::Few => "few",
            PluralCategory::Many => "many",
            PluralCategory::Other => "other",
        }
    }
}

#[cfg(test)]
mod tests {
    use crate::locale::Locale;

    #[test]
    fn number_in_a_language_has_its_grouping() {
        let english = Locale::without_words("en").unwrap();
        assert_eq!(english.number("12345.5", None).as_deref(), Some("12,345.5"));
        assert_eq!(english.number("12345.5", Some(2)).as_deref(), Some("12,345.50"));
        assert_eq!(english.number("-0.126", Some(2)).as_deref(), Some("-0.13"));
        assert_eq!(english.number("370", None).as_deref(), Some("370"));
        assert_eq!(english.number("x", None), None);
        let norwegian = Locale::without_words("nb").unwrap();
        assert_eq!(norwegian.number("12345.5", None).as_deref(), Some("12\u{a0}345,5"));
    }

    #[test]
    fn plural_in_ukrainian_knows_few_and_many() {
        let locale = Locale::without_words("uk").unwrap();
        assert_eq!([1, 3, 5, 21].map(|count| locale.plural(count)), ["one", "few", "many", "one"]);
        assert_eq!(Locale::without_words("nb").unwrap().plural(0), "other");
    }
}
