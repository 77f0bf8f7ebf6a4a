//! Names of months and weekdays, and ordinals, in English and Norwegian (Bokmål and Nynorsk), as data files use them.

use chrono::Weekday;

use crate::near::nearest;

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

/// The whole names, English, then Bokmål, then Nynorsk where it differs.
const WEEKDAYS: [(&str, Weekday); 18] = [
    ("monday", Weekday::Mon),
    ("tuesday", Weekday::Tue),
    ("wednesday", Weekday::Wed),
    ("thursday", Weekday::Thu),
    ("friday", Weekday::Fri),
    ("saturday", Weekday::Sat),
    ("sunday", Weekday::Sun),
    ("mandag", Weekday::Mon),
    ("tirsdag", Weekday::Tue),
    ("onsdag", Weekday::Wed),
    ("torsdag", Weekday::Thu),
    ("fredag", Weekday::Fri),
    ("lørdag", Weekday::Sat),
    ("søndag", Weekday::Sun),
    ("måndag", Weekday::Mon),
    ("tysdag", Weekday::Tue),
    ("laurdag", Weekday::Sat),
    ("sundag", Weekday::Sun),
];

/// The month (1–12) that a name means; `Feb.` and `sept` are understood.
pub(super) fn month_of(name: &str) -> Option<u32> {
    let name = name.trim_end_matches('.').to_lowercase();
    let short =
        |whole: &str| whole.starts_with(&name) && (name.chars().count() == 3 || name == "sept");
    MONTHS.iter().find(|(whole, _)| *whole == name || short(whole)).map(|(_, month)| *month)
}

/// The English name of a month (1–12), for messages.
pub(super) fn english_month(month: u32) -> String {
    let name = MONTHS.iter().find(|(_, number)| *number == month).map_or("", |(name, _)| name);
    as_written(name)
}

/// A month's name with the letter case of its language: a capital in English, none in Norwegian.
pub(super) fn as_written(name: &str) -> String {
    let english = MONTHS.iter().take(12).any(|(whole, _)| *whole == name);
    match (english, name.get(..1), name.get(1..)) {
        (true, Some(first), Some(rest)) => first.to_uppercase() + rest,
        _ => name.to_owned(),
    }
}

/// The month name that a misspelt one is nearest to.
pub(super) fn nearest_month(name: &str) -> Option<&'static str> {
    nearest(name, MONTHS.iter().map(|(whole, _)| *whole))
}

/// The weekday that a name means; its first three letters and `Tues.`, `Thur.`, `Thurs.` are
/// understood.
pub(super) fn weekday_of(name: &str) -> Option<Weekday> {
    let name = name.trim_end_matches('.').to_lowercase();
    let short = |whole: &str| {
        whole.starts_with(&name)
            && (name.chars().count() == 3 || matches!(name.as_str(), "tues" | "thur" | "thurs"))
    };
    let found = WEEKDAYS.iter().find(|(whole, _)| *whole == name || short(whole));
    found.map(|(_, weekday)| *weekday)
}

/// The weekday's name that a misspelt one is nearest to; short words are near to too many.
pub(super) fn nearest_weekday(name: &str) -> Option<&'static str> {
    let names = WEEKDAYS.iter().filter(|_| name.chars().count() >= 5);
    nearest(name, names.map(|(whole, _)| *whole))
}

/// Whether a word is a number with an ordinal's ending, as in "14th".
pub(super) fn is_ordinal(word: &str) -> bool {
    let ending = word.trim_start_matches(|letter: char| letter.is_ascii_digit());
    ending.len() < word.len() && matches!(ending, "st" | "nd" | "rd" | "th" | "." | "")
}
