//! What the data files may say as a date.

use schemars::{JsonSchema, Schema, SchemaGenerator, json_schema};

pub use crate::locale::PartialDate;

impl JsonSchema for PartialDate {
    fn schema_name() -> std::borrow::Cow<'static, str> {
        "Date".into()
    }

    fn json_schema(_: &mut SchemaGenerator) -> Schema {
        json_schema!({
            "description": "A date as far as it is known: 15/03/2014, 30.06.2017, 2014-03-15, Saturday 15 March 2014, March 2007, 2007, or 14 February.",
            "type": ["string", "integer"]
        })
    }
}
