//! What an event is made of.

use super::{PartialDate, Text};
use chrono::NaiveDate;
use schemars::{JsonSchema, Schema, SchemaGenerator, json_schema};
use serde::{Serialize, Serializer};
use std::fmt;

/// How people take part.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default, Serialize, JsonSchema)]
#[serde(rename_all = "kebab-case")]
pub enum Delivery {
    /// In a room.
    #[default]
    InPerson,
    /// From where they are.
    Online,
    /// Some in a room, some from where they are.
    Hybrid,
}

/// Somebody who organises an event.
#[derive(Debug, Clone, PartialEq, Serialize, JsonSchema)]
#[serde(rename_all = "kebab-case", deny_unknown_fields)]
pub struct Organiser {
    /// The full name.
    pub name: Text,
    /// The short name.
    pub short_name: Option<Text>,
    /// What it does for the event.
    pub role: Option<Text>,
    /// Its logo: a picture (SVG, PNG or JPEG) of the project.
    pub logo: Option<String>,
    /// What the logo shows, for those who cannot see it. Default: the name.
    pub logo_alt: Option<Text>,
}

/// Who pays for an event.
#[derive(Debug, Clone, PartialEq, Serialize, JsonSchema)]
#[serde(rename_all = "kebab-case", deny_unknown_fields)]
pub struct Funder {
    /// The line that papers carry: "Funded by …".
    pub line: Text,
    /// The funder's logo: a picture of the project.
    pub logo: Option<String>,
    /// What the logo shows, for those who cannot see it.
    pub logo_alt: Option<Text>,
}

/// What people are told about their data where they write them down (GDPR, Article 13).
#[derive(Debug, Clone, PartialEq, Serialize, JsonSchema)]
#[serde(rename_all = "kebab-case", deny_unknown_fields)]
pub struct DataProtection {
    /// Who is responsible for the data.
    pub controller: Text,
    /// What they are needed for.
    pub purpose: Text,
    /// The law that allows it.
    pub legal_basis: Text,
    /// How long they are kept.
    pub retention: Text,
    /// Whom to ask, and where to complain.
    pub contact: Option<Text>,
}

/// Somebody who signs for an event.
#[derive(Debug, Clone, PartialEq, Serialize, JsonSchema)]
#[serde(rename_all = "kebab-case", deny_unknown_fields)]
pub struct Signatory {
    /// Given name and surname, as they are printed.
    pub name: String,
    /// The post.
    pub function: Option<Text>,
    /// For whom they sign.
    pub agency: Option<Text>,
    /// The signature: a picture of the project. Without one there is a line to sign on.
    pub signature: Option<String>,
}

/// What letters of invitation say.
#[derive(Debug, Clone, PartialEq, Serialize, JsonSchema)]
#[serde(rename_all = "kebab-case", deny_unknown_fields)]
pub struct Invitation {
    /// The sender's reference.
    pub reference: Option<String>,
    /// The day of the letter.
    pub date: Option<PartialDate>,
    /// The last day for an answer.
    pub reply_by: Option<PartialDate>,
    /// The sender's name and address, line by line.
    #[serde(default)]
    pub sender: Vec<Text>,
    /// The paragraphs of the letter (Markdown).
    #[serde(default)]
    pub body: Vec<Text>,
    /// What is sent with it.
    #[serde(default)]
    pub enclosures: Vec<Text>,
    /// Where to answer: a line with an address, a telephone number, an e-mail address.
    pub contact: Option<Text>,
}

/// Where the marks of those who were present are, and what a certificate asks for.
#[derive(Debug, Clone, PartialEq, Serialize, JsonSchema)]
#[serde(rename_all = "kebab-case", deny_unknown_fields)]
pub struct AttendanceSource {
    /// The file with the marks, counted from the inputs folder: attendance/jssr-training.csv.
    pub file: Option<String>,
    /// How much of the scheduled time somebody must have attended for a certificate, in percent.
    /// Time in which several sessions are held counts once. Default: 80.
    pub share: Option<u32>,
}

/// A session, a break or a meal.
#[derive(Debug, Clone, PartialEq, Serialize, JsonSchema)]
#[serde(rename_all = "kebab-case", deny_unknown_fields)]
pub struct Session {
    /// A short name for references; without one, the day and the time: `2015-10-19-0900`.
    #[schemars(with = "Option<String>")]
    pub id: String,
    /// The day.
    #[serde(serialize_with = "iso")]
    #[schemars(with = "PartialDate")]
    pub day: NaiveDate,
    /// When it starts, by the 24-hour clock: 09:00.
    pub start: Time,
    /// When it ends, on the same day; 24:00 is midnight.
    pub end: Time,
    /// The room.
    pub room: Option<Text>,
    /// What it is called.
    pub title: Text,
    /// What it is about (Markdown).
    pub text: Option<Text>,
    /// What it is. Default: `session`.
    #[serde(default)]
    pub kind: SessionKind,
    /// The ids of those who speak, from the list of participants.
    #[serde(default)]
    pub speakers: Vec<String>,
    /// The id of who leads it, from the list of participants.
    pub moderator: Option<String>,
    /// The language that it is held in.
    pub language: Option<String>,
    /// Whether it is noted who is present. Default: yes for sessions, no for all else.
    #[schemars(with = "Option<bool>")]
    pub attendance: bool,
}

/// A day as ISO 8601 writes it.
fn iso<S: Serializer>(day: &NaiveDate, serializer: S) -> Result<S::Ok, S::Error> {
    serializer.collect_str(day)
}

/// What an entry of the agenda is.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default, Serialize, JsonSchema)]
#[serde(rename_all = "kebab-case")]
pub enum SessionKind {
    /// Work.
    #[default]
    Session,
    /// A pause.
    Break,
    /// A meal.
    Meal,
    /// People arrive and sign in.
    Registration,
    /// An opening, a closing, a photograph.
    Ceremony,
}

/// A time of day, in minutes after midnight; 24:00 is the end of the day.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
pub struct Time(u16);

impl Time {
    /// The end of the day.
    pub const MIDNIGHT: Time = Time(24 * 60);

    /// The time so many minutes after midnight; none after the end of the day.
    pub fn from_minutes(minutes: u16) -> Option<Time> {
        (minutes <= 24 * 60).then_some(Time(minutes))
    }

    /// Minutes after midnight.
    pub fn minutes(self) -> u16 {
        self.0
    }
}

impl fmt::Display for Time {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "{:02}:{:02}", self.0 / 60, self.0 % 60)
    }
}

impl Serialize for Time {
    fn serialize<S: Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
        serializer.collect_str(self)
    }
}

impl JsonSchema for Time {
    fn schema_name() -> std::borrow::Cow<'static, str> {
        "Time".into()
    }

    fn json_schema(_: &mut SchemaGenerator) -> Schema {
        json_schema!({
            "description": "A time of day by the 24-hour clock: 09:00.",
            "type": "string",
            "pattern": "^([01]?[0-9]|2[0-4])[:.][0-5][0-9]$"
        })
    }
}
