//! What `dossier.yaml` says about people: columns, the levels of fields, languages.

use crate::diag::Diagnostic;
use crate::editions;
use crate::load::{Kind, Value};
use crate::near::nearest;
use crate::validate::column_in_language;

use super::placed::Placed;
use super::project::Edition;
use super::read::Reader;
use super::read_project::EDITIONS;

/// Reads `columns`: a name in the lists, and the field that it fills.
pub(super) fn columns(reader: &mut Reader, value: &Value) -> Vec<(Placed<String>, Placed<String>)> {
    let Kind::Map(entries) = &value.kind else {
        reader.wrong(value, "`columns` must be a map of columns and the fields that they fill");
        return Vec::new();
    };
    let mut columns = Vec::with_capacity(entries.len());
    for entry in entries {
        let Some(field) = reader.text(&entry.value, "a column's field") else { continue };
        if !is_field(&field.value) && column_in_language(&field.value).is_none() {
            unknown(reader, &field.value, field.span, "a column can fill");
        }
        columns.push((Placed { value: entry.key.clone(), span: entry.key_span }, field));
    }
    columns
}

/// Reads `fields`: a field, and for whom it is.
pub(super) fn levels(reader: &mut Reader, value: &Value) -> Vec<(Placed<String>, Placed<Edition>)> {
    let Kind::Map(entries) = &value.kind else {
        reader.wrong(value, "`fields` must be a map of fields and for whom each is");
        return Vec::new();
    };
    let mut levels = Vec::with_capacity(entries.len());
    for entry in entries {
        if !is_field(&entry.key) {
            unknown(reader, &entry.key, entry.key_span, "has a level");
        }
        if let Some(level) = reader.choice(&entry.value, "for whom a field is", &EDITIONS) {
            levels.push((Placed { value: entry.key.clone(), span: entry.key_span }, level));
        }
    }
    levels
}

/// Reads `languages`: each once.
pub(super) fn languages(reader: &mut Reader, value: &Value) -> Vec<Placed<String>> {
    let mut languages: Vec<Placed<String>> = Vec::new();
    for value in reader.list(value, "`languages`") {
        let Some(language) = reader.language(value, "a language") else { continue };
        if let Some(first) = languages.iter().find(|known| known.value == language.value) {
            let message = format!("the language “{}” stands twice", language.value);
            let fault = Diagnostic::error("project/language", message);
            reader.found.push(fault.at(language.span, "here again").context(first.span, "first"));
        } else {
            languages.push(language);
        }
    }
    languages
}

fn is_field(field: &str) -> bool {
    field.strip_prefix("custom.").is_some_and(|rest| !rest.is_empty())
        || editions::Levels::fields().any(|known| known == field)
        || field == "id"
}

fn unknown(reader: &mut Reader, field: &str, span: crate::source::Span, what: &str) {
    let message = format!("“{field}” is no field of a person that {what}");
    let fault = Diagnostic::error("project/unknown-field", message).at(span, "not known");
    reader.found.push(match nearest(field, editions::Levels::fields()) {
        Some(near) => fault.help(format!("did you mean `{near}`?")),
        None => fault.help("a field of your own is `custom.` and its name"),
    });
}
