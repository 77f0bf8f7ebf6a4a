//! What PDF/A-2 and PDF/A-3 ask of all that a file holds but its fonts and its structure
//! (ISO 19005-2, -3). Each file here holds one family of rules.
//!
//! What pages paint is watched page by page ([`Watch`]); the rest is looked at once ([`check`]).

pub mod actions;
pub mod annotations;
pub mod catalog;
pub mod colour;
pub mod files;
pub mod forms;
pub mod icc;
pub mod images;
pub mod intents;
pub mod jpx;
pub mod names;
pub mod operators;
pub mod signatures;
pub mod states;
#[cfg(test)]
mod tests;

use super::content::{Event, Observer, State};
use super::document::Document;
use super::finding::Findings;
use super::level::Levels;
use super::rule::Rule;
use super::syntax::Objects;
use icc::Profiles;
use intents::Intent;

/// All families of this module.
pub static FAMILIES: &[&[&Rule]] = &[
    intents::RULES,
    names::RULES,
    operators::RULES,
    colour::RULES,
    states::RULES,
    images::RULES,
    annotations::RULES,
    forms::RULES,
    signatures::RULES,
    actions::RULES,
    files::RULES,
    catalog::RULES,
];

/// What the watchers of all pages share.
pub struct Shared<'a> {
    document: &'a Document,
    profiles: Profiles,
    /// The output intent.
    pub intent: Intent,
}

impl<'a> Shared<'a> {
    /// Reads what pages are held against, and checks it.
    pub fn new(document: &'a Document, findings: &mut Findings) -> Shared<'a> {
        let profiles = Profiles::default();
        let intent = intents::check(document, &profiles, findings);
        Shared { document, profiles, intent }
    }
}

/// Checks what is not painted. `outermost` tells that the file is not itself embedded in one that
/// is checked.
pub fn check(document: &Document, objects: &Objects, outermost: bool, findings: &mut Findings) {
    if findings.asks(Levels::ARCHIVE) {
        let root = document.catalog();
        forms::check(document, &root, findings);
        actions::check_document(document, &root, findings);
        catalog::check(document, &root, findings);
        files::check(document, objects, outermost, findings);
    }
}

/// Watches one page.
pub struct Watch<'s> {
    shared: &'s Shared<'s>,
    page: Findings,
    colours: colour::Colours<'s>,
    operators: operators::Operators,
    states: states::States,
    images: images::Images,
    asked: bool,
}

impl<'s> Watch<'s> {
    /// For one page.
    pub fn new(shared: &'s Shared<'s>, in_force: Levels) -> Watch<'s> {
        Watch {
            shared,
            page: Findings::new(in_force),
            colours: colour::Colours::new(shared, in_force),
            operators: operators::Operators { findings: Findings::new(in_force) },
            states: states::States::new(in_force),
            images: images::Images::new(in_force),
            asked: in_force.meets(Levels::ARCHIVE),
        }
    }

    /// Checks the page itself and its annotations.
    pub fn check_page(&mut self, index: usize) {
        if self.asked {
            annotations::check_page(self.shared.document, index, &mut self.page);
        }
    }
}

impl<'a> Observer<'a> for Watch<'_> {
    fn see(&mut self, state: &State<'a>, event: &Event<'_>) {
        if self.asked {
            self.operators.see(state, event);
            self.colours.see(state, event);
            self.states.see(state, event);
            self.images.see(state, event);
        }
    }
}

/// Takes over what the watchers saw, in the order of the pages, and compares them.
#[derive(Default)]
pub struct Gathered {
    inks: Vec<colour::Ink>,
}

impl Gathered {
    /// Takes over one page.
    pub fn append(
        &mut self,
        page: usize,
        watch: Watch<'_>,
        shared: &Shared<'_>,
        to: &mut Findings,
    ) {
        to.append(watch.page);
        to.append(watch.operators.findings);
        to.append(watch.colours.findings);
        to.append(watch.states.finish(page, shared.intent));
        to.append(watch.images.findings);
        self.inks.extend(watch.colours.inks);
    }

    /// What is found of all pages together.
    pub fn finish(self, findings: &mut Findings) {
        colour::compare(self.inks, findings);
    }
}
