//! What a template sees: names, and the values that they stand for. The plan makes it, templates are
//! filled with it.

use std::sync::Arc;

use serde_json::Value as Json;

/// What one name stands for. Papers share the records themselves.
#[derive(Debug, Clone, PartialEq)]
pub enum Bound {
    /// A value.
    One(Arc<Json>),
    /// A list of records.
    List(Vec<Arc<Json>>),
}

/// The names that many papers see: those of one edition, in the order in which they see them.
pub type Shared = Arc<Vec<(String, Bound)>>;

/// The names that one paper sees besides, in the order in which it sees them; they come before shared
/// ones of the same name. Papers that have some in common, such as the event of a list of people,
/// share these.
pub type Own = Vec<(Arc<str>, Arc<Json>)>;

impl Bound {
    /// The value as one piece: a copy of everything in it.
    pub fn spelled_out(&self) -> Json {
        match self {
            Bound::One(value) => Json::clone(value),
            Bound::List(records) => records.iter().map(|record| Json::clone(record)).collect(),
        }
    }
}
