//! What a helper sees of its call: arguments, options, the document's language, and how to say what
//! is wrong with them.

use std::borrow::Cow;
use std::ops::RangeInclusive;

use serde_json::{Map, Value as Json};

use super::document::Document;
use super::fault::{Fault, Names, Path};
use crate::diag::Code;
use crate::editions::{NOBODY, Withheld};
use crate::locale::{Locale, PartialDate};
use crate::near;

/// A value that stands for a value of the data, so that a list that was sorted or selected still
/// knows which record each item is: `{REFERENCE: ["people", "3"]}`. The key is a noncharacter.
const REFERENCE: &str = "\u{FDD3}";
/// What a helper gives in place of a value when it has reported a fault; whoever gets it is silent.
const FAULTY: &str = "\u{FDD2}";

/// An argument, or an item of one.
#[derive(Debug, Clone)]
pub(super) struct Given<'a> {
    pub(super) value: &'a Json,
    /// As the template writes it, unless it is a literal or computed.
    pub(super) written: Option<&'a str>,
    /// Where it stands in the data.
    pub(super) path: Option<Path>,
}

/// The call of a helper.
pub(super) struct Call<'a> {
    pub(super) name: &'a str,
    pub(super) args: Vec<Given<'a>>,
    pub(super) options: Vec<(&'a str, Given<'a>)>,
    pub(super) document: &'a Document<'a>,
    /// The paper's whole data.
    pub(super) root: &'a Json,
    pub(super) tag: usize,
}

/// The value that stands for a reported fault.
pub(super) fn faulty() -> Json {
    Json::String(FAULTY.to_owned())
}

/// Whether a value stands for a reported fault.
pub(super) fn is_faulty(value: &Json) -> bool {
    value.as_str() == Some(FAULTY)
}

/// The value itself, and its path if it is a reference.
pub(super) fn resolve<'a>(value: &'a Json, root: &'a Json) -> (&'a Json, Option<Path>) {
    let reference =
        value.as_object().filter(|map| map.len() == 1).and_then(|map| map.get(REFERENCE));
    let Some(Json::Array(parts)) = reference else { return (value, None) };
    let path: Path = parts.iter().filter_map(|part| part.as_str().map(str::to_owned)).collect();
    let mut at = root;
    for part in &path {
        let next = match at {
            Json::Object(map) => map.get(part),
            Json::Array(list) => part.parse::<usize>().ok().and_then(|index| list.get(index)),
            _ => None,
        };
        match next {
            Some(next) => at = next,
            None => return (value, None),
        }
    }
    (at, Some(path))
}

impl<'a> Given<'a> {
    /// The value as another helper may take it: by reference when it is part of the data.
    pub(super) fn pass_on(&self) -> Json {
        match &self.path {
            Some(path) if self.value.is_object() || self.value.is_array() => {
                let parts = path.iter().map(|part| Json::from(part.as_str())).collect();
                Json::Object(Map::from_iter([(REFERENCE.to_owned(), Json::Array(parts))]))
            }
            _ => self.value.clone(),
        }
    }

    /// The value below a key or number.
    pub(super) fn below(&self, key: &str, value: &'a Json) -> Given<'a> {
        let path = self.path.as_ref().map(|path| {
            let mut path = path.clone();
            path.push(key.to_owned());
            path
        });
        Given { value, written: self.written, path }
    }

    /// What kind of value it is, for messages.
    pub(super) fn describe(&self) -> &'static str {
        match self.value {
            Json::Null => "nothing",
            Json::Bool(_) => "true or false",
            Json::Number(_) => "a number",
            Json::String(_) => "a text",
            Json::Array(_) => "a list",
            Json::Object(_) => "a map of keys",
        }
    }
}

impl<'a> Call<'a> {
    pub(super) fn locale(&self) -> &'a Locale {
        self.document.locale
    }

    /// The argument numbered `index`; that it is there was checked when the template was compiled.
    pub(super) fn arg(&self, index: usize) -> Result<&Given<'a>, Fault> {
        self.args.get(index).ok_or_else(|| {
            self.fault("fill/arguments", format!("`{}` needs more arguments", self.name))
        })
    }

    pub(super) fn option(&self, name: &str) -> Option<&Given<'a>> {
        self.options.iter().find(|(known, _)| *known == name).map(|(_, given)| given)
    }

    /// An option that is a text, or `default`.
    pub(super) fn text_option(&self, name: &str, default: &'a str) -> Result<Cow<'a, str>, Fault> {
        match self.option(name) {
            Some(given) => self.plain(given),
            None => Ok(Cow::Borrowed(default)),
        }
    }

    /// An option that is yes or no; no when it is not given.
    pub(super) fn flag(&self, name: &str) -> bool {
        self.option(name).is_some_and(|given| truthy(given.value))
    }

    /// An option that is a whole number in a range; any other is a fault.
    pub(super) fn number_option(
        &self,
        name: &str,
        default: u64,
        range: RangeInclusive<u64>,
    ) -> Result<u64, Fault> {
        let Some(given) = self.option(name) else { return Ok(default) };
        given.value.as_u64().filter(|number| range.contains(number)).ok_or_else(|| {
            let (least, most) = (range.start(), range.end());
            let wanted = format!("a whole number from {least} to {most} for `{name}`");
            match given.value {
                Json::Number(number) => {
                    let message = format!("`{}` needs {wanted}, not {number}", self.name);
                    self.fault_of(given, "fill/wrong-kind", message)
                }
                _ => self.wrong(given, &wanted),
            }
        })
    }

    pub(super) fn fault(&self, code: Code, message: impl Into<String>) -> Fault {
        Fault::new(code, self.tag, message)
    }

    /// A fault of one argument.
    pub(super) fn fault_of(&self, given: &Given, code: Code, message: impl Into<String>) -> Fault {
        self.fault(code, message)
            .written(given.written)
            .path(given.path.as_deref(), "the value stands here")
    }

    /// An argument of another kind than `wanted`.
    pub(super) fn wrong(&self, given: &Given, wanted: &str) -> Fault {
        let what = given.written.map_or(String::new(), |written| format!("`{written}` is "));
        let message = format!("`{}` needs {wanted}, but {what}{}", self.name, given.describe());
        let message = if what.is_empty() { message.replace("but ", "not ") } else { message };
        self.fault_of(given, "fill/wrong-kind", message)
    }

    /// The fault of using a field that the paper's edition does not show.
    pub(super) fn above_edition(&self, withheld: &Withheld, given: &Given) -> Fault {
        Fault::above_edition(withheld, self.tag, given.written, given.path.as_deref())
    }

    /// A text or number as text.
    pub(super) fn plain(&self, given: &Given<'a>) -> Result<Cow<'a, str>, Fault> {
        if let Some(withheld) = Withheld::of(given.value) {
            return Err(self.above_edition(&withheld, given));
        }
        match given.value {
            Json::String(text) => Ok(Cow::Borrowed(text)),
            Json::Number(number) => Ok(Cow::Owned(number.to_string())),
            Json::Null => Err(self.null(given)),
            _ => Err(self.wrong(given, "a text")),
        }
    }

    /// A text, or the document's language of a text per language.
    pub(super) fn text(&self, given: &Given<'a>) -> Result<Cow<'a, str>, Fault> {
        let Json::Object(texts) = given.value else { return self.plain(given) };
        match self.own(texts) {
            Some(text) => Ok(Cow::Borrowed(text)),
            None => {
                let language = self.locale().language();
                let languages: Vec<&str> = texts.keys().map(String::as_str).collect();
                let message = format!("there is no text in the document's language `{language}`");
                Err(self
                    .fault_of(given, "fill/no-text-in-language", message)
                    .help(format!("the texts here are {}", Names(&languages)))
                    .help(format!("add the text under `{language}`{}", in_a_list(given, language))))
            }
        }
    }

    /// Whether a text per language has one in the document's.
    pub(super) fn has_text(&self, given: &Given<'a>) -> bool {
        given.value.as_object().is_some_and(|texts| self.own(texts).is_some())
    }

    fn own(&self, texts: &'a Map<String, Json>) -> Option<&'a str> {
        let language = self.locale().language();
        let short = language.split('-').next().unwrap_or(language);
        texts.get(language).or_else(|| texts.get(short))?.as_str()
    }

    /// The record of nobody that tells what the paper's edition does not show, where it shows not all.
    pub(super) fn nobody(&self) -> Option<Given<'a>> {
        let records = || self.root.as_object().into_iter().flat_map(Map::values);
        let lists = records().filter_map(|record| record.get("participants"));
        let value = records().chain(lists).find_map(|holder| holder.get(NOBODY))?;
        Some(Given { value, written: None, path: None })
    }

    pub(super) fn null(&self, given: &Given) -> Fault {
        let key = given.path.as_ref().and_then(|path| path.last()).map(String::as_str);
        let name = given.written.or(key).unwrap_or("…");
        let shown = if name == "…" { "the value".to_owned() } else { format!("`{name}`") };
        self.fault("fill/missing-value", format!("{shown} is empty"))
            .written(given.written)
            .path(given.path.as_deref(), format!("the record has no {shown}"))
            .help(format!(
                "give it in the record, or ask for it with `{{{{#if {name}}}}}` in the template"
            ))
    }

    /// The items of a list; `null` is a fault.
    pub(super) fn items(&self, given: &Given<'a>) -> Result<Vec<Given<'a>>, Fault> {
        match given.value {
            Json::Array(list) => Ok(list
                .iter()
                .enumerate()
                .map(|(index, item)| match resolve(item, self.root) {
                    (value, Some(path)) => {
                        Given { value, written: given.written, path: Some(path) }
                    }
                    (value, None) => given.below(&index.to_string(), value),
                })
                .collect()),
            Json::Null => Err(self.null(given)),
            _ => Err(self.wrong(given, "a list")),
        }
    }

    /// The value of an item under a dotted key.
    pub(super) fn key(&self, item: &Given<'a>, key: &str) -> Result<Given<'a>, Fault> {
        let mut at = item.clone();
        for part in key.split('.') {
            let next = match at.value {
                Json::Object(map) => map.get(part),
                _ => None,
            };
            let Some(next) = next else {
                let mut fault = self
                    .fault("fill/missing-value", format!("`{key}` is missing in an item"))
                    .path(at.path.as_deref(), format!("there is no `{part}` here"));
                if let Json::Object(map) = at.value {
                    fault = fault.help(keys_help(part, map));
                }
                return Err(fault);
            };
            let below = at.below(part, next);
            if let Some(withheld) = Withheld::of(next) {
                return Err(self.above_edition(&withheld, &Given { written: None, ..below }));
            }
            at = match resolve(next, self.root) {
                (value, Some(path)) => Given { value, written: at.written, path: Some(path) },
                _ => below,
            };
        }
        Ok(at)
    }

    /// A date as the data write it.
    pub(super) fn date(&self, given: &Given) -> Result<PartialDate, Fault> {
        let text = match given.value {
            Json::String(text) => Cow::Borrowed(text.as_str()),
            Json::Number(year) => Cow::Owned(year.to_string()),
            Json::Null => return Err(self.null(given)),
            _ => return Err(self.wrong(given, "a date")),
        };
        PartialDate::parse_iso(&text).map_err(|error| {
            self.fault_of(given, "fill/not-a-date", error.to_string())
                .help("a date is written `2014-03-15`, `2014-03`, `2014` or `--02-14`")
        })
    }
}

/// Where the text of a person stands in a CSV list.
fn in_a_list(given: &Given, language: &str) -> String {
    match given.path.as_deref() {
        Some([.., people, _, field]) if people == "people" => {
            format!("; a CSV list has it in a column `{field}-{language}`")
        }
        _ => String::new(),
    }
}

/// What counts as yes in a condition.
pub(super) fn truthy(value: &Json) -> bool {
    match value {
        Json::Null => false,
        Json::Bool(yes) => *yes,
        Json::Number(number) => number.as_f64().is_some_and(|number| number != 0.0),
        Json::String(text) => !text.is_empty(),
        Json::Array(list) => !list.is_empty(),
        Json::Object(map) => !map.is_empty(),
    }
}

/// The nearest of the keys that are there, or all when none is near.
pub(super) fn keys_help(wanted: &str, map: &Map<String, Json>) -> String {
    if let Some(help) = near::help(wanted, map.keys().map(String::as_str)) {
        return help;
    }
    let keys = map.keys().map(String::as_str).filter(|key| *key != NOBODY);
    let keys: Vec<&str> = keys.take(12).collect();
    if keys.is_empty() {
        return "nothing is given there".to_owned();
    }
    let more = if map.len() > keys.len() { " and others" } else { "" };
    format!("what is given there: {}{more}", Names(&keys))
}
