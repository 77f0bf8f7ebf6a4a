//! The project file, `dossier.yaml`: its settings as types. `docs/reference.md` and the JSON Schema
//! are made from them, so each comment is written for the person who fills in the file.

use std::borrow::Cow;
use std::collections::BTreeMap;

use schemars::{JsonSchema, Schema, SchemaGenerator, json_schema};
use serde_json::Value as Json;

use crate::conformance::{Accessible, Archive};
use crate::editions;
pub use crate::editions::Edition;
use crate::load::DateOrder;
pub use crate::model::Status;
use crate::source::Span;

use super::attachments::{Attachment, attachments_schema};
use super::page_format::PageFormat;
use super::placed::Placed;
use super::places::Places;
use super::select::{Filter, SortKey, filters_schema};
use super::titles::Title;

/// The project file `dossier.yaml`: where the data lies and which papers are made from it.
#[derive(Debug, Clone, JsonSchema)]
#[schemars(rename_all = "kebab-case", deny_unknown_fields)]
pub struct Project {
    /// The project's name, as it is shown in messages and may be printed on papers.
    pub title: Placed<String>,
    /// The language of the papers that name none of their own, such as `en` or `nb`. Default: `en`.
    pub language: Option<Placed<String>>,
    /// How dates such as 03/04/2014 are read: `day-first` (3 April) or `month-first` (4 March).
    /// Default: `day-first`.
    pub date_order: Option<DateOrder>,
    /// The folder with the data, or a list of names with the file or folder of each. Default:
    /// `inputs`.
    #[schemars(default)]
    pub inputs: Inputs,
    /// The folder with the project's own templates, stylesheets, fonts and words. Default:
    /// `templates`.
    pub templates: Option<Placed<String>>,
    /// The folder that the finished papers are written to. Default: `output`.
    pub output: Option<Placed<String>>,
    /// Columns, levels of fields and the threshold of counts.
    #[schemars(default)]
    pub people: People,
    /// The key and the share for certificates.
    #[schemars(default)]
    pub certificates: Certificates,
    /// What holds for every paper that does not say otherwise.
    #[schemars(default)]
    pub defaults: Settings,
    /// The papers.
    pub documents: Vec<Document>,
    /// Packs: several papers in one file, with a cover and contents.
    #[schemars(default)]
    pub packs: Vec<Pack>,
}

/// Settings that papers share.
#[derive(Debug, Clone, Default, JsonSchema)]
#[schemars(rename_all = "kebab-case", deny_unknown_fields)]
pub struct Settings {
    /// `draft` or `final`. A draft is marked as one on every page. Default: what the record says
    /// that the paper is about, else `draft`.
    pub status: Option<Placed<Status>>,
    /// The version, as it is printed in the footer. Default: the record's, else 1.0.
    pub version: Option<Placed<String>>,
    /// The size of the paper: `A4`, `A5`, `Letter`, `A4 landscape`, or a size and an orientation.
    /// Default: `A4`.
    pub page: Option<Placed<PageFormat>>,
    /// For whom the paper is: `public`, `attendees` or `internal`. Default: `internal`.
    pub edition: Option<Placed<Edition>>,
    /// The levels that the file claims: `{archive: 2a, accessible: ua-1}`.
    #[schemars(default)]
    pub pdf: Levels,
}

/// The levels that a file claims.
#[derive(Debug, Clone, Copy, Default, JsonSchema)]
#[schemars(rename_all = "kebab-case", deny_unknown_fields)]
pub struct Levels {
    /// The level of PDF/A. Default: `2a`; attachments need `3a`, or `none`.
    pub archive: Option<Placed<Archive>>,
    /// The level of PDF/UA. Default: `ua-1`, with which a paper that somebody could not read is not
    /// made; with `none` it is made, with warnings.
    pub accessible: Option<Placed<Accessible>>,
}

/// A paper, or a kind of paper that is made once for each record.
#[derive(Debug, Clone, JsonSchema)]
#[schemars(rename = "Paper", rename_all = "kebab-case", deny_unknown_fields)]
pub struct Document {
    /// A name for the paper, used by packs, by `--only` and in messages. No two papers or packs
    /// have the same.
    pub id: Placed<String>,
    /// The template, without its ending: `mandate-brief` means `templates/mandate-brief.hbs`.
    pub template: Placed<String>,
    /// The paper's title, or one for each language. May hold fields: `{{title}}`.
    pub title: Option<Title>,
    /// Makes one paper for each record of this kind, such as `mandates`. Without it, one paper is
    /// made from all data.
    pub for_each: Option<Placed<String>>,
    /// Only for records whose fields have these values.
    #[schemars(rename = "where", default, schema_with = "filters_schema")]
    pub filters: Vec<Filter>,
    /// The fields by which the papers are ordered; a minus turns the order round: `[start, -title]`.
    #[schemars(default)]
    pub order_by: Vec<Placed<SortKey>>,
    /// The file's name in the output folder. Fields of the record stand in braces:
    /// `mandates/{{id}}.pdf`.
    pub output: Placed<String>,
    /// The paper's language, such as `en` or `nb`.
    pub language: Option<Placed<String>>,
    /// Several languages: the paper is made once in each. The file's name then holds
    /// `{{paper.language}}`.
    #[schemars(default, with = "Vec<String>")]
    pub languages: Vec<Placed<String>>,
    /// The field of the record that says in which language the paper is, such as `language` of a
    /// participant; where it says nothing, `language` holds.
    pub language_from: Option<Placed<String>>,
    #[allow(missing_docs)]
    #[schemars(flatten)]
    pub settings: Settings,
    /// Files that are put into the paper: `data` for the files with its data, or files of the
    /// project. Nothing else is ever attached.
    #[schemars(default, schema_with = "attachments_schema")]
    pub attachments: Vec<Attachment>,
    /// Free settings that the template knows.
    #[schemars(default)]
    pub options: Options,
    /// Where the entry stands.
    #[schemars(skip)]
    pub span: Span,
}

/// Several papers in one file.
#[derive(Debug, Clone, JsonSchema)]
#[schemars(rename_all = "kebab-case", deny_unknown_fields)]
pub struct Pack {
    /// A name for the pack. No two papers or packs have the same.
    pub id: Placed<String>,
    /// The template of the cover and the contents, without its ending.
    pub template: Placed<String>,
    /// The pack's title, or one for each language.
    pub title: Option<Title>,
    /// The ids of the papers, in order. A document with `for-each` stands for all its papers; one
    /// of them is named with the record's id: `mandate-brief/punjab-police`.
    pub papers: Vec<Placed<String>>,
    /// The file's name in the output folder.
    pub output: Placed<String>,
    /// The pack's language, such as `en` or `nb`.
    pub language: Option<Placed<String>>,
    #[allow(missing_docs)]
    #[schemars(flatten)]
    pub settings: Settings,
    /// Files that are put into the pack, as for papers; those of its papers are not.
    #[schemars(default, schema_with = "attachments_schema")]
    pub attachments: Vec<Attachment>,
    /// Free settings that the template knows.
    #[schemars(default)]
    pub options: Options,
    /// Where the entry stands.
    #[schemars(skip)]
    pub span: Span,
}

/// What holds for people in all papers.
#[derive(Debug, Clone, Default, JsonSchema)]
#[schemars(rename_all = "kebab-case", deny_unknown_fields)]
pub struct People {
    /// Columns of the lists under names of your own, and the field that each fills: `{Mobilnr:
    /// telephone, Ankomst: custom.arrival}`.
    #[schemars(default, with = "BTreeMap<String, String>")]
    pub columns: Vec<(Placed<String>, Placed<String>)>,
    /// For whom a field is, where it is not as usual: `{email: internal, custom.arrival: attendees}`.
    #[schemars(default, with = "BTreeMap<String, Edition>")]
    pub fields: Vec<(Placed<String>, Placed<Edition>)>,
    /// Counts of fewer people than this are not shown in papers for the public and for attendees.
    /// Default: 5.
    pub threshold: Option<Placed<u32>>,
}

/// What holds for certificates.
#[derive(Debug, Clone, Default, JsonSchema)]
#[schemars(rename_all = "kebab-case", deny_unknown_fields)]
pub struct Certificates {
    /// A file with at least 16 bytes that nobody else has: the numbers of certificates are made under
    /// this key. Without it they are plain serials, which prove nothing.
    pub key: Option<Placed<String>>,
    /// How much of the scheduled time somebody must have attended, in percent, where the event says
    /// nothing else. Default: 80.
    pub share: Option<Placed<u32>>,
}

/// Where the data lies.
#[derive(Debug, Clone, Default, PartialEq)]
pub enum Inputs {
    /// The folder `inputs`.
    #[default]
    Usual,
    /// A folder.
    Folder(Placed<String>),
    /// A name, and the files or folders that go by it.
    Named(Vec<(Placed<String>, Vec<Placed<String>>)>),
}

/// A free map with the places of its values.
#[derive(Debug, Clone, PartialEq)]
pub struct Options {
    /// The map; empty if none is given.
    pub json: Json,
    /// Where its values stand.
    pub places: Places,
}

impl Default for Options {
    fn default() -> Options {
        Options { json: Json::Object(serde_json::Map::new()), places: Places::new() }
    }
}

impl Project {
    /// The language of papers that name none.
    pub fn language(&self) -> &str {
        self.language.as_ref().map_or("en", |language| &language.value)
    }

    /// How dates of numbers are read.
    pub fn date_order(&self) -> DateOrder {
        self.date_order.unwrap_or_default()
    }

    /// For whom each field of a person is.
    pub fn levels(&self) -> editions::Levels {
        let own = self.people.fields.iter();
        editions::Levels::new(
            own.map(|(field, level)| (field.value.clone(), level.value)).collect(),
        )
    }

    /// The folder of the project's templates, relative to the project file.
    pub fn templates(&self) -> &str {
        self.templates.as_ref().map_or("templates", |folder| &folder.value)
    }

    /// The folder that papers are written to, relative to the project file.
    pub fn output(&self) -> &str {
        self.output.as_ref().map_or("output", |folder| &folder.value)
    }
}

impl JsonSchema for Inputs {
    fn inline_schema() -> bool {
        true
    }

    fn schema_name() -> Cow<'static, str> {
        "Inputs".into()
    }

    fn json_schema(_: &mut SchemaGenerator) -> Schema {
        json_schema!({"anyOf": [
            {"type": "string"},
            {"type": "object", "additionalProperties": {"anyOf": [
                {"type": "string"},
                {"type": "array", "items": {"type": "string"}},
            ]}},
        ]})
    }
}

impl JsonSchema for Options {
    fn inline_schema() -> bool {
        true
    }

    fn schema_name() -> Cow<'static, str> {
        "Options".into()
    }

    fn json_schema(_: &mut SchemaGenerator) -> Schema {
        json_schema!({"type": "object"})
    }
}
