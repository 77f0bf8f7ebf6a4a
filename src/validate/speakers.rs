//! Those who speak at an event or lead its sessions: people of its list, by id or by name.

use super::record::Model;
use crate::diag::{Diagnostic, Diagnostics};
use crate::model::Participant;
use crate::near::nearest;
use crate::plain::plain;
use std::collections::BTreeMap;

/// Puts the ids of people in place of the names by which sessions know them. A name that nobody on the
/// list has breaks the event.
pub(super) fn settle(model: &mut Model, found: &mut Diagnostics) {
    for event in &mut model.events {
        let Some(item) = &mut event.item else { continue };
        let people = item.participants.as_ref().map(|list| list.people.clone()).unwrap_or_default();
        let listed = item.participants.is_some();
        // People who could not be read are reported; who speaks cannot be told then.
        if listed && people.is_empty() && event.json.pointer("/participants/people").is_none() {
            continue;
        }
        let names = Names::of(&people);
        let mut faults = Diagnostics::new();
        let Some(item) = &mut event.item else { continue };
        for (at, session) in item.sessions.iter_mut().enumerate() {
            let place = |pointer: String| event.places.get(&pointer).copied().unwrap_or(event.span);
            for (index, speaker) in session.speakers.iter_mut().enumerate() {
                match names.id(speaker) {
                    Some(id) => id.clone_into(speaker),
                    None => faults.push(names.unknown(
                        speaker,
                        place(format!("/sessions/{at}/speakers/{index}")),
                        listed,
                    )),
                }
            }
            if let Some(moderator) = &mut session.moderator {
                match names.id(moderator) {
                    Some(id) => id.clone_into(moderator),
                    None => faults.push(names.unknown(
                        moderator,
                        place(format!("/sessions/{at}/moderator")),
                        listed,
                    )),
                }
            }
        }
        if faults.has_errors() {
            event.item = None;
            event.broken = true;
        }
        found.append(faults);
    }
}

/// The people of a list by id and by name.
pub(super) struct Names<'p> {
    ids: BTreeMap<&'p str, &'p str>,
    names: BTreeMap<String, &'p Participant>,
}

impl<'p> Names<'p> {
    pub(super) fn of(people: &'p [Participant]) -> Names<'p> {
        let ids = people.iter().map(|person| (person.id.as_str(), person.id.as_str())).collect();
        let mut names: BTreeMap<String, &Participant> = BTreeMap::new();
        let mut shared: Vec<String> = Vec::new();
        for person in people {
            let name = folded(&written(person));
            if names.insert(name.clone(), person).is_some() {
                shared.push(name);
            }
        }
        // Two people of one name are told apart by their ids alone.
        shared.iter().for_each(|name| _ = names.remove(name));
        Names { ids, names }
    }

    /// The id of the person that is written so.
    pub(super) fn id(&self, written: &str) -> Option<&'p str> {
        let named = || self.names.get(&folded(written)).map(|person| person.id.as_str());
        self.ids.get(written.trim()).copied().or_else(named)
    }

    pub(super) fn unknown(
        &self,
        written: &str,
        place: crate::source::Span,
        listed: bool,
    ) -> Diagnostic {
        let message = format!("nobody called `{written}` is on the list of participants");
        let found = Diagnostic::error("data/unknown-person", message).at(place, "who is this?");
        if !listed {
            return found.help("name the event's list under  participants: {file: …}");
        }
        let id = || nearest(written, self.ids.keys().copied()).map(str::to_owned);
        let names = || self.names.keys().map(String::as_str);
        let name = || {
            self.names.get(nearest(&folded(written), names())?).map(|person| self::written(person))
        };
        match id().or_else(name) {
            Some(near) => found.help(format!("did you mean `{near}`?")),
            None => found.help(
                "write the id of a person on the list, or the given name and the surname as they stand there",
            ),
        }
    }
}

/// A person's name as sessions and marks write it.
pub(super) fn written(person: &Participant) -> String {
    let given = person.given_name.as_deref().unwrap_or_default();
    format!("{given} {}", person.surname).trim().to_owned()
}

/// Whether a name may be the person's, as people write names on a sheet: in any order, without accents,
/// without some of its words or with more of them, with initials, a letter or two amiss.
pub(super) fn may_be(name: &str, person: &Participant) -> bool {
    let said = folded(name);
    let mut own = folded(&written(person));
    let listed = own.clone();
    for address in [&person.title, &person.honorific].into_iter().flatten() {
        own.extend(address.wordings().iter().map(|word| format!(" {}", folded(word))));
    }
    let all_in = |some: &str, others: &str| {
        some.split(' ').all(|word| others.split(' ').any(|other| is_alike(word, other)))
    };
    all_in(&said, &own) || all_in(&listed, &said)
}

fn is_alike(one: &str, other: &str) -> bool {
    let length = |word: &str| word.chars().count();
    let initial = |short: &str, long: &str| length(short) == 1 && long.starts_with(short);
    let is_long = length(one).min(length(other)) >= 3 && length(one).max(length(other)) >= 4;
    // Without Norwegian letters: Aas for Ås, Oestby for Østby.
    let typed = |word: &str| word.replace("aa", "a").replace("oe", "o");
    typed(one) == typed(other)
        || initial(one, other)
        || initial(other, one)
        || is_long && nearest(one, [other]).is_some()
}

/// A name without what people vary: accents, capitals, the order of its words, commas.
pub fn folded(name: &str) -> String {
    let plain = plain(name).to_lowercase();
    let mut words: Vec<&str> =
        plain.split(|c: char| !c.is_alphanumeric()).filter(|word| !word.is_empty()).collect();
    words.sort_unstable();
    words.join(" ")
}
