//! `and`, `or`, `not`.

use serde_json::Value as Json;

use crate::fill::call::{Call, truthy};
use crate::fill::fault::Fault;

pub(super) fn and(call: &Call) -> Result<Json, Fault> {
    Ok(Json::from(call.args.iter().all(|given| truthy(given.value))))
}

pub(super) fn or(call: &Call) -> Result<Json, Fault> {
    Ok(Json::from(call.args.iter().any(|given| truthy(given.value))))
}

pub(super) fn not(call: &Call) -> Result<Json, Fault> {
    Ok(Json::from(!truthy(call.arg(0)?.value)))
}
