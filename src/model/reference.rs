//! One record named by another.

use super::Text;
use schemars::{JsonSchema, Schema, SchemaGenerator, json_schema};
use serde::Serialize;

/// A record that another one names: in a file it is the id (or the name) alone; templates get the
/// names with it.
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
#[serde(rename_all = "kebab-case")]
pub struct Reference {
    /// The id of what is named.
    pub id: String,
    /// Its name.
    pub name: Text,
    /// Its short name, if it has one.
    pub short_name: Option<Text>,
}

impl Reference {
    /// Whether somebody who writes `word` may mean this record: its id, or a name in any language,
    /// whatever the capitals.
    pub fn answers_to(&self, word: &str) -> bool {
        let word = word.trim().to_lowercase();
        let names = self.name.wordings().into_iter();
        let short_names = self.short_name.iter().flat_map(Text::wordings);
        self.id == word || names.chain(short_names).any(|name| name.trim().to_lowercase() == word)
    }
}

impl JsonSchema for Reference {
    fn schema_name() -> std::borrow::Cow<'static, str> {
        "Reference".into()
    }

    fn json_schema(_: &mut SchemaGenerator) -> Schema {
        json_schema!({
            "description": "The id (or the name) of an entry that stands elsewhere in the file.",
            "type": "string"
        })
    }
}
