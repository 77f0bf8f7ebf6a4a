//! Paragraphs as a whole: what stands on which line.

use std::sync::{Arc, LazyLock};

use crate::fonts::{FontBook, FontSources};
use crate::geom::{Point, Pt, Sides};
use crate::layout::boxes::{Inline, InlineItem, LayoutBox, LinkRef};
use crate::layout::fragment::{Fragment, Line, Lines, Piece};
use crate::layout::measure::memo::Memo;
use crate::layout::measure::{Intrinsic, Measure, Room};
use crate::layout::page::{GlyphRun, Mark, Target};
use crate::layout::structure::TagId;
use crate::style::*;

use super::{FaceChoices, TextContext, prepare};

static BOOK: LazyLock<FontBook> = LazyLock::new(|| FontSources::builtin().open().0);

struct Nothing;

impl Measure for Nothing {
    fn content_widths(&self, _: &LayoutBox) -> Intrinsic {
        unreachable!("no boxes in these paragraphs")
    }
    fn memo(&self) -> &Memo {
        unreachable!("no boxes in these paragraphs")
    }
    fn intrinsic(&self, _: &LayoutBox) -> Intrinsic {
        Intrinsic::default()
    }
    fn measure(&self, _: &LayoutBox, _: Room) -> Fragment {
        unreachable!("no inline blocks here")
    }
    fn style(&self, _: StyleId) -> &ComputedStyle {
        unreachable!("no inline blocks here")
    }
    fn span(&self, _: crate::markup::NodeId) -> Option<crate::source::Span> {
        None
    }
    fn report(&self, _: crate::diag::Diagnostic) {}
}

/// A style with initial values, in 10 pt sans.
fn style() -> ComputedStyle {
    let initial = ComputedStyle::initial();
    ComputedStyle {
        font: Font {
            families: Arc::from([Arc::from("sans-serif")]),
            size: Pt(10.0),
            ..initial.font.clone()
        },
        line_height: LineHeight::Number(1.2),
        language: Arc::from("en"),
        ..initial
    }
}

/// A paragraph made of stretches of text with the indices of their styles.
struct Sample {
    styled: Styled,
    inline: Inline,
}

impl Sample {
    fn new(text: &str, change: impl FnOnce(&mut ComputedStyle)) -> Sample {
        let mut block = style();
        change(&mut block);
        let mut sample = Sample::empty(vec![block]);
        sample.text(text, 0);
        sample
    }

    fn empty(styles: Vec<ComputedStyle>) -> Sample {
        let styled = Styled {
            styles: styles.into_iter().map(Arc::new).collect(),
            of_node: Vec::new(),
            pseudo: Vec::new(),
            pages: PageRules::default(),
            font_faces: Vec::new(),
        };
        Sample { styled, inline: Inline::default() }
    }

    fn text(&mut self, text: &str, style: u32) {
        let start = self.inline.text.len() as u32;
        self.inline.text.push_str(text);
        let range = start..self.inline.text.len() as u32;
        let mark = Mark::Tagged(TagId::DOCUMENT);
        let item = InlineItem::Text { range, style: StyleId(style), mark, actual_text: None };
        self.inline.items.push(item);
    }

    fn inside(&mut self, style: u32, link: Option<LinkRef>, text: &str) {
        self.inline.items.push(InlineItem::Open { style: StyleId(style), link });
        self.text(text, style);
        self.inline.items.push(InlineItem::Close);
    }

    fn set(&self, width: f32) -> (Lines, Intrinsic, Vec<String>) {
        let faces = FaceChoices::new(&self.styled);
        let context =
            TextContext { styled: &self.styled, fonts: &BOOK, faces: &faces, measure: &Nothing };
        let paragraph = prepare(&self.inline, &self.styled.styles[0], &context);
        let lines = paragraph.lines(Pt(width), Point::default());
        let intrinsic = paragraph.intrinsic();
        let findings = faces.findings().into_iter().map(|finding| finding.message).collect();
        (lines, intrinsic, findings)
    }

    fn read(&self, width: f32) -> Vec<String> {
        self.set(width).0.lines.iter().map(read).collect()
    }
}

fn runs(line: &Line) -> impl Iterator<Item = &GlyphRun> {
    line.pieces.iter().filter_map(|piece| match piece {
        Piece::Glyphs { run, .. } => Some(&**run),
        _ => None,
    })
}

/// A line's text as it is read.
fn read(line: &Line) -> String {
    runs(line).map(|run| run.actual_text.as_deref().unwrap_or(&run.text)).collect()
}

/// A run's width as it is painted.
fn width(run: &GlyphRun) -> f32 {
    let range = run.glyphs.range.start as usize..run.glyphs.range.end as usize;
    let advance = |glyph: &crate::fonts::Glyph| {
        let space = if glyph.is_space { run.glyphs.space_extra.0 } else { 0.0 };
        glyph.advance * run.size.0 + run.glyphs.letter_extra.0 + space
    };
    run.glyphs.list[range].iter().map(advance).sum()
}

const PROSE: &str = "The strategy is to achieve a gradual transfer of the mission's tasks to \
    national institutions, which are to carry on the work with courts and prosecutors after the \
    closure of the office at the end of June.";

#[test]
fn words_that_fit_stand_on_one_line_in_one_run() {
    let sample = Sample::new("Åse Øverli, Oslo", |_| {});
    let (lines, intrinsic, found) = sample.set(200.0);
    assert_eq!(lines.lines.len(), 1);
    let run = runs(&lines.lines[0]).next().unwrap();
    assert_eq!(&*run.text, "Åse Øverli, Oslo");
    assert_eq!(run.glyphs.list.len(), 16);
    assert_eq!(run.glyphs.list[4].cluster, 5);
    assert!((width(run) - intrinsic.max.0).abs() < 0.01);
    assert_eq!((lines.lines[0].height, found.len()), (Pt(12.0), 0));
}

#[test]
fn line_breaks_keep_every_character_in_order() {
    for width in [40.0, 90.0, 150.0, 300.0] {
        for align in [TextAlign::Start, TextAlign::Justify] {
            let sample = Sample::new(PROSE, |style| style.text_align = align);
            assert_eq!(sample.read(width).concat(), PROSE, "{width}");
        }
    }
}

#[test]
fn intrinsic_widths_are_those_at_which_lines_break() {
    let sample = Sample::new(PROSE, |_| {});
    let intrinsic = sample.set(100.0).1;
    assert_eq!(sample.read(intrinsic.max.0).len(), 1);
    assert_eq!(sample.read(intrinsic.max.0 - 0.5).len(), 2);
    for line in sample.set(intrinsic.min.0).0.lines {
        let text = read(&line);
        let visible: f32 = Sample::new(text.trim(), |_| {}).set(1000.0).1.max.0;
        assert!(visible <= intrinsic.min.0 + 0.02, "{text}");
    }
}

#[test]
fn justified_lines_fill_the_width_but_for_the_last() {
    let sample = Sample::new(PROSE, |style| style.text_align = TextAlign::Justify);
    let lines = sample.set(240.0).0.lines;
    for line in &lines[..lines.len() - 1] {
        let run = runs(line).next().unwrap();
        let trailing = run.glyphs.list.last().unwrap();
        assert!(trailing.is_space);
        let hanging = trailing.advance * run.size.0 + run.glyphs.space_extra.0;
        assert!((width(run) - hanging - 240.0).abs() < 0.1, "{}", run.text);
        assert!(run.glyphs.space_extra.0.abs() < 4.0, "{}", run.text);
    }
    assert_eq!(runs(lines.last().unwrap()).next().unwrap().glyphs.space_extra, Pt::ZERO);
}

#[test]
fn norwegian_words_are_hyphenated_and_read_whole() {
    let text = "Justisdepartementet samarbeider med påtalemyndighetene om gjennomføringen av \
        straffegjennomføringsloven i kriminalomsorgen.";
    let sample = Sample::new(text, |style| {
        (style.hyphens, style.language) = (Hyphens::Auto, "nb".into());
        style.text_align = TextAlign::Justify;
    });
    let lines = sample.read(80.0);
    assert!(lines.iter().any(|line| line.ends_with('\u{AD}')), "{lines:?}");
    assert_eq!(lines.concat().replace('\u{AD}', ""), text);
    let shown = sample.set(80.0).0.lines;
    let hyphen = shown.iter().flat_map(runs).find(|run| run.actual_text.is_some()).unwrap();
    assert!(matches!(&*hyphen.text, "-" | "\u{2010}"));
}

#[test]
fn soft_hyphen_shows_only_where_a_line_ends() {
    let sample = Sample::new("demo\u{AD}kra\u{AD}ti", |_| {});
    assert_eq!(sample.read(200.0), ["demokrati"]);
    let narrow = sample.set(1.0).1.min.0;
    assert!(narrow < sample.set(1.0).1.max.0);
    assert_eq!(sample.read(narrow + 3.0), ["demo\u{AD}", "krati"]);
    let none = Sample::new("demo\u{AD}kra\u{AD}ti", |style| style.hyphens = Hyphens::None);
    assert_eq!(none.read(20.0), ["demokrati"]);
}

#[test]
fn long_address_breaks_after_slashes_and_anywhere_when_asked() {
    let text = "https://www.example.org/documents/mandates/punjab-police-feasibility.pdf";
    let lines = Sample::new(text, |_| {}).read(150.0);
    assert!(lines.len() > 1 && lines[0].ends_with(['/', '-', '.']), "{lines:?}");
    assert_eq!(lines.concat(), text);
    let word = "x".repeat(100);
    let lines = Sample::new(&word, |s| s.overflow_wrap = OverflowWrap::Anywhere).read(50.0);
    assert!(lines.len() > 5, "{lines:?}");
    assert_eq!(lines.concat(), word);
    assert_eq!(Sample::new(&word, |_| {}).read(50.0).len(), 1);
}

#[test]
fn zero_width_still_sets_every_word() {
    for wrap in [OverflowWrap::Normal, OverflowWrap::BreakWord] {
        let sample = Sample::new("one two three", |style| style.overflow_wrap = wrap);
        assert_eq!(sample.read(0.0).concat(), "one two three");
    }
    assert!(Sample::new("", |_| {}).read(0.0).is_empty());
    assert!(Sample::new("  ", |_| {}).read(50.0).is_empty());
}

#[test]
fn million_characters_without_a_space_take_linear_time() {
    let word = "x".repeat(1_000_000);
    let sample = Sample::new(&word, |style| style.overflow_wrap = OverflowWrap::Anywhere);
    let lines = sample.read(400.0);
    assert_eq!(lines.iter().map(String::len).sum::<usize>(), 1_000_000);
    assert_eq!(Sample::new(&word, |_| {}).read(400.0).len(), 1);
}

#[test]
fn arabic_with_latin_and_digits_stands_in_visual_order() {
    let text = "وزارة NORLAM في 2016";
    let sample = Sample::new(text, |style| style.direction = Direction::Rtl);
    let (lines, _, found) = sample.set(300.0);
    assert!(found.is_empty(), "{found:?}");
    assert_eq!(read(&lines.lines[0]), text);
    let at: Vec<(f32, bool, String)> = runs(&lines.lines[0])
        .map(|run| (run.origin.x.0, run.rtl, run.text.trim().to_owned()))
        .collect();
    // The first word stands furthest to the right.
    assert!(at[0].1 && at.iter().all(|(x, ..)| *x <= at[0].0), "{at:?}");
    let latin = at.iter().find(|(.., text)| text == "NORLAM").unwrap();
    let digits = at.iter().find(|(.., text)| text == "2016").unwrap();
    assert!(!latin.1 && digits.0 < latin.0, "{at:?}");
    let line = &lines.lines[0];
    let right = runs(line).map(|run| run.origin.x.0 + width(run)).fold(0.0, f32::max);
    assert!((line.x.0 + right - 300.0).abs() < 0.1);
    let glyphs = &runs(line).next().unwrap().glyphs.list;
    assert!(glyphs.windows(2).all(|pair| pair[0].cluster >= pair[1].cluster));
}

#[test]
fn combining_marks_stay_with_their_base() {
    let (lines, _, found) = Sample::new("Ca\u{301}s שָׁלוֹם", |_| {}).set(300.0);
    assert!(found.is_empty(), "{found:?}");
    assert!(lines.lines.iter().flat_map(runs).all(|run| run.glyphs.list.iter().all(|g| g.id != 0)));
}

#[test]
fn character_that_no_face_has_is_an_error_with_its_surroundings() {
    let (lines, _, found) = Sample::new("See the \u{13080} sign, \u{13080}", |_| {}).set(300.0);
    assert_eq!(found.len(), 1);
    assert!(found[0].contains("U+13080") && found[0].contains("See the"), "{}", found[0]);
    let glyphs = lines.lines.iter().flat_map(runs).flat_map(|run| run.glyphs.list.iter());
    assert!(glyphs.into_iter().all(|glyph| glyph.id != 0));
}

#[test]
fn preserved_lines_and_tabs_stand_at_their_places() {
    let sample = Sample::new("a\tb\n  c", |style| style.white_space = WhiteSpace::Pre);
    let (lines, ..) = sample.set(300.0);
    assert_eq!(lines.lines.len(), 2);
    assert_eq!(read(&lines.lines[1]), "  c");
    assert_eq!(read(&lines.lines[0]), "a b ", "tabs and line ends are read as spaces");
    let second = runs(&lines.lines[0]).nth(2).unwrap();
    let space = 0.2 * 10.0;
    assert!((second.origin.x.0 - 8.0 * space).abs() < 0.01, "{}", second.origin.x.0);
}

#[test]
fn inline_elements_give_boxes_links_and_rules_on_each_line() {
    let mut linked = style();
    linked.decoration.underline = true;
    // Else letters part the line.
    linked.underline.skip_ink = false;
    linked.background_color = Color { alpha: 1.0, ..Color::BLACK };
    linked.padding = Sides::all(Length::points(Pt(3.0)));
    let mut sample = Sample::empty(vec![style(), linked]);
    let link = LinkRef {
        target: Target::Uri("https://example.org".into()),
        tag: None,
        contents: "the page".into(),
    };
    sample.text("See ", 0);
    sample.inside(1, Some(link), "the page of the ministry and its departments");
    sample.text(" for more.", 0);
    let lines = sample.set(120.0).0.lines;
    assert!(lines.len() >= 2);
    let mut ends = Vec::new();
    for line in &lines {
        let boxes = line.pieces.iter().filter_map(|piece| match piece {
            Piece::InlineBox { first, last, rect, .. } => Some((*first, *last, *rect)),
            _ => None,
        });
        let boxes: Vec<_> = boxes.collect();
        let links = line.pieces.iter().filter(|p| matches!(p, Piece::Link { .. })).count();
        let rules = line.pieces.iter().filter(|p| matches!(p, Piece::Rule { .. })).count();
        assert_eq!((boxes.len(), boxes.len()), (links, rules));
        ends.extend(boxes.iter().map(|(first, last, _)| (*first, *last)));
    }
    assert!(ends[0].0 && !ends[0].1 && ends.last().unwrap().1);
}

#[test]
fn raised_text_makes_the_line_higher_and_stands_above_it() {
    let mut raised = style();
    raised.vertical_align = VerticalAlign::Keyword(VerticalKeyword::Super);
    raised.font.size = Pt(8.0);
    let mut sample = Sample::empty(vec![style(), raised]);
    sample.text("x", 0);
    sample.inside(1, None, "2");
    let line = &sample.set(100.0).0.lines[0];
    let run = runs(line).nth(1).unwrap();
    assert!(run.origin.y.0 < -2.0, "{}", run.origin.y.0);
    assert!(line.height.0 >= 12.0);
}

#[test]
fn leader_fills_the_line_as_an_artifact() {
    let mut sample = Sample::empty(vec![style()]);
    sample.text("Annex", 0);
    sample.inline.items.push(InlineItem::Leader { pattern: " .".into(), style: StyleId(0) });
    sample.text("12", 0);
    let line = &sample.set(200.0).0.lines[0];
    let number = runs(line).find(|run| &*run.text == "12").unwrap();
    assert!((number.origin.x.0 + width(number) - 200.0).abs() < 0.1);
    let artifacts = line
        .pieces
        .iter()
        .filter(|piece| matches!(piece, Piece::Glyphs { mark: Mark::Artifact(_), .. }));
    assert_eq!(artifacts.count(), 1);
}

#[test]
fn ragged_paragraph_does_not_end_in_one_short_word() {
    let text = "The meeting in Oslo decided on a scoping mission on the feasibility of one of the tasks of it";
    for width in [120.0, 150.0, 181.0, 222.0] {
        let lines = Sample::new(text, |_| {}).read(width);
        assert!(lines.last().unwrap().len() > 4, "{width}: {lines:?}");
    }
}

#[test]
fn punctuation_and_brackets_mirror_in_right_to_left_text() {
    let sample = Sample::new("(في)", |style| style.direction = Direction::Rtl);
    let (lines, _, found) = sample.set(100.0);
    assert!(found.is_empty());
    assert_eq!(read(&lines.lines[0]), "(في)");
}

#[test]
fn small_caps_come_from_the_face() {
    for family in ["serif", "sans-serif"] {
        let plain = Sample::new("abc", |style| style.font.families = Arc::from([family.into()]));
        let small = Sample::new("abc", |style| {
            style.font.families = Arc::from([family.into()]);
            style.font.caps = Caps::SmallCaps;
        });
        let glyphs = |sample: &Sample| {
            let lines = sample.set(100.0).0;
            runs(&lines.lines[0]).next().unwrap().glyphs.list.to_vec()
        };
        assert_ne!(glyphs(&plain), glyphs(&small), "{family}");
    }
}

proptest::proptest! {
    #[test]
    fn lines_read_like_the_text(
        words in proptest::collection::vec("[a-zåøé]{1,12}|[0-9.,-]{1,5}|[א-ת]{1,6}|[ب-ي]{1,6}|\\(|\\)", 1..30),
        width in 5.0f32..300.0,
        justify: bool,
        rtl: bool,
    ) {
        let text = words.join(" ");
        let sample = Sample::new(&text, |style| {
            if justify { style.text_align = TextAlign::Justify; }
            if rtl { style.direction = Direction::Rtl; }
            (style.hyphens, style.language) = (Hyphens::Auto, "nb".into());
        });
        let lines = sample.read(width).concat().replace('\u{AD}', "");
        proptest::prop_assert_eq!(lines, text);
    }
}

#[test]
fn forms_that_a_face_lacks_are_warned_of() {
    let sample = Sample::new("abc", |style| {
        style.font.families = Arc::from(["Liberation Sans".into()]);
        style.font.position = FontPosition::Super;
    });
    let found = sample.set(100.0).2;
    assert!(found[0].contains("Liberation Sans has no raised figures"), "{found:?}");
}

#[test]
fn small_capitals_that_a_face_lacks_are_smaller_capitals_and_read_as_written() {
    let sample = Sample::new("Oslo tingrett", |style| {
        style.font.families = Arc::from(["Liberation Sans".into()]);
        style.font.caps = Caps::SmallCaps;
    });
    let (lines, _, found) = sample.set(200.0);
    assert!(found.is_empty(), "{found:?}");
    assert_eq!(read(&lines.lines[0]), "Oslo tingrett");
    let shown: Vec<_> = runs(&lines.lines[0]).map(|run| (run.text.to_string(), run.size)).collect();
    let of = |text: &str| shown.iter().find(|(own, _)| own.trim() == text).map(|(_, size)| *size);
    assert!(of("SLO").unwrap() < of("O").unwrap(), "{shown:?}");
}

#[test]
fn indented_lines_of_kept_white_space_stay_indented() {
    let sample = Sample::new("if:\n    then", |style| style.white_space = WhiteSpace::PreWrap);
    assert_eq!(sample.read(300.0), ["if: ", "    then"]);
}

#[test]
fn greek_and_cyrillic_have_faces() {
    for family in ["serif", "sans-serif", "monospace"] {
        let text = "Ελλάδα, Кишинэу, Україна, București, Sápmi, Œuvre, naïve";
        let sample = Sample::new(text, |style| style.font.families = Arc::from([family.into()]));
        let (lines, _, found) = sample.set(1000.0);
        assert!(found.is_empty(), "{family}: {found:?}");
        assert_eq!(read(&lines.lines[0]), text);
    }
}

#[test]
fn justified_right_to_left_lines_end_at_the_right_edge() {
    let text = "وزارة العدل والأمن العام في النرويج تقدم الدعم إلى مكتب الأمم المتحدة المعني بالمخدرات والجريمة";
    let sample = Sample::new(text, |style| {
        style.direction = Direction::Rtl;
        style.text_align = TextAlign::Justify;
    });
    let lines = sample.set(150.0).0.lines;
    assert!(lines.len() > 2);
    for line in &lines[..lines.len() - 1] {
        let right = runs(line).map(|run| run.origin.x.0 + width(run)).fold(0.0, f32::max);
        assert!((line.x.0 + right - 150.0).abs() < 0.1, "{}", line.x.0 + right);
    }
}

#[test]
fn forced_breaks_part_lines_and_keep_empty_ones() {
    let mut sample = Sample::empty(vec![style()]);
    sample.text("one ", 0);
    sample.inline.items.push(InlineItem::Break);
    sample.inline.items.push(InlineItem::Break);
    sample.text("two", 0);
    let lines = sample.set(200.0).0.lines;
    assert_eq!(lines.iter().map(|line| line.height).collect::<Vec<_>>(), [Pt(12.0); 3]);
    assert_eq!(read(&lines[2]), "two");
    assert_eq!(lines[2].y, crate::geom::Depth(24.0));
}

#[test]
fn changed_letters_are_read_as_they_were_on_every_line() {
    let mut sample = Sample::empty(vec![style()]);
    sample.text("MINISTRY OF JUSTICE AND PUBLIC SECURITY", 0);
    if let InlineItem::Text { actual_text, .. } = &mut sample.inline.items[0] {
        *actual_text = Some("Ministry of Justice and Public Security".into());
    }
    let lines = sample.read(70.0);
    assert!(lines.len() > 2);
    assert_eq!(lines.concat(), "Ministry of Justice and Public Security");
}

#[test]
fn last_lines_of_centred_and_right_aligned_text_stand_where_asked() {
    for (align, share) in [(TextAlign::Center, 0.5), (TextAlign::Right, 1.0), (TextAlign::End, 1.0)]
    {
        let sample = Sample::new("Oslo ", |style| style.text_align = align);
        let (lines, intrinsic, _) = sample.set(200.0);
        let free = 200.0 - intrinsic.max.0;
        assert!((lines.lines[0].x.0 - free * share).abs() < 0.01, "{align:?}");
    }
}

#[test]
fn justified_narrow_lines_share_out_what_is_left() {
    let text = "om gjennomføringen av straffegjennomføringsloven i kriminalomsorgen";
    let sample = Sample::new(text, |style| style.text_align = TextAlign::Justify);
    assert_eq!(sample.read(170.0)[0], "om gjennomføringen av ");
}
