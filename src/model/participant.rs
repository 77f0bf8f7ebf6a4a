//! A person in a list of participants.

use super::{Country, Custom, PartialDate, Text};
use schemars::JsonSchema;
use serde::Serialize;

/// A person in a list of participants: a row of a CSV file, or an entry of a YAML list.
///
/// Columns may have Norwegian names as well: etternavn, fornavn, tittel, stilling, etat, land,
/// erfaring (ny or erfaren), e-post, telefon, merknad. A column of your own is named custom. and a
/// word, such as custom.arrival, or mapped under `columns:` in the project file. A text may have a
/// column for each language: function-en and function-nb, or Stilling (nb); YAML writes {en: …, nb: …}.
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
    /// The id of the event that the list belongs to.
    #[schemars(skip)]
    pub event: Option<String>,
    /// The person's place in the list, from 1.
    #[schemars(skip)]
    pub number: usize,
    /// Surname, with particles as the person writes them ("van der Meer").
    pub surname: String,
    /// Given name or names.
    pub given_name: Option<String>,
    /// Form of address: Ms, Mr. Given for some languages only, it is left out in others.
    pub title: Option<Text>,
    /// What stands before the name by right: Dr, Prof., H.E.
    pub honorific: Option<Text>,
    /// The post that the person holds; of several, the one that this event is about.
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
    /// The delegation that the person belongs to. Default: none.
    pub delegation: Option<Text>,
    /// The person's rank in the delegation: 1 comes first.
    pub rank: Option<u32>,
    /// Whether the person leads the delegation.
    #[serde(default)]
    pub head: bool,
    /// Since when the person has held the post: seniority goes by it.
    pub since: Option<PartialDate>,
    /// Whether the person is new to this kind of work.
    pub experience: Option<Experience>,
    /// For statistics.
    pub gender: Option<Gender>,
    /// E-mail address.
    pub email: Option<String>,
    /// Telephone, as it is to be printed.
    pub telephone: Option<String>,
    /// The person's language, such as `en` or `nb`: letters are written in it.
    pub language: Option<String>,
    /// What the kitchen must know.
    pub diet: Option<Text>,
    /// What the person needs to take part: a ramp, an interpreter of sign language.
    pub access: Option<Text>,
    /// What the person does at the event; in a CSV file, several with a semicolon or a slash between them. Default:
    /// `participant`.
    #[serde(default)]
    pub roles: Vec<Role>,
    /// Where the person agreed to be named.
    pub consent: Option<Consent>,
    /// In files, all posts of a person who holds several, instead of `function` and `agency`; `here`
    /// marks the one that this event is about. Templates see the others as `other-posts`.
    #[serde(default)]
    #[schemars(rename = "posts", with = "Vec<PostHere>")]
    pub other_posts: Vec<Post>,
    /// What the reader should know about the person.
    pub note: Option<Text>,
    /// Free fields for your own templates.
    #[serde(default)]
    pub custom: Custom,
}

/// A post.
#[derive(Debug, Clone, PartialEq, Serialize, JsonSchema)]
#[serde(rename_all = "kebab-case", deny_unknown_fields)]
pub struct Post {
    /// What the person is there.
    pub function: Option<Text>,
    /// Where.
    pub agency: Option<Text>,
    /// In which country.
    pub country: Option<Country>,
}

/// One of several posts.
#[derive(JsonSchema)]
#[serde(rename_all = "kebab-case", deny_unknown_fields)]
#[allow(dead_code, reason = "the shape in files; in the model it is a Post")]
struct PostHere {
    /// What the person is there.
    function: Option<Text>,
    /// Where.
    agency: Option<Text>,
    /// In which country.
    country: Option<Country>,
    /// The rank that goes with it.
    rank: Option<u32>,
    /// Whether the event is about this post.
    #[serde(default)]
    here: bool,
}

/// What somebody does at an event.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, JsonSchema)]
#[serde(rename_all = "kebab-case")]
pub enum Role {
    /// Takes part.
    Participant,
    /// Speaks.
    Speaker,
    /// Leads sessions.
    Moderator,
    /// Looks on.
    Observer,
    /// Interprets.
    Interpreter,
}

/// Gender, for statistics alone.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, JsonSchema)]
#[serde(rename_all = "kebab-case")]
pub enum Gender {
    /// A woman.
    Female,
    /// A man.
    Male,
    /// Neither.
    Other,
}

/// Where somebody agreed to be named. Who was not asked is named among the attendees only.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, JsonSchema)]
#[serde(rename_all = "kebab-case")]
pub enum Consent {
    /// In papers for everyone (also `yes`).
    Public,
    /// In papers for those who take part.
    Attendees,
    /// Nowhere (also `no`).
    None,
}

impl Consent {
    /// As data write it.
    pub fn as_str(self) -> &'static str {
        match self {
            Consent::Public => "public",
            Consent::Attendees => "attendees",
            Consent::None => "none",
        }
    }
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
