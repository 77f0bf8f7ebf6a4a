//! `dossier css`: the supported CSS, property by property.

use std::io::Write;

use super::Ended;

/// Prints the table.
pub fn run() -> Ended {
    // Nothing can be done when standard output is closed.
    let _ = write!(std::io::stdout(), "{}", crate::style::supported_text());
    Ended::Done
}
