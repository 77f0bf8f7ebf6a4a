//! `dossier schema`: JSON Schema for editors.

use std::io::Write;

use crate::diag::Diagnostic;
use crate::schema;

use super::Ended;
use super::args::SchemaArgs;
use super::report::Reporter;

/// Prints the schema of a kind of file, or the kinds.
pub fn run(args: &SchemaArgs, reporter: &mut Reporter) -> Ended {
    let text = match &args.kind {
        None => schema::KINDS.join("\n"),
        Some(kind) => match schema::schema(kind) {
            Some(schema) => format!("{schema:#}"),
            None => {
                let message = format!("there is no kind of file named `{kind}`");
                let help = format!("The kinds are {}.", schema::KINDS.join(", "));
                reporter.report([&Diagnostic::error("cli/kind", message).help(help)]);
                return Ended::Unusable;
            }
        },
    };
    // Nothing can be done when standard output is closed.
    let _ = writeln!(std::io::stdout(), "{text}");
    Ended::Done
}
