//! Reads the sessions of an event, and checks that they can be held.

use super::reader::{Read, Reader};
use super::scalars::{Id, LanguageTag};
use crate::diag::Diagnostic;
use crate::load::{Kind, Value};
use crate::model::{PartialDate, Session, SessionKind, Text, Time};
use crate::source::Span;
use chrono::NaiveDate;
use std::collections::BTreeMap;

impl Read for Session {
    fn read(value: &Value, reader: &mut Reader) -> Option<Session> {
        let mut fields = reader.fields(value, "a session")?;
        let id = fields.optional::<Id>("id");
        let day = fields.required::<Day>("day");
        let start: Option<Time> = fields.required("start");
        let end: Option<Time> = fields.required("end");
        if let (Some(start), Some(end), Some(written)) = (start, end, fields.value("end"))
            && end <= start
        {
            let (message, help) = match end == start {
                true => (
                    format!("a session from {start} ends at the same time"),
                    "write when it ends; what has no length is no session",
                ),
                false => (
                    format!("a session from {start} ends at {end}, before it has begun"),
                    "a session ends on its own day, at 24:00 at the latest; what goes on past midnight is a second session on the next day",
                ),
            };
            let found = Diagnostic::error("data/past-midnight", message);
            fields.reader.report(found.at(written.span, "not later than its start").help(help));
        }
        let room = fields.optional("room");
        let title = fields.required("title");
        let text = fields.optional("text");
        let kind = fields.optional("kind").unwrap_or_default();
        let speakers = fields.list("speakers");
        let moderator = fields.optional("moderator");
        let language = fields.optional::<LanguageTag>("language");
        let attendance = fields.optional("attendance").unwrap_or(kind == SessionKind::Session);
        fields.finish()?;
        let (day, start) = (day?.0, start?);
        let derived = || format!("{day}-{:02}{:02}", start.minutes() / 60, start.minutes() % 60);
        Some(Session {
            id: id.map_or_else(derived, |id| id.0),
            day,
            start,
            end: end?,
            room,
            title: title?,
            text,
            kind,
            speakers,
            moderator,
            language: language.map(|tag| tag.0),
            attendance,
        })
    }
}

/// A whole date.
pub(super) struct Day(pub NaiveDate);

impl Read for Day {
    fn read(value: &Value, reader: &mut Reader) -> Option<Day> {
        let date = PartialDate::read(value, reader)?;
        let day = whole(&date);
        if day.is_none() {
            let message = format!("`{date}` is not one day");
            let found = Diagnostic::error("data/bad-date", message).at(value.span, "which day?");
            reader.report(found.help("write day, month and year: 19/10/2015"));
        }
        day.map(Day)
    }
}

fn whole(date: &PartialDate) -> Option<NaiveDate> {
    match date {
        PartialDate::Date(day) => Some(*day),
        _ => None,
    }
}

/// Reports ids that stand twice, sessions outside the event's days, and two sessions in one room at
/// a time. `written` is the list in the file.
pub(super) fn check(
    sessions: &[Session],
    written: Option<&Value>,
    (first, last): (Option<PartialDate>, Option<PartialDate>),
    reader: &mut Reader,
) {
    let Some(Value { kind: Kind::List(values), .. }) = written else { return };
    // Where one could not be read, the others have lost their places.
    if values.len() != sessions.len() {
        return;
    }
    let placed: Vec<(&Session, &Value)> = sessions.iter().zip(values).collect();
    let mut seen: BTreeMap<&str, Span> = BTreeMap::new();
    for (session, value) in &placed {
        let place = value.get("id").map_or(value.span, |id| id.span);
        if let Some(first) = seen.get(session.id.as_str()) {
            let message = format!("two sessions have the id `{}`", session.id);
            let found = Diagnostic::error("data/duplicate-id", message);
            reader.report(
                found
                    .at(place, "here again")
                    .context(*first, "first used here")
                    .help("give each session an `id` of its own"),
            );
        } else {
            seen.insert(&session.id, place);
        }
        outside(session, value, (first, last), reader);
    }
    for (index, (session, value)) in placed.iter().enumerate() {
        let earlier = placed.iter().take(index).find(|(other, _)| clash(session, other));
        if let (Some((other, first)), Some(room)) = (earlier, &session.room) {
            let message = format!(
                "two sessions are in {} on {} at a time: {}–{} and {}–{}",
                shown(room),
                session.day,
                other.start,
                other.end,
                session.start,
                session.end
            );
            let found = Diagnostic::error("data/room-taken", message);
            reader.report(
                found
                    .at(place(value), "this one")
                    .context(place(first), "and this one")
                    .help("give one of them another room or another time"),
            );
        }
    }
}

/// Where a session's room or, without one, its start is written.
fn place(value: &Value) -> Span {
    value.get("room").or_else(|| value.get("start")).map_or(value.span, |value| value.span)
}

fn clash(one: &Session, other: &Session) -> bool {
    one.day == other.day
        && one.start < other.end
        && other.start < one.end
        && matches!((&one.room, &other.room), (Some(one), Some(other)) if same_room(one, other))
}

/// Whether two rooms share a name in any language, whatever its capitals: one session may name its room
/// in one language, another in two.
fn same_room(one: &Text, other: &Text) -> bool {
    let names = |room: &Text| -> Vec<String> {
        room.wordings().iter().map(|name| name.trim().to_lowercase()).collect()
    };
    let others = names(other);
    names(one).iter().any(|name| others.contains(name))
}

fn shown(room: &Text) -> String {
    room.wordings().first().map(|name| format!("“{name}”")).unwrap_or_default()
}

fn outside(
    session: &Session,
    value: &Value,
    (first, last): (Option<PartialDate>, Option<PartialDate>),
    reader: &mut Reader,
) {
    let before = first.and_then(|first| whole(&first)).is_some_and(|first| session.day < first);
    let after = last.and_then(|last| whole(&last)).is_some_and(|last| session.day > last);
    if before || after {
        let message = format!(
            "a session on {} is {} the event",
            session.day,
            if before { "before" } else { "after" }
        );
        let found = Diagnostic::error("data/outside-event", message);
        let place = value.get("day").map_or(value.span, |day| day.span);
        reader.report(
            found
                .at(place, "not a day of the event")
                .help("mend the day, or the event's `start` and `end`"),
        );
    }
}
