//! Reads records: each as a type and as JSON, with ids that stand once.

use super::fields::duplicate_id;
use super::plain;
use super::reader::{Read, Reader};
use super::record::{Checked, Context, Input, InputKind, Model};
use super::scalars::slug;
use crate::diag::{Diagnostic, Diagnostics};
use crate::load::{Kind, Value};
use crate::model::Organisation;
use crate::source::Span;
use serde::Serialize;
use serde_json::Value as Json;
use std::collections::BTreeMap;

/// Reads the records of a file that is no list of participants.
pub(super) fn read(input: Input, context: &Context, model: &mut Model, found: &mut Diagnostics) {
    let (name, kind, span) = (input.name, input.kind, input.span);
    if input.unread {
        return note_unread(kind, slug(stem(&name)), span, model);
    }
    let values = records(input.values);
    if values.is_empty()
        && matches!(kind, InputKind::Organisation | InputKind::Mandate | InputKind::Event)
    {
        let empty = Diagnostic::error("data/empty-file", format!("{name} holds no record"));
        found.push(empty.at(span, "nothing here"));
        return note_unread(kind, slug(stem(&name)), span, model);
    }
    for value in values {
        match kind {
            InputKind::Organisation => read_organisation(value, &name, context, model, found),
            InputKind::Mandate => model.mandates.push(check(value, &name, context, found)),
            InputKind::Programme => model.programmes.push(check(value, &name, context, found)),
            InputKind::Vacancy => model.vacancies.push(check(value, &name, context, found)),
            InputKind::Event => model.events.push(check(value, &name, context, found)),
            InputKind::Participants | InputKind::Attendance => {}
        }
    }
}

/// A file that could not be read leaves its set incomplete: a broken record says so.
fn note_unread(kind: InputKind, id: String, span: Span, model: &mut Model) {
    match kind {
        InputKind::Organisation => {
            model.programmes.push(Checked::unread(id.clone(), span));
            model.vacancies.push(Checked::unread(id.clone(), span));
            model.organisation.get_or_insert_with(|| Checked::unread(id, span));
        }
        InputKind::Mandate => model.mandates.push(Checked::unread(id, span)),
        InputKind::Programme => model.programmes.push(Checked::unread(id, span)),
        InputKind::Vacancy => model.vacancies.push(Checked::unread(id, span)),
        InputKind::Event => model.events.push(Checked::unread(id, span)),
        InputKind::Participants => model.participants.push(Checked::unread(id, span)),
        // Marks belong to an event; the event that names the file says that they are missing.
        InputKind::Attendance => {}
    }
}

/// The records of a file: its documents, a list among them standing for its entries.
pub(super) fn records(values: Vec<Value>) -> Vec<Value> {
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
pub(super) fn finish<T: Serialize>(
    value: Value,
    item: Option<T>,
    mut reader: Reader,
    id: &str,
    found: &mut Diagnostics,
) -> Checked<T> {
    found.append(std::mem::take(&mut reader.diagnostics));
    reader.places.insert(String::new(), value.span);
    let typed = item.as_ref().and_then(|item| serde_json::to_value(item).ok());
    let broken = typed.is_none();
    let json = typed.unwrap_or_else(|| {
        reader.places.clear();
        reader.places.insert(String::new(), value.span);
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
    } else {
        // Its lists are not known to be empty: papers that print them must fail.
        model.programmes.push(Checked::unread(organisation.id.clone(), organisation.span));
        model.vacancies.push(Checked::unread(organisation.id.clone(), organisation.span));
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
            (rest.is_empty() || rest.starts_with('/')).then(|| (rest.to_owned(), *span))
        })
        .collect()
}

/// A file's name without its folders and its ending.
pub(super) fn stem(file: &str) -> &str {
    let name = file.rsplit('/').next().unwrap_or(file);
    name.rsplit_once('.').map_or(name, |(stem, _)| stem)
}

/// Reports ids that stand twice; nobody knows which record is meant, so both are broken.
pub(super) fn report_doubled_ids<T>(records: &mut [Checked<T>], found: &mut Diagnostics) {
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
