//! Figures that are written in one place and counted in another.

use serde_json::Value as Json;

use crate::diag::{Diagnostic, Diagnostics};
use crate::model::{Attendance, Participant, Role};
use crate::source::Span;
use crate::validate::{Checked, Model};

/// Words for those who take part, after a number.
const PEOPLE: &[&str] =
    &["participants", "participant", "people", "persons", "deltakere", "deltagere", "personer"];

/// How far an approximate number may be off, in percent.
const ABOUT: u32 = 10;

/// Reports numbers of participants that the list does not bear out, and events on other days than their
/// mandate.
pub(super) fn report(model: &Model, found: &mut Diagnostics) {
    for mandate in &model.mandates {
        let Some(item) = &mandate.item else { continue };
        let Some(list) = item.participants.as_ref() else { continue };
        if mandate.json.pointer("/participants/people").is_none() {
            continue;
        }
        let count = participants(&list.people);
        let listed = place(mandate, "/participants/file");
        if let Some(stated) =
            item.training.as_ref().and_then(|training| training.attendance.as_ref())
        {
            let here = place(mandate, "/training/attendance");
            disagreement(&Stated::from(stated), count, here, listed, found);
        }
        in_prose(&mandate.json, mandate, count, listed, found);
    }
    for event in &model.events {
        let Some(item) = &event.item else { continue };
        let Some(list) = item.participants.as_ref() else { continue };
        if event.json.pointer("/participants/people").is_none() {
            continue;
        }
        let count = participants(&list.people);
        let listed = place(event, "/participants/file");
        if let Some(stated) = &item.expected {
            disagreement(&Stated::from(stated), count, place(event, "/expected"), listed, found);
        }
        in_prose(&event.json, event, count, listed, found);
    }
    days(model, found);
}

fn days(model: &Model, found: &mut Diagnostics) {
    for event in &model.events {
        let Some(item) = &event.item else { continue };
        let Some(named) = &item.mandate else { continue };
        let Some(mandate) = model.mandates.iter().find(|mandate| mandate.id == *named) else {
            let message = format!("there is no mandate `{named}`");
            let fault = Diagnostic::warning("data/dangling-reference", message);
            found.push(fault.at(place(event, "/mandate"), "no such mandate"));
            continue;
        };
        let Some(of_mandate) = &mandate.item else { continue };
        let outside = [("/start", Some(item.start)), ("/end", Some(item.end))];
        for (pointer, day) in outside {
            let Some(day) = day else { continue };
            let before = of_mandate.start.is_some_and(|start| day.is_certainly_before(&start));
            let after = of_mandate.end.is_some_and(|end| end.is_certainly_before(&day));
            if before || after {
                let message = format!("the event is on {day}, outside its mandate");
                let fault = Diagnostic::warning("data/figures-differ", message);
                let limit = if before { "/start" } else { "/end" };
                found.push(
                    fault
                        .at(place(event, pointer), "this day")
                        .context(place(mandate, limit), "the mandate's day")
                        .help("mend one of the two, so that the papers agree"),
                );
            }
        }
    }
}

fn place<T>(record: &Checked<T>, pointer: &str) -> Span {
    record.places.get(pointer).copied().unwrap_or(record.span)
}

fn participants(people: &[Participant]) -> u32 {
    let count = people.iter().filter(|person| person.roles.contains(&Role::Participant)).count();
    u32::try_from(count).unwrap_or(u32::MAX)
}

/// A number of participants as somebody wrote it.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
struct Stated {
    from: u32,
    to: u32,
    about: bool,
}

impl From<&Attendance> for Stated {
    fn from(stated: &Attendance) -> Stated {
        Stated {
            from: stated.from,
            to: stated.to.unwrap_or(stated.from),
            about: stated.approximate && stated.to.is_none(),
        }
    }
}

impl Stated {
    fn admits(&self, count: u32) -> bool {
        let slack = |number: u32| if self.about { number * ABOUT / 100 } else { 0 };
        self.from.saturating_sub(slack(self.from)) <= count && count <= self.to + slack(self.to)
    }

    fn shown(&self) -> String {
        match self.from == self.to {
            true => self.from.to_string(),
            false => format!("{}–{}", self.from, self.to),
        }
    }
}

fn disagreement(stated: &Stated, count: u32, here: Span, list: Span, found: &mut Diagnostics) {
    if stated.admits(count) {
        return;
    }
    let message = format!("{} participants are stated, but the list has {count}", stated.shown());
    let fault = Diagnostic::warning("data/figures-differ", message);
    found.push(
        fault
            .at(here, "stated here")
            .context(list, "counted in this list")
            .help("mend the number or the list, so that the papers agree"),
    );
}

/// Numbers of participants in the texts of a record.
fn in_prose<T>(json: &Json, record: &Checked<T>, count: u32, list: Span, found: &mut Diagnostics) {
    let mut texts = Vec::new();
    collect(json, &mut String::new(), &mut texts);
    for (pointer, text) in texts {
        let Some(here) = nearest(record, &pointer) else { continue };
        for stated in stated_in(text) {
            disagreement(&stated, count, here, list, found);
        }
    }
}

fn nearest<T>(record: &Checked<T>, pointer: &str) -> Option<Span> {
    let mut head = pointer;
    loop {
        if let Some(span) = record.places.get(head) {
            return Some(*span);
        }
        head = head.get(..head.rfind('/')?)?;
    }
}

/// The texts of a record but for its people, who are no prose. The depth is bounded where it is read.
fn collect<'j>(json: &'j Json, pointer: &mut String, texts: &mut Vec<(String, &'j str)>) {
    let length = pointer.len();
    let mut below = |step: &str, value: &'j Json| {
        pointer.push('/');
        pointer.push_str(step);
        collect(value, pointer, texts);
        pointer.truncate(length);
    };
    match json {
        Json::Object(map) => {
            map.iter()
                .filter(|(key, _)| *key != "people")
                .for_each(|(key, value)| below(key, value));
        }
        Json::Array(items) => {
            items.iter().enumerate().for_each(|(index, item)| below(&index.to_string(), item));
        }
        Json::String(text) => texts.push((pointer.clone(), text)),
        _ => {}
    }
}

/// What a text says about the number of those who take part: "about 40–45 participants".
fn stated_in(text: &str) -> Vec<Stated> {
    let words: Vec<&str> = text.split_whitespace().collect();
    let mut stated = Vec::new();
    for (index, word) in words.iter().enumerate() {
        let bare = word.trim_matches(|letter: char| !letter.is_alphanumeric()).to_lowercase();
        if !PEOPLE.contains(&bare.as_str()) || index == 0 {
            continue;
        }
        let before = |back: usize| index.checked_sub(back).and_then(|at| words.get(at)).copied();
        let Some(last) = before(1) else { continue };
        let (from, to, length) = match range(last) {
            Some((from, to)) => (from, to, 1),
            None => match (before(3).and_then(number), before(2), number(last)) {
                (Some(from), Some("to" | "til" | "and" | "og"), Some(to)) => (from, to, 3),
                (_, _, Some(one)) => (one, one, 1),
                _ => continue,
            },
        };
        let about = before(length + 1).is_some_and(|word| {
            [
                "about",
                "around",
                "approximately",
                "some",
                "omtrent",
                "cirka",
                "ca.",
                "rundt",
                "om lag",
            ]
            .contains(&word.to_lowercase().as_str())
        });
        if from <= to {
            stated.push(Stated { from, to, about: about && from == to });
        }
    }
    stated
}

fn number(word: &str) -> Option<u32> {
    let digits = word.trim_start_matches(['(', '“', '"']);
    digits.parse().ok().filter(|_| digits.bytes().all(|byte| byte.is_ascii_digit()))
}

fn range(word: &str) -> Option<(u32, u32)> {
    let (from, to) = word.split_once(['–', '-', '—'])?;
    Some((number(from)?, number(to)?))
}

#[cfg(test)]
mod tests {
    use super::*;

    fn stated(text: &str) -> Vec<(u32, u32, bool)> {
        stated_in(text).into_iter().map(|found| (found.from, found.to, found.about)).collect()
    }

    #[test]
    fn numbers_before_people_are_read_and_others_are_not() {
        assert_eq!(stated("A course for about 40–45 people."), [(40, 45, false)]);
        assert_eq!(stated("About 40 participants from 12 agencies"), [(40, 40, true)]);
        assert_eq!(stated("between 40 and 45 deltakere"), [(40, 45, false)]);
        assert_eq!(stated("participants of 2015; 5 days"), []);
    }

    #[test]
    fn about_a_number_admits_a_tenth_more_or_less() {
        let about = Stated { from: 40, to: 40, about: true };
        assert!(about.admits(36) && about.admits(44) && !about.admits(45));
        let range = Stated { from: 40, to: 45, about: false };
        assert!(range.admits(40) && !range.admits(39));
    }
}
