//! Template files → compiled templates in which every tag calls one of our own helpers.

use std::collections::BTreeSet;

use handlebars::{Handlebars, Template, TemplateError, TemplateErrorReason};

use super::graph;
use super::helpers::partial::{PACK_MEMBER, PAPER};
use super::instrument::Instrument;
use super::marks::Place;
use super::mentions::Mentions;
use super::scan;
use crate::assets::{AssetError, Assets};
use crate::diag::{Diagnostic, Diagnostics};
use crate::source::{SourceId, Sources, Span};

/// All templates of a run, ready to be filled.
pub(super) struct Compiled {
    pub(super) registry: Handlebars<'static>,
    /// The names of the data that each template uses.
    pub(super) mentions: Mentions,
    /// What the numbers in marks and tags stand for.
    pub(super) places: Vec<Place>,
    /// Name and text of each template, in order of the names.
    pub(super) sources: Vec<(String, SourceId)>,
    /// The names of all there are, also of those that nobody asked for.
    pub(super) names: Vec<String>,
}

impl Compiled {
    /// The template's text.
    pub(super) fn source(&self, name: &str) -> Option<SourceId> {
        let index = self.sources.binary_search_by(|(known, _)| known.as_str().cmp(name)).ok()?;
        self.sources.get(index).map(|(_, source)| *source)
    }
}

/// Compiles every `*.hbs` of the project, and of the built-in ones those that are asked for, with all
/// that they take in; reports the faults of all of them.
pub(super) fn compile(
    assets: &Assets,
    sources: &Sources,
    asked: &dyn Fn(&str) -> bool,
) -> Result<Compiled, Diagnostics> {
    let mut faults = Diagnostics::new();
    let mut instrument = Instrument::default();
    let mut templates: Vec<(String, SourceId, Template)> = Vec::new();
    let paths = assets.list("", "hbs");
    let names: BTreeSet<&str> =
        paths.iter().map(|path| path.strip_suffix(".hbs").unwrap_or(path)).collect();
    let mut wanted = names.clone();
    wanted.retain(|name| asked(name) || !assets.is_builtin(&format!("{name}.hbs")));
    let mut done: BTreeSet<&str> = BTreeSet::new();
    let mut mentions = Mentions::default();
    // A paper that stands in a pack takes in the other layout.
    let also = |name: &str| (name == PAPER).then_some(PACK_MEMBER);
    while let Some(name) = wanted.pop_first() {
        done.insert(name);
        let known = instrument.includes.len();
        match read(&format!("{name}.hbs"), assets, sources) {
            Err(fault) => faults.push(fault),
            Ok(source) => match one(name, source, sources, &mut instrument) {
                Ok(template) => {
                    mentions.add(name, &template);
                    templates.push((name.to_owned(), source, template));
                }
                Err(found) => faults.append(found),
            },
        }
        let taken_in = instrument.includes.iter().skip(known).map(|include| include.to.as_str());
        let taken_in = taken_in.flat_map(|to| std::iter::once(to).chain(also(to)));
        let taken_in = taken_in.filter_map(|to| names.get(to).copied());
        wanted.extend(taken_in.filter(|to| !done.contains(to)));
    }
    let Instrument { places, includes, inline_names } = instrument;
    mentions.close(&includes, &also);
    // A template that does not compile is not reported again as missing.
    if !faults.has_errors() {
        faults.append(graph::check(names.clone(), &includes, &inline_names));
    }
    if faults.has_errors() {
        faults.sort(sources);
        return Err(faults);
    }
    let mut registry = Handlebars::new();
    registry.set_strict_mode(true);
    registry.register_escape_fn(handlebars::no_escape);
    let mut known: Vec<(String, SourceId)> = Vec::new();
    for (name, source, template) in templates {
        registry.register_template(&name, template);
        known.push((name, source));
    }
    known.sort();
    let names = names.into_iter().map(str::to_owned).collect();
    Ok(Compiled { registry, mentions, places, sources: known, names })
}

fn read(path: &str, assets: &Assets, sources: &Sources) -> Result<SourceId, Diagnostic> {
    let unreadable = |why: String| {
        Diagnostic::error("fill/unreadable-template", format!("the template {path} {why}"))
    };
    let asset = assets.read(path, "").map_err(|error| match error {
        AssetError::Missing => unreadable("is not there".into()),
        AssetError::Outside => unreadable("lies outside of the project".into()),
        AssetError::TooLarge(bytes) => unreadable(format!("is too large ({bytes} bytes)")),
        AssetError::Unreadable(error) => {
            unreadable(format!("cannot be read: {}", crate::diag::in_words(&error)))
        }
    })?;
    match String::from_utf8(asset.bytes.into_owned()) {
        Ok(text) => Ok(sources.add(asset.name, text)),
        Err(error) => {
            let at = error.utf8_error().valid_up_to();
            Err(unreadable(format!("is not UTF-8 text (byte {at})"))
                .help("save it as UTF-8 in the editor"))
        }
    }
}

fn one(
    name: &str,
    source: SourceId,
    sources: &Sources,
    instrument: &mut Instrument,
) -> Result<Template, Diagnostics> {
    let held = sources.get(source);
    let text = held.text();
    let tags = scan::scan(text, source)?;
    // A registry of its own, since only a registry can be told not to indent partials: added spaces
    // would show in preformatted text and shift origins.
    let mut scratch = Handlebars::new();
    scratch.set_prevent_indent(true);
    scratch
        .register_template_string(name, text)
        .map_err(|error| syntax(&error, source, sources))?;
    let mut template = scratch.get_template(name).cloned().unwrap_or_default();
    instrument.rewrite(name, &mut template, text, source, &tags)?;
    Ok(template)
}

fn syntax(error: &TemplateError, source: SourceId, sources: &Sources) -> Diagnostic {
    let held = sources.get(source);
    let (line, column) = error.pos().unwrap_or((1, 1));
    let at = offset(held.text(), held.line_start(line), column);
    let (message, help) = match error.reason() {
        TemplateErrorReason::InvalidSyntax(_) => (
            "the template cannot be read from here on".to_owned(),
            "look for a tag, a bracket or a quotation mark that is not closed, or a name with a sign \
             that names cannot have",
        ),
        other => (other.to_string(), "see docs/templates.md for what a tag may hold"),
    };
    Diagnostic::error("fill/syntax", message).at(Span::point(source, at), "here").help(help)
}

/// The byte of a column that is counted in characters from 1.
pub(super) fn offset(text: &str, line_start: usize, column: usize) -> usize {
    let line = text.get(line_start..).unwrap_or_default();
    let skipped =
        line.char_indices().nth(column.saturating_sub(1)).map_or(line.len(), |(at, _)| at);
    line_start + skipped
}
