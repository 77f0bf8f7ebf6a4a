//! `{{word "footer.version" version=…}}`: an interface word.

use serde_json::Value as Json;

use crate::fill::call::Call;
use crate::fill::fault::Fault;
use crate::locale::{WordError, WordValue};

pub(super) fn run(call: &Call) -> Result<Json, Fault> {
    let key = call.plain(call.arg(0)?)?;
    let mut values: Vec<(&str, WordValue)> = Vec::new();
    for (name, given) in &call.options {
        let value = match given.value.as_u64() {
            Some(number) => WordValue::Number(number),
            None => WordValue::Text(call.text(given)?.into_owned()),
        };
        values.push((name, value));
    }
    Ok(Json::from(word(call, &key, &values)?))
}

/// The word, with every fault told as one of the call.
pub(super) fn word(call: &Call, key: &str, values: &[(&str, WordValue)]) -> Result<String, Fault> {
    call.locale().word(key, values).map_err(|error| {
        let help = match &error {
            WordError::Missing { near, file, .. } if near.is_empty() => {
                format!("add the word to {file}")
            }
            WordError::Missing { near, .. } => format!("did you mean `{}`?", near.join("`, `")),
            WordError::Unfilled { place, .. } => format!("write `{place}=…` in the tag"),
            WordError::NoCount { .. } => "write `count=…` in the tag".to_owned(),
            WordError::NoForm { file, form, .. } => format!("add the form `{form}` in {file}"),
        };
        call.fault("fill/missing-word", error.to_string()).help(help)
    })
}
