//! Reads the organisation.

use super::plain::Free;
use super::reader::{Read, Reader};
use super::scalars::Id;
use crate::load::Value;
use crate::model::{Contact, Employees, Office, Organisation, OtherName, Reference, Unit};

impl Read for Organisation {
    fn read(value: &Value, reader: &mut Reader) -> Option<Organisation> {
        let mut fields = reader.fields(value, "an organisation")?;
        let id = fields.required::<Id>("id");
        let status = fields.required("status");
        let version = fields.required("version");
        let data_date = fields.required("data-date");
        let name = fields.required("name");
        let short_name = fields.optional("short-name");
        let country = fields.optional("country");
        let founded = fields.optional("founded");
        let other_names = fields.list("other-names");
        let employees = fields.optional("employees");
        let summary = fields.optional("summary");
        let purpose = fields.optional("purpose");
        let objective = fields.optional("objective");
        let units: Vec<Unit> = fields.list_with_ids("units");
        fields.reader.known = (units.iter().map(Unit::reference).collect(), "unit");
        let leadership = fields.list_with_ids("leadership");
        let contacts = fields.list("contacts");
        let programmes = fields.list_with_ids("programmes");
        let vacancies = fields.list_with_ids("vacancies");
        let note = fields.optional("note");
        let custom = fields.optional::<Free>("custom");
        fields.finish()?;
        Some(Organisation {
            id: id?.0,
            status: status?,
            version: version?,
            data_date: data_date?,
            name: name?,
            short_name,
            country,
            founded,
            other_names,
            employees,
            summary,
            purpose,
            objective,
            units,
            leadership,
            contacts,
            programmes,
            vacancies,
            note,
            custom: custom.map(|free| free.0).unwrap_or_default(),
        })
    }
}

impl Unit {
    /// What stands for the unit where an office names it.
    fn reference(&self) -> Reference {
        Reference { id: self.id.clone(), name: self.name.clone(), short_name: None }
    }
}

impl Read for OtherName {
    fn read(value: &Value, reader: &mut Reader) -> Option<OtherName> {
        let mut fields = reader.fields(value, "another name")?;
        let name = fields.required("name");
        let text = fields.optional("text");
        fields.finish()?;
        Some(OtherName { name: name?, text })
    }
}

impl Read for Employees {
    fn read(value: &Value, reader: &mut Reader) -> Option<Employees> {
        let mut fields = reader.fields(value, "a number of employees")?;
        let count = fields.required("count");
        let approximate = fields.optional("approximate").unwrap_or(false);
        fields.finish()?;
        Some(Employees { count: count?, approximate })
    }
}

impl Read for Unit {
    fn read(value: &Value, reader: &mut Reader) -> Option<Unit> {
        let mut fields = reader.fields(value, "a unit")?;
        let id = fields.required::<Id>("id");
        let name = fields.required("name");
        let count = fields.optional("count");
        let note = fields.optional("note");
        fields.finish()?;
        Some(Unit { id: id?.0, name: name?, count, note })
    }
}

impl Read for Office {
    fn read(value: &Value, reader: &mut Reader) -> Option<Office> {
        let mut fields = reader.fields(value, "an office")?;
        let id = fields.required::<Id>("id");
        let office = fields.required("office");
        let count = fields.optional("count");
        let appointment = fields.optional("appointment");
        let leads = fields.list("leads");
        let role = fields.optional("role");
        let note = fields.optional("note");
        fields.finish()?;
        Some(Office { id: id?.0, office: office?, count, appointment, leads, role, note })
    }
}

impl Read for Contact {
    fn read(value: &Value, reader: &mut Reader) -> Option<Contact> {
        let mut fields = reader.fields(value, "a contact")?;
        let name = fields.optional("name");
        let role = fields.optional("role");
        let telephone = fields.optional("telephone");
        let email = fields.optional("email");
        let address = fields.list("address");
        let note = fields.optional("note");
        fields.finish()?;
        Some(Contact { name, role, telephone, email, address, note })
    }
}
