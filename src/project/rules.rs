//! What the project file says about people and certificates, with the key's bytes.

use std::path::Path;

use crate::diag::{Diagnostic, in_words};
use crate::plan;
use crate::roster::Rules;
use crate::roster::certificate::SHORTEST_KEY;

use super::Unusable;

/// The rules of a project.
///
/// # Errors
/// A key that cannot be read, or that is too short to prove anything.
pub(super) fn of(folder: &Path, settings: &plan::Project) -> Result<Rules, Unusable> {
    let usual = Rules::default();
    let key = match &settings.certificates.key {
        None => None,
        Some(file) => {
            let fault = |message: String, help: &str| {
                let fault = Diagnostic::error("project/key", message);
                Unusable(fault.at(file.span, "the key").help(help).into())
            };
            let bytes = std::fs::read(folder.join(&file.value)).map_err(|error| {
                let message = format!("cannot read the key `{}`: {}", file.value, in_words(&error));
                fault(message, "make one with  head -c 32 /dev/urandom > FILE  or type a line of 32 letters and figures at random into a text file; keep it safe, and from everybody but the office")
            })?;
            if bytes.len() < SHORTEST_KEY {
                let message =
                    format!("the key has {} bytes, and needs {SHORTEST_KEY}", bytes.len());
                return Err(fault(
                    message,
                    "a short key can be guessed: take 32 letters and figures at random, or what  head -c 32 /dev/urandom > FILE  writes",
                ));
            }
            Some(bytes)
        }
    };
    Ok(Rules {
        levels: settings.levels(),
        threshold: settings.people.threshold.map_or(usual.threshold, |number| number.value),
        share: settings.certificates.share.map_or(usual.share, |number| number.value),
        key,
    })
}
