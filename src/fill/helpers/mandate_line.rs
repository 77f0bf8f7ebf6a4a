//! `{{mandate-line this}}`: "Norway mandate in Moldova and Ukraine, 26 April 2016 – 31 December 2016".

use serde_json::Value as Json;

use super::country;
use super::date_range::range;
use super::word::word;
use crate::fill::call::{Call, Given, truthy};
use crate::fill::fault::Fault;
use crate::locale::WordValue;

pub(super) fn run(call: &Call) -> Result<Json, Fault> {
    let donors = names(call, "donors")?;
    let countries = names(call, "countries")?;
    let key = match (donors.is_empty(), countries.is_empty()) {
        (false, false) => "mandate.line.with-country",
        (false, true) => "mandate.line.without-country",
        (true, false) => "mandate.line.no-donor-with-country",
        (true, true) => "mandate.line.no-donor-without-country",
    };
    let list = |names: &[String]| {
        WordValue::Text(call.locale().list_and(names.iter().map(String::as_str)))
    };
    let values = [("donors", list(&donors)), ("countries", list(&countries))];
    let line = word(call, key, &values)?;
    if call.option("dates").is_some_and(|dates| !truthy(dates.value)) {
        return Ok(Json::from(line));
    }
    match range(call, part(call, "start")?.as_ref(), part(call, "end")?.as_ref())? {
        None => Ok(Json::from(line)),
        Some(dates) => {
            let values = [("line", WordValue::Text(line)), ("dates", WordValue::Text(dates))];
            Ok(Json::from(word(call, "mandate.line.dated", &values)?))
        }
    }
}

/// A part of the mandate: the option of that name, else the key of the mandate.
fn part<'a>(call: &Call<'a>, name: &str) -> Result<Option<Given<'a>>, Fault> {
    if let Some(given) = call.option(name) {
        return Ok(Some(given.clone()));
    }
    match call.args.first() {
        Some(mandate) if mandate.value.is_object() => call.key(mandate, name).map(Some),
        Some(other) => Err(call.wrong(other, "a mandate")),
        None => Ok(None),
    }
}

fn names(call: &Call, part_name: &str) -> Result<Vec<String>, Fault> {
    match part(call, part_name)? {
        None => Ok(Vec::new()),
        Some(given) => match given.value {
            Json::Null => Ok(Vec::new()),
            Json::Array(_) => {
                call.items(&given)?.iter().map(|item| country::name(call, item)).collect()
            }
            _ => Ok(vec![country::name(call, &given)?]),
        },
    }
}
