//! Faces → embedded fonts: printpdf writes the font objects for a subset, and what it cannot know
//! is set right afterwards. Papers of a run that show the same of a face share these objects.

use std::collections::BTreeSet;
use std::sync::{Arc, Mutex, PoisonError};

use lopdf::{Dictionary, Document, Object, ObjectId, Stream};
use md5::{Digest, Md5};
use printpdf::{
    Codepoint, FontId, FontMetrics, Mm, Op, ParsedFont, PdfDocument, PdfFont, PdfFontHandle,
    PdfFontMetricsStub, PdfPage, Pt, TextItem,
};
use rustc_hash::FxHashMap;

use crate::fonts::{FaceId, FaceInfo, Subset};

use super::cmaps;
use super::common::Common;
use super::deflate::deflate;
use super::error::WriteError;
use super::faces::{FaceSource, per_mille, width};
use super::file::File;
use super::glyph_codes::{GlyphCodes, Reading};
use super::object::{name, push_object_with, push_reference};
use super::resources::save_options;

/// The resource name of a face, drawn from where on its axes it stands when it is an instance of
/// a variable one. printpdf keeps `F1` to `F14` for itself.
pub(super) fn resource_name(face: FaceId) -> String {
    match face.instance() {
        0 => format!("T{}", face.index()),
        digest => format!("T{}v{digest:x}", face.index()),
    }
}

/// What a face shows in a document: code, glyph of the whole face, text, in the order of the codes.
type Used = Vec<(u16, u16, Reading)>;

/// A face reduced to what documents show of it, as it is embedded.
#[derive(Debug)]
pub(super) struct Program {
    face: FaceId,
    info: FaceInfo,
    used: Used,
    /// The resource name.
    pub(super) name: String,
    /// The objects; the font itself is the first.
    objects: Vec<Shared>,
}

/// An object that many files have, each under another number.
#[derive(Debug)]
struct Shared {
    /// As it stands in a file but for its references; of a stream, its dictionary.
    bytes: Vec<u8>,
    /// Where references stand in `bytes`, each with its place in the list of objects.
    references: Vec<(usize, u32)>,
    /// What a stream holds, compressed, with a digest.
    data: Option<(Vec<u8>, [u8; 16])>,
}

impl Shared {
    /// Of an object whose references are places in the list of objects.
    fn new(object: Object) -> Shared {
        let (object, data) = match object {
            Object::Stream(mut stream) => {
                if !stream.dict.has(b"Filter") {
                    stream.content = deflate(&stream.content);
                    stream.dict.set("Filter", name("FlateDecode"));
                }
                stream.dict.set("Length", Object::Integer(stream.content.len() as i64));
                let digest = Md5::digest(&stream.content).into();
                (Object::Dictionary(stream.dict), Some((stream.content, digest)))
            }
            object => (object, None),
        };
        let (mut bytes, mut references) = (Vec::new(), Vec::new());
        push_object_with(&mut bytes, &object, &mut |bytes, place| {
            references.push((bytes.len(), place));
        });
        Shared { bytes, references, data }
    }

    /// Appends it, where the first of the objects has number `first`.
    fn push(&self, first: u32, out: &mut Vec<u8>) {
        let mut from = 0;
        for &(at, place) in &self.references {
            out.extend_from_slice(self.bytes.get(from..at).unwrap_or_default());
            push_reference(out, first + place);
            from = at;
        }
        out.extend_from_slice(self.bytes.get(from..).unwrap_or_default());
    }
}

impl Program {
    /// Whether it is of that face, under the same name.
    fn is_of(&self, face: FaceId, info: &FaceInfo) -> bool {
        // A face's advances are in memory once for all of a run.
        self.face == face && Arc::ptr_eq(&self.info.advances, &info.advances)
    }

    /// How many objects it takes.
    pub(super) fn count(&self) -> u32 {
        self.objects.len() as u32
    }

    /// Writes the objects, the font itself as number `first`.
    pub(super) fn write(&self, first: u32, file: &mut File) {
        for (id, object) in (first..).zip(&self.objects) {
            let write = |out: &mut Vec<u8>| object.push(first, out);
            match &object.data {
                Some((data, digest)) => file.shared_stream(id, write, (data, *digest)),
                None => file.raw(id, write),
            }
        }
    }
}

/// An object with other references.
fn moved(object: Object, to: &impl Fn(ObjectId) -> ObjectId) -> Object {
    let entries = |dictionary: Dictionary| {
        dictionary.into_iter().map(|(key, value)| (key, moved(value, to))).collect()
    };
    match object {
        Object::Reference(id) => Object::Reference(to(id)),
        Object::Array(list) => {
            Object::Array(list.into_iter().map(|item| moved(item, to)).collect())
        }
        Object::Dictionary(dictionary) => Object::Dictionary(entries(dictionary)),
        Object::Stream(mut stream) => {
            stream.dict = entries(std::mem::take(&mut stream.dict));
            Object::Stream(stream)
        }
        other => other,
    }
}

/// Programs that are kept before all are forgotten: certificates show much the same letters.
const MOST_PROGRAMS: usize = 512;

/// What pages show of a face in turn, by the face and a digest of it, with the program.
type InTurn = FxHashMap<(FaceId, u64), (Used, Arc<Program>)>;

/// The programs of a run.
#[derive(Debug, Default)]
pub(super) struct Programs {
    /// By face and a digest of what is shown.
    known: Mutex<FxHashMap<(FaceId, u64), Arc<Program>>>,
    /// What is known before alphabets are completed: most faces show the same in all papers of one
    /// template.
    in_turn: Mutex<InTurn>,
}

impl Programs {
    /// The program of a face whose pages show `in_turn`, when it is known.
    fn of_pages(&self, face: FaceId, info: &FaceInfo, in_turn: &Used) -> Option<Arc<Program>> {
        let known = self.in_turn.lock().unwrap_or_else(PoisonError::into_inner);
        let (used, program) = known.get(&(face, digest(in_turn)))?;
        (program.is_of(face, info) && used == in_turn).then(|| Arc::clone(program))
    }

    /// Keeps what pages that show `in_turn` came to.
    fn keep_of_pages(&self, face: FaceId, in_turn: Used, program: &Arc<Program>) {
        let mut known = self.in_turn.lock().unwrap_or_else(PoisonError::into_inner);
        if known.len() >= MOST_PROGRAMS {
            known.clear();
        }
        known.insert((face, digest(&in_turn)), (in_turn, Arc::clone(program)));
    }

    /// The program of a face that shows `used`; `make` gives its objects unless they are known.
    fn get(
        &self,
        face: FaceId,
        info: &FaceInfo,
        used: Used,
        make: impl FnOnce(&str, &Used, u64) -> Option<Vec<Shared>>,
    ) -> Option<Arc<Program>> {
        let (digest, name) = (digest(&used), resource_name(face));
        let lock = || self.known.lock().unwrap_or_else(PoisonError::into_inner);
        let is_same = |known: &&Arc<Program>| known.is_of(face, info) && known.used == used;
        if let Some(known) = lock().get(&(face, digest)).filter(is_same) {
            return Some(Arc::clone(known));
        }
        let objects = make(&name, &used, digest)?;
        let program = Arc::new(Program { face, info: info.clone(), used, name, objects });
        let mut known = lock();
        if known.len() >= MOST_PROGRAMS {
            known.clear();
        }
        known.insert((face, digest), Arc::clone(&program));
        Some(program)
    }
}

/// All faces with what they show.
pub(super) fn embed(
    codes: &mut GlyphCodes,
    source: &dyn FaceSource,
    common: &Common,
) -> Result<Vec<Arc<Program>>, WriteError> {
    let mut embedded = Vec::new();
    for (face, codes) in &mut codes.faces {
        let in_turn = codes.in_turn();
        if in_turn.is_empty() {
            continue;
        }
        if let Some(program) = common.programs().of_pages(*face, &codes.info, &in_turn) {
            embedded.push(program);
            continue;
        }
        codes.complete(source.alphabets(*face));
        let used = codes.used();
        let info = &codes.info;
        let make = |name: &str, used: &Used, digest: u64| {
            let glyphs: BTreeSet<u16> = used.iter().map(|(_, glyph, _)| *glyph).collect();
            let subset = source.subset(*face, &glyphs)?;
            Embedding { name, info, used, digest, subset }.objects()
        };
        let program = common
            .programs()
            .get(*face, info, used, make)
            .ok_or_else(|| WriteError::Subset(info.postscript_name.to_string()))?;
        common.programs().keep_of_pages(*face, in_turn, &program);
        embedded.push(program);
    }
    Ok(embedded)
}

/// A face while it is embedded.
struct Embedding<'e> {
    name: &'e str,
    info: &'e FaceInfo,
    used: &'e Used,
    /// A digest of `used`.
    digest: u64,
    subset: Subset,
}

impl Embedding<'_> {
    /// The objects that [`Program`] keeps: those that printpdf writes, corrected.
    fn objects(&self) -> Option<Vec<Shared>> {
        let id = FontId(self.name.to_owned());
        let mut printed = PdfDocument::new("");
        printed.resources.fonts.map.insert(id.clone(), self.font());
        // Shows each code once, so that printpdf embeds the face with exactly these codes.
        let codepoints = self
            .printed()
            .map(|(code, _, reading)| Codepoint::with_cid(code, 0.0, reading.chars().collect()))
            .collect();
        let specimen = vec![
            Op::SetFont { font: PdfFontHandle::External(id), size: Pt(1.0) },
            Op::ShowText { items: vec![TextItem::GlyphIds(codepoints)] },
        ];
        printed.pages.push(PdfPage::new(Mm(1.0), Mm(1.0), specimen));
        let mut document = printed.to_lopdf_document(&save_options(), &mut Vec::new());
        let page = document.page_iter().next()?;
        let resources = document.get_dictionary(page).ok()?.get(b"Resources").ok()?;
        let resources = document.get_dictionary(resources.as_reference().ok()?).ok()?;
        let fonts = resources.get(b"Font").ok()?.as_reference().ok()?;
        let font = document.get_dictionary(fonts).ok()?.get(self.name.as_bytes()).ok()?;
        let font = font.as_reference().ok()?;
        self.correct(font, &mut document)?;
        Some(reachable(font, &mut document).into_iter().map(Shared::new).collect())
    }

    /// Code, advance in font units and text of what is shown, as printpdf is told. What it calls
    /// a glyph id is the code here; CFF has no map from codes to glyphs but its own character
    /// ids, which are the subset's glyph ids.
    fn printed(&self) -> impl Iterator<Item = (u16, u16, &Reading)> {
        let Embedding { info, used, subset, .. } = self;
        used.iter().map(|(code, glyph, reading)| {
            let shown = if info.is_cff { subset.glyphs.get(glyph).copied() } else { Some(*code) };
            let units = info.advances.get(usize::from(*glyph)).copied().unwrap_or(0);
            (shown.unwrap_or(0), units, reading)
        })
    }

    fn font(&self) -> PdfFont {
        let info = self.info;
        let font_name = format!("{}+{}", tag(self.digest), info.postscript_name);
        let metrics = FontMetrics { ascent: info.ascent, descent: info.descent };
        // Of TrueType outlines printpdf looks at nothing but the kind, and copies it several times.
        let program = match info.is_cff {
            true => &self.subset.bytes[..],
            false => self.subset.bytes.get(..4).unwrap_or_default(),
        };
        let mut parsed = ParsedFont::with_glyph_data(
            program.to_vec(),
            0,
            Some(font_name),
            Default::default(),
            self.printed().map(|(code, width, _)| (code, width)).collect(),
            info.units_per_em,
            metrics,
        );
        parsed.pdf_font_metrics = PdfFontMetricsStub {
            units_per_em: info.units_per_em,
            x_min: info.bbox[0],
            y_min: info.bbox[1],
            x_max: info.bbox[2],
            y_max: info.bbox[3],
            us_weight_class: info.weight,
            ..PdfFontMetricsStub::default()
        };
        PdfFont::new(parsed)
    }

    /// Corrects the font objects that printpdf wrote under `font`; the face itself is compressed.
    fn correct(&self, font: ObjectId, document: &mut Document) -> Option<()> {
        let Object::Array(mut descendants) =
            document.get_object(font).ok()?.as_dict().ok()?.get(b"DescendantFonts").ok()?.clone()
        else {
            return None;
        };
        let descendant = descendants.first_mut()?.as_dict_mut().ok()?;
        descendant.set("W", self.widths());
        if let Ok(descriptor) = descendant.get(b"FontDescriptor").and_then(Object::as_reference) {
            let descriptor = document.get_dictionary_mut(descriptor).ok()?;
            self.describe(descriptor);
            if let Ok(file) = descriptor.get(b"FontFile2").and_then(Object::as_reference) {
                let file = document.get_object_mut(file).ok()?.as_stream_mut().ok()?;
                file.content = deflate(&self.subset.bytes);
                file.dict.set("Length1", Object::Integer(self.subset.bytes.len() as i64));
                file.dict.set("Filter", name("FlateDecode"));
            }
        }
        let texts = cmaps::texts(self.used.iter().map(|(code, _, reading)| (*code, reading)));
        let texts = document.add_object(Stream::new(Dictionary::new(), texts));
        document.get_dictionary_mut(font).ok()?.set("ToUnicode", texts);
        if self.info.is_cff {
            let glyphs =
                self.used.iter().map(|(code, glyph, _)| (*code, self.subset_glyph(*glyph)));
            let encoding = document.add_object(cmaps::encoding(&glyphs.collect::<Vec<_>>()));
            document.get_dictionary_mut(font).ok()?.set("Encoding", encoding);
        } else {
            let map = document.add_object(Stream::new(Dictionary::new(), self.glyph_map()));
            descendant.set("CIDToGIDMap", map);
        }
        let descendants = document.add_object(descendants.swap_remove(0));
        let font = document.get_dictionary_mut(font).ok()?;
        font.set("DescendantFonts", Object::Array(vec![descendants.into()]));
        Some(())
    }

    /// `W` with widths to 1/100 instead of printpdf's whole thousandths, so that the pen does not
    /// drift from where the layout puts it (ISO 32000-1 9.7.4.3).
    fn widths(&self) -> Object {
        let mut cids: Vec<(u16, f64)> = self
            .used
            .iter()
            .map(|(code, glyph, _)| {
                let cid = if self.info.is_cff { self.subset_glyph(*glyph) } else { *code };
                (cid, width(self.info, *glyph))
            })
            .collect();
        cids.sort_by_key(|(cid, _)| *cid);
        cids.dedup_by_key(|(cid, _)| *cid);
        let number = |width: f64| {
            if width.fract() == 0.0 {
                Object::Integer(width as i64)
            } else {
                Object::Real(width as f32)
            }
        };
        let mut widths: Vec<Object> = Vec::new();
        for group in cids.chunk_by(|one, next| one.0 + 1 == next.0) {
            widths.push(Object::Integer(i64::from(group[0].0)));
            widths.push(Object::Array(group.iter().map(|(_, width)| number(*width)).collect()));
        }
        Object::Array(widths)
    }

    fn subset_glyph(&self, glyph: u16) -> u16 {
        self.subset.glyphs.get(&glyph).copied().unwrap_or(0)
    }

    /// The descriptor's entries that printpdf guesses (ISO 32000-1 9.8.1, table 123 for flags).
    fn describe(&self, descriptor: &mut Dictionary) {
        let info = self.info;
        let italic = info.italic_angle != 0.0;
        let flags = i64::from(info.is_fixed_pitch)
            | i64::from(info.is_serif) << 1
            | 1 << 5
            | i64::from(italic) << 6;
        descriptor.set("Flags", Object::Integer(flags));
        descriptor.set("ItalicAngle", Object::Integer(info.italic_angle.round() as i64));
        descriptor.set("CapHeight", Object::Integer(per_mille(info, info.cap_height)));
    }

    /// `CIDToGIDMap`: two bytes for each code up to the last.
    fn glyph_map(&self) -> Vec<u8> {
        let last = self.used.last().map_or(0, |(code, _, _)| usize::from(*code));
        let mut map = vec![0; (last + 1) * 2];
        for (code, glyph, _) in self.used {
            let at = usize::from(*code) * 2;
            map[at..at + 2].copy_from_slice(&self.subset_glyph(*glyph).to_be_bytes());
        }
        map
    }
}

/// The font `first` and all that it leads to, taken out of a document; references are places in
/// this list.
fn reachable(first: ObjectId, document: &mut Document) -> Vec<Object> {
    let mut order = vec![first];
    let mut taken = Vec::new();
    while let Some(&id) = order.get(taken.len()) {
        let object = document.objects.remove(&id).unwrap_or(Object::Null);
        note_references(&object, &mut order);
        taken.push(object);
    }
    let place = |id: ObjectId| order.iter().position(|known| *known == id).unwrap_or(0) as u32;
    taken.into_iter().map(|object| moved(object, &|id| (place(id), 0))).collect()
}

fn note_references(object: &Object, order: &mut Vec<ObjectId>) {
    let all = |dictionary: &Dictionary, order: &mut Vec<ObjectId>| {
        dictionary.iter().for_each(|(_, value)| note_references(value, order));
    };
    match object {
        Object::Reference(id) if !order.contains(id) => order.push(*id),
        Object::Array(list) => list.iter().for_each(|item| note_references(item, order)),
        Object::Dictionary(dictionary) => all(dictionary, order),
        Object::Stream(stream) => all(&stream.dict, order),
        _ => {}
    }
}

fn digest(used: &Used) -> u64 {
    let mut digest = 0xcbf2_9ce4_8422_2325_u64;
    let mut add = |number: u32| digest = (digest ^ u64::from(number)).wrapping_mul(0x100_0000_01b3);
    for (code, glyph, reading) in used {
        add(u32::from(*code) << 16 | u32::from(*glyph));
        reading.chars().for_each(|char| add(u32::from(char)));
    }
    digest
}

/// A subset's tag: six capitals drawn from what it shows (ISO 32000-1 9.6.4).
fn tag(mut digest: u64) -> String {
    let mut tag = String::with_capacity(6);
    for _ in 0..6 {
        tag.push((b'A' + (digest % 26) as u8) as char);
        digest /= 26;
    }
    tag
}
