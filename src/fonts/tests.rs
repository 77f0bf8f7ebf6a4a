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
