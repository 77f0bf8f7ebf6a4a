//! Documents → papers: one for all data, or one for each record.

use serde_json::{Value as Json, json};

use crate::conformance::Claims;
use crate::diag::{Diagnostic, Diagnostics};
use crate::near::nearest;
use crate::source::Span;

use super::Alphabets;
use super::attachments;
use super::context::{Base, PEOPLE, newest};
use super::data::{Data, Record, Set};
use super::file_name;
use super::job::{Failed, Job, Planned};
use super::pattern::{Lack, Pattern, text_at, text_of};
use super::placed::Placed;
use super::project::{Document, Edition, Options, Project, Settings, Status};
use super::select::{self, Filter};
use super::titles::Title;
use super::views::Views;

/// The papers of one document.
pub(super) struct Papers {
    /// The document's id.
    pub document: String,
    pub jobs: Vec<Job>,
    /// The ids of the papers that a bad record keeps from being made.
    pub failed: Vec<String>,
    /// Whether each paper is there once in each of several languages.
    pub several_languages: bool,
}

/// Plans all documents in the order of the project file.
pub(super) fn plan(
    project: &Project,
    views: &Views,
    alphabets: Alphabets,
    planned: &mut Planned,
) -> Vec<Papers> {
    let document = |document: &Document| {
        let edition = document.settings.edition.or(project.defaults.edition);
        let view = views.of(edition.map(|edition| edition.value).unwrap_or_default());
        let usual = document.language.as_ref().map_or(project.language(), |tag| &tag.value);
        let (data, base) = (&view.data, &view.base);
        let mut planner = Planner {
            project,
            data,
            base,
            document,
            planned,
            language: usual.to_owned(),
            usual: usual.to_owned(),
        };
        planner.all_languages(alphabets)
    };
    project.documents.iter().map(document).collect()
}

struct Planner<'a> {
    project: &'a Project,
    /// The data as the document's edition has them.
    data: &'a Data,
    base: &'a Base,
    document: &'a Document,
    planned: &'a mut Planned,
    /// The language of the papers that are being planned.
    language: String,
    /// The language of papers whose record says nothing.
    usual: String,
}

impl<'a> Planner<'a> {
    /// The document's papers in every language that it is made in.
    fn all_languages(&mut self, alphabets: Alphabets) -> Papers {
        let mut papers = Papers {
            document: self.document.id.value.clone(),
            jobs: Vec::new(),
            failed: Vec::new(),
            several_languages: self.document.languages.len() > 1,
        };
        let languages: Vec<String> = match &*self.document.languages {
            [] => self.languages_of_records(),
            several => several.iter().map(|language| language.value.clone()).collect(),
        };
        for language in languages {
            self.language = language;
            let before = self.planned.project.iter().count();
            let collate = alphabets(&self.language);
            self.plan(&collate, &mut papers);
            let new: Vec<_> = self.planned.project.iter().skip(before).collect();
            if new.iter().any(|fault| fault.is_error()) {
                break;
            }
        }
        papers
    }

    /// The languages that the records ask for, each once, or the document's own.
    fn languages_of_records(&mut self) -> Vec<String> {
        let usual = vec![self.usual.clone()];
        let Some(from) = &self.document.language_from else { return usual };
        let Some(set) = self.document.for_each.as_ref().and_then(|name| self.data.set(&name.value))
        else {
            return usual;
        };
        if self.is_withheld(set, &from.value, from.span) {
            return usual;
        }
        if let Err(unknown) = select::check_path(set, &from.value) {
            self.unknown_field(&from.value, from.span, &set.singular, unknown.nearest);
            return usual;
        }
        let mut languages: Vec<String> =
            set.records.iter().map(|record| self.language_of(record)).collect();
        languages.sort();
        languages.dedup();
        if languages.is_empty() { usual } else { languages }
    }

    /// The language that a record asks for, or the document's.
    fn language_of(&self, record: &Record) -> String {
        let from = self.document.language_from.as_ref();
        let asked = from.and_then(|from| {
            select::values(&record.json, &from.value).into_iter().find_map(Json::as_str)
        });
        asked.map_or_else(|| self.usual.clone(), str::to_owned)
    }

    fn plan(&mut self, compare: &dyn Fn(&str, &str) -> std::cmp::Ordering, papers: &mut Papers) {
        let faults_before = self.planned.project.iter().count();
        let set = self.set();
        let output = self.output(set);
        let title = self.title(set);
        self.check_selection(set);
        let look = Look::of(self.project, &self.document.settings, &self.language, None);
        attachments::check(&self.document.attachments, &look, &mut self.planned.project);
        let new: Vec<_> = self.planned.project.iter().skip(faults_before).collect();
        if new.iter().any(|fault| fault.is_error()) {
            return;
        }
        let Some(output) = output else { return };
        let by_record = self.document.languages.is_empty() && self.document.language_from.is_some();
        let records = match set {
            None => vec![None],
            Some(set) => {
                self.select(set, compare).into_iter().map(|record| Some((set, record))).collect()
            }
        };
        for record in records {
            let language = record.map(|(_, record)| self.language_of(record));
            if by_record && language.is_some_and(|language| language != self.language) {
                continue;
            }
            match self.paper(record, &output, title.as_ref()) {
                Ok(job) => papers.jobs.push(*job),
                Err(failed) => {
                    papers.failed.push(failed.id.clone());
                    self.planned.failed.push(failed);
                }
            }
        }
    }

    /// Whether records of the set have the field and papers of the document's edition show it; what
    /// keeps it from being used is reported, under the name that is `written`. What is hidden comes
    /// first: nothing is known below it.
    fn may_use(&mut self, set: &Set, path: &str, written: &str, span: Span) -> bool {
        if self.is_withheld(set, path, span) {
            return false;
        }
        match select::check_path(set, path) {
            Ok(()) => true,
            Err(unknown) => {
                self.unknown_field(written, span, &set.singular, unknown.nearest);
                false
            }
        }
    }

    /// Reports a field that papers of the document's edition do not show, and that it yet uses.
    fn is_withheld(&mut self, set: &Set, path: &str, span: Span) -> bool {
        let Some((record, withheld)) = select::withheld(set, path) else { return false };
        // The record and not the value, which messages must not show either.
        let mut fault = Diagnostic::error("project/edition", withheld.message())
            .at(span, "used here")
            .context(record.span, "of this record");
        if let Some(edition) = self.document.settings.edition {
            fault = fault.context(edition.span, "the paper's edition");
        }
        self.planned.project.push(fault.help(withheld.help()));
        true
    }

    /// The set that `for-each` names.
    fn set(&mut self) -> Option<&'a Set> {
        let name = self.document.for_each.as_ref()?;
        let set = self.data.set(&name.value);
        if set.is_none() {
            let known = || self.data.sets.iter().map(|set| set.name.as_str());
            let fault = Diagnostic::error(
                "project/unknown-set",
                format!("there are no records called “{}”", name.value),
            )
            .at(name.span, "not known");
            let help = match nearest(&name.value, known()) {
                Some(near) => format!("did you mean “{near}”?"),
                None => format!("known are: {}", known().collect::<Vec<_>>().join(", ")),
            };
            self.planned.project.push(fault.help(help));
        }
        set
    }

    fn check_selection(&mut self, set: Option<&Set>) {
        let document = self.document;
        let filters =
            document.filters.iter().map(|filter| (filter.path.value.as_str(), filter.path.span));
        let keys = document.order_by.iter().map(|key| (key.value.path.as_str(), key.span));
        for (path, span) in filters.chain(keys) {
            match set {
                Some(set) => _ = self.may_use(set, path, path, span),
                None if document.for_each.is_none() => self.planned.project.push(
                    Diagnostic::error(
                        "project/needs-for-each",
                        "`where` and `order-by` choose records, which only `for-each` asks for",
                    )
                    .at(span, "")
                    .help("name the records with `for-each`, or choose among them in the template"),
                ),
                None => {}
            }
        }
    }

    fn unknown_field(&mut self, path: &str, span: Span, of: &str, nearest: Option<String>) {
        let fault =
            Diagnostic::error("project/unknown-field", format!("no {of} has a field “{path}”"))
                .at(span, "not known");
        self.planned.project.push(match nearest {
            Some(near) => fault.help(format!("did you mean “{near}”?")),
            None => fault,
        });
    }

    /// The pattern of output names, if it can give any.
    fn output(&mut self, set: Option<&Set>) -> Option<Pattern> {
        let output = &self.document.output;
        let pattern = self.pattern(output, set)?;
        // With letters for every field, only the pattern's own text can be at fault.
        let sample = pattern.fill(&|_| Ok("x".to_owned())).unwrap_or_default();
        if let Some(fault) = file_name::fault_of(&sample) {
            self.planned.project.push(name_fault(&output.value, &fault, output.span));
            return None;
        }
        Some(pattern)
    }

    fn title(&mut self, set: Option<&Set>) -> Option<Placed<Pattern>> {
        let title =
            title_of(self.document.title.as_ref(), &self.language, &mut self.planned.project)?;
        let pattern = self.pattern(title, set)?;
        Some(Placed { value: pattern, span: title.span })
    }

    /// Reads a pattern and checks that its fields are known.
    fn pattern(&mut self, text: &Placed<String>, set: Option<&Set>) -> Option<Pattern> {
        let pattern = match Pattern::parse(&text.value) {
            Ok(pattern) => pattern,
            Err(fault) => {
                self.planned
                    .project
                    .push(Diagnostic::error("project/pattern", fault).at(text.span, ""));
                return None;
            }
        };
        for field in pattern.fields() {
            if self.is_common(field) || (set.is_none() && self.document.for_each.is_some()) {
                continue;
            }
            if set.is_some_and(|set| self.is_withheld(set, own_path(set, field), text.span)) {
                return None;
            }
            match set.map(|set| (set, select::check_path(set, own_path(set, field)))) {
                Some((_, Ok(()))) => {}
                Some((set, Err(unknown))) => self.unknown_field(field, text.span, &set.singular, unknown.nearest),
                None => self.planned.project.push(
                    Diagnostic::error("project/unknown-field", format!("the field “{field}” is not known here"))
                        .at(text.span, "")
                        .help("without `for-each` there are only paper.id, paper.language, paper.edition, paper.status, paper.version and project.title"),
                ),
            }
        }
        Some(pattern)
    }

    /// Whether every paper has the field.
    fn is_common(&self, field: &str) -> bool {
        [
            "paper.id",
            "paper.language",
            "paper.edition",
            "paper.status",
            "paper.version",
            "project.title",
        ]
        .contains(&field)
    }

    /// Whether the document chooses people by their event, and an event has a fault, which is
    /// reported: who would be chosen is not known.
    fn waits_for_event(&self, set: &Set) -> bool {
        let mut paths = self.document.filters.iter().map(|filter| filter.path.value.as_str());
        if !paths.any(|path| select::is_by_event(set, path)) {
            return false;
        }
        let broken = |record: &Record| record.broken;
        let unmarked = |record: &Record| {
            let field = |name| record.json.get(name).filter(|value: &&Json| !value.is_null());
            field("event").is_some() && field("certificate").is_none()
        };
        self.data.set("events").is_some_and(|events| events.records.iter().any(broken))
            || set.records.iter().any(unmarked)
    }

    /// The records that the document is made for, in order; those with a fault come last.
    fn select<'s>(
        &mut self,
        set: &'s Set,
        compare: &dyn Fn(&str, &str) -> std::cmp::Ordering,
    ) -> Vec<&'s Record> {
        let document = self.document;
        let admitted =
            |record: &&Record| document.filters.iter().all(|filter| filter.admits(&record.json));
        let (broken, mut good): (Vec<&Record>, Vec<&Record>) =
            set.records.iter().filter(admitted).partition(|record| record.broken);
        if let Some(filter) =
            document.filters.first().filter(|_| good.is_empty() && broken.is_empty())
            && !self.waits_for_event(set)
        {
            let message = format!("no {} is chosen, so no paper is made", set.singular);
            let warning = Diagnostic::warning("project/nothing-selected", message)
                .at(filter.path.span, "the conditions fit none")
                .context(document.id.span, "");
            let of_marks =
                |filter: &Filter| filter.path.value == "certificate.due" && !filter.negated;
            self.planned.project.push(match document.filters.iter().any(of_marks) {
                true => warning.help(
                    "nobody is due a certificate before the marks of attendance are in; until then the document can be left out with a # before each of its lines",
                ),
                false => warning,
            });
        }
        select::order(&mut good, &document.order_by, compare);
        good.extend(broken);
        good
    }

    fn paper(
        &mut self,
        about: Option<(&Set, &Record)>,
        output: &Pattern,
        title: Option<&Placed<Pattern>>,
    ) -> Result<Box<Job>, Failed> {
        let document = self.document;
        let record = about.map(|(_, record)| record);
        // A person's papers are as settled as the event.
        let home = about.and_then(|(set, record)| self.base.event(set, record));
        let about_json = home.or(record.map(|record| &*record.json));
        let look = Look::of(self.project, &document.settings, &self.language, about_json);
        let mut id = match record {
            Some(record) => format!("{}/{}", document.id.value, record.id),
            None => document.id.value.clone(),
        };
        if document.languages.len() > 1 {
            id = format!("{id}/{}", self.language);
        }
        let failed = |output: Option<String>| Failed {
            id: id.clone(),
            document: document.id.value.clone(),
            output,
            span: document.span,
            record: record.map(|record| record.span),
        };
        let fill = |field: &str| self.field(field, about, &look, &document.id.value);
        let name = output.fill(&|field| {
            let safe = file_name::safe(&fill(field)?);
            if safe.is_empty() { Err(Lack::NothingSafe) } else { Ok(safe) }
        });
        // Of a person without a sound event nobody knows what the papers say; the fault is reported.
        let is_lost =
            home.is_none() && about.is_some_and(|(set, record)| Base::is_of_event(set, record));
        if is_lost || record.is_some_and(|record| record.broken) {
            return Err(failed(name.ok()));
        }
        let mut faults = Diagnostics::new();
        let name = named(name, &document.output, record, &mut faults);
        let title = match title {
            Some(title) => Some(title.value.fill(&fill))
                .map(|text| worded(text, title.span, record, &mut faults)),
            // The title of a person is a form of address.
            None => about
                .filter(|(set, _)| set.name != PEOPLE)
                .and_then(|(_, record)| text_of(record.json.get("title")?, &look.language).ok())
                .map(Some),
        };
        if faults.has_errors() {
            self.planned.data.append(faults);
            return Err(failed(name));
        }
        let context = self.base.context(about);
        let job = Job {
            id: id.clone(),
            document: document.id.value.clone(),
            output: name.unwrap_or_default(),
            template: document.template.value.clone(),
            title: title.flatten(),
            data_date: self.data_date(record),
            options: document.options.json.clone(),
            attachments: attachments::attach(&document.attachments, &|| context.data_sources()),
            context,
            claims: look.claims,
            span: document.span,
            template_span: document.template.span,
            members: Vec::new(),
            record: record.map(|record| record.span),
            language: look.language,
            edition: look.edition,
            status: look.status,
            version: look.version,
            page: look.page,
        };
        Ok(Box::new(finish(job, &document.options)))
    }

    /// The newest date of what the paper is about.
    fn data_date(&self, record: Option<&Record>) -> String {
        match record {
            Some(record) => {
                newest(std::iter::once(record)).unwrap_or_else(|| self.base.run_date.clone())
            }
            None => self.base.data_date.clone(),
        }
    }

    /// The text of a pattern's field.
    fn field(
        &self,
        field: &str,
        about: Option<(&Set, &Record)>,
        look: &Look,
        id: &str,
    ) -> Result<String, Lack> {
        let word = |value: Json| text_of(&value, &look.language);
        match field {
            "paper.id" => return Ok(id.to_owned()),
            "paper.language" => return Ok(look.language.clone()),
            "paper.version" => return Ok(look.version.clone()),
            "paper.edition" => return word(json!(look.edition)),
            "paper.status" => return word(json!(look.status)),
            "project.title" => return Ok(self.project.title.value.clone()),
            _ => {}
        }
        let (set, record) = about.ok_or(Lack::Missing)?;
        text_at(&record.json, own_path(set, field), &look.language)
    }
}

/// A field of the record may be written with `record.` or the record's own name before it.
fn own_path<'f>(set: &Set, field: &'f str) -> &'f str {
    let named =
        field.split_once('.').filter(|(first, _)| *first == "record" || *first == set.singular);
    named.map_or(field, |(_, rest)| rest)
}

/// How a paper looks, with the project's defaults filled in.
pub(super) struct Look {
    pub language: String,
    pub edition: Edition,
    pub status: Status,
    pub version: String,
    pub page: super::PageFormat,
    pub claims: Claims,
    /// Where the level of PDF/A is set.
    pub archive_at: Option<Span>,
}

impl Look {
    /// What the paper's entry says comes first, then (for status and version) the record that the
    /// paper is about, then the project's defaults.
    pub fn of(
        project: &Project,
        settings: &Settings,
        language: &str,
        record: Option<&Json>,
    ) -> Look {
        let defaults = &project.defaults;
        let archive = settings.pdf.archive.or(defaults.pdf.archive);
        let accessible = settings.pdf.accessible.or(defaults.pdf.accessible);
        let own = |key: &str| record.and_then(|record| record.get(key)).and_then(Json::as_str);
        Look {
            language: language.to_owned(),
            edition: settings
                .edition
                .or(defaults.edition)
                .map(|edition| edition.value)
                .unwrap_or_default(),
            status: settings
                .status
                .map(|status| status.value)
                .or_else(|| own("status").and_then(Status::named))
                .or(defaults.status.map(|status| status.value))
                .unwrap_or_default(),
            version: settings
                .version
                .as_ref()
                .map(|version| version.value.clone())
                .or_else(|| own("version").map(str::to_owned))
                .or_else(|| defaults.version.as_ref().map(|version| version.value.clone()))
                .unwrap_or_else(|| "1.0".to_owned()),
            page: settings
                .page
                .as_ref()
                .or(defaults.page.as_ref())
                .map(|page| page.value.clone())
                .unwrap_or_default(),
            claims: Claims {
                archive: archive.map(|level| level.value).unwrap_or_default(),
                accessible: accessible.map(|level| level.value).unwrap_or_default(),
            },
            archive_at: archive.map(|level| level.span),
        }
    }
}

/// The title in the paper's language; a language that has none is a fault of the project file.
pub(super) fn title_of<'t>(
    title: Option<&'t Title>,
    language: &str,
    found: &mut Diagnostics,
) -> Option<&'t Placed<String>> {
    let title = title?;
    let text = title.in_language(language);
    if text.is_none() {
        found.push(
            Diagnostic::error(
                "project/title-language",
                format!("the title is missing in the paper's language, “{language}”"),
            )
            .at(title.span(), ""),
        );
    }
    text
}

pub(super) fn name_fault(name: &str, fault: &str, span: Span) -> Diagnostic {
    Diagnostic::error("project/output-name", format!("the name “{}” {fault}", name.escape_debug()))
        .at(span, "")
        .help("a name is written like `mandates/{{id}}.pdf`: inside the output folder, with forward slashes, ending with .pdf")
}

/// Tells the template about the paper itself.
pub(super) fn finish(mut job: Job, options: &Options) -> Job {
    let mut paper = json!({
        "id": job.id,
        "document": job.document,
        "language": job.language,
        "edition": job.edition,
        "status": job.status,
        "draft": job.status == Status::Draft,
        "version": job.version,
        "data-date": job.data_date,
        "output": job.output,
        "page": job.page.name,
    });
    if let (Some(title), Some(paper)) = (&job.title, paper.as_object_mut()) {
        paper.insert("title".to_owned(), json!(title));
    }
    job.context.put("paper", paper);
    job.context.put("options", options.json.clone());
    job.context.mount("options", options.places.clone());
    let mut places = super::Places::new();
    places.insert("", job.span);
    job.context.mount("paper", places);
    job
}

type Filled = Result<String, (String, Lack)>;

/// The output name, unless a value of the record spoils it.
fn named(
    name: Filled,
    output: &Placed<String>,
    record: Option<&Record>,
    faults: &mut Diagnostics,
) -> Option<String> {
    let name = worded(name, output.span, record, faults)?;
    if let (Some(fault), Some(record)) = (file_name::fault_of(&name), record) {
        faults.push(
            Diagnostic::error(
                "data/output-name",
                format!("the name “{}” {fault}", name.escape_debug()),
            )
            .at(record.span, "this record gives the name")
            .context(output.span, "by this pattern"),
        );
    }
    Some(name)
}

fn worded(
    text: Filled,
    pattern: Span,
    record: Option<&Record>,
    faults: &mut Diagnostics,
) -> Option<String> {
    let (field, lack) = match text {
        Ok(text) => return Some(text),
        Err(fault) => fault,
    };
    let (code, message) = match lack {
        Lack::Missing => ("data/missing-value", format!("the record has nothing under “{field}”")),
        Lack::Several => {
            ("data/not-one-value", format!("the record has no single text under “{field}”"))
        }
        Lack::NothingSafe => {
            ("data/output-name", format!("the value of “{field}” leaves nothing for a file's name"))
        }
    };
    let fault = Diagnostic::error(code, message);
    let fault = match field.as_str() {
        "event" => fault.help(
            "only people of an event's list have one: choose them with  where: {event: {not: null}}",
        ),
        _ => fault,
    };
    let fault = match record {
        Some(record) => {
            let pointer = format!("/{}", field.replace('.', "/"));
            let span = record.places.nearest(&pointer).unwrap_or(record.span);
            fault.at(span, "").context(pattern, "asked for here")
        }
        None => fault.at(pattern, "asked for here"),
    };
    faults.push(fault);
    None
}
