//! `(in-order people rule="country")`: people by a rule of order that has a name.

use std::cmp::Ordering;

use serde_json::Value as Json;

use super::{country_of, given, text, unknown};
use crate::fill::call::{Call, Given, truthy};
use crate::fill::fault::Fault;
use crate::locale::{Order, filing_surname, without_honorifics};

/// The rules and what each goes by, in this order; ties are broken by [`TIES`].
const RULES: &[(&str, &[By])] = &[
    ("agency", &[By::Agency]),
    ("country", &[By::Country, By::Head, By::Rank]),
    ("number", &[By::Number]),
    ("rank", &[By::Head, By::Rank, By::Country]),
    ("seniority", &[By::Since]),
    ("surname", &[]),
];

/// What breaks every tie: no two records of a project have the same id.
const TIES: &[By] =
    &[By::Surname, By::GivenName, By::Country, By::Agency, By::Spelling, By::Number, By::Id];

#[derive(Debug, Clone, Copy)]
enum By {
    Surname,
    GivenName,
    /// The country's name in the document's language.
    Country,
    /// The agency's name in the document's language.
    Agency,
    /// Heads of delegation first.
    Head,
    /// 1 first.
    Rank,
    /// The earlier day first; a date that is not known to the day counts as the first that it can mean.
    Since,
    /// Names that the language sorts alike, by their letters.
    Spelling,
    /// The place in the list.
    Number,
    Id,
}

/// A value to sort by; nothing stands last.
enum Part {
    Number(i64),
    /// Compared as the language sorts.
    Text(String),
    /// Compared letter by letter.
    Letters(String),
    Nothing,
}

pub(in crate::fill::helpers) fn run(call: &Call) -> Result<Json, Fault> {
    let by = rule(call)?;
    let mut rows: Vec<(Vec<Part>, Given)> = Vec::new();
    let people = call.items(call.arg(0)?)?;
    // A rule that the edition forbids is one for nobody, too.
    if let Some(nobody) = call.nobody().filter(|_| people.is_empty()) {
        by.iter().try_for_each(|by| by.may_be_asked(call, &nobody))?;
    }
    for person in people {
        let parts: Result<Vec<Part>, Fault> =
            by.iter().chain(TIES).map(|by| part(call, &person, *by)).collect();
        rows.push((parts?, person));
    }
    let order = call.locale().order();
    rows.sort_by(|(a, _), (b, _)| {
        let mut pairs = a.iter().zip(b).map(|(a, b)| a.compare(b, order));
        pairs.find(|ordering| ordering.is_ne()).unwrap_or(Ordering::Equal)
    });
    Ok(Json::Array(rows.iter().map(|(_, person)| person.pass_on()).collect()))
}

fn rule(call: &Call) -> Result<&'static [By], Fault> {
    let names: Vec<&str> = RULES.iter().map(|(name, _)| *name).collect();
    let Some(asked) = call.option("rule") else {
        let fault = call.fault("fill/arguments", "`in-order` needs a rule");
        return Err(fault.help("write `rule=\"surname\"`"));
    };
    let name = call.plain(asked)?;
    let found = RULES.iter().find(|(known, _)| *known == name);
    found.map(|(_, by)| *by).ok_or_else(|| unknown(call, asked, "rule of order", &name, &names))
}

fn part(call: &Call, person: &Given, by: By) -> Result<Part, Fault> {
    let optional = |text: Option<String>| text.map_or(Part::Nothing, Part::Text);
    Ok(match by {
        By::Surname => Part::Text(surname(call, person)?),
        By::GivenName => optional(text(call, person, "given-name")?.map(|name| {
            // Names in capitals stand among the others.
            call.locale().lower(without_honorifics(&name))
        })),
        By::Country => optional(country_of(call, person)?),
        By::Agency => optional(text(call, person, "agency")?),
        By::Head => Part::Number(i64::from(!truthy(call.key(person, "head")?.value))),
        By::Rank => match given(call, person, "rank")? {
            Some(rank) => Part::Number(
                rank.value.as_i64().ok_or_else(|| call.wrong(&rank, "a whole number"))?,
            ),
            None => Part::Nothing,
        },
        By::Since => match given(call, person, "since")? {
            // ISO dates are in order of time as texts.
            Some(since) => match call.date(&since)?.first_day() {
                Some(day) => Part::Letters(day.to_string()),
                None => Part::Nothing,
            },
            None => Part::Nothing,
        },
        By::Spelling => {
            let given_name = text(call, person, "given-name")?.unwrap_or_default();
            let surname = text(call, person, "surname")?.unwrap_or_default();
            Part::Letters(format!("{surname}\0{given_name}"))
        }
        By::Number => Part::Number(call.key(person, "number")?.value.as_i64().unwrap_or(i64::MAX)),
        By::Id => Part::Letters(call.plain(&call.key(person, "id")?)?.into_owned()),
    })
}

/// The part of the surname that sorts, in small letters.
fn surname(call: &Call, person: &Given) -> Result<String, Fault> {
    let surname = text(call, person, "surname")?.unwrap_or_default();
    let country = call.key(person, "country")?;
    let filed = filing_surname(&surname, country.value.as_str(), call.locale().language());
    Ok(call.locale().lower(filed))
}

impl By {
    /// A fault where the edition does not show what the rule goes by.
    fn may_be_asked(self, call: &Call, nobody: &Given) -> Result<(), Fault> {
        let field = match self {
            By::Surname | By::Spelling => "surname",
            By::GivenName => "given-name",
            By::Country => "country",
            By::Agency => "agency",
            By::Head => "head",
            By::Rank => "rank",
            By::Since => "since",
            // Every edition shows them.
            By::Number | By::Id => return Ok(()),
        };
        call.key(nobody, field).map(|_| ())
    }
}

impl Part {
    fn compare(&self, other: &Part, order: &Order) -> Ordering {
        match (self, other) {
            (Part::Number(a), Part::Number(b)) => a.cmp(b),
            (Part::Text(a), Part::Text(b)) => order.collate(a, b),
            (Part::Letters(a), Part::Letters(b)) => a.cmp(b),
            // The parts of two rows at one place are of one kind, or nothing.
            (Part::Nothing, Part::Nothing) => Ordering::Equal,
            (Part::Nothing, _) => Ordering::Greater,
            (_, Part::Nothing) => Ordering::Less,
            (a, b) => a.kind().cmp(&b.kind()),
        }
    }

    fn kind(&self) -> u8 {
        match self {
            Part::Number(_) => 0,
            Part::Text(_) => 1,
            Part::Letters(_) => 2,
            Part::Nothing => 3,
        }
    }
}
