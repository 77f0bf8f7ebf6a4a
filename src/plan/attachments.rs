//! Files inside papers: what the project file names, checked, and what comes of it for one paper.
//!
//! Nothing is attached that is not named. A file shows all that is in it: what is for a narrower
//! circle than the paper stays out of the paper.

use std::collections::BTreeSet;

use schemars::{JsonSchema, Schema, SchemaGenerator, json_schema};

use crate::conformance::Relation;
use crate::diag::{Diagnostic, Diagnostics};
use crate::load::{Kind, Value};
use crate::source::{SourceId, Span};

use super::papers::Look;
use super::placed::Placed;
use super::project::Edition;
use super::read::Reader;
use super::read_project::EDITIONS;

/// A file that is put into the paper.
#[derive(Debug, Clone, JsonSchema)]
#[schemars(rename_all = "kebab-case", deny_unknown_fields)]
pub struct Attachment {
    /// The file, from the project's folder, or `data`: the files with the data that the paper is
    /// made from.
    pub file: Placed<String>,
    /// What it is, for those who find it in the paper. Default: its name.
    pub description: Option<Placed<String>>,
    /// What it is to the paper. Default: `data` for `data`, else `supplement`.
    pub relation: Option<Placed<Relation>>,
    /// For whom all that stands in the file is. Default: `internal`.
    pub edition: Option<Placed<Edition>>,
}

/// What stands for the files with the paper's data.
const DATA: &str = "data";

/// Files for one paper.
#[derive(Debug, Clone, PartialEq)]
pub struct Attached {
    /// Which.
    pub files: Files,
    /// What they are, where the project file says it.
    pub description: Option<String>,
    /// What they are to the paper.
    pub relation: Relation,
    /// Where the project file names them.
    pub span: Span,
}

/// Which files are attached.
#[derive(Debug, Clone, PartialEq)]
pub enum Files {
    /// Data files that have been read.
    Data(Vec<SourceId>),
    /// A file, from the project's folder.
    One(String),
}

/// The shape of `attachments`: a list of names, or of maps that say more.
pub(super) fn attachments_schema(generator: &mut SchemaGenerator) -> Schema {
    let more = generator.subschema_for::<Attachment>();
    json_schema!({"type": "array", "items": {"anyOf": [{"type": "string"}, more]}})
}

/// Reads `attachments`.
pub(super) fn read(reader: &mut Reader, value: &Value) -> Vec<Attachment> {
    let entries = reader.list(value, "`attachments`");
    entries.iter().filter_map(|entry| one(reader, entry)).collect()
}

fn one(reader: &mut Reader, value: &Value) -> Option<Attachment> {
    if !matches!(value.kind, Kind::Map(_)) {
        let file = reader.path(value, "an attachment's file")?;
        return Some(Attachment { file, description: None, relation: None, edition: None });
    }
    let known: &[&str] = &["file", "description", "relation", "edition"];
    let fields = reader.fields(value, "an attachment", &[known])?;
    let file = reader
        .required(&fields, "file")
        .and_then(|value| reader.path(value, "an attachment's file"));
    let description =
        fields.get("description").and_then(|value| reader.text(value, "the description"));
    let relation = fields
        .get("relation")
        .and_then(|value| reader.choice(value, "the relation", &Relation::WORDS));
    let edition =
        fields.get("edition").and_then(|value| reader.choice(value, "the edition", &EDITIONS));
    Some(Attachment { file: file?, description, relation, edition })
}

/// Reports attachments that a paper of that look cannot have.
pub(super) fn check(entries: &[Attachment], look: &Look, found: &mut Diagnostics) {
    let Some(first) = entries.first() else { return };
    if !look.claims.archive.takes_attachments() {
        let message = format!(
            "a paper of PDF/A-{} takes no attachments: all that may be in it is PDF/A itself (ISO 19005-2 6.8)",
            look.claims.archive.word()
        );
        let fault = Diagnostic::error("project/attachments-level", message).at(first.file.span, "");
        let fault = match look.archive_at {
            Some(span) => fault.context(span, "the level"),
            None => fault,
        };
        found.push(fault.help("write `pdf: {archive: 3a}`, or leave the attachments out"));
    }
    entries.iter().for_each(|entry| check_edition(entry, look.edition, found));
}

fn check_edition(entry: &Attachment, paper: Edition, found: &mut Diagnostics) {
    let is_data = entry.file.value == DATA;
    if let Some(edition) = entry.edition.filter(|_| is_data) {
        let message = "for whom the paper's data files are cannot be said of all of them at once";
        let fault = Diagnostic::error("project/attachment-edition", message).at(edition.span, "");
        found.push(fault.help("name each file with an `edition` of its own"));
        return;
    }
    let edition = entry.edition.map_or(Edition::Internal, |edition| edition.value);
    if edition <= paper {
        return;
    }
    let message = format!(
        "the attachment is for a narrower circle ({}) than the paper ({})",
        word(edition),
        word(paper)
    );
    let span = entry.edition.map_or(entry.file.span, |edition| edition.span);
    let fault = Diagnostic::error("project/attachment-edition", message).at(span, "");
    found.push(match is_data {
        true => fault.help(
            "whole data files hold more than the paper shows: make a file of what may be seen, and attach that",
        ),
        false => fault.help(format!(
            "if everybody who gets the paper may see all of the file, say so: {{file: {}, edition: {}}}",
            entry.file.value,
            word(paper)
        )),
    });
}

fn word(edition: Edition) -> &'static str {
    EDITIONS.iter().find(|(_, known)| *known == edition).map_or("internal", |(word, _)| word)
}

/// The attachments of one paper, whose data stand in `data`.
pub(super) fn attach(
    entries: &[Attachment],
    data: &dyn Fn() -> BTreeSet<SourceId>,
) -> Vec<Attached> {
    let one = |entry: &Attachment| {
        let is_data = entry.file.value == DATA;
        let usual = if is_data { Relation::Data } else { Relation::Supplement };
        Attached {
            files: match is_data {
                true => Files::Data(data().into_iter().collect()),
                false => Files::One(entry.file.value.clone()),
            },
            description: entry.description.as_ref().map(|text| text.value.clone()),
            relation: entry.relation.map_or(usual, |relation| relation.value),
            span: entry.file.span,
        }
    };
    entries.iter().map(one).collect()
}
