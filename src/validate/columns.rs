//! The columns of a list of participants, under the names that people give them.

use super::languages::{self, Wording, column_in_language};
use super::scalars::slug;
use crate::diag::{Diagnostic, Diagnostics};
use crate::load::{Entry, Kind, Value};
use crate::near::nearest;
use crate::source::Span;
use std::collections::{BTreeMap, BTreeSet};

/// Field, and further names of its column in English and Norwegian; the field's own name counts.
const COLUMNS: &[(&str, &[&str])] = &[
    ("id", &[]),
    ("surname", &["last-name", "family-name", "etternavn"]),
    ("given-name", &["given-names", "first-name", "forename", "fornavn"]),
    ("title", &["form-of-address", "tittel"]),
    ("honorific", &["honorifics", "academic-title", "akademisk-tittel"]),
    ("function", &["position", "post", "stilling", "funksjon"]),
    (
        "agency",
        &["organisation", "organization", "institution", "etat", "institusjon", "organisasjon"],
    ),
    ("country", &["land"]),
    ("delegation", &["delegasjon"]),
    ("rank", &["rang", "rank-in-delegation", "rang-i-delegasjonen"]),
    ("head", &["head-of-delegation", "delegasjonsleder", "leder"]),
    ("since", &["in-post-since", "i-stillingen-siden", "siden"]),
    ("experience", &["erfaring"]),
    ("gender", &["sex", "kjønn"]),
    ("email", &["e-mail", "e-mail-address", "e-post", "epost", "e-postadresse"]),
    ("telephone", &["phone", "mobile", "telefon", "mobil"]),
    ("language", &["språk"]),
    ("diet", &["dietary", "dietary-needs", "dietary-requirements", "kosthold", "allergier"]),
    ("access", &["access-needs", "accessibility", "tilrettelegging"]),
    ("roles", &["role", "rolle", "roller"]),
    ("consent", &["samtykke"]),
    ("posts", &[]),
    ("note", &["notes", "merknad"]),
    ("custom", &[]),
];

/// Puts the fields' names in place of the columns' in every row.
pub(super) struct Columns<'m> {
    mapped: &'m BTreeMap<String, String>,
    /// The project's language, in which the texts of columns without a language are written.
    language: &'m str,
    reported: BTreeSet<Span>,
    /// The free fields of columns that are not known, by the columns' places.
    free: BTreeMap<Span, Option<String>>,
    /// What was found in the header: each unknown or doubled column once.
    pub found: Diagnostics,
}

impl<'m> Columns<'m> {
    /// Columns of one file; `mapped` holds the project's own names and the field that each fills.
    pub fn new(mapped: &'m BTreeMap<String, String>, language: &'m str) -> Columns<'m> {
        Columns {
            mapped,
            language,
            reported: BTreeSet::new(),
            free: BTreeMap::new(),
            found: Diagnostics::new(),
        }
    }

    /// The row under the fields' names. A column that is not known is reported once, at its header: one
    /// that is nearly a known one is a slip, and left out; any other is a free field under its own name.
    pub fn rename(&mut self, row: Value) -> Value {
        let Kind::Map(entries) = row.kind else { return row };
        let mut fields: Vec<Entry> = Vec::with_capacity(entries.len());
        let mut free: Vec<Entry> = Vec::new();
        let mut wordings: Vec<Wording> = Vec::new();
        for entry in entries {
            if let Some((field, language)) = self.wording(&entry.key) {
                wordings.push(Wording { field, language, entry });
                continue;
            }
            let Some(field) = self.field(&entry.key).or_else(|| self.unknown(&entry)) else {
                continue;
            };
            if let Some(key) = field.strip_prefix("custom.") {
                if let Some(first) = free.iter().find(|known| known.key == key) {
                    self.doubled(&field, &entry, first.key_span);
                    continue;
                }
                free.push(Entry { key: key.to_owned(), ..entry });
            } else if let Some(first) = fields.iter().find(|known| known.key == field) {
                self.doubled(&field, &entry, first.key_span);
            } else {
                fields.push(Entry { key: field, ..entry });
            }
        }
        if !wordings.is_empty() {
            languages::join(&mut fields, wordings, self.language, |entry, fault| {
                if self.reported.insert(entry.key_span) {
                    self.found.push(fault);
                }
            });
            languages::settle(&mut fields);
        }
        if !free.is_empty() && !fields.iter().any(|entry| entry.key == "custom") {
            let value = Value { span: row.span, kind: Kind::Map(free) };
            fields.push(Entry { key: "custom".to_owned(), key_span: row.span, value });
        }
        Value { span: row.span, kind: Kind::Map(fields) }
    }

    /// The field and the language of a column that holds a text in one language.
    fn wording(&self, column: &str) -> Option<(&'static str, String)> {
        column_in_language(self.mapped.get(column).map_or(column, String::as_str))
    }

    fn field(&self, column: &str) -> Option<String> {
        if let Some(field) = self.mapped.get(column) {
            return Some(field.clone());
        }
        if column.starts_with("custom.") {
            return Some(column.to_owned());
        }
        known(&folded(column)).map(str::to_owned)
    }

    /// Reports a column that is not known; gives the free field that it fills, unless it is a slip.
    fn unknown(&mut self, entry: &Entry) -> Option<String> {
        if let Some(known) = self.free.get(&entry.key_span) {
            return known.clone();
        }
        let name = folded(&entry.key);
        let names = COLUMNS
            .iter()
            .flat_map(|(field, others)| std::iter::once(field).chain(*others).copied());
        let near = nearest(&name, names);
        // Of a name without Latin letters the name itself.
        let is_latin = entry.key.chars().any(|letter| letter.is_ascii_alphanumeric());
        let free = format!("custom.{}", if is_latin { slug(&entry.key) } else { name });
        let message = format!("a list of participants has no column `{}`", entry.key);
        self.found.push(match near {
            Some(near) => Diagnostic::error("data/unknown-column", message)
                .at(entry.key_span, "unknown column")
                .help(format!("did you mean `{near}`?"))
                .help(format!(
                    "if it is a column of your own, name it `{free}`, or map it under  people: {{columns: …}}  in dossier.yaml"
                )),
            None => Diagnostic::warning("data/unknown-column", message)
                .at(entry.key_span, format!("templates see it as `{free}`"))
                .help(format!(
                    "name it `{free}`, or map it under  people: {{columns: …}}  in dossier.yaml, if that is what it is"
                )),
        });
        let field = near.is_none().then_some(free);
        self.free.insert(entry.key_span, field.clone());
        field
    }

    fn doubled(&mut self, field: &str, entry: &Entry, first: Span) {
        if self.reported.insert(entry.key_span) {
            self.found.push(doubled(field, entry.key_span, first));
        }
    }
}

/// The field of a column under one of its usual names.
pub(super) fn known(name: &str) -> Option<&'static str> {
    COLUMNS
        .iter()
        .find(|(field, others)| *field == name || others.contains(&name))
        .map(|(field, _)| *field)
}

/// The report of two columns for one field.
pub(super) fn doubled(field: &str, second: Span, first: Span) -> Diagnostic {
    Diagnostic::error("data/doubled-column", format!("two columns fill `{field}`"))
        .at(second, "the second one")
        .context(first, "the first one")
        .help("take one of them out")
}

/// A column's name without what people vary: capitals, spaces, underscores.
pub(super) fn folded(column: &str) -> String {
    let words: Vec<String> = column
        .split(|letter: char| letter.is_whitespace() || letter == '_' || letter == '-')
        .filter(|word| !word.is_empty())
        .map(str::to_lowercase)
        .collect();
    words.join("-")
}
