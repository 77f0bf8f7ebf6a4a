//! `{{markdown background level=3}}`: prose.

use pulldown_cmark::{CowStr, Event, HeadingLevel, Options, Parser, Tag, TagEnd, html};

use crate::fill::call::{Call, Given};
use crate::fill::dispatch::unprintable;
use crate::fill::fault::Fault;

/// Lists and quotations inside each other; deeper ones have no use, and layout recurses.
const MAX_DEPTH: usize = 24;

pub(super) fn run(call: &Call) -> Result<String, Fault> {
    let given = call.arg(0)?;
    let text = call.text(given)?;
    if let Some(fault) = unprintable(call, given, &text) {
        return Err(fault);
    }
    let level = call.number_option("level", 2, 1..=6)?;
    let mut events: Vec<Event> = Vec::new();
    let mut depth = 0_usize;
    let parser = Parser::new_ext(&text, Options::ENABLE_TABLES | Options::ENABLE_STRIKETHROUGH);
    for event in parser {
        match &event {
            Event::Start(_) => depth += 1,
            Event::End(_) => depth = depth.saturating_sub(1),
            _ => {}
        }
        if depth > MAX_DEPTH {
            let message = "the prose has lists or quotations nested too deeply";
            return Err(call.fault_of(given, "fill/too-deep", message));
        }
        events.push(plain(call, given, event)?);
    }
    shift_headings(&mut events, level);
    if call.flag("inline") {
        unwrap_paragraph(&mut events);
    }
    let mut made = String::with_capacity(text.len() * 3 / 2);
    html::push_html(&mut made, events.into_iter());
    Ok(made.trim_end().to_owned())
}

/// The event as it may be printed: raw HTML as text, links only where a paper may lead.
fn plain<'e>(call: &Call, given: &Given, event: Event<'e>) -> Result<Event<'e>, Fault> {
    match event {
        Event::Html(text) | Event::InlineHtml(text) => Ok(Event::Text(text)),
        Event::Start(Tag::HtmlBlock) => Ok(Event::Start(Tag::Paragraph)),
        Event::End(TagEnd::HtmlBlock) => Ok(Event::End(TagEnd::Paragraph)),
        Event::Start(Tag::Link { ref dest_url, .. }) if !may_lead(dest_url) => {
            let message = format!("the prose has a link to `{dest_url}`");
            Err(call
                .fault_of(given, "fill/forbidden-link", message)
                .help("links lead to http, https or mailto addresses, or to `#…` in the paper"))
        }
        Event::Start(Tag::Image { .. }) => Err(call
            .fault_of(given, "fill/forbidden-picture", "the prose has a picture in it")
            .help("pictures are placed by the template")),
        other => Ok(other),
    }
}

fn may_lead(address: &CowStr) -> bool {
    let lower = address.to_ascii_lowercase();
    ["http://", "https://", "mailto:", "#"].iter().any(|start| lower.starts_with(start))
        // `<name@example.org>` is a link without the scheme.
        || (lower.contains('@') && !lower.contains([':', '/']))
}

/// Moves all headings so that the highest has `level`; none goes below 6.
fn shift_headings(events: &mut [Event], level: u64) {
    let highest = events.iter().filter_map(|event| match event {
        Event::Start(Tag::Heading { level, .. }) => Some(*level as u64),
        _ => None,
    });
    let Some(highest) = highest.min() else { return };
    let moved = |old: HeadingLevel| {
        let new = (old as u64 - highest + level).min(6);
        usize::try_from(new).ok().and_then(|new| HeadingLevel::try_from(new).ok()).unwrap_or(old)
    };
    for event in events {
        match event {
            Event::Start(Tag::Heading { level, .. }) => *level = moved(*level),
            Event::End(TagEnd::Heading(level)) => *level = moved(*level),
            _ => {}
        }
    }
}

/// Takes the paragraph from around the text when there is only one.
fn unwrap_paragraph(events: &mut Vec<Event>) {
    let starts =
        events.iter().filter(|event| matches!(event, Event::Start(Tag::Paragraph))).count();
    let outer = matches!(events.first(), Some(Event::Start(Tag::Paragraph)))
        && matches!(events.last(), Some(Event::End(TagEnd::Paragraph)));
    if starts == 1 && outer {
        events.pop();
        events.remove(0);
    }
}
