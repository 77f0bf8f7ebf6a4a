//! Helpers that know what a person of a list is: order, groups, names, columns, sign-in sheets.
//!
//! Every field is read through [`Call::key`], so that one above the paper's edition is a fault
//! whatever it is read for.

pub(super) mod columns;
pub(super) mod field;
pub(super) mod full_name;
pub(super) mod in_groups;
pub(super) mod in_order;
pub(super) mod on_sheet;

#[cfg(test)]
mod tests;

use super::country;
use crate::fill::call::{Call, Given};
use crate::fill::fault::{Fault, Names};
use crate::near;

/// A field of a person, if there is something in it.
fn given<'a>(call: &Call<'a>, person: &Given<'a>, field: &str) -> Result<Option<Given<'a>>, Fault> {
    let found = call.key(person, field)?;
    Ok(Some(found).filter(|found| !found.value.is_null()))
}

/// A field of a person that is a text, or a text per language.
fn text(call: &Call, person: &Given, field: &str) -> Result<Option<String>, Fault> {
    match given(call, person, field)? {
        Some(found) => Ok(Some(call.text(&found)?.into_owned()).filter(|text| !text.is_empty())),
        None => Ok(None),
    }
}

/// The name of a person's country in the document's language.
fn country_of(call: &Call, person: &Given) -> Result<Option<String>, Fault> {
    given(call, person, "country")?.map(|found| country::name(call, &found)).transpose()
}

/// The roles of a person, as data write them.
fn roles(call: &Call, person: &Given) -> Result<Vec<String>, Fault> {
    let roles = call.key(person, "roles")?;
    call.items(&roles)?.iter().map(|role| Ok(call.plain(role)?.into_owned())).collect()
}

/// The fault of a word that is none of those that an option knows.
fn unknown(call: &Call, given: &Given, what: &str, word: &str, known: &[&str]) -> Fault {
    let help = near::help(word, known.iter().copied())
        .unwrap_or_else(|| format!("what there is: {}", Names(known)));
    call.fault_of(given, "fill/arguments", format!("there is no {what} `{word}`")).help(help)
}
