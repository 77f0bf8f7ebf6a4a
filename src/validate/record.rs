//! What goes into validation and what comes out.

use super::marks::Marks;
use crate::load::{DateOrder, Kind, Value};
use crate::model::{Event, Mandate, Organisation, Participant, Programme, Vacancy};
use crate::source::Span;
use std::collections::BTreeMap;

/// What a file holds.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum InputKind {
    /// The organisation; one in a project.
    Organisation,
    /// A mandate, or a list of them.
    Mandate,
    /// An event, or a list of them.
    Event,
    /// The marks of those who were present: the rows of a CSV file, or a YAML list.
    Attendance,
    /// A list of participants: the rows of a CSV file, or a YAML list.
    Participants,
    /// A programme, or a list of them.
    Programme,
    /// A vacancy, or a list of them.
    Vacancy,
}

/// One loaded file.
#[derive(Debug, Clone)]
pub struct Input {
    /// What it holds.
    pub kind: InputKind,
    /// Its path as the user would write it, relative to the project, with forward slashes.
    pub name: String,
    /// The start of the file, for messages about the file as a whole.
    pub span: Span,
    /// Its YAML documents or CSV rows; a list among them stands for its entries.
    pub values: Vec<Value>,
    /// Whether the file could not be read; its fault is reported. What it was to hold is then missing
    /// from its set, which must not pass for whole.
    pub unread: bool,
    /// For participants: columns under names of the project's own, and the field that each fills
    /// (`custom.diet` fills a free field).
    pub columns: BTreeMap<String, String>,
}

/// What validation asks of the stages that know about languages and dates.
pub struct Context<'a> {
    /// The two-letter code of a country by its name or code; none if nobody knows it.
    pub country: &'a dyn Fn(&str) -> Option<String>,
    /// The project's language.
    pub language: &'a str,
    /// How dates of numbers alone are read.
    pub date_order: DateOrder,
}

/// One record: as a type for the program, and as JSON with places for templates.
#[derive(Debug, Clone)]
pub struct Checked<T> {
    /// Its id; for a record without a usable one, the file's name.
    pub id: String,
    /// The record, unless it is broken.
    pub item: Option<T>,
    /// The record as written.
    pub value: Value,
    /// What templates see: every known key is there, absent texts are null, absent lists are empty,
    /// dates are ISO-like strings, texts stay as written (a string, or a map per language).
    pub json: serde_json::Value,
    /// JSON pointer (RFC 6901; empty for the record itself) into `json` → where the value stands. What has no entry of its own
    /// was derived or left out: its parent's place is the nearest.
    pub places: BTreeMap<String, Span>,
    /// Where the record starts.
    pub span: Span,
    /// The day of its data, ISO 8601.
    pub data_date: Option<String>,
    /// Whether an error was found in it: a document that needs it cannot be made.
    pub broken: bool,
}

impl<T> Checked<T> {
    /// What stands for the records of a file that could not be read.
    pub(super) fn unread(id: String, span: Span) -> Checked<T> {
        Checked {
            id,
            item: None,
            value: Value { span, kind: Kind::Null },
            json: serde_json::Value::Null,
            places: BTreeMap::from([(String::new(), span)]),
            span,
            data_date: None,
            broken: true,
        }
    }
}

/// All records of a project, in the order of the inputs.
#[derive(Debug, Clone, Default)]
pub struct Model {
    /// The organisation.
    pub organisation: Option<Checked<Organisation>>,
    /// The mandates.
    pub mandates: Vec<Checked<Mandate>>,
    /// The events.
    pub events: Vec<Checked<Event>>,
    /// The marks of who was present, for each event that has some.
    pub marks: Vec<Marks>,
    /// All participants, one record per person. A mandate's JSON has its own under
    /// `participants.people`, unless one of them is broken.
    pub participants: Vec<Checked<Participant>>,
    /// The programmes: those of the organisation's file, then those of files of their own.
    pub programmes: Vec<Checked<Programme>>,
    /// The vacancies, likewise.
    pub vacancies: Vec<Checked<Vacancy>>,
}

/// The records of one kind, whatever their type.
#[derive(Debug, Clone)]
pub struct RecordSet {
    /// The name of them all, as papers and `for-each` use it.
    pub name: &'static str,
    /// The name of one.
    pub singular: &'static str,
    /// Whether there is only ever one.
    pub single: bool,
    /// The records; `item` says no more than whether a record is in order.
    pub records: Vec<Checked<()>>,
}

impl Model {
    /// All records by the names under which papers know them.
    pub fn into_sets(self) -> Vec<RecordSet> {
        vec![
            RecordSet {
                name: "organisation",
                singular: "organisation",
                single: true,
                records: untyped(self.organisation.into_iter().collect()),
            },
            set("mandates", "mandate", self.mandates),
            set("events", "event", self.events),
            set("programmes", "programme", self.programmes),
            set("vacancies", "vacancy", self.vacancies),
            set("participants", "participant", self.participants),
        ]
    }
}

fn set<T>(name: &'static str, singular: &'static str, records: Vec<Checked<T>>) -> RecordSet {
    RecordSet { name, singular, single: false, records: untyped(records) }
}

fn untyped<T>(records: Vec<Checked<T>>) -> Vec<Checked<()>> {
    let plain = |record: Checked<T>| Checked {
        id: record.id,
        item: record.item.map(|_| ()),
        value: record.value,
        json: record.json,
        places: record.places,
        span: record.span,
        data_date: record.data_date,
        broken: record.broken,
    };
    records.into_iter().map(plain).collect()
}
