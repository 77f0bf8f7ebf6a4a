//! `{{list agencies key="name" type="or"}}`: "A, B and C".

use serde_json::Value as Json;

use crate::fill::call::Call;
use crate::fill::fault::Fault;

pub(super) fn run(call: &Call) -> Result<Json, Fault> {
    let given = call.arg(0)?;
    let texts = texts(call)?;
    if texts.is_empty() {
        return Err(call
            .fault_of(given, "fill/empty-list", "the list has no items")
            .help("ask first with `{{#if …}}`, and say in `{{else}}` that there are none"));
    }
    let items = texts.iter().map(String::as_str);
    match call.text_option("type", "and")?.as_ref() {
        "and" => Ok(Json::from(call.locale().list_and(items))),
        "or" => Ok(Json::from(call.locale().list_or(items))),
        other => Err(call
            .fault("fill/arguments", format!("a list has no type `{other}`"))
            .help("the types are `and` and `or`")),
    }
}

/// The texts of the first argument's items, or of one key of theirs.
pub(super) fn texts(call: &Call) -> Result<Vec<String>, Fault> {
    let given = call.arg(0)?;
    let key = call.option("key").map(|key| call.plain(key)).transpose()?;
    call.items(given)?
        .iter()
        .map(|item| match &key {
            Some(key) => Ok(call.text(&call.key(item, key)?)?.into_owned()),
            None => Ok(call.text(item)?.into_owned()),
        })
        .collect()
}
