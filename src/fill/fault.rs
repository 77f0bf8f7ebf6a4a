//! What goes wrong while a document is filled, and how it is told: with the template's tag and the
//! record's line.

use std::fmt;

use super::compile::Compiled;
use super::scan::block_name;
use crate::diag::{Code, Diagnostic};
use crate::editions::Withheld;
use crate::source::{Sources, Span};

/// A place in the data: the keys and numbers that lead to it.
pub(super) type Path = Vec<String>;

/// One fault, before its places are looked up. Boxed, since every helper's result has room for one.
#[derive(Debug)]
pub(super) struct Fault(Box<Details>);

#[derive(Debug)]
struct Details {
    code: Code,
    message: String,
    help: Vec<String>,
    /// The tag, as a number among the places.
    tag: usize,
    /// The argument as the template writes it.
    written: Option<String>,
    /// The value at fault, or the nearest one that is there.
    path: Option<Path>,
    /// What to say at the record.
    label: String,
}

impl Fault {
    pub(super) fn new(code: Code, tag: usize, message: impl Into<String>) -> Fault {
        Fault(Box::new(Details {
            code,
            message: message.into(),
            help: Vec::new(),
            tag,
            written: None,
            path: None,
            label: "in this record".to_owned(),
        }))
    }

    /// Whether it says again what `other` says. What an edition does not show is a fault of the
    /// template, so that one record stands for all; what is wrong with an option is one fault,
    /// wherever the template asks for it.
    pub(super) fn repeats(&self, other: &Fault) -> bool {
        let same = match self.0.code {
            "fill/edition" => self.0.tag == other.0.tag,
            "fill/option" => self.0.path == other.0.path,
            _ => false,
        };
        same && (self.0.code, &self.0.message) == (other.0.code, &other.0.message)
    }

    /// The fault of using a field that the paper's edition does not show. It points at the record and
    /// not at the value, which messages must not show either.
    pub(super) fn above_edition(
        withheld: &Withheld,
        tag: usize,
        written: Option<&str>,
        path: Option<&[String]>,
    ) -> Fault {
        let record = path.and_then(|path| path.get(..path.len().checked_sub(1)?));
        Fault::new("fill/edition", tag, withheld.message())
            .written(written)
            .path(record, "of this record")
            .help(withheld.help())
    }

    pub(super) fn help(mut self, help: impl Into<String>) -> Fault {
        self.0.help.push(help.into());
        self
    }

    pub(super) fn written(mut self, written: Option<&str>) -> Fault {
        self.0.written = written.map(str::to_owned);
        self
    }

    pub(super) fn path(mut self, path: Option<&[String]>, label: impl Into<String>) -> Fault {
        self.0.path = path.map(<[String]>::to_vec);
        self.0.label = label.into();
        self
    }

    /// The finding with the template's place first and the record's second.
    pub(super) fn diagnose(
        self,
        compiled: &Compiled,
        sources: &Sources,
        record: &dyn Fn(&str) -> Option<Span>,
        subject: Option<Span>,
    ) -> Diagnostic {
        let details = *self.0;
        let mut found = Diagnostic::error(details.code, details.message);
        if let Some(place) = compiled.places.get(details.tag) {
            let held = sources.get(place.span.source);
            let (start, end) = (place.span.start as usize, place.span.end as usize);
            let tag = held.text().get(start..end).unwrap_or_default();
            let within = details.written.as_deref().and_then(|written| find_word(tag, written));
            let span = match within {
                Some((from, to)) => Span::new(place.span.source, start + from, start + to),
                None => place.span,
            };
            let label = match details.written {
                Some(written) => format!("`{written}` is used here"),
                None => format!("in `{}`", block_name(tag)),
            };
            found = found.at(span, label);
        }
        if let Some(span) = place_of(details.path.as_deref(), record).or(subject) {
            found = found.context(span, details.label);
        }
        found.help = details.help;
        let named = compiled.places.get(details.tag).map(|place| sources.get(place.span.source));
        if let Some(file) = named.as_ref().and_then(|held| held.name().strip_prefix("built-in:"))
            && found.help.iter().any(|help| help.contains("template"))
        {
            let copy = format!(
                "the template is built in: `dossier template {file}` puts a copy into the project that you can change"
            );
            found.help.push(copy);
        }
        found
    }
}

/// The place of a value, or of the nearest value that it is inside of.
fn place_of(path: Option<&[String]>, record: &dyn Fn(&str) -> Option<Span>) -> Option<Span> {
    let path = path?;
    (0..=path.len()).rev().find_map(|length| record(&pointer(path.get(..length)?)))
}

/// The JSON pointer of a path (RFC 6901).
fn pointer(path: &[String]) -> String {
    path.iter().map(|part| format!("/{}", part.replace('~', "~0").replace('/', "~1"))).collect()
}

/// `word` in `text`, not as a part of a longer name.
fn find_word(text: &str, word: &str) -> Option<(usize, usize)> {
    let is_name = |c: char| c.is_alphanumeric() || "_-.@/$".contains(c);
    text.match_indices(word).map(|(at, _)| (at, at + word.len())).find(|(start, end)| {
        let before = text.get(..*start).and_then(|part| part.chars().next_back());
        let after = text.get(*end..).and_then(|part| part.chars().next());
        !before.is_some_and(is_name) && !after.is_some_and(is_name)
    })
}

/// A list of names as a sentence has them.
pub(super) struct Names<'n>(pub(super) &'n [&'n str]);

impl fmt::Display for Names<'_> {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        for (index, name) in self.0.iter().enumerate() {
            let joint = if index == 0 { "" } else { ", " };
            write!(f, "{joint}`{name}`")?;
        }
        Ok(())
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn find_word_inside_a_longer_name_is_passed_over() {
        assert_eq!(find_word("{{date-range start end}}", "end"), Some((19, 22)));
        assert_eq!(find_word("{{x.end}}", "end"), None);
    }

    #[test]
    fn pointer_with_slashes_and_tildes_is_escaped() {
        assert_eq!(pointer(&["a/b".to_owned(), "c~d".to_owned()]), "/a~1b/c~0d");
        assert_eq!(pointer(&[]), "");
    }
}
