//! What a file claims of itself: levels of PDF/A and PDF/UA, and what files attached to it are.

use schemars::JsonSchema;
use serde::Serialize;

/// The level of PDF/A that a file claims (ISO 19005).
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, Default, Serialize, JsonSchema)]
pub enum Archive {
    /// PDF/A-2a: can be kept, searched and read aloud.
    #[default]
    #[serde(rename = "2a")]
    A2a,
    /// PDF/A-2b: can be kept and looks the same for ever.
    #[serde(rename = "2b")]
    A2b,
    /// PDF/A-2u: as 2b, and can be searched.
    #[serde(rename = "2u")]
    A2u,
    /// PDF/A-3a: as 2a, and other files may be attached.
    #[serde(rename = "3a")]
    A3a,
    /// No level.
    #[serde(rename = "none")]
    None,
}

impl Archive {
    /// The levels by the words that people write.
    pub const WORDS: [(&str, Archive); 5] = [
        ("2a", Archive::A2a),
        ("2b", Archive::A2b),
        ("2u", Archive::A2u),
        ("3a", Archive::A3a),
        ("none", Archive::None),
    ];

    /// Part and conformance as the metadata say it (ISO 19005-2 6.6.4); `None` for no level.
    pub fn identification(self) -> Option<(&'static str, &'static str)> {
        match self {
            Archive::A2a => Some(("2", "A")),
            Archive::A2b => Some(("2", "B")),
            Archive::A2u => Some(("2", "U")),
            Archive::A3a => Some(("3", "A")),
            Archive::None => None,
        }
    }

    /// Whether files of any kind may be attached. PDF/A-2 lets nothing in but PDF/A (ISO 19005-2
    /// 6.8).
    pub fn takes_attachments(self) -> bool {
        matches!(self, Archive::A3a | Archive::None)
    }

    /// The word for it.
    pub fn word(self) -> &'static str {
        Archive::WORDS.iter().find(|(_, level)| *level == self).map_or("none", |(word, _)| word)
    }
}

/// The level of PDF/UA that a file claims (ISO 14289).
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, Default, Serialize, JsonSchema)]
pub enum Accessible {
    /// PDF/UA-1: what would keep somebody from reading the paper is an error.
    #[default]
    #[serde(rename = "ua-1")]
    Ua1,
    /// No level: it is a warning.
    #[serde(rename = "none")]
    None,
}

impl Accessible {
    /// The levels by the words that people write.
    pub const WORDS: [(&str, Accessible); 2] =
        [("ua-1", Accessible::Ua1), ("none", Accessible::None)];
}

/// What a file claims. The structure tree is there in any case.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, Default)]
#[allow(missing_docs)]
pub struct Claims {
    pub archive: Archive,
    pub accessible: Accessible,
}

/// What an attached file is to the paper (ISO 19005-3 6.8, `AFRelationship`).
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, Serialize, JsonSchema)]
#[serde(rename_all = "kebab-case")]
#[schemars(rename = "AttachmentRelation")]
pub enum Relation {
    /// What the paper shows: figures behind a chart, a list behind a table.
    Data,
    /// What the paper was made from.
    Source,
    /// The same in another form.
    Alternative,
    /// What adds to the paper.
    Supplement,
    /// Something else.
    Unspecified,
}

impl Relation {
    /// The relations by the words that people write.
    pub const WORDS: [(&str, Relation); 5] = [
        ("data", Relation::Data),
        ("source", Relation::Source),
        ("alternative", Relation::Alternative),
        ("supplement", Relation::Supplement),
        ("unspecified", Relation::Unspecified),
    ];

    /// The name that the format has for it.
    pub fn name(self) -> &'static str {
        match self {
            Relation::Data => "Data",
            Relation::Source => "Source",
            Relation::Alternative => "Alternative",
            Relation::Supplement => "Supplement",
            Relation::Unspecified => "Unspecified",
        }
    }
}

/// A file inside a paper.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Attachment {
    /// Its name, without folders; no two of a paper have the same.
    pub name: String,
    /// What it is, for people.
    pub description: String,
    /// What it is to the paper.
    pub relation: Relation,
    /// Its bytes.
    pub bytes: Vec<u8>,
}
