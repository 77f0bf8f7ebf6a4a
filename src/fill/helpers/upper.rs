//! `{{upper surname}}` and `{{lower code}}`.

use serde_json::Value as Json;

use crate::fill::call::Call;
use crate::fill::fault::Fault;

pub(super) fn upper(call: &Call) -> Result<Json, Fault> {
    Ok(Json::from(call.locale().upper(&call.text(call.arg(0)?)?)))
}

pub(super) fn lower(call: &Call) -> Result<Json, Fault> {
    Ok(Json::from(call.locale().lower(&call.text(call.arg(0)?)?)))
}
