//! Reads a mandate.

use super::plain::Free;
use super::reader::{Read, Reader};
use super::scalars::{Countries, Id};
use crate::load::Value;
use crate::model::{Item, Mandate, PartialDate, Partner, Reference, TaskRef};

impl Read for Mandate {
    fn read(value: &Value, reader: &mut Reader) -> Option<Mandate> {
        let mut fields = reader.fields(value, "a mandate")?;
        let id = fields.required::<Id>("id");
        let kind = fields.required("kind");
        let status = fields.required("status");
        let version = fields.required("version");
        let data_date = fields.required("data-date");
        let title = fields.required("title");
        let short_title = fields.optional("short-title");
        let donors = fields.optional::<Countries>("donors");
        let countries = fields.optional::<Countries>("countries");
        let start: Option<PartialDate> = fields.optional("start");
        let end: Option<PartialDate> = fields.optional("end");
        fields.in_order(("start", start), ("end", end));
        let summary = fields.required("summary");
        let key_figures = fields.list("key-figures");
        let background = fields.list("background");
        let objectives = numbered(fields.list("objectives"));
        let tasks = numbered(fields.list("tasks"));
        fields.reader.tasks = tasks.iter().map(Item::task).collect();
        let outline = numbered(fields.list("outline"));
        // Before everything that names partners.
        let partners: Vec<Partner> = fields.list_with_ids("partners");
        fields.reader.known = (partners.iter().map(Partner::reference).collect(), "partner");
        let decision = fields.optional("decision");
        let agreement = fields.optional("agreement");
        let seminar = fields.optional("seminar");
        let training = fields.optional("training");
        let team = fields.list("team");
        let team_note = fields.optional("team-note");
        let focus_areas = numbered(fields.list("focus-areas"));
        let milestones = fields.list("milestones");
        let documents = fields.list("documents");
        let participants = fields.optional("participants");
        let contacts = fields.list("contacts");
        let note = fields.optional("note");
        let custom = fields.optional::<Free>("custom");
        fields.finish()?;
        Some(Mandate {
            id: id?.0,
            kind: kind?,
            status: status?,
            version: version?,
            data_date: data_date?,
            title: title?,
            short_title,
            donors: donors.map(|read| read.0).unwrap_or_default(),
            countries: countries.map(|read| read.0).unwrap_or_default(),
            start,
            end,
            summary: summary?,
            key_figures,
            background,
            objectives,
            tasks,
            outline,
            partners,
            decision,
            agreement,
            seminar,
            training,
            team,
            team_note,
            focus_areas,
            milestones,
            documents,
            participants,
            contacts,
            note,
            custom: custom.map(|free| free.0).unwrap_or_default(),
        })
    }
}

/// Numbers the entries of a list from 1.
fn numbered(items: Vec<Item>) -> Vec<Item> {
    items.into_iter().enumerate().map(|(index, item)| Item { number: index + 1, ..item }).collect()
}

impl Item {
    /// What stands for the task where a decision names it.
    fn task(&self) -> TaskRef {
        TaskRef { number: self.number, title: self.title.clone() }
    }
}

impl Partner {
    /// What stands for the partner where something else names it.
    fn reference(&self) -> Reference {
        Reference {
            id: self.id.clone(),
            name: self.name.clone(),
            short_name: self.short_name.clone(),
        }
    }
}
