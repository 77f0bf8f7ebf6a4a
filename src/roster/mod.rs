//! Model → what the papers of an event say: its days, who attended how much, who is due a certificate
//! and under which number, the counts. Every figure that papers print is made here, once.

mod agreement;
mod attendance;
pub mod blank;
pub mod certificate;
mod days;
mod duplicates;
mod event;
mod statistics;

use crate::diag::Diagnostics;
use crate::editions::Levels;
use crate::model::{Participant, Session};
use crate::validate::Model;

use certificate::Certificate;

/// What a project says about people and certificates.
#[derive(Debug, Clone)]
pub struct Rules {
    /// Which field of a person is for whom.
    pub levels: Levels,
    /// Counts below this are not published.
    pub threshold: u32,
    /// The share of the scheduled time, in percent, that a certificate asks for where the event says
    /// nothing else.
    pub share: u32,
    /// The key under which numbers of certificates are made; without one they are plain serials.
    pub key: Option<Vec<u8>>,
}

impl Default for Rules {
    fn default() -> Rules {
        Rules { levels: Levels::default(), threshold: 5, share: 80, key: None }
    }
}

/// What commands ask of a project's events.
#[derive(Debug, Clone, Default)]
pub struct Roster {
    /// The certificates that are due, in the order of the events and of their lists.
    pub certificates: Vec<Certificate>,
    /// What attendance is taken by, one for each event.
    pub rolls: Vec<Roll>,
}

/// Who is to be present at an event, and when.
#[derive(Debug, Clone)]
pub struct Roll {
    /// The event's id.
    pub event: String,
    /// The sessions at which attendance is taken, in the order of time.
    pub sessions: Vec<Session>,
    /// Those who take part, in the order of the list; none where the list has a fault.
    pub people: Option<Vec<Participant>>,
}

/// Adds to every event and to the people on its list what papers say about them, and reports people
/// who stand twice and figures that disagree.
pub fn enrich(model: &mut Model, rules: &Rules, found: &mut Diagnostics) -> Roster {
    duplicates::report(&model.participants, found);
    agreement::report(model, found);
    let mut roster = Roster::default();
    for index in 0..model.events.len() {
        event::enrich(model, index, rules, &mut roster);
    }
    roster
}

#[cfg(test)]
mod tests;
