//! `{{minus 42 people}}`: how many are missing, and `{{plus columns 1}}`.

use serde_json::Value as Json;

use crate::fill::call::{Call, Given};
use crate::fill::fault::Fault;

/// The difference of two numbers; what would be less than nothing is a fault.
pub(super) fn minus(call: &Call) -> Result<Json, Fault> {
    let (from, less) = (number(call, call.arg(0)?)?, number(call, call.arg(1)?)?);
    let message = || format!("{less} cannot be taken from {from}");
    let rest = from.checked_sub(less).ok_or_else(|| call.fault("fill/arguments", message()))?;
    Ok(Json::from(rest))
}

/// The sum of two numbers.
pub(super) fn plus(call: &Call) -> Result<Json, Fault> {
    let (a, b) = (number(call, call.arg(0)?)?, number(call, call.arg(1)?)?);
    Ok(Json::from(a.saturating_add(b)))
}

/// A whole number, or how many items a list has.
fn number(call: &Call, given: &Given) -> Result<u64, Fault> {
    match given.value {
        Json::Array(list) => Ok(list.len() as u64),
        value => value.as_u64().ok_or_else(|| call.wrong(given, "a list or a whole number")),
    }
}
