//! A paper with one of everything, written and read back with lopdf.

mod files;
mod paper;

use chrono::DateTime;
use lopdf::{Dictionary, Document, Object};

use crate::layout::{Image, Item, Mark, Paint, Pixels, TagId};

use super::{Options, WriteError, write};
use files::{Files, SANS};
use paper::{Paper, Writer, paper};

fn options() -> Options {
    let created = DateTime::from_timestamp(1_450_000_000, 0).unwrap();
    Options {
        created,
        producer: "Dossier 0.1.0".into(),
        id_seed: 1,
        claims: crate::conformance::Claims::default(),
        attachments: Vec::new(),
    }
}

fn written(paper: &Paper, files: &Files) -> Vec<u8> {
    let bytes = write(paper, files, &options()).unwrap();
    if let Some(folder) = std::env::var_os("DOSSIER_KEEP") {
        let name = std::thread::current().name().unwrap_or("paper").replace("::", "-");
        std::fs::create_dir_all(&folder).unwrap();
        std::fs::write(std::path::Path::new(&folder).join(name + ".pdf"), &bytes).unwrap();
    }
    bytes
}

/// A structure element as a line of its type and kids.
fn outline_of(document: &Document, element: &Dictionary, depth: usize, out: &mut String) {
    let role = element.get(b"S").unwrap().as_name().unwrap();
    out.push_str(&format!("{}{}", " ".repeat(depth), String::from_utf8_lossy(role)));
    let kids = match element.get(b"K") {
        Ok(Object::Array(kids)) => kids.clone(),
        Ok(kid) => vec![kid.clone()],
        Err(_) => Vec::new(),
    };
    for kid in &kids {
        match kid {
            Object::Integer(id) => out.push_str(&format!(" {id}")),
            Object::Dictionary(kid) if kid.has(b"Obj") => out.push_str(" link"),
            Object::Dictionary(_) => out.push_str(" elsewhere"),
            _ => {}
        }
    }
    out.push('\n');
    for kid in &kids {
        if let Object::Reference(id) = kid {
            outline_of(document, document.get_dictionary(*id).unwrap(), depth + 1, out);
        }
    }
}

fn structure_of(document: &Document) -> String {
    let root = document.catalog().unwrap().get(b"StructTreeRoot").unwrap().as_reference().unwrap();
    let root = document.get_dictionary(root).unwrap();
    let top = root.get(b"K").unwrap().as_array().unwrap()[0].as_reference().unwrap();
    let mut out = String::new();
    outline_of(document, document.get_dictionary(top).unwrap(), 0, &mut out);
    out
}

#[test]
fn paper_with_everything_is_read_back_whole() {
    let files = Files::new();
    let bytes = written(&paper(&files), &files);
    let document = Document::load_mem(&bytes).unwrap();
    assert_eq!(document.version, "1.7");
    assert_eq!(document.get_pages().len(), 2);
    let tree = structure_of(&document);
    assert!(tree.starts_with("Document\n H1 0\n P 1 3\n  Link 2 link\n P 4 5\n P 6\n"), "{tree}");
    assert!(tree.contains(" L\n  LI\n   Lbl 8\n   LBody 9\n"), "{tree}");
    assert!(tree.contains("  LI\n   Lbl 12\n   LBody\n Figure"), "{tree}");
    assert!(tree.contains("   TR\n    TD"), "{tree}");
    assert!(!tree.contains("Div"), "{tree}");
    assert_eq!(tree.matches(" Table\n").count(), 1);
    assert_eq!(tree.matches("TD").count(), 80);
}

#[test]
fn every_sequence_is_in_the_parent_tree() {
    let files = Files::new();
    let document = Document::load_mem(&written(&paper(&files), &files)).unwrap();
    let root = document.catalog().unwrap().get(b"StructTreeRoot").unwrap().as_reference().unwrap();
    let root = document.get_dictionary(root).unwrap();
    let tree = root.get(b"ParentTree").unwrap().as_reference().unwrap();
    let kids = document.get_dictionary(tree).unwrap().get(b"Kids").unwrap().as_array().unwrap();
    let leaf = document.get_dictionary(kids[0].as_reference().unwrap()).unwrap();
    let numbers = leaf.get(b"Nums").unwrap().as_array().unwrap();
    // Two pages and two annotations.
    assert_eq!(numbers.len(), 8);
    for (index, page) in document.get_pages().values().enumerate() {
        let content = document.get_page_content(*page);
        let sequences = String::from_utf8_lossy(&content).matches("/MCID").count();
        let array = document.get_object(numbers[2 * index + 1].as_reference().unwrap()).unwrap();
        assert_eq!(array.as_array().unwrap().len(), sequences);
    }
}

#[test]
fn bytes_do_not_depend_on_threads() {
    let files = Files::new();
    let mut long = paper(&files);
    let second = long.pages[1].clone();
    long.pages.extend(std::iter::repeat_n(second, 60));
    let one = rayon::ThreadPoolBuilder::new().num_threads(1).build().unwrap();
    let four = rayon::ThreadPoolBuilder::new().num_threads(4).build().unwrap();
    let first = one.install(|| write(&long, &files, &options()).unwrap());
    assert!(first == four.install(|| write(&long, &files, &options()).unwrap()));
}

#[test]
fn glyph_read_otherwise_on_a_later_page_gets_an_alias_there() {
    let files = Files::new();
    let mut writer = Writer::new(&files);
    let p = writer.tag(TagId::DOCUMENT, crate::layout::Role::Paragraph);
    writer.text(p, SANS, "a", 60.0, 100.0);
    let mut paper = writer.paper;
    for _ in 0..20 {
        paper.pages.push(paper.pages[0].clone());
    }
    let Paint::Glyphs(run) = &mut paper.pages[20].items[0].paint else { unreachable!() };
    run.text = "ª".into();
    let document = Document::load_mem(&written(&paper, &files)).unwrap();
    let pages: Vec<_> = document.get_pages().into_values().collect();
    let content =
        |page: usize| String::from_utf8_lossy(&document.get_page_content(pages[page])).into_owned();
    assert_ne!(content(0), content(20));
    assert_eq!(content(0), content(19));
    assert!(!content(20).contains("ActualText"));
}

#[test]
fn missing_glyph_is_an_error_with_its_page() {
    let files = Files::new();
    let mut writer = Writer::new(&files);
    let p = writer.tag(TagId::DOCUMENT, crate::layout::Role::Paragraph);
    writer.text(p, SANS, "日", 60.0, 100.0);
    let error = write(&writer.paper, &files, &options()).unwrap_err();
    assert!(matches!(error, WriteError::MissingGlyph { page: 0, .. }), "{error}");
}

#[test]
fn picture_with_too_few_pixels_is_an_error() {
    let files = Files::new();
    let mut paper = paper(&files);
    let pixels = Pixels::Gray { data: vec![0; 3], alpha: None };
    let image = std::sync::Arc::new(Image {
        width: 2,
        height: 2,
        pixels,
        orientation: Default::default(),
        key: 7,
    });
    let paint = Paint::Image { image, rect: crate::geom::Rect::default() };
    paper.pages[0].items.push(Item { mark: Mark::Tagged(TagId::DOCUMENT), paint });
    assert_eq!(write(&paper, &files, &options()), Err(WriteError::ImageSize { key: 7 }));
}

#[test]
fn groups_that_do_not_end_are_an_error() {
    let files = Files::new();
    let mut paper = paper(&files);
    paper.pages[1].items.push(Item { mark: Mark::Tagged(TagId::DOCUMENT), paint: Paint::Pop });
    assert_eq!(write(&paper, &files, &options()), Err(WriteError::UnbalancedGroups { page: 1 }));
}
