//! `dossier init`: a small working project in a new folder.

use std::io::Write;
use std::path::Path;

use crate::batch::write_atomically;
use crate::diag::{Diagnostic, in_words, shown};

use super::Ended;
use super::args::InitArgs;
use super::report::Reporter;

macro_rules! starter {
    ($($path:literal),* $(,)?) => { &[$(($path, include_str!(concat!("starter/", $path)))),*] };
}

/// The files of a new project.
const STARTER: &[(&str, &str)] = starter![
    "README.md",
    "dossier.yaml",
    "inputs/organisation.yaml",
    "inputs/mandates/first-training.yaml",
    "inputs/participants/first-training.csv",
    "inputs/events/first-training.yaml",
    "inputs/attendance/first-training.csv",
];

/// Writes the starter files into an empty or new folder.
pub fn run(args: &InitArgs, reporter: &mut Reporter) -> Ended {
    match write_starter(&args.dir) {
        Ok(()) => {
            let text = format!(
                "A new project stands in {}. Make its papers with: dossier build {}",
                args.dir.display(),
                args.dir.display()
            );
            // Nothing can be done when standard output is closed.
            let _ = writeln!(std::io::stdout(), "{text}");
            Ended::Done
        }
        Err(diagnostic) => {
            reporter.report([&diagnostic]);
            Ended::Unusable
        }
    }
}

fn write_starter(dir: &Path) -> Result<(), Diagnostic> {
    let taken = std::fs::read_dir(dir).is_ok_and(|mut entries| entries.next().is_some());
    if taken || dir.is_file() {
        let message = format!("`{}` is there already and not empty", dir.display());
        return Err(
            Diagnostic::error("cli/init", message).help("Name a new folder, or an empty one.")
        );
    }
    for (path, text) in STARTER {
        write_atomically(&dir.join(path), text.as_bytes()).map_err(|error| {
            let message =
                format!("cannot write `{}`: {}", shown(&dir.join(path)), in_words(&error));
            Diagnostic::error("cli/init", message).help("Check that you may write there.")
        })?;
    }
    Ok(())
}
