//! `dossier text`: prints PDF files, ours or anybody's, as a screen reader reads them.

use std::fmt::Write as _;
use std::io::Write as _;

use crate::diag::{self, Diagnostic};
use crate::reading::{self, Manner, Paper};

use super::Ended;
use super::args::{Log, TextArgs};
use super::report::Reporter;

/// Prints each file, in the order in which the files are named.
pub fn run(args: &TextArgs, reporter: &mut Reporter) -> Ended {
    let mut ended = Ended::Done;
    for (index, file) in args.files.iter().enumerate() {
        let name = diag::shown(file);
        let read = std::fs::read(file)
            .map_err(|error| diag::in_words(&error))
            .and_then(|bytes| reading::read(bytes).map_err(|why| why.to_string()));
        let paper = match read {
            Ok(paper) => paper,
            Err(why) => {
                let message = format!("{name} cannot be read: {why}");
                reporter.report([&Diagnostic::error("text/unreadable", message)]);
                ended = Ended::Unusable;
                continue;
            }
        };
        if let Some(doubt) = doubt(&name, &paper) {
            reporter.report([&doubt]);
            if reporter.is_strict() && ended == Ended::Done {
                ended = Ended::SomeFailed;
            }
        }
        let text = match reporter.log() {
            Log::Text => {
                let heading = if args.files.len() > 1 { Some(&*name) } else { None };
                text_of(&paper, heading, args, index > 0)
            }
            Log::Json => {
                let mut whole = reading::json(&paper, args.artifacts);
                if let Some(whole) = whole.as_object_mut() {
                    whole.insert("file".into(), name.into());
                }
                format!("{whole}\n")
            }
        };
        // Nothing can be done when standard output is closed.
        let _ = std::io::stdout().write_all(text.as_bytes());
    }
    ended
}

/// What a reader of the text is to know about the file.
fn doubt(name: &str, paper: &Paper) -> Option<Diagnostic> {
    if !paper.is_tagged {
        let message = format!("{name} has no structure");
        let help = "the text is given in the order in which it is painted, which may not be the \
                    order in which it is to be read; a screen reader can only guess as well";
        return Some(Diagnostic::warning("text/untagged", message).help(help));
    }
    let loose = paper.loose.iter().filter(|text| !text.trim().is_empty()).count();
    let lost = match (loose, paper.unread) {
        (0, 0) => return None,
        (0, unread) => format!("{unread} pieces of text"),
        (pages, 0) => format!("text on {pages} pages"),
        (pages, unread) => format!("{unread} pieces of text, and text on {pages} pages,"),
    };
    let message = format!("{name}: {lost} belong to no element of the structure");
    let help = "a screen reader does not meet them; `dossier verify` tells where they are";
    Some(Diagnostic::warning("text/unread", message).help(help))
}

fn text_of(paper: &Paper, heading: Option<&str>, args: &TextArgs, follows: bool) -> String {
    let mut text = String::new();
    if follows {
        text.push('\n');
    }
    if let Some(name) = heading {
        let _ = writeln!(text, "{name}");
    }
    if args.plain {
        text.push_str(&reading::speak(paper, Manner::Plain));
    } else {
        let said = |value: &Option<String>| value.as_deref().unwrap_or("none").to_owned();
        let _ = writeln!(text, "title: {}", said(&paper.title));
        let _ = writeln!(text, "language: {}", said(&paper.language));
        let _ = writeln!(text, "pages: {}\n", paper.pages);
        text.push_str(&reading::speak(paper, Manner::Spoken));
    }
    if args.artifacts && !paper.artifacts.is_empty() {
        text.push_str("\nnot read:\n");
        for artifact in &paper.artifacts {
            let (page, kind) = (artifact.page + 1, &artifact.kind);
            let words: Vec<&str> = artifact.text.split_whitespace().collect();
            let _ = writeln!(text, "  page {page}, {kind}: {}", words.join(" "));
        }
    }
    text
}
