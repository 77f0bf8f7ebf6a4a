//! An `svg` element of the document as SVG text.

use crate::markup::{Document, NodeData, NodeId};

/// The element at `node` and all inside, written as XML for the SVG parser.
pub fn svg_text(document: &Document, node: NodeId) -> String {
    enum Step {
        Open(NodeId),
        Close(NodeId),
    }
    let mut text = String::new();
    let mut pending = vec![Step::Open(node)];
    while let Some(step) = pending.pop() {
        match step {
            Step::Close(id) => {
                if let Some(element) = document.element(id) {
                    text.push_str("</");
                    text.push_str(&element.name);
                    text.push('>');
                }
            }
            Step::Open(id) => match &document.node(id).data {
                NodeData::Text(part) => escape(part, &mut text),
                NodeData::Element(element) => {
                    text.push('<');
                    text.push_str(&element.name);
                    if id == node {
                        text.push_str(" xmlns=\"http://www.w3.org/2000/svg\"");
                    }
                    for (name, value) in &element.attributes {
                        let is_namespace = &**name == "xmlns" || name.starts_with("xmlns:");
                        // Prefixes other than xlink's, which HTML resolves, have no meaning here.
                        if is_namespace || name.contains(':') {
                            continue;
                        }
                        text.push(' ');
                        text.push_str(name);
                        text.push_str("=\"");
                        escape(value, &mut text);
                        text.push('"');
                    }
                    text.push('>');
                    pending.push(Step::Close(id));
                    let at = pending.len();
                    pending.extend(document.children(id).map(Step::Open));
                    pending[at..].reverse();
                }
                NodeData::Document => {}
            },
        }
    }
    text
}

fn escape(part: &str, text: &mut String) {
    for character in part.chars() {
        match character {
            '&' => text.push_str("&amp;"),
            '<' => text.push_str("&lt;"),
            '>' => text.push_str("&gt;"),
            '"' => text.push_str("&quot;"),
            // Not allowed in XML.
            '\u{0}'..='\u{8}' | '\u{b}' | '\u{c}' | '\u{e}'..='\u{1f}' => {}
            other => text.push(other),
        }
    }
}
