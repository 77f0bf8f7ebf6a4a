//! Quotation marks of languages (Unicode CLDR `delimiters`).

/// Outer and inner pair for a BCP 47 tag; English ones where the language is not in the table.
pub fn quotation_marks(language: &str) -> [(&'static str, &'static str); 2] {
    let mut parts = language.split(['-', '_']);
    let primary = parts.next().unwrap_or_default().to_ascii_lowercase();
    let region = parts.next_back().unwrap_or_default().to_ascii_uppercase();
    match (&*primary, &*region) {
        ("de", "CH" | "LI") | ("fr" | "it", "CH") => [("«", "»"), ("‹", "›")],
        ("de" | "cs" | "sk" | "sl" | "lt" | "is" | "et" | "lb" | "ka" | "bg", _) => {
            [("„", "“"), ("‚", "‘")]
        }
        ("nb" | "nn" | "no", _) => [("«", "»"), ("‘", "’")],
        ("sv" | "fi", _) => [("”", "”"), ("’", "’")],
        ("fr", "CA") => [("«", "»"), ("”", "“")],
        // The thin spaces that French sets inside the marks stay with them.
        ("fr", _) => [("«\u{202f}", "\u{202f}»"), ("«\u{202f}", "\u{202f}»")],
        ("it" | "es" | "ca" | "gl" | "pt" | "el" | "eu", region) if region != "BR" => {
            [("«", "»"), ("“", "”")]
        }
        ("sq" | "hy", _) => [("«", "»"), ("“", "”")],
        ("ru" | "uk" | "be", _) => [("«", "»"), ("„", "“")],
        ("pl" | "ro", _) => [("„", "”"), ("«", "»")],
        ("hu", _) => [("„", "”"), ("»", "«")],
        ("hr" | "bs", _) => [("„", "”"), ("‘", "’")],
        ("sr" | "mk", _) => [("„", "“"), ("’", "’")],
        ("da", _) => [("”", "”"), ("’", "’")],
        ("he", _) => [("”", "”"), ("’", "’")],
        ("ar", _) => [("”", "“"), ("’", "‘")],
        ("ur", _) => [("”", "“"), ("’", "‘")],
        ("fa", _) => [("«", "»"), ("‹", "›")],
        ("ja", _) => [("「", "」"), ("『", "』")],
        ("tr" | "az" | "nl" | "ga" | "cy" | "mt" | "lv", _) => [("“", "”"), ("‘", "’")],
        _ => [("“", "”"), ("‘", "’")],
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
        assert_eq!(quotation_marks("")[1], ("‘", "’"));
    }
}
