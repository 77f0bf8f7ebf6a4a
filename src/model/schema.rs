//! JSON Schema of the records, made from the types.

use super::{Event, Mandate, Organisation, Participant, Programme, Vacancy};
use schemars::{JsonSchema, generate::SchemaSettings};
use serde_json::Value;

/// The kinds of record, as `dossier schema KIND` names their files.
pub const KINDS: &[&str] =
    &["organisation", "mandate", "event", "participants", "programme", "vacancy"];

/// The JSON Schema of one kind of record.
pub fn schema(kind: &str) -> Option<Value> {
    Some(match kind {
        "organisation" => schema_of::<Organisation>(kind),
        "mandate" => schema_of::<Mandate>(kind),
        "event" => schema_of::<Event>(kind),
        "participants" => schema_of::<Vec<Participant>>(kind),
        "programme" => schema_of::<Programme>(kind),
        "vacancy" => schema_of::<Vacancy>(kind),
        _ => return None,
    })
}

/// The JSON Schema of a type of file (draft 7, which editors know best), under the kind's name.
pub fn schema_of<T: JsonSchema>(kind: &str) -> Value {
    let generator = SchemaSettings::draft07().into_generator();
    let mut schema = generator.into_root_schema_for::<T>().to_value();
    if let Value::Object(fields) = &mut schema {
        fields.insert("title".to_owned(), Value::from(format!("Dossier: {kind}")));
    }
    schema
}

#[cfg(test)]
mod tests {
    #[test]
    fn schema_of_mandate_names_what_is_needed() {
        let schema = super::schema("mandate").unwrap();
        let needed =
            serde_json::json!(["id", "kind", "status", "version", "data-date", "title", "summary"]);
        assert_eq!(schema["required"], needed);
        assert_eq!(schema["additionalProperties"], false);
        assert!(super::schema("minister").is_none());
    }
}
