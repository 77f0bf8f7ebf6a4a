//! Positioned values → the model: fields, references, dates.
//!
//! Every fault of every record is reported in one pass, with a caret under the value. A record with
//! a fault is marked broken and does not stop the others.

mod columns;
mod fields;
mod links;
mod mandate;
mod mandate_parts;
mod organisation;
mod participant;
mod plain;
mod programme;
mod reader;
mod record;
mod scalars;

pub use links::validate;
pub use record::{Checked, Context, Input, InputKind, Model};

#[cfg(test)]
mod tests;
