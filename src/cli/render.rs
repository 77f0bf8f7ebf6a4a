//! `dossier render`: HTML files with their CSS straight to PDFs.

use std::collections::BTreeMap;
use std::mem::ManuallyDrop;
use std::path::{Path, PathBuf};

use chrono::{DateTime, Utc};

use crate::assets::{AssetError, Assets};
use crate::batch::{guarded, in_parallel, write_atomically};
use crate::conformance::Claims;
use crate::diag::{Diagnostic, Diagnostics, in_words, shown};
use crate::fonts::{FontBook, FontSources};
use crate::origin::OriginMap;
use crate::press::{Given, Kept, Paper, Press};
use crate::source::{Sources, Span};

use super::args::RenderArgs;
use super::build::{Count, ended, threads};
use super::report::Reporter;
use super::{Ended, date};

/// Renders the files and writes the PDFs.
pub fn run(args: &RenderArgs, sources: &Sources, reporter: &mut Reporter) -> Ended {
    let (shops, tasks) = match open(args) {
        Ok((shops, tasks, found)) => {
            reporter.report(found.iter());
            (shops, tasks)
        }
        Err(found) => {
            reporter.report(found.iter());
            return Ended::Unusable;
        }
    };
    // The process ends with the command, and the system takes all back at once.
    let shops = ManuallyDrop::new(shops);
    match tasks.as_slice() {
        [task] if !is_folder(args) => one(task, &shops, sources, reporter),
        tasks => many(tasks, &shops, threads(args.jobs), sources, reporter),
    }
}

/// What the files below one folder share.
struct Shop {
    assets: Assets,
    fonts: FontBook,
    kept: Kept,
    created: DateTime<Utc>,
    claims: Claims,
    /// Whether the finished files are read back.
    verify: bool,
}

/// A file that is to be rendered.
struct Task {
    file: PathBuf,
    /// The folder that everything comes from, and the file's path below it.
    root: PathBuf,
    name: String,
    output: PathBuf,
}

type Opened = (BTreeMap<PathBuf, Shop>, Vec<Task>, Diagnostics);

/// Everything that is known before the first file is read.
fn open(args: &RenderArgs) -> Result<Opened, Diagnostics> {
    let created = date::of_run(&args.date)?;
    let claims = Claims { archive: args.archive.into(), accessible: args.accessible.into() };
    let mut tasks: Vec<Task> = Vec::new();
    let (mut outputs, mut folders) = (BTreeMap::new(), BTreeMap::new());
    for file in &args.files {
        let (root, name) = place(args, file, &mut folders)?;
        let output = output(args, file);
        if let Some(other) = outputs.insert(output.clone(), file) {
            return Err(clash(other, file, &output).into());
        }
        tasks.push(Task { file: file.clone(), root, name, output });
    }
    let (mut shops, mut found) = (BTreeMap::new(), Diagnostics::new());
    for task in &tasks {
        if shops.contains_key(&task.root) {
            continue;
        }
        let assets = Assets::builtin().with_root(&task.root);
        let font_sources = FontSources {
            assets: assets.clone(),
            folders: args.fonts.font_dir.clone(),
            system: args.fonts.system_fonts,
        };
        let (fonts, faults) = font_sources.open();
        if let Some(fault) = faults.iter().find(|fault| fault.is_error()) {
            return Err(fault.clone().into());
        }
        found.append(faults);
        let shop =
            Shop { assets, fonts, kept: Kept::default(), created, claims, verify: args.verify };
        shops.insert(task.root.clone(), shop);
    }
    Ok((shops, tasks, found))
}

/// Whether `--output` names a folder: for several files always, for one if it says so.
fn is_folder(args: &RenderArgs) -> bool {
    args.files.len() > 1 || args.output.as_os_str().to_string_lossy().ends_with(['/', '\\'])
}

fn output(args: &RenderArgs, file: &Path) -> PathBuf {
    if !is_folder(args) {
        return args.output.clone();
    }
    let mut name = file.file_stem().unwrap_or_default().to_owned();
    name.push(".pdf");
    args.output.join(name)
}

fn clash(one: &Path, other: &Path, output: &Path) -> Diagnostic {
    let message = format!(
        "`{}` and `{}` would both be written as `{}`",
        one.display(),
        other.display(),
        shown(output)
    );
    Diagnostic::error("cli/output", message)
        .help("Render files of the same name into different folders.")
}

/// One file, on all threads.
fn one(
    task: &Task,
    shops: &BTreeMap<PathBuf, Shop>,
    sources: &Sources,
    reporter: &mut Reporter,
) -> Ended {
    let (paper, found) = match render(task, shops, sources, true) {
        Ok(rendered) => rendered,
        Err(diagnostic) => {
            reporter.report([&diagnostic]);
            return Ended::Unusable;
        }
    };
    reporter.report(found.iter());
    let Some(paper) = paper.filter(|_| !reporter.stops(&found)) else { return Ended::SomeFailed };
    match write_atomically(&task.output, &paper.bytes) {
        Ok(()) => Ended::Done,
        Err(error) => {
            reporter.report([&unwritable(&task.output, &error)]);
            Ended::Unusable
        }
    }
}

/// Several files, each on one thread at a time: a file with a fault never stops the others.
fn many(
    tasks: &[Task],
    shops: &BTreeMap<PathBuf, Shop>,
    threads: usize,
    sources: &Sources,
    reporter: &mut Reporter,
) -> Ended {
    let strict = reporter.is_strict();
    let make = |task: &Task| {
        let render = || {
            render(task, shops, sources, false)
                .unwrap_or_else(|diagnostic| (None, diagnostic.into()))
        };
        let (paper, mut found) = guarded(&render, &task.output.to_string_lossy(), None);
        let stopped = found.has_errors() || (strict && !found.is_empty());
        let written = paper.filter(|_| !stopped).is_some_and(|paper| {
            match write_atomically(&task.output, &paper.bytes) {
                Ok(()) => true,
                Err(error) => {
                    found.push(unwritable(&task.output, &error));
                    false
                }
            }
        });
        (written, found)
    };
    let outcomes = in_parallel(tasks, threads, &make);
    for (_, found) in &outcomes {
        reporter.report(found.iter());
    }
    let failed = outcomes.iter().filter(|(written, _)| !written).count();
    ended(Count { failed, all: tasks.len() }, false, "written", reporter.log())
}

fn render(
    task: &Task,
    shops: &BTreeMap<PathBuf, Shop>,
    sources: &Sources,
    ends: bool,
) -> Result<(Option<Paper>, Diagnostics), Diagnostic> {
    let missing = || unreadable(&task.file, &AssetError::Missing);
    let Shop { assets, fonts, kept, created, claims, verify } =
        shops.get(&task.root).ok_or_else(missing)?;
    let html = assets.read(&task.name, "").map_err(|error| unreadable(&task.file, &error))?;
    let html = String::from_utf8(html.bytes.into_owned()).map_err(|error| {
        let at = error.utf8_error().valid_up_to();
        let file = task.file.display();
        Diagnostic::error("cli/encoding", format!("`{file}` is not UTF-8 (byte {at})"))
            .help("Save the file as UTF-8.")
    })?;
    let source = sources.add(task.file.to_string_lossy().replace('\\', "/"), html.as_str());
    let origins = OriginMap::identity(Span::new(source, 0, html.len()));
    let press = Press { assets, sources, fonts, kept, created: *created, ends };
    let given = Given { claims: *claims, read_back: *verify, ..Given::default() };
    Ok(press.print(&html, origins, &task.name, given))
}

/// Folders as they were named, and where they are.
type Folders = BTreeMap<PathBuf, PathBuf>;

/// The folder that everything comes from, and the file's path below it.
fn place(
    args: &RenderArgs,
    file: &Path,
    folders: &mut Folders,
) -> Result<(PathBuf, String), Diagnostic> {
    let missing = |error: std::io::Error| unreadable(file, &AssetError::Unreadable(error));
    let real = real_path(file, folders).map_err(missing)?;
    let folder = real.parent().unwrap_or(Path::new(".")).to_owned();
    let root = match &args.base {
        Some(base) => base.canonicalize().map_err(|error| {
            Diagnostic::error(
                "cli/base",
                format!("cannot open the folder `{}`: {}", shown(base), in_words(&error)),
            )
        })?,
        None => folder,
    };
    let below = real.strip_prefix(&root).map_err(|_| {
        let base = args.base.as_deref().unwrap_or(&root);
        let message = format!("`{}` does not lie below `{}`", shown(file), shown(base));
        Diagnostic::error("cli/base", message)
            .help("Name a folder with --base that holds the file.")
    })?;
    let name = below.to_string_lossy().replace('\\', "/");
    Ok((root, name))
}

/// Where a file is; each folder is looked for once.
fn real_path(file: &Path, folders: &mut Folders) -> std::io::Result<PathBuf> {
    let (Some(folder), Some(name)) = (file.parent(), file.file_name()) else {
        return file.canonicalize();
    };
    if file.symlink_metadata()?.is_symlink() {
        return file.canonicalize();
    }
    if let Some(known) = folders.get(folder) {
        return Ok(known.join(name));
    }
    let here = if folder.as_os_str().is_empty() { Path::new(".") } else { folder };
    let real = here.canonicalize()?;
    folders.insert(folder.to_owned(), real.clone());
    Ok(real.join(name))
}

fn unwritable(output: &Path, error: &std::io::Error) -> Diagnostic {
    let message = format!("cannot write `{}`: {}", shown(output), in_words(error));
    Diagnostic::error("cli/output", message)
}

fn unreadable(file: &Path, error: &AssetError) -> Diagnostic {
    let why = match error {
        AssetError::Missing => "there is no such file".to_owned(),
        AssetError::Outside => "it lies outside the folder".to_owned(),
        AssetError::TooLarge(bytes) => {
            format!("it has {bytes} bytes, more than {}", Assets::MAX_BYTES)
        }
        AssetError::Unreadable(error) => in_words(error),
    };
    Diagnostic::error("cli/input", format!("cannot read `{}`: {why}", file.display()))
}
