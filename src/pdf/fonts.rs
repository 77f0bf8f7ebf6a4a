//! Faces → embedded fonts: printpdf writes the font objects for a subset, and what it cannot know
//! is set right afterwards. Papers of a run that show the same of a face share these objects.

use std::collections::BTreeSet;
use std::sync::{Arc, Mutex, PoisonError};

use lopdf::{Dictionary, Document, Object, ObjectId, Stream};
use printpdf::{
    Codepoint, FontId, FontMetrics, Mm, Op, ParsedFont, PdfDocument, PdfFont, PdfFontHandle,
    PdfFontMetricsStub, PdfPage, Pt, TextItem, ToUnicodeCMap,
};
use rustc_hash::FxHashMap;

use crate::fonts::{FaceId, FaceInfo, Subset};

use super::common::Common;
use super::deflate::deflate;
use super::error::WriteError;
use super::faces::{FaceSource, per_mille, width};
use super::glyph_codes::GlyphCodes;
use super::object::{dictionary, name};
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
type Used = Vec<(u16, u16, String)>;

/// A face reduced to what documents show of it, as it is embedded.
#[derive(Debug)]
pub(super) struct Program {
    info: FaceInfo,
    used: Used,
    /// The resource name.
    pub(super) name: String,
    /// The objects; their references are places in this list, and the font itself is the first.
    objects: Vec<Object>,
}

impl Program {
    /// Adds the font's objects to a document; returns the font's number.
    pub(super) fn add(&self, document: &mut Document) -> ObjectId {
        let first = document.max_id + 1;
        for (id, object) in (first..).zip(&self.objects) {
            document.objects.insert((id, 0), moved(object, &|(place, _)| (first + place, 0)));
            document.max_id = id;
        }
        (first, 0)
    }
}

/// An object with other references.
fn moved(object: &Object, to: &impl Fn(ObjectId) -> ObjectId) -> Object {
    let entries = |dictionary: &Dictionary| {
        dictionary.iter().map(|(key, value)| (key.clone(), moved(value, to))).collect()
    };
    match object {
        Object::Reference(id) => Object::Reference(to(*id)),
        Object::Array(list) => Object::Array(list.iter().map(|item| moved(item, to)).collect()),
        Object::Dictionary(dictionary) => Object::Dictionary(entries(dictionary)),
        Object::Stream(stream) => {
            Object::Stream(Stream { dict: entries(&stream.dict), ..stream.clone() })
        }
        other => other.clone(),
    }
}

/// Programs that are kept before all are forgotten: certificates show much the same letters.
const MOST_PROGRAMS: usize = 512;

/// The programs of a run.
#[derive(Debug, Default)]
pub(super) struct Programs {
    known: Mutex<FxHashMap<u64, Arc<Program>>>,
}

impl Programs {
    /// The program of a face that shows `used`; `make` gives its objects unless they are known.
    fn get(
        &self,
        info: &FaceInfo,
        name: String,
        used: Used,
        make: impl FnOnce(&str, &Used, u64) -> Option<Vec<Object>>,
    ) -> Option<Arc<Program>> {
        let digest = digest(&used);
        let lock = || self.known.lock().unwrap_or_else(PoisonError::into_inner);
        // A face's advances are in memory once for all of a run.
        let is_same = |known: &&Arc<Program>| {
            Arc::ptr_eq(&known.info.advances, &info.advances)
                && known.name == name
                && known.used == used
        };
        if let Some(known) = lock().get(&digest).filter(is_same) {
            return Some(Arc::clone(known));
        }
        let objects = make(&name, &used, digest)?;
        let program = Arc::new(Program { info: info.clone(), used, name, objects });
        let mut known = lock();
        if known.len() >= MOST_PROGRAMS {
            known.clear();
        }
        known.insert(digest, Arc::clone(&program));
        Some(program)
    }
}

/// All faces with what they show.
pub(super) fn embed(
    codes: &GlyphCodes,
    source: &dyn FaceSource,
    common: &Common,
) -> Result<Vec<Arc<Program>>, WriteError> {
    let mut embedded = Vec::new();
    for (face, codes) in &codes.faces {
        let used = codes.used();
        if used.is_empty() {
            continue;
        }
        let info = &codes.info;
        let make = |name: &str, used: &Used, digest: u64| {
            let glyphs: BTreeSet<u16> = used.iter().map(|(_, glyph, _)| *glyph).collect();
            let subset = source.subset(*face, &glyphs)?;
            Embedding { name, info, used, digest, subset }.objects(common)
        };
        let program = common
            .programs()
            .get(info, resource_name(*face), used, make)
            .ok_or_else(|| WriteError::Subset(info.postscript_name.to_string()))?;
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
    fn objects(&self, common: &Common) -> Option<Vec<Object>> {
        let id = FontId(self.name.to_owned());
        let mut printed = PdfDocument::new("");
        printed.resources.fonts.map.insert(id.clone(), self.font());
        // Shows each code once, so that printpdf embeds the face with exactly these codes.
        let codepoints = self
            .printed()
            .map(|(code, _, text)| Codepoint::with_cid(code, 0.0, text.to_owned()))
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
        self.correct(font, &mut document, common)?;
        let mut objects = reachable(font, &mut document);
        for object in &mut objects {
            if let Object::Stream(stream) = object
                && !stream.dict.has(b"Filter")
            {
                stream.content = deflate(&stream.content);
                stream.dict.set("Filter", name("FlateDecode"));
            }
        }
        Some(objects)
    }

    /// Code, advance in font units and text of what is shown, as printpdf is told. What it calls
    /// a glyph id is the code here; CFF has no map from codes to glyphs but its own character
    /// ids, which are the subset's glyph ids.
    fn printed(&self) -> impl Iterator<Item = (u16, u16, &str)> {
        let Embedding { info, used, subset, .. } = self;
        used.iter().map(|(code, glyph, text)| {
            let shown = if info.is_cff { subset.glyphs.get(glyph).copied() } else { Some(*code) };
            let units = info.advances.get(usize::from(*glyph)).copied().unwrap_or(0);
            (shown.unwrap_or(0), units, text.as_str())
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
    fn correct(&self, font: ObjectId, document: &mut Document, common: &Common) -> Option<()> {
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
                let (own, shared) = self.subset.bytes.split_at_checked(self.subset.common)?;
                file.content = common.deflate(own, shared);
                file.dict.set("Length1", Object::Integer(self.subset.bytes.len() as i64));
                file.dict.set("Filter", name("FlateDecode"));
            }
        }
        if self.info.is_cff {
            let (encoding, texts) = (self.encoding(), self.texts());
            let encoding = document.add_object(encoding);
            let texts = document.add_object(Stream::new(Dictionary::new(), texts));
            let font = document.get_dictionary_mut(font).ok()?;
            font.set("Encoding", encoding);
            font.set("ToUnicode", texts);
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

    /// A CMap from codes to the subset's glyphs (ISO 32000-1 9.7.5.4).
    fn encoding(&self) -> Stream {
        let mut map = String::from(
            "/CIDInit /ProcSet findresource begin\n12 dict begin\nbegincmap\n\
             /CIDSystemInfo 3 dict dup begin /Registry (Adobe) def /Ordering (Identity) def \
             /Supplement 0 def end def\n/CMapName /Dossier def\n/CMapType 1 def\n/WMode 0 def\n\
             1 begincodespacerange\n<0000> <FFFF>\nendcodespacerange\n",
        );
        for chunk in self.used.chunks(100) {
            map.push_str(&format!("{} begincidchar\n", chunk.len()));
            for (code, glyph, _) in chunk {
                map.push_str(&format!("<{code:04X}> {}\n", self.subset_glyph(*glyph)));
            }
            map.push_str("endcidchar\n");
        }
        map.push_str("endcmap\nCMapName currentdict /CMap defineresource pop\nend\nend\n");
        let info = dictionary([
            ("Registry", Object::string_literal("Adobe")),
            ("Ordering", Object::string_literal("Identity")),
            ("Supplement", Object::Integer(0)),
        ]);
        let header = dictionary([
            ("Type", name("CMap")),
            ("CMapName", name("Dossier")),
            ("CIDSystemInfo", Object::Dictionary(info)),
            ("WMode", Object::Integer(0)),
        ]);
        Stream::new(header, map.into_bytes())
    }

    fn texts(&self) -> Vec<u8> {
        let mappings = self
            .used
            .iter()
            .map(|(code, _, text)| (u32::from(*code), text.chars().map(u32::from).collect()))
            .collect();
        ToUnicodeCMap { mappings }.to_cmap_string(self.name).into_bytes()
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
    taken.iter().map(|object| moved(object, &|id| (place(id), 0))).collect()
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

fn digest(used: &[(u16, u16, String)]) -> u64 {
    let mut digest = 0xcbf2_9ce4_8422_2325_u64;
    for (code, glyph, text) in used {
        for byte in code.to_be_bytes().into_iter().chain(glyph.to_be_bytes()).chain(text.bytes()) {
            digest = (digest ^ u64::from(byte)).wrapping_mul(0x100_0000_01b3);
        }
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
