//! `(has this "custom.end")`: whether a key that not every record has is there and not null.

use serde_json::Value as Json;

use crate::editions::Withheld;
use crate::fill::call::Call;
use crate::fill::fault::Fault;

pub(super) fn run(call: &Call) -> Result<Json, Fault> {
    let (given, key) = (call.arg(0)?, call.plain(call.arg(1)?)?);
    let mut at = Some(given.value);
    for part in key.split('.') {
        at = at.and_then(|value| match value {
            Json::Object(map) => map.get(part),
            Json::Array(list) => part.parse::<usize>().ok().and_then(|index| list.get(index)),
            _ => None,
        });
    }
    // Whether there is something is already more than the edition shows.
    if let Some(withheld) = at.and_then(Withheld::of) {
        return Err(call.above_edition(&withheld, given));
    }
    Ok(Json::from(at.is_some_and(|value| !value.is_null())))
}
