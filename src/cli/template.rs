//! `dossier template`: a copy of a built-in template, style or word file, to be changed.

use std::io::Write;

use crate::assets::BUILTIN;
use crate::batch::write_atomically;
use crate::diag::{Diagnostic, in_words, shown};
use crate::near;
use crate::project;
use crate::source::Sources;

use super::Ended;
use super::args::TemplateArgs;
use super::report::Reporter;

/// Puts the copy where the project looks for templates, or lists what there is.
pub fn run(args: &TemplateArgs, sources: &Sources, reporter: &mut Reporter) -> Ended {
    let said = match &args.file {
        None => known().map(|(name, _)| name).collect::<Vec<_>>().join("\n"),
        Some(file) => {
            let folder = match project::templates_folder(&args.project, sources) {
                Ok(folder) => folder,
                Err(unusable) => {
                    reporter.report(unusable.0.iter());
                    return Ended::Unusable;
                }
            };
            match copy(file, &folder) {
                Ok(said) => said,
                Err(fault) => {
                    reporter.report([&fault]);
                    return Ended::Unusable;
                }
            }
        }
    };
    // Nothing can be done when standard output is closed.
    let _ = writeln!(std::io::stdout(), "{said}");
    Ended::Done
}

/// The files that a project may want to change; fonts are none of them.
fn known() -> impl Iterator<Item = (&'static str, &'static [u8])> {
    BUILTIN
        .iter()
        .filter(|(name, _)| !name.starts_with("fonts/"))
        .map(|(name, text)| (*name, *text))
}

fn copy(file: &str, folder: &std::path::Path) -> Result<String, Diagnostic> {
    let named = file.strip_prefix("built-in:").unwrap_or(file);
    let named = named.strip_prefix("templates/").unwrap_or(named);
    let found =
        known().find(|(name, _)| *name == named || name.strip_suffix(".hbs") == Some(named));
    let Some((name, text)) = found else {
        let message = format!("there is no built-in template `{file}`");
        let near = near::help(named, known().map(|(name, _)| name));
        let help = near.unwrap_or_else(|| "`dossier template` lists them".to_owned());
        return Err(Diagnostic::error("cli/template", message).help(help));
    };
    let path = folder.join(name);
    if path.exists() {
        let message = format!("`{}` is there already", shown(&path));
        let help =
            "it is used instead of the built-in one: change it as it is, or take it away first";
        return Err(Diagnostic::error("cli/template", message).help(help));
    }
    write_atomically(&path, text).map_err(|error| {
        let message = format!("cannot write `{}`: {}", shown(&path), in_words(&error));
        Diagnostic::error("cli/template", message).help("check that you may write there")
    })?;
    Ok(format!("{} is a copy of the built-in file and is used instead of it.", shown(&path)))
}
