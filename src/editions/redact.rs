//! Records as an edition has them.

use std::collections::BTreeMap;

use serde_json::{Map, Value as Json};

use super::{BY_EDITION, Edition, Levels, NOBODY, PERSON, Withheld};

/// The key beside a list of people that tells how many the edition leaves out of it.
const LEFT_OUT: &str = "left-out";

/// A value as an edition has it.
#[derive(Debug)]
pub enum Seen {
    /// What there is to see.
    Value(Json),
    /// A person whom the edition does not name.
    Nobody,
}

/// The records that have a list of people under `people`: an event, and what a mandate says of its list.
const HOLDERS: [&str; 2] = ["", "/participants"];

/// Where lists have become shorter: the list's pointer in the new value, and for each of its items the
/// place that it had.
pub type Remap = BTreeMap<String, Vec<usize>>;

/// The value as `edition` has it; `remap` gains every list of people that has become shorter.
///
/// The depth of a value is bounded where it is read.
pub fn redact(value: &Json, edition: Edition, levels: &Levels, remap: &mut Remap) -> Seen {
    Redaction { edition, levels, remap, pointer: String::new() }.value(value)
}

/// The value as the office has it, which is all of it; changed in its place.
pub fn unmark(value: &mut Json) {
    match value {
        Json::Object(map) if map.contains_key(BY_EDITION) => {
            *value = map.remove(Edition::Internal.as_str()).unwrap_or_default();
        }
        Json::Object(map) => {
            // The order of the other keys is kept.
            map.shift_remove(PERSON);
            map.values_mut().for_each(unmark);
        }
        Json::Array(items) => items.iter_mut().for_each(unmark),
        _ => {}
    }
}

struct Redaction<'a> {
    edition: Edition,
    levels: &'a Levels,
    remap: &'a mut Remap,
    /// Where the new value stands.
    pointer: String,
}

impl Redaction<'_> {
    fn value(&mut self, value: &Json) -> Seen {
        match value {
            Json::Object(map) if map.contains_key(PERSON) => match self.names(map) {
                true => Seen::Value(Json::Object(self.person(map))),
                false => Seen::Nobody,
            },
            Json::Object(map) if map.contains_key(BY_EDITION) => {
                Seen::Value(map.get(self.edition.as_str()).cloned().unwrap_or_default())
            }
            Json::Object(map) => Seen::Value(Json::Object(self.map(map))),
            Json::Array(items) => Seen::Value(Json::Array(self.list(items).0)),
            other => Seen::Value(other.clone()),
        }
    }

    fn names(&self, person: &Map<String, Json>) -> bool {
        self.edition.names(person.get("consent").and_then(Json::as_str))
    }

    fn person(&mut self, person: &Map<String, Json>) -> Map<String, Json> {
        let mut shown = Map::with_capacity(person.len());
        for (field, value) in person.iter().filter(|(field, _)| *field != PERSON) {
            let seen = match value {
                // Each free field may have a level of its own.
                Json::Object(free) if field == "custom" => {
                    let free = free.iter().map(|(key, value)| {
                        (key.clone(), self.field(&format!("custom.{key}"), value))
                    });
                    Json::Object(free.collect())
                }
                value => self.field(field, value),
            };
            shown.insert(field.clone(), seen);
        }
        shown
    }

    fn field(&self, field: &str, value: &Json) -> Json {
        let level = self.levels.of(field);
        if level <= self.edition {
            return value.clone();
        }
        Withheld { field: field.to_owned(), level, edition: self.edition }.sentinel()
    }

    fn map(&mut self, map: &Map<String, Json>) -> Map<String, Json> {
        let mut shown = Map::with_capacity(map.len());
        let mut left_out = 0;
        let length = self.pointer.len();
        for (key, value) in map {
            self.step(key);
            let seen = match value {
                Json::Array(items) => {
                    let (items, missing) = self.list(items);
                    left_out += missing;
                    Json::Array(items)
                }
                value => match self.value(value) {
                    Seen::Value(value) => value,
                    Seen::Nobody => Json::Null,
                },
            };
            self.pointer.truncate(length);
            shown.insert(key.clone(), seen);
        }
        if left_out > 0 {
            shown.insert(LEFT_OUT.to_owned(), Json::from(left_out));
        }
        let holds_people =
            HOLDERS.contains(&&*self.pointer) && map.get("people").is_some_and(Json::is_array);
        if holds_people && self.edition != Edition::Internal {
            shown.insert(NOBODY.to_owned(), self.nobody());
        }
        shown
    }

    /// A record of nobody: the fields that the edition does not show.
    fn nobody(&self) -> Json {
        let seen = |field: &str| self.field(field, &Json::Null);
        let fields = Levels::fields().filter(|field| *field != "custom");
        let mut nobody: Map<String, Json> =
            fields.map(|field| (field.to_owned(), seen(field))).collect();
        let free = self.levels.free().map(|key| (key.to_owned(), seen(&format!("custom.{key}"))));
        nobody.insert("custom".to_owned(), Json::Object(free.collect()));
        // Of the free fields that have no level of their own.
        nobody.insert(NOBODY.to_owned(), seen("custom"));
        Json::Object(nobody)
    }

    /// The items that are shown, and the number of people who are not.
    fn list(&mut self, items: &[Json]) -> (Vec<Json>, usize) {
        let mut shown = Vec::with_capacity(items.len());
        let mut kept = Vec::with_capacity(items.len());
        let length = self.pointer.len();
        for (index, item) in items.iter().enumerate() {
            self.step(&shown.len().to_string());
            if let Seen::Value(value) = self.value(item) {
                shown.push(value);
                kept.push(index);
            }
            self.pointer.truncate(length);
        }
        let missing = items.len() - shown.len();
        if missing > 0 {
            self.remap.insert(self.pointer.clone(), kept);
        }
        (shown, missing)
    }

    fn step(&mut self, key: &str) {
        self.pointer.push('/');
        self.pointer.push_str(&key.replace('~', "~0").replace('/', "~1"));
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use serde_json::json;

    fn seen(value: &Json, edition: Edition) -> (Json, Remap) {
        let mut remap = Remap::new();
        match redact(value, edition, &Levels::default(), &mut remap) {
            Seen::Value(value) => (value, remap),
            Seen::Nobody => (Json::Null, remap),
        }
    }

    fn event() -> Json {
        json!({"title": "T", "left-out": 0, "people": [
            {"surname": "A", "email": "a@x", "consent": "attendees", "gender": null, PERSON: true},
            {"surname": "B", "email": null, "consent": "public", "custom": {"flight": "SK1"}, PERSON: true},
            {"surname": "C", "email": "c@x", "consent": "none", PERSON: true},
        ]})
    }

    #[test]
    fn public_edition_names_those_who_agreed_and_counts_the_others() {
        let (public, remap) = seen(&event(), Edition::Public);
        assert_eq!(public["left-out"], 2);
        assert_eq!(public["people"].as_array().unwrap().len(), 1);
        assert_eq!(public["people"][0]["surname"], "B");
        assert_eq!(remap, Remap::from([("/people".to_owned(), vec![1])]));
        for hidden in ["/people/0/email", "/people/0/consent", "/people/0/custom/flight"] {
            let value = public.pointer(hidden).unwrap();
            assert!(Withheld::of(value).is_some(), "{hidden} is {value}");
        }
    }

    #[test]
    fn attendees_see_addresses_and_internal_papers_everything_but_the_mark() {
        let (attendees, _) = seen(&event(), Edition::Attendees);
        assert_eq!(attendees["left-out"], 1);
        assert_eq!(attendees["people"][0]["email"], "a@x");
        assert!(Withheld::of(&attendees["people"][0]["gender"]).is_some());
        let (internal, remap) = seen(&event(), Edition::Internal);
        let mut unmarked = event();
        unmark(&mut unmarked);
        assert_eq!(unmarked, internal);
        assert_eq!(internal["people"].as_array().unwrap().len(), 3);
        assert!(remap.is_empty() && !internal.to_string().contains(PERSON));
    }
}
