//! What a document's sheets define beside rules: counter styles, and custom properties with a value
//! of their own (CSS Properties and Values 1 §2).

use std::collections::BTreeMap;
use std::sync::Arc;

use cssparser::{CowRcStr, DeclarationParser, Parser, ParserState};

use super::counter_style::CounterStyles;
use super::descriptors::{only_declarations, read};
use super::report::Report;
use super::sheets::Attached;
use super::values::{Parsed, Trouble, keyword, refuse};
use super::variables::Variables;

/// An `@property` rule.
#[derive(Debug, Clone)]
pub(crate) struct Registration {
    name: Arc<str>,
    inherits: bool,
    initial: Option<Arc<str>>,
}

/// All that the sheets of a document define.
#[derive(Debug, Default)]
pub(crate) struct Definitions {
    pub counter_styles: CounterStyles,
    /// Initial values of custom properties.
    initial: Variables,
    /// Custom properties that are not inherited.
    local: Vec<Arc<str>>,
}

impl Definitions {
    /// Of two definitions with one name, the later one holds.
    pub fn new(sheets: &[Attached]) -> Definitions {
        let counters = sheets.iter().flat_map(|attached| &attached.sheet.counter_styles);
        let registered = sheets.iter().flat_map(|attached| &attached.sheet.registrations);
        let last: BTreeMap<&str, &Registration> = registered.map(|one| (&*one.name, one)).collect();
        let initial = last.values().filter_map(|one| {
            let initial = one.initial.as_ref()?;
            Some((Arc::clone(&one.name), Arc::clone(initial)))
        });
        let local = last.values().filter(|one| !one.inherits).map(|one| Arc::clone(&one.name));
        Definitions {
            counter_styles: CounterStyles::new(counters),
            initial: Arc::new(initial.collect()),
            local: local.collect(),
        }
    }

    /// The custom properties that hold where nobody says anything.
    pub fn initial(&self) -> &Variables {
        &self.initial
    }

    /// What a box has of its parent's custom properties.
    pub fn inherited(&self, parent: &Variables) -> Variables {
        let same = |name: &&Arc<str>| parent.get(*name) == self.initial.get(*name);
        if self.local.iter().all(|name| same(&name)) {
            return Arc::clone(parent);
        }
        let mut values = BTreeMap::clone(parent);
        for name in &self.local {
            match self.initial.get(name) {
                Some(initial) => drop(values.insert(Arc::clone(name), Arc::clone(initial))),
                None => drop(values.remove(name)),
            }
        }
        Arc::new(values)
    }
}

/// The descriptors of an `@property` rule.
#[derive(Default)]
struct Body {
    inherits: Option<bool>,
    initial: Option<Arc<str>>,
}

/// Reads the block of the `@property` rule of that name.
pub(crate) fn registration(
    name: Arc<str>,
    p: &mut Parser<'_>,
    css: &str,
    report: &mut Report<'_>,
) -> Registration {
    let mut body = Body::default();
    read(&mut body, p, css, report);
    Registration { name, inherits: body.inherits.unwrap_or(true), initial: body.initial }
}

impl<'i> DeclarationParser<'i> for Body {
    type Declaration = ();
    type Error = Trouble;

    fn parse_value(
        &mut self,
        name: CowRcStr<'i>,
        p: &mut Parser<'i>,
        _: &ParserState,
    ) -> Parsed<()> {
        match name.to_ascii_lowercase().as_str() {
            "inherits" => self.inherits = Some(keyword(p, &[("true", true), ("false", false)])?),
            "initial-value" => {
                let start = p.position();
                while p.next().is_ok() {}
                self.initial = Some(Arc::from(p.slice_from(start).trim()));
            }
            // Values are checked where they are used.
            "syntax" => while p.next().is_ok() {},
            _ => return refuse(format!("the descriptor `{name}` is not supported")),
        }
        Ok(())
    }
}

only_declarations!(Body);
