//! What went wrong, where, and how to mend it: the one currency of errors between stages.
//!
//! Stages collect every fault of a pass in [`Diagnostics`] instead of stopping at the first.
//! Rendering for people and for machines is the command line's business.

use rustc_hash::FxHashSet;

use crate::source::{Sources, Span};

/// What the system says of a file, in words that do not differ between systems.
pub fn in_words(error: &std::io::Error) -> String {
    use std::io::ErrorKind;
    let words = match error.kind() {
        ErrorKind::NotFound => "it is not there",
        ErrorKind::PermissionDenied => "it is closed to you (no permission)",
        ErrorKind::AlreadyExists => "there is a file of that name already",
        ErrorKind::IsADirectory => "it is a folder, not a file",
        ErrorKind::NotADirectory => "a part of its path is a file, not a folder",
        ErrorKind::StorageFull => "the disk is full",
        ErrorKind::ReadOnlyFilesystem => "the disk can only be read",
        ErrorKind::QuotaExceeded => "your share of the disk is used up",
        ErrorKind::FileTooLarge => "it is too large for this disk",
        ErrorKind::ResourceBusy | ErrorKind::ExecutableFileBusy => "another program is using it",
        ErrorKind::InvalidFilename => {
            "its name is too long or has characters that this system refuses"
        }
        _ => return error.to_string(),
    };
    words.to_owned()
}

/// A path as people write it: with forward slashes, without `./` at its start.
pub fn shown(path: &std::path::Path) -> String {
    let path = path.to_string_lossy().replace('\\', "/");
    match path.strip_prefix("./") {
        Some(rest) if !rest.is_empty() => rest.to_owned(),
        _ => path,
    }
}

/// How bad a finding is. `--strict` turns warnings into errors.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum Severity {
    /// The document (or the run) cannot be made.
    Error,
    /// The document is made, but somebody should look.
    Warning,
}

/// A stable name of a kind of finding, `stage/what`, for filters and documentation.
pub type Code = &'static str;

/// A place that a message points at, with a word on it.
#[derive(Debug, Clone, PartialEq, Eq, Hash)]
pub struct Label {
    /// Where.
    pub span: Span,
    /// What is to be seen there; may be empty.
    pub text: String,
    /// Whether the caret of the message itself stands here (else it is context).
    pub primary: bool,
}

/// One finding.
#[derive(Debug, Clone, PartialEq, Eq, Hash)]
pub struct Diagnostic {
    /// Error or warning.
    pub severity: Severity,
    /// The kind of finding, such as `data/unknown-key`.
    pub code: Code,
    /// What is wrong, in one sentence without a full stop, starting in lower case.
    pub message: String,
    /// Where, most important first.
    pub labels: Vec<Label>,
    /// How to mend it, a sentence each.
    pub help: Vec<String>,
}

impl Diagnostic {
    /// An error of kind `code`.
    pub fn error(code: Code, message: impl Into<String>) -> Diagnostic {
        Diagnostic::new(Severity::Error, code, message.into())
    }

    /// A warning of kind `code`.
    pub fn warning(code: Code, message: impl Into<String>) -> Diagnostic {
        Diagnostic::new(Severity::Warning, code, message.into())
    }

    fn new(severity: Severity, code: Code, message: String) -> Diagnostic {
        Diagnostic { severity, code, message, labels: Vec::new(), help: Vec::new() }
    }

    /// Points the message at `span`, with `text` beside the caret.
    #[must_use]
    pub fn at(mut self, span: Span, text: impl Into<String>) -> Diagnostic {
        self.labels.push(Label { span, text: text.into(), primary: true });
        self
    }

    /// Shows a second place that explains the first.
    #[must_use]
    pub fn context(mut self, span: Span, text: impl Into<String>) -> Diagnostic {
        self.labels.push(Label { span, text: text.into(), primary: false });
        self
    }

    /// Says how to mend it.
    #[must_use]
    pub fn help(mut self, help: impl Into<String>) -> Diagnostic {
        self.help.push(help.into());
        self
    }

    /// Whether this stops the document.
    pub fn is_error(&self) -> bool {
        self.severity == Severity::Error
    }
}

/// The findings of a stage or of a run.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct Diagnostics {
    found: Vec<Diagnostic>,
    /// The same, so that one that is there already is found at once.
    known: FxHashSet<Diagnostic>,
}

impl Diagnostics {
    /// None yet.
    pub fn new() -> Diagnostics {
        Diagnostics::default()
    }

    /// Adds one finding; one that is there already (same kind, words and places) is not repeated.
    pub fn push(&mut self, diagnostic: Diagnostic) {
        if self.known.insert(diagnostic.clone()) {
            self.found.push(diagnostic);
        }
    }

    /// Adds all findings of `other`.
    pub fn append(&mut self, other: Diagnostics) {
        other.found.into_iter().for_each(|diagnostic| self.push(diagnostic));
    }

    /// Whether any finding is an error.
    pub fn has_errors(&self) -> bool {
        self.found.iter().any(Diagnostic::is_error)
    }

    /// Whether nothing was found.
    pub fn is_empty(&self) -> bool {
        self.found.is_empty()
    }

    /// The findings in the order in which they were made.
    pub fn iter(&self) -> impl Iterator<Item = &Diagnostic> {
        self.found.iter()
    }

    /// Orders the findings by file name and place, so that the order of work does not show.
    pub fn sort(&mut self, sources: &Sources) {
        self.found.sort_by_cached_key(|diagnostic| {
            let place = diagnostic.labels.first().map(|label| {
                (sources.get(label.span.source).name().to_owned(), label.span.start, label.span.end)
            });
            (place, diagnostic.severity, diagnostic.code, diagnostic.message.clone())
        });
    }
}

impl From<Diagnostic> for Diagnostics {
    fn from(diagnostic: Diagnostic) -> Diagnostics {
        let mut found = Diagnostics::new();
        found.push(diagnostic);
        found
    }
}

impl IntoIterator for Diagnostics {
    type Item = Diagnostic;
    type IntoIter = std::vec::IntoIter<Diagnostic>;
    fn into_iter(self) -> Self::IntoIter {
        self.found.into_iter()
    }
}

impl Extend<Diagnostic> for Diagnostics {
    fn extend<I: IntoIterator<Item = Diagnostic>>(&mut self, diagnostics: I) {
        diagnostics.into_iter().for_each(|diagnostic| self.push(diagnostic));
    }
}
