//! Dates as `load` reads them, as the model holds them.

use crate::diag::Diagnostic;
use crate::load::{self, DateOrder};
use crate::model::PartialDate;

/// A date as people write it; what [`Context::date`](super::Context::date) is for in a project with
/// this order of day and month.
///
/// # Errors
/// What is wrong with it and how to mend it, without a place.
pub fn date(text: &str, order: DateOrder) -> Result<PartialDate, Diagnostic> {
    match load::PartialDate::parse(text, order) {
        Ok(load::PartialDate::Year(year)) => Ok(PartialDate::Year(year)),
        Ok(load::PartialDate::YearMonth(year, month)) => Ok(PartialDate::YearMonth(year, month)),
        Ok(load::PartialDate::Date(date)) => Ok(PartialDate::Date(date)),
        Ok(load::PartialDate::MonthDay(month, day)) => Ok(PartialDate::MonthDay(month, day)),
        Err(fault) => Err(Diagnostic::error("data/bad-date", fault.to_string()).help(fault.help())),
    }
}
