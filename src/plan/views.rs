//! The data as each edition has them.

use std::collections::BTreeSet;
use std::mem;
use std::sync::Arc;

use chrono::NaiveDate;
use serde_json::Value as Json;

use crate::editions::{Levels, Remap, Seen, redact, unmark};

use super::context::Base;
use super::data::{Data, Record, Set};
use super::project::{Edition, Project};

/// The data of a run: all of them, and as the editions have them that its papers are for.
pub(super) struct Views {
    all: View,
    narrowed: Vec<(Edition, View)>,
}

/// The data of one edition, and what all its papers share.
pub(super) struct View {
    pub data: Data,
    pub base: Base,
}

impl Views {
    pub fn new(project: &Project, data: Data, as_of: NaiveDate) -> Views {
        let own = project.documents.iter().map(|document| document.settings.edition);
        let own = own.chain(project.packs.iter().map(|pack| pack.settings.edition));
        let usual = project.defaults.edition;
        let asked: BTreeSet<Edition> = own
            .map(|edition| edition.or(usual).map(|edition| edition.value).unwrap_or_default())
            .filter(|edition| *edition != Edition::Internal)
            .collect();
        let levels = project.levels();
        let view = |data: Data| View { base: Base::new(project, &data, as_of), data };
        let narrowed =
            asked.into_iter().map(|edition| (edition, view(data.seen_by(edition, &levels))));
        let narrowed = narrowed.collect();
        Views { narrowed, all: view(data.unmarked()) }
    }

    /// What papers of the edition see.
    pub fn of(&self, edition: Edition) -> &View {
        let narrowed = self.narrowed.iter().find(|(known, _)| *known == edition);
        narrowed.map_or(&self.all, |(_, view)| view)
    }

    /// All data.
    pub fn all(&self) -> &Data {
        &self.all.data
    }
}

impl Data {
    /// The data as the office sees them.
    fn unmarked(mut self) -> Data {
        for record in self.sets.iter_mut().flat_map(|set| &mut set.records) {
            unmark(Arc::make_mut(&mut record.json));
        }
        self
    }

    /// The data as a narrower edition has them. A person whom it does not name is no record in it.
    fn seen_by(&self, edition: Edition, levels: &Levels) -> Data {
        let set = |set: &Set| Set {
            name: set.name.clone(),
            singular: set.singular.clone(),
            records: set
                .records
                .iter()
                .filter_map(|record| record.seen_by(edition, levels))
                .collect(),
            single: set.single,
        };
        Data { sets: self.sets.iter().map(set).collect() }
    }
}

impl Record {
    fn seen_by(&self, edition: Edition, levels: &Levels) -> Option<Record> {
        let mut remap = Remap::new();
        let json = match redact(&self.json, edition, levels, &mut remap) {
            Seen::Value(json) => json,
            // That something is wrong with the set must not go unseen.
            Seen::Nobody if self.broken => Json::Null,
            Seen::Nobody => return None,
        };
        let mut places = self.places.clone();
        if !remap.is_empty() {
            places = mem::take(&mut places).moved(&remap);
        }
        Some(Record {
            id: self.id.clone(),
            json: Arc::new(json),
            places,
            span: self.span,
            data_date: self.data_date.clone(),
            broken: self.broken,
        })
    }
}
