//! `(labelled rows words="statistics.gender")`: items with what they are called in the document's
//! language, for tables and charts alike.

use serde_json::Value as Json;

use super::word::word;
use crate::fill::call::{Call, Given};
use crate::fill::fault::Fault;
use crate::locale::country_code;

pub(super) fn run(call: &Call) -> Result<Json, Fault> {
    let Some(words) = call.option("words") else {
        return Err(call
            .fault("fill/arguments", "`labelled` needs the words of its keys")
            .help("write `words=\"statistics.gender\"`: the item `female` is called by the word `statistics.gender.female`"));
    };
    let words = call.plain(words)?;
    let label = |item: &Given| -> Result<Json, Fault> {
        let Json::Object(fields) = item.value else { return Err(call.wrong(item, "maps")) };
        let mut fields = fields.clone();
        fields.insert("label".to_owned(), Json::from(label(call, item, &words)?));
        Ok(Json::Object(fields))
    };
    let items = call.items(call.arg(0)?)?;
    items.iter().map(label).collect::<Result<Vec<Json>, Fault>>().map(Json::Array)
}

/// The item's own name, else that of the country whose code its key is, else its key's word.
fn label(call: &Call, item: &Given, words: &str) -> Result<String, Fault> {
    if let Ok(name) = call.key(item, "name")
        && !name.value.is_null()
    {
        return Ok(call.text(&name)?.into_owned());
    }
    let key = call.plain(&call.key(item, "key")?)?.into_owned();
    let country = match call.flag("countries") {
        true => country_code(&key).and_then(|code| call.locale().country(code)),
        false => None,
    };
    match country {
        Some(country) => Ok(country.to_owned()),
        None => word(call, &format!("{words}.{key}"), &[]),
    }
}
