//! Puts nodes in document order and takes out what no paper shows.

use html5ever::local_name;

use crate::diag::{Diagnostic, Diagnostics};
use crate::origin::OriginMap;

use super::builder::Built;
use super::parse::place;
use super::tree::{Document, Element, Namespace, Node, NodeData, NodeId};

/// Why an element's content is not printed.
fn reason(element: &Element) -> Option<&'static str> {
    if element.namespace != Namespace::Html {
        return None;
    }
    match element.name {
        local_name!("script") => Some("scripts are not run"),
        local_name!("iframe") | local_name!("frame") | local_name!("frameset") => {
            Some("other documents are not embedded")
        }
        local_name!("object") | local_name!("embed") | local_name!("applet") => {
            Some("embedded objects are not shown")
        }
        local_name!("video") | local_name!("audio") | local_name!("canvas") => {
            Some("paper cannot play it")
        }
        local_name!("input")
        | local_name!("select")
        | local_name!("textarea")
        | local_name!("button")
        | local_name!("progress")
        | local_name!("meter")
        | local_name!("datalist") => Some("form controls are not printed"),
        local_name!("template") => Some("its content is not part of the document"),
        local_name!("math") => Some("formulas are not set"),
        local_name!("dialog") | local_name!("marquee") => Some("it belongs to a screen"),
        _ => None,
    }
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
