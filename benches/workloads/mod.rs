//! What is measured: documents and data made here, the same on every machine.

mod data;
mod pages;
mod random;

pub use data::{LIST, PROJECT, TRAINING, folder, mandates, participants};
pub use pages::{brief, certificate, table};
