//! The marks of who was present.

use super::events::{EVENT, PEOPLE};
use super::*;
use crate::validate::{Mark, Of};

const SESSIONS: &str = "attendance: {file: a.csv}\nsessions:\n  \
     - {id: first, day: 19/10/2015, start: 09:00, end: 10:30, title: First}\n  \
     - {id: lunch, day: 19/10/2015, start: 12:00, end: 13:00, title: Lunch, kind: meal}\n  \
     - {id: second, day: 20/10/2015, start: 09:00, end: 10:30, title: Second}\n";

fn marks(csv: &str) -> (Option<Vec<Mark>>, Vec<String>) {
    let sources = Sources::new();
    let (mut model, found) = run(vec![
        input(&sources, InputKind::Event, "e.yaml", &format!("{EVENT}{SESSIONS}")),
        input(&sources, InputKind::Participants, "p.csv", PEOPLE),
        input(&sources, InputKind::Attendance, "a.csv", csv),
    ]);
    (model.marks.remove(0).marks, messages(&sources, &found))
}

#[test]
fn marks_for_days_and_sessions_are_read_under_norwegian_columns_too() {
    let (read, messages) = marks(
        "Deltaker;Navn;Dag;Økt;Tittel;Til stede\nberg-kari;Kari Berg;19.10.2015;first;First;ja\n\
         Ola Ås;;20.10.2015;;;nei\nlie-anne;Anne Lie;19.10.2015;first;First;\n",
    );
    assert_eq!(messages, Vec::<String>::new());
    let read: Vec<(String, Of, bool)> =
        read.unwrap().into_iter().map(|mark| (mark.person, mark.of, mark.present)).collect();
    let day = chrono::NaiveDate::from_ymd_opt(2015, 10, 20).unwrap();
    assert_eq!(
        read,
        [
            ("berg-kari".to_owned(), Of::Session("first".to_owned()), true),
            ("as-ola".to_owned(), Of::Day(day), false),
        ]
    );
}

#[test]
fn marks_of_nobody_and_of_nothing_are_faults() {
    let (read, messages) = marks(
        "person,day,session,present\nberg-karl,19/10/2015,first,yes\nas-ola,19/10/2015,fist,yes\n\
         as-ola,,lunch,yes\nas-ola,21/10/2015,,yes\nas-ola,,,yes\nas-ola,20/10/2015,first,yes\nas-ola,,second,perhaps\n",
    );
    assert_eq!(read, None);
    assert_eq!(
        messages,
        [
            "a.csv:2:1 data/unknown-person: nobody called `berg-karl` is on the list of participants (did you mean `berg-kari`?)",
            "a.csv:3:19 data/unknown-session: the event has no session `fist` (did you mean `first`?)",
            "a.csv:4:9 data/unknown-session: attendance is not taken at the session `lunch` (take the row out, or write `attendance: true` at the session)",
            "a.csv:5:8 data/unknown-session: the event has no session with attendance on 2015-10-21 (attendance is taken on 2015-10-19, 2015-10-20)",
            "a.csv:6:8 data/missing-field: a mark needs a `day` or a `session` (write which session the mark is for, by its id, or which day)",
            "a.csv:7:8 data/unknown-session: the session `first` is on 2015-10-19, not on 2015-10-20 (mend the day or the session: one of the two is meant for another row)",
            "a.csv:8:16 data/unknown-word: `perhaps` is not one of the words known here (write one of: yes, no, true, false, ja, nei, sann, usann, x, y, n, j, 1, 0)",
        ]
    );
}

#[test]
fn two_marks_for_one_time_are_a_fault_and_a_day_beside_a_session_is_none() {
    let (_, messages) = marks(
        "person,day,session,present\nas-ola,,first,yes\nas-ola,19/10/2015,,no\nOla Ås,,first,no\n",
    );
    assert_eq!(
        messages,
        [
            "a.csv:4:1 data/marked-twice: `as-ola` has two marks for the same time (take one of them out)"
        ]
    );
}

#[test]
fn columns_of_marks_that_are_unknown_doubled_or_missing_are_reported_once() {
    let (_, messages) = marks(
        "person,id,day,shoes,present\nas-ola,as-ola,19/10/2015,44,yes\nlie-anne,,19/10/2015,38,yes\n",
    );
    assert_eq!(
        messages,
        [
            "a.csv:1:8 data/doubled-column: two columns fill `person` (take one of them out)",
            "a.csv:1:15 data/unknown-column: a file of attendance has no column `shoes` (the columns are person, name, day, session, title, present)",
        ]
    );
    let (_, messages) = marks("as-ola,Ola Ås,first,yes\nlie-anne,Anne Lie,first,no\n");
    assert_eq!(messages.len(), 1, "{messages:?}");
    let (_, messages) = marks("person,day,attendd\nas-ola,19/10/2015,yes\n");
    assert!(messages[0].contains("did you mean `attended`?"), "{messages:?}");
    let (read, messages) =
        marks("name,day,present\nOla Ås,19/10/2015,yes\nAnne Lie,19/10/2015,yes\n");
    assert_eq!(read, None);
    assert_eq!(
        messages,
        [
            "a.csv:1:1 data/missing-column: a file of attendance needs a column `person` (the first line names the columns; `dossier attendance FILE.csv` writes a sheet that has every column)"
        ]
    );
}

#[test]
fn name_that_is_not_the_persons_is_a_fault() {
    let (read, messages) = marks(
        "person,name,day,present\nas-ola,Anne Lie,19/10/2015,yes\nlie-anne,LIE Anne Marie,19/10/2015,yes\n",
    );
    assert_eq!(read, None);
    assert_eq!(
        messages,
        [
            "a.csv:2:8 data/other-name: `as-ola` is “Ola Ås” on the list of participants, but “Anne Lie” here (if one column was sorted alone, sort the rows as they were; if the id is wrong, write the right one; if the person has a new name, write it in the list of participants as well)"
        ]
    );
    let (_, messages) = marks("person,name,day,present\nas-ola,Ole Åsen,19/10/2015,yes\n");
    assert_eq!(messages.len(), 1, "{messages:?}");
}

#[test]
fn name_that_is_spelt_in_another_way_is_none() {
    for name in
        ["Ås, Ola", "OLA AAS", "Ola As", "Ås", "O. Ås", "Mr Ola Ås", "Ola Henrik Ås", "Óla Ås"]
    {
        let csv = format!("person,name,day,present\nas-ola,\"{name}\",19/10/2015,yes\n");
        let (read, messages) = marks(&csv);
        assert_eq!(messages, Vec::<String>::new(), "{name}");
        assert_eq!(read.map(|marks| marks.len()), Some(1));
    }
}

#[test]
fn what_many_rows_say_of_somebody_is_reported_once() {
    let rows = "ola-ass,,first,yes\nas-ola,Anne Lie,fist,yes\n";
    let (_, messages) = marks(&format!("person,name,session,present\n{}", rows.repeat(3)));
    assert_eq!(
        messages,
        [
            "a.csv:2:1 data/unknown-person: nobody called `ola-ass` is on the list of participants (did you mean `Ola Ås`?)",
            "a.csv:3:8 data/other-name: `as-ola` is “Ola Ås” on the list of participants, but “Anne Lie” here (if one column was sorted alone, sort the rows as they were; if the id is wrong, write the right one; if the person has a new name, write it in the list of participants as well)",
            "a.csv:3:17 data/unknown-session: the event has no session `fist` (did you mean `first`?)",
        ]
    );
}

#[test]
fn very_many_faulty_marks_are_counted() {
    let rows: String = (0..250).map(|row| format!("nobody-{row},19/10/2015,yes\n")).collect();
    let (_, messages) = marks(&format!("person,day,present\n{rows}"));
    assert_eq!(messages.len(), 101);
    assert_eq!(
        messages[100],
        "a.csv:251:1 data/more-faults: 150 more marks have faults (mend those that are reported, and run again)"
    );
}

#[test]
fn marks_that_no_event_names_are_reported_unless_the_event_has_a_fault() {
    let sources = Sources::new();
    let csv = "person,day,present\nas-ola,19/10/2015,yes\n";
    let faulty = format!("{EVENT}{SESSIONS}").replace("title: T\n", "");
    let (model, found) = run(vec![
        input(&sources, InputKind::Event, "e.yaml", &faulty),
        input(&sources, InputKind::Participants, "p.csv", PEOPLE),
        input(&sources, InputKind::Attendance, "a.csv", csv),
        input(&sources, InputKind::Attendance, "b.csv", csv),
    ]);
    assert!(model.marks.is_empty());
    assert_eq!(
        messages(&sources, &found),
        [
            "e.yaml:1:1 data/missing-field: an event needs `title` (add a line that starts with  title:)",
            "b.csv:1:1 data/unused-file: no event names b.csv, so its marks count for nothing (name the file in the event's record:  attendance: {file: …})",
        ]
    );
}

#[test]
fn marks_that_are_not_there_leave_the_event_without_them() {
    let sources = Sources::new();
    let (model, found) = run(vec![
        input(&sources, InputKind::Event, "e.yaml", &format!("{EVENT}{SESSIONS}")),
        input(&sources, InputKind::Participants, "p.csv", PEOPLE),
    ]);
    assert!(!model.events[0].broken && model.marks[0].marks.is_none());
    assert_eq!(
        messages(&sources, &found),
        [
            "e.yaml:8:20 data/dangling-reference: there is no file of attendance `a.csv` (`dossier attendance FILE.csv` writes the empty sheet; name it as it stands below the inputs, such as attendance/name.csv. Before the event take the entry out. Where dossier.yaml names its `inputs:` one by one, it needs  attendance: inputs/attendance  among them)"
        ]
    );
}
