//! Titles in one language or in several.

use std::borrow::Cow;

use schemars::{JsonSchema, Schema, SchemaGenerator, json_schema};

use crate::source::Span;

use super::placed::Placed;

/// A title: one text for every language, or one for each.
#[derive(Debug, Clone, PartialEq)]
pub enum Title {
    /// The same in every language.
    One(Placed<String>),
    /// Language and text.
    Each(Span, Vec<(String, Placed<String>)>),
}

impl Title {
    /// The text for a language: that of the tag itself or of its first part (`nb` for `nb-NO`).
    pub fn in_language(&self, language: &str) -> Option<&Placed<String>> {
        let text = |tag: &str| match self {
            Title::One(text) => Some(text),
            Title::Each(_, texts) => {
                texts.iter().find(|(known, _)| known == tag).map(|(_, text)| text)
            }
        };
        text(language).or_else(|| text(language.split('-').next().unwrap_or_default()))
    }

    /// Where the title stands.
    pub fn span(&self) -> Span {
        match self {
            Title::One(text) => text.span,
            Title::Each(span, _) => *span,
        }
    }
}

impl JsonSchema for Title {
    fn inline_schema() -> bool {
        true
    }

    fn schema_name() -> Cow<'static, str> {
        "Title".into()
    }

    fn json_schema(_: &mut SchemaGenerator) -> Schema {
        json_schema!({"anyOf": [
            {"type": "string"},
            {"type": "object", "additionalProperties": {"type": "string"}},
        ]})
    }
}
