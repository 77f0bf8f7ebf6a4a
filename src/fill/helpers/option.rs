//! `(option "order" default="surname" among="surname,country")`: a setting of the paper, and
//! `{{allow-options "order,group"}}`: which there are. `(option "roles" default="" list=true)` is a
//! setting with several values.

use serde_json::Value as Json;

use crate::fill::call::{Call, Given, resolve};
use crate::fill::fault::{Fault, Names};
use crate::near;

/// Larger numbers are no setting of a paper.
const MOST: u64 = 1000;

/// The setting, or its default; both are of the default's kind: a text, a whole number, yes or no,
/// or a list of texts.
pub(super) fn run(call: &Call) -> Result<Json, Fault> {
    let name = call.plain(call.arg(0)?)?;
    let Some(default) = call.option("default") else {
        let fault = call.fault("fill/arguments", "`option` needs a default");
        return Err(fault.help("write `default=…`: what holds where the paper says nothing"));
    };
    if call.flag("list") {
        return list(call, &name, default);
    }
    let Some(found) = given(call, &name) else { return Ok(default.value.clone()) };
    let wanted = match default.value {
        Json::Bool(_) if !found.value.is_boolean() => "`true` or `false`",
        Json::Number(_) if found.value.as_u64().is_none_or(|number| number > MOST) => {
            "a whole number from 0 to 1000"
        }
        Json::String(_) if !found.value.is_string() => "a text",
        _ => "",
    };
    if !wanted.is_empty() {
        let message = format!("the option `{name}` needs {wanted}, not {}", found.describe());
        return Err(call.fault_of(&found, "fill/option", message));
    }
    if let Json::String(value) = found.value {
        among(call, &name, value, &found)?;
    }
    Ok(found.value.clone())
}

/// A setting of several texts; the default has commas between them, and may be empty.
fn list(call: &Call, name: &str, default: &Given) -> Result<Json, Fault> {
    let Some(found) = given(call, name) else {
        let texts = call.plain(default)?;
        let texts = texts.split(',').map(str::trim).filter(|text| !text.is_empty());
        return Ok(texts.map(Json::from).collect());
    };
    let wrong = |given: &Given| {
        let message =
            format!("the option `{name}` needs a list of texts, not {}", given.describe());
        call.fault_of(given, "fill/option", message)
    };
    if !found.value.is_array() {
        let example = found.value.as_str().map(|text| format!("write `[{text}]`"));
        return Err(example.into_iter().fold(wrong(&found), Fault::help));
    }
    for item in call.items(&found)? {
        let text = item.value.as_str().ok_or_else(|| wrong(&item))?;
        among(call, name, text, &item)?;
    }
    Ok(found.value.clone())
}

/// Refuses a value that is none of those that the template names.
fn among(call: &Call, name: &str, value: &str, given: &Given) -> Result<(), Fault> {
    let Some(among) = call.option("among") else { return Ok(()) };
    let among = call.plain(among)?;
    let known: Vec<&str> = among.split(',').map(str::trim).collect();
    if known.contains(&value) {
        return Ok(());
    }
    let message = format!("the option `{name}` cannot be `{value}`");
    let help = near::help(value, known.iter().copied())
        .unwrap_or_else(|| format!("what there is: {}", Names(&known)));
    Err(call.fault_of(given, "fill/option", message).help(help))
}

/// Nothing, where all settings of the paper are among those that are named.
pub(super) fn allow(call: &Call) -> Result<Json, Fault> {
    let names = call.plain(call.arg(0)?)?;
    let known: Vec<&str> = names.split(',').map(str::trim).collect();
    let Some(Json::Object(options)) = call.root.get("options") else { return Ok(Json::from("")) };
    match options.iter().find(|(name, _)| !known.contains(&name.as_str())) {
        None => Ok(Json::from("")),
        Some((name, value)) => {
            let path = vec!["options".to_owned(), name.clone()];
            let given = Given { value, written: None, path: Some(path) };
            let message = format!("this paper has no option `{name}`");
            let help = near::help(name, known.iter().copied())
                .unwrap_or_else(|| format!("its options are {}", Names(&known)));
            Err(call.fault_of(&given, "fill/option", message).help(help))
        }
    }
}

/// A setting that the paper has.
pub(super) fn given<'a>(call: &Call<'a>, name: &str) -> Option<Given<'a>> {
    let value = call.root.get("options")?.get(name)?;
    let path = vec!["options".to_owned(), name.to_owned()];
    let (value, reference) = resolve(value, call.root);
    Some(Given { value, written: None, path: reference.or(Some(path)) })
        .filter(|given| !given.value.is_null())
}
