//! `(on-sheet people sessions speakers=true)`: who signs in on one sheet.

use std::collections::BTreeSet;

use serde_json::Value as Json;

use super::roles;
use crate::fill::call::{Call, Given};
use crate::fill::fault::Fault;

/// Those who speak in the sessions or lead them; without `speakers=true` all others who take part.
/// Who does nothing but speak or lead stands on the sheets of the own sessions only.
pub(in crate::fill::helpers) fn run(call: &Call) -> Result<Json, Fault> {
    let sessions = call.arg(1)?;
    let sessions = match sessions.value {
        Json::Object(_) => vec![sessions.clone()],
        _ => call.items(sessions)?,
    };
    let mut speaking: BTreeSet<String> = BTreeSet::new();
    for session in &sessions {
        let mut people = call.items(&call.key(session, "speakers")?)?;
        people.push(call.key(session, "moderator")?);
        for person in people.iter().filter(|person| person.value.is_object()) {
            speaking.insert(id(call, person)?);
        }
    }
    let wants_speakers = call.flag("speakers");
    let mut kept = Vec::new();
    for person in call.items(call.arg(0)?)? {
        let speaks = speaking.contains(&id(call, &person)?);
        let keeps = if wants_speakers { speaks } else { !speaks && takes_part(call, &person)? };
        if keeps {
            kept.push(person.pass_on());
        }
    }
    Ok(Json::Array(kept))
}

fn id(call: &Call, person: &Given) -> Result<String, Fault> {
    Ok(call.plain(&call.key(person, "id")?)?.into_owned())
}

/// Whether somebody does more than speak or lead.
fn takes_part(call: &Call, person: &Given) -> Result<bool, Fault> {
    let roles = roles(call, person)?;
    Ok(roles.iter().any(|role| role != "speaker" && role != "moderator"))
}
