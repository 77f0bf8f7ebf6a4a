//! `{{date-range start end}}`: "15–30 July 2014"; either may be null.

use serde_json::Value as Json;

use super::word::word;
use crate::fill::call::{Call, Given};
use crate::fill::fault::Fault;
use crate::locale::{DateStyle, WordValue};

pub(super) fn run(call: &Call) -> Result<Json, Fault> {
    let (start, end) = (call.arg(0)?, call.arg(1)?);
    match range(call, Some(start), Some(end))? {
        Some(text) => Ok(Json::from(text)),
        None => Err(call.null(start).help("neither date is given")),
    }
}

/// The range in words; `None` when neither date is given.
pub(super) fn range(
    call: &Call,
    start: Option<&Given>,
    end: Option<&Given>,
) -> Result<Option<String>, Fault> {
    let date = |given: Option<&Given>| {
        given.filter(|given| !given.value.is_null()).map(|given| call.date(given)).transpose()
    };
    let open = |key: &str, date: &crate::locale::PartialDate| {
        let date = WordValue::Text(call.locale().date(date, DateStyle::Full));
        word(call, key, &[("date", date)])
    };
    Ok(match (date(start)?, date(end)?) {
        (Some(start), Some(end)) => Some(call.locale().date_range(&start, &end)),
        (Some(start), None) => Some(open("date.from", &start)?),
        (None, Some(end)) => Some(open("date.until", &end)?),
        (None, None) => None,
    })
}
