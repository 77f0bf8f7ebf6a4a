//! The fields of one map, asked for by name.

use super::reader::{Read, Reader};
use crate::diag::Diagnostic;
use crate::load::{Entry, Kind, Value};
use crate::model::PartialDate;
use crate::near::nearest;
use crate::source::Span;

/// The fields of one map. What is asked for is known; [`Fields::finish`] reports what is left.
pub(super) struct Fields<'v, 'r, 'a> {
    /// The reader that the map is read with.
    pub reader: &'r mut Reader<'a>,
    span: Span,
    entries: &'v [Entry],
    what: &'static str,
    asked: Vec<&'static str>,
    errors_before: usize,
}

impl<'v, 'r, 'a> Fields<'v, 'r, 'a> {
    pub(super) fn new(
        reader: &'r mut Reader<'a>,
        span: Span,
        entries: &'v [Entry],
        what: &'static str,
    ) -> Fields<'v, 'r, 'a> {
        let errors_before = reader.errors();
        Fields { reader, span, entries, what, asked: Vec::new(), errors_before }
    }

    /// The value under `key`; a null counts as left out.
    pub fn value(&mut self, key: &'static str) -> Option<&'v Value> {
        self.entry(key).map(|entry| &entry.value).filter(|value| value.kind != Kind::Null)
    }

    fn entry(&mut self, key: &'static str) -> Option<&'v Entry> {
        if !self.asked.contains(&key) {
            self.asked.push(key);
            #[cfg(test)]
            self.reader.asked.push(key);
        }
        self.entries.iter().find(|entry| entry.key == key)
    }

    /// A field that must be there.
    pub fn required<T: Read>(&mut self, key: &'static str) -> Option<T> {
        if let Some(value) = self.value(key) {
            return self.reader.inside(key, value.span, |reader| T::read(value, reader));
        }
        let missing = match self.entry(key) {
            Some(entry) => {
                // A CSV column's key stands far away, in the header; its empty cell is the place.
                let inside = entry.key_span.start >= self.span.start;
                let place = if inside { entry.key_span } else { entry.value.span };
                Diagnostic::error("data/missing-field", format!("`{key}` has no value"))
                    .at(place, "write a value here")
            }
            None => {
                let message = format!("{} needs `{key}`", self.what);
                Diagnostic::error("data/missing-field", message)
                    .at(self.span, format!("there is no `{key}` here"))
                    .help(format!("add a line that starts with  {key}:"))
            }
        };
        self.reader.report(missing);
        None
    }

    /// A field that may be left out.
    pub fn optional<T: Read>(&mut self, key: &'static str) -> Option<T> {
        let value = self.value(key)?;
        self.reader.inside(key, value.span, |reader| T::read(value, reader))
    }

    /// A list that may be left out, which is the same as an empty one.
    pub fn list<T: Read>(&mut self, key: &'static str) -> Vec<T> {
        let Some(value) = self.value(key) else { return Vec::new() };
        match &value.kind {
            Kind::List(values) => {
                self.reader.inside(key, value.span, |reader| reader.entries(values))
            }
            _ => {
                let found = self.reader.wrong_type(value, "a list");
                if let Some(found) = found {
                    let found = found
                        .help("start each entry on a line of its own, with a dash and a space");
                    self.reader.report(found);
                }
                Vec::new()
            }
        }
    }

    /// A list whose entries carry an `id` each; the same id twice is an error.
    pub fn list_with_ids<T: Read>(&mut self, key: &'static str) -> Vec<T> {
        let read = self.list(key);
        let Some(Value { kind: Kind::List(values), .. }) = self.value(key) else { return read };
        let mut seen: Vec<(&str, Span)> = Vec::new();
        for id in values.iter().filter_map(|value| value.get("id")) {
            let Some(text) = id.text() else { continue };
            match seen.iter().find(|(known, _)| *known == text) {
                Some((_, first)) => self.reader.report(duplicate_id(text, id.span, *first)),
                None => seen.push((text, id.span)),
            }
        }
        read
    }

    /// Reports a later date that lies before an earlier one, as far as both are known.
    pub fn in_order(
        &mut self,
        (first_key, first): (&'static str, Option<PartialDate>),
        (last_key, last): (&'static str, Option<PartialDate>),
    ) {
        let (Some(first), Some(last)) = (first, last) else { return };
        let (Some(first_value), Some(last_value)) = (self.value(first_key), self.value(last_key))
        else {
            return;
        };
        if last.is_certainly_before(&first) {
            let message = format!("`{last_key}` ({last}) is before `{first_key}` ({first})");
            let found = Diagnostic::error("data/wrong-order", message)
                .at(last_value.span, "the earlier day")
                .context(first_value.span, "the later day")
                .help("dates are read day first: 03/04/2015 is 3 April 2015");
            self.reader.report(found);
        }
    }

    /// Reports unknown keys; none if the map, or anything in it, has an error.
    pub fn finish(self) -> Option<()> {
        for entry in self.entries.iter().filter(|entry| !self.asked.contains(&entry.key.as_str())) {
            let message = format!("{} has no key `{}`", self.what, entry.key);
            let mut found =
                Diagnostic::error("data/unknown-key", message).at(entry.key_span, "unknown key");
            if let Some(word) = nearest(&entry.key, self.asked.iter().copied()) {
                found = found.help(format!("did you mean `{word}`?"));
            } else if self.asked.contains(&"custom") {
                found = found.help("put fields of your own under  custom:");
            } else {
                found = found.help(format!("the keys here are {}", self.asked.join(", ")));
            }
            self.reader.report(found);
        }
        (self.reader.errors() == self.errors_before).then_some(())
    }
}

/// The report of an id that stands twice.
pub(super) fn duplicate_id(id: &str, second: Span, first: Span) -> Diagnostic {
    Diagnostic::error("data/duplicate-id", format!("the id `{id}` stands twice"))
        .at(second, "here again")
        .context(first, "first used here")
        .help("give each entry an id of its own")
}
