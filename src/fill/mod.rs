//! Job → HTML text. Owns `handlebars`, `pulldown-cmark` and `fast_qr`; one helper to a file.
//!
//! handlebars parses and walks the templates. What it would let pass (missing values in conditions,
//! null printed as nothing, partials without end) is refused: every tag is rewritten into a call of
//! one of our helpers when the templates are compiled.

mod call;
mod compile;
mod contexts;
mod dispatch;
mod document;
mod fault;
mod graph;
mod helpers;
mod instrument;
mod marks;
mod mentions;
mod scan;

#[cfg(test)]
mod tests;

use std::collections::BTreeMap;
use std::sync::{Arc, Mutex, PoisonError};

use handlebars::{RenderContext, RenderError, Renderable, Template};
use serde_json::Value as Json;

use self::compile::Compiled;
use self::contexts::{Contexts, Used};
use self::document::{Document, Paper, Text};
use self::fault::Fault;
use crate::assets::Assets;
use crate::diag::{Diagnostic, Diagnostics};
use crate::locale::Locale;
use crate::near;
use crate::origin::OriginMap;
use crate::scope::{Own, Shared};
use crate::source::{Sources, Span};

/// All templates of a run, compiled once and shared by all threads.
pub struct Filler<'a> {
    assets: &'a Assets,
    sources: &'a Sources,
    compiled: Compiled,
    locales: Mutex<BTreeMap<String, Result<Arc<Locale>, Diagnostics>>>,
    contexts: Contexts,
}

/// One document to fill.
#[derive(Clone, Copy)]
pub struct Request<'a> {
    /// The template's path below `templates/`, without `.hbs`.
    pub template: &'a str,
    /// The data that it is filled with, as far as other documents see it too.
    pub shared: &'a Shared,
    /// The rest of its data. The id of the paper is `paper.id`, if there is one.
    pub own: &'a Own,
    /// The language of words, dates and order: `en`, `nb` …
    pub language: &'a str,
    /// The place of a value, by its JSON pointer, where the data were read.
    pub places: &'a dyn Fn(&str) -> Option<Span>,
    /// The record's line, for values whose place is not known.
    pub subject: Option<Span>,
    /// The papers of a pack, in order.
    pub members: &'a [Request<'a>],
    /// Where the project file names the template.
    pub requested_at: Option<Span>,
}

/// A filled document.
#[derive(Debug)]
pub struct Filled {
    /// The HTML text.
    pub html: String,
    /// Which stretch of which template each part of it comes from.
    pub origins: OriginMap,
}

/// What filling a template with some of the data gave.
struct Attempt {
    marked: String,
    result: Result<(), RenderError>,
    faults: Vec<Fault>,
    met_hidden: bool,
}

impl Attempt {
    /// Whether all of the data would give the same.
    fn holds(&self) -> bool {
        self.result.is_ok() && self.faults.is_empty() && !self.met_hidden
    }
}

impl<'a> Filler<'a> {
    /// Compiles every `*.hbs` below the templates' folders.
    ///
    /// # Errors
    /// The faults of all templates: syntax, unknown helpers and partials, partials without end,
    /// markup from data.
    pub fn new(assets: &'a Assets, sources: &'a Sources) -> Result<Filler<'a>, Diagnostics> {
        Filler::for_templates(assets, sources, &|_| true)
    }

    /// Like [`Filler::new`], but of the built-in templates only those that are `asked` for by name:
    /// a run mostly uses a few of them.
    ///
    /// # Errors
    /// As for [`Filler::new`].
    pub fn for_templates(
        assets: &'a Assets,
        sources: &'a Sources,
        asked: &dyn Fn(&str) -> bool,
    ) -> Result<Filler<'a>, Diagnostics> {
        let compiled = compile::compile(assets, sources, asked)?;
        Ok(Filler {
            assets,
            sources,
            compiled,
            locales: Mutex::default(),
            contexts: Contexts::default(),
        })
    }

    /// Fills a document, or a pack with all its papers.
    ///
    /// # Errors
    /// Every missing or unfit value of the document (of a pack: of all its papers), with the
    /// template's place and the record's.
    pub fn fill(&self, request: &Request) -> Result<Filled, Diagnostics> {
        let paper = self.paper(request, None)?;
        let (html, origins) = marks::strip(&paper.marked, &self.compiled.places);
        Ok(Filled { html, origins })
    }

    /// Fills one paper and keeps its marks; a member of a pack has its number there.
    fn paper(&self, request: &Request, number: Option<usize>) -> Result<Paper, Diagnostics> {
        let mut faults = Diagnostics::new();
        let mut papers: Vec<Paper> = Vec::new();
        for (index, member) in request.members.iter().enumerate() {
            match self.paper(member, Some(index)) {
                Ok(paper) => {
                    if papers.iter().any(|other| other.id == paper.id) {
                        faults.push(twice(&paper.id, member));
                    }
                    papers.push(paper);
                }
                Err(found) => faults.append(found),
            }
        }
        // What the members lack would be reported again by the pack that prints them.
        if faults.has_errors() {
            return Err(faults);
        }
        let locale = self.locale(request)?;
        let Some(template) = self.compiled.registry.get_template(request.template) else {
            return Err(self.unknown_template(request).into());
        };
        let id = paper_id(request);
        let attempt = |used: Used| {
            let in_pack = number.is_some();
            let document = Document::new(&self.compiled, &locale, id.clone(), in_pack, &papers);
            self.attempt(request, template, &document, used)
        };
        // What is wrong is told by the whole of the data: what else there is helps to mend it.
        let used = self.compiled.mentions.of(request.template);
        let narrow = used.map(|used| attempt(Some(used)));
        let attempt = narrow.filter(Attempt::holds).unwrap_or_else(|| attempt(None));
        for fault in attempt.faults {
            let place = request.places;
            faults.push(fault.diagnose(&self.compiled, self.sources, place, request.subject));
        }
        if let Err(error) = attempt.result
            && !faults.has_errors()
        {
            faults.push(self.failed(&error, request));
        }
        if faults.has_errors() {
            faults.sort(self.sources);
            return Err(faults);
        }
        Ok(Paper { id, marked: attempt.marked })
    }

    /// Fills a template with as much of the data as is `used`.
    fn attempt(
        &self,
        request: &Request,
        template: &Template,
        document: &Document,
        used: Used,
    ) -> Attempt {
        let mut text = Text::new(document);
        let result = self.contexts.with(request.shared, request.own, used, |context| {
            let mut state = RenderContext::new(None);
            if let Some(scope) = state.block_mut() {
                scope.set_local_var("language", Json::from(request.language));
                scope.set_local_var("paper", Json::from(document.id.as_str()));
            }
            dispatch::register(&mut state, document);
            template.render(&self.compiled.registry, context, &mut state, &mut text)
        });
        Attempt {
            marked: text.text,
            result,
            faults: document.take_faults(),
            met_hidden: document.has_met_hidden(),
        }
    }

    fn locale(&self, request: &Request) -> Result<Arc<Locale>, Diagnostics> {
        let mut locales = self.locales.lock().unwrap_or_else(PoisonError::into_inner);
        let load = || Locale::load(request.language, self.assets, self.sources).map(Arc::new);
        locales.entry(request.language.to_owned()).or_insert_with(load).clone().map_err(|found| {
            let at = |fault: Diagnostic| match request.requested_at {
                Some(span) if fault.labels.is_empty() => fault.at(span, "asked for here"),
                _ => fault,
            };
            let mut faults = Diagnostics::new();
            faults.extend(found.into_iter().map(at));
            faults
        })
    }

    fn unknown_template(&self, request: &Request) -> Diagnostic {
        let name = request.template;
        let mut fault =
            Diagnostic::error("fill/unknown-template", format!("there is no template `{name}`"));
        if let Some(span) = request.requested_at {
            fault = fault.at(span, "asked for here");
        }
        let known = self.compiled.names.iter().map(String::as_str);
        let known = known.filter(|known| !known.contains('/'));
        fault.help(
            near::help(name, known)
                .unwrap_or_else(|| format!("write the file templates/{name}.hbs")),
        )
    }

    /// A fault that handlebars itself finds, with the line that it gives.
    fn failed(&self, error: &RenderError, request: &Request) -> Diagnostic {
        let mut fault = Diagnostic::error(
            "fill/failed",
            format!("the template cannot be filled: {}", error.reason()),
        );
        let name = error.template_name.as_deref().unwrap_or(request.template);
        if let (Some(source), Some(line), Some(column)) =
            (self.compiled.source(name), error.line_no, error.column_no)
        {
            let held = self.sources.get(source);
            let at = compile::offset(held.text(), held.line_start(line), column);
            fault = fault.at(Span::point(source, at), "here");
        }
        if let Some(span) = request.subject {
            fault = fault.context(span, "with this record");
        }
        fault.help(
            "an item of a list is written `list.[0]`; its other keys are reached with `{{#each}}`",
        )
    }
}

/// The paper's id: `paper.id` of its data, else the template's name.
fn paper_id(request: &Request) -> String {
    let given = request.own.iter().find(|(name, _)| **name == *"paper");
    let given = given.and_then(|(_, paper)| paper.get("id")).and_then(Json::as_str);
    given.map_or_else(|| request.template.replace('/', "-"), str::to_owned)
}

fn twice(id: &str, member: &Request) -> Diagnostic {
    let message = format!("two papers of the pack have the id `{id}`");
    let mut fault = Diagnostic::error("fill/paper-twice", message);
    if let Some(span) = member.subject.or(member.requested_at) {
        fault = fault.at(span, "the second one");
    }
    fault.help("give each paper of a pack an id of its own")
}
