//! The days of an event, with their sessions side by side where they overlap.

use chrono::{Days, NaiveDate};
use serde_json::{Value as Json, json};

use crate::model::{Event, PartialDate, Session};

use super::attendance::time_of;

/// So many days at most are told one by one.
const MOST_DAYS: usize = 366;

/// Every day of the event in order: those between its first and its last, whether or not something is
/// planned on them. Where one of the two is no whole date, the days that have sessions.
pub(super) fn days_of(event: &Event) -> Vec<NaiveDate> {
    if let (PartialDate::Date(first), PartialDate::Date(last)) = (event.start, event.end) {
        let days = std::iter::successors(Some(first), |day| day.checked_add_days(Days::new(1)));
        return days.take_while(|day| *day <= last).take(MOST_DAYS).collect();
    }
    let mut days: Vec<NaiveDate> = event.sessions.iter().map(|session| session.day).collect();
    days.sort_unstable();
    days.dedup();
    days
}

/// A day as templates see it; `told` gives a session as they see it. `sessions` are those of the whole
/// event, in the order of time.
pub(super) fn json(
    days: &[NaiveDate],
    index: usize,
    sessions: &[&Session],
    told: &dyn Fn(&Session) -> Json,
) -> Json {
    let Some(day) = days.get(index) else { return Json::Null };
    let of_day: Vec<&Session> =
        sessions.iter().filter(|session| session.day == *day).copied().collect();
    let slots: Vec<Json> = slots(&of_day)
        .into_iter()
        .map(|slot| {
            let tracks: Vec<Vec<Json>> = slot
                .tracks
                .iter()
                .map(|track| track.iter().map(|session| told(session)).collect())
                .collect();
            json!({"start": slot.start, "end": slot.end, "tracks": tracks})
        })
        .collect();
    json!({
        "date": day.to_string(),
        "number": index + 1,
        "of": days.len(),
        "start": of_day.iter().map(|session| session.start).min(),
        "end": of_day.iter().map(|session| session.end).max(),
        "minutes": time_of(of_day.iter().copied().filter(|session| session.attendance)),
        "sessions": of_day.iter().map(|session| told(session)).collect::<Vec<Json>>(),
        "slots": slots,
    })
}

/// A stretch of a day that no session crosses the ends of.
struct Slot<'s> {
    start: String,
    end: String,
    /// The sessions side by side, each list in the order of time and in one room.
    tracks: Vec<Vec<&'s Session>>,
}

/// The slots of a day; sessions are in the order of time.
fn slots<'s>(sessions: &[&'s Session]) -> Vec<Slot<'s>> {
    let mut slots: Vec<Slot> = Vec::new();
    let mut open: Vec<&Session> = Vec::new();
    for session in sessions {
        let until = open.iter().map(|session| session.end).max();
        if until.is_some_and(|until| session.start >= until) {
            slots.push(slot(&std::mem::take(&mut open)));
        }
        open.push(session);
    }
    if !open.is_empty() {
        slots.push(slot(&open));
    }
    slots
}

fn slot<'s>(sessions: &[&'s Session]) -> Slot<'s> {
    let mut tracks: Vec<Vec<&Session>> = Vec::new();
    for session in sessions {
        let fits = |track: &&mut Vec<&Session>| {
            track.last().is_some_and(|last| last.room == session.room && last.end <= session.start)
        };
        match tracks.iter_mut().find(fits) {
            Some(track) => track.push(session),
            None => tracks.push(vec![session]),
        }
    }
    let start = sessions.iter().map(|session| session.start).min();
    let end = sessions.iter().map(|session| session.end).max();
    let told = |time: Option<crate::model::Time>| time.map(|time| time.to_string());
    Slot { start: told(start).unwrap_or_default(), end: told(end).unwrap_or_default(), tracks }
}
