//! Composite fonts: CMaps, maps from CIDs to glyphs, lists of CIDs.

use crate::verify::fonts::Proven;

use super::sample::{CFF, CID_KEYED, Sample, to_unicode, true_type};

const FONT: &str = "<</Type/Font/Subtype/Type0/BaseFont/ABCDEF+Tiny/Encoding/Identity-H\
    /DescendantFonts[6 0 R]/ToUnicode 9 0 R>>";
const CID_FONT: &str = "<</Type/Font/Subtype/CIDFontType2/BaseFont/ABCDEF+Tiny\
    /CIDSystemInfo<</Registry(Adobe)/Ordering(Identity)/Supplement 0>>/W[1[600]2 2 700]/DW 500\
    /CIDToGIDMap/Identity/FontDescriptor 7 0 R>>";
const DESCRIPTOR: &str = "<</Type/FontDescriptor/Flags 4/FontFile2 8 0 R>>";
const TEXTS: &[(u32, &str)] = &[(0, "0030"), (1, "0041"), (2, "0062"), (5, "0035"), (9, "0039")];

/// A composite font of TrueType; further objects are from 10.
fn sample(font: &str, cid_font: &str, text: &[u8]) -> Sample {
    with_descriptor(font, cid_font, DESCRIPTOR, text)
}

fn with_descriptor(font: &str, cid_font: &str, descriptor: &str, text: &[u8]) -> Sample {
    Sample::new(font, text)
        .object(cid_font)
        .object(descriptor)
        .stream("", &true_type(&[]))
        .stream("", &to_unicode(2, TEXTS))
}

/// A composite font of CFF.
fn of_cff(program: &[u8], kind: &str, widths: &str, text: &[u8]) -> Sample {
    let cid_font = CID_FONT
        .replace("CIDFontType2", "CIDFontType0")
        .replace("/CIDToGIDMap/Identity", "")
        .replace("[1[600]2 2 700]", widths);
    Sample::new(FONT, text)
        .object(&cid_font)
        .object("<</Type/FontDescriptor/Flags 4/FontFile3 8 0 R/CIDSet 10 0 R>>")
        .stream(kind, program)
        .stream("", &to_unicode(2, TEXTS))
}

#[test]
fn sound_composite_fonts_break_nothing() {
    assert!(sample(FONT, CID_FONT, b"\0\x01\0\x02").breaks().is_empty());
    let named = of_cff(CFF, "/Subtype/CIDFontType0C", "[1[600 700]]", b"\0\x01\0\x02");
    assert!(named.breaks().is_empty());
    let cut = of_cff(&CFF[..CFF.len() - 1], "/Subtype/CIDFontType0C", "[1[600 700]]", b"\0\x01");
    assert_eq!(cut.breaks(), ["a:6.2.11.4.1-1"]);
    let keyed = of_cff(CID_KEYED, "/Subtype/CIDFontType0C", "[5[600]9[700]]", b"\0\x05\0\x09");
    assert!(keyed.breaks().is_empty());
}

#[test]
fn fonts_that_are_proven_are_examined_for_further_codes_and_where_they_differ() {
    let proven = Proven::default();
    let beside = |sample: Sample| sample.breaks_beside(Some(&proven));
    let wide = CID_FONT.replace("2 2 700", "2 2 710");
    assert!(beside(sample(FONT, &wide, b"\0\x01")).is_empty());
    assert!(beside(sample(FONT, &wide, b"\0\x01")).is_empty());
    assert_eq!(beside(sample(FONT, &wide, b"\0\x01\0\x02")), ["a:6.2.11.5-1"]);
    assert!(beside(sample(FONT, CID_FONT, b"\0\x01\0\x02")).is_empty());
    let other = CID_FONT.replace("1[600]", "1[610]");
    assert_eq!(beside(sample(FONT, &other, b"\0\x01")), ["a:6.2.11.5-1"]);
    let damaged = Sample::new(FONT, b"\0\x01").object(CID_FONT).object(DESCRIPTOR);
    let damaged = damaged.stream("", b"no font").stream("", &to_unicode(2, TEXTS));
    assert_eq!(beside(damaged), ["a:6.2.11.4.1-1"]);
}

#[test]
fn glyphs_and_widths_are_found_by_cid() {
    let glyphs = |text: &[u8]| sample(FONT, CID_FONT, text).breaks();
    assert_eq!(glyphs(b"\0\x00"), ["a:6.2.11.8-1"]);
    // A byte that is left over is no code, though its number is that of a glyph.
    assert_eq!(glyphs(b"\0\x02\x01"), ["a:6.2.11.4.1-2", "a:6.2.11.8-1"]);
    assert_eq!(glyphs(b"\0\x05"), ["a:6.2.11.4.1-2", "a:6.2.11.8-1"]);
    assert_eq!(glyphs(b"\0\x03"), ["a:6.2.11.4.1-2", "a:6.2.11.7.2-1", "a:6.2.11.8-1"]);
    let hidden = sample(FONT, CID_FONT, b"\0\x05").invisible();
    assert_eq!(hidden.breaks(), ["a:6.2.11.8-1"]);
    let wide = CID_FONT.replace("2 2 700", "2 2 710");
    assert_eq!(sample(FONT, &wide, b"\0\x02").breaks(), ["a:6.2.11.5-1"]);
    // A number too many before the list: what stands behind it cannot be told.
    let lost = CID_FONT.replace("/W[1[600]", "/W[1 1[600]");
    assert_eq!(sample(FONT, &lost, b"\0\x01").breaks(), ["a:6.2.11.5-1"]);
    let keyed = of_cff(CID_KEYED, "/Subtype/CIDFontType0C", "[1[600]]", b"\0\x01");
    assert_eq!(keyed.breaks(), ["a:6.2.11.4.1-2", "a:6.2.11.8-1"]);
}

#[test]
fn map_from_cids_to_glyphs_is_asked_for_and_followed() {
    let mapped = |by: &str| CID_FONT.replace("/CIDToGIDMap/Identity", by);
    assert_eq!(sample(FONT, &mapped(""), b"\0\x01").breaks(), ["a:6.2.11.3.2-1"]);
    assert_eq!(sample(FONT, &mapped("/CIDToGIDMap/Own"), b"\0\x01").breaks(), ["a:6.2.11.3.2-1"]);
    let mapped = mapped("/CIDToGIDMap 10 0 R").replace("2 2 700", "5 5 700");
    let with_map = |text: &[u8]| {
        sample(FONT, &mapped, text).stream("", b"\0\0\0\x01\0\0\0\0\0\0\0\x02").breaks()
    };
    assert!(with_map(b"\0\x01\0\x05").is_empty());
    assert_eq!(with_map(b"\0\x09"), ["a:6.2.11.4.1-2", "a:6.2.11.8-1"]);
}

#[test]
fn list_of_cids_holds_them_all_and_no_others() {
    let descriptor = DESCRIPTOR.replace("/Flags", "/CIDSet 10 0 R/Flags");
    let listed = |set: &[u8]| {
        with_descriptor(FONT, CID_FONT, &descriptor, b"\0\x01").stream("", set).breaks()
    };
    assert!(listed(&[0xe0]).is_empty());
    assert!(listed(&[0x60, 0]).is_empty());
    assert_eq!(listed(&[0xc0]), ["a:6.2.11.4.2-2"]);
    assert_eq!(listed(&[0xf0]), ["a:6.2.11.4.2-2"]);
    let keyed = |set: &[u8]| {
        let sample = of_cff(CID_KEYED, "/Subtype/CIDFontType0C", "[5[600]9[700]]", b"\0\x05");
        sample.stream("", set).breaks()
    };
    assert!(keyed(&[0x84, 0x40]).is_empty());
    assert_eq!(keyed(&[0x84]), ["a:6.2.11.4.2-2"]);
    let whole = CID_FONT.replace("ABCDEF+", "");
    let whole = with_descriptor(FONT, &whole, &descriptor, b"\0\x01").stream("", &[0xc0]);
    assert!(whole.breaks().is_empty());
}

#[test]
fn program_of_a_cid_font_is_of_a_kind_that_is_allowed() {
    let of = |kind: &str| of_cff(CFF, kind, "[1[600 700]]", b"\0\x01").breaks();
    assert_eq!(of("/Subtype/Type1C"), ["a:6.2.11.4.1-1"]);
    assert_eq!(of("/Subtype/Own"), ["a:6.2.11.2-7", "a:6.2.11.4.1-1"]);
    assert_eq!(of("/Subtype/OpenType"), ["a:6.2.11.4.1-1"]);
}

#[test]
fn cmap_is_predefined_or_embedded() {
    let named =
        |name: &str| sample(&FONT.replace("Identity-H", name), CID_FONT, b"\0\x01").breaks();
    assert!(named("Identity-V").is_empty());
    assert!(named("Own").contains(&"a:6.2.11.3.3-1"));
    assert!(named("Adobe-Japan1-UCS2").contains(&"a:6.2.11.3.3-1"));
    // A collection of another kind than that of the CIDFont.
    assert!(named("UniJIS-UCS2-H").contains(&"a:6.2.11.3.1-1"));
}

#[test]
fn embedded_cmap_agrees_with_its_dictionary_and_its_font() {
    let font = FONT.replace("/Identity-H", " 10 0 R");
    let embedded = |entries: &str, inside: &str, cid_font: &str| {
        let cmap = format!(
            "begincmap {inside} 1 begincodespacerange <0000> <ffff> endcodespacerange \
             1 begincidrange <0000> <ffff> 0 endcidrange endcmap"
        );
        let entries = format!("/Type/CMap/CMapName/Own{entries}");
        sample(&font, cid_font, b"\0\x01").stream(&entries, cmap.as_bytes()).breaks()
    };
    let info = "/CIDSystemInfo<</Registry(Adobe)/Ordering(Identity)/Supplement 0>>";
    assert!(embedded(info, "", CID_FONT).is_empty());
    assert!(embedded(&format!("{info}/WMode 1"), "/WMode 1 def", CID_FONT).is_empty());
    assert_eq!(embedded(info, "/WMode 1 def", CID_FONT), ["a:6.2.11.3.3-2"]);
    assert_eq!(embedded(&format!("{info}/WMode 1"), "", CID_FONT), ["a:6.2.11.3.3-2"]);
    assert_eq!(embedded("", "", CID_FONT), ["a:6.2.11.3.1-1"]);
    let newer = CID_FONT.replace("/Supplement 0", "/Supplement 1");
    assert_eq!(embedded(info, "", &newer), ["a:6.2.11.3.1-1"]);
    let older = info.replace("/Supplement 0", "/Supplement 2");
    assert!(embedded(&older, "", &newer).is_empty());
    assert!(embedded(&format!("{info}/UseCMap/Identity-H"), "", CID_FONT).is_empty());
    assert_eq!(embedded(&format!("{info}/UseCMap/Other"), "", CID_FONT), ["a:6.2.11.3.3-3"]);
    assert_eq!(embedded(info, "/Other usecmap", CID_FONT), ["a:6.2.11.3.3-3"]);
}
