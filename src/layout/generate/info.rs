//! What the document says of itself: title, language and `meta` elements.

use crate::layout::page::Info;
use crate::markup::{Document, NodeId};

/// Reads the head of the document.
pub fn info(document: &Document) -> Info {
    let mut info = Info::default();
    let Some(root) = document.root_element() else { return info };
    if let Some(element) = document.element(root) {
        let direction = element.attribute("dir").unwrap_or_default();
        info.rtl = direction.trim().eq_ignore_ascii_case("rtl");
        info.language = element.attribute("lang").unwrap_or_default().trim().to_owned();
    }
    let head = document.children(root).find(|id| named(document, *id) == Some("head"));
    let Some(head) = head else { return info };
    for id in document.children(head) {
        match named(document, id) {
            Some("title") => info.title = collapse(&document.text(id)),
            Some("meta") => meta(document, id, &mut info),
            _ => {}
        }
    }
    info
}

fn meta(document: &Document, id: NodeId, info: &mut Info) {
    let Some(element) = document.element(id) else { return };
    let (Some(name), Some(content)) = (element.attribute("name"), element.attribute("content"))
    else {
        return;
    };
    let content = collapse(content);
    match name.to_ascii_lowercase().as_str() {
        "author" => info.authors.push(content),
        "description" => info.subject = Some(content),
        "keywords" => {
            let words = content.split(',').map(str::trim).filter(|word| !word.is_empty());
            info.keywords.extend(words.map(str::to_owned));
        }
        "viewport" => {}
        _ => info.custom.push((name.to_owned(), content)),
    }
}

/// The name of an element, `None` for text.
pub fn named(document: &Document, id: NodeId) -> Option<&str> {
    document.element(id).map(|element| &*element.name)
}

/// `text` with each run of white space as one space and none at the ends.
pub fn collapse(text: &str) -> String {
    let mut collapsed = String::with_capacity(text.len());
    for word in text.split_ascii_whitespace() {
        if !collapsed.is_empty() {
            collapsed.push(' ');
        }
        collapsed.push_str(word);
    }
    collapsed
}
