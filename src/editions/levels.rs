//! Which field of a person is for whom.

use std::collections::BTreeMap;

use super::Edition;

/// Fields that everyone may see of those who agreed to be named.
const PUBLIC: &[&str] = &[
    "id",
    "list",
    "event",
    "mandate",
    "number",
    "surname",
    "given-name",
    "title",
    "honorific",
    "function",
    "agency",
    "agency-id",
    "agency-short-name",
    "country",
    "delegation",
    "rank",
    "head",
    "roles",
    "other-posts",
];

/// Fields that those who take part may see.
const ATTENDEES: &[&str] = &["email", "telephone", "language"];

/// Fields that only the office sees, as far as they are known by name.
const INTERNAL: &[&str] = &[
    "since",
    "experience",
    "gender",
    "diet",
    "access",
    "consent",
    "note",
    "custom",
    "attendance",
    "certificate",
];

/// Fields without which a record is none: they have the same level everywhere.
pub(super) const FIXED: &[&str] = &["id", "list", "event", "mandate", "number"];

/// The level of each field of a person. What is not named is internal.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct Levels {
    /// The project's own levels, by field; a field of `custom` is `custom.` and its name.
    own: BTreeMap<String, Edition>,
}

impl Levels {
    /// Levels with the project's own.
    pub fn new(own: BTreeMap<String, Edition>) -> Levels {
        Levels { own }
    }

    /// The level of a field.
    pub fn of(&self, field: &str) -> Edition {
        if let Some(level) = self.own.get(field) {
            return *level;
        }
        if let Some((outer, _)) = field.split_once('.') {
            return self.of(outer);
        }
        match field {
            _ if PUBLIC.contains(&field) => Edition::Public,
            _ if ATTENDEES.contains(&field) => Edition::Attendees,
            _ => Edition::Internal,
        }
    }

    /// The free fields whose level the project sets.
    pub(super) fn free(&self) -> impl Iterator<Item = &str> {
        self.own.keys().filter_map(|field| field.strip_prefix("custom."))
    }

    /// The fields whose level a project may set, in the order of the documentation.
    pub fn fields() -> impl Iterator<Item = &'static str> {
        let all = PUBLIC.iter().chain(ATTENDEES).chain(INTERNAL);
        all.copied().filter(|field| !FIXED.contains(field))
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn unknown_fields_are_internal_and_custom_ones_follow_their_own_word() {
        let own = BTreeMap::from([
            ("custom.arrival".to_owned(), Edition::Attendees),
            ("email".to_owned(), Edition::Public),
        ]);
        let levels = Levels::new(own);
        assert_eq!(levels.of("surname"), Edition::Public);
        assert_eq!(levels.of("email"), Edition::Public);
        assert_eq!(levels.of("telephone"), Edition::Attendees);
        assert_eq!(levels.of("custom.arrival"), Edition::Attendees);
        assert_eq!(levels.of("custom.passport"), Edition::Internal);
        assert_eq!(levels.of("whatever"), Edition::Internal);
    }

    #[test]
    fn every_field_of_a_person_has_a_level_by_name() {
        let schema = crate::model::schema("participants").unwrap();
        let person = schema.pointer("/definitions/Participant/properties").unwrap();
        for field in person.as_object().unwrap().keys().filter(|field| *field != "posts") {
            assert!(
                Levels::fields().chain(FIXED.iter().copied()).any(|known| known == field),
                "{field} has no level"
            );
        }
    }
}
