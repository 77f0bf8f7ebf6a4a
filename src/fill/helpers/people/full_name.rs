//! `{{full-name person}}`: "Dr Anna van der MEER" with all that belongs to it.

use serde_json::Value as Json;

use super::{given, text, unknown};
use crate::fill::call::{Call, Given, truthy};
use crate::fill::fault::Fault;

const STYLES: &[&str] = &["given-first", "surname-first", "plain"];

pub(in crate::fill::helpers) fn run(call: &Call) -> Result<Json, Fault> {
    let person = call.arg(0)?;
    if !person.value.is_object() {
        return Err(call.wrong(person, "a person"));
    }
    let style = call.text_option("style", "given-first")?;
    if let Some(asked) = call.option("style")
        && !STYLES.contains(&style.as_ref())
    {
        return Err(unknown(call, asked, "style of names", &style, STYLES));
    }
    let with_address = call.option("address").is_none_or(|address| truthy(address.value));
    Ok(Json::from(full_name(call, person, &style, with_address)?))
}

/// Ms or Mr; nothing in a language that the record leaves out, since not every language uses them.
pub(super) fn title(call: &Call, person: &Given) -> Result<Option<String>, Fault> {
    match given(call, person, "title")? {
        Some(title) if title.value.is_object() && !call.has_text(&title) => Ok(None),
        _ => text(call, person, "title"),
    }
}

/// The name with the form of address that comes first: what is borne by right, else Ms or Mr.
pub(super) fn full_name(
    call: &Call,
    person: &Given,
    style: &str,
    with_address: bool,
) -> Result<String, Fault> {
    let surname = text(call, person, "surname")?.unwrap_or_default();
    let given_name = text(call, person, "given-name")?;
    let address = match with_address {
        true => match text(call, person, "honorific")? {
            Some(honorific) => Some(honorific),
            None => title(call, person)?,
        },
        false => None,
    };
    let before: Vec<String> = address.into_iter().chain(given_name).collect();
    let before = before.join(" ");
    let shown = if style == "plain" { surname } else { call.locale().upper(&surname) };
    Ok(match style {
        _ if before.is_empty() => shown,
        "surname-first" => format!("{shown}, {before}"),
        _ => format!("{before} {shown}"),
    })
}
