//! JSON Schema of the files, and the reference page, both made from the types.

use std::collections::BTreeMap;
use std::fmt::Write;

use serde_json::Value;

use crate::{model, plan};

/// The kinds of file, as `dossier schema KIND` names them: the project file, then the records.
pub const KINDS: &[&str] =
    &["project", "organisation", "mandate", "event", "participants", "programme", "vacancy"];

/// The JSON Schema (draft 7) of one kind of file.
pub fn schema(kind: &str) -> Option<Value> {
    match kind {
        "project" => Some(model::schema_of::<plan::Project>(kind)),
        _ => model::schema(kind),
    }
}

/// All kinds with their schemas.
fn schemas() -> Vec<(&'static str, Value)> {
    KINDS.iter().filter_map(|kind| Some((*kind, schema(kind)?))).collect()
}

/// The reference page of all files and keys, in Markdown: a section for each kind, then the parts
/// that they share.
pub fn reference() -> String {
    let schemas = schemas();
    let mut page = String::from(
        "# Reference: the files and their keys\n\n\
         This page is made from the program's types (`DOSSIER_REFRESH=1 cargo test reference`); do not \
         edit it by hand.\n\n\
         A key that is marked *needed* must be there; all others may be left out. What has no key of \
         its own goes under `custom`, where templates find it.\n",
    );
    let mut parts: BTreeMap<&str, &Value> = BTreeMap::new();
    for (kind, schema) in &schemas {
        let _ = write!(page, "\n## {}\n", heading(kind));
        let root =
            schema.get("items").and_then(|items| definition(schema, items)).unwrap_or(schema);
        describe(&mut page, root);
        if let Some(Value::Object(found)) = schema.get("definitions") {
            parts.extend(found.iter().map(|(name, part)| (name.as_str(), part)));
        }
    }
    page.push_str("\n## Parts and values\n");
    for (name, part) in parts.into_iter().filter(|(name, _)| !is_root(name)) {
        let _ = write!(page, "\n### {}\n", heading(name));
        describe(&mut page, part);
    }
    page
}

/// Whether a definition is described as a file of its own.
fn is_root(name: &str) -> bool {
    matches!(name, "Programme" | "Vacancy" | "Participant")
}

/// The definition that `{"$ref": …}` names.
fn definition<'s>(schema: &'s Value, reference: &Value) -> Option<&'s Value> {
    let pointer = reference.get("$ref")?.as_str()?.strip_prefix('#')?;
    schema.pointer(pointer)
}

/// `KeyFigure` and `key-figure` as "Key figure".
fn heading(name: &str) -> String {
    let mut words = String::new();
    for (index, letter) in name.chars().enumerate() {
        match letter {
            '-' => words.push(' '),
            _ if index == 0 => words.extend(letter.to_uppercase()),
            _ if letter.is_uppercase() => {
                words.push(' ');
                words.extend(letter.to_lowercase());
            }
            _ => words.push(letter),
        }
    }
    words
}

/// One schema: its description, then its keys or its words.
fn describe(page: &mut String, schema: &Value) {
    if let Some(text) = description(schema) {
        let _ = write!(page, "\n{text}\n");
    }
    if let Some(Value::Object(properties)) = schema.get("properties") {
        page.push_str("\n| key | value | what it is |\n|---|---|---|\n");
        let needed = schema.get("required").and_then(Value::as_array);
        for (key, property) in properties {
            let is_needed = needed.is_some_and(|keys| keys.iter().any(|needed| needed == key));
            let mark = if is_needed { " *needed*" } else { "" };
            let text = description(property).unwrap_or_default();
            let _ = writeln!(page, "| `{key}`{mark} | {} | {text} |", value_words(property));
        }
    }
    if let Some(words) = schema.get("oneOf").and_then(Value::as_array) {
        page.push_str("\n| word | what it means |\n|---|---|\n");
        for word in words {
            let name = word.get("const").and_then(Value::as_str).unwrap_or_default();
            let _ = writeln!(page, "| `{name}` | {} |", description(word).unwrap_or_default());
        }
    }
}

/// A description on one line, safe in a table.
fn description(schema: &Value) -> Option<String> {
    let text = schema.get("description")?.as_str()?;
    let line = text.split_whitespace().collect::<Vec<_>>().join(" ");
    Some(line.replace('|', "\\|"))
}

/// What may stand as a value, in words.
fn value_words(schema: &Value) -> String {
    if let Some(reference) = schema.get("$ref").and_then(Value::as_str) {
        let name = reference.rsplit('/').next().unwrap_or(reference);
        let words = heading(name);
        return format!("[{}](#{})", words.to_lowercase(), words.to_lowercase().replace(' ', "-"));
    }
    for key in ["allOf", "anyOf"] {
        if let Some(choices) = schema.get(key).and_then(Value::as_array) {
            let choices =
                choices.iter().filter(|choice| choice.get("type") != Some(&Value::from("null")));
            return choices.map(value_words).collect::<Vec<_>>().join(" or ");
        }
    }
    let kind = match schema.get("type") {
        Some(Value::Array(kinds)) => kinds.iter().find_map(Value::as_str),
        Some(kind) => kind.as_str(),
        None => None,
    };
    match kind {
        Some("string") => "a text".to_owned(),
        Some("integer" | "number") => "a number".to_owned(),
        Some("boolean") => "`true` or `false`".to_owned(),
        Some("array") => {
            format!("a list: {}", schema.get("items").map(value_words).unwrap_or_default())
        }
        Some("object") => map_words(schema),
        _ => "any value".to_owned(),
    }
}

/// What may stand as a map.
fn map_words(schema: &Value) -> String {
    if let Some(Value::Object(keys)) = schema.get("properties") {
        let keys: Vec<String> = keys.keys().map(|key| format!("`{key}`")).collect();
        return format!("a map with {}", keys.join(", "));
    }
    match schema.get("additionalProperties") {
        Some(values @ Value::Object(_)) => format!("a map, each value {}", value_words(values)),
        _ => "keys of your own".to_owned(),
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use std::path::Path;

    /// Compares a committed file with what the types say, or writes it with `DOSSIER_REFRESH=1`.
    fn assert_current(path: &str, wanted: &str) {
        let file = Path::new(env!("CARGO_MANIFEST_DIR")).join(path);
        if std::env::var_os("DOSSIER_REFRESH").is_some() {
            std::fs::create_dir_all(file.parent().unwrap()).unwrap();
            std::fs::write(&file, wanted).unwrap();
        }
        let found = std::fs::read_to_string(&file).unwrap_or_default().replace("\r\n", "\n");
        assert!(
            found == wanted,
            "{path} is not current: DOSSIER_REFRESH=1 cargo test --lib schema"
        );
    }

    #[test]
    fn kinds_are_the_project_file_and_every_record() {
        let (first, records) = KINDS.split_first().unwrap();
        assert_eq!((*first, records), ("project", model::KINDS));
        assert!(KINDS.iter().all(|kind| schema(kind).is_some()));
    }

    #[test]
    fn parts_of_one_name_are_one_part() {
        let mut parts: BTreeMap<String, Value> = BTreeMap::new();
        for (kind, schema) in schemas() {
            let Some(Value::Object(found)) = schema.get("definitions") else { continue };
            for (name, part) in found {
                let known = parts.entry(name.clone()).or_insert_with(|| part.clone());
                assert!(known == part, "{name} of {kind}");
            }
        }
    }

    #[test]
    fn schema_of_every_kind_is_current() {
        for (kind, schema) in schemas() {
            assert_current(&format!("docs/schema/{kind}.schema.json"), &format!("{schema:#}\n"));
        }
    }

    #[test]
    fn reference_page_is_current() {
        assert_current("docs/reference.md", &reference());
    }

    #[test]
    fn reference_page_links_to_headings_that_exist() {
        let page = reference();
        let headings: Vec<String> = page
            .lines()
            .filter_map(|line| line.strip_prefix("## ").or(line.strip_prefix("### ")))
            .map(|heading| heading.to_lowercase().replace(' ', "-"))
            .collect();
        for link in page.split("](#").skip(1) {
            let target = link.split(')').next().unwrap_or_default().to_owned();
            assert!(headings.contains(&target), "{target}");
        }
    }
}
