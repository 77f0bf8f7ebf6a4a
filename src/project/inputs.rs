//! The data files of a project: which there are, what each holds, loaded with places.

use std::collections::BTreeMap;
use std::path::Path;

use crate::diag::{Diagnostic, Diagnostics, in_words};
use crate::load::{self, Value};
use crate::plan::{Inputs, Placed};
use crate::source::{Sources, Span};
use crate::validate::{Input, InputKind};

use super::Unusable;

/// The names under `inputs:` and what the files there hold.
const KINDS: &[(&str, InputKind)] = &[
    ("organisation", InputKind::Organisation),
    ("mandates", InputKind::Mandate),
    ("events", InputKind::Event),
    ("participants", InputKind::Participants),
    ("attendance", InputKind::Attendance),
    ("programmes", InputKind::Programme),
    ("vacancies", InputKind::Vacancy),
];

const USUAL: &str = "inputs";

/// Loads all data files. A file that cannot be read is an error that stops the papers which need
/// it, not the run.
///
/// # Errors
/// Names and folders in the project file that do not exist.
pub fn load(
    folder: &Path,
    inputs: &Inputs,
    columns: &BTreeMap<String, String>,
    sources: &Sources,
) -> Result<(Vec<Input>, Diagnostics), Unusable> {
    let mut files = Vec::new();
    let mut faults = Diagnostics::new();
    match inputs {
        Inputs::Usual => usual(folder, USUAL, &mut files),
        Inputs::Folder(place) => match folder.join(&place.value).is_dir() {
            true => usual(folder, &place.value, &mut files),
            false => faults.push(missing(place)),
        },
        Inputs::Named(named) => {
            for (name, paths) in named {
                match kind_of(&name.value) {
                    Some(kind) => named_files(folder, kind, paths, &mut files, &mut faults),
                    None => faults.push(unknown(name)),
                }
            }
            unread(folder, named, &files, &mut faults);
        }
    }
    if faults.has_errors() {
        return Err(Unusable(faults));
    }
    let mut loaded = Vec::new();
    for (kind, name) in files {
        if matches!(kind, InputKind::Participants | InputKind::Attendance) {
            sources.keep_private(&name);
        }
        let read = load_file(folder, &name, sources);
        let unread = read.is_err();
        let values = read.unwrap_or_else(|found| {
            faults.append(found);
            Vec::new()
        });
        let source = match values.first() {
            Some(value) => value.span.source,
            None => sources.named(&name).unwrap_or_else(|| sources.add(name.as_str(), "")),
        };
        let span = Span::point(source, 0);
        let columns = match kind {
            InputKind::Participants => columns.clone(),
            _ => BTreeMap::new(),
        };
        loaded.push(Input { kind, name, span, values, unread, columns });
    }
    Ok((loaded, faults))
}

fn kind_of(name: &str) -> Option<InputKind> {
    KINDS.iter().find(|(known, _)| *known == name).map(|(_, kind)| *kind)
}

/// Each kind's file (`mandates.yaml`) and folder (`mandates/`) below `base`.
fn usual(folder: &Path, base: &str, files: &mut Vec<(InputKind, String)>) {
    for (name, kind) in KINDS {
        for extension in ["yaml", "yml", "csv"] {
            let path = format!("{base}/{name}.{extension}");
            if folder.join(&path).is_file() {
                files.push((*kind, path));
            }
        }
        files
            .extend(below(folder, &format!("{base}/{name}")).into_iter().map(|path| (*kind, path)));
    }
}

fn named_files(
    folder: &Path,
    kind: InputKind,
    paths: &[Placed<String>],
    files: &mut Vec<(InputKind, String)>,
    faults: &mut Diagnostics,
) {
    for path in paths {
        let on_disk = folder.join(&path.value);
        if on_disk.is_dir() {
            files.extend(below(folder, &path.value).into_iter().map(|path| (kind, path)));
        } else if on_disk.is_file() {
            files.push((kind, path.value.clone()));
        } else {
            faults.push(missing(path));
        }
    }
}

/// The data files directly in a folder, sorted by name.
fn below(folder: &Path, relative: &str) -> Vec<String> {
    let Ok(entries) = std::fs::read_dir(folder.join(relative)) else { return Vec::new() };
    let mut names: Vec<String> = entries
        .flatten()
        .filter(|entry| entry.path().is_file())
        .map(|entry| entry.file_name().to_string_lossy().into_owned())
        .filter(|name| !name.starts_with('.'))
        .filter(|name| {
            [".yaml", ".yml", ".csv"].iter().any(|end| name.to_lowercase().ends_with(end))
        })
        .map(|name| format!("{}/{name}", relative.trim_end_matches('/')))
        .collect();
    names.sort();
    names
}

fn load_file(folder: &Path, name: &str, sources: &Sources) -> Result<Vec<Value>, Diagnostics> {
    let bytes = std::fs::read(folder.join(name)).map_err(|error| {
        let message = format!("cannot read `{name}`: {}", in_words(&error));
        Diagnostics::from(Diagnostic::error("data/unreadable", message))
    })?;
    match name.to_lowercase().ends_with(".csv") {
        true => Ok(vec![load::csv(sources, name, &bytes)?]),
        false => load::yaml(sources, name, &bytes),
    }
}

/// Reports usual places with files that a project which names its inputs does not name.
fn unread(
    folder: &Path,
    named: &[(Placed<String>, Vec<Placed<String>>)],
    files: &[(InputKind, String)],
    faults: &mut Diagnostics,
) {
    let Some((first, _)) = named.first() else { return };
    for (name, _) in KINDS {
        let is_named = named.iter().any(|(known, _)| known.value == *name);
        let place = format!("{USUAL}/{name}");
        let left = below(folder, &place)
            .into_iter()
            .find(|path| !files.iter().any(|(_, known)| known == path));
        if let Some(file) = left.filter(|_| !is_named) {
            let message = format!("nothing reads {file}: the project file does not name {place}");
            let warning =
                Diagnostic::warning("project/unread-input", message).at(first.span, "among these");
            faults.push(warning.help(format!("add a line under `inputs:`:  {name}: {place}")));
        }
    }
}

fn missing(place: &Placed<String>) -> Diagnostic {
    Diagnostic::error("project/no-input", format!("there is no file or folder `{}`", place.value))
        .at(place.span, "not there")
        .help("Paths are counted from the folder of dossier.yaml.")
}

fn unknown(name: &Placed<String>) -> Diagnostic {
    let names: Vec<&str> = KINDS.iter().map(|(name, _)| *name).collect();
    Diagnostic::error(
        "project/unknown-input",
        format!("inputs of the name `{}` are not known", name.value),
    )
    .at(name.span, "unknown name")
    .help(format!("The names are {}.", names.join(", ")))
}
