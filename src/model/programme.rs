//! What an organisation runs over years, and the posts that it has open.

use super::{Country, Custom, PartialDate, Text};
use schemars::JsonSchema;
use serde::Serialize;

/// A programme that the organisation runs or funds.
#[derive(Debug, Clone, PartialEq, Serialize, JsonSchema)]
#[serde(rename_all = "kebab-case", deny_unknown_fields)]
pub struct Programme {
    /// A short name for file names and references: small letters, digits, hyphens.
    pub id: String,
    /// The programme's name.
    pub name: Text,
    /// The countries that it works in.
    #[serde(default)]
    #[schemars(schema_with = "super::country::list_schema")]
    pub countries: Vec<Country>,
    /// When it starts.
    pub start: Option<PartialDate>,
    /// When it ends; left out while the end is open.
    pub end: Option<PartialDate>,
    /// What it does (Markdown).
    pub summary: Option<Text>,
    /// What the reader should know about it.
    pub note: Option<Text>,
    /// Free fields for your own templates.
    #[serde(default)]
    pub custom: Custom,
}

/// A post that is open.
#[derive(Debug, Clone, PartialEq, Serialize, JsonSchema)]
#[serde(rename_all = "kebab-case", deny_unknown_fields)]
pub struct Vacancy {
    /// A short name for file names and references: small letters, digits, hyphens.
    pub id: String,
    /// The post.
    pub title: Text,
    /// Where it is.
    pub place: Option<Text>,
    /// The country that it is in.
    pub country: Option<Country>,
    /// The last day for applications.
    pub deadline: Option<PartialDate>,
    /// What the post is about (Markdown).
    pub summary: Option<Text>,
    /// What the reader should know about it.
    pub note: Option<Text>,
    /// Free fields for your own templates.
    #[serde(default)]
    pub custom: Custom,
}
