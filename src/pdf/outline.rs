//! Headings → the outline, nested as they are (ISO 32000-1 12.3.3).

use lopdf::Object;

use crate::layout::OutlineEntry;

use super::file::File;
use super::links::destination;
use super::object::{dictionary, reference, text};
use super::pages::WrittenPage;

/// More entries than this, and only the topmost are shown at first.
const OPEN: usize = 40;

/// An entry's place in the tree.
#[derive(Debug, Clone, Default, PartialEq)]
struct Node {
    parent: Option<usize>,
    children: Vec<usize>,
}

/// Writes the outline and returns its number; `None` without headings.
pub(super) fn write(
    entries: &[OutlineEntry],
    pages: &[WrittenPage],
    page_id: impl Fn(usize) -> u32,
    file: &mut File,
) -> Option<u32> {
    let entries: Vec<&OutlineEntry> =
        entries.iter().filter(|entry| entry.page < pages.len()).collect();
    if entries.is_empty() {
        return None;
    }
    let levels: Vec<u8> = entries.iter().map(|entry| entry.level).collect();
    let (top, nodes) = nest(&levels);
    let root = file.reserve();
    let first = file.reserve_many(entries.len());
    let id = |index: usize| first + index as u32;
    let open = entries.len() <= OPEN;
    for (index, (entry, node)) in entries.iter().zip(&nodes).enumerate() {
        let (x, y) = pages[entry.page].boxes.point(entry.at);
        let mut item = dictionary([
            ("Title", text(&entry.title)),
            ("Parent", reference(node.parent.map_or(root, id))),
            ("Dest", destination(page_id(entry.page), x, y)),
        ]);
        let siblings = node.parent.map_or(&top, |parent| &nodes[parent].children);
        let place = siblings.binary_search(&index).unwrap_or(0);
        if let Some(&before) = place.checked_sub(1).and_then(|before| siblings.get(before)) {
            item.set("Prev", reference(id(before)));
        }
        if let Some(&after) = siblings.get(place + 1) {
            item.set("Next", reference(id(after)));
        }
        if let (Some(&first), Some(&last)) = (node.children.first(), node.children.last()) {
            item.set("First", reference(id(first)));
            item.set("Last", reference(id(last)));
            let count = if open { descendants(&nodes, index) } else { node.children.len() } as i64;
            item.set("Count", Object::Integer(if open { count } else { -count }));
        }
        file.object(id(index), item);
    }
    let count = if open { entries.len() } else { top.len() };
    let outline = dictionary([
        ("Type", super::object::name("Outlines")),
        ("First", reference(id(top[0]))),
        ("Last", reference(id(*top.last().unwrap_or(&0)))),
        ("Count", Object::Integer(count as i64)),
    ]);
    file.object(root, outline);
    Some(root)
}

/// Nests entries by level: each stands under the nearest earlier one of a lower level.
fn nest(levels: &[u8]) -> (Vec<usize>, Vec<Node>) {
    let mut top = Vec::new();
    let mut nodes: Vec<Node> = vec![Node::default(); levels.len()];
    let mut open: Vec<usize> = Vec::new();
    for (index, &level) in levels.iter().enumerate() {
        while open.last().is_some_and(|&above| levels[above] >= level) {
            open.pop();
        }
        match open.last() {
            Some(&parent) => {
                nodes[index].parent = Some(parent);
                nodes[parent].children.push(index);
            }
            None => top.push(index),
        }
        open.push(index);
    }
    (top, nodes)
}

/// How many entries stand under one, at any depth: they follow it up to its next sibling.
fn descendants(nodes: &[Node], index: usize) -> usize {
    let mut last = index;
    while let Some(&child) = nodes[last].children.last() {
        last = child;
    }
    last - index
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn levels_nest_under_the_nearest_lower_one() {
        let (top, nodes) = nest(&[1, 2, 3, 2, 1, 3]);
        assert_eq!(top, [0, 4]);
        assert_eq!(nodes[0].children, [1, 3]);
        assert_eq!(nodes[1].children, [2]);
        assert_eq!(nodes[4].children, [5]);
        assert_eq!(descendants(&nodes, 0), 3);
    }
}
