//! Faces → embedded fonts: printpdf writes the font objects for a subset, and what it cannot know
//! is set right afterwards.

use std::collections::BTreeSet;
use std::sync::{Arc, Mutex, OnceLock, PoisonError};

use lopdf::{Dictionary, Document, Object};
use printpdf::{
    Codepoint, FontId, FontMetrics, Op, ParsedFont, PdfFont, PdfFontHandle, PdfFontMetricsStub, Pt,
    TextItem, ToUnicodeCMap,
};
use rustc_hash::FxHashMap;

use crate::fonts::{FaceId, FaceInfo, Subset};

use super::common::Common;
use super::deflate::deflate;
use super::error::WriteError;
use super::faces::{FaceSource, per_mille, width};
use super::glyph_codes::GlyphCodes;
use super::object::{dictionary, name};

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

/// A face reduced to what documents show of it, with the streams that go with it, compressed.
#[derive(Debug)]
pub(super) struct Program {
    info: FaceInfo,
    used: Used,
    /// A digest of `used`.
    digest: u64,
    subset: Subset,
    file: OnceLock<Vec<u8>>,
    glyph_map: OnceLock<Vec<u8>>,
    texts: OnceLock<Vec<u8>>,
}

/// Programs that are kept before all are forgotten: certificates show much the same letters.
const MOST_PROGRAMS: usize = 512;

/// The programs of a run.
#[derive(Debug, Default)]
pub(super) struct Programs {
    known: Mutex<FxHashMap<u64, Arc<Program>>>,
}

impl Programs {
    /// The program of a face that shows `used`; `subset` makes it unless there is one.
    fn get(
        &self,
        info: &FaceInfo,
        used: Used,
        subset: impl FnOnce(&BTreeSet<u16>) -> Option<Subset>,
    ) -> Option<Arc<Program>> {
        let digest = digest(&used);
        let lock = || self.known.lock().unwrap_or_else(PoisonError::into_inner);
        // A face's advances are in memory once for all of a run.
        let is_same = |known: &&Arc<Program>| {
            Arc::ptr_eq(&known.info.advances, &info.advances) && known.used == used
        };
        if let Some(known) = lock().get(&digest).filter(is_same) {
            return Some(Arc::clone(known));
        }
        let glyphs: BTreeSet<u16> = used.iter().map(|(_, glyph, _)| *glyph).collect();
        let program = Arc::new(Program {
            subset: subset(&glyphs)?,
            info: info.clone(),
            used,
            digest,
            file: OnceLock::new(),
            glyph_map: OnceLock::new(),
            texts: OnceLock::new(),
        });
        let mut known = lock();
        if known.len() >= MOST_PROGRAMS {
            known.clear();
        }
        known.insert(digest, Arc::clone(&program));
        Some(program)
    }
}

/// A face as it is embedded.
pub(super) struct Embedded {
    pub(super) id: FontId,
    pub(super) font: PdfFont,
    /// Shows each code once, so that printpdf embeds the face with exactly these codes.
    pub(super) specimen: Vec<Op>,
    program: Arc<Program>,
}

/// Subsets of all faces with what they show.
pub(super) fn embed(
    codes: &GlyphCodes,
    source: &dyn FaceSource,
    programs: &Programs,
) -> Result<Vec<Embedded>, WriteError> {
    let mut embedded = Vec::new();
    for (face, codes) in &codes.faces {
        let used = codes.used();
        if used.is_empty() {
            continue;
        }
        let program = programs
            .get(&codes.info, used, |glyphs| source.subset(*face, glyphs))
            .ok_or_else(|| WriteError::Subset(codes.info.postscript_name.to_string()))?;
        embedded.push(Embedded::new(*face, program));
    }
    Ok(embedded)
}

impl Embedded {
    fn new(face: FaceId, program: Arc<Program>) -> Embedded {
        let Program { info, used, digest, subset, .. } = &*program;
        let id = FontId(resource_name(face));
        let font_name = format!("{}+{}", tag(*digest), info.postscript_name);
        let units = |glyph: u16| info.advances.get(usize::from(glyph)).copied().unwrap_or(0);
        // What printpdf calls a glyph id is the code here; CFF has no map from codes to glyphs
        // but its own character ids, which are the subset's glyph ids.
        let printed: Vec<(u16, u16, &str)> = used
            .iter()
            .map(|(code, glyph, text)| {
                let shown =
                    if info.is_cff { subset.glyphs.get(glyph).copied() } else { Some(*code) };
                (shown.unwrap_or(0), units(*glyph), text.as_str())
            })
            .collect();
        let metrics = FontMetrics { ascent: info.ascent, descent: info.descent };
        let mut parsed = ParsedFont::with_glyph_data(
            subset.bytes.clone(),
            0,
            Some(font_name),
            Default::default(),
            printed.iter().map(|&(code, width, _)| (code, width)).collect(),
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
        let codepoints = printed
            .iter()
            .map(|&(code, _, text)| Codepoint::with_cid(code, 0.0, text.to_owned()))
            .collect();
        let specimen = vec![
            Op::SetFont { font: PdfFontHandle::External(id.clone()), size: Pt(1.0) },
            Op::ShowText { items: vec![TextItem::GlyphIds(codepoints)] },
        ];
        Embedded { id, font: PdfFont::new(parsed), specimen, program }
    }

    /// Corrects the font objects that printpdf wrote under `font`.
    pub(super) fn correct(
        &self,
        font: lopdf::ObjectId,
        document: &mut Document,
        common: &Common,
    ) -> Option<()> {
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
                let subset = &self.program.subset;
                let (own, shared) = subset.bytes.split_at_checked(subset.common)?;
                let compress = || common.deflate(own, shared);
                file.content = self.program.file.get_or_init(compress).clone();
                file.dict.set("Filter", name("FlateDecode"));
            }
        }
        if self.program.info.is_cff {
            let (encoding, texts) = (self.encoding(), self.texts());
            let encoding = document.add_object(encoding);
            let texts = document.add_object(lopdf::Stream::new(Dictionary::new(), texts));
            let font = document.get_dictionary_mut(font).ok()?;
            font.set("Encoding", encoding);
            font.set("ToUnicode", texts);
        } else {
            let compress = || deflate(&self.glyph_map());
            let map = self.program.glyph_map.get_or_init(compress).clone();
            let header = dictionary([("Filter", name("FlateDecode"))]);
            let map = document.add_object(lopdf::Stream::new(header, map));
            descendant.set("CIDToGIDMap", map);
            let font = document.get_object(font).ok()?.as_dict().ok()?;
            if let Ok(texts) = font.get(b"ToUnicode").and_then(Object::as_reference) {
                let texts = document.get_object_mut(texts).ok()?.as_stream_mut().ok()?;
                let compress = || deflate(&texts.content);
                let compressed = self.program.texts.get_or_init(compress).clone();
                texts.content = compressed;
                texts.dict.set("Filter", name("FlateDecode"));
            }
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
            .program
            .used
            .iter()
            .map(|(code, glyph, _)| {
                let cid = if self.program.info.is_cff { self.subset_glyph(*glyph) } else { *code };
                (cid, width(&self.program.info, *glyph))
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
        self.program.subset.glyphs.get(&glyph).copied().unwrap_or(0)
    }

    /// The descriptor's entries that printpdf guesses (ISO 32000-1 9.8.1, table 123 for flags).
    fn describe(&self, descriptor: &mut Dictionary) {
        let info = &self.program.info;
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
        let last = self.program.used.last().map_or(0, |(code, _, _)| usize::from(*code));
        let mut map = vec![0; (last + 1) * 2];
        for (code, glyph, _) in &self.program.used {
            let at = usize::from(*code) * 2;
            map[at..at + 2].copy_from_slice(&self.subset_glyph(*glyph).to_be_bytes());
        }
        map
    }

    /// A CMap from codes to the subset's glyphs (ISO 32000-1 9.7.5.4).
    fn encoding(&self) -> lopdf::Stream {
        let mut map = String::from(
            "/CIDInit /ProcSet findresource begin\n12 dict begin\nbegincmap\n\
             /CIDSystemInfo 3 dict dup begin /Registry (Adobe) def /Ordering (Identity) def \
             /Supplement 0 def end def\n/CMapName /Dossier def\n/CMapType 1 def\n/WMode 0 def\n\
             1 begincodespacerange\n<0000> <FFFF>\nendcodespacerange\n",
        );
        for chunk in self.program.used.chunks(100) {
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
        lopdf::Stream::new(header, map.into_bytes())
    }

    fn texts(&self) -> Vec<u8> {
        let mappings = self
            .program
            .used
            .iter()
            .map(|(code, _, text)| (u32::from(*code), text.chars().map(u32::from).collect()))
            .collect();
        ToUnicodeCMap { mappings }.to_cmap_string(&self.id.0).into_bytes()
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
