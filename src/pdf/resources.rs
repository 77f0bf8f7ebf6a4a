//! Fonts, pictures, graphics states and shadings of the whole document: printpdf writes them.

use std::collections::BTreeMap;
use std::sync::Arc;

use lopdf::{Dictionary, Document, Object, ObjectId, Stream};
use printpdf::{
    ExtendedGraphicsState, ExtendedGraphicsStateId, Mm, PdfDocument, PdfPage, PdfSaveOptions,
    ShadingId,
};

use super::canvas::{Needs, opacity_name};
use super::common::Common;
use super::error::WriteError;
use super::faces::FaceSource;
use super::file::File;
use super::fonts::{self, Program};
use super::forms;
use super::glyph_codes::GlyphCodes;
use super::images;
use super::object::{dictionary, name, reals, reference};
use super::shading::{self, Gradient};

/// printpdf's options: nothing optimised, operators that it has no operation for let through.
pub(super) fn save_options() -> PdfSaveOptions {
    PdfSaveOptions { optimize: false, subset_fonts: false, secure: false, image_optimization: None }
}

/// The resources' objects, under printpdf's numbers.
pub(super) struct Resources {
    document: Document,
    /// The resource dictionary that all pages share.
    dictionary: u32,
    /// Forms by key, each with its object number.
    marked_forms: BTreeMap<u64, u32>,
    /// The faces, each with the number of its font.
    faces: Vec<(u32, Arc<Program>)>,
}

impl Resources {
    /// Everything that `codes` and `needs` name. `first_key` is the first place in the parent tree
    /// that forms may take.
    pub(super) fn new(
        codes: &mut GlyphCodes,
        needs: &Needs,
        source: &dyn FaceSource,
        first_key: usize,
        common: &Common,
    ) -> Result<Resources, WriteError> {
        let programs = fonts::embed(codes, source, common)?;
        let (mut document, resources) = match needs.is_nothing() {
            true => bare(),
            false => printed(needs, common)?,
        };
        let mut faces = Vec::with_capacity(programs.len());
        for program in programs {
            faces.push((document.max_id + 1, Arc::clone(&program)));
            document.max_id += program.count();
        }
        let mut marked_forms = BTreeMap::new();
        let forms = (first_key, &mut marked_forms);
        let dictionary = gather(&mut document, resources, &faces, needs, forms).unwrap_or(0);
        Ok(Resources { document, dictionary, marked_forms, faces })
    }

    /// The first object number that is free.
    pub(super) fn first_free(&self) -> u32 {
        self.document.max_id + 1
    }

    /// The resource dictionary's number.
    pub(super) fn dictionary(&self) -> u32 {
        self.dictionary
    }

    /// The object numbers of the forms whose content is marked inside, in the order of their
    /// places in the parent tree.
    pub(super) fn marked_forms(&self) -> BTreeMap<u64, u32> {
        self.marked_forms.clone()
    }

    /// Writes the objects.
    pub(super) fn write(self, file: &mut File, common: &Common) {
        self.faces.iter().for_each(|(first, program)| program.write(*first, file));
        file.end_pack(common);
        for ((id, _), object) in self.document.objects {
            match object {
                Object::Stream(stream) if stream.dict.has(b"Filter") => {
                    file.stream(id, stream.dict, &stream.content);
                }
                Object::Stream(stream) => file.compressed(id, stream.dict, &stream.content),
                object => file.object(id, object),
            }
        }
    }
}

/// A document whose resources, by their number, are to have nothing but fonts.
fn bare() -> (Document, ObjectId) {
    let mut document = Document::new();
    let fonts = document.add_object(Dictionary::new());
    let resources = document.add_object(dictionary([("Font", fonts.into())]));
    (document, resources)
}

/// The resources as printpdf writes them, by their number.
fn printed(needs: &Needs, common: &Common) -> Result<(Document, ObjectId), WriteError> {
    let mut printed = PdfDocument::new("");
    printed.resources.xobjects.map.extend(images::xobjects(&needs.images, common)?);
    for &opacity in &needs.opacities {
        let share = f32::from(opacity) / 1000.0;
        let state = ExtendedGraphicsState::default()
            .with_current_fill_alpha(share)
            .with_current_stroke_alpha(share);
        let id = ExtendedGraphicsStateId(opacity_name(opacity));
        printed.resources.extgstates.map.insert(id, state);
    }
    for (&key, gradient) in &needs.gradients {
        let id = ShadingId(shading::name(key));
        printed.resources.shadings.map.insert(id, gradient.shading());
    }
    printed.pages.push(PdfPage::new(Mm(1.0), Mm(1.0), Vec::new()));
    let mut document = printed.to_lopdf_document(&save_options(), &mut Vec::new());
    let resources = without_page(&mut document).unwrap_or_default();
    Ok((document, resources))
}

/// Drops printpdf's page, catalogue and information; returns the number of the page's resources.
fn without_page(document: &mut Document) -> Option<ObjectId> {
    let page = document.page_iter().next()?;
    let page_object = document.get_dictionary(page).ok()?;
    let entry = |key: &[u8]| page_object.get(key).and_then(Object::as_reference).ok();
    let resources = entry(b"Resources")?;
    let trailer = |key: &[u8]| document.trailer.get(key).and_then(Object::as_reference).ok();
    let dropped =
        [Some(page), entry(b"Contents"), entry(b"Parent"), trailer(b"Root"), trailer(b"Info")];
    for id in dropped.into_iter().flatten() {
        document.objects.remove(&id);
    }
    Some(resources)
}

/// Adds the faces and what printpdf cannot write, and drops empty kinds; returns the number of the
/// resource dictionary.
fn gather(
    document: &mut Document,
    resources: ObjectId,
    faces: &[(u32, Arc<Program>)],
    needs: &Needs,
    (first_key, marked_forms): (usize, &mut BTreeMap<u64, u32>),
) -> Option<u32> {
    let kind = |document: &Document, key: &[u8]| {
        document.get_dictionary(resources).ok()?.get(key).ok()?.as_reference().ok()
    };
    let fonts = kind(document, b"Font")?;
    for (font, face) in faces {
        document.get_dictionary_mut(fonts).ok()?.set(face.name.as_bytes(), reference(*font));
    }
    for (&key, gradient) in &needs.gradients {
        if gradient.is_translucent() {
            let states = kind(document, b"ExtGState")?;
            let state = mask(document, gradient);
            let states = document.get_dictionary_mut(states).ok()?;
            states.set(shading::mask_name(key), Object::Dictionary(state));
        }
    }
    forms::add(document, needs, resources, first_key, marked_forms)?;
    for key in [&b"Font"[..], b"XObject", b"ExtGState", b"Shading"] {
        let Some(id) = kind(document, key) else { continue };
        if document.get_dictionary(id).ok()?.is_empty() {
            document.get_dictionary_mut(resources).ok()?.remove(key);
            document.objects.remove(&id);
        }
    }
    Some(resources.0)
}

/// A graphics state whose soft mask is the gradient's opacity (ISO 32000-1 11.6.5.2).
fn mask(document: &mut Document, gradient: &Gradient) -> Dictionary {
    let shadings = dictionary([("M", Object::Dictionary(gradient.mask().to_dict()))]);
    let resources = dictionary([("Shading", Object::Dictionary(shadings))]);
    let group = dictionary([
        ("Type", name("Group")),
        ("S", name("Transparency")),
        ("CS", name("DeviceRGB")),
    ]);
    // The mask is painted in the gradient's own space, which is the space in effect when the
    // graphics state is set.
    let form = dictionary([
        ("Type", name("XObject")),
        ("Subtype", name("Form")),
        ("BBox", reals(&[-16384.0, -16384.0, 16384.0, 16384.0])),
        ("Resources", Object::Dictionary(resources)),
        ("Group", Object::Dictionary(group)),
    ]);
    let form = document.add_object(Stream::new(form, b"/M sh".to_vec()));
    let mask = dictionary([("Type", name("Mask")), ("S", name("Luminosity")), ("G", form.into())]);
    dictionary([("Type", name("ExtGState")), ("SMask", Object::Dictionary(mask))])
}
