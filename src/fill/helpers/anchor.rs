//! `{{anchor "contacts"}}`: an id that no other paper of a pack has.

use serde_json::Value as Json;

use super::slug::slug;
use crate::fill::call::Call;
use crate::fill::fault::Fault;

pub(super) fn run(call: &Call) -> Result<Json, Fault> {
    Ok(Json::from(anchor(call)?))
}

/// The id of a place in this paper, or in the one that the option `paper` names.
pub(super) fn anchor(call: &Call) -> Result<String, Fault> {
    let given = call.arg(0)?;
    let place = slug(&call.plain(given)?);
    if place.is_empty() {
        return Err(call.wrong(given, "a name with letters or digits"));
    }
    let paper = call.text_option("paper", &call.document.id)?;
    Ok(format!("{}-{place}", slug(&paper)))
}
