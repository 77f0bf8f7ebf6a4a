//! `{{capital (date start style="weekday")}}`: with a capital letter at the beginning, for headings.

use serde_json::Value as Json;

use crate::fill::call::Call;
use crate::fill::fault::Fault;
use crate::locale::capitalized;

pub(super) fn run(call: &Call) -> Result<Json, Fault> {
    Ok(Json::from(capitalized(&call.text(call.arg(0)?)?, call.locale().language())))
}
