//! Reads programmes and vacancies.

use super::plain::Free;
use super::reader::{Read, Reader};
use super::scalars::{Countries, Id};
use crate::load::Value;
use crate::model::{PartialDate, Programme, Vacancy};

impl Read for Programme {
    fn read(value: &Value, reader: &mut Reader) -> Option<Programme> {
        let mut fields = reader.fields(value, "a programme")?;
        let id = fields.required::<Id>("id");
        let name = fields.required("name");
        let countries = fields.optional::<Countries>("countries");
        let start: Option<PartialDate> = fields.optional("start");
        let end: Option<PartialDate> = fields.optional("end");
        fields.in_order(("start", start), ("end", end));
        let summary = fields.optional("summary");
        let note = fields.optional("note");
        let custom = fields.optional::<Free>("custom");
        fields.finish()?;
        Some(Programme {
            id: id?.0,
            name: name?,
            countries: countries.map(|read| read.0).unwrap_or_default(),
            start,
            end,
            summary,
            note,
            custom: custom.map(|free| free.0).unwrap_or_default(),
        })
    }
}

impl Read for Vacancy {
    fn read(value: &Value, reader: &mut Reader) -> Option<Vacancy> {
        let mut fields = reader.fields(value, "a vacancy")?;
        let id = fields.required::<Id>("id");
        let title = fields.required("title");
        let place = fields.optional("place");
        let country = fields.optional("country");
        let deadline = fields.optional("deadline");
        let summary = fields.optional("summary");
        let note = fields.optional("note");
        let custom = fields.optional::<Free>("custom");
        fields.finish()?;
        Some(Vacancy {
            id: id?.0,
            title: title?,
            place,
            country,
            deadline,
            summary,
            note,
            custom: custom.map(|free| free.0).unwrap_or_default(),
        })
    }
}
