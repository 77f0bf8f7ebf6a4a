//! A mandate: what an organisation has undertaken to do, for whom, when and with whom.

use super::mandate_parts::ItemOrText;
use super::{
    Agreement, Contact, Country, Custom, Decision, Document, Item, KeyFigure, Milestone,
    PartialDate, ParticipantSource, Partner, Section, Seminar, Text, Training,
};
use schemars::JsonSchema;
use serde::Serialize;

/// A mandate. One file holds one mandate and gives one paper.
#[derive(Debug, Clone, PartialEq, Serialize, JsonSchema)]
#[serde(rename_all = "kebab-case", deny_unknown_fields)]
pub struct Mandate {
    /// A short name for file names and references: small letters, digits, hyphens.
    pub id: String,
    /// What sort of mandate it is; this chooses the paper.
    pub kind: MandateKind,
    /// Whether the paper is a draft or final.
    pub status: Status,
    /// The version, as it is to be printed: "1.0".
    pub version: String,
    /// The day on which somebody last checked these facts.
    pub data_date: PartialDate,
    /// The title of the paper.
    pub title: Text,
    /// A shorter title for registers and running headers.
    pub short_title: Option<Text>,
    /// The countries that give the mandate ("Norway mandate in …"); may be empty.
    #[serde(default)]
    #[schemars(schema_with = "super::country::list_schema")]
    pub donors: Vec<Country>,
    /// The countries in which it is carried out.
    #[serde(default)]
    #[schemars(schema_with = "super::country::list_schema")]
    pub countries: Vec<Country>,
    /// First day.
    pub start: Option<PartialDate>,
    /// Last day; left out while the end is open.
    pub end: Option<PartialDate>,
    /// The mandate in a paragraph (Markdown).
    pub summary: Text,
    /// Figures for the panel of key facts.
    #[serde(default)]
    pub key_figures: Vec<KeyFigure>,
    /// How it came about, in sections with headings.
    #[serde(default)]
    pub background: Vec<Section>,
    /// What is to be achieved; numbered in this order.
    #[serde(default)]
    #[schemars(with = "Vec<ItemOrText>")]
    pub objectives: Vec<Item>,
    /// What is to be done; numbered in this order.
    #[serde(default)]
    #[schemars(with = "Vec<ItemOrText>")]
    pub tasks: Vec<Item>,
    /// The elements of a strategy; numbered in this order.
    #[serde(default)]
    #[schemars(with = "Vec<ItemOrText>")]
    pub outline: Vec<Item>,
    /// The decision behind the mandate.
    pub decision: Option<Decision>,
    /// The agreement that the work rests on.
    pub agreement: Option<Agreement>,
    /// A seminar that is part of it.
    pub seminar: Option<Seminar>,
    /// What a training offers, and to whom.
    pub training: Option<Training>,
    /// Everybody who has a part in it, with their roles.
    #[serde(default)]
    pub partners: Vec<Partner>,
    /// Who the team is made of.
    #[serde(default)]
    pub team: Vec<Text>,
    /// What the reader should know about the team.
    pub team_note: Option<Text>,
    /// The fields in which the work has been concentrated.
    #[serde(default)]
    #[schemars(with = "Vec<ItemOrText>")]
    pub focus_areas: Vec<Item>,
    /// Dates on the way.
    #[serde(default)]
    pub milestones: Vec<Milestone>,
    /// Documents that the mandate cites.
    #[serde(default)]
    pub documents: Vec<Document>,
    /// Where its list of participants is.
    pub participants: Option<ParticipantSource>,
    /// Whom to ask.
    #[serde(default)]
    pub contacts: Vec<Contact>,
    /// What the reader should know about this record, such as what the source leaves open.
    pub note: Option<Text>,
    /// Free fields for your own templates.
    #[serde(default)]
    pub custom: Custom,
}

/// The sort of a mandate, and thereby its paper.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, JsonSchema)]
#[serde(rename_all = "kebab-case")]
pub enum MandateKind {
    /// A scoping-mission summary.
    ScopingMission,
    /// A mandate brief.
    Brief,
    /// A training brief.
    Training,
    /// A conference brief.
    Conference,
    /// A strategy outline.
    Strategy,
}

/// Whether a paper is settled.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, Default, Serialize, JsonSchema)]
#[serde(rename_all = "kebab-case")]
pub enum Status {
    /// Not settled; every page of the paper says so.
    #[default]
    Draft,
    /// Settled.
    Final,
}

impl Status {
    /// As data and templates write it.
    pub fn as_str(self) -> &'static str {
        match self {
            Status::Draft => "draft",
            Status::Final => "final",
        }
    }

    /// The status of that name.
    pub fn named(name: &str) -> Option<Status> {
        [Status::Draft, Status::Final].into_iter().find(|status| status.as_str() == name)
    }
}
