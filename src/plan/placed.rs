//! A setting with the place where it was written.

use std::borrow::Cow;

use schemars::{JsonSchema, Schema, SchemaGenerator};

use crate::source::Span;

/// A value of the project file and its place.
#[derive(Debug, Clone, Copy, PartialEq)]
pub struct Placed<T> {
    /// What is set.
    pub value: T,
    /// Where.
    pub span: Span,
}

/// The place does not show in the schema.
impl<T: JsonSchema> JsonSchema for Placed<T> {
    fn inline_schema() -> bool {
        T::inline_schema()
    }

    fn schema_name() -> Cow<'static, str> {
        T::schema_name()
    }

    fn schema_id() -> Cow<'static, str> {
        T::schema_id()
    }

    fn json_schema(generator: &mut SchemaGenerator) -> Schema {
        T::json_schema(generator)
    }
}
