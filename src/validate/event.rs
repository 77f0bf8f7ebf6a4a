//! Reads an event and what it is made of.

use super::plain::Free;
use super::reader::{Read, Reader};
use super::scalars::{Id, LanguageTag};
use super::sessions;
use crate::diag::Diagnostic;
use crate::load::Value;
use crate::model::{
    AttendanceSource, DataProtection, Event, Funder, Invitation, Organiser, PartialDate, Signatory,
};

impl Read for Event {
    fn read(value: &Value, reader: &mut Reader) -> Option<Event> {
        let mut fields = reader.fields(value, "an event")?;
        let id = fields.required::<Id>("id");
        let kind = fields.required("kind");
        let status = fields.optional("status");
        let version = fields.optional("version");
        let data_date = fields.optional("data-date");
        let mandate = fields.optional("mandate");
        let title = fields.required("title");
        let short_title = fields.optional("short-title");
        let subject = fields.optional("subject");
        let summary = fields.optional("summary");
        let place = fields.required("place");
        let venue = fields.optional("venue");
        let address = fields.list("address");
        let country = fields.optional("country");
        let start: Option<PartialDate> = fields.required("start");
        let end: Option<PartialDate> = fields.required("end");
        fields.in_order(("start", start), ("end", end));
        let languages: Vec<LanguageTag> = fields.list("languages");
        let delivery = fields.optional("delivery");
        let organisers = fields.list("organisers");
        let funder = fields.optional("funder");
        let data_protection = fields.optional("data-protection");
        let signatories = fields.list("signatories");
        let invitation = fields.optional("invitation");
        let expected = fields.optional("expected");
        let participants = fields.optional("participants");
        let attendance = fields.optional("attendance");
        let sessions = fields.list("sessions");
        let written = fields.value("sessions");
        sessions::check(&sessions, written, (start, end), fields.reader);
        let note = fields.optional("note");
        let custom = fields.optional::<Free>("custom");
        fields.finish()?;
        Some(Event {
            id: id?.0,
            kind: kind?,
            status,
            version,
            data_date,
            mandate,
            title: title?,
            short_title,
            subject,
            summary,
            place: place?,
            venue,
            address,
            country,
            start: start?,
            end: end?,
            languages: languages.into_iter().map(|tag| tag.0).collect(),
            delivery: delivery.unwrap_or_default(),
            organisers,
            funder,
            data_protection,
            signatories,
            invitation,
            expected,
            participants,
            attendance,
            sessions,
            note,
            custom: custom.map(|free| free.0).unwrap_or_default(),
        })
    }
}

impl Read for Organiser {
    fn read(value: &Value, reader: &mut Reader) -> Option<Organiser> {
        let mut fields = reader.fields(value, "an organiser")?;
        let name = fields.required("name");
        let short_name = fields.optional("short-name");
        let role = fields.optional("role");
        let logo = fields.optional("logo");
        let logo_alt = fields.optional("logo-alt");
        fields.finish()?;
        Some(Organiser { name: name?, short_name, role, logo, logo_alt })
    }
}

impl Read for Funder {
    fn read(value: &Value, reader: &mut Reader) -> Option<Funder> {
        let mut fields = reader.fields(value, "a funder")?;
        let line = fields.required("line");
        let logo = fields.optional("logo");
        let logo_alt = fields.optional("logo-alt");
        fields.finish()?;
        Some(Funder { line: line?, logo, logo_alt })
    }
}

impl Read for DataProtection {
    fn read(value: &Value, reader: &mut Reader) -> Option<DataProtection> {
        let mut fields = reader.fields(value, "a data-protection notice")?;
        let controller = fields.required("controller");
        let purpose = fields.required("purpose");
        let legal_basis = fields.required("legal-basis");
        let retention = fields.required("retention");
        let contact = fields.optional("contact");
        fields.finish()?;
        Some(DataProtection {
            controller: controller?,
            purpose: purpose?,
            legal_basis: legal_basis?,
            retention: retention?,
            contact,
        })
    }
}

impl Read for Signatory {
    fn read(value: &Value, reader: &mut Reader) -> Option<Signatory> {
        let mut fields = reader.fields(value, "a signatory")?;
        let name = fields.required("name");
        let function = fields.optional("function");
        let agency = fields.optional("agency");
        let signature = fields.optional("signature");
        fields.finish()?;
        Some(Signatory { name: name?, function, agency, signature })
    }
}

impl Read for Invitation {
    fn read(value: &Value, reader: &mut Reader) -> Option<Invitation> {
        let mut fields = reader.fields(value, "an invitation")?;
        let reference = fields.optional("reference");
        let date: Option<PartialDate> = fields.optional("date");
        let reply_by: Option<PartialDate> = fields.optional("reply-by");
        fields.in_order(("date", date), ("reply-by", reply_by));
        let sender = fields.list("sender");
        let body = fields.list("body");
        let enclosures = fields.list("enclosures");
        let contact = fields.optional("contact");
        fields.finish()?;
        Some(Invitation { reference, date, reply_by, sender, body, enclosures, contact })
    }
}

impl Read for AttendanceSource {
    fn read(value: &Value, reader: &mut Reader) -> Option<AttendanceSource> {
        let mut fields = reader.fields(value, "an attendance")?;
        let file = fields.optional("file");
        let share: Option<u32> = fields.optional("share");
        if let (Some(share), Some(written)) = (share, fields.value("share"))
            && !(1..=100).contains(&share)
        {
            let message = format!("a share of {share} percent cannot be asked for");
            let found = Diagnostic::error("data/share", message).at(written.span, "not a share");
            fields.reader.report(found.help("write a number from 1 to 100"));
        }
        fields.finish()?;
        Some(AttendanceSource { file, share })
    }
}
