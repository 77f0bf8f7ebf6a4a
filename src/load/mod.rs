//! Bytes → positioned values. Owns `serde_yaml`, `csv` and the detection of encodings.

mod value;

pub use value::{Entry, Kind, Reading, Scalar, Value};
