//! Shaping, coverage and subsets of the built-in faces.

use std::collections::BTreeSet;
use std::sync::Arc;

use super::*;
use crate::assets::Assets;
use crate::diag::Diagnostics;
use crate::source::{Sources, Span};

fn book() -> FontBook {
    FontSources::builtin().open().0
}

fn face(book: &FontBook, family: &str) -> FaceId {
    book.select(&[family.into()], &FaceQuery::plain(400, false)).choices[0].face
}

#[test]
fn shape_word_twice_gives_the_same_glyphs_from_the_cache() {
    let book = book();
    let latin = book.shaping(*b"Latn", "en", false, &Arc::from([]));
    let face = face(&book, "serif");
    let first = book.shape_word(face, "office", latin);
    assert!(Arc::ptr_eq(&first, &book.shape_word(face, "office", latin)));
    assert!(first.glyphs.iter().all(|glyph| glyph.id != 0));
    assert!((first.advance - first.glyphs.iter().map(|g| g.advance).sum::<f32>()).abs() < 1e-5);
}

#[test]
fn fallback_prefers_the_family_made_for_the_script() {
    let book = book();
    let family = |character, weight| {
        let face = book.fallback(character, weight, false).unwrap();
        (book.family_name(face).to_owned(), book.face_info(face).unwrap().weight)
    };
    assert_eq!(family('ع', 400), ("Noto Naskh Arabic".into(), 400));
    assert_eq!(family('ש', 700), ("Noto Sans Hebrew".into(), 700));
    assert_eq!(book.fallback('\u{13080}', 400, false), None);
}

#[test]
fn subset_holds_the_glyphs_that_are_asked_for() {
    let book = book();
    let latin = book.shaping(*b"Latn", "en", false, &Arc::from([]));
    let face = face(&book, "Source Sans 3");
    let word = book.shape_word(face, "Oslo", latin);
    let glyphs: BTreeSet<u16> = word.glyphs.iter().map(|glyph| glyph.id).collect();
    let subset = book.subset(face, &glyphs).unwrap();
    assert_eq!(subset.glyphs.len(), glyphs.len());
    assert!(subset.bytes.len() < 20_000, "{}", subset.bytes.len());
    let info = book.face_info(face).unwrap();
    assert!(info.embeddable && !info.is_fixed_pitch && !info.is_serif);
    let advance = f32::from(info.advances[usize::from(word.glyphs[0].id)]);
    assert!((advance / f32::from(info.units_per_em) - word.glyphs[0].advance).abs() < 0.05);
}

#[test]
fn serif_and_fixed_pitch_faces_say_so() {
    let book = book();
    assert!(book.face_info(face(&book, "serif")).unwrap().is_serif);
    assert!(book.face_info(face(&book, "monospace")).unwrap().is_fixed_pitch);
}

#[test]
fn font_face_rule_defines_a_family_or_says_why_not() {
    let sources = Sources::new();
    let span = Span::point(sources.add("a.css", "@font-face{}"), 0);
    let rule = |family: &str, url: &str| FontFaceRule {
        family: family.into(),
        sources: vec![RuleSource::Url(url.into())],
        weight: None,
        italic: None,
        angles: None,
        stretch: None,
        ranges: Vec::new(),
        span,
    };
    let rules = [
        rule("Own", "fonts/liberation/LiberationSerif-Regular.ttf"),
        rule("Lost", "fonts/none.ttf"),
    ];
    let mut found = Diagnostics::new();
    let plain = book();
    let own = plain.with_rules(&rules, &mut found);
    assert_eq!(own.family_name(face(&own, "Own")), "Own");
    assert_eq!(own.len(), plain.len() + 1);
    let messages: Vec<String> = found.into_iter().map(|finding| finding.message).collect();
    assert_eq!(messages, ["the font Lost cannot be loaded: fonts/none.ttf is not there"]);
}

#[test]
fn damaged_font_file_is_reported_and_left_out() {
    let folder = tempfile::tempdir().unwrap();
    std::fs::create_dir(folder.path().join("fonts")).unwrap();
    std::fs::write(folder.path().join("fonts/broken.ttf"), b"\0\x01\0\0nothing").unwrap();
    let assets = Assets::builtin().with_root(folder.path());
    let (opened, found) = FontSources { assets, ..FontSources::builtin() }.open();
    assert_eq!(opened.len(), book().len());
    assert_eq!(found.iter().filter(|finding| finding.code == "font/damaged").count(), 1);
}

#[test]
fn font_folder_faces_are_preferred_to_built_in_ones() {
    let folder = tempfile::tempdir().unwrap();
    let (_, bytes) = crate::assets::BUILTIN
        .iter()
        .find(|(path, _)| path.ends_with("SourceSans3-Regular.ttf"))
        .unwrap();
    std::fs::write(folder.path().join("mine.ttf"), bytes).unwrap();
    let folders = vec![folder.path().to_owned()];
    let (opened, found) = FontSources { folders, ..FontSources::builtin() }.open();
    assert!(found.is_empty());
    assert!(opened.face_name(face(&opened, "Source Sans 3")).ends_with("mine.ttf"));
}

/// A book whose family `Own` is the given file, or what was found wrong with it.
fn own(file: &str, bytes: &[u8]) -> (FontBook, Diagnostics) {
    let folder = tempfile::tempdir().unwrap();
    std::fs::write(folder.path().join(file), bytes).unwrap();
    let assets = Assets::builtin().with_root(folder.path());
    let (opened, mut found) = FontSources { assets, ..FontSources::builtin() }.open();
    let sources = Sources::new();
    let rule = FontFaceRule {
        family: "Own".into(),
        sources: vec![RuleSource::Url(file.into())],
        weight: None,
        italic: None,
        angles: None,
        stretch: None,
        ranges: Vec::new(),
        span: Span::point(sources.add("a.css", "@font-face{}"), 0),
    };
    let book = opened.with_rules(&[rule], &mut found);
    (book, found)
}

const VARIABLE: &[u8] =
    include_bytes!("../../tests/cases/fonts/variable-font-at-instances/input/fonts/flex.woff2");
const PACKED: &[u8] =
    include_bytes!("../../tests/cases/fonts/web-fonts-and-collections/input/fonts/serif.woff");
const PACKED_2: &[u8] =
    include_bytes!("../../tests/cases/fonts/web-fonts-and-collections/input/fonts/serif-it.woff2");
const COLLECTION: &[u8] =
    include_bytes!("../../tests/cases/fonts/web-fonts-and-collections/input/fonts/serif.ttc");

#[test]
fn variable_font_gives_an_instance_for_each_weight() {
    let (book, found) = own("flex.woff2", VARIABLE);
    assert!(found.is_empty());
    let latin = book.shaping(*b"Latn", "en", false, &Arc::from([]));
    let at = |weight, italic| {
        let face = book.select(&["Own".into()], &FaceQuery::plain(weight, italic)).choices[0];
        assert!(!face.slant);
        (face.face, book.shape_word(face.face, "reform", latin).advance)
    };
    let ((plain, usual), (bold, wide)) = (at(400, false), at(900, false));
    assert!(wide > usual && plain != bold && plain.index() == bold.index());
    assert_eq!(at(900, false).0, bold);
    assert_ne!(at(400, true).0, plain);
    let info = book.face_info(bold).unwrap();
    assert_eq!((info.weight, info.is_cff), (900, false));
    assert!(info.postscript_name.ends_with("_900wght"));
    let glyph = book.shape_word(bold, "r", latin).glyphs[0];
    let subset = |face| book.subset(face, &BTreeSet::from([glyph.id])).unwrap().bytes;
    assert_ne!(subset(plain), subset(bold));
    let advance = f32::from(info.advances[usize::from(glyph.id)]);
    assert!((advance / f32::from(info.units_per_em) - glyph.advance).abs() < 0.001);
}

#[test]
fn ink_of_a_descender_is_found_below_the_baseline_only() {
    let book = book();
    let latin = book.shaping(*b"Latn", "en", false, &Arc::from([]));
    let face = face(&book, "serif");
    let glyph = |letter: &str| book.shape_word(face, letter, latin).glyphs[0];
    let (left, right) = book.ink(face, glyph("p").id, -0.15, -0.1).unwrap();
    assert!(left > 0.0 && right > left && right < glyph("p").advance);
    assert_eq!(book.ink(face, glyph("n").id, -0.15, -0.1), None);
}

mod mutated {
    use super::*;
    use proptest::prelude::*;

    /// Asks everything of a font that a document would.
    fn use_all(file: &str, bytes: &[u8]) {
        let (book, _) = own(file, bytes);
        let Some(faces) = book.family("own").map(<[FaceId]>::to_vec) else { return };
        let latin = book.shaping(*b"Latn", "en", false, &Arc::from([]));
        for weight in [400, 900] {
            let chosen = book.select(&["Own".into()], &FaceQuery::plain(weight, true)).choices;
            for face in faces.iter().copied().chain(chosen.iter().map(|choice| choice.face)) {
                let word = book.shape_word(face, "Police reform", latin);
                let glyphs = word.glyphs.iter().map(|glyph| glyph.id).collect();
                let _ = (book.metrics(face), book.face_info(face), book.subset(face, &glyphs));
                for glyph in word.glyphs.iter() {
                    book.ink(face, glyph.id, -0.2, 0.2);
                }
            }
        }
    }

    proptest! {
        #![proptest_config(ProptestConfig::with_cases(48))]

        #[test]
        fn damaged_fonts_never_panic(
            which in 0..4_usize,
            changes in prop::collection::vec((any::<prop::sample::Index>(), any::<u8>()), 1..12),
            cut in prop::option::of(any::<prop::sample::Index>()),
        ) {
            let (file, bytes) = [
                ("a.woff2", VARIABLE), ("a.woff", PACKED), ("b.woff2", PACKED_2), ("a.ttc", COLLECTION),
            ][which];
            let mut bytes = bytes.to_vec();
            for (at, value) in changes {
                let at = at.index(bytes.len());
                bytes[at] = value;
            }
            if let Some(cut) = cut {
                bytes.truncate(cut.index(bytes.len()));
            }
            use_all(file, &bytes);
        }

        #[test]
        fn arbitrary_bytes_are_no_font_and_no_panic(bytes in prop::collection::vec(any::<u8>(), 0..300)) {
            let packed = [b"wOF2".as_slice(), &bytes].concat();
            let older = [b"wOFF".as_slice(), &bytes].concat();
            use_all("a.ttf", &bytes);
            use_all("a.woff2", &packed);
            use_all("a.woff", &older);
        }

        #[test]
        fn damaged_unpacked_fonts_never_panic(
            changes in prop::collection::vec((any::<prop::sample::Index>(), any::<u8>()), 1..8),
        ) {
            let mut bytes = web::unpack(VARIABLE).unwrap();
            for (at, value) in changes {
                let at = at.index(bytes.len());
                bytes[at] = value;
            }
            use_all("a.ttf", &bytes);
        }
    }
}
