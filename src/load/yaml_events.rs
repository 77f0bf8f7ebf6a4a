//! The events of a YAML text as a small tree with places, bounded before anything expands it.
//!
//! Aliases stay references here; each node knows how large it would be with its aliases spelled
//! out, so that a text that expands without bound is refused before it is expanded.

use std::collections::HashMap;

use saphyr_parser::{Event, Parser, ScalarStyle, ScanError, StrInput, Tag};

use crate::source::{SourceId, Span};

/// Deepest nesting of lists and maps, aliases spelled out.
pub(super) const MAX_DEPTH: usize = 64;
/// Most values in one file, aliases spelled out.
pub(super) const MAX_NODES: usize = 1_000_000;
/// Most text in one file, aliases spelled out.
pub(super) const MAX_TEXT: usize = 256 * 1024 * 1024;

/// One node of a document.
#[derive(Debug)]
pub(super) struct Node {
    pub span: Span,
    pub form: Form,
    /// Set when the node carries a tag that is not one of the core schema's.
    pub foreign_tag: Option<String>,
    weight: Weight,
}

/// What a node is; children are indices into [`Nodes`].
#[derive(Debug)]
pub(super) enum Form {
    Scalar(String),
    List(Vec<usize>),
    Map(Vec<(usize, usize)>),
    Alias(usize),
}

/// A node's size with aliases spelled out.
#[derive(Debug, Clone, Copy)]
struct Weight {
    nodes: usize,
    text: usize,
    depth: usize,
}

/// The nodes of all documents of one text.
#[derive(Debug, Default)]
pub(super) struct Nodes {
    all: Vec<Node>,
    /// The root of each document.
    pub roots: Vec<usize>,
}

/// Why the events give no tree.
#[derive(Debug, Clone, PartialEq)]
pub(super) enum Fault {
    /// The text is not YAML; the offset is in bytes.
    Syntax {
        at: usize,
        info: String,
    },
    TooDeep(Span),
    TooLarge(Span),
    /// An alias inside the value that it names.
    Recursive(Span),
    /// A map that is left without the value of its last key; no event stream should give it.
    Broken(Span),
}

impl Nodes {
    /// The node at an index that this tree gave out.
    pub fn get(&self, index: usize) -> Option<&Node> {
        self.all.get(index)
    }

    /// All nodes as written, aliases not spelled out.
    pub fn written(&self) -> impl Iterator<Item = &Node> {
        self.all.iter()
    }

    /// The node that an index means, through aliases.
    pub fn resolve(&self, index: usize) -> Option<&Node> {
        let node = self.all.get(index)?;
        match node.form {
            // An alias names an anchored node, and an alias cannot carry an anchor (YAML 1.2.2 §7.1).
            Form::Alias(target) => self.all.get(target),
            _ => Some(node),
        }
    }
}

/// Reads `text` into nodes.
pub(super) fn read(source: SourceId, text: &str) -> Result<Nodes, Fault> {
    let mut reader = Reader {
        parser: Parser::new_from_str(text),
        offsets: Offsets::new(text),
        source,
        nodes: Nodes::default(),
        open: Vec::new(),
        anchors: HashMap::new(),
        total: Weight { nodes: 0, text: 0, depth: 0 },
    };
    while let Some(next) = reader.parser.next_event() {
        let (event, at) = next.map_err(|error| reader.syntax(&error))?;
        let start = reader.offsets.byte(at.start.index());
        let end = reader.offsets.byte(at.end.index()).max(start);
        reader.take(event, Span::new(source, start, end))?;
    }
    Ok(reader.nodes)
}

struct Reader<'a> {
    parser: Parser<'a, StrInput<'a>>,
    offsets: Offsets<'a>,
    source: SourceId,
    nodes: Nodes,
    open: Vec<Open>,
    /// Anchor number → node, or none while the anchored node is open.
    anchors: HashMap<usize, Option<usize>>,
    total: Weight,
}

/// A list or map whose end is not reached.
struct Open {
    span: Span,
    children: Vec<usize>,
    map: bool,
    anchor: usize,
    foreign_tag: Option<String>,
}

impl Reader<'_> {
    fn syntax(&self, error: &ScanError) -> Fault {
        let at = self.offsets.byte(error.marker().index());
        // The scanner counts open brackets itself, and gives up long before memory does.
        if error.info() == "recursion limit exceeded" {
            return Fault::TooDeep(Span::new(self.source, at, at + 1));
        }
        Fault::Syntax { at, info: error.info().to_owned() }
    }

    fn take(&mut self, event: Event<'_>, span: Span) -> Result<(), Fault> {
        match event {
            Event::Scalar(text, style, anchor, tag) => {
                let span = self.tight(span, style);
                let weight = Weight { nodes: 1, text: text.len(), depth: 0 };
                let form = Form::Scalar(text.into_owned());
                let foreign_tag = foreign(tag.as_deref());
                self.close(Node { span, form, foreign_tag, weight }, anchor)
            }
            Event::Alias(anchor) => {
                let Some(target) = self.anchors.get(&anchor).copied().flatten() else {
                    return Err(Fault::Recursive(span));
                };
                let weight = self.nodes.get(target).map_or(NOTHING, |node| node.weight);
                let node = Node { span, form: Form::Alias(target), foreign_tag: None, weight };
                self.close(node, 0)
            }
            Event::SequenceStart(anchor, tag) => {
                self.start(span, false, anchor, foreign(tag.as_deref()))
            }
            Event::MappingStart(anchor, tag) => {
                self.start(span, true, anchor, foreign(tag.as_deref()))
            }
            Event::SequenceEnd | Event::MappingEnd => self.end(span),
            Event::Nothing
            | Event::StreamStart
            | Event::StreamEnd
            | Event::DocumentStart(_)
            | Event::DocumentEnd => Ok(()),
        }
    }

    fn start(
        &mut self,
        span: Span,
        map: bool,
        anchor: usize,
        foreign_tag: Option<String>,
    ) -> Result<(), Fault> {
        if self.open.len() >= MAX_DEPTH {
            return Err(Fault::TooDeep(span));
        }
        if anchor > 0 {
            self.anchors.insert(anchor, None);
        }
        self.open.push(Open { span, children: Vec::new(), map, anchor, foreign_tag });
        Ok(())
    }

    fn end(&mut self, span: Span) -> Result<(), Fault> {
        let Some(open) = self.open.pop() else { return Err(Fault::Broken(span)) };
        let mut weight = Weight { nodes: 1, text: 0, depth: 0 };
        for child in open.children.iter().filter_map(|child| self.nodes.get(*child)) {
            weight.nodes = weight.nodes.saturating_add(child.weight.nodes);
            weight.text = weight.text.saturating_add(child.weight.text);
            weight.depth = weight.depth.max(child.weight.depth);
        }
        weight.depth += 1;
        let form = if open.map {
            let (pairs, []) = open.children.as_chunks::<2>() else {
                return Err(Fault::Broken(open.span));
            };
            Form::Map(pairs.iter().map(|[key, value]| (*key, *value)).collect())
        } else {
            Form::List(open.children)
        };
        let node = Node { span: open.span, form, foreign_tag: open.foreign_tag, weight };
        self.close(node, open.anchor)
    }

    /// Keeps a finished node and hands it to the list or map that it stands in.
    fn close(&mut self, node: Node, anchor: usize) -> Result<(), Fault> {
        let (span, weight, leaf) =
            (node.span, node.weight, !matches!(node.form, Form::List(_) | Form::Map(_)));
        if self.open.len() + weight.depth > MAX_DEPTH {
            return Err(Fault::TooDeep(span));
        }
        // A list's or map's children are counted already; an alias stands for all that it names.
        self.total.nodes = self.total.nodes.saturating_add(if leaf { weight.nodes } else { 1 });
        self.total.text = self.total.text.saturating_add(if leaf { weight.text } else { 0 });
        if self.total.nodes > MAX_NODES || self.total.text > MAX_TEXT {
            return Err(Fault::TooLarge(span));
        }
        let index = self.nodes.all.len();
        self.nodes.all.push(node);
        if anchor > 0 {
            self.anchors.insert(anchor, Some(index));
        }
        match self.open.last_mut() {
            Some(open) => open.children.push(index),
            None => self.nodes.roots.push(index),
        }
        Ok(())
    }

    /// A plain scalar ends with its last letter, a block scalar with its last line of text.
    fn tight(&self, span: Span, style: ScalarStyle) -> Span {
        if matches!(style, ScalarStyle::SingleQuoted | ScalarStyle::DoubleQuoted) {
            return span;
        }
        let (start, end) = (span.start as usize, span.end as usize);
        let written = self.offsets.text.get(start..end).unwrap_or_default();
        Span::new(self.source, start, start + written.trim_end().len())
    }
}

const NOTHING: Weight = Weight { nodes: 1, text: 0, depth: 0 };

fn foreign(tag: Option<&Tag>) -> Option<String> {
    let tag = tag?;
    let core = ["str", "int", "float", "bool", "null", "seq", "map"];
    let known = tag.is_yaml_core_schema() && core.contains(&tag.suffix.as_str());
    (!known).then(|| tag.to_string())
}

/// Turns the parser's count of characters into bytes.
struct Offsets<'a> {
    text: &'a str,
    /// The byte offset of every `STEP`th character.
    marks: Vec<u32>,
}

const STEP: usize = 64;

impl<'a> Offsets<'a> {
    fn new(text: &'a str) -> Offsets<'a> {
        // In ASCII both counts are the same and no marks are needed.
        let marks = if text.is_ascii() {
            Vec::new()
        } else {
            let starts = text.char_indices().step_by(STEP);
            starts.map(|(at, _)| u32::try_from(at).unwrap_or(u32::MAX)).collect()
        };
        Offsets { text, marks }
    }

    fn byte(&self, index: usize) -> usize {
        if self.marks.is_empty() {
            return index.min(self.text.len());
        }
        let Some(mark) = self.marks.get(index / STEP) else { return self.text.len() };
        let rest = self.text.get(*mark as usize..).unwrap_or_default();
        let within = rest.char_indices().nth(index % STEP).map_or(rest.len(), |(at, _)| at);
        *mark as usize + within
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::source::Sources;

    fn faulty(text: &str) -> Fault {
        read(Sources::new().add("a.yaml", text), text).unwrap_err()
    }

    #[test]
    fn offsets_of_mixed_letters_count_bytes() {
        let text = "åß€x".repeat(100);
        let offsets = Offsets::new(&text);
        for (index, (at, _)) in text.char_indices().enumerate() {
            assert_eq!(offsets.byte(index), at);
        }
        assert_eq!(offsets.byte(10_000), text.len());
    }

    #[test]
    fn billion_laughs_are_refused_before_expansion() {
        let mut text = String::from("a0: &a0 [lol, lol, lol, lol, lol, lol, lol, lol, lol]\n");
        for level in 1..20 {
            let alias = format!("*a{}, ", level - 1).repeat(9);
            text.push_str(&format!("a{level}: &a{level} [{alias}]\n"));
        }
        assert!(matches!(faulty(&text), Fault::TooLarge(_)));
    }

    #[test]
    fn long_text_behind_many_aliases_is_refused() {
        let text = format!("a: &a {}\nb: [{}]\n", "x".repeat(1_000_000), "*a, ".repeat(1000));
        assert!(matches!(faulty(&text), Fault::TooLarge(_)));
    }

    #[test]
    fn deep_nesting_is_refused_in_flow_block_and_alias_form() {
        assert!(matches!(faulty(&"[".repeat(100_000)), Fault::TooDeep(_)));
        assert!(matches!(faulty(&"- ".repeat(100_000)), Fault::TooDeep(_)));
        let mut text = String::from("- &a0 [x]\n");
        for level in 1..70 {
            text.push_str(&format!("- &a{level} [*a{}]\n", level - 1));
        }
        assert!(matches!(faulty(&text), Fault::TooDeep(_)));
    }

    #[test]
    fn alias_inside_its_own_value_is_refused() {
        assert!(matches!(faulty("a: &a\n  b: *a\n"), Fault::Recursive(_)));
    }
}
