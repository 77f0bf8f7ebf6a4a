//! What a mandate is made of.

use super::{Country, PartialDate, Participant, Reference, Text};
use schemars::{JsonSchema, Schema, SchemaGenerator, json_schema};
use serde::Serialize;

/// A figure for the panel of key facts.
#[derive(Debug, Clone, PartialEq, Serialize, JsonSchema)]
#[serde(rename_all = "kebab-case", deny_unknown_fields)]
pub struct KeyFigure {
    /// The figure as it is to be printed: "40–45".
    pub value: Text,
    /// What it counts: "participants".
    pub label: Text,
}

/// A piece of running text under a heading.
#[derive(Debug, Clone, PartialEq, Serialize, JsonSchema)]
#[serde(rename_all = "kebab-case", deny_unknown_fields)]
pub struct Section {
    /// The heading.
    pub heading: Text,
    /// The text (Markdown).
    pub text: Text,
}

/// A numbered entry: an objective, a task, an element. A plain text stands for one without a title.
#[derive(Debug, Clone, PartialEq, Serialize, JsonSchema)]
#[serde(rename_all = "kebab-case", deny_unknown_fields)]
pub struct Item {
    /// Its number in the list, from 1.
    #[schemars(skip)]
    pub number: usize,
    /// A few words that name it.
    pub title: Option<Text>,
    /// What it says (Markdown). Title or text must be there.
    pub text: Option<Text>,
    /// What it is divided into.
    #[serde(default)]
    #[schemars(with = "Vec<PointOrText>")]
    pub points: Vec<Point>,
}

/// A numbered entry as files may give it.
#[derive(JsonSchema)]
#[serde(untagged)]
#[schemars(inline)]
#[allow(dead_code, reason = "the shape in files; the model has an Item")]
pub(super) enum ItemOrText {
    Text(Text),
    Item(Item),
}

/// A point as files may give it.
#[derive(JsonSchema)]
#[serde(untagged)]
#[schemars(inline)]
#[allow(dead_code, reason = "the shape in files; the model has a Point")]
enum PointOrText {
    Text(Text),
    Point(Point),
}

/// A point under a numbered entry. A plain text stands for one without a title.
#[derive(Debug, Clone, PartialEq, Serialize, JsonSchema)]
#[serde(rename_all = "kebab-case", deny_unknown_fields)]
pub struct Point {
    /// A few words that name it.
    pub title: Option<Text>,
    /// What it says. Title or text must be there.
    pub text: Option<Text>,
}

/// A decision: who decided what, when and where.
#[derive(Debug, Clone, PartialEq, Serialize, JsonSchema)]
#[serde(rename_all = "kebab-case", deny_unknown_fields)]
pub struct Decision {
    /// What it is called, such as the meeting's name.
    pub title: Option<Text>,
    /// When it was taken.
    pub date: Option<PartialDate>,
    /// Where it was taken.
    pub place: Option<Text>,
    /// Who took it: ids of partners.
    #[serde(default)]
    pub bodies: Vec<Reference>,
    /// Who was there as well: ids of partners.
    #[serde(default)]
    pub also_present: Vec<Reference>,
    /// What was decided (Markdown).
    pub text: Text,
    /// The tasks that it is about, by number.
    #[serde(default)]
    pub tasks: Vec<TaskRef>,
    /// What the reader should know about it.
    pub note: Option<Text>,
}

/// One of the mandate's tasks; in a file its number alone.
#[derive(Debug, Clone, PartialEq, Serialize)]
#[serde(rename_all = "kebab-case")]
pub struct TaskRef {
    /// The task's number, from 1.
    pub number: usize,
    /// The task's title, if it has one.
    pub title: Option<Text>,
}

impl JsonSchema for TaskRef {
    fn schema_name() -> std::borrow::Cow<'static, str> {
        "TaskNumber".into()
    }

    fn json_schema(_: &mut SchemaGenerator) -> Schema {
        json_schema!({
            "description": "The number of one of the mandate's tasks.",
            "type": "integer",
            "minimum": 1
        })
    }
}

/// An agreement that the work rests on.
#[derive(Debug, Clone, PartialEq, Serialize, JsonSchema)]
#[serde(rename_all = "kebab-case", deny_unknown_fields)]
pub struct Agreement {
    /// What it is called.
    pub title: Text,
    /// When it was made.
    pub date: Option<PartialDate>,
    /// What it provides for (Markdown).
    pub text: Option<Text>,
    /// The institutions that it is about.
    #[serde(default)]
    pub institutions: Vec<Text>,
    /// What it is to achieve (Markdown).
    pub aim: Option<Text>,
    /// What the reader should know about it.
    pub note: Option<Text>,
}

/// A seminar or a similar meeting.
#[derive(Debug, Clone, PartialEq, Serialize, JsonSchema)]
#[serde(rename_all = "kebab-case", deny_unknown_fields)]
pub struct Seminar {
    /// What it is called.
    pub title: Text,
    /// When it takes place.
    pub date: Option<PartialDate>,
    /// Where it takes place.
    pub place: Option<Text>,
    /// Who organises it: ids of partners.
    #[serde(default)]
    pub organisers: Vec<Reference>,
    /// What it is about (Markdown).
    pub text: Option<Text>,
    /// What the reader should know about it.
    pub note: Option<Text>,
}

/// What a training offers, and to whom.
#[derive(Debug, Clone, PartialEq, Serialize, JsonSchema)]
#[serde(rename_all = "kebab-case", deny_unknown_fields)]
pub struct Training {
    /// How many are expected.
    pub attendance: Option<Attendance>,
    /// Who it is for.
    #[serde(default)]
    pub audience: Vec<Text>,
    /// Agencies that are invited: ids of partners.
    #[serde(default)]
    pub invited: Vec<Reference>,
    /// What stands at its centre (Markdown).
    pub focus: Option<Text>,
    /// What it covers.
    #[serde(default)]
    pub topics: Vec<Text>,
    /// How it is taught (Markdown).
    pub method: Option<Text>,
}

/// A number of people, from and to.
#[derive(Debug, Clone, PartialEq, Serialize, JsonSchema)]
#[serde(rename_all = "kebab-case", deny_unknown_fields)]
pub struct Attendance {
    /// At least.
    pub from: u32,
    /// At most; left out where there is one number.
    pub to: Option<u32>,
    /// Whether the numbers are about right only ("approximately").
    #[serde(default)]
    pub approximate: bool,
}

/// Somebody who has a part in a mandate.
#[derive(Debug, Clone, PartialEq, Serialize, JsonSchema)]
#[serde(rename_all = "kebab-case", deny_unknown_fields)]
pub struct Partner {
    /// A short name for references from `bodies`, `organisers` and the like.
    pub id: String,
    /// The full name.
    pub name: Text,
    /// The short name.
    pub short_name: Option<Text>,
    /// The country that it belongs to; left out where the source does not say.
    pub country: Option<Country>,
    /// What it does, in fixed words that can be counted and sorted.
    #[serde(default)]
    pub relations: Vec<Relation>,
    /// What it does, in a sentence.
    pub role: Option<Text>,
    /// What the reader should know about it.
    pub note: Option<Text>,
}

/// What a partner does in a mandate.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, JsonSchema)]
#[serde(rename_all = "kebab-case")]
pub enum Relation {
    /// Set it up.
    Establishes,
    /// Pays for it.
    Funds,
    /// Carries it out.
    Implements,
    /// Organises an event in it.
    Organises,
    /// Invites others.
    Invites,
    /// Is invited.
    Invited,
    /// Asked for it.
    Requests,
    /// Supports it.
    Supports,
    /// Gives advice.
    Advises,
    /// Reviews it.
    Reviews,
    /// Is considering what to decide.
    Considers,
    /// Decides on it.
    Decides,
    /// Is present.
    Attends,
    /// Is helped by it.
    Receives,
}

/// A date on the way.
#[derive(Debug, Clone, PartialEq, Serialize, JsonSchema)]
#[serde(rename_all = "kebab-case", deny_unknown_fields)]
pub struct Milestone {
    /// When, or from when.
    pub date: PartialDate,
    /// Until when, for something that lasts.
    pub until: Option<PartialDate>,
    /// What happens.
    pub text: Text,
    /// What the reader should know about it.
    pub note: Option<Text>,
}

/// A document that the mandate cites.
#[derive(Debug, Clone, PartialEq, Serialize, JsonSchema)]
#[serde(rename_all = "kebab-case", deny_unknown_fields)]
pub struct Document {
    /// Its title.
    pub title: Text,
    /// Who published it.
    pub publisher: Option<Text>,
    /// When it appeared, or the first year that it covers.
    pub date: Option<PartialDate>,
    /// The last year that it covers.
    pub until: Option<PartialDate>,
    /// What it says, or what it matters for (Markdown).
    pub text: Option<Text>,
}

/// Where a mandate's participants are listed, and what the list must say.
#[derive(Debug, Clone, PartialEq, Serialize, JsonSchema)]
#[serde(rename_all = "kebab-case", deny_unknown_fields)]
pub struct ParticipantSource {
    /// The file, counted from the inputs folder: participants/jssr-training.csv.
    pub file: String,
    /// A statement that is printed on the list.
    pub statement: Option<Text>,
    /// The order of the list, in words, which is printed on it.
    pub order: Option<Text>,
    /// The agencies that participants may come from; left out, any agency will do.
    #[serde(default)]
    #[schemars(with = "Vec<Agency>")]
    pub agencies: Vec<Reference>,
    /// The people on the list, in the order of the file.
    #[schemars(skip)]
    pub people: Vec<Participant>,
}

/// An agency that participants may come from.
#[derive(JsonSchema)]
#[serde(rename_all = "kebab-case", deny_unknown_fields)]
#[allow(dead_code, reason = "the shape in files; in the model it is a Reference")]
pub(super) struct Agency {
    /// A short name for references.
    id: String,
    /// The full name, as it may stand in the list of participants.
    name: Text,
    /// The short name, as it may stand there too.
    short_name: Option<Text>,
}
