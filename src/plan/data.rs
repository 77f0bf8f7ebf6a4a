//! What the inputs hold, as far as planning needs to know it.

use std::sync::Arc;

use serde_json::Value as Json;

use crate::source::Span;

use super::places::Places;

/// All records of a project.
#[derive(Debug, Clone, Default)]
pub struct Data {
    /// The sets in the order in which templates may list them.
    pub sets: Vec<Set>,
}

/// Records of one kind.
#[derive(Debug, Clone, Default)]
pub struct Set {
    /// The name of them all, under which templates and `for-each` know them: `mandates`.
    pub name: String,
    /// The name of one of them: `mandate`.
    pub singular: String,
    /// The records in the order of the files.
    pub records: Vec<Record>,
    /// Whether there is only ever one, as with the organisation; templates then see the record
    /// itself, not a list.
    pub single: bool,
}

/// One record.
#[derive(Debug, Clone)]
pub struct Record {
    /// Its id.
    pub id: String,
    /// What templates see of it; papers about it share this.
    pub json: Arc<Json>,
    /// Where its values were written, as pointers into `json`.
    pub places: Places,
    /// Where it starts.
    pub span: Span,
    /// The date of its data, as ISO 8601 writes it.
    pub data_date: Option<String>,
    /// Whether it has a fault; only the papers that need it fail.
    pub broken: bool,
}

impl Data {
    /// The set of that name.
    pub fn set(&self, name: &str) -> Option<&Set> {
        self.sets.iter().find(|set| set.name == name)
    }
}

impl Set {
    /// The first record with a fault.
    pub fn first_broken(&self) -> Option<&Record> {
        self.records.iter().find(|record| record.broken)
    }
}
