//! Dates and ranges of dates in the words and the order of a language.

use std::fmt;

use icu_calendar::{Date, Gregorian};
use icu_datetime::FixedCalendarDateTimeFormatter as Formatter;
use icu_datetime::fieldsets::{E, M, MD, Y, YM, YMD, YMDE};
use icu_datetime::options::YearStyle;
use icu_datetime::parts;
use writeable::{Part, PartsWrite, Writeable};

use super::partial_date::PartialDate;

/// How a date is to be written.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum DateStyle {
    /// `15 March 2014`
    Full,
    /// `15 Mar 2014`
    Short,
    /// `15/03/2014`
    Numeric,
    /// `Saturday, 15 March 2014`
    Weekday,
    /// `15 March`
    Day,
    /// `March 2014`
    Month,
    /// `2014`
    Year,
    /// `2014-03-15`
    Iso,
}

impl DateStyle {
    /// The names that templates use.
    pub const NAMES: [(&'static str, DateStyle); 8] = [
        ("full", DateStyle::Full),
        ("short", DateStyle::Short),
        ("numeric", DateStyle::Numeric),
        ("weekday", DateStyle::Weekday),
        ("day", DateStyle::Day),
        ("month", DateStyle::Month),
        ("year", DateStyle::Year),
        ("iso", DateStyle::Iso),
    ];
}

/// The language's formatters, each loaded once.
pub(super) struct DateFormats {
    full: Formatter<Gregorian, YMD>,
    short: Formatter<Gregorian, YMD>,
    numeric: Formatter<Gregorian, YMD>,
    with_weekday: Formatter<Gregorian, YMDE>,
    month_of_year: Formatter<Gregorian, YM>,
    day_of_month: Formatter<Gregorian, MD>,
    short_month_of_year: Formatter<Gregorian, YM>,
    short_day_of_month: Formatter<Gregorian, MD>,
    month: Formatter<Gregorian, M>,
    year: Formatter<Gregorian, Y>,
    weekday: Formatter<Gregorian, E>,
}

impl DateFormats {
    pub(super) fn new(tag: &icu_locale::Locale) -> Option<DateFormats> {
        let year = YearStyle::Full;
        Some(DateFormats {
            full: Formatter::try_new(tag.into(), YMD::long().with_year_style(year)).ok()?,
            short: Formatter::try_new(tag.into(), YMD::medium().with_year_style(year)).ok()?,
            numeric: Formatter::try_new(tag.into(), YMD::short().with_year_style(year)).ok()?,
            with_weekday: Formatter::try_new(tag.into(), YMDE::long().with_year_style(year))
                .ok()?,
            month_of_year: Formatter::try_new(tag.into(), YM::long().with_year_style(year)).ok()?,
            day_of_month: Formatter::try_new(tag.into(), MD::long()).ok()?,
            short_month_of_year: Formatter::try_new(tag.into(), YM::medium().with_year_style(year))
                .ok()?,
            short_day_of_month: Formatter::try_new(tag.into(), MD::medium()).ok()?,
            month: Formatter::try_new(tag.into(), M::long()).ok()?,
            year: Formatter::try_new(tag.into(), Y::long().with_year_style(year)).ok()?,
            weekday: Formatter::try_new(tag.into(), E::long()).ok()?,
        })
    }

    /// The date in `style`, or as much of it as is known.
    pub(super) fn format(&self, date: &PartialDate, style: DateStyle) -> String {
        match style {
            DateStyle::Iso => date.to_string(),
            _ => self.pieces(date, style).text(),
        }
    }

    pub(super) fn weekday(&self, date: &PartialDate) -> Option<String> {
        match date {
            PartialDate::Date(_) => Some(self.weekday.format(&gregorian(date)?).to_string()),
            _ => None,
        }
    }

    /// Both dates, with what they share said once. The part that differs is found in the language's
    /// own order, so "15–30 July 2014" is "July 15–30, 2014" in American English.
    pub(super) fn range(&self, start: &PartialDate, end: &PartialDate) -> String {
        if start == end {
            return self.format(start, DateStyle::Full);
        }
        let first = self.pieces(start, DateStyle::Full);
        let last = self.pieces(end, DateStyle::Full);
        let fields: &[Field] = match (start, end) {
            (PartialDate::Date(_), PartialDate::Date(_))
            | (PartialDate::YearMonth(..), PartialDate::YearMonth(..)) => {
                let (start, end) = (start.stand_in(), end.stand_in());
                if start.0 != end.0 {
                    &[]
                } else if start.1 != end.1 {
                    &[Field::Day, Field::Month]
                } else {
                    &[Field::Day]
                }
            }
            (PartialDate::MonthDay(month, _), PartialDate::MonthDay(other, _))
                if month == other =>
            {
                &[Field::Day]
            }
            (PartialDate::Year(_), PartialDate::Year(_))
            | (PartialDate::Month(_), PartialDate::Month(_)) => {
                return format!("{}–{}", first.text(), last.text());
            }
            _ => &[],
        };
        first.up_to(&last, fields).unwrap_or_else(|| format!("{} – {}", first.text(), last.text()))
    }

    fn pieces(&self, date: &PartialDate, style: DateStyle) -> Pieces {
        let mut pieces = Pieces::default();
        let Some(day) = gregorian(date) else { return pieces };
        let short = style == DateStyle::Short;
        // Writing into memory does not fail.
        let _ = match (date, style) {
            (PartialDate::Year(_), _)
            | (PartialDate::Date(_) | PartialDate::YearMonth(..), DateStyle::Year) => {
                self.year.format(&day).write_to_parts(&mut pieces)
            }
            (PartialDate::Month(_), _) => self.month.format(&day).write_to_parts(&mut pieces),
            (PartialDate::YearMonth(..), _) if short => {
                self.short_month_of_year.format(&day).write_to_parts(&mut pieces)
            }
            (PartialDate::YearMonth(..), _) | (PartialDate::Date(_), DateStyle::Month) => {
                self.month_of_year.format(&day).write_to_parts(&mut pieces)
            }
            (PartialDate::MonthDay(..), _) if short => {
                self.short_day_of_month.format(&day).write_to_parts(&mut pieces)
            }
            (PartialDate::MonthDay(..), _) | (PartialDate::Date(_), DateStyle::Day) => {
                self.day_of_month.format(&day).write_to_parts(&mut pieces)
            }
            (PartialDate::Date(_), DateStyle::Short) => {
                self.short.format(&day).write_to_parts(&mut pieces)
            }
            (PartialDate::Date(_), DateStyle::Numeric) => {
                self.numeric.format(&day).write_to_parts(&mut pieces)
            }
            (PartialDate::Date(_), DateStyle::Weekday) => {
                self.with_weekday.format(&day).write_to_parts(&mut pieces)
            }
            (PartialDate::Date(_), DateStyle::Full | DateStyle::Iso) => {
                self.full.format(&day).write_to_parts(&mut pieces)
            }
        };
        pieces
    }
}

fn gregorian(date: &PartialDate) -> Option<Date<Gregorian>> {
    let (year, month, day) = date.stand_in();
    Date::try_new_gregorian(year, month.try_into().ok()?, day.try_into().ok()?).ok()
}

#[derive(Debug, Clone, Copy, PartialEq, Eq)]
enum Field {
    Day,
    Month,
    Other,
    Literal,
}

/// A formatted date cut into its fields and what stands between them.
#[derive(Debug, Default)]
struct Pieces {
    list: Vec<(Field, String)>,
    field: Option<Field>,
}

impl Pieces {
    fn text(&self) -> String {
        self.list.iter().map(|(_, text)| text.as_str()).collect()
    }

    /// This date up to `last`: the stretch that holds `fields` is written for both, the rest once.
    /// `None` when the language does not keep these fields together.
    fn up_to(&self, last: &Pieces, fields: &[Field]) -> Option<String> {
        let (start, end) = self.stretch(fields)?;
        let (other_start, other_end) = last.stretch(fields)?;
        let join = |pieces: &[(Field, String)]| -> String {
            pieces.iter().map(|(_, text)| text.as_str()).collect()
        };
        let (first_stretch, mut tail) =
            (join(&self.list[start..end]), join(&last.list[other_end..]));
        let last_stretch = join(&last.list[other_start..other_end]);
        let dash = if fields.len() > 1 && start + 1 < end { " – " } else { "–" };
        // "15. juli": the point belongs to the day.
        let mark: String = tail.chars().take_while(|c| *c == '.').collect();
        tail.drain(..mark.len());
        let head = join(&self.list[..start]);
        Some(format!("{head}{first_stretch}{mark}{dash}{last_stretch}{mark}{tail}"))
    }

    fn stretch(&self, fields: &[Field]) -> Option<(usize, usize)> {
        let wanted = |(field, _): &(Field, String)| fields.contains(field);
        let start = self.list.iter().position(wanted)?;
        let end = self.list.iter().rposition(wanted)? + 1;
        let whole =
            self.list[start..end].iter().all(|piece| wanted(piece) || piece.0 == Field::Literal);
        whole.then_some((start, end))
    }
}

impl fmt::Write for Pieces {
    fn write_str(&mut self, text: &str) -> fmt::Result {
        let field = self.field.unwrap_or(Field::Literal);
        match self.list.last_mut() {
            Some((last, written)) if *last == field => written.push_str(text),
            _ => self.list.push((field, text.to_owned())),
        }
        Ok(())
    }
}

impl PartsWrite for Pieces {
    type SubPartsWrite = Pieces;

    fn with_part(
        &mut self,
        part: Part,
        mut write: impl FnMut(&mut Pieces) -> fmt::Result,
    ) -> fmt::Result {
        let outer = self.field;
        // Parts of a number inside a field (its digits) belong to the field.
        if outer.is_none() {
            self.field = Some(match part {
                parts::DAY => Field::Day,
                parts::MONTH => Field::Month,
                _ => Field::Other,
            });
        }
        let result = write(self);
        self.field = outer;
        result
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::locale::Locale;

    fn date(text: &str) -> PartialDate {
        PartialDate::parse_iso(text).unwrap()
    }

    fn written(language: &str, text: &str, style: DateStyle) -> String {
        Locale::without_words(language).unwrap().date(&date(text), style)
    }

    fn range(language: &str, start: &str, end: &str) -> String {
        Locale::without_words(language).unwrap().date_range(&date(start), &date(end))
    }

    #[test]
    fn date_in_full_has_the_languages_words_and_order() {
        assert_eq!(written("en", "2014-03-15", DateStyle::Full), "15 March 2014");
        assert_eq!(written("nb", "2014-03-15", DateStyle::Full), "15. mars 2014");
        assert_eq!(written("uk", "2014-03-15", DateStyle::Full), "15 березня 2014\u{202f}р.");
        assert_eq!(written("en-US", "2014-03-15", DateStyle::Full), "March 15, 2014");
    }

    #[test]
    fn date_in_other_styles_is_shortened() {
        let styles = |language: &str| {
            DateStyle::NAMES.map(|(_, style)| written(language, "2014-03-15", style))
        };
        assert_eq!(
            styles("en"),
            [
                "15 March 2014",
                "15 Mar 2014",
                "15/03/2014",
                "Saturday, 15 March 2014",
                "15 March",
                "March 2014",
                "2014",
                "2014-03-15"
            ]
        );
        assert_eq!(
            styles("nb"),
            [
                "15. mars 2014",
                "15. mars 2014",
                "15.03.2014",
                "lørdag 15. mars 2014",
                "15. mars",
                "mars 2014",
                "2014",
                "2014-03-15"
            ]
        );
    }

    #[test]
    fn date_known_in_part_stays_partial() {
        assert_eq!(written("en", "2014-03", DateStyle::Full), "March 2014");
        assert_eq!(written("en", "2014", DateStyle::Weekday), "2014");
        assert_eq!(written("en", "--02-14", DateStyle::Full), "14 February");
        assert_eq!(written("nb", "--02-14", DateStyle::Full), "14. februar");
        assert_eq!(written("en", "--02", DateStyle::Full), "February");
    }

    #[test]
    fn range_says_shared_parts_once() {
        assert_eq!(range("en", "2014-07-15", "2014-07-30"), "15–30 July 2014");
        assert_eq!(range("en", "2014-03-15", "2014-07-30"), "15 March – 30 July 2014");
        assert_eq!(range("en", "2016-12-12", "2017-06-01"), "12 December 2016 – 1 June 2017");
        assert_eq!(range("nb", "2014-07-15", "2014-07-30"), "15.–30. juli 2014");
        assert_eq!(range("nb", "2014-03-15", "2014-07-30"), "15. mars – 30. juli 2014");
        assert_eq!(range("en-US", "2014-07-15", "2014-07-30"), "July 15–30, 2014");
        assert_eq!(range("en", "2014-07-15", "2014-07-15"), "15 July 2014");
    }

    #[test]
    fn range_of_partial_dates_stays_partial() {
        assert_eq!(range("en", "2014-03", "2014-07"), "March–July 2014");
        assert_eq!(range("en", "2014-03", "2015-07"), "March 2014 – July 2015");
        assert_eq!(range("en", "2010", "2015"), "2010–2015");
        assert_eq!(range("en", "--02-14", "--02-16"), "14–16 February");
        assert_eq!(range("en", "2014", "2015-07-01"), "2014 – 1 July 2015");
    }

    #[test]
    fn weekday_of_a_day_is_named() {
        let locale = Locale::without_words("nb").unwrap();
        assert_eq!(locale.weekday(&date("2015-03-04")).as_deref(), Some("onsdag"));
        assert_eq!(locale.weekday(&date("2015-03")), None);
    }
}
