//! `(has this "custom.end")`: whether a key that not every record has is there and not null.

use serde_json::Value as Json;

use crate::editions::Withheld;
use crate::fill::call::Call;
use crate::fill::fault::Fault;

pub(super) fn run(call: &Call) -> Result<Json, Fault> {
    let (given, key) = (call.arg(0)?, call.plain(call.arg(1)?)?);
    let mut at = Some(given.value);
    // Whether there is something is already more than the edition shows.
    let refuse = |at: Option<&Json>| match at.and_then(Withheld::of) {
        Some(withheld) => Err(call.above_edition(&withheld, &given.below(&key, &Json::Null))),
        None => Ok(()),
    };
    for part in key.split('.') {
        refuse(at)?;
        at = at.and_then(|value| match value {
            Json::Object(map) => map.get(part),
            Json::Array(list) => part.parse::<usize>().ok().and_then(|index| list.get(index)),
            _ => None,
        });
    }
    refuse(at)?;
    Ok(Json::from(at.is_some_and(|value| !value.is_null())))
}
