//! Quotation marks of languages (Unicode CLDR 48 `delimiters`, in 48.2 those of all of its
//! locales but for what is said beside them here, and Sotho, whose marks there open and close nothing).

type Marks = [(&'static str, &'static str); 2];

const ENGLISH: Marks = [("“", "”"), ("‘", "’")];
const GUILLEMETS_AND_DOUBLE: Marks = [("«", "»"), ("“", "”")];
const GUILLEMETS_AND_SINGLE: Marks = [("«", "»"), ("‹", "›")];
const LOW_AND_HIGH: Marks = [("„", "“"), ("‚", "‘")];
const RIGHT_TO_LEFT: Marks = [("”", "“"), ("’", "‘")];
const TURNED_GUILLEMETS: Marks = [("»", "«"), ("›", "‹")];

/// Outer and inner pair for a BCP 47 tag; English ones where the language is not in the table.
pub fn quotation_marks(language: &str) -> Marks {
    let mut parts = language.split(['-', '_']);
    let primary = parts.next().unwrap_or_default().to_ascii_lowercase();
    let rest: Vec<String> = parts.map(str::to_ascii_uppercase).collect();
    let of_length = |length: usize| rest.iter().find(|part| part.len() == length);
    let script = of_length(4).map_or("", String::as_str);
    let region = of_length(2).map_or("", String::as_str);
    let by_place = match (&*primary, script, region) {
        // What is printed in Switzerland; CLDR has the marks of Germany there.
        ("de", _, "CH" | "LI") => Some(GUILLEMETS_AND_SINGLE),
        ("fr", _, "CA") => Some([("«", "»"), ("”", "“")]),
        ("fr", _, "CH") | ("az", "ARAB" | "CYRL", _) => Some(GUILLEMETS_AND_SINGLE),
        ("es", _, "US") => Some(GUILLEMETS_AND_DOUBLE),
        // Of Portuguese without a region, Brazil's is meant.
        ("pt", _, region) if !matches!(region, "" | "BR") => Some(GUILLEMETS_AND_DOUBLE),
        ("zh", "HANT", _) | ("zh", "", "TW" | "HK" | "MO") => Some([("「", "」"), ("『", "』")]),
        ("bs", "CYRL", _) => Some(LOW_AND_HIGH),
        ("ms", "ARAB", _) => Some(RIGHT_TO_LEFT),
        ("kk", "ARAB", _) => Some(TURNED_GUILLEMETS),
        ("ti", _, "ER") => Some([("‘", "’"), ("“", "”")]),
        ("ff", "ADLM", _) | ("bm", "NKOO", _) | ("uz", "ARAB" | "CYRL", _) => Some(ENGLISH),
        _ => None,
    };
    by_place.unwrap_or_else(|| marks_of(&primary))
}

/// The marks of a language, whatever its script and region.
fn marks_of(language: &str) -> Marks {
    match language {
        "cs" | "de" | "dsb" | "et" | "hr" | "hsb" | "is" | "ksh" | "lb" | "luy" | "mk" | "nds"
        | "sk" | "sl" => LOW_AND_HIGH,
        "bg" | "lt" | "prg" | "sgs" => [("„", "“"), ("„", "“")],
        "ka" => [("„", "“"), ("«", "»")],
        "sr" => [("„", "”"), ("’", "’")],
        "bs" => [("„", "”"), ("‘", "’")],
        "agq" | "ff" => [("„", "”"), ("‚", "’")],
        "nmg" | "pl" | "ro" => [("„", "”"), ("«", "»")],
        "hu" | "szl" => [("„", "”"), ("»", "«")],
        "dua" | "ksf" | "nb" | "nn" | "no" | "rw" => [("«", "»"), ("‘", "’")],
        "fi" | "he" | "lag" | "rn" | "se" | "sn" | "sv" | "yi" => [("”", "”"), ("’", "’")],
        // The thin spaces that French sets inside the marks stay with them; CLDR leaves them out.
        "fr" => [("«\u{202f}", "\u{202f}»"), ("«\u{202f}", "\u{202f}»")],
        "ht" | "hy" | "oc" | "yav" => [("«", "»"), ("«", "»")],
        "am" | "fa" | "gsw" | "jgo" | "kkj" | "mzn" | "rm" | "sdh" | "wae" => GUILLEMETS_AND_SINGLE,
        "bas" | "be" | "bua" | "ky" | "os" | "ru" | "sah" | "tyv" | "uk" => {
            [("«", "»"), ("„", "“")]
        }
        "shi" | "zgh" => [("«", "»"), ("„", "”")],
        "ast" | "blo" | "bm" | "br" | "ca" | "cv" | "dyo" | "el" | "eu" | "ewo" | "ie" | "it"
        | "kab" | "kk" | "lij" | "mg" | "mua" | "nnh" | "pms" | "sc" | "sg" | "ti" => {
            GUILLEMETS_AND_DOUBLE
        }
        "ar" | "lld" | "syr" | "ur" => RIGHT_TO_LEFT,
        "ug" => TURNED_GUILLEMETS,
        "ja" | "yue" => [("「", "」"), ("『", "』")],
        "eo" => [("“", "”"), ("«", "»")],
        "fur" | "ia" | "tn" => [("‘", "’"), ("“", "”")],
        "nl" => [("‘", "’"), ("‘", "’")],
        "tk" => [("“", "”"), ("“", "”")],
        "uz" => [("“", "”"), ("’", "‘")],
        _ => ENGLISH,
    }
}

#[cfg(test)]
mod tests {
    use super::quotation_marks;

    #[test]
    fn quotation_marks_follow_language_script_and_region() {
        let outer = |language| quotation_marks(language)[0];
        assert_eq!(outer("nb"), ("«", "»"));
        assert_eq!(outer("de-DE"), ("„", "“"));
        assert_eq!(outer("de-CH"), ("«", "»"));
        assert_eq!(outer("de-Latn-CH-1996"), ("«", "»"));
        assert_eq!(outer("pt-BR"), ("“", "”"));
        assert_eq!(outer("pt-PT"), ("«", "»"));
        assert_eq!(outer("es"), ("“", "”"));
        assert_eq!(outer("sq"), ("“", "”"));
        assert_eq!(quotation_marks("sr-Latn"), [("„", "”"), ("’", "’")]);
        assert_eq!(outer("da"), ("“", "”"));
        assert_eq!(outer("zh-Hant-TW"), ("「", "」"));
        assert_eq!(outer("zh-HK"), ("「", "」"));
        assert_eq!(outer("zh-Hans-HK"), ("“", "”"));
        assert_eq!(quotation_marks("")[1], ("‘", "’"));
    }
}
