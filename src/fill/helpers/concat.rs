//! `(concat "status." status)`: texts and numbers put together.

use serde_json::Value as Json;

use crate::fill::call::Call;
use crate::fill::fault::Fault;

pub(super) fn run(call: &Call) -> Result<Json, Fault> {
    let mut joined = String::new();
    for given in &call.args {
        joined.push_str(&call.text(given)?);
    }
    Ok(Json::from(joined))
}
