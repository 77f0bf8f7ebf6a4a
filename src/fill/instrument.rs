//! Rewrites a compiled template so that nothing in it is filled by handlebars' own, lenient rules:
//! values, helpers and partials all become calls of our helpers, each call knows the tag that it
//! stands in, and every stretch of text is preceded by its mark.

use std::collections::{BTreeSet, HashMap};

use handlebars::Template;
use handlebars::template::{
    DecoratorTemplate, HelperTemplate, Parameter, Subexpression, TemplateElement,
};
use serde_json::Value as Json;

use super::fault::Names;
use super::helpers::{self, Kind, Options};
use super::marks::{Place, mark};
use super::scan::Tag;
use crate::diag::{Diagnostic, Diagnostics};
use crate::near;
use crate::source::{SourceId, Span};

/// The option by which a call knows its tag; a noncharacter, so no template can write it.
pub(super) const TAG: &str = "\u{FDD4}";
/// The helper that prints a value.
pub(super) const VALUE: &str = "\u{FDD5}value";
/// The helper that takes in a partial.
pub(super) const PARTIAL: &str = "\u{FDD5}partial";
/// The block that a layout was called with.
pub(super) const PARTIAL_BLOCK: &str = "@partial-block";

/// A template that takes in another.
#[derive(Debug)]
pub(super) struct Include {
    pub(super) from: String,
    pub(super) to: String,
    pub(super) span: Span,
    /// Whether it stands in a condition or a loop.
    pub(super) conditional: bool,
    /// Whether it is a block, which is the default for a slot.
    pub(super) has_default: bool,
}

/// What all templates have in common: places, inclusions and names.
#[derive(Default)]
pub(super) struct Instrument {
    pub(super) places: Vec<Place>,
    pub(super) includes: Vec<Include>,
    pub(super) inline_names: BTreeSet<String>,
}

impl Instrument {
    /// Rewrites `template`, whose text is `text` with the tags `tags`.
    pub(super) fn rewrite(
        &mut self,
        name: &str,
        template: &mut Template,
        text: &str,
        source: SourceId,
        tags: &[Tag],
    ) -> Result<(), Diagnostics> {
        let mut walk = Walk {
            shared: self,
            name,
            text,
            source,
            tags,
            next: 0,
            at: 0,
            conditions: 0,
            faults: Diagnostics::new(),
        };
        walk.template(template);
        let faults = walk.faults;
        if faults.is_empty() { Ok(()) } else { Err(faults) }
    }
}

/// The walk through one template, element by element and tag by tag.
struct Walk<'a> {
    shared: &'a mut Instrument,
    name: &'a str,
    text: &'a str,
    source: SourceId,
    tags: &'a [Tag],
    /// The next tag that no element has taken.
    next: usize,
    /// Where the text after the last taken tag begins.
    at: usize,
    /// How many conditions and loops enclose the place.
    conditions: usize,
    faults: Diagnostics,
}

impl Walk<'_> {
    fn template(&mut self, template: &mut Template) {
        for element in &mut template.elements {
            match element {
                TemplateElement::RawString(text) => self.raw(text),
                TemplateElement::Comment(_) => drop(self.take()),
                TemplateElement::Expression(call) => {
                    let tag = self.take();
                    self.expression(call, tag, false);
                }
                TemplateElement::HtmlExpression(call) => {
                    let tag = self.take();
                    self.expression(call, tag, true);
                }
                TemplateElement::HelperBlock(call) => {
                    let tag = self.take();
                    self.block(call, tag);
                    self.take();
                }
                TemplateElement::PartialExpression(include) => {
                    let tag = self.take();
                    *element = self.partial(include, tag);
                }
                TemplateElement::PartialBlock(include) => {
                    let tag = self.take();
                    if let Some(inner) = &mut include.template {
                        self.template(inner);
                    }
                    self.take();
                    *element = self.partial(include, tag);
                }
                TemplateElement::DecoratorBlock(inline) => self.inline(inline),
                // `{{*…}}`, and whatever handlebars may come to know later.
                _ => {
                    let tag = self.take();
                    self.fault(
                        tag,
                        "fill/syntax",
                        "this kind of tag has no meaning here",
                        Some("remove it"),
                    );
                }
            }
        }
    }

    /// The next tag's number among all places. The tags that the scan found and the elements that
    /// handlebars made stand in the same order.
    fn take(&mut self) -> usize {
        let span = match self.tags.get(self.next) {
            Some(tag) => {
                self.at = tag.end;
                Span::new(self.source, tag.start, tag.end)
            }
            None => Span::point(self.source, self.at),
        };
        self.next += 1;
        self.shared.places.push(Place { span, verbatim: false });
        self.shared.places.len() - 1
    }

    fn raw(&mut self, raw: &mut String) {
        if raw.trim().is_empty() {
            return;
        }
        let limit = self.tags.get(self.next).map_or(self.text.len(), |tag| tag.start);
        let gap = self.text.get(self.at..limit).unwrap_or_default();
        // handlebars trims the text around standalone tags and takes out escapes; text that is not
        // found as it is belongs to the whole gap.
        let place = match gap.find(raw.as_str()) {
            Some(found) => {
                let start = self.at + found;
                let span = Span::new(self.source, start, start + raw.len());
                Place { span, verbatim: true }
            }
            None => Place { span: Span::new(self.source, self.at, limit), verbatim: false },
        };
        self.shared.places.push(place);
        raw.insert_str(0, &mark(self.shared.places.len() - 1));
    }

    fn expression(&mut self, call: &mut HelperTemplate, tag: usize, html: bool) {
        let bare = call.params.is_empty() && call.hash.is_empty();
        let name = call.name.as_name().unwrap_or_default().to_owned();
        let kind = (!bare).then(|| helpers::kind(&name)).flatten();
        if html && !matches!(kind, Some(Kind::Markup)) {
            self.fault(
                tag,
                "fill/raw-markup",
                "three braces (or `&`) would let data become markup",
                Some("write two braces, or use a helper that makes markup, such as `markdown`"),
            );
        }
        if bare {
            let value = std::mem::replace(&mut call.name, Parameter::Name(VALUE.to_owned()));
            call.params.push(value);
            if let Some(Parameter::Subexpression(inner)) = call.params.first_mut() {
                self.subexpression(inner, tag);
            }
        } else {
            match kind {
                Some(Kind::Value | Kind::Markup) => self.signature(call, &name, tag),
                Some(Kind::Block) => {
                    let message = format!("`{name}` is a block");
                    let help = format!("write `{{{{#{name} …}}}}…{{{{/{name}}}}}`");
                    self.fault(tag, "fill/not-a-block", &message, Some(&help));
                }
                None => self.unknown_helper(tag, &name),
            }
            self.arguments(&mut call.params, &mut call.hash, tag);
        }
        call.hash.insert(TAG.to_owned(), Parameter::Literal(Json::from(tag)));
    }

    fn arguments(
        &mut self,
        params: &mut [Parameter],
        hash: &mut HashMap<String, Parameter>,
        tag: usize,
    ) {
        let mut options: Vec<(&String, &mut Parameter)> = hash.iter_mut().collect();
        options.sort_by_key(|(name, _)| *name);
        for parameter in params.iter_mut().chain(options.into_iter().map(|(_, value)| value)) {
            if let Parameter::Subexpression(inner) = parameter {
                self.subexpression(inner, tag);
            }
        }
    }

    fn subexpression(&mut self, inner: &mut Subexpression, tag: usize) {
        let TemplateElement::Expression(call) = inner.element.as_mut() else { return };
        let name = call.name.as_name().unwrap_or_default().to_owned();
        match helpers::kind(&name) {
            Some(Kind::Value) => self.signature(call, &name, tag),
            Some(Kind::Markup | Kind::Block) => {
                let message = format!("`{name}` gives no value that another helper could use");
                self.fault(tag, "fill/not-a-value", &message, None);
            }
            None => self.unknown_helper(tag, &name),
        }
        self.arguments(&mut call.params, &mut call.hash, tag);
        call.hash.insert(TAG.to_owned(), Parameter::Literal(Json::from(tag)));
    }

    fn block(&mut self, call: &mut HelperTemplate, tag: usize) {
        let name = call.name.as_name().unwrap_or_default().to_owned();
        match helpers::kind(&name) {
            Some(Kind::Block) => self.signature(call, &name, tag),
            Some(Kind::Value | Kind::Markup) => {
                let message = format!("`{name}` is not a block");
                let help = format!("write `{{{{{name} …}}}}`");
                self.fault(tag, "fill/not-a-block", &message, Some(&help));
            }
            None => self.unknown_helper(tag, &name),
        }
        self.arguments(&mut call.params, &mut call.hash, tag);
        call.hash.insert(TAG.to_owned(), Parameter::Literal(Json::from(tag)));
        self.conditions += 1;
        if let Some(inner) = &mut call.template {
            self.template(inner);
        }
        if let Some(inverse) = &mut call.inverse {
            let else_tag = self.take();
            // `{{else if …}}` is one element without a line of its own.
            let chained = inverse.mapping.is_empty() && inverse.elements.len() == 1;
            match inverse.elements.first_mut() {
                Some(TemplateElement::HelperBlock(next)) if chained => self.block(next, else_tag),
                _ => self.template(inverse),
            }
        }
        self.conditions -= 1;
    }

    /// The call that takes in a partial: its name, its context if given, and its further values.
    fn partial(&mut self, include: &mut DecoratorTemplate, tag: usize) -> TemplateElement {
        let Some(name) =
            include.name.as_name().map(|name| name.trim_matches(['\'', '"', '[', ']']))
        else {
            let help = "write the name out; to choose between partials, use `{{#if}}`";
            self.fault(tag, "fill/syntax", "the name of a partial is computed", Some(help));
            return TemplateElement::Comment(String::new());
        };
        let name = name.to_owned();
        let mut params = vec![Parameter::Literal(Json::from(name.as_str()))];
        params.append(&mut include.params);
        let mut hash = std::mem::take(&mut include.hash);
        self.arguments(&mut params, &mut hash, tag);
        hash.insert(TAG.to_owned(), Parameter::Literal(Json::from(tag)));
        if name != PARTIAL_BLOCK {
            let span = self.shared.places.get(tag).map_or(Span::point(self.source, 0), |p| p.span);
            self.shared.includes.push(Include {
                from: self.name.to_owned(),
                to: name,
                span,
                conditional: self.conditions > 0,
                has_default: include.template.is_some(),
            });
        }
        let call = Subexpression::new(Parameter::Name(PARTIAL.to_owned()), params, hash);
        match *call.element {
            TemplateElement::Expression(mut call) => {
                call.template = include.template.take();
                call.block = call.template.is_some();
                TemplateElement::HelperBlock(call)
            }
            other => other,
        }
    }

    fn inline(&mut self, inline: &mut DecoratorTemplate) {
        let tag = self.take();
        let slot = match (inline.name.as_name(), inline.params.first()) {
            (Some("inline"), Some(Parameter::Literal(Json::String(slot)))) => Some(slot.clone()),
            _ => None,
        };
        match slot {
            Some(slot) => drop(self.shared.inline_names.insert(slot)),
            None => {
                let help = "write `{{#*inline \"name\"}}…{{/inline}}`";
                self.fault(tag, "fill/syntax", "a slot without a name", Some(help));
            }
        }
        self.conditions += 1;
        if let Some(inner) = &mut inline.template {
            self.template(inner);
        }
        self.conditions -= 1;
        self.take();
    }

    /// Checks the number of arguments and the names of the options.
    fn signature(&mut self, call: &HelperTemplate, name: &str, tag: usize) {
        let Some(helper) = helpers::find(name) else { return };
        let (fewest, most) = helper.arguments;
        let given = call.params.len();
        if given < fewest || given > most {
            let wanted = match (fewest, most) {
                (fewest, usize::MAX) => format!("{fewest} or more"),
                (fewest, most) if fewest == most => fewest.to_string(),
                (fewest, most) => format!("{fewest} to {most}"),
            };
            let message = format!("`{name}` has {given} arguments, but takes {wanted}");
            self.fault(tag, "fill/arguments", &message, Some("see docs/templates.md"));
        }
        let Options::These(known) = helper.options else { return };
        let mut unknown: Vec<&String> =
            call.hash.keys().filter(|option| !known.contains(&option.as_str())).collect();
        unknown.sort();
        for option in unknown {
            let message = format!("`{name}` has no option `{option}`");
            let help = near::help(option, known.iter().copied()).unwrap_or_else(|| {
                if known.is_empty() {
                    "it takes no options".to_owned()
                } else {
                    format!("its options are {}", Names(known))
                }
            });
            self.fault(tag, "fill/arguments", &message, Some(&help));
        }
    }

    fn unknown_helper(&mut self, tag: usize, name: &str) {
        let message = format!("there is no helper `{name}`");
        let near = near::help(name, helpers::names());
        let help = near.unwrap_or_else(|| {
            "a block over a value is written `{{#with value}}` or `{{#each values}}`".to_owned()
        });
        self.fault(tag, "fill/unknown-helper", &message, Some(&help));
    }

    fn fault(&mut self, tag: usize, code: &'static str, message: &str, help: Option<&str>) {
        let span = self.shared.places.get(tag).map_or(Span::point(self.source, 0), |p| p.span);
        let mut fault = Diagnostic::error(code, message).at(span, "here");
        if let Some(help) = help {
            fault = fault.help(help);
        }
        self.faults.push(fault);
    }
}
