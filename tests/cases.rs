//! Runs the cases: a folder each, with input, the command and everything that it must give.

use std::collections::BTreeMap;
use std::fs;
use std::path::{Path, PathBuf};
use std::process::Command;

use crate::support::claims::Claims;
use dossier::verify::level::Levels;

use crate::support::pdf::Pdf;
use crate::support::{picture, rules};

/// The date of every case's run.
const AS_OF: &str = "1772323200"; // 2026-03-01

#[test]
fn every_case_gives_what_it_is_to_give() {
    let root = Path::new(env!("CARGO_MANIFEST_DIR")).join("tests/cases");
    let mut folders = Vec::new();
    find_cases(&root, &mut folders);
    folders.sort();
    assert!(!folders.is_empty(), "there are no cases below {}", root.display());
    let only = std::env::var("DOSSIER_CASE").unwrap_or_default();
    let mut wrong = Vec::new();
    for folder in folders.iter().filter(|folder| folder.to_string_lossy().contains(&only)) {
        let name = folder.strip_prefix(&root).expect("a case below the root").display().to_string();
        wrong.extend(run_case(folder).into_iter().map(|fault| format!("{name}: {fault}")));
    }
    assert!(
        wrong.is_empty(),
        "\n{}\n\nDOSSIER_REFRESH=1 cargo test takes the new results over.",
        wrong.join("\n")
    );
}

fn find_cases(folder: &Path, found: &mut Vec<PathBuf>) {
    if folder.join("command").is_file() {
        found.push(folder.to_owned());
        return;
    }
    for entry in fs::read_dir(folder).expect("a readable folder of cases").flatten() {
        if entry.path().is_dir() {
            find_cases(&entry.path(), found);
        }
    }
}

fn run_case(folder: &Path) -> Vec<String> {
    let work = tempfile::tempdir().expect("a temporary folder");
    let input = folder.join("input");
    if input.is_dir() {
        copy(&input, work.path());
    }
    let commands = fs::read_to_string(folder.join("command")).expect("the case's command");
    let mut given = run_commands(&commands, work.path());
    let mut faults = Vec::new();
    let mut pdfs = Vec::new();
    find_pdfs(work.path(), &mut pdfs);
    // A PDF that a case brings is input to be read, not a paper of ours.
    let is_brought = |path: &PathBuf| {
        path.strip_prefix(work.path()).is_ok_and(|name| input.join(name).is_file())
    };
    pdfs.retain(|path| !is_brought(path));
    pdfs.sort();
    for path in pdfs {
        let name = path.strip_prefix(work.path()).expect("a file of the case");
        let name = name.with_extension("").to_string_lossy().replace(['/', '\\'], "-");
        let bytes = fs::read(&path).expect("a readable PDF");
        faults
            .extend(rules::faults(&bytes).into_iter().map(|fault| format!("{name}.pdf: {fault}")));
        let pdf = Pdf::read(&bytes);
        given.insert(format!("{name}.structure.txt"), pdf.structure().into_bytes());
        let claims = Claims::of(&pdf);
        // What claims no level has nothing to be held against.
        if claims.accessible || claims.archive.is_some() {
            keep(folder, &name, &bytes);
            let report = dossier::verify::verify(bytes.clone(), Levels::NONE);
            faults.extend(match report {
                Ok(report) => report
                    .findings
                    .iter()
                    .map(|one| {
                        format!("{name}.pdf: {} at {}: {}", one.rule.id, one.place, one.message)
                    })
                    .collect(),
                Err(why) => vec![format!("{name}.pdf: {why}")],
            });
        }
        if let Some(claims) = claims.unusual(&pdf) {
            given.insert(format!("{name}.claims.txt"), claims.into_bytes());
        }
        for (page, png) in picture::pages(&bytes, picture::wanted(folder, &name, pdf.pages.len())) {
            given.insert(format!("{name}-{}.png", page + 1), png);
        }
    }
    compare(&folder.join("expected"), given, &mut faults);
    faults
}

/// Keeps a case's PDF below the folder that `DOSSIER_KEEP` names, for other tools to look at.
fn keep(case: &Path, name: &str, bytes: &[u8]) {
    let Some(kept) = std::env::var_os("DOSSIER_KEEP") else { return };
    let root = Path::new(env!("CARGO_MANIFEST_DIR")).join("tests/cases");
    let folder = Path::new(&kept).join(case.strip_prefix(&root).expect("a case below the root"));
    fs::create_dir_all(&folder).expect("a folder to keep the PDF in");
    fs::write(folder.join(format!("{name}.pdf")), bytes).expect("the PDF is kept");
}

/// Runs each line of `commands` in the folder `work`: what they print, one after the other, and
/// how they end. Where there are several, the line itself stands above what it gives.
fn run_commands(commands: &str, work: &Path) -> BTreeMap<String, Vec<u8>> {
    let several = commands.lines().count() > 1;
    let mut given: BTreeMap<String, Vec<u8>> = BTreeMap::new();
    let mut keep = |name: &str, heading: &str, bytes: &[u8]| {
        if bytes.is_empty() {
            return;
        }
        let kept = given.entry(name.into()).or_default();
        if several {
            kept.extend(
                format!("{}$ dossier {heading}\n", if kept.is_empty() { "" } else { "\n" }).bytes(),
            );
        }
        kept.extend(bytes);
    };
    for command in commands.lines() {
        let done = Command::new(env!("CARGO_BIN_EXE_dossier"))
            .args(command.split_whitespace())
            .current_dir(work)
            .env("SOURCE_DATE_EPOCH", AS_OF)
            .env("NO_COLOR", "1")
            .output()
            .expect("dossier runs");
        keep("status", command, format!("{}\n", done.status.code().unwrap_or(-1)).as_bytes());
        keep("stdout", command, &done.stdout);
        keep("stderr", command, &done.stderr);
    }
    given
}

fn compare(expected: &Path, given: BTreeMap<String, Vec<u8>>, faults: &mut Vec<String>) {
    if std::env::var_os("DOSSIER_REFRESH").is_some() {
        let _ = fs::remove_dir_all(expected);
        fs::create_dir_all(expected).expect("a folder for what is expected");
        for (name, bytes) in given {
            fs::write(expected.join(name), bytes).expect("a writable file");
        }
        return;
    }
    let mut names: Vec<String> = fs::read_dir(expected)
        .map(|entries| {
            entries.flatten().map(|e| e.file_name().to_string_lossy().into_owned()).collect()
        })
        .unwrap_or_default();
    names.extend(given.keys().cloned());
    names.sort();
    names.dedup();
    for name in names {
        let want = fs::read(expected.join(&name)).ok();
        match (want, given.get(&name)) {
            (Some(want), Some(got)) if name.ends_with(".png") => {
                faults.extend(picture::difference(&want, got).map(|how| format!("{name}: {how}")));
            }
            (Some(want), Some(got)) if want != *got => {
                faults.push(format!("{name} differs\n{}", first_difference(&want, got)));
            }
            (Some(_), None) => faults.push(format!("{name} is expected and was not given")),
            (None, Some(got)) => faults.push(format!(
                "{name} was given and is not expected:\n{}",
                if name.ends_with(".png") {
                    "(a picture)".into()
                } else {
                    String::from_utf8_lossy(got)
                }
            )),
            _ => {}
        }
    }
}

fn first_difference(want: &[u8], got: &[u8]) -> String {
    let (want, got) = (String::from_utf8_lossy(want), String::from_utf8_lossy(got));
    let same = want.lines().zip(got.lines()).take_while(|(a, b)| a == b).count();
    let line = |text: &str| text.lines().nth(same).unwrap_or("(the end)").to_owned();
    format!("  line {}\n  expected: {}\n  given:    {}", same + 1, line(&want), line(&got))
}

fn find_pdfs(folder: &Path, found: &mut Vec<PathBuf>) {
    for entry in fs::read_dir(folder).expect("a readable folder").flatten() {
        let path = entry.path();
        if path.is_dir() {
            find_pdfs(&path, found);
        } else if path.extension().is_some_and(|extension| extension == "pdf") {
            found.push(path);
        }
    }
}

fn copy(from: &Path, to: &Path) {
    fs::create_dir_all(to).expect("a writable folder");
    for entry in fs::read_dir(from).expect("a readable folder").flatten() {
        let target = to.join(entry.file_name());
        if entry.path().is_dir() {
            copy(&entry.path(), &target);
        } else {
            fs::copy(entry.path(), target).expect("a file that can be copied");
        }
    }
}
