//! Dates as far as they are known.

use chrono::{Datelike, NaiveDate};
use schemars::{JsonSchema, Schema, SchemaGenerator, json_schema};
use serde::{Serialize, Serializer};
use std::fmt;

/// A date of which parts may be unknown; what is unknown is never filled in.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
pub enum PartialDate {
    /// A year.
    Year(i32),
    /// A year and its month (1–12).
    YearMonth(i32, u32),
    /// A day.
    Date(NaiveDate),
    /// A month (1–12) and day (1–31) whose year is unknown.
    MonthDay(u32, u32),
}

impl PartialDate {
    /// The first and last day that it may mean; none for a day without a year.
    pub fn bounds(&self) -> Option<(NaiveDate, NaiveDate)> {
        match *self {
            PartialDate::Date(date) => Some((date, date)),
            PartialDate::Year(year) => {
                Some((NaiveDate::from_ymd_opt(year, 1, 1)?, NaiveDate::from_ymd_opt(year, 12, 31)?))
            }
            PartialDate::YearMonth(year, month) => {
                let first = NaiveDate::from_ymd_opt(year, month, 1)?;
                let days = u64::from(first.num_days_in_month());
                Some((first, first.checked_add_days(chrono::Days::new(days - 1))?))
            }
            PartialDate::MonthDay(..) => None,
        }
    }

    /// Whether `self` lies wholly before `other`; false where the unknown parts leave it open.
    pub fn is_before(&self, other: &PartialDate) -> bool {
        matches!((self.bounds(), other.bounds()),
            (Some((_, latest)), Some((earliest, _))) if latest < earliest)
    }
}

/// ISO 8601 as far as known: `2007`, `2007-03`, `2014-03-15`; a day without a year is `--02-14`
/// (XML Schema 1.1 part 2, 3.3.12 gMonthDay).
impl fmt::Display for PartialDate {
    fn fmt(&self, out: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            PartialDate::Year(year) => write!(out, "{year:04}"),
            PartialDate::YearMonth(year, month) => write!(out, "{year:04}-{month:02}"),
            PartialDate::Date(date) => {
                write!(out, "{:04}-{:02}-{:02}", date.year(), date.month(), date.day())
            }
            PartialDate::MonthDay(month, day) => write!(out, "--{month:02}-{day:02}"),
        }
    }
}

impl Serialize for PartialDate {
    fn serialize<S: Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
        serializer.collect_str(self)
    }
}

impl JsonSchema for PartialDate {
    fn schema_name() -> std::borrow::Cow<'static, str> {
        "Date".into()
    }

    fn json_schema(_: &mut SchemaGenerator) -> Schema {
        json_schema!({
            "description": "A date as far as it is known: 15/03/2014, 30.06.2017, 2014-03-15, March 2007, 2007, or 14 February.",
            "type": ["string", "integer"]
        })
    }
}

#[cfg(test)]
mod tests {
    use super::*;

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
    fn is_before_with_unknown_parts_is_false_where_open() {
        assert!(day(2014, 3, 15).is_before(&day(2014, 7, 30)));
        assert!(!PartialDate::Year(2014).is_before(&day(2014, 7, 30)));
        assert!(PartialDate::YearMonth(2016, 2).is_before(&day(2016, 3, 1)));
        assert!(!PartialDate::MonthDay(2, 14).is_before(&day(2014, 7, 30)));
    }

    #[test]
    fn bounds_of_leap_february_reach_its_last_day() {
        let (first, last) = PartialDate::YearMonth(2016, 2).bounds().unwrap();
        assert_eq!((first.day(), last.day()), (1, 29));
    }
}
