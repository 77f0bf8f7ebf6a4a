//! One event with everything that its papers say, and the people on its list likewise.

use std::collections::BTreeMap;

use chrono::NaiveDate;
use serde_json::{Map, Value as Json, json};

use crate::editions::{BY_EDITION, Edition, PERSON};
use crate::model::{Event, Participant, Role, Session};
use crate::source::Span;
use crate::validate::{Checked, Model};

use super::attendance::{Register, hours, minutes, time_of};
use super::certificate::{self, Certificate, Said};
use super::{Roll, Roster, Rules, days, statistics};

/// Enriches the event numbered `index` and its people. An event with a fault stays as it is; where a
/// person on its list or a mark has one, what depends on it is left out, so that papers that need it
/// fail.
pub(super) fn enrich(model: &mut Model, index: usize, rules: &Rules, roster: &mut Roster) {
    let Model { participants, events, marks, .. } = model;
    let Some(event) = events.get_mut(index) else { return };
    let Some(item) = event.item.take() else { return };
    let marks = marks.iter().find(|marks| marks.event == item.id).map(|marks| &marks.marks);
    let register = match marks {
        Some(Some(marks)) => Some(Register::of(&item, marks)),
        _ => None,
    };
    // Marks that could not be read are no sign that nobody came.
    let marks_are_broken = matches!(marks, Some(None));
    let teller = Teller { event: &item, days: days::days_of(&item), register, rules };
    for person in participants.iter_mut().filter(|person| is_of(person, &item)) {
        if let (Json::Object(fields), Some(typed)) = (&mut person.json, &person.item)
            && !marks_are_broken
        {
            fields.insert("attendance".to_owned(), teller.attendance(typed));
            let certificate = teller.certificate(typed);
            fields.insert("certificate".to_owned(), teller.certificate_json(&certificate));
            roster.certificates.extend(certificate);
        }
    }
    let people: Vec<&Checked<Participant>> =
        participants.iter().filter(|person| is_of(person, &item)).collect();
    roster.rolls.push(tell(event, &teller, &people, marks_are_broken));
    event.item = Some(item);
}

/// Whether somebody on a list without a fault takes part in the event.
fn is_of(person: &Checked<Participant>, event: &Event) -> bool {
    person.item.as_ref().is_some_and(|typed| typed.event.as_ref() == Some(&event.id))
}

/// Adds to an event what its papers say: the schedule with its speakers, and the people with all that
/// is counted of them, if all of them could be read.
fn tell(
    event: &mut Checked<Event>,
    teller: &Teller,
    people: &[&Checked<Participant>],
    marks_are_broken: bool,
) -> Roll {
    let listed = teller.event.participants.is_some();
    let people_are_broken = listed && event.json.pointer("/participants/people").is_none();
    let persons: BTreeMap<&str, &Json> =
        people.iter().map(|person| (person.id.as_str(), &person.json)).collect();
    let typed: Vec<&Participant> =
        people.iter().filter_map(|person| person.item.as_ref()).collect();
    let roll = teller.roll((!people_are_broken).then_some(&typed));
    let Json::Object(fields) = &mut event.json else { return roll };
    teller.schedule(&persons, fields);
    order_places(event, teller.event);
    place_people(event, &people.iter().map(|person| (person.id.as_str(), person.span)).collect());
    let Json::Object(fields) = &mut event.json else { return roll };
    if let Some(Json::Object(source)) = fields.get_mut("participants") {
        // They stand under `people` once.
        source.remove("people");
        source.remove("left-out");
    }
    if people_are_broken {
        return roll;
    }
    fields.insert("left-out".to_owned(), json!(0));
    fields.insert("counts".to_owned(), teller.counts(&typed, marks_are_broken));
    fields.insert("statistics".to_owned(), teller.statistics(&typed));
    if !marks_are_broken {
        fields.insert("attendance".to_owned(), teller.totals(&typed));
    }
    let all = people.iter().map(|person| person.json.clone()).collect();
    fields.insert("people".to_owned(), Json::Array(all));
    for (number, person) in people.iter().enumerate() {
        let here = format!("/people/{number}");
        let below = person.places.iter().map(|(pointer, span)| (format!("{here}{pointer}"), *span));
        event.places.extend(below);
        event.places.insert(here, person.span);
    }
    roll
}

/// The places of sessions follow the order of time, in which templates see them.
fn order_places(event: &mut Checked<Event>, item: &Event) {
    let mut order: Vec<usize> = (0..item.sessions.len()).collect();
    order.sort_by_key(|at| item.sessions.get(*at).map(|session| (session.day, session.start)));
    let new_of: BTreeMap<String, usize> =
        order.iter().enumerate().map(|(new, old)| (old.to_string(), new)).collect();
    let moved = std::mem::take(&mut event.places).into_iter().map(|(pointer, span)| {
        let Some(rest) = pointer.strip_prefix("/sessions/") else { return (pointer, span) };
        let (old, tail) = match rest.find('/') {
            Some(at) => rest.split_at(at),
            None => (rest, ""),
        };
        match new_of.get(old) {
            Some(new) => (format!("/sessions/{new}{tail}"), span),
            None => (pointer, span),
        }
    });
    event.places = moved.collect();
}

/// Where sessions have people, what is said of them points at their rows.
fn place_people(event: &mut Checked<Event>, rows: &BTreeMap<&str, Span>) {
    fn walk(value: &Json, pointer: &mut String, found: &mut Vec<(String, String)>) {
        let length = pointer.len();
        let mut below = |step: &str, value: &Json| {
            pointer.push('/');
            pointer.push_str(step);
            walk(value, pointer, found);
            pointer.truncate(length);
        };
        match value {
            Json::Object(map) if map.contains_key(PERSON) => {
                let id = map.get("id").and_then(Json::as_str).unwrap_or_default();
                found.push((pointer.clone(), id.to_owned()));
            }
            Json::Object(map) => map.iter().for_each(|(key, value)| below(key, value)),
            Json::Array(items) => {
                items.iter().enumerate().for_each(|(index, item)| below(&index.to_string(), item));
            }
            _ => {}
        }
    }
    let mut found = Vec::new();
    for part in ["sessions", "days"] {
        if let Some(value) = event.json.get(part) {
            walk(value, &mut format!("/{part}"), &mut found);
        }
    }
    for (pointer, id) in found {
        if let Some(row) = rows.get(id.as_str()) {
            event.places.insert(pointer, *row);
        }
    }
}

/// Tells what papers say of one event.
struct Teller<'e> {
    event: &'e Event,
    days: Vec<NaiveDate>,
    /// None where no marks were taken.
    register: Option<Register<'e>>,
    rules: &'e Rules,
}

impl Teller<'_> {
    fn number_of(&self, day: NaiveDate) -> usize {
        self.days.iter().position(|known| *known == day).map_or(0, |index| index + 1)
    }

    fn share(&self) -> u32 {
        let own = self.event.attendance.as_ref().and_then(|source| source.share);
        own.unwrap_or(self.rules.share)
    }

    fn attendance(&self, person: &Participant) -> Json {
        let Some(register) = &self.register else { return Json::Null };
        register.attended(&person.id).json(&|day| self.number_of(day))
    }

    /// The certificate that a person is due, or the reason why there is none.
    fn certificate(&self, person: &Participant) -> Result<Certificate, &'static str> {
        if !person.roles.contains(&Role::Participant) {
            return Err("role");
        }
        let Some(register) = &self.register else { return Err("no-marks") };
        let attended = register.attended(&person.id);
        if !attended.reaches(self.share()) {
            return Err("share");
        }
        let (first, last) = (self.event.start.to_string(), self.event.end.to_string());
        let number = match &self.rules.key {
            Some(key) => certificate::number(
                key,
                &Said {
                    event: &self.event.id,
                    person: &person.id,
                    surname: &person.surname,
                    given_name: person.given_name.as_deref().unwrap_or_default(),
                    first: &first,
                    last: &last,
                    minutes: attended.minutes,
                    scheduled: attended.scheduled,
                },
            ),
            None => certificate::serial(&self.event.id, person.number),
        };
        Ok(Certificate {
            number,
            event: self.event.id.clone(),
            title: self.event.title.clone(),
            first: self.event.start,
            last: self.event.end,
            person: person.id.clone(),
            surname: person.surname.clone(),
            given_name: person.given_name.clone(),
            days: attended.days(),
            minutes: attended.minutes,
            scheduled: attended.scheduled,
            share: attended.share(),
        })
    }

    fn certificate_json(&self, certificate: &Result<Certificate, &'static str>) -> Json {
        match certificate {
            Ok(certificate) => json!({
                "due": true,
                "number": certificate.number,
                "keyed": self.rules.key.is_some(),
                "reason": null,
            }),
            Err(reason) => json!({"due": false, "number": "", "keyed": false, "reason": reason}),
        }
    }

    /// Who is to be present at which sessions.
    fn roll(&self, people: Option<&Vec<&Participant>>) -> Roll {
        let mut sessions: Vec<Session> =
            self.event.sessions.iter().filter(|session| session.attendance).cloned().collect();
        sessions.sort_by_key(|session| (session.day, session.start));
        let takes_part = |person: &&&Participant| person.roles.contains(&Role::Participant);
        let people = people
            .map(|people| people.iter().filter(takes_part).map(|one| (*one).clone()).collect());
        Roll { event: self.event.id.clone(), sessions, people }
    }

    /// Sessions and days, with the people who speak.
    fn schedule(&self, persons: &BTreeMap<&str, &Json>, fields: &mut Map<String, Json>) {
        let mut sessions: Vec<&Session> = self.event.sessions.iter().collect();
        sessions.sort_by_key(|session| (session.day, session.start));
        let told = |session: &Session| session_json(session, persons);
        let days: Vec<Json> = (0..self.days.len())
            .map(|index| days::json(&self.days, index, &sessions, &told))
            .collect();
        let scheduled = time_of(sessions.iter().copied().filter(|session| session.attendance));
        let sessions: Vec<Json> = sessions.iter().map(|session| told(session)).collect();
        fields.insert("sessions".to_owned(), Json::Array(sessions));
        fields.insert("days".to_owned(), Json::Array(days));
        fields.insert("minutes".to_owned(), json!(scheduled));
        fields.insert("hours".to_owned(), hours(scheduled));
        fields.insert("share".to_owned(), json!(self.share()));
    }

    /// How many there are of each kind. Where marks could not be read, nothing is said of who was present.
    fn counts(&self, people: &[&Participant], marks_are_broken: bool) -> Json {
        let with = |role: Role| people.iter().filter(|person| person.roles.contains(&role)).count();
        let (mut due, mut present) = (0, 0);
        if let Some(register) = &self.register {
            for person in people.iter().filter(|person| person.roles.contains(&Role::Participant)) {
                let attended = register.attended(&person.id);
                due += usize::from(attended.reaches(self.share()));
                present += usize::from(attended.minutes > 0);
            }
        }
        let mut counts = json!({
            "people": people.len(),
            "participants": with(Role::Participant),
            "speakers": with(Role::Speaker),
            "moderators": with(Role::Moderator),
            "observers": with(Role::Observer),
            "interpreters": with(Role::Interpreter),
        });
        if let (Json::Object(counts), false) = (&mut counts, marks_are_broken) {
            counts.insert("present".to_owned(), json!(present));
            counts.insert("due".to_owned(), json!(due));
        }
        counts
    }

    fn statistics(&self, people: &[&Participant]) -> Json {
        let (threshold, levels) = (self.rules.threshold, &self.rules.levels);
        by_edition(&|edition| statistics::json(people, edition, threshold, levels))
    }

    /// How many were where; only the office sees it.
    fn totals(&self, people: &[&Participant]) -> Json {
        let totals = match &self.register {
            None => json!({"taken": false, "share": self.share(), "sessions": [], "days": []}),
            Some(register) => self.register_json(register, people),
        };
        by_edition(&|edition| match edition {
            Edition::Internal => totals.clone(),
            _ => json!({"taken": self.register.is_some(), "share": self.share()}),
        })
    }

    fn register_json(&self, register: &Register, people: &[&Participant]) -> Json {
        let registered: Vec<&&Participant> =
            people.iter().filter(|person| person.roles.contains(&Role::Participant)).collect();
        let at = |session: &Session| {
            registered.iter().filter(|person| register.was_at(&person.id, &session.id)).count()
        };
        let mut sessions: Vec<&Session> = register.sessions().to_vec();
        sessions.sort_by_key(|session| (session.day, session.start));
        let mut days: BTreeMap<NaiveDate, (usize, u32)> =
            sessions.iter().map(|session| (session.day, (0, 0))).collect();
        for (day, (present, scheduled)) in &mut days {
            let of_day = || sessions.iter().filter(|session| session.day == *day);
            *scheduled = time_of(of_day().copied());
            *present = registered
                .iter()
                .filter(|person| of_day().any(|session| register.was_at(&person.id, &session.id)))
                .count();
        }
        let days: Vec<Json> = days
            .iter()
            .map(|(day, (present, minutes))| {
                json!({
                    "date": day.to_string(),
                    "number": self.number_of(*day),
                    "present": present,
                    "absent": registered.len().saturating_sub(*present),
                    "registered": registered.len(),
                    "share": percent(*present, registered.len()),
                    "minutes": minutes,
                })
            })
            .collect();
        let sessions: Vec<Json> = sessions
            .iter()
            .map(|session| {
                let present = at(session);
                json!({
                    "id": session.id,
                    "day": session.day.to_string(),
                    "start": session.start,
                    "title": session.title,
                    "minutes": minutes(session),
                    "present": present,
                    "absent": registered.len().saturating_sub(present),
                    "registered": registered.len(),
                    "share": percent(present, registered.len()),
                })
            })
            .collect();
        json!({"taken": true, "share": self.share(), "sessions": sessions, "days": days})
    }
}

/// How many of a hundred, rounded down; none of nobody.
fn percent(part: usize, whole: usize) -> usize {
    (part * 100).checked_div(whole).unwrap_or(0)
}

/// A value that each edition has in a form of its own.
fn by_edition(told: &dyn Fn(Edition) -> Json) -> Json {
    let mut forms = Map::new();
    forms.insert(BY_EDITION.to_owned(), Json::Bool(true));
    for edition in Edition::ALL {
        forms.insert(edition.as_str().to_owned(), told(edition));
    }
    Json::Object(forms)
}

fn session_json(session: &Session, persons: &BTreeMap<&str, &Json>) -> Json {
    let Ok(Json::Object(mut fields)) = serde_json::to_value(session) else { return Json::Null };
    let person = |id: &String| persons.get(id.as_str()).map(|person| Json::clone(person));
    let speakers: Vec<Json> = session.speakers.iter().filter_map(person).collect();
    fields.insert("minutes".to_owned(), json!(minutes(session)));
    fields.insert("speakers".to_owned(), Json::Array(speakers));
    fields.insert("left-out".to_owned(), json!(0));
    let moderator = session.moderator.as_ref().and_then(person).unwrap_or_default();
    debug_assert!(moderator.is_null() || moderator.get(PERSON).is_some());
    fields.insert("moderator".to_owned(), moderator);
    Json::Object(fields)
}
