//! Month names and ordinals in English and Norwegian (Bokmål and Nynorsk), as data files use them.

/// The whole names, English then Norwegian; the first three letters are understood, too.
const MONTHS: [(&str, u32); 24] = [
    ("january", 1),
    ("february", 2),
    ("march", 3),
    ("april", 4),
    ("may", 5),
    ("june", 6),
    ("july", 7),
    ("august", 8),
    ("september", 9),
    ("october", 10),
    ("november", 11),
    ("december", 12),
    ("januar", 1),
    ("februar", 2),
    ("mars", 3),
    ("april", 4),
    ("mai", 5),
    ("juni", 6),
    ("juli", 7),
    ("august", 8),
    ("september", 9),
    ("oktober", 10),
    ("november", 11),
    ("desember", 12),
];

/// The month (1–12) that a name means; `Feb.` and `sept` are understood.
pub(super) fn month_of(name: &str) -> Option<u32> {
    let name = name.trim_end_matches('.').to_lowercase();
    let short =
        |whole: &str| whole.starts_with(&name) && (name.chars().count() == 3 || name == "sept");
    MONTHS.iter().find(|(whole, _)| *whole == name || short(whole)).map(|(_, month)| *month)
}

/// The month name that a misspelt one is nearest to.
pub(super) fn nearest_month(name: &str) -> Option<&'static str> {
    let name = name.to_lowercase();
    let near = MONTHS.iter().map(|(whole, _)| (strsim::damerau_levenshtein(&name, whole), *whole));
    near.filter(|(distance, _)| *distance <= 2)
        .min_by_key(|(distance, _)| *distance)
        .map(|(_, whole)| whole)
}

/// Whether a word is a number with an ordinal's ending, as in "14th".
pub(super) fn is_ordinal(word: &str) -> bool {
    let ending = word.trim_start_matches(|letter: char| letter.is_ascii_digit());
    ending.len() < word.len() && matches!(ending, "st" | "nd" | "rd" | "th" | "." | "")
}
