//! `{{weekday start}}`: the name of the day of the week.

use serde_json::Value as Json;

use crate::fill::call::Call;
use crate::fill::fault::Fault;

pub(super) fn run(call: &Call) -> Result<Json, Fault> {
    let given = call.arg(0)?;
    let name = call.locale().weekday(&call.date(given)?);
    Ok(Json::from(name.ok_or_else(|| call.wrong(given, "a date known to the day"))?))
}
