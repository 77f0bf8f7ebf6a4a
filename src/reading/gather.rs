//! Structure tree and marked content → the elements with their text.

use hayro_syntax::object::{Array, Dict, Name, Number, Object, String as PdfString};
use rustc_hash::{FxHashMap, FxHashSet};

use crate::verify::document::{Document, items, names};
use crate::verify::metadata;
use crate::verify::role::Role;
use crate::verify::tree::{self, Tree};

use super::targets::Targets;
use super::words::{Place, Shown};
use super::{Attributes, Element, Kid, Paper, strings, table};

/// Reads all that can be read of a file.
pub(super) fn gather(document: &Document) -> Paper {
    let shown = Shown::read(document);
    let catalog = document.catalog();
    let title = metadata::read(document).title().map(str::to_owned);
    let mut paper = Paper {
        title,
        language: text(&catalog, "Lang"),
        pages: document.pdf().pages().len(),
        ..Paper::default()
    };
    if let Some(tree) = Tree::read(document) {
        paper.is_tagged = true;
        elements(document, &tree, &shown, &mut paper);
        table::complete(&mut paper);
    }
    paper.artifacts = shown.artifacts;
    paper.loose = shown.loose;
    if !paper.is_tagged {
        untagged(document, shown.marked, &mut paper.loose);
    }
    paper
}

/// Marked content of a file without a structure: page by page, in the order of the numbers.
fn untagged(
    document: &Document,
    marked: FxHashMap<Place, Vec<super::Words>>,
    loose: &mut [String],
) {
    let mut pieces: Vec<_> = marked.into_iter().collect();
    pieces.sort_by_key(|((container, mcid), _)| (container.obj_number, *mcid));
    for ((container, _), words) in pieces {
        let page = document.page_index(container).unwrap_or(0);
        let Some(text) = loose.get_mut(page) else { continue };
        if !text.is_empty() && !text.ends_with('\n') {
            text.push('\n');
        }
        words.iter().for_each(|words| text.push_str(&words.text));
    }
}

fn text(dict: &Dict<'_>, key: &str) -> Option<String> {
    dict.get::<PdfString<'_>>(key).map(|bytes| strings::text(&bytes))
}

fn elements(document: &Document, tree: &Tree<'_>, shown: &Shown<'_>, paper: &mut Paper) {
    let targets = Targets::read(document);
    let classes = tree.root.get::<Dict<'_>>("ClassMap").unwrap_or_default();
    let mut by_id: FxHashMap<Vec<u8>, usize> = FxHashMap::default();
    let mut headers: Vec<(usize, Vec<Vec<u8>>)> = Vec::new();
    let mut met: FxHashSet<Place> = FxHashSet::default();
    for (index, element) in tree.elements.iter().enumerate() {
        let dict = &element.dict;
        if let Some(id) = dict.get::<PdfString<'_>>("ID") {
            by_id.entry(id.to_vec()).or_insert(index);
        }
        let mut own = Attributes::default();
        let mut names = Vec::new();
        for object in attribute_objects(dict, &classes) {
            attributes(&object, &mut own, &mut names);
        }
        if !names.is_empty() {
            headers.push((index, names));
        }
        let mut target = None;
        let mut kids = Vec::with_capacity(element.kids.len());
        for kid in &element.kids {
            match kid {
                tree::Kid::Element(child) => kids.push(Kid::Element(*child)),
                tree::Kid::Marked { container: Some(container), mcid, .. } => {
                    if met.insert((*container, *mcid))
                        && let Some(words) = shown.marked.get(&(*container, *mcid))
                    {
                        kids.push(Kid::Words(words.clone()));
                    }
                }
                tree::Kid::Object { dict: Some(annotation), .. } => {
                    target = target.or_else(|| targets.of(annotation));
                }
                _ => {}
            }
        }
        paper.elements.push(Element {
            written: String::from_utf8_lossy(&element.written).into_owned(),
            role: element.role,
            parent: element.parent,
            kids,
            page: element.page.and_then(|page| document.page_index(page)),
            language: text(dict, "Lang"),
            alternative: text(dict, "Alt"),
            actual: text(dict, "ActualText"),
            expansion: text(dict, "E"),
            title: text(dict, "T"),
            target,
            attributes: own,
        });
    }
    for (cell, names) in headers {
        let known = names.iter().filter_map(|name| by_id.get(name)).copied();
        let known: Vec<usize> = known
            .filter(|header| {
                *header != cell && paper.elements.get(*header).is_some_and(|e| e.role == Role::Th)
            })
            .collect();
        if let Some(element) = paper.elements.get_mut(cell) {
            element.attributes.headers = known;
        }
    }
    paper.unread = shown.marked.keys().filter(|place| !met.contains(*place)).count();
}

/// The attribute objects of an element: its own (`A`), and those of its classes (`C`).
fn attribute_objects<'a>(dict: &Dict<'a>, classes: &Dict<'a>) -> Vec<Dict<'a>> {
    let mut found = Vec::new();
    let mut add = |object: Option<Object<'a>>| match object {
        Some(Object::Dict(one)) => found.push(one),
        Some(Object::Array(several)) => {
            found.extend(items(&several).filter_map(Object::into_dict));
        }
        _ => {}
    };
    match dict.get::<Object<'a>>("C") {
        Some(Object::Name(class)) => add(classes.get::<Object<'a>>(&*class)),
        Some(Object::Array(several)) => {
            names(&several).for_each(|class| add(classes.get::<Object<'a>>(&*class)));
        }
        _ => {}
    }
    add(dict.get::<Object<'a>>("A"));
    found
}

fn attributes(object: &Dict<'_>, own: &mut Attributes, headers: &mut Vec<Vec<u8>>) {
    let name = |key: &str| {
        object.get::<Name<'_>>(key).map(|name| String::from_utf8_lossy(&name).into_owned())
    };
    let count = |key: &str| {
        let number = object.get::<Number>(key)?.as_i64();
        u32::try_from(number).ok()
    };
    own.scope = name("Scope").or(own.scope.take());
    own.numbering = name("ListNumbering").or(own.numbering.take());
    own.summary = text(object, "Summary").or(own.summary.take());
    own.columns = count("ColSpan").unwrap_or(own.columns);
    own.rows = count("RowSpan").unwrap_or(own.rows);
    if let Some(list) = object.get::<Array<'_>>("Headers") {
        let ids = items(&list).filter_map(Object::into_string);
        headers.extend(ids.map(|id| id.to_vec()));
    }
}
