//! Settings read one by one, with every fault kept.

use crate::diag::{Diagnostic, Diagnostics};
use crate::load::{Entry, Kind, Value};
use crate::locale::tag;
use crate::near::nearest;
use crate::source::Span;

use super::file_name;
use super::placed::Placed;

/// Collects the faults of the project file while its settings are read.
#[derive(Default)]
pub(super) struct Reader {
    pub found: Diagnostics,
}

/// A map whose keys are known.
pub(super) struct Fields<'a> {
    entries: &'a [Entry],
    span: Span,
    what: &'static str,
}

impl<'a> Fields<'a> {
    pub fn get(&self, key: &str) -> Option<&'a Value> {
        self.entries.iter().find(|entry| entry.key == key).map(|entry| &entry.value)
    }
}

impl Reader {
    /// The value as a map; keys that are not known are faults.
    pub fn fields<'a>(
        &mut self,
        value: &'a Value,
        what: &'static str,
        known: &[&[&str]],
    ) -> Option<Fields<'a>> {
        let Kind::Map(entries) = &value.kind else {
            self.wrong(value, &format!("{what} must be a map of keys"));
            return None;
        };
        for entry in entries {
            let known = || known.iter().flat_map(|keys| keys.iter().copied());
            if known().any(|key| key == entry.key) {
                continue;
            }
            let fault = Diagnostic::error(
                "project/unknown-key",
                format!("{what} has no setting “{}”", entry.key),
            )
            .at(entry.key_span, "not known");
            let help = match nearest(&entry.key, known()) {
                Some(near) => format!("did you mean `{near}`?"),
                None => format!("known are: {}", known().collect::<Vec<_>>().join(", ")),
            };
            self.found.push(fault.help(help));
        }
        Some(Fields { entries, span: value.span, what })
    }

    /// The value under a key that must be there.
    pub fn required<'a>(&mut self, fields: &Fields<'a>, key: &str) -> Option<&'a Value> {
        let value = fields.get(key);
        if value.is_none() {
            let place = fields.entries.first().map_or(fields.span, |entry| entry.key_span);
            let message = format!("the setting `{key}` of {} is missing", fields.what);
            let help = format!("add a line that starts with  {key}:");
            self.found
                .push(Diagnostic::error("project/missing-key", message).at(place, "").help(help));
        }
        value
    }

    /// Notes that something else was expected.
    pub fn wrong(&mut self, value: &Value, message: &str) {
        let here = format!("this is {}", value.describe());
        self.found.push(Diagnostic::error("project/wrong-type", message).at(value.span, here));
    }

    /// A text; numbers and the like count as written.
    pub fn text(&mut self, value: &Value, what: &str) -> Option<Placed<String>> {
        match value.text().map(str::trim) {
            Some(text) if !text.is_empty() => {
                Some(Placed { value: text.to_owned(), span: value.span })
            }
            Some(_) => {
                self.found.push(
                    Diagnostic::error("project/empty", format!("{what} is empty"))
                        .at(value.span, ""),
                );
                None
            }
            None => {
                self.wrong(value, &format!("{what} must be a text"));
                None
            }
        }
    }

    /// A list.
    pub fn list<'a>(&mut self, value: &'a Value, what: &str) -> &'a [Value] {
        match &value.kind {
            Kind::List(items) => items,
            _ => {
                self.wrong(value, &format!("{what} must be a list"));
                &[]
            }
        }
    }

    /// One text, or a list of them.
    pub fn texts(&mut self, value: &Value, what: &str) -> Vec<Placed<String>> {
        match &value.kind {
            Kind::List(items) => items.iter().filter_map(|item| self.text(item, what)).collect(),
            _ => self.text(value, what).into_iter().collect(),
        }
    }

    /// A whole number within bounds.
    pub fn number(
        &mut self,
        value: &Value,
        what: &str,
        within: std::ops::RangeInclusive<u32>,
    ) -> Option<Placed<u32>> {
        let number = value.text().and_then(|text| text.trim().parse().ok());
        if let Some(number) = number.filter(|number| within.contains(number)) {
            return Some(Placed { value: number, span: value.span });
        }
        let (least, most) = (within.start(), within.end());
        self.wrong(value, &format!("{what} must be a whole number from {least} to {most}"));
        None
    }

    /// One of a few words.
    pub fn choice<T: Copy>(
        &mut self,
        value: &Value,
        what: &str,
        choices: &[(&str, T)],
    ) -> Option<Placed<T>> {
        let text = self.text(value, what)?;
        if let Some((_, choice)) = choices.iter().find(|(word, _)| *word == text.value) {
            return Some(Placed { value: *choice, span: text.span });
        }
        let words: Vec<&str> = choices.iter().map(|(word, _)| *word).collect();
        self.found.push(
            Diagnostic::error(
                "project/unknown-value",
                format!("{what} cannot be “{}”", text.value),
            )
            .at(text.span, "")
            .help(match nearest(&text.value, words.iter().copied()) {
                Some(near) => {
                    format!("did you mean `{near}`? It is one of: {}", words.join(", "))
                }
                None => format!("it is one of: {}", words.join(", ")),
            }),
        );
        None
    }

    /// A path below the project's folder.
    pub fn path(&mut self, value: &Value, what: &str) -> Option<Placed<String>> {
        let text = self.text(value, what)?;
        self.check_path(text, what)
    }

    pub fn check_path(&mut self, text: Placed<String>, what: &str) -> Option<Placed<String>> {
        let backslash = || text.value.contains('\\').then(|| "holds “\\”".to_owned());
        if let Some(fault) = file_name::leaves_folder(&text.value).or_else(backslash) {
            self.found.push(
                Diagnostic::error("project/path", format!("{what} {fault}"))
                    .at(text.span, "")
                    .help("a path is written from the project's folder, with forward slashes"),
            );
            return None;
        }
        let trimmed = text.value.trim_start_matches("./").trim_end_matches('/').to_owned();
        Some(Placed { value: trimmed, span: text.span })
    }

    /// An id: what can be typed on a command line without quotes.
    pub fn id(&mut self, value: &Value, what: &str) -> Option<Placed<String>> {
        let id = self.text(value, what)?;
        let fits = |letter: char| letter.is_alphanumeric() || matches!(letter, '-' | '_' | '.');
        if id.value.chars().all(fits) {
            return Some(id);
        }
        self.found.push(
            Diagnostic::error(
                "project/id",
                format!("{what} “{}” holds more than letters, digits and hyphens", id.value),
            )
            .at(id.span, ""),
        );
        None
    }

    /// A language tag (BCP 47), by its looks.
    pub fn language(&mut self, value: &Value, what: &str) -> Option<Placed<String>> {
        let tag = self.text(value, what)?;
        if is_language(&tag.value) {
            return Some(tag);
        }
        self.found.push(no_language(&tag.value).at(tag.span, ""));
        None
    }
}

/// Whether a text is a language tag (BCP 47) as words and dates are looked up by it: its language is
/// written small.
pub(super) fn is_language(text: &str) -> bool {
    let language = text.split('-').next().unwrap_or_default();
    language.len() > 1
        && !language.bytes().any(|byte| byte.is_ascii_uppercase())
        && tag::is_tag(text)
}

/// The finding about a text that is no language tag.
pub(super) fn no_language(text: &str) -> Diagnostic {
    let help = match tag::meant(text) {
        Some(tag) => format!("did you mean `{tag}`?"),
        None => "languages are written as en, nb, nn, ro or, with a country, en-GB".to_owned(),
    };
    Diagnostic::error("project/language", format!("“{text}” is no language tag")).help(help)
}
