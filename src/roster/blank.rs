//! The empty sheet for marks of attendance, to be filled in and read back.

use std::collections::BTreeMap;

use crate::model::{Participant, Session};
use crate::validate::folded_name;

use super::Roll;

/// A byte-order mark, by which Excel knows that a file is UTF-8; without it, letters beyond ASCII come
/// out wrong, and are saved so.
const MARK: &str = "\u{FEFF}";

/// The header, in the words by which the columns are read back.
const COLUMNS: [&str; 6] = ["person", "name", "day", "session", "title", "present"];

/// What a row is about.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum By {
    /// A person at a session.
    Session,
    /// A person on a day; the mark holds for all its sessions.
    Day,
}

/// The sheet of a roll as CSV (RFC 4180), in UTF-8 with a byte-order mark: a row for each person who
/// takes part, and each session or day, with nothing under `present`. `separator` is what Excel parts
/// cells by on the machine that opens it; titles are in `language` where they can be.
pub fn sheet(
    sessions: &[Session],
    people: &[Participant],
    by: By,
    language: &str,
    separator: char,
) -> String {
    let mut text = MARK.to_owned();
    let mut row = |cells: &[&str]| {
        let cells: Vec<String> = cells.iter().map(|cell| quoted(cell, separator)).collect();
        text.push_str(&cells.join(separator.encode_utf8(&mut [0; 4])));
        text.push_str("\r\n");
    };
    row(&COLUMNS);
    let keys = keys(people);
    for (day, session) in subjects(sessions, by) {
        let id = session.map_or("", |session| &session.id);
        let title = session.map_or("", |session| session.title.nearest_to(language));
        for (person, key) in people.iter().zip(&keys) {
            let name = shown(&name_of(person));
            row(&[&shown(key), &name, &day, &shown(id), &shown(title), ""]);
        }
    }
    text
}

/// How many rows the sheet has below its header.
pub fn rows(roll: &Roll, by: By) -> usize {
    let people = roll.people.as_ref().map_or(0, Vec::len);
    subjects(&roll.sessions, by).len() * people
}

/// The days, each once, or the sessions with their days; both in the order of time.
fn subjects(sessions: &[Session], by: By) -> Vec<(String, Option<&Session>)> {
    let day = |session: &Session| session.day.to_string();
    match by {
        By::Session => sessions.iter().map(|session| (day(session), Some(session))).collect(),
        By::Day => {
            let mut days: Vec<(String, Option<&Session>)> =
                sessions.iter().map(|session| (day(session), None)).collect();
            days.dedup();
            days
        }
    }
}

/// By what each person is known in the sheet. An id that is made from the row's number goes to somebody
/// else when a row is put into the list, and the certificate with it: such people go by their names,
/// unless two have the same.
fn keys(people: &[Participant]) -> Vec<String> {
    let mut count: BTreeMap<String, usize> = BTreeMap::new();
    for person in people {
        *count.entry(folded_name(&name_of(person))).or_default() += 1;
    }
    let key = |person: &Participant| {
        let name = name_of(person);
        let is_by_row = person.id.ends_with(&format!("-{}", person.number));
        let is_alone = count.get(&folded_name(&name)) == Some(&1);
        if is_by_row && is_alone { name } else { person.id.clone() }
    };
    people.iter().map(key).collect()
}

fn name_of(person: &Participant) -> String {
    match &person.given_name {
        Some(given) => format!("{}, {given}", person.surname),
        None => person.surname.clone(),
    }
}

/// A text that a spreadsheet shows as it is: one that starts like a formula would be reckoned, and
/// names come from forms that anybody may have filled in.
fn shown(text: &str) -> String {
    match text.starts_with(['=', '+', '-', '@', '\t', '\r']) {
        true => format!("'{text}"),
        false => text.to_owned(),
    }
}

fn quoted(cell: &str, separator: char) -> String {
    match cell.contains([separator, '"', '\r', '\n']) {
        true => format!("\"{}\"", cell.replace('"', "\"\"")),
        false => cell.to_owned(),
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::model::{SessionKind, Text, Time};
    use chrono::NaiveDate;

    fn session(id: &str, day: u32, start: u16, title: Text) -> Session {
        Session {
            id: id.to_owned(),
            day: NaiveDate::from_ymd_opt(2026, 1, day).unwrap(),
            start: Time::from_minutes(start).unwrap(),
            end: Time::from_minutes(start + 60).unwrap(),
            room: None,
            title,
            text: None,
            kind: SessionKind::Session,
            speakers: Vec::new(),
            moderator: None,
            language: None,
            attendance: true,
        }
    }

    fn sessions() -> Vec<Session> {
        let texts = [("en", "Cases; law"), ("nb", "Saker")];
        let texts = texts.map(|(tag, text)| (tag.to_owned(), text.to_owned()));
        vec![
            session("law", 12, 540, Text::PerLanguage(texts.to_vec())),
            session("talk", 12, 660, Text::One("=Talk".to_owned())),
            session("end", 13, 540, Text::One("The end".to_owned())),
        ]
    }

    /// The rows of a sheet without the mark at its start.
    fn rows_of(by: By, language: &str) -> Vec<String> {
        let people = crate::roster::tests::persons("id,surname,given-name\na,Øyen,Åse\nb,Lie,\n");
        let text = sheet(&sessions(), &people, by, language, ';');
        let text = text.strip_prefix('\u{FEFF}').unwrap();
        text.split_terminator("\r\n").map(str::to_owned).collect()
    }

    #[test]
    fn sheet_by_session_has_a_row_for_each_person_at_each() {
        let rows = rows_of(By::Session, "en");
        assert_eq!(
            rows,
            [
                "person;name;day;session;title;present",
                "a;Øyen, Åse;2026-01-12;law;\"Cases; law\";",
                "b;Lie;2026-01-12;law;\"Cases; law\";",
                "a;Øyen, Åse;2026-01-12;talk;'=Talk;",
                "b;Lie;2026-01-12;talk;'=Talk;",
                "a;Øyen, Åse;2026-01-13;end;The end;",
                "b;Lie;2026-01-13;end;The end;",
            ]
        );
        assert_eq!(rows_of(By::Session, "nb")[1], "a;Øyen, Åse;2026-01-12;law;Saker;");
    }

    #[test]
    fn sheet_by_day_names_each_day_once() {
        let rows = rows_of(By::Day, "en");
        assert_eq!(
            rows[1..],
            [
                "a;Øyen, Åse;2026-01-12;;;",
                "b;Lie;2026-01-12;;;",
                "a;Øyen, Åse;2026-01-13;;;",
                "b;Lie;2026-01-13;;;"
            ]
        );
    }

    #[test]
    fn people_without_ids_go_by_their_names_unless_two_have_the_same() {
        let people = crate::roster::tests::persons(
            "id,surname,given-name\n,Øyen,Åse\n,Lie,Anne\nas-ola,Ås,Ola\n,Lie,Anne\n",
        );
        let ids: Vec<&str> = people.iter().map(|person| person.id.as_str()).collect();
        assert_eq!(keys(&people), ["Øyen, Åse", ids[1], "as-ola", ids[3]]);
    }

    #[test]
    fn cells_with_separators_quotes_and_formulas_are_kept_as_text() {
        assert_eq!(quoted("a;b", ';'), "\"a;b\"");
        assert_eq!(quoted("a,b", ';'), "a,b");
        assert_eq!(quoted("so-called \"x\"", ','), "\"so-called \"\"x\"\"\"");
        assert_eq!(shown("=HYPERLINK(1)"), "'=HYPERLINK(1)");
        assert_eq!(shown("Øyen"), "Øyen");
    }
}
