//! From a country's code to its name and back.

use std::collections::HashMap;
use std::sync::OnceLock;

use super::countries::COUNTRIES;

/// The name of the country with the ISO 3166-1 alpha-2 code `code`, in Norwegian for `nb`, `nn` and
/// `no` and in English for every other language.
pub fn country_name(code: &str, language: &str) -> Option<&'static str> {
    let index = COUNTRIES.binary_search_by_key(&code, |row| row.0).ok()?;
    let (_, english, norwegian, _) = COUNTRIES.get(index)?;
    let norwegian_wanted = matches!(language.split('-').next(), Some("nb" | "nn" | "no"));
    Some(if norwegian_wanted { norwegian } else { english })
}

/// The alpha-2 code of a country given by its code or by a name in English or Norwegian; letter case,
/// accents' typing variants of the apostrophe, a leading "the" and surrounding space do not matter.
pub fn country_code(name: &str) -> Option<&'static str> {
    let wanted = fold(name);
    let index = index();
    let plain = wanted.strip_prefix("the ").unwrap_or(&wanted);
    index.get(wanted.as_str()).or_else(|| index.get(plain)).copied()
}

/// The country's name that a misspelt one is nearest to, if one is near.
pub fn nearest_country(name: &str) -> Option<&'static str> {
    let wanted = fold(name);
    let allowed = wanted.chars().count() / 4;
    let names = COUNTRIES.iter().flat_map(|(_, english, norwegian, others)| {
        [*english, *norwegian].into_iter().chain(others.iter().copied())
    });
    names
        .map(|known| (strsim::damerau_levenshtein(&wanted, &fold(known)), known))
        .filter(|(distance, _)| *distance <= allowed)
        .min_by_key(|(distance, _)| *distance)
        .map(|(_, known)| known)
}

fn index() -> &'static HashMap<String, &'static str> {
    static INDEX: OnceLock<HashMap<String, &'static str>> = OnceLock::new();
    INDEX.get_or_init(|| {
        let mut index = HashMap::new();
        // Names first: no further name may hide a country's own.
        for (code, english, norwegian, _) in COUNTRIES {
            for name in [code, english, norwegian] {
                index.entry(fold(name)).or_insert(*code);
            }
        }
        for (code, .., others) in COUNTRIES {
            for name in *others {
                index.entry(fold(name)).or_insert(*code);
            }
        }
        index
    })
}

fn fold(name: &str) -> String {
    let words: Vec<String> = name
        .split_whitespace()
        .map(|word| word.to_lowercase().replace('’', "'").replace('&', "and"))
        .collect();
    words.join(" ")
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn table_is_in_the_order_of_its_codes() {
        assert!(COUNTRIES.windows(2).all(|pair| pair[0].0 < pair[1].0));
        assert_eq!(COUNTRIES.len(), 250);
    }

    #[test]
    fn names_of_every_country_lead_back_to_its_code() {
        for (code, english, norwegian, others) in COUNTRIES {
            for name in [code, english, norwegian].into_iter().chain(others.iter()) {
                assert_eq!(country_code(name), Some(*code), "{name}");
            }
        }
    }

    #[test]
    fn code_of_a_name_in_use_is_found() {
        for (name, code) in [
            ("Republic of Moldova", "MD"),
            ("UK", "GB"),
            ("USA", "US"),
            ("Türkiye", "TR"),
            ("Turkey", "TR"),
            ("Tyrkia", "TR"),
            (" the  Netherlands ", "NL"),
            ("Norge", "NO"),
            ("no", "NO"),
            ("Côte d'Ivoire", "CI"),
            ("Trinidad & Tobago", "TT"),
        ] {
            assert_eq!(country_code(name), Some(code), "{name}");
        }
        assert_eq!(country_code("Atlantis"), None);
        assert_eq!(country_code(""), None);
    }

    #[test]
    fn name_of_a_code_is_in_the_language() {
        assert_eq!(country_name("NO", "en"), Some("Norway"));
        assert_eq!(country_name("UA", "nb"), Some("Ukraina"));
        assert_eq!(country_name("UA", "uk"), Some("Ukraine"));
        assert_eq!(country_name("ZZ", "en"), None);
    }
}
