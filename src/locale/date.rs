//! Dates of which some part may not be known.

use std::fmt;

use chrono::{Datelike, NaiveDate};

/// A date as far as it is known; the rest is never completed.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum PartialDate {
    /// `2014-03-15`
    Day(NaiveDate),
    /// `2014-03`: year, month.
    Month(i32, u8),
    /// `2014`
    Year(i32),
    /// `--02-14`: month, day.
    DayOfYear(u8, u8),
    /// `--02`
    MonthOfYear(u8),
}

/// Why a text is no date.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum DateError {
    /// It has not the form of ISO 8601.
    Form(String),
    /// It has, but no calendar has such a day.
    NoSuchDay(String),
}

impl fmt::Display for DateError {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            DateError::Form(text) => write!(f, "`{text}` is not a date"),
            DateError::NoSuchDay(text) => write!(f, "there is no day `{text}`"),
        }
    }
}

impl PartialDate {
    /// Reads `2014-03-15`, `2014-03`, `2014`, `--02-14` or `--02` (ISO 8601, ISO 8601:2000 5.2.1.3).
    ///
    /// # Errors
    /// Any other form, and days that are in no calendar.
    pub fn parse(text: &str) -> Result<PartialDate, DateError> {
        let form = || DateError::Form(text.to_owned());
        let no_such = || DateError::NoSuchDay(text.to_owned());
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
        let small = |number: u32| u8::try_from(number).map_err(|_| form());
        Ok(match (year, month, day) {
            (Some(_), Some(_), Some(_)) => PartialDate::Day(checked),
            (Some(_), Some(month), None) => PartialDate::Month(calendar_year, small(month)?),
            (Some(_), None, _) => PartialDate::Year(calendar_year),
            (None, Some(month), Some(day)) => PartialDate::DayOfYear(small(month)?, small(day)?),
            (None, Some(month), None) => PartialDate::MonthOfYear(small(month)?),
            (None, None, _) => return Err(form()),
        })
    }

    /// The first day that it can mean; `None` when the year is not known.
    pub fn first_day(&self) -> Option<NaiveDate> {
        match *self {
            PartialDate::Day(date) => Some(date),
            PartialDate::Month(year, month) => NaiveDate::from_ymd_opt(year, month.into(), 1),
            PartialDate::Year(year) => NaiveDate::from_ymd_opt(year, 1, 1),
            PartialDate::DayOfYear(..) | PartialDate::MonthOfYear(_) => None,
        }
    }

    /// The last day that it can mean; `None` when the year is not known.
    pub fn last_day(&self) -> Option<NaiveDate> {
        match *self {
            PartialDate::Day(date) => Some(date),
            PartialDate::Month(year, month) => {
                let next = if month == 12 { (year + 1, 1) } else { (year, month + 1) };
                NaiveDate::from_ymd_opt(next.0, next.1.into(), 1)?.pred_opt()
            }
            PartialDate::Year(year) => NaiveDate::from_ymd_opt(year, 12, 31),
            PartialDate::DayOfYear(..) | PartialDate::MonthOfYear(_) => None,
        }
    }

    /// A day that stands for it where a formatter needs a whole date.
    pub(super) fn stand_in(&self) -> (i32, u8, u8) {
        match *self {
            PartialDate::Day(date) => (date.year(), small(date.month()), small(date.day())),
            PartialDate::Month(year, month) => (year, month, 1),
            PartialDate::Year(year) => (year, 1, 1),
            PartialDate::DayOfYear(month, day) => (2000, month, day),
            PartialDate::MonthOfYear(month) => (2000, month, 1),
        }
    }
}

impl fmt::Display for PartialDate {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            PartialDate::Day(date) => write!(f, "{}", date.format("%Y-%m-%d")),
            PartialDate::Month(year, month) => write!(f, "{year:04}-{month:02}"),
            PartialDate::Year(year) => write!(f, "{year:04}"),
            PartialDate::DayOfYear(month, day) => write!(f, "--{month:02}-{day:02}"),
            PartialDate::MonthOfYear(month) => write!(f, "--{month:02}"),
        }
    }
}

fn digits(text: &str, length: usize) -> Option<u32> {
    let plain = text.len() == length && text.bytes().all(|byte| byte.is_ascii_digit());
    if plain { text.parse().ok() } else { None }
}

fn small(number: u32) -> u8 {
    u8::try_from(number).unwrap_or(1)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn parse_of_every_form_prints_back_the_same() {
        for text in ["2014-03-15", "2014-03", "2014", "--02-14", "--02-29", "--12"] {
            assert_eq!(PartialDate::parse(text).unwrap().to_string(), text);
        }
    }

    #[test]
    fn parse_of_anything_else_is_an_error() {
        for text in ["", "15/03/2014", "14", "2014-3-1", "2014-03-15T00:00", "--", "---1", "+014"] {
            assert_eq!(PartialDate::parse(text), Err(DateError::Form(text.to_owned())), "{text}");
        }
        for text in ["2014-02-29", "2014-13", "--02-30", "2014-00-10"] {
            assert_eq!(PartialDate::parse(text), Err(DateError::NoSuchDay(text.to_owned())));
        }
    }

    #[test]
    fn last_day_of_a_month_is_the_calendars() {
        let last = |text: &str| PartialDate::parse(text).unwrap().last_day().map(|d| d.to_string());
        assert_eq!(last("2016-02").as_deref(), Some("2016-02-29"));
        assert_eq!(last("2016-12").as_deref(), Some("2016-12-31"));
        assert_eq!(last("--02-14"), None);
    }
}
