//! Countries by their ISO 3166 code; their names are the locale's business.

use schemars::{JsonSchema, Schema, SchemaGenerator, json_schema};
use serde::Serialize;

/// A country, kept as its two-letter code of ISO 3166-1 in capitals (`NO` is Norway).
#[derive(Debug, Clone, PartialEq, Eq, PartialOrd, Ord, Serialize)]
#[serde(transparent)]
pub struct Country(String);

impl Country {
    /// The country with this code.
    pub fn from_code(code: &str) -> Country {
        Country(code.to_uppercase())
    }

    /// The two-letter code.
    pub fn code(&self) -> &str {
        &self.0
    }
}

impl JsonSchema for Country {
    fn schema_name() -> std::borrow::Cow<'static, str> {
        "Country".into()
    }

    fn json_schema(_: &mut SchemaGenerator) -> Schema {
        json_schema!({
            "description": "A country by its name (English or Norwegian) or its two-letter code of ISO 3166.",
            "type": "string"
        })
    }
}

/// What a list of countries may look like in a file: a list, or one line with commas.
pub(super) fn list_schema(generator: &mut SchemaGenerator) -> Schema {
    let country = generator.subschema_for::<Country>();
    json_schema!({
        "anyOf": [
            { "type": "array", "items": country },
            { "type": "string", "description": "One or several countries in one line: Moldova, Ukraine" }
        ]
    })
}
