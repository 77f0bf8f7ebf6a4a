//! What is wrong with a YAML text, in words for the person who typed it.

use crate::diag::Diagnostic;
use crate::source::{SourceId, Span};

use super::yaml_events::{Fault, MAX_DEPTH, MAX_NODES};

const CODE: &str = "load/yaml";

impl Fault {
    /// The finding for this fault in `text`.
    pub(super) fn report(self, source: SourceId, text: &str) -> Diagnostic {
        match self {
            Fault::Syntax { at, info } => syntax(source, text, at, &info),
            Fault::TooDeep(span) => Diagnostic::error(
                "load/yaml-too-deep",
                format!("lists and maps are nested more than {MAX_DEPTH} deep"),
            )
            .at(span, "this is one level too many"),
            Fault::TooLarge(span) => {
                let message = format!(
                    "the file holds too much: more than {MAX_NODES} values, or too much text, once its aliases (`*name`) are spelled out"
                );
                Diagnostic::error("load/yaml-too-large", message)
                    .at(span, "the limit is passed here")
                    .help("aliases that repeat lists of aliases grow very fast; write the values out where they are needed")
            }
            Fault::Recursive(span) => Diagnostic::error(
                "load/yaml-recursive",
                "an alias stands inside the value that it repeats",
            )
            .at(span, "this would go on for ever"),
            Fault::Broken(span) => Diagnostic::error(CODE, "the YAML cannot be read").at(span, ""),
        }
    }
}

/// The finding for a text that is not YAML; `at` is a byte offset, `info` the parser's own words.
pub(super) fn syntax(source: SourceId, text: &str, at: usize, info: &str) -> Diagnostic {
    let at = text.floor_char_boundary(at.min(text.len()));
    let at = before_blank_lines(text, at);
    let line = line_around(text, at);
    let before = line.0.checked_sub(1).map(|end| line_around(text, end));
    let mistake =
        [Some(line), before].into_iter().flatten().find_map(|line| mistake_in(text, line, at));
    let mistake = mistake.or_else(|| open_bracket(text, at));
    // The parser stops before a line that starts with a tab.
    let below = text[at..].find('\n').map(|end| line_around(text, at + end + 1));
    let tab = || mistake_in(text, below.filter(|_| info.contains("tab"))?, at);
    let mistake = mistake.or_else(tab);
    let (place, message, help) = match mistake {
        Some(mistake) => (mistake.place, mistake.message.to_owned(), mistake.help.to_owned()),
        None => (place_of(text, at), plain_words(info).to_owned(), general_help(info).to_owned()),
    };
    let diagnostic = Diagnostic::error(CODE, message).at(Span::new(source, place.0, place.1), "");
    if help.is_empty() { diagnostic } else { diagnostic.help(help) }
}

type Stretch = (usize, usize);

struct Mistake {
    place: Stretch,
    message: &'static str,
    help: &'static str,
}

/// At the end of a text and on a blank line there is nothing to see: the fault is in what stands above.
fn before_blank_lines(text: &str, at: usize) -> usize {
    let (start, end) = line_around(text, at);
    if !text[start..end].trim().is_empty() {
        return at;
    }
    let above = text[..start].trim_end();
    let (start, end) = line_around(text, above.len());
    start + (text[start..end].len() - text[start..end].trim_start().len())
}

/// The line that holds `at`, without its end.
fn line_around(text: &str, at: usize) -> Stretch {
    let start = text[..at].rfind('\n').map_or(0, |at| at + 1);
    let end = text[at..].find('\n').map_or(text.len(), |length| at + length);
    (start, end)
}

/// The letter at `at`, or the point at the end.
fn place_of(text: &str, at: usize) -> Stretch {
    let letter = text[at..].chars().next().filter(|letter| *letter != '\n' && *letter != '\r');
    (at, at + letter.map_or(0, char::len_utf8))
}

/// A bracket that nothing closes, in a value that starts with it.
fn open_bracket(text: &str, at: usize) -> Option<Mistake> {
    let lines = text[..at].lines().rev().take(FAR);
    let mut end = text[..at].trim_end_matches('\n').len();
    for line in lines {
        let start = end.saturating_sub(line.len());
        let content = line.trim_start();
        let (value_at, value) = if is_flow(content) {
            let mark = item_mark(content);
            (mark, &content[mark..])
        } else {
            value_of(content)
        };
        let value_at = start + (line.len() - content.len()) + value_at;
        if !value.starts_with(['[', '{']) {
            end = start.saturating_sub(1);
            continue;
        }
        return unclosed(value).map(|bracket| Mistake {
            place: (value_at + bracket, value_at + bracket + 1),
            message: "a bracket is not closed",
            help: "close it with ] or } at the end of the value",
        });
    }
    None
}

/// Whether a line is an item that is a list or a map in brackets.
fn is_flow(content: &str) -> bool {
    content[item_mark(content)..].starts_with(['[', '{'])
}

/// The innermost bracket that is open at the end, or where another kind of bracket closes.
fn unclosed(value: &str) -> Option<usize> {
    let mut open: Vec<(usize, char)> = Vec::new();
    let mut quote = None;
    for (at, letter) in value.char_indices() {
        match (quote, letter) {
            (Some(mark), _) => quote = Some(mark).filter(|mark| *mark != letter),
            (None, '"' | '\'') => quote = Some(letter),
            (None, '[') => open.push((at, ']')),
            (None, '{') => open.push((at, '}')),
            (None, ']' | '}') => match open.pop() {
                Some((_, close)) if close == letter => {}
                other => return other.map(|(at, _)| at),
            },
            _ => {}
        }
    }
    open.pop().map(|(at, _)| at)
}

/// How many lines above a fault an open bracket is looked for.
const FAR: usize = 40;

/// The usual mistakes, each told by the looks of the line.
fn mistake_in(text: &str, (start, end): Stretch, at: usize) -> Option<Mistake> {
    let line = &text[start..end];
    let indent = line.len() - line.trim_start_matches([' ', '\t']).len();
    let content = line[indent..].trim_end();
    let found = |from: usize, to: usize, message, help| {
        Some(Mistake { place: (start + from, start + to), message, help })
    };
    if let Some(tab) = line[..indent].find('\t') {
        let message = "a tab stands in the indentation of the line";
        return found(tab, tab + 1, message, "indent with spaces, two for each level");
    }
    if content.is_empty() || content.starts_with('#') {
        return None;
    }
    let glued = content.strip_prefix('-').and_then(|rest| rest.chars().next());
    if glued.is_some_and(char::is_alphabetic) {
        let message = "a space is missing after the dash";
        return found(indent, indent + 1, message, "write `- text`, with a space after the dash");
    }
    let (value_at, value) = value_of(content);
    let value_at = indent + value_at;
    if let Some(first) = value.chars().next().filter(|first| "@%`".contains(*first)) {
        let message = "a text cannot start with this character unless it is in quotes";
        return found(
            value_at,
            value_at + first.len_utf8(),
            message,
            "put the whole text in quotes: key: \"…\"",
        );
    }
    let quoted =
        is_flow(content) || value.starts_with(['"', '\'', '[', '{', '|', '>', '&', '*', '!']);
    if let Some(colon) = value.find(": ").filter(|_| !quoted && value_at > indent) {
        let message = "a text with a colon and a space in it must be in quotes";
        return found(
            value_at + colon,
            value_at + colon + 1,
            message,
            "put the whole text in quotes: key: \"one: two\"",
        );
    }
    if let Some(hash) = value.find(" #").filter(|hash| !quoted && start + value_at + hash < at) {
        let message = "what follows “ #” is a comment and ends the text";
        return found(
            value_at + hash + 1,
            value_at + hash + 2,
            message,
            "put the whole text in quotes if the # belongs to it",
        );
    }
    let colon =
        content.find(':').filter(|colon| *colon > 0 && value_at == indent + item_mark(content))?;
    let word = &content[item_mark(content)..colon];
    let glued = content[colon + 1..]
        .chars()
        .next()
        .is_some_and(|next| !next.is_whitespace() && next != '/');
    let wordlike = !word.is_empty()
        && word.chars().all(|letter| letter.is_alphanumeric() || "-_".contains(letter));
    if glued && wordlike {
        let message = "a space is missing after the colon";
        return found(
            indent + colon,
            indent + colon + 1,
            message,
            "write `key: value`, with a space after the colon",
        );
    }
    None
}

/// How many bytes the `- ` of a list item takes at the start of a line's content.
fn item_mark(content: &str) -> usize {
    content.strip_prefix("- ").map_or(0, |rest| content.len() - rest.trim_start().len())
}

/// What stands after the first `: ` (else after the `- `), with its offset.
fn value_of(content: &str) -> (usize, &str) {
    let mark = item_mark(content);
    let rest = &content[mark..];
    let key_end = rest.find(": ").filter(|_| !rest.starts_with(['"', '\'']));
    let from =
        key_end.map_or(mark, |colon| mark + rest.len() - rest[colon + 1..].trim_start().len());
    (from, &content[from..])
}

/// The parser's words, turned to what the person sees.
fn plain_words(info: &str) -> &'static str {
    let says = |part: &str| info.contains(part);
    if says("tab") {
        "a tab stands where YAML wants spaces"
    } else if says("quoted scalar") && (says("end of stream") || says("indent")) {
        "a quoted text has no closing quote"
    } else if says("trailing content after double-quoted") {
        "something stands after the closing quote"
    } else if says("escape") {
        "a backslash in a double-quoted text is followed by a character that it cannot stand before"
    } else if says("unknown anchor") {
        "an alias (`*name`) names an anchor that is not above it"
    } else if says("flow") || says("bracket") || says("unexpected eof") || says("recursion limit") {
        "a list in […] or a map in {…} is not written out properly"
    } else if says("mapping values are not allowed") {
        "a colon is not expected here"
    } else if says("simple key") {
        "a `key: value` is expected here, but the colon is missing"
    } else if says("indent")
        || says("block mapping")
        || says("block collection")
        || says("block scalar")
    {
        "the indentation does not fit the lines above"
    } else if says("document") {
        "a document start or end (`---`, `...`) is out of place"
    } else if says("directive") || says("TAG") {
        "a line that starts with % is not a text"
    } else if says("control characters") || says("unprintable") {
        "a control character stands in the text"
    } else {
        "this cannot be read as YAML"
    }
}

fn general_help(info: &str) -> &'static str {
    let says = |part: &str| info.contains(part);
    if says("tab") {
        "indent with spaces, two for each level"
    } else if says("escape") {
        "use single quotes ('…'), in which a backslash is an ordinary character"
    } else if says("unknown anchor") {
        "a text that starts with * must be in quotes"
    } else if says("quoted scalar") {
        "put the same quote at the end of the text; a quote inside it is written twice ('') or with a backslash (\\\")"
    } else if says("mapping values are not allowed") || says("simple key") || says("expected key") {
        "check that keys of one map start in the same column, that a space follows each colon, and that texts with “: ” are in quotes"
    } else if says("indent") || says("block") {
        "keys of one map, and items of one list, start in the same column"
    } else {
        ""
    }
}
