//! Puts nodes in document order and takes out what no paper shows.

use crate::diag::{Diagnostic, Diagnostics};
use crate::origin::OriginMap;

use super::builder::Built;
use super::parse::place;
use super::tree::{Document, Element, Namespace, Node, NodeData, NodeId};

/// Elements whose content is not printed, and why.
const LEFT_OUT: &[(&str, &str)] = &[
    ("script", "scripts are not run"),
    ("iframe", "other documents are not embedded"),
    ("frame", "other documents are not embedded"),
    ("frameset", "other documents are not embedded"),
    ("object", "embedded objects are not shown"),
    ("embed", "embedded objects are not shown"),
    ("applet", "embedded objects are not shown"),
    ("video", "paper cannot play it"),
    ("audio", "paper cannot play it"),
    ("canvas", "paper cannot play it"),
    ("input", "form controls are not printed"),
    ("select", "form controls are not printed"),
    ("textarea", "form controls are not printed"),
    ("button", "form controls are not printed"),
    ("progress", "form controls are not printed"),
    ("meter", "form controls are not printed"),
    ("datalist", "form controls are not printed"),
    ("template", "its content is not part of the document"),
    ("math", "formulas are not set"),
    ("dialog", "it belongs to a screen"),
    ("marquee", "it belongs to a screen"),
];

/// Why an element's content is not printed.
fn reason(element: &Element) -> Option<&'static str> {
    if element.namespace != Namespace::Html {
        return None;
    }
    LEFT_OUT.iter().find(|(name, _)| *name == &*element.name).map(|(_, reason)| *reason)
}

/// The elements of HTML that are set.
pub fn known_elements() -> impl Iterator<Item = &'static str> {
    KNOWN.iter().copied()
}

/// The elements of HTML that are left out, and why.
pub fn left_out() -> impl Iterator<Item = (&'static str, &'static str)> {
    LEFT_OUT.iter().copied()
}

/// The elements of HTML that are set, whether or not they have a look of their own.
const KNOWN: &[&str] = &[
    "html",
    "head",
    "body",
    "title",
    "meta",
    "link",
    "style",
    "base",
    "noscript",
    "div",
    "span",
    "p",
    "h1",
    "h2",
    "h3",
    "h4",
    "h5",
    "h6",
    "hgroup",
    "header",
    "footer",
    "main",
    "section",
    "article",
    "aside",
    "nav",
    "address",
    "search",
    "blockquote",
    "pre",
    "hr",
    "br",
    "wbr",
    "ul",
    "ol",
    "menu",
    "dir",
    "li",
    "dl",
    "dt",
    "dd",
    "figure",
    "figcaption",
    "table",
    "caption",
    "colgroup",
    "col",
    "thead",
    "tbody",
    "tfoot",
    "tr",
    "td",
    "th",
    "a",
    "abbr",
    "acronym",
    "b",
    "bdi",
    "bdo",
    "big",
    "cite",
    "code",
    "data",
    "del",
    "dfn",
    "em",
    "font",
    "i",
    "ins",
    "kbd",
    "mark",
    "q",
    "s",
    "samp",
    "small",
    "strike",
    "strong",
    "sub",
    "sup",
    "time",
    "tt",
    "u",
    "var",
    "center",
    "img",
    "picture",
    "source",
    "svg",
    "map",
    "area",
    "details",
    "summary",
    "form",
    "fieldset",
    "legend",
    "label",
    "output",
    "optgroup",
    "option",
    "param",
    "track",
    "ruby",
    "rb",
    "rt",
    "rp",
    "rtc",
    "nobr",
];

/// Whether the element is known at all; unknown ones are taken as `span`.
fn is_known(element: &Element) -> bool {
    element.namespace != Namespace::Html
        || KNOWN.contains(&&*element.name)
        || element.name.contains('-')
        // What a word processor adds to HTML, such as `o:p`.
        || element.name.contains(':')
}

/// Takes out the content of elements that are not supported, one warning each, and renumbers.
pub(super) fn prune(built: Built, origins: OriginMap) -> (Document, Diagnostics) {
    let mut found = Diagnostics::new();
    let mut warned = 0_u32;
    let mut moved = built.moved;
    let mut nodes = built.nodes;
    for index in 0..nodes.len() {
        let Some(diagnostic) = fault(&nodes, index) else { continue };
        if let NodeData::Element(element) = &nodes[index].data
            && reason(element).is_some()
        {
            moved |= nodes[index].first_child.is_some();
            nodes[index].first_child = None;
            nodes[index].last_child = None;
        }
        warned += 1;
        if warned <= 50 {
            found.push(place(diagnostic, &origins, nodes[index].origin));
        }
    }
    if moved {
        nodes = renumbered(nodes);
    }
    (Document { nodes, origins }, found)
}

fn fault(nodes: &[Node], index: usize) -> Option<Diagnostic> {
    let NodeData::Element(element) = &nodes[index].data else { return None };
    if index != 0 && nodes[index].parent.is_none() {
        return None;
    }
    let name = &element.name;
    if let Some(reason) = reason(element) {
        let message = format!("<{name}> is left out: {reason}");
        return Some(Diagnostic::warning("markup/unsupported-element", message));
    }
    (!is_known(element)).then(|| {
        let message = format!("<{name}> is not an element of HTML and is set as plain text");
        Diagnostic::warning("markup/unknown-element", message)
    })
}

/// The nodes that hang below the root, in document order.
fn renumbered(nodes: Vec<Node>) -> Vec<Node> {
    let mut order: Vec<NodeId> = Vec::with_capacity(nodes.len());
    let mut next = Some(NodeId::ROOT);
    while let Some(id) = next {
        order.push(id);
        next = following(&nodes, id);
    }
    let mut new_ids: Vec<Option<NodeId>> = vec![None; nodes.len()];
    for (index, old) in order.iter().enumerate() {
        new_ids[old.index()] = u32::try_from(index).ok().map(NodeId);
    }
    let map = |id: Option<NodeId>| id.and_then(|id| new_ids.get(id.index()).copied().flatten());
    let mut old: Vec<Option<Node>> = nodes.into_iter().map(Some).collect();
    let taken = order.iter().filter_map(|id| old[id.index()].take());
    taken
        .map(|node| Node {
            parent: map(node.parent),
            first_child: map(node.first_child),
            last_child: map(node.last_child),
            previous: map(node.previous),
            next: map(node.next),
            ..node
        })
        .collect()
}

/// The node after `id` in document order.
fn following(nodes: &[Node], id: NodeId) -> Option<NodeId> {
    if let Some(child) = nodes[id.index()].first_child {
        return Some(child);
    }
    let mut at = Some(id);
    while let Some(id) = at {
        if let Some(next) = nodes[id.index()].next {
            return Some(next);
        }
        at = nodes[id.index()].parent;
    }
    None
}
