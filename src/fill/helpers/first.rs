//! `(first people)`: the first item of a list.

use serde_json::Value as Json;

use crate::fill::call::Call;
use crate::fill::fault::Fault;

pub(super) fn run(call: &Call) -> Result<Json, Fault> {
    let given = call.arg(0)?;
    match call.items(given)?.first() {
        Some(item) => Ok(item.pass_on()),
        None => Err(call.fault_of(given, "fill/empty-list", "the list has no items")),
    }
}
