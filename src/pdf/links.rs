//! Links → annotations, anchors → named destinations (ISO 32000-1 12.5.6.5, 12.3.2.3).

use std::collections::BTreeMap;
use std::sync::Arc;

use lopdf::Object;

use crate::layout::{Link, TagId, Target};

use super::file::File;
use super::object::{dictionary, name, reals, reference, text};
use super::pages::{Boxes, WrittenPage};

/// An annotation that is numbered but not written.
#[derive(Debug, Clone, Copy)]
pub(super) struct Annotation {
    pub(super) id: u32,
    pub(super) page: usize,
    pub(super) tag: TagId,
}

/// Places with a name, by name.
pub(super) type Destinations = BTreeMap<Arc<str>, (usize, f32, f32)>;

/// All anchors; of several with one name, the first in page order.
pub(super) fn destinations(pages: &[WrittenPage]) -> Destinations {
    let mut destinations = Destinations::new();
    for (index, page) in pages.iter().enumerate() {
        for (name, at) in &page.anchors {
            let (x, y) = page.boxes.point(*at);
            destinations.entry(name.clone()).or_insert((index, x, y));
        }
    }
    destinations
}

/// Numbers the annotations of all pages. A link in running matter has no structure element, and
/// an annotation without one is forbidden (ISO 14289-1 7.18.5): it stays plain text.
pub(super) fn number(pages: &[WrittenPage], file: &mut File) -> Vec<Annotation> {
    let mut annotations = Vec::new();
    for (page, written) in pages.iter().enumerate() {
        for link in &written.links {
            if let Some(tag) = link.tag {
                annotations.push(Annotation { id: file.reserve(), page, tag });
            }
        }
    }
    annotations
}

/// How many annotations a page gets.
pub(super) fn count(page: &WrittenPage) -> usize {
    page.links.iter().filter(|link| link.tag.is_some()).count()
}

/// Writes one annotation. `key` is its place in the parent tree.
pub(super) fn write(
    link: &Link,
    id: u32,
    key: usize,
    boxes: &Boxes,
    destinations: &Destinations,
    file: &mut File,
) {
    let corner = |x, y| boxes.point(crate::geom::Point::new(x, y));
    let (left, bottom) = corner(link.rect.origin.x, link.rect.bottom());
    let (right, top) = corner(link.rect.right(), link.rect.origin.y);
    let mut annotation = dictionary([
        ("Type", name("Annot")),
        ("Subtype", name("Link")),
        ("Rect", reals(&[left, bottom, right, top])),
        ("Border", Object::Array(vec![0.into(), 0.into(), 0.into()])),
        // Printed, as an archival file demands (ISO 19005-2 6.3.2).
        ("F", Object::Integer(4)),
        ("Contents", text(&link.contents)),
        ("StructParent", Object::Integer(key as i64)),
    ]);
    match &link.target {
        Target::Uri(uri) => {
            let uri = Object::string_literal(ascii_uri(uri));
            let action = dictionary([("S", name("URI")), ("URI", uri)]);
            annotation.set("A", Object::Dictionary(action));
        }
        Target::Anchor(anchor) => {
            if destinations.contains_key(anchor) {
                annotation.set("Dest", Object::string_literal(anchor.as_bytes()));
            }
        }
    }
    file.object(id, annotation);
}

/// The address with everything outside ASCII as percent signs and digits (RFC 3986 2.1).
fn ascii_uri(uri: &str) -> String {
    let mut ascii = String::with_capacity(uri.len());
    for byte in uri.bytes() {
        if (0x21..0x7f).contains(&byte) {
            ascii.push(byte as char);
        } else {
            ascii.push_str(&format!("%{byte:02X}"));
        }
    }
    ascii
}

/// A place on a page.
pub(super) fn destination(page: u32, x: f32, y: f32) -> Object {
    let (x, y) = (Object::Real(x), Object::Real(y));
    Object::Array(vec![reference(page), name("XYZ"), x, y, Object::Null])
}

/// The name tree of destinations, `None` without anchors.
pub(super) fn names(
    destinations: &Destinations,
    page_id: impl Fn(usize) -> u32,
    file: &mut File,
) -> Option<u32> {
    if destinations.is_empty() {
        return None;
    }
    let entries: Vec<(&[u8], Object)> = destinations
        .iter()
        .map(|(key, &(page, x, y))| (key.as_bytes(), destination(page_id(page), x, y)))
        .collect();
    Some(name_tree(entries, file))
}

/// Writes a name tree of two levels (ISO 32000-1 7.9.6); `entries` are in ascending order.
pub(super) fn name_tree(entries: Vec<(&[u8], Object)>, file: &mut File) -> u32 {
    let mut kids = Vec::new();
    for leaf in entries.chunks(64) {
        let (Some(first), Some(last)) = (leaf.first(), leaf.last()) else { continue };
        let limits = [first.0, last.0].map(Object::string_literal).to_vec();
        let names = leaf
            .iter()
            .flat_map(|(key, value)| [Object::string_literal(*key), value.clone()])
            .collect();
        let id = file.reserve();
        let node = dictionary([("Limits", Object::Array(limits)), ("Names", Object::Array(names))]);
        file.object(id, node);
        kids.push(reference(id));
    }
    let root = file.reserve();
    file.object(root, dictionary([("Kids", Object::Array(kids))]));
    root
}
