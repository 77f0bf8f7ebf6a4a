//! The whole of validation: files in, model and messages out.

use super::reader::{Read, Reader};
use super::{Checked, Context, Input, InputKind, Model, validate};
use crate::diag::{Diagnostic, Diagnostics};
use crate::load::{self, DateOrder};
use crate::model;
use crate::source::{Sources, Span};
use std::collections::{BTreeMap, BTreeSet};
use std::path::Path;

const COUNTRIES: &[(&str, &[&str])] = &[
    ("NO", &["NO", "Norway", "Norge"]),
    ("MD", &["MD", "Moldova"]),
    ("UA", &["UA", "Ukraine", "Ukraina"]),
    ("PK", &["PK", "Pakistan"]),
    ("BA", &["BA", "Bosnia and Herzegovina"]),
    ("CH", &["Switzerland"]),
    ("CZ", &["Czechia"]),
    ("DE", &["Germany"]),
    ("ES", &["Spain"]),
    ("FR", &["France"]),
    ("IE", &["Ireland"]),
    ("NG", &["Nigeria"]),
    ("NL", &["Netherlands"]),
    ("SE", &["Sweden"]),
];

fn country(written: &str) -> Option<String> {
    let found = COUNTRIES.iter().find(|(_, names)| names.contains(&written.trim()));
    found.map(|(code, _)| (*code).to_owned())
}

fn input(sources: &Sources, kind: InputKind, name: &str, text: &str) -> Input {
    let values = if name.ends_with(".csv") {
        vec![load::csv(sources, name, text.as_bytes()).unwrap()]
    } else {
        load::yaml(sources, name, text.as_bytes()).unwrap()
    };
    let span = Span::point(sources.add(name, text), 0);
    Input { kind, name: name.to_owned(), span, values, unread: false, columns: BTreeMap::new() }
}

fn run(inputs: Vec<Input>) -> (Model, Diagnostics) {
    validate(
        inputs,
        &Context { country: &country, date_order: DateOrder::DayFirst, language: "en" },
    )
}

/// Each message with its place, its code and its help.
fn messages(sources: &Sources, found: &Diagnostics) -> Vec<String> {
    let line = |found: &Diagnostic| {
        let place = found.labels.first().map(|label| sources.locate(label.span));
        let help = found.help.join("; ");
        format!("{} {}: {} ({help})", place.unwrap_or_default(), found.code, found.message)
    };
    found.iter().map(line).collect()
}

const HEAD: &str = "id: m\nkind: brief\nstatus: final\nversion: '1'\ndata-date: 01/02/2020\ntitle: T\nsummary: S\n";

fn mandate(text: &str) -> (Checked<model::Mandate>, Vec<String>) {
    let sources = Sources::new();
    let text = format!("{HEAD}{text}");
    let (mut model, found) = run(vec![input(&sources, InputKind::Mandate, "m.yaml", &text)]);
    (model.mandates.remove(0), messages(&sources, &found))
}

fn sample() -> (Model, Vec<String>) {
    let root = Path::new(env!("CARGO_MANIFEST_DIR")).join("inputs");
    let sources = Sources::new();
    let mut inputs = Vec::new();
    for (folder, kind) in [
        ("", InputKind::Organisation),
        ("mandates", InputKind::Mandate),
        ("events", InputKind::Event),
        ("participants", InputKind::Participants),
        ("attendance", InputKind::Attendance),
    ] {
        let mut names: Vec<String> = std::fs::read_dir(root.join(folder))
            .unwrap()
            .map(|entry| entry.unwrap())
            .filter(|entry| entry.file_type().unwrap().is_file())
            .map(|entry| entry.file_name().into_string().unwrap())
            .filter(|name| !name.ends_with(".key"))
            .collect();
        names.sort();
        for name in names {
            let path = Path::new("inputs").join(folder).join(&name);
            let text = std::fs::read_to_string(root.join(folder).join(&name)).unwrap();
            inputs.push(input(&sources, kind, &path.to_string_lossy(), &text));
        }
    }
    let (model, found) = run(inputs);
    let found = messages(&sources, &found);
    (model, found)
}

#[test]
fn sample_project_is_read_without_a_finding() {
    let (model, found) = sample();
    assert_eq!(found, Vec::<String>::new());
    let ids: Vec<&str> = model.mandates.iter().map(|mandate| mandate.id.as_str()).collect();
    assert_eq!(
        ids,
        [
            "jssr-training",
            "norlam-conference",
            "norlam-transition",
            "punjab-police",
            "rol-strategy"
        ]
    );
    let training = &model.mandates[0];
    assert_eq!(training.json["participants"]["people"].as_array().unwrap().len(), 50);
    let of_role = |list: &str, role| {
        let people = model.participants.iter().filter_map(|person| person.item.as_ref());
        people.filter(|person| person.list == list && person.roles.contains(&role)).count()
    };
    assert_eq!(of_role("jssr-training", model::Role::Participant), 42);
    assert_eq!(of_role("norlam-conference", model::Role::Participant), 30);
    assert_eq!(model.participants.len(), 83);
    assert!(model.marks.iter().all(|marks| marks.marks.is_some()));
    assert!(model.programmes.is_empty() && model.vacancies.is_empty());
    let strategy = &model.mandates[4].json;
    assert_eq!(strategy["countries"], serde_json::json!(["MD", "UA"]));
    assert_eq!(strategy["outline"].as_array().unwrap().len(), 11);
    assert_eq!(strategy["outline"][2]["points"].as_array().unwrap().len(), 5);
    let punjab = &model.mandates[3].json;
    assert_eq!(punjab["decision"]["date"], "--02-14");
    assert_eq!(punjab["decision"]["tasks"][0]["title"]["en"], "Assess the training");
    assert_eq!(punjab["decision"]["bodies"][3]["short-name"], "PHS");
    assert_eq!(training.json["donors"], serde_json::json!(["NO"]));
}

#[test]
fn place_of_every_printed_value_is_known() {
    let (model, _) = sample();
    let strategy = &model.mandates[4];
    let written = "Moldova , Ukraine";
    let start = strategy.places["/countries"].start;
    assert_eq!(strategy.places["/countries/0"].start, start);
    assert_eq!(
        strategy.places["/countries/1"].start as usize,
        start as usize + written.find('U').unwrap()
    );
    let training = &model.mandates[0];
    let person = training.places["/participants/people/41/surname"];
    assert_ne!(person.source, training.span.source);
    assert_eq!(person, model.participants[41].places["/surname"]);
}

#[test]
fn mandate_with_several_faults_reports_all_at_once() {
    let (mandate, found) = mandate(
        "sumary: S\nstart: 30/07/2014\nend: 15/03/2014\ndonors: Norwy\nteam: judges\ntasks:\n  - T\n\
         decision:\n  text: D\n  bodies: [unodc]\n  tasks: [2]\npartners:\n  - {id: unodk, name: U}\n  - {id: unodk, name: V}\n\
         participants: {file: people.csv}\n",
    );
    assert!(mandate.broken && mandate.item.is_none());
    assert_eq!(mandate.id, "m");
    assert_eq!(
        found,
        [
            "m.yaml:11:9 data/unknown-country: `Norwy` is not a country that is known here (did you mean `Norway`?)",
            "m.yaml:10:6 data/wrong-order: `end` (2014-03-15) is before `start` (2014-07-30) (dates are read day first: 03/04/2015 is 3 April 2015)",
            "m.yaml:21:10 data/duplicate-id: the id `unodk` stands twice (give each entry an id of its own)",
            "m.yaml:17:12 data/dangling-reference: there is no partner `unodc` (did you mean `unodk`?)",
            "m.yaml:18:11 data/dangling-reference: there is no task 2 (the tasks are numbered 1 to 1)",
            "m.yaml:12:7 data/wrong-type: expected a list, found a text (start each entry on a line of its own, with a dash and a space)",
            "m.yaml:8:1 data/unknown-key: a mandate has no key `sumary` (did you mean `summary`?)",
        ]
    );
}

#[test]
fn mandate_without_needed_fields_names_each() {
    let sources = Sources::new();
    let (_, found) = run(vec![input(&sources, InputKind::Mandate, "m.yaml", "id: Æ B\nstatus:\n")]);
    let found = messages(&sources, &found);
    assert_eq!(
        found[0],
        "m.yaml:1:5 data/bad-id: `Æ B` cannot be an id (use small letters a–z, digits and hyphens, such as ae-b)"
    );
    assert!(found.contains(&"m.yaml:2:1 data/missing-field: `status` has no value ()".to_owned()));
    assert!(found.iter().any(|found| found.contains("a mandate needs `summary`")));
}

#[test]
fn mandate_without_donor_or_end_is_in_order() {
    let (mandate, found) =
        mandate("donors: []\ncountries: Bosnia and Herzegovina\nstart: March 2007\n");
    assert_eq!(found, Vec::<String>::new());
    assert_eq!(mandate.json["donors"], serde_json::json!([]));
    assert_eq!(mandate.json["countries"], serde_json::json!(["BA"]));
    assert_eq!(
        (&mandate.json["start"], &mandate.json["end"]),
        (&"2007-03".into(), &serde_json::Value::Null)
    );
}

#[test]
fn countries_in_one_line_are_split_at_commas_and_words() {
    let (mandate, found) = mandate("donors: Norge og Moldova\ncountries: \"Moldova; UA\"\n");
    assert_eq!(found, Vec::<String>::new());
    assert_eq!(mandate.json["donors"], serde_json::json!(["NO", "MD"]));
    assert_eq!(mandate.json["countries"], serde_json::json!(["MD", "UA"]));
}

#[test]
fn free_fields_keep_what_is_written() {
    let (mandate, found) =
        mandate("custom:\n  post: 0030\n  rank: 30\n  land: NO\n  own: {deep: [true, 1.5]}\n");
    assert_eq!(found, Vec::<String>::new());
    assert_eq!(
        mandate.json["custom"],
        serde_json::json!({"post": "0030", "rank": 30, "land": "NO", "own": {"deep": [true, 1.5]}})
    );
    assert!(mandate.places.contains_key("/custom/own/deep/1"));
}

#[test]
fn text_per_language_is_kept_and_its_keys_are_checked() {
    let (first, found) = mandate("short-title: {en: Rule of law, nb: Rettsstat}\n");
    assert_eq!(found, Vec::<String>::new());
    assert_eq!(first.json["short-title"]["nb"], "Rettsstat");
    let (_, found) = mandate("short-title: {english: Rule of law}\n");
    assert!(found[0].starts_with("m.yaml:8:15 data/unknown-language"), "{found:?}");
}

#[test]
fn record_with_an_id_in_use_breaks_both_and_spares_the_others() {
    let sources = Sources::new();
    let one = input(&sources, InputKind::Mandate, "a.yaml", HEAD);
    let two = input(&sources, InputKind::Mandate, "b.yaml", HEAD);
    let three = input(&sources, InputKind::Mandate, "c.yaml", &HEAD.replace("id: m", "id: c"));
    let (model, found) = run(vec![one, two, three]);
    assert_eq!(
        messages(&sources, &found),
        [
            "b.yaml:1:5 data/duplicate-id: the id `m` stands twice (give each entry an id of its own)"
        ]
    );
    let broken: Vec<bool> = model.mandates.iter().map(|mandate| mandate.broken).collect();
    assert_eq!(broken, [true, true, false]);
}

fn with_people(csv: &str, agencies: &str) -> (Model, Vec<String>) {
    let sources = Sources::new();
    let text = format!("{HEAD}participants:\n  file: participants/p.csv\n{agencies}");
    let (model, found) = run(vec![
        input(&sources, InputKind::Participants, "inputs/participants/p.csv", csv),
        input(&sources, InputKind::Mandate, "inputs/mandates/m.yaml", &text),
    ]);
    let found = messages(&sources, &found);
    (model, found)
}

#[test]
fn participants_under_norwegian_columns_are_read() {
    let (model, found) = with_people(
        "Etternavn;Fornavn;Stilling;Etat;Land;Erfaring\nÅs;Kari;Dommer;PHS;Norge;ny\n",
        "  agencies:\n    - {id: phs, name: {en: College, nb: Politihøgskolen}, short-name: PHS}\n",
    );
    assert_eq!(found, Vec::<String>::new());
    let person = &model.mandates[0].json["participants"]["people"][0];
    assert_eq!(person["id"], "p-1");
    assert_eq!(person["agency"], serde_json::json!({"en": "College", "nb": "Politihøgskolen"}));
    assert_eq!((&person["agency-id"], &person["experience"]), (&"phs".into(), &"new".into()));
    assert_eq!((&person["list"], &person["mandate"]), (&"p".into(), &"m".into()));
    assert_eq!(person["country"], "NO");
}

#[test]
fn participants_with_a_bad_row_spare_the_mandate_and_withhold_the_list() {
    let (model, found) = with_people(
        "surname,agency\nÅs,PSH\n,PHS\nLie,PHS\n",
        "  agencies:\n    - {id: phs, name: College, short-name: PHS}\n",
    );
    assert_eq!(
        found,
        [
            "inputs/participants/p.csv:2:4 data/dangling-reference: there is no agency `PSH` (did you mean `phs`?)",
            "inputs/participants/p.csv:3:1 data/missing-field: `surname` has no value ()",
        ]
    );
    assert!(!model.mandates[0].broken);
    assert!(model.mandates[0].json["participants"].get("people").is_none());
    let broken: Vec<bool> = model.participants.iter().map(|person| person.broken).collect();
    assert_eq!(broken, [true, true, false]);
}

#[test]
fn participants_with_an_unknown_column_report_it_once() {
    let (model, found) = with_people("Sirname,Shoes\nÅs,vegan\nLie,none\n", "");
    assert_eq!(found.len(), 3, "{found:?}");
    assert!(found[1].contains("data/unknown-column: a list of participants has no column `Shoes` (name it `custom.shoes`"), "{found:?}");
    assert!(found[2].starts_with("inputs/participants/p.csv:1:1 data/missing-column"), "{found:?}");
    assert!(found[0].starts_with("inputs/participants/p.csv:1:1 data/unknown-column: a list of participants has no column `Sirname` (did you mean `surname`?"));
    assert!(model.participants.iter().all(|person| person.broken));
}

#[test]
fn participants_with_a_column_of_the_project_fill_the_free_field() {
    let sources = Sources::new();
    let mut list =
        input(&sources, InputKind::Participants, "p.csv", "Navn,Kost,custom.bus\nÅs,vegan,yes\n");
    list.columns = [("Navn", "surname"), ("Kost", "custom.diet")]
        .map(|(column, field)| (column.to_owned(), field.to_owned()))
        .into();
    let (model, found) = run(vec![list]);
    assert_eq!(messages(&sources, &found), Vec::<String>::new());
    assert_eq!(model.participants[0].json["custom"]["diet"], "vegan");
    assert_eq!(model.participants[0].json["custom"]["bus"], "yes");
    assert!(model.participants[0].places.contains_key("/custom/diet"));
}

#[test]
fn mandate_with_a_list_that_is_not_there_is_broken() {
    let (mandate, found) = mandate("participants: {file: participants/p.csv}\n");
    assert!(mandate.broken);
    assert!(
        found[0]
            .starts_with("m.yaml:8:22 data/dangling-reference: there is no list of participants"),
        "{found:?}"
    );
}

#[test]
fn organisation_with_programmes_gives_records_of_their_own() {
    let sources = Sources::new();
    let text = "id: o\nstatus: draft\nversion: '1'\ndata-date: 2020\nname: O\nprogrammes:\n  - {id: p, name: P, countries: [NO]}\n";
    let (model, found) = run(vec![input(&sources, InputKind::Organisation, "o.yaml", text)]);
    assert_eq!(messages(&sources, &found), Vec::<String>::new());
    assert_eq!(model.programmes[0].id, "p");
    assert!(model.programmes[0].places.contains_key("/countries/0"));
}

#[test]
fn participants_with_very_many_bad_rows_are_counted() {
    let csv = format!("surname,country\n{}", "Lie,Nowhere\n".repeat(250));
    let (model, found) = with_people(&csv, "");
    assert_eq!(found.len(), 101);
    assert!(found[100].starts_with("inputs/participants/p.csv:251:1 data/more-faults: 150 more"));
    assert_eq!(model.participants.len(), 250);
}

#[test]
fn sets_have_the_names_that_papers_use() {
    let (model, _) = sample();
    let sets = model.into_sets();
    let counts: Vec<_> = sets.iter().map(|set| (set.name, set.single, set.records.len())).collect();
    assert_eq!(
        counts,
        [
            ("organisation", true, 1),
            ("mandates", false, 5),
            ("events", false, 2),
            ("programmes", false, 0),
            ("vacancies", false, 0),
            ("participants", false, 83),
        ]
    );
    let dates = sets.iter().flat_map(|set| &set.records).map(|record| record.data_date.as_deref());
    assert!(dates.into_iter().all(|date| date == Some("2026-11-22")));
}

/// The keys that the reader of `T` asks for.
fn asked<T: Read>() -> BTreeSet<String> {
    let sources = Sources::new();
    let empty = load::yaml(&sources, "empty.yaml", b"{}\n").unwrap().remove(0);
    let context = Context { country: &country, date_order: DateOrder::DayFirst, language: "en" };
    let mut reader = Reader::new(&context);
    assert!(T::read(&empty, &mut reader).is_none() || reader.errors() == 0);
    reader.asked.iter().map(|key| (*key).to_owned()).collect()
}

#[test]
fn schema_and_reader_know_the_same_keys() {
    use crate::model::*;
    let readers: BTreeMap<&str, BTreeSet<String>> = [
        ("Organisation", asked::<Organisation>()),
        ("OtherName", asked::<OtherName>()),
        ("Employees", asked::<Employees>()),
        ("Unit", asked::<Unit>()),
        ("Office", asked::<Office>()),
        ("Contact", asked::<Contact>()),
        ("Programme", asked::<Programme>()),
        ("Vacancy", asked::<Vacancy>()),
        ("Mandate", asked::<Mandate>()),
        ("KeyFigure", asked::<KeyFigure>()),
        ("Section", asked::<Section>()),
        ("Item", asked::<Item>()),
        ("Point", asked::<Point>()),
        ("Decision", asked::<Decision>()),
        ("Agreement", asked::<Agreement>()),
        ("Seminar", asked::<Seminar>()),
        ("Training", asked::<Training>()),
        ("Attendance", asked::<Attendance>()),
        ("Partner", asked::<Partner>()),
        ("Milestone", asked::<Milestone>()),
        ("Document", asked::<Document>()),
        ("ParticipantSource", asked::<ParticipantSource>()),
        ("Agency", asked::<super::mandate_parts::Agency>()),
        ("Participant", asked::<Participant>()),
        ("PostHere", asked::<super::participant::PostHere>()),
        ("Event", asked::<Event>()),
        ("Organiser", asked::<Organiser>()),
        ("Funder", asked::<Funder>()),
        ("DataProtection", asked::<DataProtection>()),
        ("Signatory", asked::<Signatory>()),
        ("Invitation", asked::<Invitation>()),
        ("AttendanceSource", asked::<AttendanceSource>()),
        ("Session", asked::<Session>()),
    ]
    .into();
    let mut described: BTreeMap<String, BTreeSet<String>> = BTreeMap::new();
    let keys = |schema: &serde_json::Value| -> Option<BTreeSet<String>> {
        Some(schema.get("properties")?.as_object()?.keys().cloned().collect())
    };
    for (kind, root) in [
        ("organisation", "Organisation"),
        ("mandate", "Mandate"),
        ("event", "Event"),
        ("participants", ""),
        ("programme", "Programme"),
        ("vacancy", "Vacancy"),
    ] {
        let schema = schema(kind).unwrap();
        described.extend(keys(&schema).map(|keys| (root.to_owned(), keys)));
        for (name, part) in schema["definitions"].as_object().into_iter().flatten() {
            described.extend(keys(part).map(|keys| (name.clone(), keys)));
        }
    }
    for (name, keys) in &described {
        assert_eq!(readers.get(name.as_str()), Some(keys), "{name}");
    }
    assert_eq!(readers.len(), described.len());
}

#[test]
fn words_of_the_schema_are_words_of_the_reader() {
    let sources = Sources::new();
    let context = Context { country: &country, date_order: DateOrder::DayFirst, language: "en" };
    let read = |name: &str, word: &str| -> bool {
        let value = load::yaml(&sources, word, format!("{word}\n").as_bytes()).unwrap().remove(0);
        let mut reader = Reader::new(&context);
        match name {
            "Status" => model::Status::read(&value, &mut reader).is_some(),
            "MandateKind" => model::MandateKind::read(&value, &mut reader).is_some(),
            "Relation" => model::Relation::read(&value, &mut reader).is_some(),
            "Appointment" => model::Appointment::read(&value, &mut reader).is_some(),
            "Experience" => model::Experience::read(&value, &mut reader).is_some(),
            "Gender" => model::Gender::read(&value, &mut reader).is_some(),
            "Consent" => model::Consent::read(&value, &mut reader).is_some(),
            "Role" => model::Role::read(&value, &mut reader).is_some(),
            "EventKind" => model::EventKind::read(&value, &mut reader).is_some(),
            "Delivery" => model::Delivery::read(&value, &mut reader).is_some(),
            "SessionKind" => model::SessionKind::read(&value, &mut reader).is_some(),
            other => panic!("no reader for the words of {other}"),
        }
    };
    let mut count = 0;
    for kind in model::KINDS {
        let schema = model::schema(kind).unwrap();
        for (name, part) in schema["definitions"].as_object().into_iter().flatten() {
            for word in part.get("oneOf").and_then(|words| words.as_array()).into_iter().flatten() {
                count += 1;
                assert!(read(name, word["const"].as_str().unwrap()), "{name}: {word}");
            }
        }
    }
    assert!(count > 20);
}

mod events;
mod marks;
mod people;
