//! Dates as people write them, whole or in part.
//!
//! A part that is not written stays unknown: "14 February" is kept as a day without a year and is
//! never completed.

use std::fmt;

use chrono::{Datelike, Days, NaiveDate, Weekday};
use serde::Serialize;

use super::date_words::{
    as_written, english_month, is_ordinal, month_of, nearest_month, nearest_weekday, weekday_of,
};
use crate::locale::PartialDate;

/// How `03/04/2014` is read.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, Default, Serialize, schemars::JsonSchema)]
#[serde(rename_all = "kebab-case")]
pub enum DateOrder {
    /// The third of April.
    #[default]
    DayFirst,
    /// The fourth of March.
    MonthFirst,
}

/// Why a text is no date.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum DateError {
    /// It does not look like any date.
    NotADate(String),
    /// The year has two digits; which century is not for us to guess.
    TwoDigitYear(String),
    /// A word where a month's name should stand, and the nearest name if one is near.
    UnknownMonth(String, Option<&'static str>),
    /// A word where a weekday may stand that is none, and the nearest name.
    UnknownWeekday(String, &'static str),
    /// The date falls on another day of the week.
    OtherWeekday {
        /// The weekday as it was written.
        written: String,
        /// The date beside it.
        date: NaiveDate,
    },
    /// A weekday beside a date that is not whole, so that nothing shows whether it fits.
    UncheckedWeekday(String),
    /// No such month.
    NoSuchMonth {
        /// What was read as the month.
        month: u32,
        /// What was read as the day, if one was written.
        day: Option<u32>,
        /// The order that the numbers were read in; none where the form itself tells.
        order: Option<DateOrder>,
    },
    /// The month has no such day.
    NoSuchDay {
        /// What was read as the day.
        day: u32,
        /// What was read as the month.
        month: u32,
        /// The year, if one was written.
        year: Option<i32>,
        /// The order that the numbers were read in; none where the form itself tells.
        order: Option<DateOrder>,
    },
}

/// Reads `2014-03-15`, `2014-03`, `2014`, `--02-14`, `15/03/2014`, `01.04.2016.`, `02.2014`,
/// `14.02.`, `14 February`, `14 February 2015`, `February 14, 2015`, `March 2007`, with English and
/// Norwegian month names, whole or shortened. The weekday may stand before a whole date:
/// `Wednesday 4 March 2015`.
///
/// # Errors
/// A date that does not exist in `order`, one that falls on another weekday than is written, a year
/// of two digits, and anything else.
pub fn date(text: &str, order: DateOrder) -> Result<PartialDate, DateError> {
    let text = without_midnight(text.trim());
    // Most dates are numbers alone; looking for the word that is nearest to one takes time.
    if !text.chars().any(char::is_alphabetic) {
        return without_weekday(text, order);
    }
    let first = text.split([' ', ',', '\u{A0}']).next().unwrap_or_default();
    let Some(weekday) = weekday_of(first) else {
        return match (month_of(first), nearest_month(first), nearest_weekday(first)) {
            (None, None, Some(near)) => Err(DateError::UnknownWeekday(first.to_owned(), near)),
            _ => without_weekday(text, order),
        };
    };
    let rest = text[first.len()..].trim_start_matches([' ', ',', '\u{A0}']);
    match without_weekday(rest, order)? {
        PartialDate::Date(date) if date.weekday() == weekday => Ok(PartialDate::Date(date)),
        PartialDate::Date(date) => Err(DateError::OtherWeekday { written: first.to_owned(), date }),
        _ => Err(DateError::UncheckedWeekday(first.to_owned())),
    }
}

/// The day of a date with the hour that spreadsheets put behind it.
fn without_midnight(text: &str) -> &str {
    ["T00:00:00", " 00:00:00", " 00:00"]
        .iter()
        .find_map(|hour| text.strip_suffix(hour))
        .unwrap_or(text)
}

fn without_weekday(text: &str, order: DateOrder) -> Result<PartialDate, DateError> {
    if text.chars().any(char::is_alphabetic) {
        return in_words(text);
    }
    if let Some(rest) = text.strip_prefix("--") {
        return match numbers(rest, '-').as_deref() {
            Some([month, day]) => day_of(None, month.value, day.value, None),
            _ => Err(not_a_date(text)),
        };
    }
    let compact: String = text.chars().filter(|letter| *letter != ' ').collect();
    let (bare, dotted) = match compact.strip_suffix('.') {
        Some(bare) => (bare, true),
        None => (compact.as_str(), false),
    };
    let parts = ['-', '/', '.'].into_iter().find_map(|mark| {
        let parts = numbers(bare, mark)?;
        (parts.len() > 1 || mark == '.').then_some(parts)
    });
    // A space may only stand beside a separator: "15 03 2014" is none of the forms.
    let spaced = text.split_whitespace().count() > 1 && !text.contains(['-', '/', '.']);
    match parts.as_deref() {
        _ if spaced => Err(not_a_date(text)),
        Some([year]) if year.digits == 4 && !dotted => year_of(year).map(PartialDate::Year),
        Some([first, second]) => two(text, *first, *second, dotted, order),
        Some([first, second, third]) => three(text, *first, *second, *third, order),
        _ => Err(not_a_date(text)),
    }
}

/// A number with the count of digits that it was written with.
#[derive(Debug, Clone, Copy)]
struct Digits {
    value: u32,
    digits: usize,
}

impl Digits {
    fn read(text: &str) -> Option<Digits> {
        let written =
            (1..=4).contains(&text.len()) && text.bytes().all(|byte| byte.is_ascii_digit());
        written
            .then(|| text.parse().ok())
            .flatten()
            .map(|value| Digits { value, digits: text.len() })
    }
}

fn numbers(text: &str, mark: char) -> Option<Vec<Digits>> {
    text.split(mark).map(Digits::read).collect()
}

fn not_a_date(text: &str) -> DateError {
    DateError::NotADate(text.to_owned())
}

/// A year has four digits; older ones than 1000 are typing mistakes.
fn year_of(year: &Digits) -> Result<i32, DateError> {
    match (year.digits, i32::try_from(year.value)) {
        (4, Ok(value)) if value >= 1000 => Ok(value),
        (1 | 2, _) => Err(DateError::TwoDigitYear(format!("{:02}", year.value))),
        _ => Err(DateError::NotADate(format!("{:0digits$}", year.value, digits = year.digits))),
    }
}

fn month_of_year(year: i32, month: u32) -> Result<PartialDate, DateError> {
    if (1..=12).contains(&month) {
        Ok(PartialDate::YearMonth(year, month))
    } else {
        Err(DateError::NoSuchMonth { month, day: None, order: None })
    }
}

fn day_of(
    year: Option<i32>,
    month: u32,
    day: u32,
    order: Option<DateOrder>,
) -> Result<PartialDate, DateError> {
    if !(1..=12).contains(&month) {
        return Err(DateError::NoSuchMonth { month, day: Some(day), order });
    }
    // Without a year, 29 February is a day that exists in some year.
    let date = NaiveDate::from_ymd_opt(year.unwrap_or(2000), month, day);
    match (date, year) {
        (None, _) => Err(DateError::NoSuchDay { day, month, year, order }),
        (Some(date), Some(_)) => Ok(PartialDate::Date(date)),
        (Some(_), None) => Ok(PartialDate::MonthDay(month, day)),
    }
}

/// `2014-03`, `02.2014`, `02/2014`, and `14.02.` with its closing dot.
fn two(
    text: &str,
    first: Digits,
    second: Digits,
    dotted: bool,
    order: DateOrder,
) -> Result<PartialDate, DateError> {
    match (first.digits, second.digits) {
        (4, 1 | 2) if !dotted => month_of_year(year_of(&first)?, second.value),
        (1 | 2, 4) => month_of_year(year_of(&second)?, first.value),
        (1 | 2, 1 | 2) if dotted && text.contains('.') => {
            let (day, month) = by_order(first, second, order);
            day_of(None, month.value, day.value, Some(order))
        }
        _ => Err(not_a_date(text)),
    }
}

fn three(
    text: &str,
    first: Digits,
    second: Digits,
    third: Digits,
    order: DateOrder,
) -> Result<PartialDate, DateError> {
    match (first.digits, second.digits, third.digits) {
        (4, 1 | 2, 1 | 2) => day_of(Some(year_of(&first)?), second.value, third.value, None),
        (1 | 2, 1 | 2, 4) => {
            let (day, month) = by_order(first, second, order);
            day_of(Some(year_of(&third)?), month.value, day.value, Some(order))
        }
        (1 | 2, 1 | 2, 2) => Err(DateError::TwoDigitYear(format!("{:02}", third.value))),
        _ => Err(not_a_date(text)),
    }
}

/// Day and month of two numbers.
fn by_order(first: Digits, second: Digits, order: DateOrder) -> (Digits, Digits) {
    match order {
        DateOrder::DayFirst => (first, second),
        DateOrder::MonthFirst => (second, first),
    }
}

/// `14 February 2015`, `14. februar`, `February 14, 2015`, `March 2007`.
fn in_words(text: &str) -> Result<PartialDate, DateError> {
    let words: Vec<&str> =
        text.split([' ', ',', '\u{A0}']).filter(|word| !word.is_empty()).collect();
    if words.len() > 3 {
        return Err(not_a_date(text));
    }
    let is_word = |word: &&str| word.chars().any(char::is_alphabetic) && !is_ordinal(word);
    let mut named = words.iter().copied().filter(is_word);
    let (Some(name), None) = (named.next(), named.next()) else { return Err(not_a_date(text)) };
    let month = month_of(name).ok_or_else(|| {
        let near = nearest_month(name);
        let alone = words.len() == 1 && near.is_none();
        match name.chars().all(|letter| letter.is_alphabetic() || letter == '.') && !alone {
            true => DateError::UnknownMonth(name.to_owned(), near),
            false => not_a_date(text),
        }
    })?;
    let number = |word: &str| {
        let bare = word.trim_end_matches(|letter: char| letter == '.' || letter.is_alphabetic());
        Digits::read(bare).ok_or_else(|| not_a_date(text))
    };
    let rest: Vec<Digits> = words
        .iter()
        .filter(|word| **word != name)
        .map(|word| number(word))
        .collect::<Result<_, _>>()?;
    match (rest.as_slice(), words.first() == Some(&name)) {
        ([year], _) if year.digits == 4 => month_of_year(year_of(year)?, month),
        ([day], _) if day.digits <= 2 => day_of(None, month, day.value, None),
        ([day, year], _) if day.digits <= 2 => day_of(Some(year_of(year)?), month, day.value, None),
        _ => Err(not_a_date(text)),
    }
}

impl fmt::Display for DateError {
    fn fmt(&self, formatter: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            DateError::NotADate(text) => write!(formatter, "“{text}” is not a date"),
            DateError::TwoDigitYear(year) => {
                write!(formatter, "the year “{year}” has only two digits")
            }
            DateError::UnknownMonth(word, _) => {
                write!(formatter, "“{word}” is not the name of a month")
            }
            DateError::UnknownWeekday(word, _) => {
                write!(formatter, "“{word}” is not the name of a weekday")
            }
            DateError::OtherWeekday { written, date } => {
                let weekday = english(date.weekday());
                write!(formatter, "{date} is a {weekday}, not a “{written}”")
            }
            DateError::UncheckedWeekday(written) => {
                write!(formatter, "the weekday “{written}” stands beside a date that is not whole")
            }
            DateError::NoSuchMonth { month, .. } => write!(formatter, "there is no month {month}"),
            DateError::NoSuchDay { day, month, year: Some(year), .. } => {
                write!(formatter, "{} {year} has no day {day}", english_month(*month))
            }
            DateError::NoSuchDay { day, month, year: None, .. } => {
                write!(formatter, "{} has no day {day}", english_month(*month))
            }
        }
    }
}

impl std::error::Error for DateError {}

impl DateError {
    /// How to mend it, a sentence for a message's help.
    pub fn help(&self) -> String {
        match self {
            DateError::NotADate(text) => match counted_day(text) {
                Some(day) => format!("spreadsheets count days so, and mean {day}: let the cell show a date, and save the list again"),
                None => "write a date as 2014-03-15, 15/03/2014, 15.03.2014, 14 February 2015, March 2007 or 2007".to_owned(),
            },
            DateError::TwoDigitYear(_) => "write the year with four digits".to_owned(),
            DateError::UnknownMonth(_, Some(month)) => format!("did you mean “{}”?", as_written(month)),
            DateError::UnknownMonth(_, None) => "month names are read in English and Norwegian".to_owned(),
            DateError::UnknownWeekday(_, weekday) => format!("did you mean “{weekday}”?"),
            DateError::OtherWeekday { .. } => {
                "correct the date or the weekday, or leave the weekday out".to_owned()
            }
            DateError::UncheckedWeekday(_) => {
                "give day, month and year, or leave the weekday out".to_owned()
            }
            DateError::NoSuchMonth { month, day, order } => read_as(*day, *month, *order),
            DateError::NoSuchDay { day, month, order, .. } => read_as(Some(*day), *month, *order),
        }
    }
}

/// The day that a spreadsheet means by a bare number: the days since the end of 1899.
fn counted_day(text: &str) -> Option<NaiveDate> {
    let count: u64 = text.parse().ok().filter(|count| (20_000..80_000).contains(count))?;
    NaiveDate::from_ymd_opt(1899, 12, 30)?.checked_add_days(Days::new(count))
}

fn english(weekday: Weekday) -> &'static str {
    match weekday {
        Weekday::Mon => "Monday",
        Weekday::Tue => "Tuesday",
        Weekday::Wed => "Wednesday",
        Weekday::Thu => "Thursday",
        Weekday::Fri => "Friday",
        Weekday::Sat => "Saturday",
        Weekday::Sun => "Sunday",
    }
}

fn read_as(day: Option<u32>, month: u32, order: Option<DateOrder>) -> String {
    let read = match day {
        Some(day) => format!("{day} was read as the day and {month} as the month"),
        None => format!("{month} was read as the month"),
    };
    match order {
        Some(DateOrder::DayFirst) => {
            format!("{read}, since dates are day-first; `date-order` in dossier.yaml sets this")
        }
        Some(DateOrder::MonthFirst) => {
            format!("{read}, since dates are month-first; `date-order` in dossier.yaml sets this")
        }
        None => read,
    }
}

#[cfg(test)]
#[path = "date_tests.rs"]
mod tests;
