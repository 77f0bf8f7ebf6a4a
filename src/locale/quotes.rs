//! Quotation marks of languages (Unicode CLDR `delimiters`).

const ENGLISH: [(&str, &str); 2] = [("“", "”"), ("‘", "’")];

/// Regions whose Spanish has the marks of English.
const AMERICAN: &[&str] = &[
    "419", "AR", "BO", "BR", "BZ", "CL", "CO", "CR", "CU", "DO", "EC", "GT", "HN", "MX", "NI",
    "PA", "PE", "PR", "PY", "SV", "UY", "VE",
];

/// Outer and inner pair for a BCP 47 tag; English ones where the language is not in the table.
pub fn quotation_marks(language: &str) -> [(&'static str, &'static str); 2] {
    let mut parts = language.split(['-', '_']);
    let primary = parts.next().unwrap_or_default().to_ascii_lowercase();
    let region = parts.next_back().unwrap_or_default().to_ascii_uppercase();
    match (&*primary, &*region) {
        // What is printed in Switzerland; CLDR has the marks of Germany there.
        ("de", "CH" | "LI") => [("«", "»"), ("‹", "›")],
        ("de" | "cs" | "sk" | "sl" | "hr" | "mk" | "is" | "et" | "lb" | "dsb" | "hsb", _) => {
            [("„", "“"), ("‚", "‘")]
        }
        ("bg" | "lt", _) => [("„", "“"), ("„", "“")],
        ("ka", _) => [("„", "“"), ("«", "»")],
        ("sr", _) => [("„", "“"), ("‘", "‘")],
        ("bs", _) => [("„", "”"), ("‘", "’")],
        ("pl" | "ro", _) => [("„", "”"), ("«", "»")],
        ("hu", _) => [("„", "”"), ("»", "«")],
        ("nb" | "nn" | "no", _) => [("«", "»"), ("‘", "’")],
        ("sv" | "fi" | "he" | "yi" | "se", _) => [("”", "”"), ("’", "’")],
        ("fr", "CA") => [("«", "»"), ("”", "“")],
        ("fr", "CH") | ("fa" | "am" | "gsw" | "rm", _) => [("«", "»"), ("‹", "›")],
        // The thin spaces that French sets inside the marks stay with them.
        ("fr", _) => [("«\u{202f}", "\u{202f}»"), ("«\u{202f}", "\u{202f}»")],
        ("hy", _) => [("«", "»"), ("«", "»")],
        ("ru" | "uk" | "be" | "ky", _) => [("«", "»"), ("„", "“")],
        // Of Portuguese without a region, Brazil's is meant.
        ("pt", "" | "BR") => ENGLISH,
        ("es", region) if AMERICAN.contains(&region) => ENGLISH,
        ("it" | "es" | "ca" | "pt" | "el" | "eu" | "sq" | "kk" | "br" | "ast", _) => {
            [("«", "»"), ("“", "”")]
        }
        ("ar" | "ur", _) => [("”", "“"), ("’", "‘")],
        ("ja" | "yue", _) | ("zh", "HANT" | "TW" | "HK" | "MO") => [("「", "」"), ("『", "』")],
        ("nl", _) => [("‘", "’"), ("‘", "’")],
        _ => ENGLISH,
    }
}

#[cfg(test)]
mod tests {
    use super::quotation_marks;

    #[test]
    fn quotation_marks_follow_language_and_region() {
        assert_eq!(quotation_marks("nb")[0], ("«", "»"));
        assert_eq!(quotation_marks("de-DE")[0], ("„", "“"));
        assert_eq!(quotation_marks("de-CH")[0], ("«", "»"));
        assert_eq!(quotation_marks("pt-BR")[0], ("“", "”"));
        assert_eq!(quotation_marks("pt-PT")[0], ("«", "»"));
        assert_eq!(quotation_marks("es-MX")[0], ("“", "”"));
        assert_eq!(quotation_marks("da")[0], ("“", "”"));
        assert_eq!(quotation_marks("zh-Hant-TW")[0], ("「", "」"));
        assert_eq!(quotation_marks("")[1], ("‘", "’"));
    }
}
