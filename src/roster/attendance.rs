//! How much of an event somebody attended.

use std::collections::{BTreeMap, BTreeSet};

use chrono::NaiveDate;
use serde_json::{Value as Json, json};

use crate::model::{Event, Session, Time};
use crate::validate::{Mark, Of};

/// The sessions at which attendance is taken, and the marks of who was there.
pub(super) struct Register<'e> {
    sessions: Vec<&'e Session>,
    /// The minutes that these take up.
    scheduled: u32,
    /// The ids of the sessions that somebody attended, by the person's id.
    present: BTreeMap<&'e str, BTreeSet<&'e str>>,
}

/// What somebody attended.
pub(super) struct Attended<'e> {
    /// Minutes of the sessions that the person attended.
    pub minutes: u32,
    /// Minutes of all sessions at which attendance is taken.
    pub scheduled: u32,
    sessions: Vec<&'e Session>,
    days: BTreeMap<NaiveDate, u32>,
}

/// A session's length.
pub(super) fn minutes(session: &Session) -> u32 {
    u32::from(session.end.minutes().saturating_sub(session.start.minutes()))
}

/// The minutes that sessions take up together. Time in which several are held counts once, since
/// nobody can be at two: groups side by side would else keep everybody below the whole.
pub(super) fn time_of<'s>(sessions: impl IntoIterator<Item = &'s Session>) -> u32 {
    let stretch = |session: &Session| (session.day, session.start, session.end);
    let mut stretches: Vec<(NaiveDate, Time, Time)> = sessions.into_iter().map(stretch).collect();
    stretches.sort_unstable();
    let mut taken = 0;
    let mut until: Option<(NaiveDate, Time)> = None;
    for (day, start, end) in stretches {
        let reached = until.filter(|(same, _)| *same == day).map_or(start, |(_, end)| end);
        let from = start.max(reached);
        taken += u32::from(end.minutes().saturating_sub(from.minutes()));
        until = Some((day, end.max(reached)));
    }
    taken
}

impl<'e> Register<'e> {
    /// The register of an event. A mark for a session comes before one for its day.
    pub fn of(event: &'e Event, marks: &'e [Mark]) -> Register<'e> {
        let sessions: Vec<&Session> =
            event.sessions.iter().filter(|session| session.attendance).collect();
        let mut present: BTreeMap<&str, BTreeSet<&str>> = BTreeMap::new();
        for mark in marks.iter().filter(|mark| mark.present) {
            let Of::Day(day) = &mark.of else { continue };
            let of_day = sessions.iter().filter(|session| session.day == *day);
            present.entry(&mark.person).or_default().extend(of_day.map(|session| &*session.id));
        }
        for mark in marks {
            let Of::Session(session) = &mark.of else { continue };
            let of_person = present.entry(&mark.person).or_default();
            match mark.present {
                true => of_person.insert(session),
                false => of_person.remove(session.as_str()),
            };
        }
        let scheduled = time_of(sessions.iter().copied());
        Register { sessions, scheduled, present }
    }

    /// What one person attended.
    pub fn attended(&self, person: &str) -> Attended<'e> {
        let none = BTreeSet::new();
        let present = self.present.get(person).unwrap_or(&none);
        let was_there = |session: &&&Session| present.contains(session.id.as_str());
        let sessions: Vec<&Session> = self.sessions.iter().filter(was_there).copied().collect();
        let mut days: BTreeMap<NaiveDate, u32> =
            self.sessions.iter().map(|session| (session.day, 0)).collect();
        for (day, attended) in &mut days {
            let of_day = sessions.iter().filter(|session| session.day == *day);
            *attended = time_of(of_day.copied());
        }
        Attended { minutes: days.values().sum(), scheduled: self.scheduled, sessions, days }
    }

    /// Whether a person was at a session.
    pub fn was_at(&self, person: &str, session: &str) -> bool {
        self.present.get(person).is_some_and(|sessions| sessions.contains(session))
    }

    /// The sessions at which attendance is taken.
    pub fn sessions(&self) -> &[&'e Session] {
        &self.sessions
    }
}

impl Attended<'_> {
    /// Whether it is at least so many percent of what was scheduled; reckoned in whole minutes, so that
    /// nothing is rounded up.
    pub fn reaches(&self, share: u32) -> bool {
        self.scheduled > 0
            && u64::from(self.minutes) * 100 >= u64::from(self.scheduled) * u64::from(share)
    }

    /// The share in percent, rounded down.
    pub fn share(&self) -> u32 {
        match self.scheduled {
            0 => 0,
            scheduled => (u64::from(self.minutes) * 100 / u64::from(scheduled)) as u32,
        }
    }

    /// On how many days the person was there.
    pub fn days(&self) -> usize {
        self.days.values().filter(|minutes| **minutes > 0).count()
    }

    /// As templates see it; `number` gives each day's number.
    pub fn json(&self, number: &dyn Fn(NaiveDate) -> usize) -> Json {
        let by_day: Vec<Json> = self
            .days
            .iter()
            .map(|(day, minutes)| {
                json!({
                    "date": day.to_string(),
                    "number": number(*day),
                    "present": *minutes > 0,
                    "minutes": minutes,
                })
            })
            .collect();
        let sessions: Vec<&str> = self.sessions.iter().map(|session| &*session.id).collect();
        json!({
            "minutes": self.minutes,
            "hours": hours(self.minutes),
            "scheduled": self.scheduled,
            "share": self.share(),
            "days": self.days(),
            "sessions": sessions,
            "by-day": by_day,
        })
    }
}

/// Minutes as hours: a whole number, or one with tenths.
pub(super) fn hours(minutes: u32) -> Json {
    // Tenths of an hour are six minutes; halves are rounded down, since nobody attended them.
    match minutes / 6 {
        tenths if tenths % 10 == 0 => json!(tenths / 10),
        tenths => json!(f64::from(tenths) / 10.0),
    }
}
