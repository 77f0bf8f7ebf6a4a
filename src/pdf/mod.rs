//! Pages → bytes: one file that is PDF/A-2a and PDF/UA-1, or claims less. Owns `printpdf`, `lopdf`, `flate2`.
//!
//! printpdf writes the pages' contents and the resources (fonts, pictures, gradients, graphics
//! states); what it has no notion of is added here with lopdf's objects: structure tree, links,
//! outline, metadata, output intent, and the file itself.

mod attachments;
mod attributes;
mod canvas;
mod cmaps;
mod common;
mod content;
mod deflate;
mod error;
mod faces;
mod file;
mod fonts;
mod forms;
mod frame;
mod glyph_codes;
mod groups;
mod images;
mod labels;
mod links;
mod marks;
mod object;
mod outline;
mod outlines;
mod pages;
mod resources;
mod shading;
mod structure;
mod text;
mod xmp;

#[cfg(test)]
mod tests;

use chrono::{DateTime, Utc};
use lopdf::Object;

use crate::conformance::{Archive, Attachment, Claims};
use crate::layout::{Info, PageLabel, Pages};

pub use common::Common;
pub use error::WriteError;
pub use faces::FaceSource;

use file::File;
use object::{dictionary, name, reference, text};

/// An sRGB profile (ICC.1:2004, 548 bytes) with a fixed date, for the output intent.
const SRGB: &[u8] = include_bytes!("srgb.icc");

/// What a file says of its making.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Options {
    /// The run's date, for creation and modification.
    pub created: DateTime<Utc>,
    /// The program, such as `Dossier 0.1.0`.
    pub producer: String,
    /// Goes into the file's identifier beside its content, to tell apart equal files that are
    /// different papers.
    pub id_seed: u64,
    /// The levels that it claims.
    pub claims: Claims,
    /// Files inside it; PDF/A-2 has no place for them.
    pub attachments: Vec<Attachment>,
}

/// Writes the document as a file that can be read aloud and archived. The bytes depend on nothing but the
/// arguments, whatever the number of threads.
///
/// # Errors
/// See [`WriteError`]; of several faults, the first in page order.
pub fn write(
    pages: &dyn Pages,
    faces: &dyn FaceSource,
    options: &Options,
) -> Result<Vec<u8>, WriteError> {
    write_with(pages, faces, options, &Common::new())
}

/// Like [`write`], with what earlier papers of the run have compressed; the bytes are the same.
///
/// # Errors
/// As for [`write`].
pub fn write_with(
    pages: &dyn Pages,
    faces: &dyn FaceSource,
    options: &Options,
    common: &Common,
) -> Result<Vec<u8>, WriteError> {
    let mut written = pages::write(pages, faces)?;
    let first_key = written.pages.len() + written.pages.iter().map(links::count).sum::<usize>();
    let resources =
        resources::Resources::new(&mut written.codes, &written.needs, faces, first_key, common)?;
    let (written, shared) = (written.pages, resources.dictionary());
    let forms = resources.marked_forms();
    let mut file = File::new(resources.first_free(), 1 << 16);
    resources.write(&mut file, common);

    let page_ids = file.reserve_many(written.len());
    let page_id = |index: usize| page_ids + index as u32;
    let destinations = links::destinations(&written);
    let annotations = links::number(&written, &mut file);
    let tree =
        structure::write(pages.structure(), &written, page_ids, &annotations, &forms, &mut file)?;
    let outline = outline::write(pages.outline(), &written, page_id, &mut file);
    let names = Names {
        destinations: links::names(&destinations, page_id, &mut file),
        files: attachments::write(options, &mut file),
    };
    let numbers: Vec<PageLabel> = written.iter().map(|page| page.label.clone()).collect();
    let labels = labels::write(&numbers, &mut file);

    let page_tree = write_pages(written, page_ids, shared, &destinations, &annotations, &mut file);
    let parts = Parts { pages: page_tree, structure: tree, outline, names, labels };
    let catalog = write_catalog(pages.info(), options, parts, common, &mut file);
    let info = file.reserve();
    file.object(info, xmp::information(pages.info(), options));
    file.finish(catalog, info, options.id_seed)
}

/// Writes pages and their annotations; returns the page tree's number.
fn write_pages(
    pages: Vec<pages::WrittenPage>,
    page_ids: u32,
    resources: u32,
    destinations: &links::Destinations,
    annotations: &[links::Annotation],
    file: &mut File,
) -> u32 {
    let (count, root) = (pages.len(), file.reserve());
    // Nodes of 64, so that a reader finds a page without reading all of a long list.
    let nodes = file.reserve_many(count.div_ceil(64));
    let mut numbered = annotations.iter().enumerate();
    for (index, page) in pages.into_iter().enumerate() {
        let links = page.links.iter().filter(|link| link.tag.is_some());
        let mut ids = Vec::new();
        for (link, (key, annotation)) in links.zip(numbered.by_ref()) {
            links::write(link, annotation.id, count + key, &page.boxes, destinations, file);
            ids.push(annotation.id);
        }
        let node = nodes + (index / 64) as u32;
        page.write(file, page_ids + index as u32, node, resources, index, &ids);
    }
    let mut kids = Vec::new();
    for (start, node) in (0..count).step_by(64).zip(nodes..) {
        let end = count.min(start + 64);
        let pages = (start..end).map(|index| reference(page_ids + index as u32)).collect();
        let entries = [
            ("Type", name("Pages")),
            ("Parent", reference(root)),
            ("Count", Object::Integer((end - start) as i64)),
            ("Kids", Object::Array(pages)),
        ];
        file.object(node, dictionary(entries));
        kids.push(reference(node));
    }
    let entries = [
        ("Type", name("Pages")),
        ("Count", Object::Integer(count as i64)),
        ("Kids", Object::Array(kids)),
    ];
    file.object(root, dictionary(entries));
    root
}

/// Object numbers of what the catalogue names.
struct Parts {
    pages: u32,
    structure: u32,
    outline: Option<u32>,
    names: Names,
    labels: Option<u32>,
}

/// What is found by name.
struct Names {
    /// The name tree of destinations.
    destinations: Option<u32>,
    files: Option<attachments::Written>,
}

/// Writes the catalogue with metadata and output intent; returns its number.
fn write_catalog(
    info: &Info,
    options: &Options,
    parts: Parts,
    common: &Common,
    file: &mut File,
) -> u32 {
    let metadata = file.reserve();
    let header = dictionary([("Type", name("Metadata")), ("Subtype", name("XML"))]);
    // Not compressed, so that it can be found without reading the file (ISO 19005-2 6.6.2.1).
    file.stream(metadata, header, xmp::packet(info, options).as_bytes());
    let marked = dictionary([("Marked", Object::Boolean(true))]);
    let has_title = !info.title.is_empty();
    let mut preferences = dictionary([("DisplayDocTitle", Object::Boolean(has_title))]);
    if info.rtl {
        // Which page of a spread is shown on which side (ISO 32000-1 12.2, table 150).
        preferences.set("Direction", name("R2L"));
    }
    let mut catalog = dictionary([
        ("Type", name("Catalog")),
        ("Pages", reference(parts.pages)),
        ("MarkInfo", Object::Dictionary(marked)),
        ("StructTreeRoot", reference(parts.structure)),
        ("ViewerPreferences", Object::Dictionary(preferences)),
        ("Metadata", reference(metadata)),
    ]);
    if !info.language.is_empty() {
        catalog.set("Lang", text(&info.language));
    }
    if options.claims.archive != Archive::None {
        catalog.set("OutputIntents", Object::Array(vec![output_intent(common, file)]));
    }
    if let Some(outline) = parts.outline {
        catalog.set("Outlines", reference(outline));
        catalog.set("PageMode", name("UseOutlines"));
    }
    let mut names = dictionary([]);
    if let Some(destinations) = parts.names.destinations {
        names.set("Dests", reference(destinations));
    }
    if let Some(files) = parts.names.files {
        names.set("EmbeddedFiles", reference(files.names));
        let associated = files.specifications.into_iter().map(reference).collect();
        catalog.set("AF", Object::Array(associated));
    }
    if !names.is_empty() {
        catalog.set("Names", Object::Dictionary(names));
    }
    if let Some(labels) = parts.labels {
        catalog.set("PageLabels", reference(labels));
    }
    let id = file.reserve();
    file.object(id, catalog);
    id
}

/// The colours that the file is meant for (ISO 19005-2 6.2.3).
fn output_intent(common: &Common, file: &mut File) -> Object {
    let profile = file.reserve();
    let space = dictionary([
        ("N", Object::Integer(3)),
        ("Alternate", name("DeviceRGB")),
        ("Filter", name("FlateDecode")),
    ]);
    file.stream(profile, space, &common.deflate(SRGB));
    Object::Dictionary(dictionary([
        ("Type", name("OutputIntent")),
        ("S", name("GTS_PDFA1")),
        ("OutputConditionIdentifier", Object::string_literal("sRGB")),
        ("Info", Object::string_literal("sRGB IEC61966-2.1")),
        ("DestOutputProfile", reference(profile)),
    ]))
}
