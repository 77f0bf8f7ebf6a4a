//! A text as people give it: once, or once per language.

use schemars::{JsonSchema, Schema, SchemaGenerator, json_schema};
use serde::{Serialize, Serializer, ser::SerializeMap};

/// A text that is given once for all languages, or once per language.
///
/// Templates see it as written: a string, or a map from language to string.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Text {
    /// The same in every language.
    One(String),
    /// Language tag (`en`, `nb`) and text, in the order of the file; never empty.
    PerLanguage(Vec<(String, String)>),
}

impl Text {
    /// Every wording, whatever its language.
    pub fn wordings(&self) -> Vec<&str> {
        match self {
            Text::One(text) => vec![text],
            Text::PerLanguage(texts) => texts.iter().map(|(_, text)| text.as_str()).collect(),
        }
    }

    /// The wording in a language, else the first that there is: for messages and working sheets. Papers
    /// ask for their own language and nothing else.
    pub fn nearest_to(&self, language: &str) -> &str {
        match self {
            Text::One(text) => text,
            Text::PerLanguage(texts) => {
                let own = texts.iter().find(|(tag, _)| tag == language);
                own.or(texts.first()).map_or("", |(_, text)| text)
            }
        }
    }
}

impl Serialize for Text {
    fn serialize<S: Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
        match self {
            Text::One(text) => serializer.serialize_str(text),
            Text::PerLanguage(texts) => {
                let mut map = serializer.serialize_map(Some(texts.len()))?;
                for (language, text) in texts {
                    map.serialize_entry(language, text)?;
                }
                map.end()
            }
        }
    }
}

impl JsonSchema for Text {
    fn schema_name() -> std::borrow::Cow<'static, str> {
        "Text".into()
    }

    fn json_schema(_: &mut SchemaGenerator) -> Schema {
        json_schema!({
            "description": "A text: once for all languages, or once per language ({en: …, nb: …}).",
            "anyOf": [
                { "type": ["string", "number"] },
                {
                    "type": "object",
                    "minProperties": 1,
                    "propertyNames": { "pattern": "^[a-z]{2,3}(-[A-Za-z0-9]+)*$" },
                    "additionalProperties": { "type": ["string", "number"] }
                }
            ]
        })
    }
}
