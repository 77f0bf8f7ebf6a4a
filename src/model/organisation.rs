//! The organisation that publishes the papers.

use super::{Country, Custom, PartialDate, Programme, Reference, Status, Text, Vacancy};
use schemars::JsonSchema;
use serde::Serialize;

/// The organisation that publishes the papers. A project has one.
#[derive(Debug, Clone, PartialEq, Serialize, JsonSchema)]
#[serde(rename_all = "kebab-case", deny_unknown_fields)]
pub struct Organisation {
    /// A short name for file names and references: small letters, digits, hyphens.
    pub id: String,
    /// Whether the facts are settled.
    pub status: Status,
    /// The version of this record, as it is to be printed: "1.0".
    pub version: String,
    /// The day on which somebody last checked these facts.
    pub data_date: PartialDate,
    /// The full name.
    pub name: Text,
    /// What the organisation is called in running text.
    pub short_name: Option<Text>,
    /// The country that it belongs to.
    pub country: Option<Country>,
    /// When it was founded.
    pub founded: Option<PartialDate>,
    /// Other names under which it appears, with what each is used for.
    #[serde(default)]
    pub other_names: Vec<OtherName>,
    /// How many people work there.
    pub employees: Option<Employees>,
    /// The organisation in a paragraph (Markdown).
    pub summary: Option<Text>,
    /// What it is there for (Markdown).
    pub purpose: Option<Text>,
    /// The aim that stands above the others (Markdown).
    pub objective: Option<Text>,
    /// The parts that it consists of.
    #[serde(default)]
    pub units: Vec<Unit>,
    /// Who leads, by office and not by name, highest first.
    #[serde(default)]
    pub leadership: Vec<Office>,
    /// How to reach it.
    #[serde(default)]
    pub contacts: Vec<Contact>,
    /// Its programmes; an empty list is printed as such.
    #[serde(default)]
    pub programmes: Vec<Programme>,
    /// Its vacancies; an empty list is printed as such.
    #[serde(default)]
    pub vacancies: Vec<Vacancy>,
    /// What the reader should know about this record (Markdown).
    pub note: Option<Text>,
    /// Free fields for your own templates.
    #[serde(default)]
    pub custom: Custom,
}

/// Another name of the organisation.
#[derive(Debug, Clone, PartialEq, Serialize, JsonSchema)]
#[serde(rename_all = "kebab-case", deny_unknown_fields)]
pub struct OtherName {
    /// The name.
    pub name: Text,
    /// What it is used for.
    pub text: Option<Text>,
}

/// A number of employees.
#[derive(Debug, Clone, PartialEq, Serialize, JsonSchema)]
#[serde(rename_all = "kebab-case", deny_unknown_fields)]
pub struct Employees {
    /// How many.
    pub count: u32,
    /// Whether the number is about right only ("approximately").
    #[serde(default)]
    pub approximate: bool,
}

/// A part of the organisation, or several of one kind.
#[derive(Debug, Clone, PartialEq, Serialize, JsonSchema)]
#[serde(rename_all = "kebab-case", deny_unknown_fields)]
pub struct Unit {
    /// A short name for references from `leads`.
    pub id: String,
    /// Its name.
    pub name: Text,
    /// How many there are; left out where there is one.
    pub count: Option<u32>,
    /// What the reader should know about it.
    pub note: Option<Text>,
}

/// An office and what its holder does.
#[derive(Debug, Clone, PartialEq, Serialize, JsonSchema)]
#[serde(rename_all = "kebab-case", deny_unknown_fields)]
pub struct Office {
    /// A short name for references.
    pub id: String,
    /// What the office is called, in the singular.
    pub office: Text,
    /// How many hold it; left out where the source gives no number.
    pub count: Option<u32>,
    /// Whether its holders come and go with the government.
    pub appointment: Option<Appointment>,
    /// The units that it leads, by their ids.
    #[serde(default)]
    pub leads: Vec<Reference>,
    /// What its holder does.
    pub role: Option<Text>,
    /// What the reader should know about it.
    pub note: Option<Text>,
}

/// How somebody comes into an office.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, JsonSchema)]
#[serde(rename_all = "kebab-case")]
pub enum Appointment {
    /// A political appointee.
    Political,
    /// A permanent official.
    Permanent,
}

/// How to reach an office or a person.
#[derive(Debug, Clone, PartialEq, Serialize, JsonSchema)]
#[serde(rename_all = "kebab-case", deny_unknown_fields)]
pub struct Contact {
    /// The office or person.
    pub name: Option<Text>,
    /// What they are in charge of.
    pub role: Option<Text>,
    /// Telephone, as it is to be printed.
    pub telephone: Option<String>,
    /// E-mail address.
    pub email: Option<String>,
    /// Postal address, line by line.
    #[serde(default)]
    pub address: Vec<Text>,
    /// What the reader should know about it.
    pub note: Option<Text>,
}
