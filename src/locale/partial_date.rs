//! Dates of which some part may not be known.

use std::fmt;

use chrono::{Datelike, NaiveDate};
use serde::{Serialize, Serializer};

/// A date as far as it is known; the rest is never completed.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
pub enum PartialDate {
    /// A whole date: `2014-03-15`.
    Date(NaiveDate),
    /// A year and its month (1–12): `2014-03`.
    YearMonth(i32, u32),
    /// A year: `2014`.
    Year(i32),
    /// A month (1–12) and day (1–31) of an unknown year: `--02-14`.
    MonthDay(u32, u32),
    /// A month (1–12) of an unknown year: `--02`.
    Month(u32),
}

/// Why a text is no date of ISO 8601.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum IsoDateError {
    /// It has not the form of ISO 8601.
    Form(String),
    /// It has, but no calendar has such a day.
    NoSuchDay(String),
}

impl fmt::Display for IsoDateError {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            IsoDateError::Form(text) => write!(f, "`{text}` is not a date"),
            IsoDateError::NoSuchDay(text) => write!(f, "there is no day `{text}`"),
        }
    }
}

impl PartialDate {
    /// Reads `2014-03-15`, `2014-03`, `2014`, `--02-14` or `--02` (ISO 8601, ISO 8601:2000 5.2.1.3).
    ///
    /// # Errors
    /// Any other form, and days that are in no calendar.
    pub fn parse_iso(text: &str) -> Result<PartialDate, IsoDateError> {
        let form = || IsoDateError::Form(text.to_owned());
        let no_such = || IsoDateError::NoSuchDay(text.to_owned());
        let (year, rest) = match text.strip_prefix("--") {
            Some(rest) => (None, Some(rest)),
            None => {
                let (year, rest) =
                    text.split_once('-').map_or((text, None), |(year, rest)| (year, Some(rest)));
                (Some(digits(year, 4).ok_or_else(form)?), rest)
            }
        };
        let (month, day) = match rest {
            None => (None, None),
            Some(rest) => match rest.split_once('-') {
                None => (Some(digits(rest, 2).ok_or_else(form)?), None),
                Some((month, day)) => (
                    Some(digits(month, 2).ok_or_else(form)?),
                    Some(digits(day, 2).ok_or_else(form)?),
                ),
            },
        };
        // A leap year stands in for the year that is not known, since 29 February may be meant.
        let calendar_year = year.map_or(2000, u32::cast_signed);
        let checked = NaiveDate::from_ymd_opt(calendar_year, month.unwrap_or(1), day.unwrap_or(1))
            .ok_or_else(no_such)?;
        Ok(match (year, month, day) {
            (Some(_), Some(_), Some(_)) => PartialDate::Date(checked),
            (Some(_), Some(month), None) => PartialDate::YearMonth(calendar_year, month),
            (Some(_), None, _) => PartialDate::Year(calendar_year),
            (None, Some(month), Some(day)) => PartialDate::MonthDay(month, day),
            (None, Some(month), None) => PartialDate::Month(month),
            (None, None, _) => return Err(form()),
        })
    }

    /// The first day that it can mean; `None` when the year is not known.
    pub fn first_day(&self) -> Option<NaiveDate> {
        match *self {
            PartialDate::Date(date) => Some(date),
            PartialDate::YearMonth(year, month) => NaiveDate::from_ymd_opt(year, month, 1),
            PartialDate::Year(year) => NaiveDate::from_ymd_opt(year, 1, 1),
            PartialDate::MonthDay(..) | PartialDate::Month(_) => None,
        }
    }

    /// The last day that it can mean; `None` when the year is not known.
    pub fn last_day(&self) -> Option<NaiveDate> {
        match *self {
            PartialDate::Date(date) => Some(date),
            PartialDate::YearMonth(year, month) => {
                let first = NaiveDate::from_ymd_opt(year, month, 1)?;
                first.with_day(u32::from(first.num_days_in_month()))
            }
            PartialDate::Year(year) => NaiveDate::from_ymd_opt(year, 12, 31),
            PartialDate::MonthDay(..) | PartialDate::Month(_) => None,
        }
    }

    /// Whether it lies before `other` whatever the unknown parts are; false where they leave it open.
    pub fn is_certainly_before(&self, other: &PartialDate) -> bool {
        matches!((self.last_day(), other.first_day()),
            (Some(latest), Some(earliest)) if latest < earliest)
    }

    /// A day that stands for it where a formatter needs a whole date: year, month, day.
    pub(super) fn stand_in(&self) -> (i32, u32, u32) {
        match *self {
            PartialDate::Date(date) => (date.year(), date.month(), date.day()),
            PartialDate::YearMonth(year, month) => (year, month, 1),
            PartialDate::Year(year) => (year, 1, 1),
            PartialDate::MonthDay(month, day) => (2000, month, day),
            PartialDate::Month(month) => (2000, month, 1),
        }
    }
}

/// As far as known, in the form of ISO 8601: `2014-03-15`, `2014-03`, `2014`; without a year
/// `--02-14` and `--02` (ISO 8601:2000 5.2.1.3; XML Schema 1.1 part 2, 3.3.12 gMonthDay).
impl fmt::Display for PartialDate {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            PartialDate::Date(date) => write!(f, "{}", date.format("%Y-%m-%d")),
            PartialDate::YearMonth(year, month) => write!(f, "{year:04}-{month:02}"),
            PartialDate::Year(year) => write!(f, "{year:04}"),
            PartialDate::MonthDay(month, day) => write!(f, "--{month:02}-{day:02}"),
            PartialDate::Month(month) => write!(f, "--{month:02}"),
        }
    }
}

/// As its ISO text.
impl Serialize for PartialDate {
    fn serialize<S: Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
        serializer.collect_str(self)
    }
}

fn digits(text: &str, length: usize) -> Option<u32> {
    let plain = text.len() == length && text.bytes().all(|byte| byte.is_ascii_digit());
    if plain { text.parse().ok() } else { None }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn parse_of_every_form_prints_back_the_same() {
        for text in ["2014-03-15", "2014-03", "2014", "--02-14", "--02-29", "--12"] {
            assert_eq!(PartialDate::parse_iso(text).unwrap().to_string(), text);
        }
    }

    #[test]
    fn parse_of_anything_else_is_an_error() {
        for text in ["", "15/03/2014", "14", "2014-3-1", "2014-03-15T00:00", "--", "---1", "+014"] {
            assert_eq!(
                PartialDate::parse_iso(text),
                Err(IsoDateError::Form(text.to_owned())),
                "{text}"
            );
        }
        for text in ["2014-02-29", "2014-13", "--02-30", "2014-00-10"] {
            assert_eq!(PartialDate::parse_iso(text), Err(IsoDateError::NoSuchDay(text.to_owned())));
        }
    }

    #[test]
    fn last_day_of_a_month_is_the_calendars() {
        let last =
            |text: &str| PartialDate::parse_iso(text).unwrap().last_day().map(|d| d.to_string());
        assert_eq!(last("2016-02").as_deref(), Some("2016-02-29"));
        assert_eq!(last("2016-12").as_deref(), Some("2016-12-31"));
        assert_eq!(last("--02-14"), None);
    }

    fn day(year: i32, month: u32, day: u32) -> PartialDate {
        PartialDate::Date(NaiveDate::from_ymd_opt(year, month, day).unwrap())
    }

    #[test]
    fn display_of_every_kind_is_iso_like() {
        assert_eq!(PartialDate::Year(1818).to_string(), "1818");
        assert_eq!(PartialDate::YearMonth(2007, 3).to_string(), "2007-03");
        assert_eq!(day(2014, 3, 15).to_string(), "2014-03-15");
        assert_eq!(PartialDate::MonthDay(2, 14).to_string(), "--02-14");
    }

    #[test]
    fn dates_serialise_as_iso() {
        let date = PartialDate::MonthDay(2, 14);
        assert_eq!(serde_json::to_value(date).unwrap(), serde_json::json!("--02-14"));
    }

    #[test]
    fn is_certainly_before_with_unknown_parts_is_false_where_open() {
        assert!(day(2014, 3, 15).is_certainly_before(&day(2014, 7, 30)));
        assert!(!PartialDate::Year(2014).is_certainly_before(&day(2014, 7, 30)));
        assert!(PartialDate::YearMonth(2016, 2).is_certainly_before(&day(2016, 3, 1)));
        assert!(!PartialDate::MonthDay(2, 14).is_certainly_before(&day(2014, 7, 30)));
    }

    #[test]
    fn bounds_of_leap_february_reach_its_last_day() {
        let month = PartialDate::YearMonth(2016, 2);
        let (first, last) = (month.first_day().unwrap(), month.last_day().unwrap());
        assert_eq!((first.day(), last.day()), (1, 29));
    }
}
