//! `(list-columns people default="surname,country")`: the columns that `options.columns` asks for.

use serde_json::{Map, Value as Json};

use super::field::{FIELDS, is_known, printed};
use super::unknown;
use crate::editions::{NOBODY, Withheld};
use crate::fill::call::{Call, Given};
use crate::fill::fault::Fault;
use crate::fill::helpers::option::given as option;
use crate::fill::helpers::word::word;

/// More columns than this are no list that somebody could read.
const MOST: usize = 12;

pub(in crate::fill::helpers) fn run(call: &Call) -> Result<Json, Fault> {
    let people = call.items(call.arg(0)?)?;
    let Some(columns) = option(call, "columns") else {
        let default = call.text_option("default", "surname,given-name")?;
        // What the heading of each group says needs no column, unless one is asked for.
        let group = call.text_option("group", "none")?;
        let names = default.split(',').map(str::trim).filter(|field| *field != group);
        let columns = names.map(|field| {
            let column = Given { value: &Json::Null, written: None, path: None };
            of_field(call, &people, field, &column, None)
        });
        return columns.collect::<Result<_, _>>().map(Json::Array);
    };
    let columns = call.items(&columns)?;
    if columns.is_empty() || columns.len() > MOST {
        let message = format!("a list has from 1 to {MOST} columns, not {}", columns.len());
        let whole = option(call, "columns");
        return Err(match whole {
            Some(whole) => call.fault_of(&whole, "fill/arguments", message),
            None => call.fault("fill/arguments", message),
        });
    }
    columns
        .iter()
        .map(|column| asked(call, &people, column))
        .collect::<Result<_, _>>()
        .map(Json::Array)
}

/// A column as an option asks for it: a field's name, or a map of `field` and `heading`.
fn asked(call: &Call, people: &[Given], column: &Given) -> Result<Json, Fault> {
    if !column.value.is_object() {
        let field = call.plain(column)?;
        return of_field(call, people, &field, column, None);
    }
    let field = call.key(column, "field")?;
    let heading = call.text(&call.key(column, "heading")?)?.into_owned();
    of_field(call, people, &call.plain(&field)?, &field, Some(heading))
}

fn of_field(
    call: &Call,
    people: &[Given],
    field: &str,
    column: &Given,
    heading: Option<String>,
) -> Result<Json, Fault> {
    if !is_known(field) {
        return Err(unknown(call, column, "field of people", field, FIELDS));
    }
    check_edition(call, people, field, column)?;
    check_custom(call, people, field, column)?;
    let heading = match heading {
        Some(heading) => heading,
        None if field.starts_with("custom.") => {
            let message = format!("the column `{field}` needs a heading");
            let help = format!("write `{{field: {field}, heading: {{en: …, nb: …}}}}`");
            return Err(call.fault_of(column, "fill/arguments", message).help(help));
        }
        None => word(call, &format!("column.{field}"), &[])?,
    };
    Ok(Json::Object(Map::from_iter([
        ("field".to_owned(), Json::from(field)),
        ("heading".to_owned(), Json::from(heading)),
    ])))
}

/// A column above the edition is one fault, where the column is asked for, and not one for each person.
fn check_edition(call: &Call, people: &[Given], field: &str, column: &Given) -> Result<(), Fault> {
    let (outer, name) = field.split_once('.').map_or((field, None), |(a, b)| (a, Some(b)));
    let nobody = call.nobody();
    for person in people.iter().chain(&nobody) {
        let value = person.value.get(outer);
        let value = match name {
            Some(name) => value.and_then(|free| free.get(name)).or(person.value.get(NOBODY)),
            None => value,
        };
        if let Some(withheld) = value.and_then(Withheld::of) {
            let withheld = Withheld { field: field.to_owned(), ..withheld };
            let fault = call.above_edition(&withheld, column);
            return Err(fault.path(column.path.as_deref(), "asked for here"));
        }
    }
    // Fields that are made of others are refused where those are.
    people.first().map_or(Ok(()), |person| printed(call, person, field).map(|_| ()))
}

/// A free field that nobody has is a slip of the pen.
fn check_custom(call: &Call, people: &[Given], field: &str, column: &Given) -> Result<(), Fault> {
    let Some(name) = field.strip_prefix("custom.") else { return Ok(()) };
    let mut fields = people.iter().filter_map(|person| person.value.get("custom")?.as_object());
    if people.is_empty() || fields.clone().any(|free| free.contains_key(name)) {
        return Ok(());
    }
    let known: Vec<String> = fields
        .next()
        .map(|free| free.keys().map(|key| format!("custom.{key}")).collect())
        .unwrap_or_default();
    let known: Vec<&str> = known.iter().map(String::as_str).collect();
    let fault = unknown(call, column, "field of people", field, &known);
    Err(if known.is_empty() { fault.help("nobody on the list has free fields") } else { fault })
}
