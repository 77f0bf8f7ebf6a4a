//! Pages → compressed content streams: chunks of pages in parallel, the same bytes in any order.

use lopdf::{Dictionary, Object};
use printpdf::{Mm, PdfDocument, PdfPage};
use rayon::prelude::*;

use crate::geom::Point;
use crate::layout::{Link, Page, PageLabel, Pages, TagId};

use super::canvas::{Canvas, Needs};
use super::deflate::deflate;
use super::error::WriteError;
use super::faces::FaceSource;
use super::file::File;
use super::frame::Frame;
use super::glyph_codes::GlyphCodes;
use super::groups::Inside;
use super::marks;
use super::object::{dictionary, name, reals, reference};
use super::resources::save_options;

/// Pages in a chunk: enough that a chunk's own cost is small, few enough for memory.
const CHUNK: usize = 8;

/// How far outside the bleed marks begin, how long they are.
const MARK_GAP: f32 = 3.0;
const MARK_LENGTH: f32 = 12.0;

/// A page that is written.
pub(super) struct WrittenPage {
    /// Compressed.
    content: Vec<u8>,
    /// The structure element of each marked-content id.
    pub(super) tags: Vec<TagId>,
    /// Which of them stand in forms.
    pub(super) inside: Vec<Inside>,
    pub(super) links: Vec<Link>,
    pub(super) anchors: Vec<(std::sync::Arc<str>, Point)>,
    pub(super) boxes: Boxes,
    pub(super) label: PageLabel,
    transparent: bool,
}

/// A page's boxes (ISO 32000-1 14.11.2).
#[derive(Debug, Clone, Copy)]
pub(super) struct Boxes {
    width: f32,
    height: f32,
    bleed: f32,
    /// From the media box's edge to the trim.
    margin: f32,
}

impl Boxes {
    fn new(page: &Page) -> Boxes {
        let bleed = page.bleed.0.max(0.0);
        let marks = if page.marks.any() { MARK_GAP + MARK_LENGTH + 1.0 } else { 0.0 };
        let (width, height) = (page.size.width.0, page.size.height.0);
        Boxes { width, height, bleed, margin: bleed + marks }
    }

    fn frame(&self) -> Frame {
        Frame::new(f64::from(self.margin), f64::from(self.margin) + f64::from(self.height))
    }

    fn media(&self) -> [f32; 4] {
        self.rect(self.margin)
    }

    /// The trim with `by` on each side, in the page's own coordinates.
    fn rect(&self, by: f32) -> [f32; 4] {
        let low = self.margin - by;
        [low, low, self.margin + self.width + by, self.margin + self.height + by].map(hundredths)
    }

    /// A point of layout's in the page's coordinates.
    pub(super) fn point(&self, point: Point) -> (f32, f32) {
        let point = self.frame().point(point);
        (point.x.0, point.y.0)
    }
}

fn hundredths(value: f32) -> f32 {
    super::canvas::round(value, 100.0)
}

/// All pages, and what they need.
pub(super) struct Written {
    pub(super) pages: Vec<WrittenPage>,
    pub(super) codes: GlyphCodes,
    pub(super) needs: Needs,
}

/// A chunk of pages with the tables that it filled.
type Chunk = (Vec<WrittenPage>, GlyphCodes, Needs);

/// Writes all pages' contents.
pub(super) fn write(pages: &dyn Pages, faces: &dyn FaceSource) -> Result<Written, WriteError> {
    let count = pages.count();
    if count == 0 {
        return Err(WriteError::NoPages);
    }
    let starts: Vec<usize> = (0..count).step_by(CHUNK).collect();
    let chunk = |start: usize, codes: GlyphCodes| {
        chunk(pages, faces, start..count.min(start + CHUNK), codes)
    };
    if let [start] = *starts {
        let (pages, codes, needs) = chunk(start, GlyphCodes::default())?;
        return Ok(Written { pages, codes, needs });
    }
    let chunks: Vec<Result<Chunk, WriteError>> =
        starts.par_iter().map(|&start| chunk(start, GlyphCodes::default())).collect();
    // The first error in page order, whatever thread met one first.
    let mut chunks: Vec<Chunk> = chunks.into_iter().collect::<Result<_, _>>()?;
    let mut codes = GlyphCodes::default();
    let disagreeing: Vec<usize> = chunks
        .iter()
        .enumerate()
        .filter_map(|(index, chunk)| (!codes.absorb(&chunk.1)).then_some(index))
        .collect();
    let again: Vec<Result<Chunk, WriteError>> =
        disagreeing.par_iter().map(|&index| chunk(starts[index], codes.clone())).collect();
    for (index, chunk) in disagreeing.into_iter().zip(again) {
        chunks[index] = chunk?;
        codes.absorb(&chunks[index].1);
    }
    let mut written = Written { pages: Vec::with_capacity(count), codes, needs: Needs::default() };
    for (pages, _, needs) in chunks {
        written.pages.extend(pages);
        written.needs.join(needs);
    }
    Ok(written)
}

/// Writes the pages of one chunk, starting from the readings that `codes` has.
fn chunk(
    pages: &dyn Pages,
    faces: &dyn FaceSource,
    range: std::ops::Range<usize>,
    mut codes: GlyphCodes,
) -> Result<Chunk, WriteError> {
    let mut needs = Needs::default();
    let mut written = Vec::with_capacity(range.len());
    let mut printed = PdfDocument::default();
    for index in range {
        let page = pages.page(index);
        let boxes = Boxes::new(&page);
        let structure = pages.structure();
        let mut canvas = Canvas::new(
            boxes.frame(),
            boxes.media(),
            index,
            structure,
            faces,
            &mut codes,
            &mut needs,
        );
        canvas.paint(&page.items)?;
        if page.marks.any() {
            canvas.paint(&marks::items(&page, MARK_GAP, MARK_LENGTH))?;
        }
        canvas.finish()?;
        let known = |link: &Link| link.tag.is_none_or(|tag| tag.index() < structure.tags.len());
        if !page.links.iter().all(known) {
            return Err(WriteError::UnknownTag { page: index });
        }
        let ops = std::mem::take(&mut canvas.content).into_ops();
        let (tags, transparent) = (std::mem::take(&mut canvas.tags), canvas.transparent);
        let inside = std::mem::take(&mut canvas.inside);
        printed.pages.push(PdfPage::new(Mm(1.0), Mm(1.0), ops));
        let (links, anchors, label) = (page.links, page.anchors, page.label);
        let content = Vec::new();
        written.push(WrittenPage {
            content,
            tags,
            inside,
            links,
            anchors,
            boxes,
            label,
            transparent,
        });
    }
    // Forms are written as pages are, and taken out again as their operators.
    for form in needs.forms.values_mut() {
        printed.pages.push(PdfPage::new(Mm(1.0), Mm(1.0), std::mem::take(&mut form.ops)));
    }
    let mut document = printed.to_lopdf_document(&save_options(), &mut Vec::new());
    drop(printed);
    let ids: Vec<lopdf::ObjectId> = document.page_iter().collect();
    let mut contents = ids.into_iter().map(|id| {
        let contents = document.get_dictionary(id).and_then(|page| page.get(b"Contents")).cloned();
        match contents
            .ok()
            .and_then(|contents| document.objects.remove(&contents.as_reference().ok()?))
        {
            Some(Object::Stream(stream)) => stream.content,
            _ => Vec::new(),
        }
    });
    for (page, content) in written.iter_mut().zip(contents.by_ref()) {
        page.content = deflate(&content);
    }
    for (form, content) in needs.forms.values_mut().zip(contents) {
        form.content = content;
    }
    Ok((written, codes, needs))
}

impl WrittenPage {
    /// The form that holds a marked-content sequence, if one does.
    pub(super) fn form_of(&self, id: u32) -> Option<u64> {
        let at = self.inside.partition_point(|inside| inside.ids.end <= id);
        self.inside.get(at).filter(|inside| inside.ids.contains(&id)).map(|inside| inside.form)
    }

    /// Writes the page's content and the page object `id`; `annotations` are already numbered.
    pub(super) fn write(
        self,
        file: &mut File,
        id: u32,
        parent: u32,
        resources: u32,
        structure_key: usize,
        annotations: &[u32],
    ) {
        let content = file.reserve();
        let filter = dictionary([("Filter", name("FlateDecode"))]);
        file.stream(content, filter, &self.content);
        let boxes = &self.boxes;
        let mut page: Dictionary = dictionary([
            ("Type", name("Page")),
            ("Parent", reference(parent)),
            ("MediaBox", reals(&boxes.media())),
            ("Resources", reference(resources)),
            ("Contents", reference(content)),
            ("StructParents", Object::Integer(structure_key as i64)),
            ("Tabs", name("S")),
        ]);
        if boxes.margin > 0.0 {
            page.set("TrimBox", reals(&boxes.rect(0.0)));
            page.set("BleedBox", reals(&boxes.rect(boxes.bleed)));
        }
        if self.transparent {
            // What is blended is blended in RGB, as the output intent is (ISO 19005-2 6.2.10).
            let group = dictionary([("S", name("Transparency")), ("CS", name("DeviceRGB"))]);
            page.set("Group", Object::Dictionary(group));
        }
        if !annotations.is_empty() {
            let annotations = annotations.iter().map(|&id| reference(id)).collect();
            page.set("Annots", Object::Array(annotations));
        }
        file.object(id, page);
    }
}
