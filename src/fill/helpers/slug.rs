//! `{{slug name}}`: a text as a class name or an id.

use serde_json::Value as Json;

use crate::fill::call::Call;
use crate::fill::fault::Fault;

pub(super) fn run(call: &Call) -> Result<Json, Fault> {
    let given = call.arg(0)?;
    let made = slug(&call.text(given)?);
    if made.is_empty() {
        return Err(call.wrong(given, "a text with letters or digits"));
    }
    Ok(Json::from(made))
}

/// Letters and digits in lower case, everything else as single hyphens. Unlike the ids of records
/// it keeps the letters of every script, which class names may have.
pub(in crate::fill) fn slug(text: &str) -> String {
    let mut made = String::with_capacity(text.len());
    for c in text.chars().flat_map(char::to_lowercase) {
        if c.is_alphanumeric() {
            made.push(c);
        } else if !made.is_empty() && !made.ends_with('-') {
            made.push('-');
        }
    }
    made.truncate(made.trim_end_matches('-').len());
    made
}
