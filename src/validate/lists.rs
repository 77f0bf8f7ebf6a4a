//! Lists of participants, and the mandates that name them.

use super::columns::Columns;
use super::reader::{Read, Reader};
use super::record::{Checked, Context, Input, Model};
use super::records::{finish, records, report_doubled_ids, stem};
use super::scalars::slug;
use crate::diag::{Diagnostic, Diagnostics};
use crate::load::Value;
use crate::model::{Mandate, Participant, Reference};
use crate::near::nearest;
use crate::source::Span;
use serde_json::Value as Json;

/// Faulty rows of a list that are reported one by one.
const MOST_REPORTED: usize = 100;

/// Where the people of a list stand in their mandate; where they are withheld, the place of the fault.
const PEOPLE: &str = "/participants/people";

/// A mandate's word about a list of participants: the list's file, as loaded.
pub(super) struct Source {
    file: String,
    mandate: usize,
    place: Span,
}

/// The lists that mandates name. A list that is not there, or that another mandate has, breaks the
/// mandate.
pub(super) fn sources(
    mandates: &mut [Checked<Mandate>],
    lists: &[Input],
    found: &mut Diagnostics,
) -> Vec<Source> {
    let mut sources: Vec<Source> = Vec::new();
    for (index, mandate) in mandates.iter_mut().enumerate() {
        let Some(written) = mandate.item.as_ref().and_then(|item| item.participants.as_ref())
        else {
            continue;
        };
        let place = mandate.places.get("/participants/file").copied().unwrap_or(mandate.span);
        let file = file_of(&written.file, lists);
        let first = sources.iter().find(|source| Some(source.file.as_str()) == file);
        match (file, first) {
            (Some(file), None) => {
                withhold_people(mandate);
                sources.push(Source { file: file.to_owned(), mandate: index, place });
                continue;
            }
            (Some(_), Some(first)) => found.push(
                Diagnostic::error(
                    "data/shared-list",
                    "two mandates name the same list of participants",
                )
                .at(place, "here again")
                .context(first.place, "first named here")
                .help("give each mandate a list of its own"),
            ),
            (None, _) => found.push(no_such_list(&written.file, place, lists)),
        }
        mandate.item = None;
        mandate.broken = true;
    }
    sources
}

/// The loaded file that a mandate names by its path or by the end of it.
fn file_of<'l>(written: &str, lists: &'l [Input]) -> Option<&'l str> {
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
fn withhold_people(mandate: &mut Checked<Mandate>) {
    if let Some(Json::Object(source)) = mandate.json.get_mut("participants") {
        source.remove("people");
    }
}

/// Reads a list of participants, and hands its people to the mandate that names it.
pub(super) fn read(
    input: Input,
    context: &Context,
    sources: &[Source],
    model: &mut Model,
    found: &mut Diagnostics,
) {
    let list = slug(stem(&input.name));
    if input.unread {
        if let Some(source) = sources.iter().find(|source| source.file == input.name)
            && let Some(mandate) = model.mandates.get_mut(source.mandate)
        {
            mandate.places.insert(PEOPLE.to_owned(), input.span);
        }
        model.participants.push(Checked::unread(list, input.span));
        return;
    }
    let source = sources.iter().find(|source| source.file == input.name);
    let mandate = source.and_then(|source| model.mandates.get_mut(source.mandate));
    let said = mandate.as_ref().and_then(|mandate| mandate.item.as_ref()?.participants.as_ref());
    let home = Home {
        list: &list,
        mandate: mandate.as_ref().map(|mandate| mandate.id.clone()),
        data_date: mandate.as_ref().and_then(|mandate| mandate.data_date.clone()),
        agencies: said.map(|said| said.agencies.clone()).unwrap_or_default(),
    };
    let mut columns = Columns::new(&input.columns);
    let rows: Vec<Value> =
        records(input.values).into_iter().map(|row| columns.rename(row)).collect();
    let bad_header = columns.found.has_errors();
    found.append(columns.found);
    let mut people = read_rows(rows, input.span, &home, context, found);
    if bad_header {
        for person in &mut people {
            person.item = None;
            person.broken = true;
        }
    }
    report_doubled_ids(&mut people, found);
    if let Some(mandate) = mandate {
        settle(&people, mandate);
    }
    model.participants.extend(people);
}

/// What the people of a list have in common.
struct Home<'a> {
    list: &'a str,
    mandate: Option<String>,
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
        found.push(missing.help("name the column surname or etternavn"));
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
        if person.id.is_empty() {
            person.id.clone_from(&id);
        }
        person
    });
    let person = finish(row, person, reader, &id, found);
    Checked { data_date: home.data_date.clone(), ..person }
}

/// Puts the people under `participants` of their mandate. Where a person is broken there is no
/// `people` at all: papers that print the list fail, other papers about the mandate do not.
fn settle(people: &[Checked<Participant>], mandate: &mut Checked<Mandate>) {
    let Some(typed) = people.iter().map(|person| person.item.clone()).collect() else {
        let broken = people.iter().find(|person| person.item.is_none());
        let place = broken.map_or(mandate.span, |person| person.span);
        mandate.places.insert(PEOPLE.to_owned(), place);
        return;
    };
    let Some(source) = mandate.item.as_mut().and_then(|item| item.participants.as_mut()) else {
        return;
    };
    source.people = typed;
    if let Some(Json::Object(source)) = mandate.json.get_mut("participants") {
        let all = people.iter().map(|person| person.json.clone()).collect();
        source.insert("people".to_owned(), Json::Array(all));
    }
    for (index, person) in people.iter().enumerate() {
        let here = format!("{PEOPLE}/{index}");
        let below = person.places.iter().map(|(pointer, span)| (format!("{here}{pointer}"), *span));
        mandate.places.extend(below);
        mandate.places.insert(here, person.span);
    }
}
