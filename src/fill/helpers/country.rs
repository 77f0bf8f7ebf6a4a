//! `{{country "NO"}}`: a country's name in the document's language; of a list, all names.

use serde_json::Value as Json;

use crate::fill::call::{Call, Given};
use crate::fill::fault::Fault;
use crate::locale::country_code;

pub(super) fn run(call: &Call) -> Result<Json, Fault> {
    let given = call.arg(0)?;
    if given.value.is_array() {
        let names: Result<Vec<Json>, Fault> =
            call.items(given)?.iter().map(|item| Ok(Json::from(name(call, item)?))).collect();
        return Ok(Json::from(names?));
    }
    Ok(Json::from(name(call, given)?))
}

/// The name behind a code, a name in another language, or a map with `code` or `name`.
pub(super) fn name(call: &Call, given: &Given) -> Result<String, Fault> {
    if let Json::Object(map) = given.value {
        let key = ["code", "country", "name"].into_iter().find(|key| map.contains_key(*key));
        if let Some(inner) = key.and_then(|key| map.get(key).map(|inner| given.below(key, inner))) {
            let text = call.text(&inner)?;
            return Ok(known(call, &text).map_or_else(|| text.into_owned(), str::to_owned));
        }
    }
    let text = call.text(given)?;
    known(call, &text).map(str::to_owned).ok_or_else(|| {
        call.fault_of(given, "fill/unknown-country", format!("`{text}` is no country"))
            .help("give a two-letter code of ISO 3166 such as `NO`, or a name")
    })
}

fn known(call: &Call, text: &str) -> Option<&'static str> {
    call.locale().country(country_code(text)?)
}
