//! `(length people)`: how many items of a list or map, or characters of a text.

use serde_json::Value as Json;

use crate::fill::call::Call;
use crate::fill::fault::Fault;

pub(super) fn run(call: &Call) -> Result<Json, Fault> {
    let given = call.arg(0)?;
    match given.value {
        Json::Array(list) => Ok(Json::from(list.len())),
        Json::Object(map) => Ok(Json::from(map.len())),
        Json::String(text) => Ok(Json::from(text.chars().count())),
        _ => Err(call.wrong(given, "a list, a map or a text")),
    }
}
