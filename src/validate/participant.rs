//! Reads a person in a list of participants.

use super::plain::Free;
use super::reader::{Read, Reader};
use super::scalars::{Id, slug};
use crate::load::Value;
use crate::model::{Participant, Reference, Text};

impl Read for Participant {
    fn read(value: &Value, reader: &mut Reader) -> Option<Participant> {
        let mut fields = reader.fields(value, "a participant")?;
        let id = fields.optional::<Id>("id");
        let surname = fields.required("surname");
        let given_name = fields.optional("given-name");
        let title = fields.optional("title");
        let function = fields.optional("function");
        let agency = if fields.reader.known.0.is_empty() {
            fields.optional::<AnyAgency>("agency").map(|agency| agency.0)
        } else {
            fields.optional::<Reference>("agency")
        };
        let agency_id = agency.as_ref().map(|agency| agency.id.clone());
        let agency_short_name = agency.as_ref().and_then(|agency| agency.short_name.clone());
        let country = fields.optional("country");
        let experience = fields.optional("experience");
        let email = fields.optional("email");
        let telephone = fields.optional("telephone");
        let note = fields.optional("note");
        let custom = fields.optional::<Free>("custom");
        fields.finish()?;
        Some(Participant {
            id: id.map(|id| id.0).unwrap_or_default(),
            list: String::new(),
            mandate: None,
            surname: surname?,
            given_name,
            title,
            function,
            agency: agency.map(|agency| agency.name),
            agency_id,
            agency_short_name,
            country,
            experience,
            email,
            telephone,
            note,
            custom: custom.map(|free| free.0).unwrap_or_default(),
        })
    }
}

/// An agency where the mandate lists none: any name will do.
struct AnyAgency(Reference);

impl Read for AnyAgency {
    fn read(value: &Value, reader: &mut Reader) -> Option<AnyAgency> {
        let name = String::read(value, reader)?;
        Some(AnyAgency(Reference { id: slug(&name), name: Text::One(name), short_name: None }))
    }
}
