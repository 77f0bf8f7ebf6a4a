//! `(contact-card person fields="email,telephone")`: a person as a vCard 3.0 (RFC 2426), the text of
//! a QR code that telephones keep as a contact.

use serde_json::Value as Json;

use crate::fill::call::{Call, Given};
use crate::fill::dispatch::unprintable;
use crate::fill::fault::{Fault, Names};
use crate::near;

/// What may be in a card beside name, function and agency, with the card's name for it.
const FIELDS: &[(&str, &str)] = &[("email", "EMAIL"), ("telephone", "TEL"), ("country", "ADR")];

pub(super) fn run(call: &Call) -> Result<Json, Fault> {
    let person = call.arg(0)?;
    if !person.value.is_object() {
        return Err(call.wrong(person, "a person"));
    }
    let surname = call.text(&call.key(person, "surname")?)?.into_owned();
    let given_name = part(call, person, "given-name")?.unwrap_or_default();
    let prefix = part(call, person, "honorific")?.unwrap_or_default();
    // Readers of codes do not unfold lines, so that none is folded (RFC 2426 2.6 only advises it).
    let mut card = String::from("BEGIN:VCARD\r\nVERSION:3.0\r\n");
    let structured = [&*surname, &*given_name, "", &*prefix, ""].map(escaped).join(";");
    line(&mut card, "N", &structured);
    let full: Vec<&str> =
        [&*prefix, &*given_name, &*surname].into_iter().filter(|part| !part.is_empty()).collect();
    line(&mut card, "FN", &escaped(&full.join(" ")));
    for (key, name) in [("function", "TITLE"), ("agency", "ORG")] {
        if let Some(text) = part(call, person, key)? {
            line(&mut card, name, &escaped(&text));
        }
    }
    for (key, name) in fields(call)? {
        let Some(text) = part(call, person, key)? else { continue };
        match key {
            "country" => {
                let country = call.locale().country(&text).unwrap_or(&text).to_owned();
                // Post office box, extended address, street, place, region, postal code, country.
                line(&mut card, name, &format!(";;;;;;{}", escaped(&country)));
            }
            _ => line(&mut card, name, &escaped(&text)),
        }
    }
    card.push_str("END:VCARD\r\n");
    Ok(Json::from(card))
}

/// The further fields that the call asks for, in the order of the card.
fn fields(call: &Call) -> Result<Vec<(&'static str, &'static str)>, Fault> {
    let Some(given) = call.option("fields") else { return Ok(Vec::new()) };
    let asked = call.plain(given)?;
    let asked: Vec<&str> =
        asked.split(',').map(str::trim).filter(|field| !field.is_empty()).collect();
    for field in &asked {
        if !FIELDS.iter().any(|(known, _)| known == field) {
            let known: Vec<&str> = FIELDS.iter().map(|(known, _)| *known).collect();
            let message = format!("a contact card has no field `{field}`");
            let fault = call.fault_of(given, "fill/unknown-field", message);
            return Err(match near::help(field, known.iter().copied()) {
                Some(help) => fault.help(help),
                None => fault.help(format!("its fields are {}", Names(&known))),
            });
        }
    }
    Ok(FIELDS.iter().copied().filter(|(field, _)| asked.contains(field)).collect())
}

/// A text of the person; none where it is not given.
fn part(call: &Call, person: &Given, key: &str) -> Result<Option<String>, Fault> {
    if !person.value.as_object().is_some_and(|map| map.contains_key(key)) {
        return Ok(None);
    }
    let given = call.key(person, key)?;
    if given.value.is_null() {
        return Ok(None);
    }
    let text = call.text(&given)?.into_owned();
    match unprintable(call, &given, &text) {
        Some(fault) => Err(fault),
        None => Ok(Some(text).filter(|text| !text.trim().is_empty())),
    }
}

fn line(card: &mut String, name: &str, value: &str) {
    card.push_str(name);
    card.push(':');
    card.push_str(value);
    card.push_str("\r\n");
}

/// A text as the value of a card (RFC 2426 4): backslashes, commas, semicolons and line ends do not
/// stand for themselves.
fn escaped(text: &str) -> String {
    let mut escaped = String::with_capacity(text.len());
    for c in text.trim().chars() {
        match c {
            '\\' | ',' | ';' => escaped.extend(['\\', c]),
            '\n' => escaped.push_str("\\n"),
            '\r' => {}
            other => escaped.push(other),
        }
    }
    escaped
}
