//! Diagnostics for people (with the line shown) and for machines (a JSON object per line).

use std::collections::BTreeMap;
use std::io::{IsTerminal, Write};
use std::ops::Range;

use annotate_snippets::renderer::DecorStyle;
use annotate_snippets::{AnnotationKind, Group, Level, Origin, Renderer, Snippet};
use rustc_hash::FxHashSet;
use serde_json::json;

use crate::diag::{Code, Diagnostic, Diagnostics, Label, Severity};
use crate::source::{Source, SourceId, Sources};

use super::args::Log;
use super::mask::Masked;

/// Labels of one file that are at most this many lines apart share one excerpt.
const EXCERPT_GAP: usize = 12;

/// So many messages of one kind are shown; of the others the number is told.
const MOST_OF_A_KIND: usize = 200;

/// Of a line with more bytes than this only the part around the place is shown.
const LONG_LINE: usize = 20_000;

/// Writes messages to standard error, each once.
pub struct Reporter<'a> {
    sources: &'a Sources,
    log: Log,
    strict: bool,
    renderer: Renderer,
    shown: FxHashSet<Diagnostic>,
    /// How many there were of each kind.
    of_kind: BTreeMap<(Severity, Code), usize>,
}

impl<'a> Reporter<'a> {
    /// A reporter for standard error; `strict` shows warnings as the errors that they count as.
    pub fn new(sources: &'a Sources, log: Log, strict: bool) -> Reporter<'a> {
        let colour = std::io::stderr().is_terminal() && std::env::var_os("NO_COLOR").is_none();
        let renderer = if colour { Renderer::styled() } else { Renderer::plain() };
        let renderer = renderer.decor_style(DecorStyle::Ascii).term_width(100);
        let (shown, of_kind) = (FxHashSet::default(), BTreeMap::new());
        Reporter { sources, log, strict, renderer, shown, of_kind }
    }

    /// Writes the findings; those already written are left out (many papers share a template).
    pub fn report<'d>(&mut self, found: impl IntoIterator<Item = &'d Diagnostic>) {
        for diagnostic in found {
            let mut diagnostic = diagnostic.clone();
            if self.strict {
                diagnostic.severity = Severity::Error;
            }
            if self.shown.contains(&diagnostic) {
                continue;
            }
            let count = self.of_kind.entry((diagnostic.severity, diagnostic.code)).or_default();
            *count += 1;
            if *count <= MOST_OF_A_KIND {
                self.write(&diagnostic);
            }
            self.shown.insert(diagnostic);
        }
    }

    /// Tells of how many messages nothing was shown.
    pub fn finish(&self) {
        for ((severity, code), count) in &self.of_kind {
            let more = count.saturating_sub(MOST_OF_A_KIND);
            let message = match more {
                0 => continue,
                1 => "one more message of this kind is not shown".to_owned(),
                more => format!("{more} more messages of this kind are not shown"),
            };
            self.write(&match severity {
                Severity::Error => Diagnostic::error(code, message),
                Severity::Warning => Diagnostic::warning(code, message),
            });
        }
    }

    fn write(&self, diagnostic: &Diagnostic) {
        let text = match self.log {
            Log::Text => drawn(&self.renderer, diagnostic, self.sources) + "\n",
            Log::Json => json_of(diagnostic, self.sources).to_string(),
        };
        // Nothing can be done when standard error is closed.
        let _ = writeln!(std::io::stderr(), "{text}");
    }

    /// Whether these findings stop a document.
    pub fn stops(&self, found: &Diagnostics) -> bool {
        found.has_errors() || (self.strict && !found.is_empty())
    }

    /// Whether warnings count as errors.
    pub fn is_strict(&self) -> bool {
        self.strict
    }

    /// How messages are written.
    pub fn log(&self) -> Log {
        self.log
    }
}

/// The whole text of a finding, without colours; what tests compare.
pub fn plain(diagnostic: &Diagnostic, sources: &Sources) -> String {
    let renderer = Renderer::plain().decor_style(DecorStyle::Ascii).term_width(100);
    drawn(&renderer, diagnostic, sources)
}

/// The whole text of a finding. An excerpt with an origin of its own gets a second line for it, which
/// is empty and is taken out.
fn drawn(renderer: &Renderer, diagnostic: &Diagnostic, sources: &Sources) -> String {
    let text = renderer.render(&[text_of(diagnostic, sources)]);
    let is_empty_origin = |line: &str| {
        let mut bare = String::new();
        let mut parts = line.split('\u{1b}');
        bare.push_str(parts.next().unwrap_or_default());
        // A sequence for colour ends with m.
        parts.for_each(|part| bare.push_str(part.split_once('m').map_or("", |(_, rest)| rest)));
        bare.trim() == ":::"
    };
    text.lines().filter(|line| !is_empty_origin(line)).collect::<Vec<_>>().join("\n")
}

fn text_of<'a>(diagnostic: &'a Diagnostic, sources: &Sources) -> Group<'a> {
    let level = match diagnostic.severity {
        Severity::Error => Level::ERROR,
        Severity::Warning => Level::WARNING,
    };
    let title = level.primary_title(&diagnostic.message).id(diagnostic.code);
    let mut group = Group::with_title(title);
    for excerpt in excerpts(&diagnostic.labels, sources) {
        group = match excerpt.with_origin() {
            Some((origin, snippet)) => group.element(origin).element(snippet),
            None => group.element(excerpt.snippet()),
        };
    }
    for help in &diagnostic.help {
        group = group.element(Level::HELP.message(help));
    }
    group
}

/// Some lines of one file with the labels that fall on them.
struct Excerpt<'a> {
    source: std::sync::Arc<Source>,
    /// Whether the text tells of people, so that only what the labels point at is shown.
    private: bool,
    lines: Range<usize>,
    labels: Vec<&'a Label>,
}

/// Labels gathered into excerpts, in the order of the first label of each. Only the lines around
/// labels are handed on, so that a message about a large file costs no more than one about a small.
fn excerpts<'a>(labels: &'a [Label], sources: &Sources) -> Vec<Excerpt<'a>> {
    let mut excerpts: Vec<(SourceId, Excerpt<'a>)> = Vec::new();
    for label in labels {
        let source = sources.get(label.span.source);
        let first = source.position(label.span.start).line;
        let last = source.position(label.span.end.max(label.span.start)).line.min(first + 3);
        let near = excerpts.iter_mut().find(|(id, excerpt)| {
            *id == label.span.source
                && first <= excerpt.lines.end + EXCERPT_GAP
                && last + EXCERPT_GAP >= excerpt.lines.start
        });
        match near {
            Some((_, excerpt)) => {
                excerpt.lines = excerpt.lines.start.min(first)..excerpt.lines.end.max(last);
                excerpt.labels.push(label);
            }
            None => {
                let private = sources.is_private(source.name());
                let excerpt = Excerpt { source, private, lines: first..last, labels: vec![label] };
                excerpts.push((label.span.source, excerpt));
            }
        }
    }
    excerpts.into_iter().map(|(_, excerpt)| excerpt).collect()
}

impl<'a> Excerpt<'a> {
    /// An excerpt whose columns are not those of what is shown: one that tells of people, with cells
    /// left out; or the part of a line that is too long to be drawn, around its first label: drawing
    /// takes time by the line's length, and there may be as many messages on it as it has letters.
    fn with_origin(&self) -> Option<(Origin<'a>, Snippet<'a, annotate_snippets::Annotation<'a>>)> {
        let first = self.labels.first()?;
        let start = self.source.line_start(self.lines.start);
        let end = self.source.line_start(self.lines.start + 1);
        if end - start <= LONG_LINE {
            return self.private.then(|| (self.origin(first), self.snippet()));
        }
        let text = self.source.text();
        let place = (first.span.start as usize).clamp(start, end);
        let from = text.floor_char_boundary(place.saturating_sub(60).max(start));
        let to = text.floor_char_boundary((place + 120).min(end));
        let part = text.get(from..to).unwrap_or_default().trim_end();
        let part = self.shown(part, from);
        let inside = |at: u32| part.place((at as usize).saturating_sub(from));
        let (low, high) = (inside(first.span.start), inside(first.span.end));
        let mark = AnnotationKind::Primary.span(low..high.max(low));
        let mark = mark.label((!first.text.is_empty()).then_some(first.text.as_str()));
        let line = self.source.position(first.span.start).line;
        Some((self.origin(first), Snippet::source(part.text).line_start(line).annotation(mark)))
    }

    fn origin(&self, label: &Label) -> Origin<'a> {
        let position = self.source.position(label.span.start);
        let origin = Origin::path(self.source.name().to_owned());
        origin.line(position.line).char_column(position.column)
    }

    /// The part of the text that starts at `start`, without what messages must not show.
    fn shown(&self, part: &str, start: usize) -> Masked {
        if !self.private {
            return Masked::open(part);
        }
        let needed: Vec<Range<usize>> = self
            .labels
            .iter()
            .map(|label| {
                let within = |at: u32| (at as usize).saturating_sub(start).min(part.len());
                within(label.span.start)..within(label.span.end)
            })
            .collect();
        Masked::private(
            part,
            &needed,
            self.source.name().to_lowercase().ends_with(".csv"),
            start == 0,
        )
    }

    fn snippet(&self) -> Snippet<'a, annotate_snippets::Annotation<'a>> {
        let start = self.source.line_start(self.lines.start);
        let end = self.source.line_start(self.lines.end + 1);
        let text = self.shown(self.source.text().get(start..end).unwrap_or_default(), start);
        let inside = |at: u32| text.place((at as usize).saturating_sub(start));
        let annotations: Vec<_> = self
            .labels
            .iter()
            .map(|label| {
                let kind = match label.primary {
                    true => AnnotationKind::Primary,
                    false => AnnotationKind::Context,
                };
                let from = inside(label.span.start);
                let to = inside(label.span.end).max(from);
                kind.span(from..to).label((!label.text.is_empty()).then_some(label.text.as_str()))
            })
            .collect();
        let snippet = Snippet::source(text.text).line_start(self.lines.start);
        let snippet = match self.private {
            true => snippet,
            false => snippet.path(self.source.name().to_owned()),
        };
        snippet.annotations(annotations)
    }
}

fn json_of(diagnostic: &Diagnostic, sources: &Sources) -> serde_json::Value {
    let places: Vec<_> = diagnostic
        .labels
        .iter()
        .map(|label| {
            let source = sources.get(label.span.source);
            let position = source.position(label.span.start);
            json!({
                "file": source.name(),
                "line": position.line,
                "column": position.column,
                "text": label.text,
                "primary": label.primary,
            })
        })
        .collect();
    json!({
        "severity": match diagnostic.severity { Severity::Error => "error", Severity::Warning => "warning" },
        "code": diagnostic.code,
        "message": diagnostic.message,
        "places": places,
        "help": diagnostic.help,
    })
}
