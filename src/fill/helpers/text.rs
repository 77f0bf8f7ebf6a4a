//! `{{text title}}`: a text per language, in the document's.

use serde_json::Value as Json;

use crate::fill::call::Call;
use crate::fill::fault::Fault;

pub(super) fn run(call: &Call) -> Result<Json, Fault> {
    Ok(Json::from(call.text(call.arg(0)?)?))
}
