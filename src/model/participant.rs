//! A person in a list of participants.

use super::{Country, Custom, Reference, Text};
use schemars::JsonSchema;
use serde::Serialize;

/// A person in a list of participants: a row of a CSV file, or an entry of a YAML list.
#[derive(Debug, Clone, PartialEq, Serialize, JsonSchema)]
#[serde(rename_all = "kebab-case", deny_unknown_fields)]
pub struct Participant {
    /// A short name for references; without one, the list's name and the row's number.
    #[schemars(with = "Option<String>")]
    pub id: String,
    /// The list that the person stands in; its file's name.
    #[schemars(skip)]
    pub list: String,
    /// Surname, with particles as the person writes them ("van der Meer").
    pub surname: String,
    /// Given name or names.
    pub given_name: Option<String>,
    /// Form of address: Ms, Mr, Dr.
    pub title: Option<Text>,
    /// The post that the person holds.
    pub function: Option<Text>,
    /// The agency that the person comes from; where the mandate lists agencies, one of those.
    pub agency: Option<Reference>,
    /// The country that the person comes from.
    pub country: Option<Country>,
    /// Whether the person is new to this kind of work.
    pub experience: Option<Experience>,
    /// E-mail address.
    pub email: Option<String>,
    /// Telephone, as it is to be printed.
    pub telephone: Option<String>,
    /// What the reader should know about the person.
    pub note: Option<Text>,
    /// Free fields for your own templates.
    #[serde(default)]
    pub custom: Custom,
}

/// How long somebody has been at this kind of work.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, JsonSchema)]
#[serde(rename_all = "kebab-case")]
pub enum Experience {
    /// New to it.
    New,
    /// Experienced.
    Experienced,
}

/// A list of participants as papers print it.
#[derive(Debug, Clone, PartialEq, Serialize)]
#[serde(rename_all = "kebab-case")]
pub struct ParticipantList {
    /// The list's id: its file's name without the ending.
    pub id: String,
    /// Its file.
    pub file: String,
    /// The statement to be printed on it, from its mandate.
    pub statement: Option<Text>,
    /// Its order in words, from its mandate.
    pub order: Option<Text>,
    /// The agencies that people may come from, from its mandate; may be empty.
    pub agencies: Vec<Reference>,
    /// The people, in the order of the file.
    pub people: Vec<Participant>,
}
