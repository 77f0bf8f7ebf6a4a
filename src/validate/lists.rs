//! Lists of participants, and the mandates and events that name them.

use super::columns::Columns;
use super::reader::{Read, Reader};
use super::record::{Checked, Context, Input, Model};
use super::records::{finish, records, report_doubled_ids, stem};
use super::scalars::slug;
use crate::diag::{Diagnostic, Diagnostics};
use crate::editions::PERSON;
use crate::load::{Kind, Value};
use crate::model::{Participant, ParticipantSource, Reference};
use crate::near::nearest;
use crate::source::Span;
use serde_json::Value as Json;

/// Faulty rows of a list that are reported one by one.
pub(super) const MOST_REPORTED: usize = 100;

/// Where the people of a list stand in their mandate; where they are withheld, the place of the fault.
const PEOPLE: &str = "/participants/people";

/// A list that records name: at most one mandate and one event, which then belong together.
pub(super) struct Source {
    file: String,
    mandate: Option<Named>,
    event: Option<Named>,
}

/// Where a record names a list.
#[derive(Clone, Copy)]
struct Named {
    /// The record's place in its set.
    index: usize,
    place: Span,
}

/// The lists that mandates and events name. A list that is not there, or that another mandate or
/// event has, breaks the record.
pub(super) fn sources(model: &mut Model, lists: &[Input], found: &mut Diagnostics) -> Vec<Source> {
    let mut sources: Vec<Source> = Vec::new();
    named(
        &mut model.mandates,
        "mandates",
        |item| item.participants.as_ref(),
        lists,
        found,
        |file, named| claim(&mut sources, file, named, |source| &mut source.mandate),
    );
    named(
        &mut model.events,
        "events",
        |item| item.participants.as_ref(),
        lists,
        found,
        |file, named| claim(&mut sources, file, named, |source| &mut source.event),
    );
    sources
}

/// Notes who names the file; gives whoever did so before.
fn claim(
    sources: &mut Vec<Source>,
    file: &str,
    named: Named,
    slot: impl Fn(&mut Source) -> &mut Option<Named>,
) -> Option<Named> {
    let at = sources.iter().position(|source| source.file == file).unwrap_or_else(|| {
        sources.push(Source { file: file.to_owned(), mandate: None, event: None });
        sources.len() - 1
    });
    let slot = slot(sources.get_mut(at)?);
    if slot.is_none() {
        *slot = Some(named);
        return None;
    }
    *slot
}

fn named<T>(
    records: &mut [Checked<T>],
    plural: &str,
    source: impl Fn(&T) -> Option<&ParticipantSource>,
    lists: &[Input],
    found: &mut Diagnostics,
    mut claim: impl FnMut(&str, Named) -> Option<Named>,
) {
    for (index, record) in records.iter_mut().enumerate() {
        let Some(written) = record.item.as_ref().and_then(&source) else { continue };
        let place = record.places.get("/participants/file").copied().unwrap_or(record.span);
        let file = file_of(&written.file, lists);
        let fault = match file {
            None => no_such_list(&written.file, place, lists),
            Some(file) => match claim(file, Named { index, place }) {
                None => {
                    withhold_people(record);
                    continue;
                }
                Some(first) => Diagnostic::error(
                    "data/shared-list",
                    format!("two {plural} name the same list of participants"),
                )
                .at(place, "here again")
                .context(first.place, "first named here")
                .help(format!("give each of the {plural} a list of its own")),
            },
        };
        found.push(fault);
        record.item = None;
        record.broken = true;
    }
}

/// The loaded file that a record names by its path or by the end of it.
pub(super) fn file_of<'l>(written: &str, lists: &'l [Input]) -> Option<&'l str> {
    let written = written.trim_start_matches("./");
    let names = || lists.iter().map(|list| list.name.as_str());
    let ends_so =
        |name: &&str| name.strip_suffix(written).is_some_and(|folder| folder.ends_with('/'));
    names().find(|name| *name == written).or_else(|| names().find(ends_so))
}

fn no_such_list(written: &str, place: Span, lists: &[Input]) -> Diagnostic {
    let message = format!("there is no list of participants `{written}`");
    let fault = Diagnostic::error("data/dangling-reference", message).at(place, "no such file");
    // Two parts of a path, as mandates write it: participants/name.csv.
    let short =
        |name: &'_ str| -> usize { name.rmatch_indices('/').nth(1).map_or(0, |(at, _)| at + 1) };
    let known = lists.iter().filter_map(|list| list.name.get(short(&list.name)..));
    match nearest(written, known) {
        Some(near) => fault.help(format!("did you mean `{near}`?")),
        None => {
            fault.help("name the file as it stands below the inputs, such as participants/name.csv")
        }
    }
}

/// Until the list is read and found in order, there are no people to print.
fn withhold_people<T>(record: &mut Checked<T>) {
    if let Some(Json::Object(source)) = record.json.get_mut("participants") {
        source.remove("people");
    }
}

/// Reads a list of participants, and hands its people to the mandate and the event that name it.
pub(super) fn read(
    input: Input,
    context: &Context,
    sources: &[Source],
    model: &mut Model,
    found: &mut Diagnostics,
) {
    let list = slug(stem(&input.name));
    let source = sources.iter().find(|source| source.file == input.name);
    let mandate = source.and_then(|source| model.mandates.get_mut(source.mandate?.index));
    let event = source.and_then(|source| model.events.get_mut(source.event?.index));
    if input.unread {
        if let Some(mandate) = mandate {
            mandate.places.insert(PEOPLE.to_owned(), input.span);
        }
        if let Some(event) = event {
            event.places.insert(PEOPLE.to_owned(), input.span);
        }
        model.participants.push(Checked::unread(list, input.span));
        return;
    }
    let of_mandate =
        mandate.as_ref().and_then(|mandate| mandate.item.as_ref()?.participants.as_ref());
    let of_event = event.as_ref().and_then(|event| event.item.as_ref()?.participants.as_ref());
    let agencies = [of_event, of_mandate]
        .into_iter()
        .flatten()
        .map(|said| &said.agencies)
        .find(|agencies| !agencies.is_empty())
        .cloned()
        .unwrap_or_default();
    let home = Home {
        list: &list,
        mandate: mandate.as_ref().map(|mandate| mandate.id.clone()),
        event: event.as_ref().map(|event| event.id.clone()),
        data_date: [
            event.as_ref().and_then(|event| event.data_date.clone()),
            mandate.as_ref().and_then(|mandate| mandate.data_date.clone()),
        ]
        .into_iter()
        .flatten()
        .next(),
        agencies,
    };
    let mut columns = Columns::new(&input.columns, context.language);
    let rows: Vec<Value> =
        records(input.values).into_iter().map(|row| columns.rename(row)).collect();
    let bad_header = columns.found.has_errors();
    // Where no column is known, the first line is no header: that alone is said, below.
    let known = |row: &Value| matches!(&row.kind, Kind::Map(fields) if fields.iter().any(|field| field.key != "custom"));
    if bad_header || rows.is_empty() || rows.iter().any(known) {
        found.append(columns.found);
    }
    let mut people = read_rows(rows, input.span, &home, context, found);
    if bad_header {
        for person in &mut people {
            person.item = None;
            person.broken = true;
        }
    }
    report_doubled_ids(&mut people, found);
    if let Some(mandate) = mandate {
        settle(&people, mandate, |item| item.participants.as_mut());
    }
    if let Some(event) = event {
        settle(&people, event, |item| item.participants.as_mut());
    }
    model.participants.extend(people);
}

/// What the people of a list have in common.
struct Home<'a> {
    list: &'a str,
    mandate: Option<String>,
    event: Option<String>,
    data_date: Option<String>,
    agencies: Vec<Reference>,
}

fn read_rows(
    rows: Vec<Value>,
    file: Span,
    home: &Home,
    context: &Context,
    found: &mut Diagnostics,
) -> Vec<Checked<Participant>> {
    // One message for the column instead of one for each row.
    let nameless = !rows.is_empty() && rows.iter().all(|row| row.get("surname").is_none());
    if nameless {
        let message = "a list of participants needs a column `surname`";
        let missing = Diagnostic::error("data/missing-column", message);
        let missing = missing.at(file, "there is none in this file");
        found
            .push(missing.help(
                "the first line names the columns: one of them must be surname or etternavn",
            ));
    }
    let mut people = Vec::with_capacity(rows.len());
    let (mut faulty, mut last) = (0, file);
    for (index, row) in rows.into_iter().enumerate() {
        let mut faults = Diagnostics::new();
        let person = read_person(row, index + 1, home, context, &mut faults);
        let own =
            faults.into_iter().filter(|fault| !(nameless && fault.code == "data/missing-field"));
        let mut own = own.peekable();
        if own.peek().is_some() {
            (faulty, last) = (faulty + 1, person.span);
            if faulty <= MOST_REPORTED {
                found.extend(own);
            }
        }
        people.push(person);
    }
    if faulty > MOST_REPORTED {
        let message = format!("{} more rows have faults", faulty - MOST_REPORTED);
        let more = Diagnostic::error("data/more-faults", message).at(last, "the last of them");
        found.push(more.help("mend those that are reported, and run again"));
    }
    people
}

fn read_person(
    row: Value,
    number: usize,
    home: &Home,
    context: &Context,
    found: &mut Diagnostics,
) -> Checked<Participant> {
    let mut reader = Reader::new(context);
    reader.known = (home.agencies.clone(), "agency");
    let id = format!("{}-{number}", home.list);
    let person = Participant::read(&row, &mut reader).map(|mut person| {
        home.list.clone_into(&mut person.list);
        person.mandate.clone_from(&home.mandate);
        person.event.clone_from(&home.event);
        person.number = number;
        if person.id.is_empty() {
            person.id.clone_from(&id);
        }
        person
    });
    let mut person = finish(row, person, reader, &id, found);
    if let Json::Object(fields) = &mut person.json {
        fields.insert(PERSON.to_owned(), Json::Bool(true));
    }
    Checked { data_date: home.data_date.clone(), ..person }
}

/// Puts the people under `participants` of the record that names them. Where a person is broken there
/// is no `people` at all: papers that print the list fail, other papers about the record do not.
fn settle<T>(
    people: &[Checked<Participant>],
    record: &mut Checked<T>,
    source: impl Fn(&mut T) -> Option<&mut ParticipantSource>,
) {
    let Some(typed) = people.iter().map(|person| person.item.clone()).collect() else {
        let broken = people.iter().find(|person| person.item.is_none());
        let place = broken.map_or(record.span, |person| person.span);
        record.places.insert(PEOPLE.to_owned(), place);
        return;
    };
    let Some(source) = record.item.as_mut().and_then(source) else { return };
    source.people = typed;
    if let Some(Json::Object(source)) = record.json.get_mut("participants") {
        let all = people.iter().map(|person| person.json.clone()).collect();
        source.insert("people".to_owned(), Json::Array(all));
        source.insert("left-out".to_owned(), Json::from(0));
    }
    for (index, person) in people.iter().enumerate() {
        let here = format!("{PEOPLE}/{index}");
        let below = person.places.iter().map(|(pointer, span)| (format!("{here}{pointer}"), *span));
        record.places.extend(below);
        record.places.insert(here, person.span);
    }
}
