//! Where the tags of a template stand, and the faults that show before it is compiled: tags and
//! blocks that are not closed, and nesting without end.
//!
//! handlebars keeps a line and a column for a tag's start only; messages and origins need the
//! whole stretch of every tag, closing and `else` tags included.

use crate::diag::{Diagnostic, Diagnostics};
use crate::source::{SourceId, Span};

/// Blocks inside blocks; parsing and filling recurse this deep.
const MAX_BLOCKS: usize = 60;
/// `else if` branches of one block; each is a block inside the one before.
const MAX_BRANCHES: usize = 60;
/// Brackets inside one tag.
const MAX_BRACKETS: usize = 16;

/// What a tag does to the nesting.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum TagKind {
    /// `{{! … }}`
    Comment,
    /// `{{#…}}`, `{{#>…}}` or `{{#*…}}`
    Open,
    /// `{{/…}}`
    Close,
    /// `{{else}}`, `{{else …}}` or `{{^}}`
    Else,
    /// Everything else.
    Single,
}

/// One tag, in bytes of the template.
#[derive(Debug, Clone, Copy)]
pub(super) struct Tag {
    pub(super) start: usize,
    pub(super) end: usize,
    pub(super) kind: TagKind,
}

/// Whether a character delimits marks in filled text (Unicode noncharacters, which no text for
/// people has) and so must come from nowhere else.
pub(super) fn is_reserved(c: char) -> bool {
    ('\u{FDD0}'..='\u{FDEF}').contains(&c)
}

/// All tags of `text` in order, or what is wrong with them.
pub(super) fn scan(text: &str, source: SourceId) -> Result<Vec<Tag>, Diagnostics> {
    let mut faults = Diagnostics::new();
    if let Some((at, c)) = text.char_indices().find(|(_, c)| is_reserved(*c)) {
        let name = format!("U+{:04X}", u32::from(c));
        faults.push(
            Diagnostic::error(
                "fill/reserved-character",
                format!("the character {name} is no text"),
            )
            .at(Span::new(source, at, at + c.len_utf8()), "remove it"),
        );
    }
    let mut tags = Vec::new();
    let mut at = 0;
    while let Some(found) = text.get(at..).and_then(|rest| rest.find("{{")) {
        let start = at + found;
        let bytes = text.as_bytes();
        let slashes = bytes[at..start].iter().rev().take_while(|byte| **byte == b'\\').count();
        if slashes == 1 {
            at = start + if bytes.get(start + 2) == Some(&b'{') { 3 } else { 2 };
            continue;
        }
        match tag_at(text, start) {
            Ok(tag) => {
                at = tag.end;
                tags.push(tag);
            }
            Err((message, help)) => {
                faults.push(
                    Diagnostic::error("fill/syntax", message)
                        .at(Span::new(source, start, start + 2), "here")
                        .help(help),
                );
                at = start + 2;
            }
        }
    }
    nesting(text, source, &tags, &mut faults);
    if faults.is_empty() { Ok(tags) } else { Err(faults) }
}

fn tag_at(text: &str, start: usize) -> Result<Tag, (&'static str, &'static str)> {
    let rest = text.get(start..).unwrap_or_default();
    let comment = |end: usize| Tag { start, end: start + end, kind: TagKind::Comment };
    if rest.starts_with("{{{{") {
        return Err(("four braces have no meaning here", "write `\\{{` for two literal braces"));
    }
    if rest.starts_with("{{!--")
        && let Some(end) = rest.find("--}}")
    {
        return Ok(comment(end + 4));
    }
    if rest.starts_with("{{!") {
        let end = rest.find("}}").ok_or(("a comment is not closed", "close it with `}}`"))?;
        return Ok(comment(end + 2));
    }
    let unclosed = ("a tag is not closed", "close it with `}}`");
    let length = tag_length(rest)?.ok_or(unclosed)?;
    let inner = rest.get(2..length).unwrap_or_default().trim_start_matches(['~', ' ', '\n', '\t']);
    let word_else = inner.strip_prefix("else").is_some_and(|after| {
        !after.starts_with(|c: char| c.is_alphanumeric() || "-_.$:/".contains(c))
    });
    let kind = match inner.chars().next() {
        Some('#') => TagKind::Open,
        Some('/') => TagKind::Close,
        Some('^') => TagKind::Else,
        _ if word_else => TagKind::Else,
        _ => TagKind::Single,
    };
    Ok(Tag { start, end: start + length, kind })
}

/// Length of the tag that `rest` starts with; `None` when it has no end.
fn tag_length(rest: &str) -> Result<Option<usize>, (&'static str, &'static str)> {
    let bytes = rest.as_bytes();
    let triple = rest.starts_with("{{{");
    let mut depth = 0_usize;
    let mut quote: Option<u8> = None;
    let mut at = if triple { 3 } else { 2 };
    while let Some(byte) = bytes.get(at) {
        match (quote, byte) {
            (Some(_), b'\\') => at += 1,
            (Some(open), close) if open == *close => quote = None,
            (Some(_), _) => {}
            (None, b'"' | b'\'') => quote = Some(*byte),
            (None, b'}') if bytes.get(at + 1) == Some(&b'}') && depth == 0 => {
                let long = triple && bytes.get(at + 2) == Some(&b'}');
                return Ok(Some(at + if long { 3 } else { 2 }));
            }
            (None, b'{') if bytes.get(at + 1) == Some(&b'{') => return Ok(None),
            (None, b'(' | b'[' | b'{') => depth += 1,
            (None, b')' | b']' | b'}') => depth = depth.saturating_sub(1),
            _ => {}
        }
        if depth > MAX_BRACKETS {
            return Err(("brackets are nested too deeply", "split the expression"));
        }
        at += 1;
    }
    Ok(None)
}

/// The first word of a block's tag: `if` of `{{#if x}}`, `layouts/paper` of `{{#> layouts/paper}}`.
pub(super) fn block_name(tag: &str) -> &str {
    tag.trim_start_matches(['{', '~', '#', '/', '>', '*', '^', ' ', '\n', '\t'])
        .split(|c: char| c.is_whitespace() || c == '}' || c == '~')
        .next()
        .unwrap_or_default()
        .trim_matches(['"', '\''])
}

fn nesting(text: &str, source: SourceId, tags: &[Tag], faults: &mut Diagnostics) {
    let mut open: Vec<(Tag, usize)> = Vec::new();
    let written = |tag: &Tag| text.get(tag.start..tag.end).unwrap_or_default();
    let span = |tag: &Tag| Span::new(source, tag.start, tag.end);
    for tag in tags {
        match tag.kind {
            TagKind::Open => open.push((*tag, 0)),
            TagKind::Else => match open.last_mut() {
                Some((_, branches)) => *branches += 1,
                None => faults.push(
                    Diagnostic::error("fill/syntax", "an `else` stands outside of any block")
                        .at(span(tag), "no block is open here"),
                ),
            },
            TagKind::Close => close(tag, &mut open, &written, &span, faults),
            TagKind::Comment | TagKind::Single => {}
        }
        let branches = open.last().map_or(0, |(_, branches)| *branches);
        if open.len() == MAX_BLOCKS + 1 || branches == MAX_BRANCHES + 1 {
            faults.push(
                Diagnostic::error("fill/too-deep", "blocks are nested too deeply")
                    .at(span(tag), "here")
                    .help("move the inner part into a partial"),
            );
            return;
        }
    }
    for (tag, _) in open {
        let name = block_name(written(&tag));
        faults.push(
            Diagnostic::error("fill/syntax", format!("the block `{name}` is not closed"))
                .at(span(&tag), "opened here")
                .help(format!("close it with `{{{{/{name}}}}}`")),
        );
    }
}

fn close<'t>(
    tag: &Tag,
    open: &mut Vec<(Tag, usize)>,
    written: &dyn Fn(&Tag) -> &'t str,
    span: &dyn Fn(&Tag) -> Span,
    faults: &mut Diagnostics,
) {
    let name = block_name(written(tag));
    let Some((opened, _)) = open.last().copied() else {
        faults.push(
            Diagnostic::error("fill/syntax", format!("`{name}` is closed, but no block is open"))
                .at(span(tag), "closed here"),
        );
        return;
    };
    let expected = block_name(written(&opened));
    if expected == name || name.is_empty() {
        open.pop();
        return;
    }
    let message = format!("the block `{expected}` is closed as `{name}`");
    faults.push(
        Diagnostic::error("fill/syntax", message)
            .at(span(tag), "closed here")
            .context(span(&opened), "opened here")
            .help(format!("close it with `{{{{/{expected}}}}}`")),
    );
    // The outer block that it names is closed with all that is open inside it.
    if let Some(index) = open.iter().rposition(|(tag, _)| block_name(written(tag)) == name) {
        open.truncate(index);
    } else {
        open.pop();
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::source::Sources;

    fn tags(text: &str) -> Vec<(String, TagKind)> {
        let id = Sources::new().add("t.hbs", text);
        let tags = scan(text, id).unwrap();
        tags.iter().map(|tag| (text[tag.start..tag.end].to_owned(), tag.kind)).collect()
    }

    fn messages(text: &str) -> Vec<String> {
        let id = Sources::new().add("t.hbs", text);
        scan(text, id).unwrap_err().iter().map(|found| found.message.clone()).collect()
    }

    #[test]
    fn scan_of_every_kind_of_tag_gives_its_stretch() {
        let text =
            "a{{! x }}{{!-- }} --}}{{#if (eq a \"}}\")}}{{{m}}}{{else}}\\{{n}}{{elsewhere}}{{/if}}";
        let found = tags(text);
        let expected = [
            ("{{! x }}", TagKind::Comment),
            ("{{!-- }} --}}", TagKind::Comment),
            ("{{#if (eq a \"}}\")}}", TagKind::Open),
            ("{{{m}}}", TagKind::Single),
            ("{{else}}", TagKind::Else),
            ("{{elsewhere}}", TagKind::Single),
            ("{{/if}}", TagKind::Close),
        ];
        assert_eq!(found, expected.map(|(text, kind)| (text.to_owned(), kind)));
    }

    #[test]
    fn scan_of_blocks_not_closed_reports_each() {
        assert_eq!(
            messages("{{#if a}}{{#each b}}{{/if}} {{/with}} {{#> layouts/paper}}"),
            [
                "the block `each` is closed as `if`",
                "`with` is closed, but no block is open",
                "the block `layouts/paper` is not closed"
            ]
        );
        assert_eq!(messages("{{else}}"), ["an `else` stands outside of any block"]);
        assert_eq!(messages("{{a"), ["a tag is not closed"]);
        assert_eq!(messages("{{! a"), ["a comment is not closed"]);
    }

    #[test]
    fn scan_of_endless_nesting_is_refused() {
        assert_eq!(messages(&"{{#if a}}".repeat(9000)), ["blocks are nested too deeply"]);
        let brackets = format!("{{{{a {}", "(b ".repeat(9000));
        assert_eq!(messages(&brackets), ["brackets are nested too deeply"]);
        let branches = format!("{{{{#if a}}}}{}{{{{/if}}}}", "{{else if b}}".repeat(9000));
        assert_eq!(messages(&branches), ["blocks are nested too deeply"]);
        assert_eq!(messages("a\u{FDD0}b"), ["the character U+FDD0 is no text"]);
    }
}
