//! A progress bar on a terminal, plain lines otherwise.

use std::io::{IsTerminal, Write};

use indicatif::{ProgressBar, ProgressStyle};

use super::args::Log;

/// Tells how far a run has come.
pub struct Progress {
    bar: Option<ProgressBar>,
    log: Log,
}

impl Progress {
    /// Progress over `total` papers.
    pub fn new(total: usize, log: Log) -> Progress {
        let wanted = log == Log::Text && std::io::stderr().is_terminal();
        let bar = wanted.then(|| {
            let bar = ProgressBar::new(total as u64);
            // The template is a constant that the library's own tests cover; without it the bar
            // looks plainer.
            if let Ok(style) = ProgressStyle::with_template("{bar:32} {pos}/{len} {wide_msg}") {
                bar.set_style(style);
            }
            bar
        });
        Progress { bar, log }
    }

    /// One more paper is done.
    pub fn done(&self, file: &str, pages: Option<usize>) {
        match (&self.bar, pages) {
            (Some(bar), _) => {
                bar.set_message(file.to_owned());
                bar.inc(1);
            }
            (None, Some(pages)) => self.line(&line_of(file, pages)),
            (None, None) => self.line(&format!("failed   {file}")),
        }
    }

    /// Ends the bar.
    pub fn finish(&self) {
        if let Some(bar) = &self.bar {
            bar.finish_and_clear();
        }
    }

    fn line(&self, text: &str) {
        if self.log == Log::Text {
            // Nothing can be done when standard output is closed.
            let _ = writeln!(std::io::stdout(), "{text}");
        }
    }
}

fn line_of(file: &str, pages: usize) -> String {
    match pages {
        1 => format!("written  {file} (1 page)"),
        _ => format!("written  {file} ({pages} pages)"),
    }
}
