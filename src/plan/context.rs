//! What the template of a paper sees.

use std::collections::{BTreeMap, BTreeSet};
use std::sync::Arc;

use chrono::NaiveDate;
use serde_json::{Value as Json, json};

use crate::scope::{Bound, Own, Shared};
use crate::source::{SourceId, Span};

use super::data::{Data, Record, Set};
use super::places::Places;
use super::project::Project;

/// What one paper's template sees: the sets of records (`mandates`, …; a single record such as
/// `organisation` by itself), `project`, `run`, `paper`, `options`, for a pack `papers`, and with
/// `for-each` the record as `record` and under its own name (`mandate`); with a participant comes the
/// `event` of the list, without its people.
///
/// Papers share the records: [`Context::shared`] is the same for all of an edition, [`Context::own`] is
/// what comes to it for one paper.
#[derive(Debug, Clone)]
pub struct Context {
    common: Arc<Common>,
    record: Option<Arc<Json>>,
    /// What comes to it for this paper, in order: what the record belongs to (a participant's
    /// `event`), the record, settings.
    own: Own,
    places: Places,
}

/// A set that no template may use in this run, since a record in it has a fault.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Withheld {
    /// The set's name.
    pub name: String,
    /// The first record with a fault.
    pub span: Span,
}

#[derive(Debug)]
struct Common {
    /// The project, the run, and the sets.
    shared: Shared,
    withheld: Vec<Withheld>,
}

impl Context {
    /// What every paper's template of the edition sees.
    pub fn shared(&self) -> &Shared {
        &self.common.shared
    }

    /// What this paper's template sees besides; it comes before shared values of the same name.
    pub fn own(&self) -> &Own {
        &self.own
    }

    /// The record that the paper is about.
    pub fn record(&self) -> Option<&Json> {
        self.record.as_deref()
    }

    /// Everything that the template sees.
    #[cfg(test)]
    pub fn data(&self) -> Json {
        let shared = self.common.shared.iter();
        let mut data: serde_json::Map<String, Json> =
            shared.map(|(name, bound)| (name.clone(), bound.spelled_out())).collect();
        let own = self.own.iter();
        data.extend(own.map(|(name, value)| ((**name).to_owned(), Json::clone(value))));
        Json::Object(data)
    }

    /// Where the values stand, by JSON pointers into all that the template sees.
    pub fn places(&self) -> &Places {
        &self.places
    }

    /// The sets that are missing because of a record with a fault; a template that uses one fails.
    pub fn withheld(&self) -> &[Withheld] {
        &self.common.withheld
    }

    /// The data files that the paper is made from: those of its record with all that belongs to it,
    /// or all.
    pub fn data_sources(&self) -> BTreeSet<SourceId> {
        let mut sources = BTreeSet::new();
        match self.record {
            Some(_) => self.places.sources_below("/record", &mut sources),
            None => {
                let names = self.common.shared.iter().map(|(name, _)| name);
                names.filter(|name| !is_settings(name)).for_each(|name| {
                    self.places.sources_below(&format!("/{name}"), &mut sources);
                });
            }
        }
        sources
    }

    /// Adds what only this paper's template sees.
    pub(super) fn put(&mut self, name: &str, value: Json) {
        self.own.push((name.into(), Arc::new(value)));
    }

    pub(super) fn mount(&mut self, name: &str, places: Places) {
        self.places.mount(format!("/{name}"), Arc::new(places));
    }
}

/// What all papers of a run share.
pub(super) struct Base {
    common: Arc<Common>,
    places: Places,
    /// The run's date (ISO 8601).
    pub run_date: String,
    /// The newest date among all records, or the run's.
    pub data_date: String,
    /// The events by id, without their people.
    events: BTreeMap<String, (Arc<Json>, Arc<Places>)>,
}

impl Base {
    pub fn new(project: &Project, data: &Data, as_of: NaiveDate) -> Base {
        let run_date = as_of.format("%Y-%m-%d").to_string();
        let of_project = json!({"title": project.title.value, "language": project.language()});
        let mut shared = vec![
            ("project".to_owned(), Bound::One(Arc::new(of_project))),
            ("run".to_owned(), Bound::One(Arc::new(json!({"date": run_date})))),
        ];
        let mut places = Places::new();
        places.insert("/project/title", project.title.span);
        let mut withheld = Vec::new();
        for set in &data.sets {
            if let Some(broken) = set.first_broken() {
                withheld.push(Withheld { name: set.name.clone(), span: broken.span });
            } else if let Some((bound, set_places)) = bound(set) {
                shared.push((set.name.clone(), bound));
                places.mount(format!("/{}", set.name), set_places);
            }
        }
        let good = data.sets.iter().filter(|set| set.first_broken().is_none());
        let data_date =
            newest(good.flat_map(|set| &set.records)).unwrap_or_else(|| run_date.clone());
        let common = Arc::new(Common { shared: Arc::new(shared), withheld });
        Base { common, places, run_date, data_date, events: events(data) }
    }

    /// The event of the list that a person stands on, without its people.
    pub fn event(&self, set: &Set, record: &Record) -> Option<&Json> {
        self.home(set, record).map(|(event, _)| &**event)
    }

    /// Whether a record is a person on the list of an event.
    pub fn is_of_event(set: &Set, record: &Record) -> bool {
        event_id(set, record).is_some()
    }

    fn home(&self, set: &Set, record: &Record) -> Option<&(Arc<Json>, Arc<Places>)> {
        self.events.get(event_id(set, record)?)
    }

    /// The context of a paper about one record, or about all.
    pub fn context(&self, record: Option<(&Set, &Record)>) -> Context {
        let (mut places, mut own) = (self.places.clone(), Own::new());
        if let Some((event, of_event)) = record.and_then(|(set, record)| self.home(set, record)) {
            places.mount(format!("/{EVENT}"), Arc::clone(of_event));
            own.push((EVENT.into(), Arc::clone(event)));
        }
        let record = record.map(|(set, record)| {
            let record_places = Arc::new(record.places.clone());
            places.mount("/record", Arc::clone(&record_places));
            places.mount(format!("/{}", set.singular), record_places);
            let json = Arc::clone(&record.json);
            own.push(("record".into(), Arc::clone(&json)));
            own.push((set.singular.as_str().into(), Arc::clone(&json)));
            json
        });
        Context { common: Arc::clone(&self.common), record, own, places }
    }
}

/// The set of people, and what a person's list belongs to.
pub(super) const PEOPLE: &str = "participants";
const EVENT: &str = "event";

fn event_id<'r>(set: &Set, record: &'r Record) -> Option<&'r str> {
    (set.name == PEOPLE).then(|| record.json.get(EVENT)?.as_str()).flatten()
}

fn events(data: &Data) -> BTreeMap<String, (Arc<Json>, Arc<Places>)> {
    let Some(set) = data.set("events") else { return BTreeMap::new() };
    let sound = set.records.iter().filter(|record| !record.broken);
    sound
        .map(|record| {
            let mut event = Json::clone(&record.json);
            if let Json::Object(fields) = &mut event {
                fields.shift_remove("people");
            }
            (record.id.clone(), (Arc::new(event), Arc::new(record.places.clone())))
        })
        .collect()
}

/// Whether a value that all papers share is no data.
fn is_settings(name: &str) -> bool {
    matches!(name, "project" | "run")
}

/// A set as templates see it, and where its values stand; a single record that is not there is not seen
/// at all.
fn bound(set: &Set) -> Option<(Bound, Arc<Places>)> {
    let placed = |record: &Record| {
        if record.places.nearest("").is_some() {
            return Arc::new(record.places.clone());
        }
        let mut places = Places::new();
        places.insert("", record.span);
        places.mount("", Arc::new(record.places.clone()));
        Arc::new(places)
    };
    if set.single {
        let record = set.records.first()?;
        return Some((Bound::One(Arc::clone(&record.json)), placed(record)));
    }
    let mut places = Places::new();
    for (index, record) in set.records.iter().enumerate() {
        places.mount(format!("/{index}"), placed(record));
    }
    let records = set.records.iter().map(|record| Arc::clone(&record.json)).collect();
    Some((Bound::List(records), Arc::new(places)))
}

/// The newest date of data. ISO dates order by their letters; one without a year orders first.
pub(super) fn newest<'a>(records: impl Iterator<Item = &'a Record>) -> Option<String> {
    records.filter_map(|record| record.data_date.clone()).max()
}
