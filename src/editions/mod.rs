//! Who may see what of a person: editions, the levels of fields, and records as an edition has them.
//!
//! A field above a paper's edition is not in the paper's data at all. A sentinel stands in its place,
//! and whoever touches it (to print it, to ask for it, to sort, group or name by it) makes an error of
//! it. What a template derives from a value cannot be tracked; what is not there cannot be derived
//! from.

mod levels;
mod redact;

use schemars::JsonSchema;
use serde::Serialize;
use serde_json::Value as Json;

pub use levels::Levels;
pub use redact::{Remap, Seen, redact, unmark};

/// The key by which a person's record is known inside the program; a noncharacter, so that no data
/// have it. [`redact`] takes it off, in every edition.
pub const PERSON: &str = "\u{FDD0}";

/// The key by which a value is known that each edition has in a form of its own, under its name.
pub const BY_EDITION: &str = "\u{FDD6}";

/// The key beside a list of people under which a record of nobody stands: every field that the edition
/// does not show, and nothing else. What a paper asks of people is held against it where the list has
/// nobody to ask it of.
pub const NOBODY: &str = "\u{FDD7}";

/// What a sentinel begins with; a noncharacter as well.
const SENTINEL: char = '\u{FDD1}';

/// For whom a paper is; a wider circle comes first.
#[derive(
    Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash, Default, Serialize, JsonSchema,
)]
#[serde(rename_all = "kebab-case")]
pub enum Edition {
    /// Everyone.
    Public,
    /// Those who take part.
    Attendees,
    /// The office.
    #[default]
    Internal,
}

impl Edition {
    /// All, the widest circle first.
    pub const ALL: [Edition; 3] = [Edition::Public, Edition::Attendees, Edition::Internal];

    /// As data and templates write it.
    pub fn as_str(self) -> &'static str {
        match self {
            Edition::Public => "public",
            Edition::Attendees => "attendees",
            Edition::Internal => "internal",
        }
    }

    /// The edition of that name.
    pub fn named(name: &str) -> Option<Edition> {
        Edition::ALL.into_iter().find(|edition| edition.as_str() == name)
    }

    /// Whether papers name somebody with that consent (`public`, `attendees`, `none`). Who was not asked
    /// is named among the attendees, not in public.
    pub fn names(self, consent: Option<&str>) -> bool {
        match self {
            Edition::Internal => true,
            Edition::Attendees => consent != Some("none"),
            Edition::Public => consent == Some("public"),
        }
    }

    /// Whom a paper of this edition is for, as messages say it.
    pub fn readers(self) -> &'static str {
        match self {
            Edition::Public => "for the public",
            Edition::Attendees => "for the attendees",
            Edition::Internal => "for the office",
        }
    }
}

/// A field that an edition does not show.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Withheld {
    /// The field, with dots: `custom.arrival`.
    pub field: String,
    /// The level that it has.
    pub level: Edition,
    /// The paper's edition.
    pub edition: Edition,
}

impl Withheld {
    /// What stands in the data in the field's place.
    fn sentinel(&self) -> Json {
        let (level, edition) = (self.level.as_str(), self.edition.as_str());
        Json::String(format!("{SENTINEL}{level}{SENTINEL}{edition}{SENTINEL}{}", self.field))
    }

    /// What a value stands for, if it is a sentinel.
    pub fn of(value: &Json) -> Option<Withheld> {
        let mut parts = value.as_str()?.strip_prefix(SENTINEL)?.splitn(3, SENTINEL);
        let level = Edition::named(parts.next()?)?;
        let edition = Edition::named(parts.next()?)?;
        Some(Withheld { field: parts.next()?.to_owned(), level, edition })
    }

    /// What is wrong with using the field.
    pub fn message(&self) -> String {
        let shown = match self.level {
            Edition::Attendees => "is for attendees only",
            _ => "is internal",
        };
        format!(
            "`{}` of a person {shown}, but this paper is {}",
            self.field,
            self.edition.readers()
        )
    }

    /// How to mend it.
    pub fn help(&self) -> String {
        format!(
            "leave the field out of the template or the options, give the paper the edition `{}`, or make the field `{}` under  people: {{fields: …}}  in dossier.yaml",
            self.level.as_str(),
            self.edition.as_str()
        )
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn sentinel_is_read_as_what_it_stands_for() {
        let withheld = Withheld {
            field: "custom.arrival".to_owned(),
            level: Edition::Internal,
            edition: Edition::Public,
        };
        assert_eq!(Withheld::of(&withheld.sentinel()), Some(withheld));
        assert_eq!(Withheld::of(&Json::from("internal")), None);
    }
}
