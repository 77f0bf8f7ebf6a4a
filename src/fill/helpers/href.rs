//! `href="{{href "contacts"}}"`: a link to what `anchor` names.

use serde_json::Value as Json;

use super::anchor::anchor;
use crate::fill::call::Call;
use crate::fill::fault::Fault;

pub(super) fn run(call: &Call) -> Result<Json, Fault> {
    Ok(Json::from(format!("#{}", anchor(call)?)))
}
