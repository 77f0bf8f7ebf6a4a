//! Which names of the data the templates use. Sets of records that a template never names need not be
//! copied into what it sees: a sign stands in their place, and a document that meets one all the same,
//! such as by going through everything there is, is filled again with the whole.

use std::collections::{BTreeMap, BTreeSet};

use handlebars::template::{HelperTemplate, Parameter, TemplateElement};
use handlebars::{Path, PathSeg, Template};
use serde_json::Value as Json;

use super::instrument::Include;

/// What stands in the place of a value that a document is not expected to use; a noncharacter.
const HIDDEN: &str = "\u{FDD8}";

/// The sign in the place of a value.
pub(super) fn hidden() -> Json {
    Json::String(HIDDEN.to_owned())
}

/// Whether a value is a sign.
pub(super) fn is_hidden(value: &Json) -> bool {
    value.as_str() == Some(HIDDEN)
}

/// Whether a value is a sign, or holds one: signs stand at the top of the data only.
pub(super) fn shows_hidden(value: &Json) -> bool {
    match value {
        Json::Object(map) => map.values().any(is_hidden),
        other => is_hidden(other),
    }
}

/// Whether a path that leads nowhere may have led through a sign.
pub(super) fn leads_through_hidden(path: &str, root: &Json) -> bool {
    path.split(['.', '/', '[', ']']).any(|step| root.get(step).is_some_and(is_hidden))
}

/// The names that each template uses, by its name.
#[derive(Debug, Default)]
pub(super) struct Mentions(BTreeMap<String, BTreeSet<String>>);

impl Mentions {
    /// Adds what a template names itself: the first step of every path, and every text that could be
    /// the key of a lookup.
    pub(super) fn add(&mut self, name: &str, template: &Template) {
        collect(template, self.0.entry(name.to_owned()).or_default());
    }

    /// Adds to each template what those use that it takes in, and those that they take in.
    pub(super) fn close(
        &mut self,
        includes: &[Include],
        also: &dyn Fn(&str) -> Option<&'static str>,
    ) {
        let mut into: BTreeMap<&str, BTreeSet<&str>> = BTreeMap::new();
        for include in includes {
            let to = into.entry(&include.from).or_default();
            to.insert(&include.to);
            to.extend(also(&include.to));
        }
        let whole = self.0.keys().map(|name| {
            let (mut reached, mut ahead) = (BTreeSet::from([name.as_str()]), vec![name.as_str()]);
            while let Some(at) = ahead.pop() {
                let next = into.get(at).into_iter().flatten().copied();
                ahead.extend(next.filter(|next| reached.insert(next)));
            }
            let names = reached.iter().filter_map(|name| self.0.get(*name)).flatten().cloned();
            (name.clone(), names.collect())
        });
        self.0 = whole.collect();
    }

    /// The names that a template uses, with all that it takes in.
    pub(super) fn of(&self, template: &str) -> Option<&BTreeSet<String>> {
        self.0.get(template)
    }
}

fn collect(template: &Template, names: &mut BTreeSet<String>) {
    for element in &template.elements {
        match element {
            TemplateElement::Expression(call)
            | TemplateElement::HtmlExpression(call)
            | TemplateElement::HelperBlock(call) => of_call(call, names),
            TemplateElement::DecoratorExpression(call)
            | TemplateElement::DecoratorBlock(call)
            | TemplateElement::PartialExpression(call)
            | TemplateElement::PartialBlock(call) => {
                call.params.iter().chain(call.hash.values()).for_each(|one| of(one, names));
                call.template.iter().for_each(|inner| collect(inner, names));
            }
            _ => {}
        }
    }
}

fn of_call(call: &HelperTemplate, names: &mut BTreeSet<String>) {
    of(&call.name, names);
    call.params.iter().chain(call.hash.values()).for_each(|one| of(one, names));
    call.template.iter().chain(&call.inverse).for_each(|inner| collect(inner, names));
}

fn of(parameter: &Parameter, names: &mut BTreeSet<String>) {
    match parameter {
        Parameter::Path(Path::Relative((steps, _))) => {
            let named = steps.iter().find_map(|step| match step {
                PathSeg::Named(name) => Some(name.clone()),
                _ => None,
            });
            names.extend(named);
        }
        Parameter::Literal(Json::String(text)) => _ = names.insert(text.clone()),
        Parameter::Subexpression(inner) => {
            if let TemplateElement::Expression(call) = inner.as_element() {
                of_call(call, names);
            }
        }
        // `@first` and its kind, numbers, and names of helpers, which stand for no data.
        _ => {}
    }
}

#[cfg(test)]
mod tests {
    use std::sync::Arc;

    use serde_json::json;

    use super::super::Request;
    use super::super::tests::{Project, request};
    use crate::fill::Filler;
    use crate::scope::{Bound, Own, Shared};

    /// Ways to values that the template does not name.
    const WAYS: &[&str] = &[
        "{{#each this}}{{@key}}{{#if this}}+{{/if}};{{/each}}",
        "{{#each @root}}{{@key}}{{/each}}",
        "{{#each this as |value key|}}{{key}}{{length value}}{{/each}}",
        "{{#with this as |all|}}{{#if all.people.[0]}}yes{{else}}no{{/if}}{{/with}}",
        "{{#with this as |all|}}{{#each all.people}}{{name}}{{/each}}{{/with}}",
        "{{#with @root as |all|}}{{#if all.events}}yes{{/if}}{{/with}}",
        "{{#each (lookup this options.of)}}{{name}}{{/each}}",
        "{{#if (has this options.of)}}yes{{/if}}",
        "{{#each (lookup @root \"people\")}}{{name}}{{/each}}",
        "{{#with record}}{{#each ../people}}{{name}}{{/each}}{{/with}}",
        "{{#each @root.people}}{{name}}{{/each}}{{#each @root/people}}{{name}}{{/each}}",
        "{{#each this.people}}{{name}}{{/each}}{{#each [people]}}{{name}}{{/each}}",
        "{{people.[1].name}}{{#if people.[7]}}{{else}}none{{/if}}",
        "{{> inner}}{{> inner this}}{{> inner x=1}}",
        "{{> whole this}}{{#with this}}{{> whole x=1}}{{/with}}",
        "{{#> slot}}{{#*inline \"part\"}}{{#each people}}{{name}}{{/each}}{{/inline}}{{/slot}}",
        "{{record.id}}{{person.id}}{{#with record}}{{id}}{{/with}}",
        "{{person.id}}",
        "{{#each this}}{{#if id}}{{id}}{{/if}}{{/each}}",
        // These are faults, and are told as if all were there.
        "{{peopel}}",
        "{{people}}",
        "{{#each this}}{{this}}{{/each}}",
        "{{events.[0].titel}}",
    ];

    #[test]
    fn documents_come_out_as_with_all_of_the_data_however_these_are_reached() {
        let people = || json!([{"name": "Ada"}, {"name": "Bo"}]);
        let events = || json!([{"title": "Course"}]);
        let list = |value: serde_json::Value| {
            Bound::List(value.as_array().into_iter().flatten().cloned().map(Arc::new).collect())
        };
        let shared = |people, events| {
            let values = [("people", people), ("events", events)];
            Shared::new(values.map(|(name, bound)| (name.to_owned(), bound)).into())
        };
        let hiding = shared(list(people()), list(events()));
        // A single value is never hidden.
        let whole = shared(Bound::One(Arc::new(people())), Bound::One(Arc::new(events())));
        let record = Arc::new(json!({"id": "r-1"}));
        let twin = |value: &Arc<_>| [("record", Arc::clone(value)), ("person", Arc::clone(value))];
        let own = |[record, person]: [(&str, Arc<serde_json::Value>); 2]| -> Own {
            let options = ("options", Arc::new(json!({"of": "people"})));
            [options, record, person].map(|(name, value)| (name.into(), value)).into()
        };
        let alike = own(twin(&record));
        let apart = own([("record", Arc::clone(&record)), ("person", Arc::new((*record).clone()))]);
        for way in WAYS {
            let project = Project::new(&[
                ("t.hbs", way),
                ("inner.hbs", "{{#each people}}{{name}}{{/each}}"),
                ("whole.hbs", "{{#each this}}{{@key}}{{#if this}}+{{/if}}{{/each}}"),
                ("slot.hbs", "{{#> part}}{{/part}}"),
            ]);
            let filler = Filler::new(project.assets(), project.sources()).unwrap();
            let told = |shared: &Shared, own: &Own| {
                let filled = filler.fill(&Request { shared, ..request("t", own, "en") });
                filled.map(|filled| filled.html).map_err(|faults| format!("{faults:#?}"))
            };
            assert_eq!(told(&hiding, &alike), told(&whole, &apart), "{way}");
        }
    }

    #[test]
    fn lists_that_no_template_names_are_not_copied() {
        let project = Project::new(&[
            ("t.hbs", "{{counts.people}}{{> a}}"),
            ("a.hbs", "{{#each x}}{{y}}{{/each}}{{#if (eq z (first w))}}{{/if}}"),
            ("b.hbs", "{{people}}"),
        ]);
        let compiled =
            super::super::compile::compile(project.assets(), project.sources(), &|_| false);
        let compiled = compiled.unwrap();
        let names = compiled.mentions.of("t").unwrap();
        assert!(["counts", "x", "y", "w"].iter().all(|name| names.contains(*name)), "{names:?}");
        assert!(!names.contains("people"));
    }
}
