//! The domain: what the papers are about.
//!
//! Every type is plain data. Its doc comments are what editors show while somebody writes the
//! files, and what `docs/reference.md` is made of, so they speak to the person who fills in a form.
//! Reading these types from files is the business of `validate`.

mod country;
mod date;
mod event;
mod event_parts;
mod mandate;
mod mandate_parts;
mod organisation;
mod participant;
mod programme;
mod reference;
mod schema;
mod text;

pub use country::Country;
pub use date::PartialDate;
pub use event::{Event, EventKind};
pub use event_parts::{
    AttendanceSource, DataProtection, Delivery, Funder, Invitation, Organiser, Session,
    SessionKind, Signatory, Time,
};
pub use mandate::{Mandate, MandateKind, Status};
pub use mandate_parts::{
    Agreement, Attendance, Decision, Document, Item, KeyFigure, Milestone, ParticipantSource,
    Partner, Point, Relation, Section, Seminar, TaskRef, Training,
};
pub use organisation::{Appointment, Contact, Employees, Office, Organisation, OtherName, Unit};
pub use participant::{Consent, Experience, Gender, Participant, Post, Role};
pub use programme::{Programme, Vacancy};
pub use reference::Reference;
pub use schema::{KINDS, schema, schema_of};
pub use text::Text;

/// Free fields: whatever a project wants to hand to its templates beside the known ones.
pub type Custom = serde_json::Map<String, serde_json::Value>;
