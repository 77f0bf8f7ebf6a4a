//! A positioned value as plain JSON: free fields, and records that could not be read.

use super::reader::{Read, Reader};
use crate::diag::Diagnostic;
use crate::load::{Kind, Reading, Scalar, Value};
use crate::model::Custom;
use serde_json::{Map, Value as Json};

/// How deep free fields may be nested.
const DEEPEST: usize = 32;

/// Free fields, with the place of each in `reader.places`.
pub(super) struct Free(pub Custom);

impl Read for Free {
    fn read(value: &Value, reader: &mut Reader) -> Option<Free> {
        match json(value, reader, 0)? {
            Json::Object(fields) => Some(Free(fields)),
            _ => {
                let found = reader.wrong_type(value, "free fields, each with its key")?;
                reader.report(found.help("write  custom: {}  where there are none"));
                None
            }
        }
    }
}

/// The value as JSON; none, and a report, where it is nested too deep.
pub(super) fn json(value: &Value, reader: &mut Reader, depth: usize) -> Option<Json> {
    if depth > DEEPEST {
        let found = Diagnostic::error(
            "data/too-deep",
            format!("values are nested deeper than {DEEPEST} levels"),
        );
        reader.report(found.at(value.span, "too deep"));
        return None;
    }
    Some(match &value.kind {
        Kind::Null => Json::Null,
        Kind::Scalar(scalar) => scalar_json(scalar),
        Kind::List(values) => {
            let mut list = Vec::with_capacity(values.len());
            for (index, value) in values.iter().enumerate() {
                list.push(reader.inside(&index.to_string(), value.span, |reader| {
                    json(value, reader, depth + 1)
                })?);
            }
            Json::Array(list)
        }
        Kind::Map(entries) => {
            let mut map = Map::new();
            for entry in entries {
                let value = reader.inside(&entry.key, entry.value.span, |reader| {
                    json(&entry.value, reader, depth + 1)
                })?;
                map.insert(entry.key.clone(), value);
            }
            Json::Object(map)
        }
    })
}

/// A number only where it is written as one would print it: `0030` and `1.0` stay texts.
fn scalar_json(scalar: &Scalar) -> Json {
    let number = match scalar.reading {
        Reading::Text => None,
        Reading::Bool(word) => return Json::Bool(word),
        Reading::Int(number) => Some(Json::from(number)),
        Reading::Float(number) => serde_json::Number::from_f64(number).map(Json::Number),
    };
    number
        .filter(|number| *number.to_string() == scalar.text)
        .unwrap_or_else(|| Json::String(scalar.text.clone()))
}
