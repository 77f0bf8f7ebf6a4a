//! One event with days, rooms, speakers and marks.

use serde_json::{Value as Json, json};

use crate::diag::Diagnostics;
use crate::editions::{BY_EDITION, Edition, Levels, Remap, Seen, redact};
use crate::source::Sources;
use crate::validate::{InputKind, Model};

/// An event on two days: 19 October with three hours in two rooms, 20 October with one.
const EVENT: &str = "\
id: course
kind: training
title: Course
place: Oslo
start: 19/10/2015
end: 21/10/2015
participants: {file: participants/p.csv}
attendance: {file: attendance/p.csv}
sessions:
  - {id: late, day: 20/10/2015, start: 09:00, end: 10:00, title: Late, speakers: [ann]}
  - {id: plenary, day: 19/10/2015, start: 09:00, end: 11:00, title: Plenary, room: Hall}
  - {id: coffee, day: 19/10/2015, start: 11:00, end: 11:30, title: Coffee, kind: break}
  - {id: left, day: 19/10/2015, start: 11:30, end: 12:30, title: Left, room: A}
  - {id: right, day: 19/10/2015, start: 11:30, end: 12:30, title: Right, room: B, attendance: false}
";

const PEOPLE: &str = "\
id,surname,given-name,roles
ann,Ås,Ann,speaker
bo,Berg,Bo,participant
cy,Çelik,Cy,participant
di,Dahl,Di,
";

fn model(event: &str, people: &str, marks: Option<&str>) -> (Model, Vec<String>) {
    let mut files = vec![
        (InputKind::Event, "inputs/events/e.yaml", event),
        (InputKind::Participants, "inputs/participants/p.csv", people),
    ];
    files.extend(marks.map(|marks| (InputKind::Attendance, "inputs/attendance/p.csv", marks)));
    let (model, found, sources) = super::read(&files);
    let told = told(&found, &sources);
    (model, told)
}

fn told(found: &Diagnostics, sources: &Sources) -> Vec<String> {
    let one = |fault: &crate::diag::Diagnostic| {
        let place = fault.labels.first().map(|label| sources.locate(label.span));
        format!("{} {}: {}", place.unwrap_or_default(), fault.code, fault.message)
    };
    found.iter().map(one).collect()
}

fn event(marks: &str) -> (Json, Vec<Json>) {
    let (model, found) = model(EVENT, PEOPLE, Some(marks));
    assert_eq!(found, Vec::<String>::new());
    let people = model.participants.iter().map(|person| person.json.clone()).collect();
    (model.events[0].json.clone(), people)
}

#[test]
fn days_hold_sessions_in_order_and_side_by_side() {
    let (event, _) = event("person,session,present\n");
    let days = event["days"].as_array().unwrap();
    assert_eq!(days.len(), 3, "every day of the event, also without a session");
    let slots: Vec<Vec<usize>> = days
        .iter()
        .map(|day| {
            let slots = day["slots"].as_array().unwrap();
            slots.iter().map(|slot| slot["tracks"].as_array().unwrap().len()).collect()
        })
        .collect();
    assert_eq!(slots, [vec![1, 1, 2], vec![1], vec![]]);
    assert_eq!((&days[1]["number"], &days[1]["of"]), (&json!(2), &json!(3)));
    let ids: Vec<&str> =
        event["sessions"].as_array().unwrap().iter().map(|s| s["id"].as_str().unwrap()).collect();
    assert_eq!(ids, ["plenary", "coffee", "left", "right", "late"]);
    assert_eq!((&event["minutes"], &event["hours"]), (&json!(240), &json!(4)));
    assert_eq!(event["sessions"][4]["speakers"][0]["surname"], "Ås");
}

#[test]
fn share_of_attendance_decides_who_is_due_and_papers_agree() {
    // Bo: all of the first day (180 of 240). Cy: everything but the last hour, by session. Di: all.
    let (event, people) = event(
        "person,day,session,present\nbo,19/10/2015,,yes\ncy,,plenary,yes\ncy,,left,no\n\
         di,19/10/2015,,ja\ndi,20/10/2015,,x\n\"Ås, Ann\",20/10/2015,,yes\n",
    );
    let said: Vec<(Json, Json, Json)> = people
        .iter()
        .map(|person| {
            let (attendance, certificate) = (&person["attendance"], &person["certificate"]);
            (attendance["share"].clone(), certificate["due"].clone(), certificate["reason"].clone())
        })
        .collect();
    assert_eq!(
        said,
        [
            (json!(25), json!(false), json!("role")),
            (json!(75), json!(false), json!("share")),
            (json!(50), json!(false), json!("share")),
            (json!(100), json!(true), Json::Null),
        ]
    );
    assert_eq!(people[3]["certificate"]["number"], "COURSE-004");
    assert_eq!(event["counts"]["due"], 1);
    assert_eq!(event["counts"]["participants"], 3);
    let totals = &event["attendance"]["internal"];
    assert_eq!(
        (&totals["days"][0]["present"], &totals["days"][1]["present"]),
        (&json!(3), &json!(1))
    );
    assert!(event["attendance"].get(BY_EDITION).is_some());
}

#[test]
fn mark_for_a_session_comes_before_one_for_its_day() {
    let (_, people) = event("person,day,session,present\nbo,19/10/2015,,yes\nbo,,left,no\n");
    assert_eq!(people[1]["attendance"]["minutes"], 120);
    assert_eq!(people[1]["attendance"]["sessions"], json!(["plenary"]));
}

#[test]
fn marks_with_faults_are_all_told_and_leave_attendance_out() {
    let (model, found) = model(
        EVENT,
        PEOPLE,
        Some(
            "person,day,session,present,hat\nbob,,plenary,yes,\nbo,,plenery,yes,\nbo,,right,yes,\n\
             bo,21/10/2015,,yes,\nbo,,plenary,maybe,\ncy,,left,yes,\ncy,,left,no,\ndi,,,yes,\n",
        ),
    );
    assert_eq!(
        found,
        [
            "inputs/attendance/p.csv:1:28 data/unknown-column: a file of attendance has no column `hat`",
            "inputs/attendance/p.csv:2:1 data/unknown-person: nobody called `bob` is on the list of participants",
            "inputs/attendance/p.csv:3:5 data/unknown-session: the event has no session `plenery`",
            "inputs/attendance/p.csv:4:5 data/unknown-session: attendance is not taken at the session `right`",
            "inputs/attendance/p.csv:5:4 data/unknown-session: the event has no session with attendance on 2015-10-21",
            "inputs/attendance/p.csv:6:13 data/unknown-word: `maybe` is not one of the words known here",
            "inputs/attendance/p.csv:8:1 data/marked-twice: `cy` has two marks for the same time",
            "inputs/attendance/p.csv:9:4 data/missing-field: a mark needs a `day` or a `session`",
        ]
    );
    let event = &model.events[0];
    assert!(!event.broken && event.json["people"][0].get("attendance").is_none());
}

#[test]
fn event_without_sessions_has_its_days_and_no_marks_give_no_certificate() {
    let bare = "id: m\nkind: meeting\ntitle: M\nplace: Oslo\nstart: 1/2/2015\nend: 2/2/2015\nparticipants: {file: p.csv}\n";
    let (model, found) = model(bare, "surname\nBerg\n", None);
    assert_eq!(found, Vec::<String>::new());
    let event = &model.events[0].json;
    assert_eq!(event["days"].as_array().unwrap().len(), 2);
    assert_eq!(event["minutes"], 0);
    assert_eq!(event["people"][0]["certificate"]["reason"], "no-marks");
    assert_eq!(event["people"][0]["roles"], json!(["participant"]));
}

#[test]
fn statistics_of_a_public_paper_hide_what_the_office_sees() {
    let people: String = std::iter::once("surname,gender,country\n".to_owned())
        .chain((0..12).map(|n| {
            format!("P{n},{},{}\n", if n < 3 { "f" } else { "m" }, if n < 6 { "NO" } else { "MD" })
        }))
        .collect();
    let (model, _) = model(EVENT, &people, None);
    assert!(model.events[0].broken, "nobody is called ann");
    let (model, _) = self::model(
        &EVENT
            .replace(", speakers: [ann]", "")
            .replace("attendance: {file: attendance/p.csv}\n", ""),
        &people,
        None,
    );
    let seen = |edition| match redact(
        &model.events[0].json,
        edition,
        &Levels::default(),
        &mut Remap::new(),
    ) {
        Seen::Value(value) => value["statistics"].clone(),
        Seen::Nobody => Json::Null,
    };
    let counts = |statistics: &Json, table: usize| -> Vec<Json> {
        statistics["tables"][table]["rows"]
            .as_array()
            .unwrap()
            .iter()
            .map(|row| row["count"].clone())
            .collect()
    };
    let (public, internal) = (seen(Edition::Public), seen(Edition::Internal));
    assert_eq!(counts(&public, 0), [Json::Null, Json::Null]);
    assert_eq!(counts(&internal, 0), [json!(3), json!(9)]);
    assert_eq!(counts(&public, 2), [json!(6), json!(6)]);
    assert_eq!(public["total"], 12);
}

#[test]
fn people_who_stand_twice_are_told_with_both_rows() {
    let bare = "id: m\nkind: meeting\ntitle: M\nplace: Oslo\nstart: 1/2/2015\nend: 2/2/2015\nparticipants: {file: p.csv}\nexpected: {from: 40, to: 45}\n";
    let (_, found) = model(
        bare,
        "surname,given-name,agency,email\nØdegård,Åse,Police,a@example.org\nAse,Odegard,police,\nLie,Per,Court,A@example.org\nLie,Per,Police,\n",
        None,
    );
    assert_eq!(
        found,
        [
            "inputs/participants/p.csv:3:1 data/doubled-person: two people have the same name and agency",
            "inputs/participants/p.csv:4:15 data/doubled-person: two people have the same e-mail address",
            "inputs/events/e.yaml:8:11 data/figures-differ: 40–45 participants are stated, but the list has 4",
        ]
    );
}
