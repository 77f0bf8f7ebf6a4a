//! Reads what a mandate is made of.

use super::fields::Fields;
use super::reader::{Read, Reader};
use super::scalars::{Id, is_language_tag};
use crate::diag::Diagnostic;
use crate::load::{Kind, Value};
use crate::model::{
    Agreement, Attendance, Decision, Document, Item, KeyFigure, Milestone, PartialDate,
    ParticipantSource, Partner, Point, Reference, Section, Seminar, Text, Training,
};

impl Read for KeyFigure {
    fn read(value: &Value, reader: &mut Reader) -> Option<KeyFigure> {
        let mut fields = reader.fields(value, "a key figure")?;
        let value = fields.required("value");
        let label = fields.required("label");
        fields.finish()?;
        Some(KeyFigure { value: value?, label: label? })
    }
}

impl Read for Section {
    fn read(value: &Value, reader: &mut Reader) -> Option<Section> {
        let mut fields = reader.fields(value, "a section")?;
        let heading = fields.required("heading");
        let text = fields.required("text");
        fields.finish()?;
        Some(Section { heading: heading?, text: text? })
    }
}

/// Whether a value is a text by itself: plain, or one per language.
fn is_text(value: &Value) -> bool {
    match &value.kind {
        Kind::Scalar(_) => true,
        Kind::Map(entries) => {
            !entries.is_empty() && entries.iter().all(|entry| is_language_tag(&entry.key))
        }
        _ => false,
    }
}

/// Reports an entry that says nothing.
fn needs_words(fields: &mut Fields, what: &str, value: &Value) {
    if fields.value("title").is_none() && fields.value("text").is_none() {
        let found =
            Diagnostic::error("data/missing-field", format!("{what} needs `title` or `text`"));
        fields.reader.report(found.at(value.span, "neither is here"));
    }
}

impl Read for Item {
    fn read(value: &Value, reader: &mut Reader) -> Option<Item> {
        if is_text(value) {
            let text = Text::read(value, reader)?;
            return Some(Item { number: 0, title: None, text: Some(text), points: Vec::new() });
        }
        let mut fields = reader.fields(value, "an entry")?;
        let title = fields.optional("title");
        let text = fields.optional("text");
        let points = fields.list("points");
        needs_words(&mut fields, "an entry", value);
        fields.finish()?;
        Some(Item { number: 0, title, text, points })
    }
}

impl Read for Point {
    fn read(value: &Value, reader: &mut Reader) -> Option<Point> {
        if is_text(value) {
            return Some(Point { title: None, text: Some(Text::read(value, reader)?) });
        }
        let mut fields = reader.fields(value, "a point")?;
        let title = fields.optional("title");
        let text = fields.optional("text");
        needs_words(&mut fields, "a point", value);
        fields.finish()?;
        Some(Point { title, text })
    }
}

impl Read for Decision {
    fn read(value: &Value, reader: &mut Reader) -> Option<Decision> {
        let mut fields = reader.fields(value, "a decision")?;
        let title = fields.optional("title");
        let date = fields.optional("date");
        let place = fields.optional("place");
        let bodies = fields.list("bodies");
        let also_present = fields.list("also-present");
        let text = fields.required("text");
        let tasks = fields.list("tasks");
        let note = fields.optional("note");
        fields.finish()?;
        Some(Decision { title, date, place, bodies, also_present, text: text?, tasks, note })
    }
}

impl Read for Agreement {
    fn read(value: &Value, reader: &mut Reader) -> Option<Agreement> {
        let mut fields = reader.fields(value, "an agreement")?;
        let title = fields.required("title");
        let date = fields.optional("date");
        let text = fields.optional("text");
        let institutions = fields.list("institutions");
        let aim = fields.optional("aim");
        let note = fields.optional("note");
        fields.finish()?;
        Some(Agreement { title: title?, date, text, institutions, aim, note })
    }
}

impl Read for Seminar {
    fn read(value: &Value, reader: &mut Reader) -> Option<Seminar> {
        let mut fields = reader.fields(value, "a seminar")?;
        let title = fields.required("title");
        let date = fields.optional("date");
        let place = fields.optional("place");
        let organisers = fields.list("organisers");
        let text = fields.optional("text");
        let note = fields.optional("note");
        fields.finish()?;
        Some(Seminar { title: title?, date, place, organisers, text, note })
    }
}

impl Read for Training {
    fn read(value: &Value, reader: &mut Reader) -> Option<Training> {
        let mut fields = reader.fields(value, "a training")?;
        let attendance = fields.optional("attendance");
        let audience = fields.list("audience");
        let invited = fields.list("invited");
        let focus = fields.optional("focus");
        let topics = fields.list("topics");
        let method = fields.optional("method");
        fields.finish()?;
        Some(Training { attendance, audience, invited, focus, topics, method })
    }
}

impl Read for Attendance {
    fn read(value: &Value, reader: &mut Reader) -> Option<Attendance> {
        let mut fields = reader.fields(value, "a number of people")?;
        let from: Option<u32> = fields.required("from");
        let to: Option<u32> = fields.optional("to");
        let approximate = fields.optional("approximate").unwrap_or(false);
        if let (Some(from), Some(to)) = (from, to)
            && to < from
            && let Some(place) = fields.value("to")
        {
            let found = Diagnostic::error(
                "data/wrong-order",
                format!("at most {to} is less than at least {from}"),
            );
            fields.reader.report(found.at(place.span, "the smaller number"));
        }
        fields.finish()?;
        Some(Attendance { from: from?, to, approximate })
    }
}

impl Read for Partner {
    fn read(value: &Value, reader: &mut Reader) -> Option<Partner> {
        let mut fields = reader.fields(value, "a partner")?;
        let id = fields.required::<Id>("id");
        let name = fields.required("name");
        let short_name = fields.optional("short-name");
        let country = fields.optional("country");
        let relations = fields.list("relations");
        let role = fields.optional("role");
        let note = fields.optional("note");
        fields.finish()?;
        Some(Partner { id: id?.0, name: name?, short_name, country, relations, role, note })
    }
}

impl Read for Milestone {
    fn read(value: &Value, reader: &mut Reader) -> Option<Milestone> {
        let mut fields = reader.fields(value, "a milestone")?;
        let date: Option<PartialDate> = fields.required("date");
        let until: Option<PartialDate> = fields.optional("until");
        fields.in_order(("date", date), ("until", until));
        let text = fields.required("text");
        let note = fields.optional("note");
        fields.finish()?;
        Some(Milestone { date: date?, until, text: text?, note })
    }
}

impl Read for Document {
    fn read(value: &Value, reader: &mut Reader) -> Option<Document> {
        let mut fields = reader.fields(value, "a document")?;
        let title = fields.required("title");
        let publisher = fields.optional("publisher");
        let date: Option<PartialDate> = fields.optional("date");
        let until: Option<PartialDate> = fields.optional("until");
        fields.in_order(("date", date), ("until", until));
        let text = fields.optional("text");
        fields.finish()?;
        Some(Document { title: title?, publisher, date, until, text })
    }
}

impl Read for ParticipantSource {
    fn read(value: &Value, reader: &mut Reader) -> Option<ParticipantSource> {
        let mut fields = reader.fields(value, "a list of participants")?;
        let file = fields.required("file");
        let statement = fields.optional("statement");
        let order = fields.optional("order");
        let agencies: Vec<Agency> = fields.list_with_ids("agencies");
        fields.finish()?;
        Some(ParticipantSource {
            file: file?,
            statement,
            order,
            agencies: agencies.into_iter().map(|agency| agency.0).collect(),
            people: Vec::new(),
        })
    }
}

/// An agency that participants may come from.
pub(super) struct Agency(Reference);

impl Read for Agency {
    fn read(value: &Value, reader: &mut Reader) -> Option<Agency> {
        let mut fields = reader.fields(value, "an agency")?;
        let id = fields.required::<Id>("id");
        let name = fields.required("name");
        let short_name = fields.optional("short-name");
        fields.finish()?;
        Some(Agency(Reference { id: id?.0, name: name?, short_name }))
    }
}
