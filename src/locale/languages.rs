//! The names of languages, as an agenda says in which one a session is held.

/// Tag (ISO 639-1), English name, Norwegian name (Bokmål), in the order of the tags. The names follow
/// the Unicode CLDR's.
#[rustfmt::skip]
const LANGUAGES: &[(&str, &str, &str)] = &[
    ("ar", "Arabic", "arabisk"),
    ("az", "Azerbaijani", "aserbajdsjansk"),
    ("be", "Belarusian", "hviterussisk"),
    ("bg", "Bulgarian", "bulgarsk"),
    ("bs", "Bosnian", "bosnisk"),
    ("ca", "Catalan", "katalansk"),
    ("cs", "Czech", "tsjekkisk"),
    ("cy", "Welsh", "walisisk"),
    ("da", "Danish", "dansk"),
    ("de", "German", "tysk"),
    ("el", "Greek", "gresk"),
    ("en", "English", "engelsk"),
    ("es", "Spanish", "spansk"),
    ("et", "Estonian", "estisk"),
    ("fa", "Persian", "persisk"),
    ("fi", "Finnish", "finsk"),
    ("fr", "French", "fransk"),
    ("ga", "Irish", "irsk"),
    ("he", "Hebrew", "hebraisk"),
    ("hi", "Hindi", "hindi"),
    ("hr", "Croatian", "kroatisk"),
    ("hu", "Hungarian", "ungarsk"),
    ("hy", "Armenian", "armensk"),
    ("is", "Icelandic", "islandsk"),
    ("it", "Italian", "italiensk"),
    ("ja", "Japanese", "japansk"),
    ("ka", "Georgian", "georgisk"),
    ("kk", "Kazakh", "kasakhisk"),
    ("ko", "Korean", "koreansk"),
    ("ky", "Kyrgyz", "kirgisisk"),
    ("lt", "Lithuanian", "litauisk"),
    ("lv", "Latvian", "latvisk"),
    ("mk", "Macedonian", "makedonsk"),
    ("mt", "Maltese", "maltesisk"),
    ("nb", "Norwegian", "norsk"),
    ("nl", "Dutch", "nederlandsk"),
    ("nn", "Norwegian Nynorsk", "norsk nynorsk"),
    ("no", "Norwegian", "norsk"),
    ("pl", "Polish", "polsk"),
    ("ps", "Pashto", "pashto"),
    ("pt", "Portuguese", "portugisisk"),
    ("ro", "Romanian", "rumensk"),
    ("ru", "Russian", "russisk"),
    ("se", "Northern Sami", "nordsamisk"),
    ("sk", "Slovak", "slovakisk"),
    ("sl", "Slovenian", "slovensk"),
    ("so", "Somali", "somali"),
    ("sq", "Albanian", "albansk"),
    ("sr", "Serbian", "serbisk"),
    ("sv", "Swedish", "svensk"),
    ("sw", "Swahili", "swahili"),
    ("tg", "Tajik", "tadsjikisk"),
    ("tk", "Turkmen", "turkmensk"),
    ("tr", "Turkish", "tyrkisk"),
    ("uk", "Ukrainian", "ukrainsk"),
    ("ur", "Urdu", "urdu"),
    ("uz", "Uzbek", "usbekisk"),
    ("vi", "Vietnamese", "vietnamesisk"),
    ("zh", "Chinese", "kinesisk"),
];

/// The name of the language with the tag `tag` (BCP 47; what follows its first part does not
/// matter), in Norwegian for `nb`, `nn` and `no` and in English for every other language.
pub fn language_name(tag: &str, language: &str) -> Option<&'static str> {
    let tag = tag.split('-').next()?;
    let index = LANGUAGES.binary_search_by_key(&tag, |row| row.0).ok()?;
    let (_, english, norwegian) = LANGUAGES.get(index)?;
    let norwegian_wanted = matches!(language.split('-').next(), Some("nb" | "nn" | "no"));
    Some(if norwegian_wanted { norwegian } else { english })
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn table_is_in_the_order_of_its_tags() {
        assert!(LANGUAGES.windows(2).all(|pair| pair[0].0 < pair[1].0));
    }

    #[test]
    fn name_of_a_tag_is_in_the_language() {
        assert_eq!(language_name("nb", "en"), Some("Norwegian"));
        assert_eq!(language_name("en-GB", "nb"), Some("engelsk"));
        assert_eq!(language_name("xx", "en"), None);
        assert_eq!(language_name("", "en"), None);
    }
}
