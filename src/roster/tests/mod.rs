//! Whole events, from the text of the files to what papers say.

mod whole;

use super::{Rules, enrich};
use crate::diag::{Diagnostic, Diagnostics};
use crate::load::{self, DateOrder};
use crate::locale::country_code;
use crate::model::Participant;
use crate::source::{Sources, Span};
use crate::validate::{Context, Input, InputKind, Model, validate};
use std::collections::BTreeMap;

fn input(sources: &Sources, kind: InputKind, name: &str, text: &str) -> Input {
    let values = if name.ends_with(".csv") {
        vec![load::csv(sources, name, text.as_bytes()).unwrap()]
    } else {
        load::yaml(sources, name, text.as_bytes()).unwrap()
    };
    let span = Span::point(sources.add(name, text), 0);
    Input { kind, name: name.to_owned(), span, values, unread: false, columns: BTreeMap::new() }
}

/// The model with all that papers say, and what was found.
fn read(files: &[(InputKind, &str, &str)]) -> (Model, Diagnostics, Sources) {
    let sources = Sources::new();
    let inputs = files.iter().map(|(kind, name, text)| input(&sources, *kind, name, text));
    let context = Context {
        country: &|name| country_code(name).map(str::to_owned),
        date_order: DateOrder::DayFirst,
        language: "en",
    };
    let (mut model, mut found) = validate(inputs.collect(), &context);
    enrich(&mut model, &Rules::default(), &mut found);
    (model, found, sources)
}

/// The model with all that papers say, and the messages, each with all its places.
fn enriched(files: &[(InputKind, &str, &str)]) -> (Model, Vec<String>) {
    let (model, found, sources) = read(files);
    let told = messages(&sources, &found);
    (model, told)
}

/// The people of a list.
pub(super) fn persons(csv: &str) -> Vec<Participant> {
    let (model, ..) =
        read(&[(InputKind::Event, "e.yaml", EVENT), (InputKind::Participants, "p.csv", csv)]);
    model.participants.into_iter().filter_map(|person| person.item).collect()
}

fn messages(sources: &Sources, found: &Diagnostics) -> Vec<String> {
    let line = |found: &Diagnostic| {
        let places: Vec<String> =
            found.labels.iter().map(|label| sources.locate(label.span)).collect();
        format!("{} {}: {}", places.join(" and "), found.code, found.message)
    };
    found.iter().map(line).collect()
}

const EVENT: &str = "id: e\nkind: training\ntitle: T\nplace: Oslo\nstart: 19/10/2015\nend: 19/10/2015\n\
     participants: {file: p.csv}\n";

fn people(csv: &str) -> Vec<String> {
    let (_, found) =
        enriched(&[(InputKind::Event, "e.yaml", EVENT), (InputKind::Participants, "p.csv", csv)]);
    found
}

#[test]
fn one_person_twice_is_found_whatever_the_accents_and_the_order_of_the_names() {
    let found = people(
        "surname,given-name,agency,email\nØdegård,Åse,Courts,a@example.org\nase,ODEGARD,courts,b@example.org\n\
         Țurcan,Ștefan,Police,\nTurcan,Stefan,Police,\nLund,Åse,Police,\nLund,Åse,Courts,\n",
    );
    assert_eq!(
        found,
        [
            "p.csv:3:1 and p.csv:2:1 data/doubled-person: two people have the same name and agency",
            "p.csv:5:1 and p.csv:4:1 data/doubled-person: two people have the same name and agency",
        ]
    );
}

#[test]
fn one_address_twice_is_found_whatever_the_capitals() {
    let found = people(
        "surname,given-name,email\nBerg,Kari,kari@example.org\nHaugen,Kari,Kari@Example.org\nLie,Anne,\nMoe,Anne,\n",
    );
    assert_eq!(
        found,
        ["p.csv:3:13 and p.csv:2:11 data/doubled-person: two people have the same e-mail address"]
    );
}

#[test]
fn people_of_two_lists_are_not_held_against_one_another() {
    let csv = "surname,given-name,agency\nBerg,Kari,Courts\n";
    let (_, found) = enriched(&[
        (InputKind::Participants, "p.csv", csv),
        (InputKind::Participants, "q.csv", csv),
    ]);
    assert_eq!(found, Vec::<String>::new());
}

#[test]
fn stated_numbers_that_the_list_does_not_bear_out_are_reported_where_they_stand() {
    let event = format!(
        "{EVENT}expected: {{from: 40, to: 45}}\nsummary: {{en: For 2 participants., nb: For omtrent 40 deltakere.}}\n\
         invitation:\n  body: [There will be 30 to 35 people.]\n"
    );
    let (_, found) = enriched(&[
        (InputKind::Event, "e.yaml", &event),
        (
            InputKind::Participants,
            "p.csv",
            "surname,roles\nBerg,\nLie,participant; speaker\nMoe,speaker\n",
        ),
    ]);
    assert_eq!(
        found,
        [
            "e.yaml:8:11 and e.yaml:7:22 data/figures-differ: 40–45 participants are stated, but the list has 2",
            "e.yaml:9:40 and e.yaml:7:22 data/figures-differ: 40 participants are stated, but the list has 2",
            "e.yaml:11:10 and e.yaml:7:22 data/figures-differ: 30–35 participants are stated, but the list has 2",
        ]
    );
}

#[test]
fn days_outside_the_mandate_and_mandates_that_are_not_there_are_reported() {
    let mandate = "id: m\nkind: training\nstatus: final\nversion: '1'\ndata-date: 2020\ntitle: T\nsummary: S\n\
         start: 20/10/2015\nend: 23/10/2015\n";
    let (_, found) = enriched(&[
        (InputKind::Mandate, "m.yaml", mandate),
        (InputKind::Event, "e.yaml", &format!("{EVENT}mandate: m\n")),
        (
            InputKind::Event,
            "f.yaml",
            &format!("{EVENT}mandate: n\n")
                .replace("id: e", "id: f")
                .replace("participants: {file: p.csv}\n", ""),
        ),
        (InputKind::Participants, "p.csv", "surname\nBerg\n"),
    ]);
    assert_eq!(
        found,
        [
            "e.yaml:5:8 and m.yaml:8:8 data/figures-differ: the event is on 2015-10-19, outside its mandate",
            "e.yaml:6:6 and m.yaml:8:8 data/figures-differ: the event is on 2015-10-19, outside its mandate",
            "f.yaml:7:10 data/dangling-reference: there is no mandate `n`",
        ]
    );
}

/// Groups side by side: each person can be at one of them only.
const GROUPS: &str = "attendance: {file: a.csv}\nsessions:\n  \
     - {id: all, day: 19/10/2015, start: 09:00, end: 10:00, title: All}\n  \
     - {id: one, day: 19/10/2015, start: 10:00, end: 11:00, title: One, room: A}\n  \
     - {id: two, day: 19/10/2015, start: 10:00, end: 11:30, title: Two, room: B}\n  \
     - {id: last, day: 19/10/2015, start: 12:00, end: 13:00, title: Last}\n  \
     - {id: lunch, day: 19/10/2015, start: 13:00, end: 14:00, title: Lunch, kind: meal}\n";

#[test]
fn time_of_groups_side_by_side_counts_once() {
    let (model, found) = enriched(&[
        (InputKind::Event, "e.yaml", &format!("{EVENT}{GROUPS}")),
        (InputKind::Participants, "p.csv", "id,surname\na,Berg\nb,Lie\nc,Moe\nd,Vik\n"),
        (
            InputKind::Attendance,
            "a.csv",
            "person,day,session,present\na,,all,yes\na,,two,yes\na,,last,yes\nb,,all,yes\nb,,one,yes\nb,,last,yes\n\
             c,19/10/2015,,yes\nc,,all,no\nc,,last,no\n",
        ),
    ]);
    assert_eq!(found, Vec::<String>::new());
    let event = &model.events[0].json;
    assert_eq!((&event["minutes"], &event["hours"]), (&210.into(), &3.5.into()));
    assert_eq!(event["days"][0]["minutes"], 210);
    let shares: Vec<(u64, u64, bool)> = model
        .participants
        .iter()
        .map(|person| {
            let attended = &person.json["attendance"];
            let number = |key: &str| attended[key].as_u64().unwrap();
            let due = person.json["certificate"]["due"].as_bool().unwrap();
            (number("minutes"), number("share"), due)
        })
        .collect();
    assert_eq!(shares, [(210, 100, true), (180, 85, true), (90, 42, false), (0, 0, false)]);
    assert_eq!(event["counts"]["due"], 2);
    assert_eq!(event["counts"]["present"], 3);
}

#[test]
fn sample_gives_certificates_to_all_but_a_few() {
    let root = std::path::Path::new(env!("CARGO_MANIFEST_DIR")).join("inputs");
    let files: Vec<(InputKind, &str, String)> = [
        (InputKind::Mandate, "mandates/jssr-training.yaml"),
        (InputKind::Mandate, "mandates/norlam-conference.yaml"),
        (InputKind::Event, "events/jssr-training.yaml"),
        (InputKind::Event, "events/norlam-conference.yaml"),
        (InputKind::Participants, "participants/jssr-training.csv"),
        (InputKind::Participants, "participants/norlam-conference.yaml"),
        (InputKind::Attendance, "attendance/jssr-training.csv"),
        (InputKind::Attendance, "attendance/norlam-conference.csv"),
    ]
    .into_iter()
    .map(|(kind, name)| (kind, name, std::fs::read_to_string(root.join(name)).unwrap()))
    .collect();
    let files: Vec<(InputKind, &str, &str)> =
        files.iter().map(|(kind, name, text)| (*kind, *name, text.as_str())).collect();
    let (model, found) = enriched(&files);
    assert_eq!(found, Vec::<String>::new());
    let counts = |event: usize, key: &str| model.events[event].json["counts"][key].clone();
    assert_eq!((counts(0, "participants"), counts(0, "people")), (42.into(), 50.into()));
    assert_eq!((counts(0, "due"), counts(0, "present")), (39.into(), 41.into()));
    assert_eq!((counts(1, "participants"), counts(1, "people")), (30.into(), 33.into()));
    assert_eq!((counts(1, "due"), counts(1, "present")), (27.into(), 30.into()));
    let short = model.participants.iter().find(|person| person.id == "brekke-lie-sunniva").unwrap();
    assert_eq!(short.json["attendance"]["share"], 79);
    assert_eq!(short.json["certificate"]["reason"], "share");
}
