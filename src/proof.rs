//! A finished paper is held against the levels that it claims, by the same rules as any file,
//! before anybody gets it.

use std::sync::Arc;

use crate::conformance::{Accessible, Archive, Claims};
use crate::diag::{Diagnostic, Diagnostics};
use crate::verify::level::{Level, Levels};
use crate::verify::{self, finding::Finding};

pub use crate::verify::Proven;

/// Reads a paper's bytes back. Each rule that the paper breaks is an error of its own: such a paper
/// is not released. Fonts that earlier papers of the run have `proven` are not examined again.
pub fn read(bytes: Vec<u8>, claims: Claims, proven: &Proven) -> (Vec<u8>, Diagnostics) {
    let mut found = Diagnostics::new();
    let levels = levels(claims);
    if levels.is_empty() {
        return (bytes, found);
    }
    let bytes = Arc::new(bytes);
    match verify::verify_another(Arc::clone(&bytes), levels, proven) {
        Ok(report) => report.findings.iter().for_each(|finding| found.push(told(finding))),
        Err(why) => found.push(
            Diagnostic::error(
                "pdf/unsound",
                format!("the finished paper cannot be checked: {why}"),
            )
            .help(REPORT),
        ),
    }
    // The checker is done with them.
    (Arc::try_unwrap(bytes).unwrap_or_else(|shared| shared.to_vec()), found)
}

const REPORT: &str = "This is a mistake in dossier, or in a font or picture that the paper uses, not in \
                      your data. Please report it with the template.";

/// What a file claims, as levels that it is held against.
fn levels(claims: Claims) -> Levels {
    let archive = match claims.archive {
        Archive::A2a => Some(Level::A2a),
        Archive::A2b => Some(Level::A2b),
        Archive::A2u => Some(Level::A2u),
        Archive::A3a => Some(Level::A3a),
        Archive::None => None,
    };
    let accessible = match claims.accessible {
        Accessible::Ua1 => Some(Level::Ua1),
        Accessible::None => None,
    };
    archive.into_iter().chain(accessible).collect()
}

fn told(finding: &Finding) -> Diagnostic {
    let rule = finding.rule;
    let place = finding.place.to_string();
    let at = if place.is_empty() { String::new() } else { format!(" ({place})") };
    let message = format!("the finished paper breaks {}: {}{at}", rule.id, finding.message);
    Diagnostic::error("pdf/unsound", message).help(format!("The rule: {}.", rule.says)).help(REPORT)
}
