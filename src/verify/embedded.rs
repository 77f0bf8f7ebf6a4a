//! Embedded files have names that can be read (ISO 14289-1 7.11).

use hayro_syntax::object::{Array, Dict, Object, ObjectIdentifier, String as PdfString};
use rustc_hash::FxHashSet;

use super::document::Document;
use super::finding::{Findings, Place};
use super::level::Levels;
use super::rule::rules;
use super::structure::Structure;
use super::text::is_blank;

/// How many file specifications, and nodes of the tree of names, are looked at.
const FILES: usize = 1 << 16;

rules! {
    NAMED = "ua1:7.11-1", "7.11", Levels::UA1, Checked,
        "the specification of each embedded file has a name (F and UF)",
        "let the producer write F and UF with the file's name";
}

/// Checks the specifications of all embedded files: those of the catalog's names, those that are
/// associated with the document, a page, an element or an annotation, and those that annotations
/// and their actions name.
pub fn check(document: &Document, structure: &Structure<'_>, findings: &mut Findings) {
    if !findings.asks(Levels::UA1) {
        return;
    }
    let mut files = Files { document, seen: FxHashSet::default(), findings };
    files.names(&structure.catalog);
    files.associated(&structure.catalog);
    for page in document.pdf().pages().iter() {
        files.associated(page.raw());
        let Some(annotations) = page.raw().get::<Array<'_>>("Annots") else { continue };
        for annotation in document.dicts(&annotations) {
            files.associated(&annotation);
            files.entry(&annotation, "FS");
            if let Some(action) = annotation.get::<Dict<'_>>("A") {
                files.entry(&action, "F");
            }
        }
    }
    for element in &structure.tree.elements {
        files.associated(&element.dict);
    }
}

struct Files<'f> {
    document: &'f Document,
    seen: FxHashSet<ObjectIdentifier>,
    findings: &'f mut Findings,
}

impl Files<'_> {
    fn names(&mut self, catalog: &Dict<'_>) {
        let names = catalog.get::<Dict<'_>>("Names").unwrap_or_default();
        let mut nodes: Vec<Dict<'_>> = names.get::<Dict<'_>>("EmbeddedFiles").into_iter().collect();
        let mut seen = FxHashSet::default();
        while let Some(node) = nodes.pop().filter(|_| seen.len() < FILES) {
            if node.obj_id().is_some_and(|id| !seen.insert(id)) {
                continue;
            }
            if let Some(kids) = node.get::<Array<'_>>("Kids") {
                nodes.extend(self.document.dicts(&kids).take(FILES));
            }
            if let Some(names) = node.get::<Array<'_>>("Names") {
                // Between the specifications stand the names that they are found by.
                for file in self.document.dicts(&names).take(FILES) {
                    self.check(&file);
                }
            }
        }
    }

    fn associated(&mut self, dict: &Dict<'_>) {
        if !dict.contains_key("AF") {
            return;
        }
        match dict.get::<Object<'_>>("AF") {
            Some(Object::Array(files)) => {
                for file in self.document.dicts(&files).take(FILES) {
                    self.check(&file);
                }
            }
            Some(Object::Dict(file)) => self.check(&file),
            _ => {}
        }
    }

    fn entry(&mut self, dict: &Dict<'_>, key: &str) {
        if dict.contains_key(key)
            && let Some(file) = dict.get::<Dict<'_>>(key)
        {
            self.check(&file);
        }
    }

    fn check(&mut self, file: &Dict<'_>) {
        if !file.contains_key("EF") || file.obj_id().is_some_and(|id| !self.seen.insert(id)) {
            return;
        }
        let missing: Vec<&str> = ["F", "UF"]
            .into_iter()
            .filter(|key| file.get::<PdfString<'_>>(key).is_none_or(|name| is_blank(&name)))
            .collect();
        if !missing.is_empty() {
            self.findings.push(&NAMED, Place::object(file.obj_id()), || {
                format!("{} is missing or empty", missing.join(" and "))
            });
        }
    }
}
