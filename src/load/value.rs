//! Data as people wrote it: a tree in which every key and value knows its place.

use crate::source::Span;

/// One value with its place.
#[derive(Debug, Clone, PartialEq)]
pub struct Value {
    /// Where it stands (for a list or map: its first character).
    pub span: Span,
    /// What it is.
    pub kind: Kind,
}

/// What a value is. Scalars keep the text as written, since `0030` is a postcode, `NO` is Norway
/// and `15/03/2014` is a date only where a date is asked for.
#[derive(Debug, Clone, PartialEq)]
pub enum Kind {
    /// Nothing, `null` or `~`.
    Null,
    /// A scalar.
    Scalar(Scalar),
    /// A sequence.
    List(Vec<Value>),
    /// A mapping, in the order of the file; no key stands twice.
    Map(Vec<Entry>),
}

/// A single word, number or text.
#[derive(Debug, Clone, PartialEq)]
pub struct Scalar {
    /// As written, quotes and escapes resolved.
    pub text: String,
    /// How YAML's core schema reads it; CSV cells are always text.
    pub reading: Reading,
}

/// YAML's reading of a scalar (YAML 1.2 §10.3, core schema).
#[derive(Debug, Clone, Copy, PartialEq)]
#[allow(missing_docs)]
pub enum Reading {
    Text,
    Bool(bool),
    Int(i64),
    Float(f64),
}

/// A key with its value.
#[derive(Debug, Clone, PartialEq)]
pub struct Entry {
    /// The key's text.
    pub key: String,
    /// Where the key stands (a CSV column: its header cell).
    pub key_span: Span,
    /// The value.
    pub value: Value,
}

impl Value {
    /// The value under `key` of a map.
    pub fn get(&self, key: &str) -> Option<&Value> {
        match &self.kind {
            Kind::Map(entries) => {
                entries.iter().find(|entry| entry.key == key).map(|entry| &entry.value)
            }
            _ => None,
        }
    }

    /// The text of a scalar.
    pub fn text(&self) -> Option<&str> {
        match &self.kind {
            Kind::Scalar(scalar) => Some(&scalar.text),
            _ => None,
        }
    }

    /// What kind of value it is, for messages: "a list", "a text".
    pub fn describe(&self) -> &'static str {
        match &self.kind {
            Kind::Null => "nothing",
            Kind::List(_) => "a list",
            Kind::Map(_) => "a map of keys",
            Kind::Scalar(scalar) => match scalar.reading {
                Reading::Text => "a text",
                Reading::Bool(_) => "true or false",
                Reading::Int(_) | Reading::Float(_) => "a number",
            },
        }
    }
}
