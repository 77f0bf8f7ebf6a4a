//! Faces → embedded fonts: printpdf writes the font objects for a subset, and what it cannot know
//! is set right afterwards.

use std::collections::BTreeSet;

use lopdf::{Dictionary, Document, Object};
use printpdf::{
    Codepoint, FontId, FontMetrics, Op, ParsedFont, PdfFont, PdfFontHandle, PdfFontMetricsStub, Pt,
    TextItem, ToUnicodeCMap,
};

use crate::fonts::{FaceId, FaceInfo, Subset};

use super::error::WriteError;
use super::faces::{FaceSource, per_mille, width};
use super::glyph_codes::{FaceCodes, GlyphCodes};
use super::object::{dictionary, name};

/// The resource name of a face, drawn from where on its axes it stands when it is an instance of
/// a variable one. printpdf keeps `F1` to `F14` for itself.
pub(super) fn resource_name(face: FaceId) -> String {
    match face.instance() {
        0 => format!("T{}", face.index()),
        digest => format!("T{}v{digest:x}", face.index()),
    }
}

/// A face as it is embedded.
pub(super) struct Embedded {
    pub(super) id: FontId,
    pub(super) font: PdfFont,
    /// Shows each code once, so that printpdf embeds the face with exactly these codes.
    pub(super) specimen: Vec<Op>,
    info: FaceInfo,
    subset: Subset,
    /// Code, glyph of the whole face, text.
    used: Vec<(u16, u16, String)>,
}

/// Subsets of all faces with what they show.
pub(super) fn embed(
    codes: &GlyphCodes,
    source: &dyn FaceSource,
) -> Result<Vec<Embedded>, WriteError> {
    let mut embedded = Vec::new();
    for (face, codes) in &codes.faces {
        let used = codes.used();
        if used.is_empty() {
            continue;
        }
        let glyphs: BTreeSet<u16> = used.iter().map(|(_, glyph, _)| *glyph).collect();
        let subset = source
            .subset(*face, &glyphs)
            .ok_or_else(|| WriteError::Subset(codes.info.postscript_name.to_string()))?;
        embedded.push(Embedded::new(*face, codes, subset, used));
    }
    Ok(embedded)
}

impl Embedded {
    fn new(
        face: FaceId,
        codes: &FaceCodes,
        subset: Subset,
        used: Vec<(u16, u16, String)>,
    ) -> Embedded {
        let info = codes.info.clone();
        let id = FontId(resource_name(face));
        let font_name = format!("{}+{}", tag(&used), info.postscript_name);
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
        Embedded { id, font: PdfFont::new(parsed), specimen, info, subset, used }
    }

    /// Corrects the font objects that printpdf wrote under `font`.
    pub(super) fn correct(&self, font: lopdf::ObjectId, document: &mut Document) -> Option<()> {
        let Object::Array(mut descendants) =
            document.get_object(font).ok()?.as_dict().ok()?.get(b"DescendantFonts").ok()?.clone()
        else {
            return None;
        };
        let descendant = descendants.first_mut()?.as_dict_mut().ok()?;
        descendant.set("W", self.widths());
        if let Ok(descriptor) = descendant.get(b"FontDescriptor").and_then(Object::as_reference) {
            self.describe(document.get_dictionary_mut(descriptor).ok()?);
        }
        if self.info.is_cff {
            let (encoding, texts) = (self.encoding(), self.texts());
            let encoding = document.add_object(encoding);
            let texts = document.add_object(lopdf::Stream::new(Dictionary::new(), texts));
            let font = document.get_dictionary_mut(font).ok()?;
            font.set("Encoding", encoding);
            font.set("ToUnicode", texts);
        } else {
            let map = document.add_object(lopdf::Stream::new(Dictionary::new(), self.glyph_map()));
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
                (cid, width(&self.info, *glyph))
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
        let info = &self.info;
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
        for (code, glyph, _) in &self.used {
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
        lopdf::Stream::new(header, map.into_bytes())
    }

    fn texts(&self) -> Vec<u8> {
        let mappings = self
            .used
            .iter()
            .map(|(code, _, text)| (u32::from(*code), text.chars().map(u32::from).collect()))
            .collect();
        ToUnicodeCMap { mappings }.to_cmap_string(&self.id.0).into_bytes()
    }
}

/// A subset's tag: six capitals drawn from what it shows (ISO 32000-1 9.6.4).
fn tag(used: &[(u16, u16, String)]) -> String {
    let mut digest = 0xcbf2_9ce4_8422_2325_u64;
    for (code, glyph, text) in used {
        for byte in code.to_be_bytes().into_iter().chain(glyph.to_be_bytes()).chain(text.bytes()) {
            digest = (digest ^ u64::from(byte)).wrapping_mul(0x100_0000_01b3);
        }
    }
    let mut tag = String::with_capacity(6);
    for _ in 0..6 {
        tag.push((b'A' + (digest % 26) as u8) as char);
        digest /= 26;
    }
    tag
}
