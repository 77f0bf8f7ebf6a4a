//! Bytes → positioned values. Owns `serde_yaml`, `csv` and the detection of encodings.
//!
//! [`yaml`] and [`csv`] are the two ways in; both keep the place of every key and value.
//! [`date`] reads the dates that stand in those values.

mod csv;
mod csv_cells;
mod date;
mod date_words;
mod json;
mod text;
mod value;
mod yaml;
mod yaml_events;
mod yaml_fault;

pub use csv::csv;
pub use date::{DateError, DateOrder, date};
pub use value::{Entry, Kind, Reading, Scalar, Value};
pub use yaml::yaml;
