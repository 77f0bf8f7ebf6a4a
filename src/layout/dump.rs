//! Pages and structure as text, for tests.

use std::fmt::Write;

use crate::assets::Assets;
use crate::diag::Diagnostics;
use crate::fonts::FontSources;
use crate::markup::parse;
use crate::origin::OriginMap;
use crate::source::{Sources, Span};
use crate::style::cascade;

use super::{Item, Laid, Mark, Pages, Paint, TagId, lay_out};

/// Lays out an HTML text with the built-in fonts.
pub fn lay_out_text(html: &str) -> (Laid, Diagnostics) {
    let sources = Sources::new();
    let id = sources.add("test.html", html);
    let (document, mut found) = parse(html, OriginMap::identity(Span::new(id, 0, html.len())));
    let assets = Assets::builtin();
    let (styled, more) = cascade(&document, &assets, &sources, "test.html", &[]);
    found.append(more);
    let (fonts, more) = FontSources::builtin().open();
    found.append(more);
    let (laid, more) = lay_out(&document, &styled, &fonts, &assets, "test.html", &sources);
    found.append(more);
    (laid, found)
}

/// The text of each page, a line for each baseline: `x,y text`. Artifacts stand in brackets.
pub fn pages(laid: &Laid) -> String {
    let mut out = String::new();
    for index in 0..laid.count() {
        let page = laid.page(index);
        let _ = writeln!(out, "page {}", page.label.number);
        let mut line: Option<(i32, i32, String)> = None;
        for item in &page.items {
            let Some((x, y, text)) = text_of(item) else { continue };
            match &mut line {
                Some((_, at, known)) if *at == y => known.push_str(&text),
                _ => {
                    if let Some((x, y, text)) = line.take() {
                        let _ = writeln!(out, "  {x},{y} {text}");
                    }
                    line = Some((x, y, text));
                }
            }
        }
        if let Some((x, y, text)) = line {
            let _ = writeln!(out, "  {x},{y} {text}");
        }
    }
    out
}

fn text_of(item: &Item) -> Option<(i32, i32, String)> {
    let Paint::Glyphs(run) = &item.paint else { return None };
    let text = match item.mark {
        Mark::Tagged(_) => run.text.to_string(),
        Mark::Artifact(_) => format!("[{}]", run.text),
    };
    Some((run.origin.x.0.round() as i32, run.origin.y.0.round() as i32, text))
}

/// The structure tree with the text of each element, indented.
pub fn structure(laid: &Laid) -> String {
    let structure = laid.structure();
    let mut texts = vec![String::new(); structure.tags.len()];
    for index in 0..laid.count() {
        for item in laid.page(index).items {
            if let (Mark::Tagged(tag), Paint::Glyphs(run)) = (item.mark, &item.paint) {
                texts[tag.index()].push_str(&run.text);
            }
        }
    }
    let mut out = String::new();
    let mut pending = vec![(TagId::DOCUMENT, 0)];
    while let Some((tag, depth)) = pending.pop() {
        let one = structure.tag(tag);
        let _ = write!(out, "{}{:?}", "  ".repeat(depth), one.role);
        if let Some(extra) = &one.extra {
            for (name, value) in
                [("lang", &extra.language), ("alt", &extra.alt), ("title", &extra.title)]
            {
                if let Some(value) = value {
                    let _ = write!(out, " {name}={value}");
                }
            }
            if let Some(scope) = extra.scope {
                let _ = write!(out, " {scope:?}");
            }
            if extra.bbox.is_some() {
                out.push_str(" bbox");
            }
        }
        let text = texts[tag.index()].trim();
        let _ = if text.is_empty() { writeln!(out) } else { writeln!(out, ": {text}") };
        let children = (0u32..)
            .zip(&structure.tags)
            .filter(|(id, child)| child.parent == tag && TagId(*id) != tag);
        let at = pending.len();
        pending.extend(children.map(|(id, _)| (TagId(id), depth + 1)));
        pending[at..].reverse();
    }
    out
}
