//! Programs of Type 1 and CFF in Type 1 fonts: where they are, which glyphs they list.

use super::sample::{CFF, Sample, type_1};

const FONT: &str = "<</Type/Font/Subtype/Type1/BaseFont/ABCDEF+Tiny\
    /FirstChar 65/LastChar 65/Widths[600]/FontDescriptor 6 0 R>>";

fn sample(entries: &str, kind: &str, program: &[u8], text: &[u8]) -> Vec<&'static str> {
    let descriptor = format!("<</Type/FontDescriptor/Flags 32{entries}>>");
    Sample::new(FONT, text).object(&descriptor).stream(kind, program).breaks()
}

#[test]
fn built_in_encodings_are_read() {
    assert!(sample("/FontFile 7 0 R", "", &type_1(), b"A").is_empty());
    let absent = sample("/FontFile 7 0 R", "", &type_1(), b"B");
    assert_eq!(absent, ["a:6.2.11.4.1-2", "a:6.2.11.7.2-1"]);
    let of_cff = |text| sample("/FontFile3 7 0 R", "/Subtype/Type1C", CFF, text);
    assert!(of_cff(b"A").is_empty());
    // The standard encoding tells the text of a letter whose glyph is not in the subset.
    assert_eq!(of_cff(b"B"), ["a:6.2.11.4.1-2"]);
}

#[test]
fn program_of_a_type_1_font_is_of_a_kind_that_is_allowed() {
    let marked = [b"\x80\x01\x10\0\0\0", &type_1()[..]].concat();
    assert_eq!(sample("/FontFile 7 0 R", "", &marked, b"A"), ["a:6.2.11.4.1-1"]);
    let of = |kind: &str| sample("/FontFile3 7 0 R", kind, CFF, b"A");
    assert!(of("/Subtype/CIDFontType0C").contains(&"a:6.2.11.4.1-1"));
    assert!(of("").contains(&"a:6.2.11.4.1-1"));
}

#[test]
fn list_of_glyphs_names_them_all_and_no_others() {
    let listed = |list: &str| {
        let of_type_1 = format!("/FontFile 7 0 R/CharSet({list})");
        let of_cff = format!("/FontFile3 7 0 R/CharSet({list})");
        let found = sample(&of_type_1, "", &type_1(), b"A");
        assert_eq!(found, sample(&of_cff, "/Subtype/Type1C", CFF, b"A"));
        found
    };
    assert!(listed("/A/b").is_empty());
    assert!(listed("/.notdef/b/A").is_empty());
    assert_eq!(listed("/A"), ["a:6.2.11.4.2-1"]);
    assert_eq!(listed("/A/b/c"), ["a:6.2.11.4.2-1"]);
}
