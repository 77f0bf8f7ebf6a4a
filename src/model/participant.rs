//! A person in a list of participants.

use super::{Country, Custom, Text};
use schemars::JsonSchema;
use serde::Serialize;

/// A person in a list of participants: a row of a CSV file, or an entry of a YAML list.
///
/// Columns may have Norwegian names as well: etternavn, fornavn, tittel, stilling, etat, land,
/// erfaring (ny or erfaren), e-post, telefon, merknad. A column of your own is named custom. and a
/// word, such as custom.diet.
#[derive(Debug, Clone, PartialEq, Serialize, JsonSchema)]
#[serde(rename_all = "kebab-case", deny_unknown_fields)]
pub struct Participant {
    /// A short name for references; without one, the list's name and the row's number.
    #[schemars(with = "Option<String>")]
    pub id: String,
    /// The list that the person stands in: its file's name without the ending.
    #[schemars(skip)]
    pub list: String,
    /// The id of the mandate that the list belongs to.
    #[schemars(skip)]
    pub mandate: Option<String>,
    /// Surname, with particles as the person writes them ("van der Meer").
    pub surname: String,
    /// Given name or names.
    pub given_name: Option<String>,
    /// Form of address: Ms, Mr, Dr.
    pub title: Option<Text>,
    /// The post that the person holds.
    pub function: Option<Text>,
    /// The agency that the person comes from; where the mandate lists agencies, one of those, by its
    /// id, name or short name.
    pub agency: Option<Text>,
    /// The id of that agency.
    #[schemars(skip)]
    pub agency_id: Option<String>,
    /// The short name of that agency, if it has one.
    #[schemars(skip)]
    pub agency_short_name: Option<Text>,
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
