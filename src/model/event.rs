//! An event: a training, a conference, a seminar or a meeting, with its days and sessions.

use super::event_parts::{
    AttendanceSource, DataProtection, Delivery, Funder, Invitation, Organiser, Session, Signatory,
};
use super::{Attendance, Country, Custom, PartialDate, ParticipantSource, Status, Text};
use schemars::JsonSchema;
use serde::Serialize;

/// A training, a conference, a seminar or a meeting. One file holds one event; all its papers, from
/// the invitation to the certificate, are made from it and from its list of participants.
#[derive(Debug, Clone, PartialEq, Serialize, JsonSchema)]
#[serde(rename_all = "kebab-case", deny_unknown_fields)]
pub struct Event {
    /// A short name for file names and references: small letters, digits, hyphens.
    pub id: String,
    /// What sort of event it is.
    pub kind: EventKind,
    /// Whether its papers are drafts or final. Default: what the project file says for all papers.
    pub status: Option<Status>,
    /// The version, as it is to be printed: "1.0".
    pub version: Option<String>,
    /// The day on which somebody last checked these facts.
    pub data_date: Option<PartialDate>,
    /// The id of the mandate that it belongs to.
    pub mandate: Option<String>,
    /// What it is called.
    pub title: Text,
    /// A shorter title, for badges and running headers.
    pub short_title: Option<Text>,
    /// What it is about, in a few words: certificates say so.
    pub subject: Option<Text>,
    /// The event in a paragraph (Markdown).
    pub summary: Option<Text>,
    /// The town.
    pub place: Text,
    /// The house and the hall.
    pub venue: Option<Text>,
    /// The venue's address, line by line.
    #[serde(default)]
    pub address: Vec<Text>,
    /// The country in which it takes place.
    pub country: Option<Country>,
    /// First day.
    pub start: PartialDate,
    /// Last day.
    pub end: PartialDate,
    /// The languages that it is held in, such as `en` or `nb`.
    #[serde(default)]
    pub languages: Vec<String>,
    /// Whether people meet in a room. Default: `in-person`.
    #[serde(default)]
    pub delivery: Delivery,
    /// Who organises it, the first of them first.
    #[serde(default)]
    pub organisers: Vec<Organiser>,
    /// Who pays for it, in the line that sign-in sheets and agendas must carry.
    pub funder: Option<Funder>,
    /// What a sign-in sheet tells people about their data.
    pub data_protection: Option<DataProtection>,
    /// Who signs certificates and letters.
    #[serde(default)]
    pub signatories: Vec<Signatory>,
    /// What letters of invitation say.
    pub invitation: Option<Invitation>,
    /// How many participants are expected.
    pub expected: Option<Attendance>,
    /// Where its participants are listed.
    pub participants: Option<ParticipantSource>,
    /// Where the marks of those who were present are, and what a certificate asks for.
    pub attendance: Option<AttendanceSource>,
    /// The sessions, breaks and meals.
    #[serde(default)]
    pub sessions: Vec<Session>,
    /// What the reader should know about this record.
    pub note: Option<Text>,
    /// Free fields for your own templates.
    #[serde(default)]
    pub custom: Custom,
}

/// The sort of an event.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, JsonSchema)]
#[serde(rename_all = "kebab-case")]
pub enum EventKind {
    /// A training.
    Training,
    /// A conference.
    Conference,
    /// A seminar.
    Seminar,
    /// A meeting.
    Meeting,
}

impl EventKind {
    /// As data write it.
    pub fn as_str(self) -> &'static str {
        match self {
            EventKind::Training => "training",
            EventKind::Conference => "conference",
            EventKind::Seminar => "seminar",
            EventKind::Meeting => "meeting",
        }
    }
}
