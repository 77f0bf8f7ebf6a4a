//! Arbitrary floats among arbitrary text.

use std::fmt::Write;

use proptest::prelude::*;

use super::dump::{lay_out_text, pages};
use super::*;
use crate::geom::{Pt, Rect};
use crate::layout::page::GlyphRun;

/// One thing in a body.
#[derive(Debug, Clone)]
enum Thing {
    /// A float in the midst of words or between blocks, in points.
    Float { left: bool, width: u16, height: u16, clear: &'static str },
    /// So many words.
    Words(usize),
    /// The paragraph ends.
    Paragraph,
    /// A box opens that encloses its floats, or does not.
    Open(bool),
    /// The innermost box ends.
    Close,
}

fn thing() -> impl Strategy<Value = Thing> {
    let clear = prop::sample::select(vec!["none", "none", "none", "left", "right", "both"]);
    prop_oneof![
        3 => (any::<bool>(), 1u16..140, 1u16..70, clear)
            .prop_map(|(left, width, height, clear)| Thing::Float { left, width, height, clear }),
        5 => (1usize..30).prop_map(Thing::Words),
        3 => Just(Thing::Paragraph),
        1 => any::<bool>().prop_map(Thing::Open),
        1 => Just(Thing::Close),
    ]
}

/// The document, and how many words it has. Floats are filled with their own colours.
fn document(things: &[Thing], page: &str, align: &str) -> (String, usize) {
    let mut html = format!(
        "<html lang=en><title>T</title><style>@page {{ size: {page}; margin: 10pt }} body {{ \
         margin: 0; font: 10pt/12pt 'Liberation Sans'; text-align: {align} }} p {{ margin: 0 0 5pt \
         }} .root {{ display: flow-root }} i {{ display: block }}</style><body><p>"
    );
    let (mut words, mut open) = (0, 0);
    for thing in things {
        let _ = match thing {
            Thing::Float { left, width, height, clear } => {
                let side = if *left { "left" } else { "right" };
                write!(
                    html,
                    "<i style='float:{side};clear:{clear};width:{width}pt;height:{height}pt;\
                     overflow:hidden;background:#abcdef'></i>"
                )
            }
            Thing::Words(count) => {
                (0..*count).for_each(|_| {
                    let _ = write!(html, " w{words}");
                    words += 1;
                });
                Ok(())
            }
            Thing::Paragraph => write!(html, "</p><p>"),
            Thing::Open(root) => {
                open += 1;
                write!(html, "</p><div class={}><p>", if *root { "root" } else { "plain" })
            }
            Thing::Close if open > 0 => {
                open -= 1;
                write!(html, "</p></div><p>")
            }
            Thing::Close => Ok(()),
        };
    }
    (html, words)
}

fn is_float(paint: &Paint) -> Option<Rect> {
    match paint {
        Paint::Rect { rect, fill } if (fill.red, fill.green, fill.blue) == (0xab, 0xcd, 0xef) => {
            Some(*rect)
        }
        _ => None,
    }
}

/// Where the letters stand, a little tighter than they are: each character has one glyph.
fn letters(run: &GlyphRun) -> Rect {
    let seen = run.text.trim_end().chars().count();
    let range = run.glyphs.range.start as usize..run.glyphs.range.end as usize;
    let glyphs = run.glyphs.list[range].iter().take(seen);
    let advance: f32 = glyphs.map(|glyph| glyph.advance).sum::<f32>() * run.size.0;
    let spaces = run.text.trim_end().matches(' ').count();
    let width = Pt(advance) + run.glyphs.space_extra * spaces as f32;
    Rect::new(run.origin.x, run.origin.y - run.size * 0.4, width, run.size * 0.4)
}

fn overlap(a: &Rect, b: &Rect) -> bool {
    let slack = Pt(0.1);
    a.origin.x + slack < b.right()
        && b.origin.x + slack < a.right()
        && a.origin.y + slack < b.bottom()
        && b.origin.y + slack < a.bottom()
}

/// The words in the order of the pages, each as often as it stands there.
fn words_on_pages(laid: &Laid) -> Vec<usize> {
    let mut found = Vec::new();
    for index in 0..laid.count() {
        for item in laid.page(index).items {
            if let Paint::Glyphs(run) = item.paint {
                let words = run.text.split_whitespace().filter_map(|word| word.strip_prefix('w'));
                found.extend(words.filter_map(|word| word.parse::<usize>().ok()));
            }
        }
    }
    found
}

proptest! {
    #![proptest_config(ProptestConfig::with_cases(48))]

    #[test]
    fn floats_overlap_neither_each_other_nor_text(
        things in prop::collection::vec(thing(), 1..40),
        align in prop::sample::select(vec!["left", "right", "center", "justify"]),
    ) {
        let (html, words) = document(&things, "220pt 9000pt", align);
        let (laid, _) = lay_out_text(&html);
        prop_assert_eq!(laid.count(), 1, "{}", html);
        let expected: Vec<usize> = (0..words).collect();
        prop_assert_eq!(words_on_pages(&laid), expected, "{}", html);
        let items = laid.page(0).items;
        let floats: Vec<Rect> = items.iter().filter_map(|item| is_float(&item.paint)).collect();
        let made = things.iter().filter(|thing| matches!(thing, Thing::Float { .. })).count();
        prop_assert_eq!(floats.len(), made, "{}", html);
        for (index, float) in floats.iter().enumerate() {
            for other in &floats[..index] {
                prop_assert!(!overlap(float, other), "{:?} {:?}\n{}", float, other, html);
            }
            for item in &items {
                if let Paint::Glyphs(run) = &item.paint {
                    let text = letters(run);
                    prop_assert!(!overlap(float, &text), "{} {:?}\n{}", run.text, float, html);
                }
            }
        }
    }

    #[test]
    fn floats_on_small_pages_lose_and_double_nothing(
        things in prop::collection::vec(thing(), 1..60),
    ) {
        let (html, words) = document(&things, "220pt 150pt", "justify");
        let (laid, _) = lay_out_text(&html);
        let expected: Vec<usize> = (0..words).collect();
        prop_assert_eq!(words_on_pages(&laid), expected, "{}\n{}", html, pages(&laid));
        let floats: Vec<(usize, Rect)> = (0..laid.count())
            .flat_map(|index| laid.page(index).items.into_iter().map(move |item| (index, item)))
            .filter_map(|(index, item)| Some((index, is_float(&item.paint)?)))
            .collect();
        let made = things.iter().filter(|thing| matches!(thing, Thing::Float { .. })).count();
        prop_assert_eq!(floats.len(), made, "{}", html);
        for (page, float) in &floats {
            let inside = float.origin.y >= Pt(9.9) && float.bottom() <= Pt(140.1);
            prop_assert!(inside, "page {} {:?}\n{}", page, float, html);
        }
    }
}
