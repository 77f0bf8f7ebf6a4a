//! Writes an inline picture out again, for the library that draws SVG.

use super::tree::{Document, NodeData, NodeId};

/// The subtree at `id` as XML, with the namespaces that SVG needs. The attributes `inherited` stand
/// at its root where it has none of that name.
pub fn to_xml(document: &Document, id: NodeId, inherited: &[(&str, String)]) -> String {
    enum Step {
        Open(NodeId),
        Close(NodeId),
    }
    let mut xml = String::new();
    let mut pending = vec![Step::Open(id)];
    while let Some(step) = pending.pop() {
        let (Step::Open(at) | Step::Close(at)) = step;
        let element = match &document.node(at).data {
            NodeData::Element(element) => element,
            NodeData::Text(text) => {
                escape(text, &mut xml);
                continue;
            }
            NodeData::Document => continue,
        };
        if matches!(step, Step::Close(_)) {
            xml.push_str("</");
            xml.push_str(&element.name);
            xml.push('>');
            continue;
        }
        xml.push('<');
        xml.push_str(&element.name);
        if at == id {
            xml.push_str(" xmlns=\"http://www.w3.org/2000/svg\"");
            xml.push_str(" xmlns:xlink=\"http://www.w3.org/1999/xlink\"");
            let free = |(name, _): &&(&str, String)| element.attribute(name).is_none();
            for (name, value) in inherited.iter().filter(free) {
                attribute(name, value, &mut xml);
            }
        }
        for (name, value) in &element.attributes {
            if !is_xml_name(name) || name.starts_with("xmlns") {
                continue;
            }
            attribute(name, value, &mut xml);
        }
        xml.push('>');
        pending.push(Step::Close(at));
        let from = pending.len();
        pending.extend(document.children(at).map(Step::Open));
        pending[from..].reverse();
    }
    xml
}

fn attribute(name: &str, value: &str, xml: &mut String) {
    xml.push(' ');
    xml.push_str(name);
    xml.push_str("=\"");
    escape(value, xml);
    xml.push('"');
}

fn is_xml_name(name: &str) -> bool {
    let starts = name.starts_with(|c: char| c.is_ascii_alphabetic() || c == '_');
    let colons = name.matches(':').count();
    let known =
        colons == 0 || (colons == 1 && (name.starts_with("xlink:") || name.starts_with("xml:")));
    starts && known && name.chars().all(|c| c.is_ascii_alphanumeric() || "-_.:".contains(c))
}

fn escape(text: &str, xml: &mut String) {
    for letter in text.chars() {
        match letter {
            '&' => xml.push_str("&amp;"),
            '<' => xml.push_str("&lt;"),
            '>' => xml.push_str("&gt;"),
            '"' => xml.push_str("&quot;"),
            '\u{0}'..='\u{8}' | '\u{b}' | '\u{c}' | '\u{e}'..='\u{1f}' => xml.push('\u{fffd}'),
            letter => xml.push(letter),
        }
    }
}
