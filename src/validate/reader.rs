//! The state of reading one record: where it is, what it has found, what may be referred to.

use super::fields::Fields;
use super::record::Context;
use crate::diag::{Diagnostic, Diagnostics};
use crate::load::{Kind, Value};
use crate::model::{Reference, TaskRef};
use crate::source::Span;
use std::collections::BTreeMap;

/// A type that can be read from a positioned value.
///
/// `None` means that at least one error was reported. An implementation asks for all its fields
/// before it gives up, so that all faults are reported at once.
pub(super) trait Read: Sized {
    /// Reads the value, which is neither missing nor null.
    fn read(value: &Value, reader: &mut Reader) -> Option<Self>;
}

/// Reads one record.
pub(super) struct Reader<'a> {
    /// What other stages know.
    pub context: &'a Context<'a>,
    /// What was found.
    pub diagnostics: Diagnostics,
    /// JSON pointer → place, for what was read.
    pub places: BTreeMap<String, Span>,
    /// What a reference in this record may name, and the word for it ("partner").
    pub known: (Vec<Reference>, &'static str),
    /// The mandate's tasks.
    pub tasks: Vec<TaskRef>,
    /// The keys that were asked for, so that a test can hold them against the schema.
    #[cfg(test)]
    pub asked: Vec<&'static str>,
    errors: usize,
    pointer: String,
}

impl<'a> Reader<'a> {
    /// A reader for one record.
    pub fn new(context: &'a Context<'a>) -> Reader<'a> {
        Reader {
            context,
            diagnostics: Diagnostics::new(),
            places: BTreeMap::new(),
            known: (Vec::new(), "entry"),
            tasks: Vec::new(),
            #[cfg(test)]
            asked: Vec::new(),
            errors: 0,
            pointer: String::new(),
        }
    }

    /// Reports a finding.
    pub fn report(&mut self, diagnostic: Diagnostic) {
        if diagnostic.is_error() {
            self.errors += 1;
        }
        self.diagnostics.push(diagnostic);
    }

    /// How many errors were reported so far.
    pub fn errors(&self) -> usize {
        self.errors
    }

    /// Reports that `value` is not what is expected ("a text").
    pub fn wrong_type(&mut self, value: &Value, expected: &str) -> Option<Diagnostic> {
        let message = format!("expected {expected}, found {}", value.describe());
        Some(
            Diagnostic::error("data/wrong-type", message).at(value.span, format!("not {expected}")),
        )
    }

    /// The fields of a map; `what` names the record with its article ("a mandate").
    pub fn fields<'v, 'r>(
        &'r mut self,
        value: &'v Value,
        what: &'static str,
    ) -> Option<Fields<'v, 'r, 'a>> {
        match &value.kind {
            Kind::Map(entries) => Some(Fields::new(self, value.span, entries, what)),
            _ => {
                let found = self.wrong_type(value, &format!("{what} with its keys"))?;
                self.report(found.help("write one key and its value a line, such as  name: …"));
                None
            }
        }
    }

    /// Runs `read` one step deeper in the record, and notes the place of what is read there.
    pub fn inside<T>(&mut self, step: &str, span: Span, read: impl FnOnce(&mut Self) -> T) -> T {
        let length = self.pointer.len();
        self.pointer.push('/');
        self.pointer.push_str(&step.replace('~', "~0").replace('/', "~1"));
        self.places.insert(self.pointer.clone(), span);
        let result = read(self);
        self.pointer.truncate(length);
        result
    }

    /// Reads every entry of a list.
    pub fn entries<T: Read>(&mut self, values: &[Value]) -> Vec<T> {
        let mut read = Vec::with_capacity(values.len());
        for (index, value) in values.iter().enumerate() {
            read.extend(self.inside(&index.to_string(), value.span, |reader| {
                if value.kind == Kind::Null {
                    let empty =
                        Diagnostic::error("data/empty-entry", "an entry of this list is empty");
                    reader.report(
                        empty
                            .at(value.span, "nothing here")
                            .help("take the dash out, or write the entry"),
                    );
                    return None;
                }
                T::read(value, reader)
            }));
        }
        read
    }
}
