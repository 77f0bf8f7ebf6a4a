//! The empty sheet for marks of attendance, to be filled in and read back.

use crate::model::{Participant, Session};

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
    for (day, session) in subjects(sessions, by) {
        let id = session.map_or("", |session| &session.id);
        let title = session.map_or("", |session| session.title.nearest_to(language));
        for person in people {
            let name = shown(&name_of(person));
            row(&[&shown(&person.id), &name, &day, &shown(id), &shown(title), ""]);
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

    #[test]
    fn cells_with_separators_quotes_and_formulas_are_kept_as_text() {
        assert_eq!(quoted("a;b", ';'), "\"a;b\"");
        assert_eq!(quoted("a,b", ';'), "a,b");
        assert_eq!(quoted("so-called \"x\"", ','), "\"so-called \"\"x\"\"\"");
        assert_eq!(shown("=HYPERLINK(1)"), "'=HYPERLINK(1)");
        assert_eq!(shown("Øyen"), "Øyen");
    }
}
