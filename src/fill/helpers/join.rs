//! `{{join codes ", " key="code"}}`: items with a text between them.

use serde_json::Value as Json;

use super::list::texts;
use crate::fill::call::Call;
use crate::fill::fault::Fault;

pub(super) fn run(call: &Call) -> Result<Json, Fault> {
    let joint = call.plain(call.arg(1)?)?;
    Ok(Json::from(texts(call)?.join(&joint)))
}
