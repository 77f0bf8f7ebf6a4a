//! TrueType, Type 1 and Type 3 fonts.

use super::sample::{LETTERS, MAC, Map, SYMBOLS, Sample, to_unicode, true_type, type_1};

const TYPE_1: &str = "<</Type/Font/Subtype/Type1/BaseFont/ABCDEF+Tiny/Encoding/WinAnsiEncoding\
    /FirstChar 65/LastChar 66/Widths[600 0]/FontDescriptor 6 0 R>>";
const TYPE_1_DESCRIPTOR: &str = "<</Type/FontDescriptor/Flags 32/FontFile 7 0 R>>";
const TRUE_TYPE: &str = "<</Type/Font/Subtype/TrueType/BaseFont/ABCDEF+Tiny\
    /Encoding/WinAnsiEncoding/FirstChar 65/LastChar 65/Widths[600]/FontDescriptor 6 0 R>>";
const DESCRIPTOR: &str = "<</Type/FontDescriptor/Flags 32/FontFile2 7 0 R>>";
const SYMBOLIC: &str = "<</Type/Font/Subtype/TrueType/BaseFont/ABCDEF+Tiny\
    /FirstChar 65/LastChar 65/Widths[600]/FontDescriptor 6 0 R/ToUnicode 8 0 R>>";
const SYMBOLIC_DESCRIPTOR: &str = "<</Type/FontDescriptor/Flags 4/FontFile2 7 0 R>>";
const TYPE_3: &str = "<</Type/Font/Subtype/Type3/FontBBox[0 0 9 9]/FontMatrix[.1 0 0 .1 0 0]\
    /Encoding<</Differences[65/A]>>/FirstChar 65/LastChar 65/Widths[6]/CharProcs<</A 6 0 R>>>>";

fn latin(font: &str, text: &[u8]) -> Sample {
    Sample::new(font, text).object(DESCRIPTOR).stream("", &true_type(&[LETTERS]))
}

fn with_maps(maps: &[Map<'_>]) -> Vec<&'static str> {
    Sample::new(TRUE_TYPE, b"A").object(DESCRIPTOR).stream("", &true_type(maps)).breaks()
}

fn symbolic(font: &str, text: &[u8], maps: &[Map<'_>]) -> Vec<&'static str> {
    let sample = Sample::new(font, text).object(SYMBOLIC_DESCRIPTOR).stream("", &true_type(maps));
    sample.stream("", &to_unicode(1, &[(65, "0041"), (66, "0042")])).breaks()
}

#[test]
fn sound_fonts_break_nothing() {
    assert!(latin(TRUE_TYPE, b"A").breaks().is_empty());
    assert!(with_maps(&[MAC]).is_empty());
    assert!(with_maps(&[SYMBOLS, LETTERS]).is_empty());
    assert!(symbolic(SYMBOLIC, b"A", &[SYMBOLS]).is_empty());
    assert!(symbolic(SYMBOLIC, b"A", &[SYMBOLS, MAC, LETTERS]).is_empty());
    assert!(symbolic(SYMBOLIC, b"A", &[MAC]).is_empty());
    let type_1 = Sample::new(TYPE_1, b"A").object(TYPE_1_DESCRIPTOR).stream("", &type_1());
    assert!(type_1.breaks().is_empty());
    assert!(Sample::new(TYPE_3, b"A").stream("", b"6 0 d0").breaks().is_empty());
}

#[test]
fn font_dictionary_without_an_entry_is_found() {
    let without = |entry: &str, by: &str| latin(&TRUE_TYPE.replace(entry, by), b"A").breaks();
    assert_eq!(without("/Type/Font", ""), ["a:6.2.11.2-1"]);
    assert_eq!(without("/BaseFont/ABCDEF+Tiny", ""), ["a:6.2.11.2-3"]);
    assert_eq!(without("/FirstChar 65", ""), ["a:6.2.11.2-4", "a:6.2.11.5-1"]);
    assert_eq!(without("/LastChar 65", ""), ["a:6.2.11.2-5"]);
    assert_eq!(without("/LastChar 65", "/LastChar 66"), ["a:6.2.11.2-6"]);
    let unknown = Sample::new("<</Type/Font/Subtype/Type9/BaseFont/A>>", b"A");
    assert!(unknown.breaks().contains(&"a:6.2.11.2-2"));
}

#[test]
fn font_that_is_not_embedded_is_found_where_it_is_seen() {
    let bare = |text| Sample::new(TRUE_TYPE, text).object("<</Type/FontDescriptor/Flags 32>>");
    assert_eq!(bare(b"A").breaks(), ["a:6.2.11.4.1-1"]);
    assert!(bare(b"A").invisible().breaks().is_empty());
    let standard = "<</Type/Font/Subtype/Type1/BaseFont/Helvetica>>";
    assert_eq!(Sample::new(standard, b"A").breaks(), ["a:6.2.11.4.1-1"]);
    let other = DESCRIPTOR.replace("FontFile2", "FontFile");
    let other = Sample::new(TRUE_TYPE, b"A").object(&other).stream("", &type_1());
    assert_eq!(other.breaks(), ["a:6.2.11.4.1-1"]);
    let damaged = Sample::new(TRUE_TYPE, b"A").object(DESCRIPTOR).stream("", b"no font");
    assert_eq!(damaged.breaks(), ["a:6.2.11.4.1-1"]);
    let whole = true_type(&[]);
    let cut = Sample::new(TRUE_TYPE, b"A").object(DESCRIPTOR).stream("", &whole[..whole.len() - 4]);
    assert_eq!(cut.breaks(), ["a:6.2.11.4.1-1"]);
}

#[test]
fn glyph_that_is_not_there_is_found_where_it_is_seen() {
    assert_eq!(latin(TRUE_TYPE, b"AB").breaks(), ["a:6.2.11.4.1-2"]);
    assert!(latin(TRUE_TYPE, b"AB").invisible().breaks().is_empty());
    let type_1 = Sample::new(TYPE_1, b"AB").object(TYPE_1_DESCRIPTOR).stream("", &type_1());
    assert_eq!(type_1.breaks(), ["a:6.2.11.4.1-2"]);
    assert_eq!(symbolic(SYMBOLIC, b"AB", &[SYMBOLS]), ["a:6.2.11.4.1-2"]);
    let type_3 = TYPE_3.replace("[65/A]", "[65/b]");
    assert_eq!(Sample::new(&type_3, b"A").stream("", b"6 0 d0").breaks(), ["a:6.2.11.4.1-2"]);
}

#[test]
fn widths_may_differ_by_a_thousandth() {
    let of = |width: &str| latin(&TRUE_TYPE.replace("[600]", width), b"A");
    assert!(of("[601]").breaks().is_empty());
    assert_eq!(of("[601.5]").breaks(), ["a:6.2.11.5-1"]);
    assert!(of("[900]").invisible().breaks().is_empty());
    let type_1 = TYPE_1.replace("[600 0]", "[610 0]");
    let type_1 =
        Sample::new(&type_1, b"A").object(TYPE_1_DESCRIPTOR).stream("", &super::sample::type_1());
    assert_eq!(type_1.breaks(), ["a:6.2.11.5-1"]);
    assert_eq!(Sample::new(TYPE_3, b"A").stream("", b"9 0 d0").breaks(), ["a:6.2.11.5-1"]);
    assert_eq!(Sample::new(TYPE_3, b"A").stream("", b"0 0 9 9 re f").breaks(), ["a:6.2.11.5-1"]);
}

#[test]
fn missing_width_stands_for_codes_that_are_not_listed() {
    let descriptor = DESCRIPTOR.replace("/Flags", "/MissingWidth 700/Flags");
    let font = TRUE_TYPE.replace("WinAnsiEncoding", "MacRomanEncoding");
    let sample = Sample::new(&font, b"Ab").object(&descriptor);
    assert!(sample.stream("", &true_type(&[LETTERS])).breaks().is_empty());
    assert_eq!(latin(&font, b"Ab").breaks(), ["a:6.2.11.5-1"]);
}

#[test]
fn true_type_encodings_are_those_that_are_allowed() {
    let encoded =
        |by: &str| latin(&TRUE_TYPE.replace("/Encoding/WinAnsiEncoding", by), b"A").breaks();
    assert!(encoded("/Encoding/MacRomanEncoding").is_empty());
    assert!(encoded("/Encoding/StandardEncoding").contains(&"a:6.2.11.6-2"));
    assert!(encoded("").contains(&"a:6.2.11.6-2"));
    assert!(encoded("/Encoding<</Differences[66/A]>>").contains(&"a:6.2.11.6-2"));
    let differing = |name: &str| {
        encoded(&format!("/Encoding<</BaseEncoding/WinAnsiEncoding/Differences[66/{name}]>>"))
    };
    assert!(differing("aring").is_empty());
    assert_eq!(differing("uni00E5"), ["a:6.2.11.6-2"]);
    assert_eq!(differing("g7"), ["a:6.2.11.6-2"]);
    let symbolic = |font: &str| symbolic(font, b"A", &[SYMBOLS]);
    let encoded = SYMBOLIC.replace("/ToUnicode", "/Encoding/WinAnsiEncoding/ToUnicode");
    assert_eq!(symbolic(&encoded), ["a:6.2.11.6-3"]);
}

#[test]
fn true_type_programs_have_the_tables_that_are_asked_for() {
    assert!(with_maps(&[]).contains(&"a:6.2.11.6-1"));
    assert!(with_maps(&[SYMBOLS]).contains(&"a:6.2.11.6-1"));
    assert_eq!(symbolic(SYMBOLIC, b"A", &[MAC, LETTERS]), ["a:6.2.11.6-4"]);
    let differing = TRUE_TYPE
        .replace("/WinAnsiEncoding", "<</BaseEncoding/WinAnsiEncoding/Differences[65/A]>>");
    let sample = Sample::new(&differing, b"A").object(DESCRIPTOR);
    assert_eq!(sample.stream("", &true_type(&[MAC])).breaks(), ["a:6.2.11.6-2"]);
}

#[test]
fn code_without_a_text_is_found_even_where_it_is_not_seen() {
    let unnamed = TYPE_3.replace("/A", "/g7");
    let unnamed = Sample::new(&unnamed, b"A").stream("", b"6 0 d0");
    assert_eq!(unnamed.breaks(), ["a:6.2.11.7.2-1"]);
    assert_eq!(unnamed.invisible().breaks(), ["a:6.2.11.7.2-1"]);
    let bare = SYMBOLIC.replace("/ToUnicode 8 0 R", "");
    assert_eq!(symbolic(&bare, b"A", &[SYMBOLS]), ["a:6.2.11.7.2-1"]);
}

#[test]
fn code_that_stands_for_no_letter_is_found() {
    let standing_for = |text: &str| {
        let font = TRUE_TYPE.replace("/FirstChar", "/ToUnicode 8 0 R/FirstChar");
        latin(&font, b"A").stream("", &to_unicode(1, &[(65, text)]))
    };
    assert!(standing_for("0041").breaks().is_empty());
    for text in ["0000", "feff", "0041fffe"] {
        assert_eq!(standing_for(text).breaks(), ["a:6.2.11.7.2-2"], "{text}");
    }
    assert_eq!(standing_for("e000").breaks(), ["a:6.2.11.7.3-1"]);
    assert!(standing_for("e000").with_actual_text().breaks().is_empty());
}

#[test]
fn code_that_selects_notdef_is_found_even_where_it_is_not_seen() {
    let font = TRUE_TYPE
        .replace("/WinAnsiEncoding", "<</BaseEncoding/WinAnsiEncoding/Differences[65/.notdef]>>")
        .replace("/FirstChar", "/ToUnicode 8 0 R/FirstChar");
    let sample = latin(&font, b"A").stream("", &to_unicode(1, &[(65, "0041")])).invisible();
    assert_eq!(sample.breaks(), ["a:6.2.11.8-1"]);
}
