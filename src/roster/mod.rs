//! Model → what the papers of an event say: its days, who attended how much, who is due a certificate
//! and under which number, the counts. Every figure that papers print is made here, once.

mod agreement;
mod attendance;
pub mod certificate;
mod days;
mod duplicates;
mod event;
mod statistics;

use crate::diag::Diagnostics;
use crate::editions::Levels;
use crate::validate::Model;

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

/// Adds to every event and to the people on its list what papers say about them, and reports people
/// who stand twice and figures that disagree.
pub fn enrich(model: &mut Model, rules: &Rules, found: &mut Diagnostics) {
    duplicates::report(&model.participants, found);
    agreement::report(model, found);
    for index in 0..model.events.len() {
        event::enrich(model, index, rules);
    }
}

#[cfg(test)]
mod tests;
