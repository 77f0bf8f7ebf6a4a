//! Reads all records, then links them: ids, participants with their mandates.

use super::columns::Columns;
use super::fields::duplicate_id;
use super::plain;
use super::reader::{Read, Reader, nearest};
use super::record::{Checked, Context, Input, InputKind, Model};
use super::scalars::slug;
use crate::diag::{Diagnostic, Diagnostics};
use crate::load::{Kind, Value};
use crate::model::{Mandate, Organisation, Participant, Reference};
use crate::source::Span;
use serde::Serialize;
use serde_json::Value as Json;
use std::collections::BTreeMap;

/// Reads and checks every record of a project.
///
/// # Errors
/// All faults are in the diagnostics, in the order of the inputs; a record with an error is marked
/// broken in the model.
pub fn validate(inputs: Vec<Input>, context: &Context) -> (Model, Diagnostics) {
    let mut model = Model::default();
    let mut found = Diagnostics::new();
    let (lists, others): (Vec<Input>, Vec<Input>) =
        inputs.into_iter().partition(|input| input.kind == InputKind::Participants);
    let list_names: Vec<String> = lists.iter().map(|list| list.name.clone()).collect();
    let mut sources = Vec::new();
    for input in others {
        read_input(input, context, &list_names, &mut model, &mut sources, &mut found);
    }
    report_doubled_ids(&mut model.mandates, &mut found);
    report_doubled_ids(&mut model.programmes, &mut found);
    report_doubled_ids(&mut model.vacancies, &mut found);
    for list in lists {
        read_list(list, context, &sources, &mut model, &mut found);
    }
    (model, found)
}

/// A mandate's word about a list of participants: the list's file, as loaded.
struct Source {
    file: String,
    mandate: usize,
    place: Span,
}

fn read_input(
    input: Input,
    context: &Context,
    lists: &[String],
    model: &mut Model,
    sources: &mut Vec<Source>,
    found: &mut Diagnostics,
) {
    let (name, kind, span) = (input.name, input.kind, input.span);
    let values = records(input.values);
    if values.is_empty() && kind == InputKind::Organisation {
        let empty = Diagnostic::error("data/empty-file", format!("{name} holds no record"));
        found.push(empty.at(span, "nothing here"));
    }
    for value in values {
        match kind {
            InputKind::Organisation => read_organisation(value, &name, context, model, found),
            InputKind::Mandate => {
                let mandate = check(value, &name, context, found);
                let index = model.mandates.len();
                model.mandates.push(mandate);
                let source = list_of(model, index, &name, lists, sources, found);
                sources.extend(source);
            }
            InputKind::Programme => model.programmes.push(check(value, &name, context, found)),
            InputKind::Vacancy => model.vacancies.push(check(value, &name, context, found)),
            InputKind::Participants => {}
        }
    }
}

/// The records of a file: its documents, a list among them standing for its entries.
fn records(values: Vec<Value>) -> Vec<Value> {
    let mut records = Vec::with_capacity(values.len());
    for value in values {
        match value.kind {
            Kind::List(entries) => records.extend(entries),
            Kind::Null => {}
            _ => records.push(value),
        }
    }
    records
}

/// Reads one record.
fn check<T: Read + Serialize>(
    value: Value,
    file: &str,
    context: &Context,
    found: &mut Diagnostics,
) -> Checked<T> {
    let mut reader = Reader::new(context);
    let item = T::read(&value, &mut reader);
    finish(value, item, reader, &slug(stem(file)), found)
}

/// The record as both a type and JSON; `id` is for a record that has none of its own.
fn finish<T: Serialize>(
    value: Value,
    item: Option<T>,
    mut reader: Reader,
    id: &str,
    found: &mut Diagnostics,
) -> Checked<T> {
    found.append(std::mem::take(&mut reader.diagnostics));
    let typed = item.as_ref().and_then(|item| serde_json::to_value(item).ok());
    let broken = typed.is_none();
    let json = typed.unwrap_or_else(|| {
        reader.places.clear();
        plain::json(&value, &mut reader, 0).unwrap_or(Json::Null)
    });
    let own = |key: &str| json.get(key).and_then(Json::as_str).map(str::to_owned);
    Checked {
        id: own("id").filter(|id| !id.is_empty()).unwrap_or_else(|| id.to_owned()),
        data_date: own("data-date"),
        item,
        span: value.span,
        value,
        places: reader.places,
        json,
        broken,
    }
}

fn read_organisation(
    value: Value,
    file: &str,
    context: &Context,
    model: &mut Model,
    found: &mut Diagnostics,
) {
    if let Some(first) = &model.organisation {
        let second =
            Diagnostic::error("data/second-organisation", "a project has one organisation");
        found.push(
            second
                .at(value.span, "this is the second")
                .context(first.span, "the first one")
                .help("keep one of them"),
        );
        return;
    }
    let organisation: Checked<Organisation> = check(value, file, context, found);
    if let Some(item) = &organisation.item {
        model.programmes.extend(nested(&organisation, "programmes", &item.programmes));
        model.vacancies.extend(nested(&organisation, "vacancies", &item.vacancies));
    }
    model.organisation = Some(organisation);
}

/// The records that stand in a list of another record, as records of their own.
fn nested<O, T: Clone + Serialize>(outer: &Checked<O>, key: &str, items: &[T]) -> Vec<Checked<T>> {
    let empty = Vec::new();
    let listed = outer.json.get(key).and_then(Json::as_array).unwrap_or(&empty);
    let values = match outer.value.get(key).map(|value| &value.kind) {
        Some(Kind::List(values)) => values.as_slice(),
        _ => &[],
    };
    let records = items.iter().zip(listed).zip(values).enumerate();
    records
        .map(|(index, ((item, json), value))| Checked {
            id: json.get("id").and_then(Json::as_str).unwrap_or_default().to_owned(),
            item: Some(item.clone()),
            value: value.clone(),
            json: json.clone(),
            places: places_below(&outer.places, &format!("/{key}/{index}")),
            span: value.span,
            data_date: outer.data_date.clone(),
            broken: false,
        })
        .collect()
}

fn places_below(places: &BTreeMap<String, Span>, prefix: &str) -> BTreeMap<String, Span> {
    places
        .range(prefix.to_owned()..)
        .take_while(|(pointer, _)| pointer.starts_with(prefix))
        .filter_map(|(pointer, span)| {
            let rest = pointer.strip_prefix(prefix)?;
            rest.starts_with('/').then(|| (rest.to_owned(), *span))
        })
        .collect()
}

/// What the mandate at `index` says about its list of participants; a list that is not there, or
/// that another mandate has, breaks the mandate.
fn list_of(
    model: &mut Model,
    index: usize,
    mandate_file: &str,
    lists: &[String],
    sources: &[Source],
    found: &mut Diagnostics,
) -> Option<Source> {
    let mandate = model.mandates.get_mut(index)?;
    let written = mandate.item.as_ref()?.participants.as_ref()?.file.clone();
    let place = mandate.places.get("/participants/file").copied().unwrap_or(mandate.span);
    let file = folders(mandate_file)
        .map(|folder| format!("{folder}{}", written.trim_start_matches("./")))
        .find(|path| lists.contains(path));
    let fault = match file {
        Some(file) => match sources.iter().find(|source| source.file == file) {
            None => {
                // Until the list is read and found in order, there are no people to print.
                if let Some(Json::Object(source)) = mandate.json.get_mut("participants") {
                    source.remove("people");
                }
                return Some(Source { file, mandate: index, place });
            }
            Some(first) => Diagnostic::error(
                "data/shared-list",
                "two mandates name the same list of participants",
            )
            .at(place, "here again")
            .context(first.place, "first named here")
            .help("give each mandate a list of its own"),
        },
        None => {
            let message = format!("there is no list of participants `{written}`");
            let fault =
                Diagnostic::error("data/dangling-reference", message).at(place, "no such file");
            let known = lists
                .iter()
                .map(|list| list.rsplit_once("inputs/").map_or(list.as_str(), |(_, rest)| rest));
            match nearest(&written, known) {
                Some(near) => fault.help(format!("did you mean `{near}`?")),
                None => fault.help(
                    "the file is counted from the inputs folder, such as participants/name.csv",
                ),
            }
        }
    };
    found.push(fault);
    mandate.item = None;
    mandate.broken = true;
    None
}

/// The folders above a file, the nearest first, each with its slash; the last is the project.
fn folders(file: &str) -> impl Iterator<Item = &str> {
    let ends = file.char_indices().rev().filter(|(_, letter)| *letter == '/');
    ends.filter_map(|(at, _)| file.get(..=at)).chain(std::iter::once(""))
}

/// A file's name without its folders and its ending.
fn stem(file: &str) -> &str {
    let name = file.rsplit('/').next().unwrap_or(file);
    name.rsplit_once('.').map_or(name, |(stem, _)| stem)
}

/// Reports ids that stand twice; nobody knows which record is meant, so both are broken.
fn report_doubled_ids<T>(records: &mut [Checked<T>], found: &mut Diagnostics) {
    let mut first_with: BTreeMap<String, usize> = BTreeMap::new();
    let mut doubled = Vec::new();
    for (index, record) in records.iter().enumerate() {
        let Some(place) = record.places.get("/id") else { continue };
        match first_with.get(&record.id) {
            None => _ = first_with.insert(record.id.clone(), index),
            Some(first) => {
                let first_place = records.get(*first).and_then(|first| first.places.get("/id"));
                found.push(duplicate_id(&record.id, *place, *first_place.unwrap_or(place)));
                doubled.extend([*first, index]);
            }
        }
    }
    for index in doubled {
        if let Some(record) = records.get_mut(index) {
            record.item = None;
            record.broken = true;
        }
    }
}

/// Reads a list of participants, and hands its people to the mandate that names it.
fn read_list(
    input: Input,
    context: &Context,
    sources: &[Source],
    model: &mut Model,
    found: &mut Diagnostics,
) {
    let list = slug(stem(&input.name));
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
    let mut people = Vec::with_capacity(rows.len());
    for (index, row) in rows.into_iter().enumerate() {
        let mut person = read_person(row, index + 1, &home, context, found);
        if bad_header {
            person.item = None;
            person.broken = true;
        }
        people.push(person);
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
    let Some(typed) = people.iter().map(|person| person.item.clone()).collect() else { return };
    let Some(source) = mandate.item.as_mut().and_then(|item| item.participants.as_mut()) else {
        return;
    };
    source.people = typed;
    if let Some(Json::Object(source)) = mandate.json.get_mut("participants") {
        let all = people.iter().map(|person| person.json.clone()).collect();
        source.insert("people".to_owned(), Json::Array(all));
    }
    for (index, person) in people.iter().enumerate() {
        let here = format!("/participants/people/{index}");
        let below = person.places.iter().map(|(pointer, span)| (format!("{here}{pointer}"), *span));
        mandate.places.extend(below);
        mandate.places.insert(here, person.span);
    }
}
