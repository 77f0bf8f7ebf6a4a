//! The marks of who was present, as they come back from a training: one row for a person and a
//! session, or for a person and a day.

use super::lists::{MOST_REPORTED, file_of};
use super::reader::{Read, Reader};
use super::record::{Checked, Context, Input, Model};
use super::records::records;
use super::scalars::Flag;
use super::sessions::Day;
use super::speakers::{Names, may_be, written};
use crate::diag::{Diagnostic, Diagnostics};
use crate::load::{Entry, Kind, Value};
use crate::model::{Event, Participant};
use crate::near::nearest;
use crate::source::Span;
use chrono::NaiveDate;
use serde_json::Value as Json;
use std::collections::{BTreeMap, BTreeSet};

/// The marks of one event.
#[derive(Debug, Clone)]
pub struct Marks {
    /// The event's id.
    pub event: String,
    /// The marks in the order of the file; none where one of them has a fault or where there is no
    /// such file.
    pub marks: Option<Vec<Mark>>,
    /// The start of the file, or where the event names one that is not there.
    pub span: Span,
}

/// One mark: a person was there, or was not.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Mark {
    /// The person's id.
    pub person: String,
    /// What it is about.
    pub of: Of,
    /// Whether the person was there.
    pub present: bool,
    /// The row.
    pub span: Span,
}

/// What a mark is about.
#[derive(Debug, Clone, PartialEq, Eq, PartialOrd, Ord)]
pub enum Of {
    /// Every session of a day at which attendance is taken and that has no mark of its own.
    Day(NaiveDate),
    /// One session, by its id.
    Session(String),
}

/// Field, and further names of its column.
const COLUMNS: &[(&str, &[&str])] = &[
    ("person", &["id", "participant", "deltaker"]),
    ("name", &["navn"]),
    ("day", &["date", "dag", "dato"]),
    ("session", &["økt", "sesjon"]),
    ("title", &["tittel"]),
    ("present", &["attended", "til-stede", "tilstede", "møtt"]),
];

/// Reads the marks of all events. Files that no event names are reported.
pub(super) fn read(
    inputs: Vec<Input>,
    context: &Context,
    model: &mut Model,
    found: &mut Diagnostics,
) {
    let mut taken: BTreeMap<String, Span> = BTreeMap::new();
    for event in &mut model.events {
        let written = event.json.pointer("/attendance/file").and_then(Json::as_str);
        let Some(written) = written.map(str::to_owned) else { continue };
        let place = event.places.get("/attendance/file").copied().unwrap_or(event.span);
        let input = file_of(&written, &inputs)
            .and_then(|name| inputs.iter().find(|input| input.name == name));
        if event.item.is_none() {
            // The event's own fault is reported; its file is not one that nobody names.
            taken.extend(input.map(|input| (input.name.clone(), place)));
            continue;
        }
        let Some(input) = input else {
            // What is made before the event needs no marks.
            found.push(no_such_file(&written, place));
            model.marks.push(Marks { event: event.id.clone(), marks: None, span: place });
            continue;
        };
        if let Some(first) = taken.insert(input.name.clone(), place) {
            let message = "two events name the same file of attendance";
            let fault = Diagnostic::error("data/shared-list", message).at(place, "here again");
            found.push(fault.context(first, "first named here"));
        }
        let marks = match input.unread {
            true => None,
            false => read_file(input, event, context, found),
        };
        model.marks.push(Marks { event: event.id.clone(), marks, span: input.span });
    }
    // Which file an event names that could not be read is not known.
    let whole = model.events.iter().all(|event| !event.json.is_null());
    for input in inputs.iter().filter(|input| whole && !taken.contains_key(&input.name)) {
        let message = format!("no event names {}, so its marks count for nothing", input.name);
        let fault = Diagnostic::warning("data/unused-file", message).at(input.span, "not used");
        found.push(fault.help("name the file in the event's record:  attendance: {file: …}"));
    }
}

fn no_such_file(written: &str, place: Span) -> Diagnostic {
    let message = format!("there is no file of attendance `{written}`");
    Diagnostic::error("data/dangling-reference", message)
        .at(place, "no such file")
        .help("`dossier attendance FILE.csv` writes the empty sheet; name it as it stands below the inputs, such as attendance/name.csv. Before the event take the entry out. Where dossier.yaml names its `inputs:` one by one, it needs  attendance: inputs/attendance  among them")
}

fn read_file(
    input: &Input,
    event: &Checked<Event>,
    context: &Context,
    found: &mut Diagnostics,
) -> Option<Vec<Mark>> {
    let item = event.item.as_ref()?;
    let list = item.participants.as_ref();
    let people = list.map(|list| list.people.as_slice()).unwrap_or_default();
    // People who could not be read are reported; whether a mark is about one of them is not known.
    if list.is_some() && event.json.pointer("/participants/people").is_none() {
        return None;
    }
    let names = Names::of(people);
    let by_id: BTreeMap<&str, &Participant> =
        people.iter().map(|person| (person.id.as_str(), person)).collect();
    let mut header = BTreeSet::new();
    let mut marks = Vec::new();
    let mut first: BTreeMap<(String, Of), Span> = BTreeMap::new();
    // What a sheet says of somebody in a row it says in all rows of that person: once is enough.
    let mut said: BTreeSet<(String, Option<String>)> = BTreeSet::new();
    // Nor is a session or a day that is not known told of in every row.
    let mut unknown: BTreeSet<(Option<String>, Option<NaiveDate>)> = BTreeSet::new();
    let mut faults = Diagnostics::new();
    let rows: Vec<Value> = records(input.values.clone())
        .into_iter()
        .map(|row| renamed(row, &mut header, &mut faults))
        .collect();
    if let Some(missing) = lacking(&rows, input.span) {
        // Where no column is known, the first line is no header; what stands in it names no column.
        if rows.iter().any(|row| COLUMNS.iter().any(|(field, _)| row.get(field).is_some())) {
            found.append(faults);
        }
        found.push(missing);
        return None;
    }
    for row in rows {
        let mut reader = Reader::new(context);
        let read = Row::read(&row, &mut reader);
        faults.append(std::mem::take(&mut reader.diagnostics));
        let Some(read) = read else { continue };
        // The template's rows that nobody has filled in.
        let Some(present) = read.present else { continue };
        let span_of = |key: &str| row.get(key).map_or(row.span, |value| value.span);
        let Some(person) = names.id(&read.person) else {
            if said.insert((read.person.clone(), None)) {
                faults.push(names.unknown(&read.person, span_of("person"), list.is_some()));
            }
            continue;
        };
        if let (Some(name), Some(listed)) = (&read.name, by_id.get(person))
            && said.insert((person.to_owned(), Some(name.clone())))
        {
            let is_of_another = names.id(name).is_some_and(|other| other != person);
            let slips = is_of_another || !may_be(name, listed);
            faults.extend(slips.then(|| slipped(name, listed, span_of("name"), span_of("person"))));
        }
        let time = (read.session.clone(), read.day);
        if unknown.contains(&time) {
            continue;
        }
        let Some(of) = subject(&read, item, &span_of, &mut faults) else {
            // A row that says nothing of time has to be mended by itself.
            if time != (None, None) {
                unknown.insert(time);
            }
            continue;
        };
        let key = (person.to_owned(), of.clone());
        if let Some(first) = first.get(&key) {
            faults.push(marked_twice(person, span_of("person"), *first));
            continue;
        }
        first.insert(key, span_of("person"));
        marks.push(Mark { person: person.to_owned(), of, present, span: row.span });
    }
    let sound = !faults.has_errors();
    report(faults, found);
    sound.then_some(marks)
}

fn marked_twice(person: &str, here: Span, first: Span) -> Diagnostic {
    let message = format!("`{person}` has two marks for the same time");
    Diagnostic::error("data/marked-twice", message)
        .at(here, "in this row")
        .context(first, "and in this one")
        .help("take one of them out")
}

/// One message for a column that is not there, instead of one for each row.
fn lacking(rows: &[Value], file: Span) -> Option<Diagnostic> {
    let column = ["person", "present"]
        .into_iter()
        .find(|column| !rows.is_empty() && rows.iter().all(|row| row.get(column).is_none()))?;
    let message = format!("a file of attendance needs a column `{column}`");
    let missing = Diagnostic::error("data/missing-column", message);
    let missing = missing.at(file, "there is none in this file");
    Some(missing.help("the first line names the columns; `dossier attendance FILE.csv` writes a sheet that has every column"))
}

/// Reports what was found; of very many faults the first ones, and how many there are besides.
fn report(faults: Diagnostics, found: &mut Diagnostics) {
    let count = faults.iter().count();
    let last = faults.iter().last().and_then(|fault| fault.labels.first().map(|label| label.span));
    found.extend(faults.into_iter().take(MOST_REPORTED));
    if let Some(last) = last.filter(|_| count > MOST_REPORTED) {
        let message = format!("{} more marks have faults", count - MOST_REPORTED);
        let more = Diagnostic::error("data/more-faults", message).at(last, "the last of them");
        found.push(more.help("mend those that are reported, and run again"));
    }
}

/// The report of a row whose name is not that of its person, as where one column alone was sorted: whose
/// the mark is cannot be told.
fn slipped(name: &str, listed: &Participant, place: Span, id: Span) -> Diagnostic {
    let (person, own) = (&listed.id, written(listed));
    let message = format!("`{person}` is “{own}” on the list of participants, but “{name}” here");
    Diagnostic::error("data/other-name", message)
        .at(place, "another person's name")
        .context(id, "the person that the mark is for")
        .help("if one column was sorted alone, sort the rows as they were; if the id is wrong, write the right one; if the person has a new name, write it in the list of participants as well")
}

/// What a row is about: its session, else its day.
fn subject(
    row: &Row,
    event: &Event,
    span_of: &dyn Fn(&str) -> Span,
    faults: &mut Diagnostics,
) -> Option<Of> {
    if let Some(id) = &row.session {
        let Some(session) = event.sessions.iter().find(|session| session.id == *id) else {
            let message = format!("the event has no session `{id}`");
            let fault = Diagnostic::error("data/unknown-session", message)
                .at(span_of("session"), "no such session");
            let ids = event.sessions.iter().map(|session| session.id.as_str());
            faults.push(match nearest(id, ids) {
                Some(near) => fault.help(format!("did you mean `{near}`?")),
                None => fault.help("a session is named by its `id` in the event's record"),
            });
            return None;
        };
        if !session.attendance {
            let message = format!("attendance is not taken at the session `{id}`");
            let fault = Diagnostic::error("data/unknown-session", message);
            faults.push(
                fault
                    .at(span_of("session"), "a mark for it")
                    .help("take the row out, or write `attendance: true` at the session"),
            );
            return None;
        }
        if let Some(day) = row.day.filter(|day| *day != session.day) {
            let message = format!("the session `{id}` is on {}, not on {day}", session.day);
            let fault = Diagnostic::error("data/unknown-session", message);
            faults.push(
                fault
                    .at(span_of("day"), "another day")
                    .context(span_of("session"), "this session")
                    .help("mend the day or the session: one of the two is meant for another row"),
            );
            return None;
        }
        return Some(Of::Session(id.clone()));
    }
    let Some(day) = row.day else {
        let fault = Diagnostic::error("data/missing-field", "a mark needs a `day` or a `session`");
        faults.push(
            fault
                .at(span_of("day"), "neither is here")
                .help("write which session the mark is for, by its id, or which day"),
        );
        return None;
    };
    let known = event.sessions.iter().any(|session| session.attendance && session.day == day);
    if !known {
        let message = format!("the event has no session with attendance on {day}");
        let fault = Diagnostic::error("data/unknown-session", message);
        let days: BTreeSet<String> = event
            .sessions
            .iter()
            .filter(|session| session.attendance)
            .map(|session| session.day.to_string())
            .collect();
        let days: Vec<String> = days.into_iter().collect();
        faults.push(fault.at(span_of("day"), "no such day").help(match days.as_slice() {
            [] => "no session of the event has attendance: write `attendance: true` at those at which it is taken".to_owned(),
            days => format!("attendance is taken on {}", days.join(", ")),
        }));
        return None;
    }
    Some(Of::Day(day))
}

/// A row as it is written.
struct Row {
    person: String,
    /// For whoever fills in the sheet; the person alone counts.
    name: Option<String>,
    day: Option<NaiveDate>,
    session: Option<String>,
    present: Option<bool>,
}

impl Read for Row {
    fn read(value: &Value, reader: &mut Reader) -> Option<Row> {
        let mut fields = reader.fields(value, "a mark")?;
        let person = fields.required("person");
        let name = fields.optional("name");
        let day = fields.optional::<Day>("day");
        let session = fields.optional("session");
        let present = fields.optional::<Flag>("present");
        // For whoever fills in the sheet; ids alone count.
        fields.value("title");
        fields.finish()?;
        Some(Row {
            person: person?,
            name,
            day: day.map(|day| day.0),
            session,
            present: present.map(|flag| flag.0),
        })
    }
}

/// The row under the fields' names. A column that is not known is reported once and left out.
fn renamed(row: Value, reported: &mut BTreeSet<Span>, found: &mut Diagnostics) -> Value {
    let Kind::Map(entries) = row.kind else { return row };
    let mut fields: Vec<Entry> = Vec::with_capacity(entries.len());
    for entry in entries {
        let name = super::columns::folded(&entry.key);
        let field = COLUMNS
            .iter()
            .find(|(field, others)| *field == name || others.contains(&name.as_str()));
        let first = field.and_then(|(field, _)| fields.iter().find(|known| known.key == *field));
        match (field, first) {
            (Some((field, _)), None) => {
                fields.push(Entry { key: (*field).to_owned(), ..entry });
            }
            _ if !reported.insert(entry.key_span) => {}
            (Some((field, _)), Some(first)) => {
                found.push(super::columns::doubled(field, entry.key_span, first.key_span));
            }
            (None, _) => {
                let message = format!("a file of attendance has no column `{}`", entry.key);
                let fault = Diagnostic::error("data/unknown-column", message);
                let names = COLUMNS.iter().map(|(field, _)| *field);
                let others = COLUMNS.iter().flat_map(|(_, others)| others.iter().copied());
                let help = match nearest(&name, names.clone().chain(others)) {
                    Some(near) => format!("did you mean `{near}`?"),
                    None => format!("the columns are {}", names.collect::<Vec<_>>().join(", ")),
                };
                found.push(fault.at(entry.key_span, "unknown column").help(help));
            }
        }
    }
    Value { span: row.span, kind: Kind::Map(fields) }
}
