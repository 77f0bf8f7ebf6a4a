//! Interface words: the texts that templates print around the data.

use std::collections::BTreeMap;
use std::fmt;

use serde_yaml::Value;

use super::number::Numbers;
use crate::assets::{AssetError, Assets};
use crate::diag::{Diagnostic, Diagnostics};
use crate::near::nearest_few;
use crate::source::{SourceId, Sources, Span};

/// Deeper nesting of keys has no use and would let a file exhaust the stack.
const MAX_DEPTH: usize = 16;

/// The words of one language, by dotted key.
pub(super) struct Words {
    file: String,
    words: BTreeMap<String, Word>,
}

/// A text, or a text for each plural category.
enum Word {
    Text(String),
    Forms(BTreeMap<String, String>),
}

/// What fills a place in a word.
#[derive(Debug, Clone)]
pub enum WordValue {
    /// A text, as it is.
    Text(String),
    /// A whole number: chooses plural forms and is written with the language's grouping.
    Number(u64),
}

/// Why a word cannot be had.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum WordError {
    /// No such key.
    Missing {
        /// The key asked for.
        key: String,
        /// The file that lacks it.
        file: String,
        /// Keys like it.
        near: Vec<String>,
    },
    /// A place in braces that no value fills.
    Unfilled {
        /// The key asked for.
        key: String,
        /// The file that has it.
        file: String,
        /// The name in the braces.
        place: String,
    },
    /// The word has plural forms and no number was given.
    NoCount {
        /// The key asked for.
        key: String,
    },
    /// The word lacks the plural form that the number needs.
    NoForm {
        /// The key asked for.
        key: String,
        /// The file that has it.
        file: String,
        /// The CLDR's plural category.
        form: &'static str,
    },
}

impl fmt::Display for WordError {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            WordError::Missing { key, file, .. } => {
                write!(f, "the interface word `{key}` is missing in {file}")
            }
            WordError::Unfilled { key, file, place } => {
                write!(
                    f,
                    "the interface word `{key}` in {file} has a place `{{{place}}}` that is not filled"
                )
            }
            WordError::NoCount { key } => {
                write!(f, "the interface word `{key}` has plural forms and needs a number")
            }
            WordError::NoForm { key, file, form } => {
                write!(f, "the interface word `{key}` in {file} has no plural form `{form}`")
            }
        }
    }
}

impl Words {
    /// No words at all, for a language that is only written in dates and lists.
    pub(super) fn none(language: &str) -> Words {
        Words { file: path(language), words: BTreeMap::new() }
    }

    /// Reads `locales/LANGUAGE.yaml`.
    pub(super) fn load(
        language: &str,
        assets: &Assets,
        sources: &Sources,
    ) -> Result<Words, Diagnostics> {
        let asset =
            assets.read(&path(language), "").map_err(|error| unreadable(language, &error))?;
        let source = sources.add(asset.name.clone(), String::from_utf8_lossy(&asset.bytes));
        let text = std::str::from_utf8(&asset.bytes).map_err(|error| no_unicode(&error, source))?;
        let value: Value = serde_yaml::from_str(text).map_err(|error| malformed(&error, source))?;
        let mut words = Words { file: asset.name, words: BTreeMap::new() };
        let mut faults = Diagnostics::new();
        words.collect(String::new(), &value, source, 0, &mut faults);
        if faults.has_errors() { Err(faults) } else { Ok(words) }
    }

    pub(super) fn file(&self) -> &str {
        &self.file
    }

    pub(super) fn has(&self, key: &str) -> bool {
        self.words.contains_key(key)
    }

    /// The word `key` with its places filled.
    pub(super) fn fill(
        &self,
        key: &str,
        values: &[(&str, WordValue)],
        numbers: &Numbers,
    ) -> Result<String, WordError> {
        let word = self.words.get(key).ok_or_else(|| self.missing(key))?;
        let pattern =
            match word {
                Word::Text(text) => text,
                Word::Forms(forms) => {
                    let count = values.iter().find_map(|(name, value)| match value {
                        WordValue::Number(count) if *name == "count" => Some(*count),
                        _ => None,
                    });
                    let count = count.ok_or_else(|| WordError::NoCount { key: key.to_owned() })?;
                    let form = numbers.plural(count);
                    forms.get(form).or_else(|| forms.get("other")).ok_or_else(|| {
                        WordError::NoForm { key: key.to_owned(), file: self.file.clone(), form }
                    })?
                }
            };
        self.fill_places(key, pattern, values, numbers)
    }

    fn fill_places(
        &self,
        key: &str,
        pattern: &str,
        values: &[(&str, WordValue)],
        numbers: &Numbers,
    ) -> Result<String, WordError> {
        let mut filled = String::with_capacity(pattern.len());
        let mut rest = pattern;
        while let Some((before, after)) = rest.split_once('{') {
            filled.push_str(before);
            let Some((place, after)) = after.split_once('}') else {
                filled.push('{');
                rest = after;
                continue;
            };
            let value = values.iter().find(|(name, _)| *name == place).map(|(_, value)| value);
            match value {
                Some(WordValue::Text(text)) => filled.push_str(text),
                Some(WordValue::Number(number)) => {
                    let digits = number.to_string();
                    filled.push_str(&numbers.format(&digits, None).unwrap_or(digits));
                }
                None => {
                    return Err(WordError::Unfilled {
                        key: key.to_owned(),
                        file: self.file.clone(),
                        place: place.to_owned(),
                    });
                }
            }
            rest = after;
        }
        filled.push_str(rest);
        Ok(filled)
    }

    fn missing(&self, key: &str) -> WordError {
        let near = nearest_few(key, self.words.keys().map(String::as_str));
        let near = near.into_iter().map(str::to_owned).collect();
        WordError::Missing { key: key.to_owned(), file: self.file.clone(), near }
    }

    fn collect(
        &mut self,
        key: String,
        value: &Value,
        source: SourceId,
        depth: usize,
        faults: &mut Diagnostics,
    ) {
        match value {
            Value::String(text) => drop(self.words.insert(key, Word::Text(text.clone()))),
            Value::Mapping(entries) if depth < MAX_DEPTH => {
                if let Some(forms) = plural_forms(entries) {
                    self.words.insert(key, Word::Forms(forms));
                    return;
                }
                for (name, value) in entries {
                    let Some(name) = name.as_str() else {
                        faults.push(bad_word(format!("a key below `{key}` is not a text"), source));
                        continue;
                    };
                    let inner =
                        if key.is_empty() { name.to_owned() } else { format!("{key}.{name}") };
                    self.collect(inner, value, source, depth + 1, faults);
                }
            }
            _ => faults.push(bad_word(format!("the interface word `{key}` is not a text"), source)),
        }
    }
}

fn bad_word(message: String, source: SourceId) -> Diagnostic {
    Diagnostic::error("locale/bad-word", message)
        .at(Span::point(source, 0), "in this file")
        .help("a word is a text, or a map of plural forms such as `one` and `other`")
}

/// A map is plural forms when every key is a plural category and every value a text.
fn plural_forms(entries: &serde_yaml::Mapping) -> Option<BTreeMap<String, String>> {
    const CATEGORIES: [&str; 6] = ["zero", "one", "two", "few", "many", "other"];
    let forms: Option<BTreeMap<String, String>> = entries
        .iter()
        .map(|(key, value)| Some((key.as_str()?.to_owned(), value.as_str()?.to_owned())))
        .collect();
    forms.filter(|forms| {
        !forms.is_empty() && forms.keys().all(|key| CATEGORIES.contains(&key.as_str()))
    })
}

fn path(language: &str) -> String {
    format!("locales/{language}.yaml")
}

fn unreadable(language: &str, error: &AssetError) -> Diagnostics {
    let file = path(language);
    let message = match error {
        AssetError::Missing => {
            format!("there are no interface words for the language `{language}`")
        }
        AssetError::Outside => format!("`{language}` is not the name of a language"),
        AssetError::TooLarge(bytes) => format!("the file {file} is too large ({bytes} bytes)"),
        AssetError::Unreadable(error) => {
            format!("the file {file} cannot be read: {}", crate::diag::in_words(error))
        }
    };
    let code = "locale/no-words";
    let help = format!("write templates/{file}, beginning from a copy of the English one");
    Diagnostic::error(code, message).help(help).into()
}

fn no_unicode(error: &std::str::Utf8Error, source: SourceId) -> Diagnostics {
    Diagnostic::error("locale/malformed", "the word file is not written as Unicode (UTF-8)")
        .at(Span::point(source, error.valid_up_to()), "here")
        .help("save the file as UTF-8")
        .into()
}

fn malformed(error: &serde_yaml::Error, source: SourceId) -> Diagnostics {
    let at = error.location().map_or(0, |location| location.index());
    Diagnostic::error("locale/malformed", format!("the word file is not YAML: {error}"))
        .at(Span::point(source, at), "here")
        .into()
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::locale::Locale;

    fn english() -> Locale {
        Locale::load("en", &Assets::builtin(), &Sources::new()).unwrap()
    }

    fn number(count: u64) -> [(&'static str, WordValue); 1] {
        [("count", WordValue::Number(count))]
    }

    #[test]
    fn word_with_places_is_filled() {
        let version = [("version", WordValue::Text("1.2".to_owned()))];
        assert_eq!(english().word("footer.version", &version).as_deref(), Ok("Version 1.2"));
        let error = english().word("footer.version", &[]).unwrap_err();
        assert!(matches!(error, WordError::Unfilled { place, .. } if place == "version"));
    }

    #[test]
    fn word_with_plural_forms_follows_the_count() {
        let word = |count| english().word("count.participant", &number(count)).unwrap();
        assert_eq!(
            [word(1), word(0), word(1200)],
            ["1 participant", "0 participants", "1,200 participants"]
        );
        let error = english().word("count.participant", &[]).unwrap_err();
        assert!(matches!(error, WordError::NoCount { .. }));
    }

    #[test]
    fn word_that_is_missing_names_key_file_and_nearest() {
        let error = english().word("footer.versoin", &[]).unwrap_err();
        let WordError::Missing { key, file, near } = error else { panic!("{error}") };
        assert_eq!((key.as_str(), file.as_str()), ("footer.versoin", "built-in:locales/en.yaml"));
        assert_eq!(near, ["footer.version"]);
    }

    #[test]
    fn word_files_of_both_languages_have_the_same_keys_and_places() {
        let (assets, sources) = (Assets::builtin(), Sources::new());
        let keys = |language: &str| {
            let words = Words::load(language, &assets, &sources).unwrap().words;
            let places = |text: &str| -> Vec<String> {
                let mut places: Vec<String> = text
                    .split('{')
                    .skip(1)
                    .filter_map(|part| part.split_once('}').map(|(place, _)| place.to_owned()))
                    .collect();
                places.sort();
                places
            };
            words
                .into_iter()
                .map(|(key, word)| match word {
                    Word::Text(text) => (key, places(&text)),
                    Word::Forms(forms) => (key, forms.keys().cloned().collect()),
                })
                .collect::<Vec<_>>()
        };
        assert_eq!(keys("en"), keys("nb"));
    }

    #[test]
    fn words_of_a_language_without_a_file_are_an_error() {
        let result = Locale::load("uk", &Assets::builtin(), &Sources::new());
        let faults = result.map(|_| ()).unwrap_err();
        assert_eq!(faults.iter().next().unwrap().code, "locale/no-words");
        let outside = Locale::load("../../etc", &Assets::builtin(), &Sources::new());
        assert!(outside.is_err());
    }
}
