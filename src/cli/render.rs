//! `dossier render`: one HTML file with its CSS straight to PDF.

use std::path::{Path, PathBuf};

use crate::assets::{AssetError, Assets};
use crate::batch::write_atomically;
use crate::conformance::Claims;
use crate::diag::{Diagnostic, Diagnostics, in_words, shown};
use crate::fonts::FontSources;
use crate::origin::OriginMap;
use crate::press::{Given, Press};
use crate::source::{Sources, Span};
use crate::style::Sheets;

use super::args::RenderArgs;
use super::report::Reporter;
use super::{Ended, date};

/// Renders the file and writes the PDF.
pub fn run(args: &RenderArgs, sources: &Sources, reporter: &mut Reporter) -> Ended {
    let (bytes, found) = match render(args, sources) {
        Ok(rendered) => rendered,
        Err(diagnostic) => {
            reporter.report([&diagnostic]);
            return Ended::Unusable;
        }
    };
    reporter.report(found.iter());
    let Some(bytes) = bytes.filter(|_| !reporter.stops(&found)) else { return Ended::SomeFailed };
    match write_atomically(&args.output, &bytes) {
        Ok(()) => Ended::Done,
        Err(error) => {
            let message = format!("cannot write `{}`: {}", shown(&args.output), in_words(&error));
            reporter.report([&Diagnostic::error("cli/output", message)]);
            Ended::Unusable
        }
    }
}

fn render(
    args: &RenderArgs,
    sources: &Sources,
) -> Result<(Option<Vec<u8>>, Diagnostics), Diagnostic> {
    let created = date::of_run(&args.date)?;
    let (root, name) = place(args)?;
    let assets = Assets::builtin().with_root(&root);
    let html = assets.read(&name, "").map_err(|error| unreadable(&args.file, &error))?;
    let html = String::from_utf8(html.bytes.into_owned()).map_err(|error| {
        let at = error.utf8_error().valid_up_to();
        Diagnostic::error(
            "cli/encoding",
            format!("`{}` is not UTF-8 (byte {at})", args.file.display()),
        )
        .help("Save the file as UTF-8.")
    })?;
    let font_sources = FontSources {
        assets: assets.clone(),
        folders: args.fonts.font_dir.clone(),
        system: args.fonts.system_fonts,
    };
    let (fonts, mut found) = font_sources.open();
    if let Some(fault) = found.iter().find(|fault| fault.is_error()) {
        return Err(fault.clone());
    }
    let sheets = Sheets::new();
    let source = sources.add(args.file.to_string_lossy().replace('\\', "/"), html.as_str());
    let origins = OriginMap::identity(Span::new(source, 0, html.len()));
    let press = Press { assets: &assets, sources, fonts: &fonts, sheets: &sheets, created };
    let claims = Claims { archive: args.archive.into(), accessible: args.accessible.into() };
    let given = Given { claims, ..Given::default() };
    let (paper, printing) = press.print(&html, origins, &name, given);
    found.append(printing);
    Ok((paper.map(|paper| paper.bytes), found))
}

/// The folder that everything comes from, and the file's path below it.
fn place(args: &RenderArgs) -> Result<(PathBuf, String), Diagnostic> {
    let missing = |error: std::io::Error| unreadable(&args.file, &AssetError::Unreadable(error));
    let file = args.file.canonicalize().map_err(missing)?;
    let folder = file.parent().unwrap_or(Path::new(".")).to_owned();
    let root = match &args.base {
        Some(base) => base.canonicalize().map_err(|error| {
            Diagnostic::error(
                "cli/base",
                format!("cannot open the folder `{}`: {}", shown(base), in_words(&error)),
            )
        })?,
        None => folder,
    };
    let below = file.strip_prefix(&root).map_err(|_| {
        let base = args.base.as_deref().unwrap_or(&root);
        let message = format!("`{}` does not lie below `{}`", shown(&args.file), shown(base));
        Diagnostic::error("cli/base", message)
            .help("Name a folder with --base that holds the file.")
    })?;
    Ok((root, below.to_string_lossy().replace('\\', "/")))
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
