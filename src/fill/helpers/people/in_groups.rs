//! `(in-groups people by="country")`: people in the groups that lists are divided into.

use std::cmp::Ordering;

use serde_json::{Map, Value as Json};

use super::{country_of, roles, text, unknown};
use crate::fill::call::{Call, Given};
use crate::fill::fault::Fault;
use crate::fill::helpers::word::word;

const KINDS: &[&str] = &["none", "agency", "country", "delegation", "role"];

/// The order in which papers tell the roles.
const ROLES: &[&str] = &["participant", "speaker", "moderator", "observer", "interpreter"];

/// People who belong together, in the order that they had.
struct Group {
    /// What they have in common; none for those of whom it is not known, who come last.
    name: Option<String>,
    people: Vec<Json>,
}

pub(in crate::fill::helpers) fn run(call: &Call) -> Result<Json, Fault> {
    let Some(asked) = call.option("by") else {
        let fault = call.fault("fill/arguments", "`in-groups` needs a kind of group");
        return Err(fault.help("write `by=\"agency\"`"));
    };
    let by = call.plain(asked)?;
    if !KINDS.contains(&by.as_ref()) {
        return Err(unknown(call, asked, "kind of group", &by, KINDS));
    }
    let mut groups: Vec<Group> = Vec::new();
    let people = call.items(call.arg(0)?)?;
    if let Some(nobody) = call.nobody().filter(|_| people.is_empty() && by != "none") {
        let field = if by == "role" { "roles" } else { &by };
        call.key(&nobody, field)?;
    }
    for person in people {
        let name = name(call, &person, &by)?;
        match groups.iter_mut().find(|group| group.name == name) {
            Some(group) => group.people.push(person.pass_on()),
            None => groups.push(Group { name, people: vec![person.pass_on()] }),
        }
    }
    let order = call.locale().order();
    groups.sort_by(|a, b| match (&a.name, &b.name) {
        (Some(a), Some(b)) if by == "role" => place(a).cmp(&place(b)),
        (Some(a), Some(b)) => order.compare(a, b),
        (a, b) => a.is_none().cmp(&b.is_none()).then(Ordering::Equal),
    });
    groups.into_iter().map(|group| group.json(call, &by)).collect::<Result<_, _>>().map(Json::Array)
}

/// What the person's group has in common.
fn name(call: &Call, person: &Given, by: &str) -> Result<Option<String>, Fault> {
    match by {
        "agency" => text(call, person, "agency"),
        "country" => country_of(call, person),
        // Who belongs to no delegation is counted with the country.
        "delegation" => match text(call, person, "delegation")? {
            Some(name) => Ok(Some(name)),
            None => country_of(call, person),
        },
        // Of several roles the first that papers tell.
        "role" => Ok(roles(call, person)?.into_iter().min_by_key(|role| place(role))),
        _ => Ok(None),
    }
}

fn place(role: &str) -> usize {
    ROLES.iter().position(|known| *known == role).unwrap_or(ROLES.len())
}

impl Group {
    fn json(self, call: &Call, by: &str) -> Result<Json, Fault> {
        let title = match (&self.name, by) {
            (_, "none") => Json::Null,
            (Some(role), "role") => Json::from(word(call, &format!("roles.{role}"), &[])?),
            (Some(name), _) => Json::from(name.as_str()),
            (None, _) => Json::from(word(call, &format!("group.none.{by}"), &[])?),
        };
        Ok(Json::Object(Map::from_iter([
            ("key".to_owned(), self.name.map_or(Json::Null, Json::from)),
            ("title".to_owned(), title),
            ("count".to_owned(), Json::from(self.people.len())),
            ("items".to_owned(), Json::Array(self.people)),
        ])))
    }
}
