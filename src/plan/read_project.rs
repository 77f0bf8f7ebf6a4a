//! `dossier.yaml` → [`Project`]. Every fault is reported in one pass.

use crate::conformance::{Accessible, Archive};
use crate::diag::{Diagnostic, Diagnostics};
use crate::load::{DateOrder, Kind, Value};

use super::attachments;
use super::page_format::PageFormat;
use super::placed::Placed;
use super::places::Places;
use super::project::{
    Certificates, Document, Edition, Inputs, Levels, Options, Pack, People, Project, Settings,
    Status,
};
use super::read::{Fields, Reader, is_language, no_language};
use super::read_people;
use super::select::{Filter, SortKey, Wanted};
use super::titles::Title;

const PROJECT: &[&str] = &[
    "title",
    "language",
    "date-order",
    "inputs",
    "templates",
    "output",
    "people",
    "certificates",
    "defaults",
    "documents",
    "packs",
];
const SETTINGS: &[&str] = &["status", "version", "page", "edition", "pdf"];
const LEVELS: &[&str] = &["archive", "accessible"];
const PEOPLE: &[&str] = &["columns", "fields", "threshold"];
const CERTIFICATES: &[&str] = &["key", "share"];
const DOCUMENT: &[&str] = &[
    "id",
    "template",
    "title",
    "for-each",
    "where",
    "order-by",
    "output",
    "language",
    "languages",
    "language-from",
    "attachments",
    "options",
];
const PACK: &[&str] =
    &["id", "template", "title", "papers", "output", "language", "attachments", "options"];

/// The editions by the words that people write.
pub(super) const EDITIONS: [(&str, Edition); 3] = [
    ("public", Edition::Public),
    ("attendees", Edition::Attendees),
    ("internal", Edition::Internal),
];

impl Project {
    /// Reads the project file's one document.
    ///
    /// # Errors
    /// Keys and values that are not known, settings that are missing, and paths that leave the
    /// project's folder.
    pub fn read(value: &Value) -> Result<Project, Diagnostics> {
        let mut reader = Reader::default();
        let project = project(&mut reader, value);
        match project {
            Some(project) if !reader.found.has_errors() => Ok(project),
            _ => Err(reader.found),
        }
    }
}

fn project(reader: &mut Reader, value: &Value) -> Option<Project> {
    let fields = reader.fields(value, "the project", &[PROJECT])?;
    let title = reader
        .required(&fields, "title")
        .and_then(|value| reader.text(value, "the project's title"));
    let language = fields.get("language").and_then(|value| reader.language(value, "the language"));
    let orders = [("day-first", DateOrder::DayFirst), ("month-first", DateOrder::MonthFirst)];
    let date_order = fields
        .get("date-order")
        .and_then(|value| reader.choice(value, "the order of dates", &orders));
    let inputs = fields.get("inputs").map_or(Inputs::Usual, |value| inputs(reader, value));
    let templates =
        fields.get("templates").and_then(|value| reader.path(value, "the folder of templates"));
    let output = fields.get("output").and_then(|value| reader.path(value, "the output folder"));
    let people = fields.get("people").and_then(|value| people(reader, value));
    let certificates = fields.get("certificates").and_then(|value| certificates(reader, value));
    let defaults = fields.get("defaults").and_then(|value| {
        let fields = reader.fields(value, "`defaults`", &[SETTINGS])?;
        Some(settings(reader, &fields))
    });
    let documents = reader.required(&fields, "documents").map(|value| documents(reader, value));
    let packs = fields.get("packs").map(|value| packs(reader, value)).unwrap_or_default();
    let project = Project {
        title: title?,
        language,
        date_order: date_order.map(|order| order.value),
        inputs,
        templates,
        output,
        people: people.unwrap_or_default(),
        certificates: certificates.unwrap_or_default(),
        defaults: defaults.unwrap_or_default(),
        documents: documents?,
        packs,
    };
    check_folders(reader, &project);
    Some(project)
}

fn people(reader: &mut Reader, value: &Value) -> Option<People> {
    let fields = reader.fields(value, "`people`", &[PEOPLE])?;
    Some(People {
        columns: fields
            .get("columns")
            .map(|value| read_people::columns(reader, value))
            .unwrap_or_default(),
        fields: fields
            .get("fields")
            .map(|value| read_people::levels(reader, value))
            .unwrap_or_default(),
        threshold: fields
            .get("threshold")
            .and_then(|value| reader.number(value, "the threshold", 1..=1000)),
    })
}

fn certificates(reader: &mut Reader, value: &Value) -> Option<Certificates> {
    let fields = reader.fields(value, "`certificates`", &[CERTIFICATES])?;
    Some(Certificates {
        key: fields.get("key").and_then(|value| reader.path(value, "the key's file")),
        share: fields.get("share").and_then(|value| reader.number(value, "the share", 1..=100)),
    })
}

/// Papers must not be written over what they are made from.
fn check_folders(reader: &mut Reader, project: &Project) {
    let Some(output) = &project.output else { return };
    let input = match &project.inputs {
        Inputs::Folder(folder) => folder.value.as_str(),
        Inputs::Usual | Inputs::Named(_) => "inputs",
    };
    let inside = |folder: &str| {
        let start = output.value.strip_prefix(folder);
        start.is_some_and(|rest| rest.is_empty() || rest.starts_with('/'))
    };
    if [input, project.templates()].into_iter().any(inside) {
        let message = "the output folder is the folder of the data or of the templates";
        let fault = Diagnostic::error("project/path", message).at(output.span, "");
        reader.found.push(fault.help("give the papers a folder of their own, such as `output`"));
    }
}

fn inputs(reader: &mut Reader, value: &Value) -> Inputs {
    let Kind::Map(entries) = &value.kind else {
        return reader.path(value, "the folder of inputs").map_or(Inputs::Usual, Inputs::Folder);
    };
    let mut named = Vec::new();
    for entry in entries {
        let paths = reader.texts(&entry.value, "an input");
        let paths = paths
            .into_iter()
            .filter_map(|path| reader.check_path(path, "an input's path"))
            .collect();
        named.push((Placed { value: entry.key.clone(), span: entry.key_span }, paths));
    }
    Inputs::Named(named)
}

fn settings(reader: &mut Reader, fields: &Fields<'_>) -> Settings {
    let statuses = [("draft", Status::Draft), ("final", Status::Final)];
    Settings {
        status: fields
            .get("status")
            .and_then(|value| reader.choice(value, "the status", &statuses)),
        version: fields.get("version").and_then(|value| reader.text(value, "the version")),
        page: fields.get("page").and_then(|value| page(reader, value)),
        edition: fields
            .get("edition")
            .and_then(|value| reader.choice(value, "the edition", &EDITIONS)),
        pdf: fields.get("pdf").and_then(|value| levels(reader, value)).unwrap_or_default(),
    }
}

fn levels(reader: &mut Reader, value: &Value) -> Option<Levels> {
    let fields = reader.fields(value, "`pdf`", &[LEVELS])?;
    let archive = fields
        .get("archive")
        .and_then(|value| reader.choice(value, "the level of PDF/A", &Archive::WORDS));
    let accessible = fields
        .get("accessible")
        .and_then(|value| reader.choice(value, "the level of PDF/UA", &Accessible::WORDS));
    Some(Levels { archive, accessible })
}

fn page(reader: &mut Reader, value: &Value) -> Option<Placed<PageFormat>> {
    let (size, landscape) = if let Kind::Map(_) = &value.kind {
        let fields = reader.fields(value, "`page`", &[&["size", "orientation"]])?;
        let turns = [("portrait", false), ("landscape", true)];
        let turn = fields
            .get("orientation")
            .and_then(|value| reader.choice(value, "the orientation", &turns));
        (reader.required(&fields, "size")?, turn)
    } else {
        (value, None)
    };
    let text = reader.text(size, "the page's size")?;
    let Some(page) = PageFormat::parse(&text.value) else {
        let names: Vec<_> = PageFormat::names().collect();
        reader.found.push(
            Diagnostic::error("project/page", format!("“{}” is no size of paper", text.value))
                .at(text.span, "")
                .help(format!("known are {}, each with `landscape` after it, or two lengths such as 210mm 297mm", names.join(", "))),
        );
        return None;
    };
    let page = match landscape {
        Some(turn) => page.turned(turn.value),
        None => page,
    };
    Some(Placed { value: page, span: text.span })
}

fn documents(reader: &mut Reader, value: &Value) -> Vec<Document> {
    reader.list(value, "`documents`").iter().filter_map(|value| document(reader, value)).collect()
}

fn document(reader: &mut Reader, value: &Value) -> Option<Document> {
    let fields = reader.fields(value, "a document", &[DOCUMENT, SETTINGS])?;
    let id = reader.required(&fields, "id").and_then(|value| reader.id(value, "the id"));
    let template =
        reader.required(&fields, "template").and_then(|value| reader.path(value, "the template"));
    let output =
        reader.required(&fields, "output").and_then(|value| reader.text(value, "the output name"));
    let title = fields.get("title").and_then(|value| title(reader, value));
    let for_each = fields.get("for-each").and_then(|value| reader.text(value, "`for-each`"));
    let filters = fields.get("where").map(|value| filters(reader, value)).unwrap_or_default();
    let order_by = fields.get("order-by").map(|value| reader.texts(value, "a field of `order-by`"));
    let language = fields.get("language").and_then(|value| reader.language(value, "the language"));
    let languages = fields
        .get("languages")
        .map(|value| read_people::languages(reader, value))
        .unwrap_or_default();
    let language_from =
        fields.get("language-from").and_then(|value| reader.text(value, "`language-from`"));
    if let Some(several) =
        languages.first().filter(|_| language_from.is_some() || language.is_some())
    {
        let message = "`languages` stands alone: the paper is made once in each of them";
        let fault = Diagnostic::error("project/languages", message).at(several.span, "");
        reader.found.push(fault.help("take out `language` and `language-from`"));
    }
    let settings = settings(reader, &fields);
    let attachments =
        fields.get("attachments").map(|value| attachments::read(reader, value)).unwrap_or_default();
    let options = fields.get("options").map(|value| options(reader, value)).unwrap_or_default();
    let id = id?;
    Some(Document {
        span: id.span,
        id,
        template: template?,
        title,
        for_each,
        filters,
        order_by: order_by.unwrap_or_default().into_iter().map(sort_key).collect(),
        output: output?,
        language,
        languages,
        language_from,
        settings,
        attachments,
        options,
    })
}

fn sort_key(text: Placed<String>) -> Placed<SortKey> {
    let (path, descending) = match text.value.strip_prefix('-') {
        Some(path) => (path.trim().to_owned(), true),
        None => (text.value, false),
    };
    Placed { value: SortKey { path, descending }, span: text.span }
}

fn packs(reader: &mut Reader, value: &Value) -> Vec<Pack> {
    reader.list(value, "`packs`").iter().filter_map(|value| pack(reader, value)).collect()
}

fn pack(reader: &mut Reader, value: &Value) -> Option<Pack> {
    let fields = reader.fields(value, "a pack", &[PACK, SETTINGS])?;
    let id = reader.required(&fields, "id").and_then(|value| reader.id(value, "the id"));
    let template =
        reader.required(&fields, "template").and_then(|value| reader.path(value, "the template"));
    let output =
        reader.required(&fields, "output").and_then(|value| reader.text(value, "the output name"));
    let papers = reader.required(&fields, "papers").map(|value| papers(reader, value));
    let title = fields.get("title").and_then(|value| title(reader, value));
    let language = fields.get("language").and_then(|value| reader.language(value, "the language"));
    let settings = settings(reader, &fields);
    let attachments =
        fields.get("attachments").map(|value| attachments::read(reader, value)).unwrap_or_default();
    let options = fields.get("options").map(|value| options(reader, value)).unwrap_or_default();
    let id = id?;
    Some(Pack {
        span: id.span,
        id,
        template: template?,
        title,
        papers: papers?,
        output: output?,
        language,
        settings,
        attachments,
        options,
    })
}

fn papers(reader: &mut Reader, value: &Value) -> Vec<Placed<String>> {
    let papers = reader.list(value, "`papers`");
    if papers.is_empty() && matches!(value.kind, Kind::List(_)) {
        reader
            .found
            .push(Diagnostic::error("project/empty", "the pack has no papers").at(value.span, ""));
    }
    papers.iter().filter_map(|paper| reader.text(paper, "a paper's id")).collect()
}

fn title(reader: &mut Reader, value: &Value) -> Option<Title> {
    let Kind::Map(entries) = &value.kind else {
        return reader.text(value, "the title").map(Title::One);
    };
    let mut texts = Vec::new();
    for entry in entries {
        if !is_language(&entry.key) {
            reader.found.push(no_language(&entry.key).at(entry.key_span, ""));
        }
        texts.extend(reader.text(&entry.value, "the title").map(|text| (entry.key.clone(), text)));
    }
    Some(Title::Each(value.span, texts))
}

fn options(reader: &mut Reader, value: &Value) -> Options {
    if !matches!(value.kind, Kind::Map(_)) {
        reader.wrong(value, "`options` must be a map of keys");
        return Options::default();
    }
    Options { json: value.to_json(), places: Places::of(value) }
}

fn filters(reader: &mut Reader, value: &Value) -> Vec<Filter> {
    let Kind::Map(entries) = &value.kind else {
        reader.wrong(value, "`where` must be a map of fields and values");
        return Vec::new();
    };
    let mut filter = |entry: &crate::load::Entry| {
        let path = Placed { value: entry.key.clone(), span: entry.key_span };
        if let Kind::Map(_) = &entry.value.kind {
            let fields = reader.fields(&entry.value, "a condition", &[&["not"]])?;
            let not = reader.required(&fields, "not")?;
            let any_of = wanted(reader, not)?;
            return Some(Filter { path, any_of, negated: true });
        }
        Some(Filter { path, any_of: wanted(reader, &entry.value)?, negated: false })
    };
    entries.iter().filter_map(&mut filter).collect()
}

/// A value, or a list of values.
fn wanted(reader: &mut Reader, value: &Value) -> Option<Vec<Wanted>> {
    let one = |value: &Value| match &value.kind {
        Kind::Null => Some(Wanted::Nothing),
        Kind::Scalar(scalar) => Some(Wanted::Text(scalar.text.clone())),
        Kind::List(_) | Kind::Map(_) => None,
    };
    let values: Option<Vec<Wanted>> = match &value.kind {
        Kind::List(items) => items.iter().map(one).collect(),
        _ => one(value).map(|wanted| vec![wanted]),
    };
    match values {
        Some(values) if !values.is_empty() => Some(values),
        _ => {
            reader.wrong(value, "a condition is a value or a list of values");
            None
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    /// The keys that the schema of a part knows, sorted.
    fn described(schema: &serde_json::Value, part: &str) -> Vec<String> {
        let keys = schema.pointer(part).and_then(|part| part["properties"].as_object()).unwrap();
        let mut keys: Vec<String> = keys.keys().cloned().collect();
        keys.sort();
        keys
    }

    fn sorted(lists: &[&[&str]]) -> Vec<String> {
        let mut keys: Vec<String> = lists.concat().into_iter().map(str::to_owned).collect();
        keys.sort();
        keys
    }

    #[test]
    fn keys_of_the_schema_are_keys_of_the_reader() {
        let schema = crate::model::schema_of::<Project>("project");
        assert_eq!(described(&schema, ""), sorted(&[PROJECT]));
        assert_eq!(described(&schema, "/definitions/Settings"), sorted(&[SETTINGS]));
        assert_eq!(described(&schema, "/definitions/Paper"), sorted(&[DOCUMENT, SETTINGS]));
        assert_eq!(described(&schema, "/definitions/Pack"), sorted(&[PACK, SETTINGS]));
        assert_eq!(described(&schema, "/definitions/Levels"), sorted(&[LEVELS]));
        assert_eq!(described(&schema, "/definitions/People"), sorted(&[PEOPLE]));
        assert_eq!(described(&schema, "/definitions/Certificates"), sorted(&[CERTIFICATES]));
    }
}
