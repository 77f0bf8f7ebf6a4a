//! `dossier verify`: checks PDF files, ours or anybody's, against PDF/UA-1 and PDF/A.

use std::io::Write;
use std::path::Path;

use rayon::prelude::*;
use serde_json::json;

use crate::diag::{self, Diagnostic};
use crate::verify::finding::Finding;
use crate::verify::level::{Level, Levels};
use crate::verify::{self, Report};

use super::Ended;
use super::args::{Log, VerifyArgs};
use super::report::Reporter;

/// Checks each file and prints what is found, in the order in which the files are named.
pub fn run(args: &VerifyArgs, reporter: &mut Reporter) -> Ended {
    if args.rules {
        print(&rules());
        return Ended::Done;
    }
    if args.files.is_empty() {
        let nothing = Diagnostic::error("cli/arguments", "no file is named")
            .help("name the PDF files to check: dossier verify output/*.pdf");
        reporter.report([&nothing]);
        return Ended::Unusable;
    }
    let asked: Levels = args.against.iter().copied().collect();
    let verdicts: Vec<_> = args.files.par_iter().map(|file| examine(file, asked)).collect();
    let mut ended = Ended::Done;
    for (file, verdict) in args.files.iter().zip(verdicts) {
        let name = diag::shown(file);
        print(&match (reporter.log(), &verdict) {
            (Log::Text, Ok(report)) => text_of(&name, report),
            (Log::Text, Err(why)) => format!("{name}: cannot be checked: {why}\n"),
            (Log::Json, Ok(report)) => format!("{}\n", json_of(&name, report)),
            (Log::Json, Err(why)) => format!("{}\n", json!({ "file": name, "unreadable": why })),
        });
        ended = match (ended, verdict) {
            (Ended::Unusable, _) | (_, Err(_)) => Ended::Unusable,
            (Ended::Done, Ok(report)) if report.is_sound() => Ended::Done,
            _ => Ended::SomeFailed,
        };
    }
    ended
}

fn print(text: &str) {
    // Nothing can be done when standard output is closed.
    let _ = std::io::stdout().write_all(text.as_bytes());
}

/// What is wrong with a file, or why that cannot be told.
fn examine(file: &Path, asked: Levels) -> Result<Report, String> {
    let bytes = std::fs::read(file).map_err(|error| diag::in_words(&error))?;
    verify::verify(bytes, asked).map_err(|why| why.to_string())
}

fn text_of(name: &str, report: &Report) -> String {
    let against = listed(report.against);
    let pages = match report.pages {
        1 => "1 page".to_owned(),
        many => format!("{many} pages"),
    };
    if report.is_sound() {
        return format!("{name}: sound by {against} ({pages})\n");
    }
    let all: usize = report.counts.iter().map(|(_, count)| count).sum();
    let claims = match report.claims.is_empty() {
        true => "; it claims no level that is known here".to_owned(),
        false if report.claims == report.against => String::new(),
        false => format!("; it claims {}", listed(report.claims)),
    };
    let findings = if all == 1 { "1 finding" } else { &format!("{all} findings") };
    let mut text = format!("{name}: {findings} by {against} ({pages}{claims})\n");
    let mut told: Vec<&Finding> = report.findings.iter().collect();
    // Findings of one rule stand together, in the order in which the rules were first broken.
    let first = |rule: &str| report.findings.iter().position(|finding| finding.rule.id == rule);
    told.sort_by_key(|finding| first(finding.rule.id));
    for group in told.chunk_by(|one, next| one.rule.id == next.rule.id) {
        let Some(finding) = group.first() else { continue };
        let rule = finding.rule;
        let asks: Levels =
            rule.levels.iter().filter(|level| report.against.meets(level.set())).collect();
        text.push_str(&format!(
            "\n  {} {}: {} [{}]\n",
            listed(asks),
            rule.clause,
            rule.says,
            rule.id
        ));
        for finding in group {
            text.push_str(&format!("    {}\n", one_of(finding)));
        }
        let count =
            report.counts.iter().find(|(id, _)| *id == rule.id).map_or(0, |(_, count)| *count);
        if count > group.len() {
            text.push_str(&format!("    and {} more\n", count - group.len()));
        }
        text.push_str(&format!("    to mend it: {}\n", rule.mend));
    }
    text.push('\n');
    text
}

fn one_of(finding: &Finding) -> String {
    match finding.place.to_string() {
        place if place.is_empty() => finding.message.clone(),
        place => format!("{place}: {}", finding.message),
    }
}

fn listed(levels: Levels) -> String {
    levels.iter().map(|level| level.to_string()).collect::<Vec<_>>().join(" and ")
}

fn json_of(name: &str, report: &Report) -> serde_json::Value {
    let keys = |levels: Levels| levels.iter().map(Level::key).collect::<Vec<_>>();
    let findings: Vec<_> = report
        .findings
        .iter()
        .map(|finding| {
            let place = &finding.place;
            json!({
                "rule": finding.rule.id,
                "clause": finding.rule.clause,
                "levels": keys(finding.rule.levels),
                "asks": finding.rule.says,
                "message": finding.message,
                "help": finding.rule.mend,
                "page": place.page,
                "object": place.object.map(|(number, generation)| format!("{number} {generation}")),
                "path": place.path,
                "offset": place.offset,
            })
        })
        .collect();
    let counts: serde_json::Map<_, _> =
        report.counts.iter().map(|(id, count)| ((*id).to_owned(), json!(count))).collect();
    json!({
        "file": name,
        "sound": report.is_sound(),
        "claims": keys(report.claims),
        "against": keys(report.against),
        "pages": report.pages,
        "findings": findings,
        "counts": counts,
    })
}

/// All rules, a line each.
fn rules() -> String {
    verify::rules().map(|rule| format!("{:<16} {}\n", rule.id, rule.says)).collect()
}
