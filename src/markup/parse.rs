//! The parse itself: feeds the tokenizer tag by tag, so that every node knows its byte offset.

use std::cell::{Cell, RefCell};

use html5ever::interface::{TokenizerResult, Tracer};
use html5ever::tendril::StrTendril;
use html5ever::tokenizer::{
    BufferQueue, Tag, TagKind, Token, TokenSink, TokenSinkResult, Tokenizer, TokenizerOpts,
};
use html5ever::tree_builder::{TreeBuilder, TreeBuilderOpts};
use html5ever::{LocalName, interface::TreeSink as _, local_name};

use crate::diag::{Diagnostic, Diagnostics};
use crate::origin::OriginMap;

use super::builder::{At, Builder, Fault, Handle};
use super::prune::prune;
use super::tree::Document;

/// Elements nested deeper than this are taken as if their tags were not there.
const MAX_DEPTH: u32 = 256;

/// The tokenizer's work for a tag grows with the square of its attributes.
const MAX_ATTRIBUTES: usize = 1_000;

/// A text that comes to more nodes than this is refused from there on.
const MAX_NODES: usize = 8_000_000;

/// Reads `html`, whose stretches come from `origins`.
///
/// Never fails: faults are warnings with their place in the template (`markup/…`), as a browser
/// would mend them (HTML Living Standard 13.2). Comments are dropped, white space is kept.
pub fn parse(html: &str, origins: OriginMap) -> (Document, Diagnostics) {
    let options = TreeBuilderOpts {
        scripting_enabled: false,
        // A missing doctype is no fault here, and must not switch to quirks.
        iframe_srcdoc: true,
        ..TreeBuilderOpts::default()
    };
    let builder = TreeBuilder::new(Builder::new(html.len() / 10), options);
    let gate = Gate { builder, dropped: RefCell::default(), flattened: Cell::new(None) };
    let tokenizer = Tokenizer::new(gate, TokenizerOpts::default());
    let whole = StrTendril::from(html);
    let queue = BufferQueue::default();
    let (mut too_large, mut overloaded) = (None, None);
    let mut at = 0;
    while at < html.len() {
        let (end, attributes) = piece_end(html.as_bytes(), at);
        tokenizer.sink.builder.sink.offset.set(clamp(at));
        if attributes > MAX_ATTRIBUTES {
            overloaded.get_or_insert(clamp(at));
            at = end;
            continue;
        }
        queue.push_back(whole.subtendril(clamp(at), clamp(end - at)));
        while !matches!(tokenizer.feed(&queue), TokenizerResult::Done) {}
        at = end;
        if tokenizer.sink.builder.sink.len() > MAX_NODES {
            too_large = Some(clamp(at));
            break;
        }
    }
    tokenizer.sink.builder.sink.offset.set(clamp(at));
    tokenizer.end();
    let flattened = tokenizer.sink.flattened.get();
    let mut built = tokenizer.sink.builder.sink.finish();
    let faults = std::mem::take(&mut built.faults);
    let (document, mut found) = prune(built, origins);
    for fault in faults {
        found.extend(warning(&fault, &document.origins));
    }
    if let Some(offset) = flattened {
        found.push(place(
            Diagnostic::warning(
                "markup/too-deep",
                format!("elements are nested more than {MAX_DEPTH} deep; deeper tags are left out"),
            ),
            &document.origins,
            offset,
        ));
    }
    if let Some(offset) = overloaded {
        let message = format!("a tag has more than {MAX_ATTRIBUTES} attributes, and is left out");
        let error = Diagnostic::error("markup/too-many-attributes", message)
            .help("look for a quotation mark that is missing");
        found.push(place(error, &document.origins, offset));
    }
    if let Some(offset) = too_large {
        let message = "the text comes to too many elements for one document";
        let error = Diagnostic::error("markup/too-large", message)
            .help("make several documents of it, each with a part of the records");
        found.push(place(error, &document.origins, offset));
    }
    (document, found)
}

fn clamp(offset: usize) -> u32 {
    u32::try_from(offset).unwrap_or(u32::MAX)
}

/// Points `diagnostic` at the template's place for `offset` of the filled text, when it has one.
pub(super) fn place(diagnostic: Diagnostic, origins: &OriginMap, offset: u32) -> Diagnostic {
    match origins.locate(offset) {
        Some(span) => diagnostic.at(span, ""),
        None => diagnostic,
    }
}

/// Where the piece that starts at `at` ends: a tag ends after its `>`, text before the next tag. Of
/// a tag it tells how many attributes it has, or some more.
fn piece_end(html: &[u8], at: usize) -> (usize, usize) {
    let opens = |at: usize| {
        html.get(at + 1).is_some_and(|b| b.is_ascii_alphabetic() || matches!(b, b'/' | b'!' | b'?'))
    };
    if html[at] != b'<' || !opens(at) {
        let text = html[at + 1..].iter().position(|byte| *byte == b'<');
        return (text.map_or(html.len(), |length| at + 1 + length), 0);
    }
    if html[at..].starts_with(b"<!--") {
        let end = html[at..].windows(3).position(|window| window == b"-->");
        return (end.map_or(html.len(), |length| at + length + 3), 0);
    }
    let mut quote = None;
    let (mut after_equals, mut after_space, mut attributes) = (false, false, 0);
    for (index, byte) in html.iter().enumerate().skip(at + 1) {
        match (quote, byte) {
            (Some(open), byte) if open == *byte => quote = None,
            (Some(_), _) => {}
            (None, b'>') => return (index + 1, attributes),
            (None, b'"' | b'\'') if after_equals => quote = Some(*byte),
            (None, b'=') => after_equals = true,
            (None, byte) if byte.is_ascii_whitespace() || *byte == b'/' => after_space = true,
            (None, _) => {
                attributes += usize::from(after_space && !after_equals);
                (after_equals, after_space) = (false, false);
            }
        }
    }
    (html.len(), attributes)
}

/// Stands between tokenizer and tree builder: notes places and bounds the depth. The builder's own
/// work for a tag grows with the number of open elements, so the bound also keeps time linear.
struct Gate {
    builder: TreeBuilder<Handle, Builder>,
    dropped: RefCell<Vec<LocalName>>,
    flattened: Cell<Option<u32>>,
}

impl Gate {
    /// Whether a start or end tag is left out because it is nested too deep.
    fn leaves_out(&self, tag: &Tag) -> bool {
        let mut dropped = self.dropped.borrow_mut();
        match tag.kind {
            TagKind::StartTag => {
                let deep = self.builder.sink.depth() >= MAX_DEPTH;
                let leaves_out = deep && !is_leaf(&tag.name) && self.open_elements() >= MAX_DEPTH;
                if leaves_out {
                    if self.flattened.get().is_none() {
                        self.flattened.set(Some(self.builder.sink.offset.get()));
                    }
                    if !tag.self_closing {
                        dropped.push(tag.name.clone());
                    }
                }
                leaves_out
            }
            TagKind::EndTag => {
                let from = dropped.len().saturating_sub(64);
                let open = dropped[from..].iter().rposition(|name| *name == tag.name);
                open.map(|index| dropped.truncate(from + index)).is_some()
            }
        }
    }

    /// How many elements the tree builder holds, formatting to be reopened included.
    fn open_elements(&self) -> u32 {
        struct Count(Cell<u32>);
        impl Tracer for Count {
            type Handle = Handle;
            fn trace_handle(&self, _: &Handle) {
                self.0.set(self.0.get() + 1);
            }
        }
        let count = Count(Cell::new(0));
        self.builder.trace_handles(&count);
        count.0.get()
    }

    fn note(&self, token: &Token) {
        let sink = &self.builder.sink;
        let at = match token {
            Token::TagToken(tag) if tag.kind == TagKind::StartTag => At::Start(tag.name.clone()),
            Token::TagToken(tag) => At::End(tag.name.clone()),
            Token::CharacterTokens(_) => {
                if *sink.at.borrow() != At::Text {
                    sink.text_offset.set(sink.offset.get());
                }
                At::Text
            }
            Token::EOFToken => At::Finish,
            _ => At::Other,
        };
        *sink.at.borrow_mut() = at;
    }
}

/// Elements that hold no others, or whose start tag switches the tokenizer to raw text.
fn is_leaf(name: &LocalName) -> bool {
    matches!(
        *name,
        local_name!("area")
            | local_name!("br")
            | local_name!("col")
            | local_name!("hr")
            | local_name!("img")
            | local_name!("input")
            | local_name!("link")
            | local_name!("meta")
            | local_name!("wbr")
            | local_name!("style")
            | local_name!("script")
            | local_name!("title")
            | local_name!("textarea")
            | local_name!("xmp")
            | local_name!("iframe")
            | local_name!("noframes")
            | local_name!("noembed")
            | local_name!("plaintext")
    )
}

impl TokenSink for Gate {
    type Handle = Handle;

    fn process_token(&self, token: Token, line: u64) -> TokenSinkResult<Handle> {
        if let Token::ParseError(words) = token {
            self.builder.sink.fault(At::Other, words);
            return TokenSinkResult::Continue;
        }
        self.note(&token);
        match &token {
            Token::CommentToken(_) => return TokenSinkResult::Continue,
            Token::TagToken(tag) if self.leaves_out(tag) => return TokenSinkResult::Continue,
            _ => {}
        }
        self.builder.process_token(token, line)
    }

    fn end(&self) {
        self.builder.end();
    }

    fn adjusted_current_node_present_but_not_in_html_namespace(&self) -> bool {
        self.builder.adjusted_current_node_present_but_not_in_html_namespace()
    }
}

/// The faults that change what is printed.
fn warning(fault: &Fault, origins: &OriginMap) -> Option<Diagnostic> {
    let diagnostic = match &fault.at {
        At::Start(name) if fault.words.contains("self-closing") => Diagnostic::warning(
            "markup/self-closing",
            format!("<{name}/> does not close itself in HTML; it stays open"),
        )
        .help(format!("write <{name}></{name}>")),
        At::Start(name) => Diagnostic::warning(
            "markup/misplaced-element",
            format!("<{name}> cannot stand here and was moved or left out"),
        )
        .help("check which elements around it are still open"),
        At::End(name) => Diagnostic::warning(
            "markup/stray-end-tag",
            format!("</{name}> closes nothing, or closes elements inside it that are still open"),
        ),
        At::Text => Diagnostic::warning(
            "markup/misplaced-text",
            "text stands where a table allows none and was moved out of it",
        ),
        At::Finish => {
            Diagnostic::warning("markup/unclosed", "the text ends inside an element or a tag")
        }
        At::Other if fault.words.contains("DOCTYPE") => return None,
        At::Other => Diagnostic::warning("markup/syntax", syntax_words(&fault.words)),
    };
    Some(place(diagnostic, origins, fault.offset))
}

fn syntax_words(words: &str) -> String {
    let mut letters = words.chars();
    let first = letters.next().map(|c| c.to_lowercase().to_string()).unwrap_or_default();
    format!("the HTML is not well-formed: {first}{}", letters.as_str())
}
