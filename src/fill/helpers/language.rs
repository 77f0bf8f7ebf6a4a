//! `{{language "nb"}}`: a language's name in the document's language.

use serde_json::Value as Json;

use crate::fill::call::Call;
use crate::fill::fault::Fault;
use crate::locale::language_name;

pub(super) fn run(call: &Call) -> Result<Json, Fault> {
    let given = call.arg(0)?;
    if given.value.is_array() {
        let items = call.items(given)?;
        let names: Result<Vec<Json>, Fault> =
            items.iter().map(|item| Ok(Json::from(name(call, &call.plain(item)?)))).collect();
        return Ok(Json::from(names?));
    }
    Ok(Json::from(name(call, &call.plain(given)?)))
}

/// The name; a language that has none here is told by its tag.
fn name(call: &Call, tag: &str) -> String {
    language_name(tag, call.locale().language()).unwrap_or(tag).to_owned()
}
