//! Which records a document takes, and in which order.

use std::cmp::Ordering;

use schemars::{JsonSchema, Schema, SchemaGenerator, json_schema};
use serde_json::Value as Json;

use crate::editions::Withheld;
use crate::near::nearest;

use super::data::{Record, Set};
use super::placed::Placed;

/// A condition on one field of a record.
#[derive(Debug, Clone, PartialEq)]
pub struct Filter {
    /// The field; dots lead into maps and lists.
    pub path: Placed<String>,
    /// The values of which the field must have one; of a list, one item must.
    pub any_of: Vec<Wanted>,
    /// Whether the field must have none of them instead.
    pub negated: bool,
}

/// A value that a filter asks for.
#[derive(Debug, Clone, PartialEq)]
pub enum Wanted {
    /// Nothing: the field is missing or empty.
    Nothing,
    /// The value as written.
    Text(String),
}

/// One step of `order-by`.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct SortKey {
    /// The field; dots lead into maps and lists.
    pub path: String,
    /// Whether the largest comes first (written with a minus).
    pub descending: bool,
}

/// Why a field is not known, as far as a message can tell.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(super) struct Unknown {
    /// The nearest known field, dots included.
    pub nearest: Option<String>,
}

/// All values that a dotted path leads to; a list on the way stands for its items.
pub(super) fn values<'a>(json: &'a Json, path: &str) -> Vec<&'a Json> {
    let mut found = vec![json];
    for step in path.split('.') {
        found = found.into_iter().flat_map(items).filter_map(|value| value.get(step)).collect();
    }
    found.into_iter().flat_map(items).collect()
}

fn items(value: &Json) -> Vec<&Json> {
    match value {
        Json::Array(items) => items.iter().collect(),
        value => vec![value],
    }
}

/// What people have by their event alone. It is a field where nobody has it yet, too: where there is
/// no event, or where the event or its marks have a fault.
const BY_EVENT: &[&str] = &["event", "attendance", "certificate"];

/// Whether the path leads to what people have by their event.
pub(super) fn is_by_event(set: &Set, path: &str) -> bool {
    set.name == "participants" && BY_EVENT.contains(&path.split('.').next().unwrap_or(path))
}

/// Whether nobody of the set has what people have by their event: the first step of the path.
fn is_by_no_event(set: &Set, path: &str) -> bool {
    let first = path.split('.').next().unwrap_or(path);
    is_by_event(set, path) && set.records.iter().all(|record| record.json.get(first).is_none())
}

/// Whether any good record of the set has the field. A set without records knows every field, and
/// so does a record whose list or map on the way is empty.
pub(super) fn check_path(set: &Set, path: &str) -> Result<(), Unknown> {
    if is_by_no_event(set, path) {
        return Ok(());
    }
    let mut level: Vec<&Json> =
        set.records.iter().filter(|record| !record.broken).map(|record| &*record.json).collect();
    let mut walked = String::new();
    for step in path.split('.') {
        level = level.into_iter().flat_map(items).collect();
        let open = level.is_empty() || level.iter().any(|value| value.is_null());
        let next: Vec<&Json> = level.iter().filter_map(|value| value.get(step)).collect();
        if next.is_empty() {
            let known =
                level.iter().filter_map(|value| value.as_object()).flat_map(|map| map.keys());
            let near = nearest(step, known.map(String::as_str));
            return if open {
                Ok(())
            } else {
                Err(Unknown { nearest: near.map(|near| format!("{walked}{near}")) })
            };
        }
        walked.push_str(step);
        walked.push('.');
        level = next;
    }
    Ok(())
}

/// A record of the set whose field is not for the papers of this edition, and what the field is.
pub(super) fn withheld<'s>(set: &'s Set, path: &str) -> Option<(&'s Record, Withheld)> {
    set.records.iter().find_map(|record| {
        let mut level = vec![&*record.json];
        for step in path.split('.') {
            let next: Vec<&Json> =
                level.into_iter().flat_map(items).filter_map(|value| value.get(step)).collect();
            if let Some(withheld) = next.iter().find_map(|value| Withheld::of(value)) {
                return Some((record, withheld));
            }
            level = next;
        }
        level.into_iter().flat_map(items).find_map(Withheld::of).map(|found| (record, found))
    })
}

impl Filter {
    /// Whether a record has what is asked for.
    pub fn admits(&self, json: &Json) -> bool {
        let found: Vec<&Json> =
            values(json, &self.path.value).into_iter().filter(|value| !value.is_null()).collect();
        let hit = self.any_of.iter().any(|wanted| match wanted {
            Wanted::Nothing => found.is_empty(),
            Wanted::Text(text) => found.iter().any(|value| is_text(value, text)),
        });
        hit != self.negated
    }
}

pub(super) fn is_text(value: &Json, text: &str) -> bool {
    match value {
        Json::String(value) => value == text,
        Json::Bool(value) => text == if *value { "true" } else { "false" },
        Json::Number(number) => {
            number.to_string() == text
                || number.as_f64().is_some_and(|number| text.parse() == Ok(number))
        }
        _ => false,
    }
}

/// Orders records by the keys; those without a value come last either way, and records that are
/// equal stay in the order of the files.
pub(super) fn order(
    records: &mut [&Record],
    keys: &[Placed<SortKey>],
    compare: &dyn Fn(&str, &str) -> Ordering,
) {
    records.sort_by(|one, other| {
        let by_key = |key: &Placed<SortKey>| {
            let value = |record: &Record| first(&record.json, &key.value.path);
            match (value(one), value(other)) {
                (None, None) => Ordering::Equal,
                (None, Some(_)) => Ordering::Greater,
                (Some(_), None) => Ordering::Less,
                (Some(one), Some(other)) => {
                    let order = compare_values(&one, &other, compare);
                    if key.value.descending { order.reverse() } else { order }
                }
            }
        };
        keys.iter().map(by_key).find(|order| order.is_ne()).unwrap_or(Ordering::Equal)
    });
}

/// What a record is ordered by.
enum Sortable {
    Number(f64),
    Text(String),
}

fn first(json: &Json, path: &str) -> Option<Sortable> {
    values(json, path).into_iter().find_map(|value| match value {
        Json::Number(number) => number.as_f64().map(Sortable::Number),
        Json::String(text) if !text.is_empty() => Some(Sortable::Text(text.clone())),
        Json::Bool(value) => Some(Sortable::Number(f64::from(u8::from(*value)))),
        _ => None,
    })
}

fn compare_values(
    one: &Sortable,
    other: &Sortable,
    compare: &dyn Fn(&str, &str) -> Ordering,
) -> Ordering {
    match (one, other) {
        (Sortable::Number(one), Sortable::Number(other)) => one.total_cmp(other),
        (Sortable::Number(_), Sortable::Text(_)) => Ordering::Less,
        (Sortable::Text(_), Sortable::Number(_)) => Ordering::Greater,
        // Alphabets differ on punctuation; ISO dates order by their bytes.
        (Sortable::Text(one), Sortable::Text(other)) if is_date(one) && is_date(other) => {
            one.cmp(other)
        }
        (Sortable::Text(one), Sortable::Text(other)) => compare(one, other),
    }
}

fn is_date(text: &str) -> bool {
    text.len() >= 4 && text.bytes().all(|byte| byte.is_ascii_digit() || byte == b'-')
}

impl JsonSchema for SortKey {
    fn inline_schema() -> bool {
        true
    }

    fn schema_name() -> std::borrow::Cow<'static, str> {
        "SortKey".into()
    }

    fn json_schema(_: &mut SchemaGenerator) -> Schema {
        json_schema!({"type": "string"})
    }
}

/// The schema of `where`: fields with a value, a list of values, or `not:` with either.
pub(super) fn filters_schema(_: &mut SchemaGenerator) -> Schema {
    let scalar = serde_json::json!({"type": ["string", "number", "boolean", "null"]});
    let values = serde_json::json!({"anyOf": [scalar, {"type": "array", "items": scalar}]});
    json_schema!({
        "type": "object",
        "additionalProperties": {"anyOf": [
            scalar,
            {"type": "array", "items": scalar},
            {
                "type": "object",
                "properties": {"not": values},
                "required": ["not"],
                "additionalProperties": false,
            },
        ]},
    })
}
