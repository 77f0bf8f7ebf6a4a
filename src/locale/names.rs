//! Which part of a surname a list is sorted by.
//!
//! Whether a particle ("van", "de") counts depends on the usage of the country that the person comes
//! from (IFLA, *Names of Persons: National Usages for Entry in Catalogues*; summarised language by
//! language in AACR2 22.5D1 and RDA, appendix F.11). Where the country is not known or has no usage
//! in the table, that of the language of the list holds: its readers look there.

/// Forms of address and titles that people write into the fields for names. They do not sort.
///
/// Only such as are no name anywhere: "Dame" and "Hon" are given names as well.
const HONORIFICS: &[&str] = &["dr", "prof", "professor", "sir", "h.e", "ms", "mr", "mrs"];

/// What a country does with the particles of surnames.
struct Usage {
    countries: &'static [&'static str],
    languages: &'static [&'static str],
    /// Particles that do not sort, in small letters.
    skipped: &'static [&'static str],
    /// Articles that do not sort either where they follow one of those ("van *der*").
    then: &'static [&'static str],
}

/// Countries whose usage is documented.
const USAGES: &[Usage] = &[
    // Every particle is skipped, foreign ones too, but "ver" (and what is written as one word).
    Usage {
        countries: &["NL"],
        languages: &["nl"],
        skipped: &[
            "'s", "'t", "aan", "bij", "d'", "de", "den", "der", "des", "du", "het", "in", "la",
            "le", "onder", "op", "over", "te", "ten", "ter", "tot", "uit", "van", "von", "voor",
            "zu",
        ],
        then: &[],
    },
    // Belgians are listed under the particle, whatever the language of the name.
    Usage { countries: &["BE"], languages: &[], skipped: &[], then: &[] },
    // Contractions with the article ("vom", "zum", "zur", "am") sort.
    Usage {
        countries: &["AT", "DE"],
        languages: &["de"],
        skipped: &["van", "von", "zu"],
        then: &["dem", "den", "der", "und", "van", "von", "zu"],
    },
    // Particles of Scandinavian, German and Dutch origin are skipped, all others sort; so does the
    // Dutch "de", which families of these countries bear as a part of the name ("De Geer").
    Usage {
        countries: &["DK", "NO", "SE"],
        languages: &["da", "nb", "nn", "no", "sv"],
        skipped: &["af", "av", "van", "von", "zu"],
        then: &["de", "den", "der", "und", "zu"],
    },
    // The preposition is skipped; articles, alone or in a contraction ("la", "du", "des"), sort.
    Usage { countries: &["FR", "MC"], languages: &["fr"], skipped: &["d'", "de"], then: &[] },
    // An article alone sorts ("Las Heras"), one after a preposition does not ("de las Casas").
    Usage {
        countries: &[
            "AR", "BO", "CL", "CO", "CR", "CU", "DO", "EC", "ES", "GT", "HN", "MX", "NI", "PA",
            "PE", "PY", "SV", "UY", "VE",
        ],
        languages: &["es"],
        skipped: &["de", "del"],
        then: &["el", "la", "las", "los"],
    },
    Usage {
        countries: &["AO", "BR", "CV", "MZ", "PT", "ST", "TL"],
        languages: &["pt"],
        skipped: &["d'", "da", "das", "de", "do", "dos"],
        then: &[],
    },
    Usage { countries: &["CZ", "SK"], languages: &["cs", "sk"], skipped: &["z", "ze"], then: &[] },
    // Modern names are listed under the particle.
    Usage { countries: &["IT", "SM"], languages: &["it"], skipped: &[], then: &[] },
    Usage {
        countries: &["AU", "CA", "GB", "IE", "NZ", "US", "ZA"],
        languages: &["af", "en"],
        skipped: &[],
        then: &[],
    },
];

/// The part of a surname that lists are sorted by: without honorifics, and without the particles that
/// the usage of `country` (ISO 3166-1 alpha-2) skips. Something always remains.
pub fn filing_surname<'n>(surname: &'n str, country: Option<&str>, language: &str) -> &'n str {
    let mut rest = without_honorifics(surname);
    let Some(usage) = usage(country, language) else { return rest };
    let mut has_skipped = false;
    while let Some((word, after)) = first_word(rest) {
        let word = word.to_lowercase().replace(['’', 'ʼ'], "'");
        let skips = usage.skipped.contains(&word.as_str())
            || has_skipped && usage.then.contains(&word.as_str());
        if !skips {
            break;
        }
        (rest, has_skipped) = (after, true);
    }
    rest
}

/// A name without the honorifics that stand before it. Something always remains.
pub fn without_honorifics(name: &str) -> &str {
    let mut rest = name.trim();
    while let Some((word, after)) = rest.split_once(char::is_whitespace) {
        let word = word.strip_suffix('.').unwrap_or(word).to_lowercase();
        if !HONORIFICS.contains(&word.as_str()) {
            break;
        }
        rest = after.trim_start();
    }
    rest
}

fn usage(country: Option<&str>, language: &str) -> Option<&'static Usage> {
    let short = language.split('-').next().unwrap_or(language);
    let of_country = |code| USAGES.iter().find(|usage| usage.countries.contains(&code));
    let of_language = || USAGES.iter().find(|usage| usage.languages.contains(&short));
    country.and_then(of_country).or_else(of_language)
}

/// The first word of a name and the rest, which is not empty; "d'" is a word of its own.
fn first_word(name: &str) -> Option<(&str, &str)> {
    let mut letters = name.char_indices();
    let elided = matches!(
        (letters.next(), letters.next()),
        (Some((_, 'd' | 'D')), Some((_, '\'' | '’' | 'ʼ')))
    );
    let after_elision = letters.next().filter(|(_, c)| elided && c.is_alphabetic());
    if let Some((at, _)) = after_elision {
        return name.split_at_checked(at);
    }
    let (word, after) = name.split_once(char::is_whitespace)?;
    Some((word, after.trim_start())).filter(|(_, after)| !after.is_empty())
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn particle_counts_by_the_usage_of_the_country() {
        for (surname, country, sorted) in [
            ("van der Meer", "NL", "Meer"),
            ("Van der Meer", "BE", "Van der Meer"),
            ("de la Faille", "NL", "Faille"),
            ("'t Hooft", "NL", "Hooft"),
            ("Ver Boven", "NL", "Ver Boven"),
            ("von der Mühll", "DE", "Mühll"),
            ("von und zu Urff", "DE", "Urff"),
            ("Zum Busch", "DE", "Zum Busch"),
            ("af Hallström", "SE", "Hallström"),
            ("von der Recke", "DK", "Recke"),
            ("De Geer", "SE", "De Geer"),
            ("la Cour", "DK", "la Cour"),
            ("d’Aubigné", "FR", "Aubigné"),
            ("de La Fontaine", "FR", "La Fontaine"),
            ("Le Rouge", "FR", "Le Rouge"),
            ("Des Granges", "FR", "Des Granges"),
            ("de las Casas", "ES", "Casas"),
            ("del Río", "MX", "Río"),
            ("Las Heras", "AR", "Las Heras"),
            ("dos Santos", "BR", "Santos"),
            ("D'Arienzo", "IT", "D'Arienzo"),
            ("Da Ponte", "IT", "Da Ponte"),
            ("De Morgan", "GB", "De Morgan"),
            ("z Žerotína", "CZ", "Žerotína"),
        ] {
            assert_eq!(filing_surname(surname, Some(country), "en"), sorted, "{surname} {country}");
        }
    }

    #[test]
    fn particle_of_an_unknown_country_counts_as_in_the_lists_language() {
        let sorted = |country, language| filing_surname("von Horn", country, language);
        assert_eq!(sorted(None, "nb"), "Horn");
        assert_eq!(sorted(Some("PL"), "nb-NO"), "Horn");
        assert_eq!(sorted(None, "en"), "von Horn");
        assert_eq!(sorted(Some("DE"), "en"), "Horn");
        assert_eq!(sorted(None, "uk"), "von Horn");
    }

    #[test]
    fn honorifics_do_not_sort_and_a_name_always_remains() {
        assert_eq!(without_honorifics(" H.E. Dr. Anna "), "Anna");
        assert_eq!(without_honorifics("prof Dr"), "Dr");
        assert_eq!(without_honorifics("He Ming"), "He Ming");
        assert_eq!(filing_surname("Dr van Dijk", Some("NL"), "en"), "Dijk");
        assert_eq!(filing_surname("De", Some("NL"), "en"), "De");
        assert_eq!(filing_surname("van de", Some("NL"), "en"), "de");
        assert_eq!(filing_surname("d'", Some("FR"), "fr"), "d'");
        assert_eq!(filing_surname("", None, "en"), "");
    }
}
