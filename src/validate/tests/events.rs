//! Events: their sessions, and those who speak at them.

use super::*;

pub(super) const EVENT: &str = "id: e\nkind: training\ntitle: T\nplace: Oslo\nstart: 19/10/2015\nend: 20/10/2015\n\
     participants: {file: p.csv}\n";

pub(super) const PEOPLE: &str =
    "id,surname,given-name\nberg-kari,Berg,Kari\nas-ola,Ås,Ola\nlie-anne,Lie,Anne\n";

/// An event with sessions; its first line is the eighth of the file.
fn event(text: &str) -> (Checked<model::Event>, Vec<String>) {
    let sources = Sources::new();
    let (mut model, found) = run(vec![
        input(&sources, InputKind::Event, "e.yaml", &format!("{EVENT}{text}")),
        input(&sources, InputKind::Participants, "p.csv", PEOPLE),
    ]);
    (model.events.remove(0), messages(&sources, &found))
}

#[test]
fn session_past_midnight_is_a_fault_and_midnight_is_none() {
    let (found, messages) =
        event("sessions:\n  - {day: 19/10/2015, start: 22:00, end: 01:00, title: Late}\n");
    assert!(found.broken);
    assert_eq!(
        messages,
        [
            "e.yaml:9:42 data/past-midnight: a session from 22:00 ends at 01:00, before it has begun (a session ends on its own day, at 24:00 at the latest; what goes on past midnight is a second session on the next day)"
        ]
    );
    let (_, messages) =
        event("sessions:\n  - {day: 19/10/2015, start: 22:00, end: 22:00, title: Late}\n");
    assert!(messages[0].contains("a session from 22:00 ends at the same time"), "{messages:?}");
    let (found, messages) =
        event("sessions:\n  - {day: 19/10/2015, start: 22:00, end: 24:00, title: Late}\n");
    assert_eq!(messages, Vec::<String>::new());
    assert_eq!(found.json["sessions"][0]["end"], "24:00");
    assert_eq!(found.json["sessions"][0]["id"], "2015-10-19-2200");
}

#[test]
fn times_that_are_none_are_named() {
    let (_, messages) =
        event("sessions:\n  - {day: 19/10/2015, start: nine, end: 24:30, title: Early}\n");
    assert_eq!(
        messages,
        [
            "e.yaml:9:30 data/bad-time: `nine` is not a time of day (write it by the 24-hour clock, such as 09:00 or 17:30)",
            "e.yaml:9:41 data/bad-time: `24:30` is not a time of day (write it by the 24-hour clock, such as 09:00 or 17:30)",
        ]
    );
}

#[test]
fn two_sessions_in_one_room_at_a_time_are_a_fault() {
    let (found, messages) = event(
        "sessions:\n  - {day: 19/10/2015, start: 09:00, end: 10:30, title: One, room: {en: Hall, nb: Salen}}\n  \
         - {day: 19/10/2015, start: 10:00, end: 11:00, title: Two, room: hall}\n",
    );
    assert!(found.broken);
    assert_eq!(
        messages,
        [
            "e.yaml:10:67 data/room-taken: two sessions are in “hall” on 2015-10-19 at a time: 09:00–10:30 and 10:00–11:00 (give one of them another room or another time)"
        ]
    );
}

#[test]
fn sessions_side_by_side_or_one_after_another_are_in_order() {
    let (found, messages) = event(
        "sessions:\n  - {day: 19/10/2015, start: 09:00, end: 10:30, title: A, room: Hall}\n  \
         - {id: b, day: 19/10/2015, start: 09:00, end: 10:30, title: B, room: Loft}\n  \
         - {day: 19/10/2015, start: 10:30, end: 11:00, title: C, room: Hall}\n  \
         - {day: 20/10/2015, start: 09:00, end: 10:30, title: D, room: Hall}\n",
    );
    assert_eq!(messages, Vec::<String>::new());
    assert!(!found.broken);
}

#[test]
fn sessions_with_one_id_or_outside_the_event_are_faults() {
    let (_, messages) = event(
        "sessions:\n  - {day: 19/10/2015, start: 09:00, end: 10:30, title: A}\n  \
         - {day: 19/10/2015, start: 09:00, end: 10:00, title: B}\n  \
         - {day: 21/10/2015, start: 09:00, end: 10:30, title: C}\n  \
         - {day: October 2015, start: 09:00, end: 10:30, title: D}\n",
    );
    assert_eq!(
        messages,
        [
            "e.yaml:12:11 data/bad-date: `2015-10` is not one day (write day, month and year: 19/10/2015)"
        ]
    );
    let (_, messages) = event(
        "sessions:\n  - {day: 19/10/2015, start: 09:00, end: 10:30, title: A}\n  \
         - {day: 19/10/2015, start: 09:00, end: 10:00, title: B}\n  \
         - {day: 21/10/2015, start: 09:00, end: 10:30, title: C}\n",
    );
    assert_eq!(
        messages,
        [
            "e.yaml:10:5 data/duplicate-id: two sessions have the id `2015-10-19-0900` (give each session an `id` of its own)",
            "e.yaml:11:11 data/outside-event: a session on 2015-10-21 is after the event (mend the day, or the event's `start` and `end`)",
        ]
    );
}

#[test]
fn speaker_is_known_by_id_and_by_name_and_else_the_nearest_is_named() {
    let (found, messages) = event(
        "sessions:\n  - {day: 19/10/2015, start: 09:00, end: 10:30, title: A, speakers: [berg-kari, 'Ola As'], moderator: 'Lie, Anne'}\n",
    );
    assert_eq!(messages, Vec::<String>::new());
    let session = &found.item.unwrap().sessions[0];
    assert_eq!(session.speakers, ["berg-kari", "as-ola"]);
    assert_eq!(session.moderator.as_deref(), Some("lie-anne"));
    let (found, messages) = event(
        "sessions:\n  - {day: 19/10/2015, start: 09:00, end: 10:30, title: A, speakers: [berg-karl], moderator: Somebody}\n",
    );
    assert!(found.broken);
    assert_eq!(
        messages,
        [
            "e.yaml:9:70 data/unknown-person: nobody called `berg-karl` is on the list of participants (did you mean `berg-kari`?)",
            "e.yaml:9:93 data/unknown-person: nobody called `Somebody` is on the list of participants (write the id of a person on the list, or the given name and the surname as they stand there)",
        ]
    );
}

#[test]
fn speaker_without_any_list_is_told_to_name_one() {
    let sources = Sources::new();
    let text = EVENT.replace("participants: {file: p.csv}\n", "")
        + "sessions:\n  - {day: 19/10/2015, start: 09:00, end: 10:30, title: A, speakers: [x]}\n";
    let (_, found) = run(vec![input(&sources, InputKind::Event, "e.yaml", &text)]);
    assert_eq!(
        messages(&sources, &found),
        [
            "e.yaml:8:70 data/unknown-person: nobody called `x` is on the list of participants (name the event's list under  participants: {file: …})"
        ]
    );
}

#[test]
fn share_beyond_the_whole_is_a_fault() {
    let (_, messages) = event("attendance: {share: 120}\n");
    assert_eq!(
        messages,
        [
            "e.yaml:8:21 data/share: a share of 120 percent cannot be asked for (write a number from 1 to 100)"
        ]
    );
}

#[test]
fn event_without_sessions_or_people_is_in_order() {
    let sources = Sources::new();
    let text = EVENT.replace("participants: {file: p.csv}\n", "");
    let (model, found) = run(vec![input(&sources, InputKind::Event, "e.yaml", &text)]);
    assert_eq!(messages(&sources, &found), Vec::<String>::new());
    assert_eq!(model.events[0].json["sessions"], serde_json::json!([]));
}
