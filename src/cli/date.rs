//! The one clock: the run's date is read here and travels as data from here on.

use chrono::{DateTime, NaiveDate, NaiveTime, Utc};

use crate::diag::Diagnostic;

use super::args::DateChoice;

/// Midnight UTC of `--as-of`, else of `SOURCE_DATE_EPOCH`, else of today.
pub fn of_run(choice: &DateChoice) -> Result<DateTime<Utc>, Diagnostic> {
    let epoch = std::env::var("SOURCE_DATE_EPOCH").ok();
    let day = match (&choice.as_of, epoch) {
        (Some(text), _) => NaiveDate::parse_from_str(text, "%Y-%m-%d").map_err(|_| {
            Diagnostic::error("cli/date", format!("`{text}` is no date for --as-of"))
                .help("Write year, month and day with hyphens, such as 2026-03-01.")
        })?,
        (None, Some(text)) => text
            .trim()
            .parse()
            .ok()
            .and_then(|seconds| DateTime::from_timestamp(seconds, 0))
            .map(|moment| moment.date_naive())
            .ok_or_else(|| {
                Diagnostic::error("cli/date", format!("`{text}` in SOURCE_DATE_EPOCH is no date"))
                    .help("It must be a number of seconds since 1970-01-01; or use --as-of.")
            })?,
        (None, None) => Utc::now().date_naive(),
    };
    Ok(day.and_time(NaiveTime::MIN).and_utc())
}
