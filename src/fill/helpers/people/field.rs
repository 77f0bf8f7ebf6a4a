//! `{{field person "country"}}`: what a list prints in a column.

use serde_json::Value as Json;

use super::full_name::{full_name, title};
use super::{country_of, given, roles, text, unknown};
use crate::fill::call::{Call, Given, truthy};
use crate::fill::fault::Fault;
use crate::fill::helpers::word::word;
use crate::locale::{DateStyle, language_name};

/// The fields that a list can have as columns; those of `custom` come to them.
pub(super) const FIELDS: &[&str] = &[
    "access",
    "agency",
    "agency-short-name",
    "consent",
    "country",
    "delegation",
    "diet",
    "email",
    "experience",
    "function",
    "gender",
    "given-name",
    "head",
    "honorific",
    "id",
    "language",
    "name",
    "note",
    "rank",
    "roles",
    "since",
    "standing",
    "surname",
    "telephone",
    "title",
];

pub(in crate::fill::helpers) fn run(call: &Call) -> Result<Json, Fault> {
    let (person, asked) = (call.arg(0)?, call.arg(1)?);
    let field = call.plain(asked)?;
    if !is_known(&field) {
        return Err(unknown(call, asked, "field of people", &field, FIELDS));
    }
    Ok(Json::from(printed(call, person, &field)?.unwrap_or_default()))
}

pub(super) fn is_known(field: &str) -> bool {
    FIELDS.contains(&field) || field.starts_with("custom.")
}

/// The field as lists print it; none where the record has nothing.
pub(super) fn printed(call: &Call, person: &Given, field: &str) -> Result<Option<String>, Fault> {
    match field {
        "surname" => Ok(text(call, person, field)?.map(|name| call.locale().upper(&name))),
        "name" => full_name(call, person, "given-first", true).map(Some),
        "country" => country_of(call, person),
        "since" => match given(call, person, field)? {
            Some(since) => Ok(Some(call.locale().date(&call.date(&since)?, DateStyle::Full))),
            None => Ok(None),
        },
        "language" => language(call, person),
        "experience" | "gender" | "consent" => match text(call, person, field)? {
            Some(value) => word(call, &format!("{field}.{value}"), &[]).map(Some),
            None => Ok(None),
        },
        "roles" => joined(call, roles(call, person)?),
        "head" => match truthy(call.key(person, field)?.value) {
            true => word(call, "role.head", &[]).map(Some),
            false => Ok(None),
        },
        "title" => title(call, person),
        "standing" => standing(call, person),
        _ if field.starts_with("custom.") => custom(call, person, field),
        _ => match given(call, person, field)? {
            Some(found) => call.text(&found).map(|text| Some(text.into_owned())),
            None => Ok(None),
        },
    }
}

/// What sets somebody apart from the other participants: "Head of delegation · Speaker".
fn standing(call: &Call, person: &Given) -> Result<Option<String>, Fault> {
    let head = truthy(call.key(person, "head")?.value).then(|| "head".to_owned());
    let roles = roles(call, person)?.into_iter().filter(|role| role != "participant");
    joined(call, head.into_iter().chain(roles).collect())
}

fn joined(call: &Call, roles: Vec<String>) -> Result<Option<String>, Fault> {
    let words: Result<Vec<String>, Fault> =
        roles.iter().map(|role| word(call, &format!("role.{role}"), &[])).collect();
    Ok(Some(words?.join(" · ")).filter(|text| !text.is_empty()))
}

fn language(call: &Call, person: &Given) -> Result<Option<String>, Fault> {
    let Some(tag) = text(call, person, "language")? else { return Ok(None) };
    // A language that has no name here is still told, by its tag.
    Ok(Some(language_name(&tag, call.locale().language()).map_or(tag, str::to_owned)))
}

/// A free field; a list may know it of some people only.
fn custom(call: &Call, person: &Given, field: &str) -> Result<Option<String>, Fault> {
    let free = call.key(person, "custom")?;
    let name = field.strip_prefix("custom.").unwrap_or(field);
    if !free.value.as_object().is_some_and(|free| free.contains_key(name)) {
        return Ok(None);
    }
    let found = call.key(&free, name)?;
    match found.value {
        Json::Null => Ok(None),
        Json::Bool(yes) => word(call, if *yes { "answer.yes" } else { "answer.no" }, &[]).map(Some),
        _ => call.text(&found).map(|text| Some(text.into_owned())),
    }
}
