//! The contents of margin boxes, painted as artifacts.

use std::sync::Arc;

use crate::diag::Diagnostic;
use crate::fonts::FontBook;
use crate::geom::{Point, Pt, Rect, Sides};
use crate::layout::boxes::Replaced;
use crate::layout::boxes::{Contents, Inline, LayoutBox};
use crate::layout::emit::{Painted, Painter};
use crate::layout::generate::{InlineBuilder, Pictures, format_counter};
use crate::layout::images::DrawingFonts;
use crate::layout::measure::dispatch::Measurer;
use crate::layout::measure::edges::{self, Edges};
use crate::layout::measure::{Intrinsic, Measure, Room};
use crate::layout::page::{Artifact, Mark, PageArea, Paint};
use crate::layout::place::Strands;
use crate::layout::text::{self, FaceChoices, TextContext};
use crate::style::*;

use super::areas::{Wish, margin_rects};
use super::strings::Strings;

/// What margin boxes of one page may speak of.
pub struct MarginContext<'a> {
    /// The faces on hand.
    pub fonts: &'a FontBook,
    /// Measures running elements.
    pub measurer: &'a Measurer<'a>,
    /// The boxes of running elements.
    pub running: &'a [LayoutBox],
    /// Pictures in `content`.
    pub pictures: &'a dyn Pictures,
    /// Pictures of backgrounds.
    pub images: &'a [(Arc<str>, Replaced)],
    /// The faces of text in drawings.
    pub drawing_fonts: &'a DrawingFonts,
    /// How many pages there are.
    pub total: i32,
    /// The counters that elements count, those of pages aside.
    pub counted: &'a [Arc<str>],
}

/// What one page's margin boxes show.
pub struct PageValues<'a> {
    /// The page counter.
    pub number: i32,
    /// How many pages the page's run of numbers has.
    pub group_pages: i32,
    /// Named strings.
    pub strings: &'a Strings<Arc<str>>,
    /// Running elements by index.
    pub elements: &'a Strings<u32>,
    /// Counters of elements.
    pub counters: &'a Strings<i32>,
}

/// The styles of margin boxes and the faces chosen for them; the same page style makes them once.
pub struct MarginStyles {
    styled: Styled,
    faces: FaceChoices,
    places: Vec<MarginBox>,
    /// What to add to their numbers, so that they differ from those of the document's.
    first: u32,
}

impl MarginStyles {
    /// The styles of a page's margin boxes, to be numbered from `first` on in what is painted.
    pub fn of(page: &PageStyle, first: usize) -> MarginStyles {
        let styles = page
            .margin_boxes
            .iter()
            .map(|(place, style)| Arc::new(aligned(*place, style)))
            .collect();
        let styled = Styled {
            styles,
            of_node: Vec::new(),
            pseudo: Vec::new(),
            pages: PageRules::default(),
            font_faces: Vec::new(),
        };
        let faces = FaceChoices::new(&styled);
        let places = page.margin_boxes.iter().map(|(place, _)| *place).collect();
        let first = u32::try_from(first).unwrap_or(u32::MAX);
        MarginStyles { styled, faces, places, first }
    }

    /// How many styles there are.
    pub fn count(&self) -> usize {
        self.styled.styles.len()
    }

    /// The styles in the order of their numbers.
    pub fn into_styles(self) -> Vec<Arc<ComputedStyle>> {
        self.styled.styles
    }

    /// Gives letters that are set in these styles the numbers that the styles have among all.
    fn number(&self, painted: &mut Painted) {
        for item in &mut painted.items {
            if let Paint::Glyphs(run) = &mut item.paint
                && run.style != StyleId::NONE
            {
                run.style = StyleId(run.style.0.saturating_add(self.first));
            }
        }
    }

    /// Families that were substituted and characters that no face has.
    pub fn findings(&self) -> crate::diag::Diagnostics {
        self.faces.findings()
    }
}

/// The style of a margin box: unless it says otherwise, its text is aligned by its place (CSS Paged
/// Media 3 §5.3.1).
fn aligned(place: MarginBox, style: &ComputedStyle) -> ComputedStyle {
    let text_align = match (style.text_align, place) {
        (TextAlign::Start, MarginBox::TopLeft | MarginBox::BottomLeft) => TextAlign::Left,
        (TextAlign::Start, MarginBox::TopRight | MarginBox::BottomRight) => TextAlign::Right,
        (TextAlign::Start, MarginBox::TopLeftCorner | MarginBox::BottomLeftCorner) => {
            TextAlign::Right
        }
        (TextAlign::Start, MarginBox::TopRightCorner | MarginBox::BottomRightCorner) => {
            TextAlign::Left
        }
        (TextAlign::Start, _) => TextAlign::Center,
        (other, _) => other,
    };
    ComputedStyle { text_align, ..style.clone() }
}

/// A margin box with its contents.
struct Filled {
    place: MarginBox,
    style: StyleId,
    edges: Edges,
    inside: Inside,
    widths: Intrinsic,
}

enum Inside {
    Text(Inline),
    Element(u32),
}

/// Paints the margin boxes of one page.
pub fn paint_margins(
    page: &PageStyle,
    styles: &MarginStyles,
    values: &PageValues,
    context: &MarginContext,
) -> Painted {
    let area = PageArea { size: page.size, margin: page.margin };
    let text = TextContext {
        styled: &styles.styled,
        fonts: context.fonts,
        faces: &styles.faces,
        measure: context.measurer,
    };
    let filled: Vec<Filled> = (0u32..)
        .zip(&styles.places)
        .map(|(index, place)| fill(*place, StyleId(index), &text, page, values, context))
        .collect();
    let wishes: Vec<Wish> =
        filled.iter().map(|filled| wish(filled, &text, page, context)).collect();
    let rects = margin_rects(area, &wishes);
    let mut painted = Painted::default();
    for (filled, rect) in filled.iter().zip(rects) {
        let mut one = paint_one(filled, rect, &text, context);
        if matches!(filled.inside, Inside::Text(_)) {
            styles.number(&mut one);
        }
        painted.items.extend(one.items);
        painted.links.extend(one.links);
    }
    painted
}

fn fill(
    place: MarginBox,
    style: StyleId,
    text: &TextContext,
    page: &PageStyle,
    values: &PageValues,
    context: &MarginContext,
) -> Filled {
    let computed = text.styled.style(style);
    let base = if is_column(place) {
        page.margin.left
    } else {
        page.size.width - page.margin.horizontal()
    };
    let edges = Edges::of(computed, base);
    let frame = edges.frame().horizontal() + edges.margin.horizontal();
    let inside = contents(place, style, computed, values, context);
    let widths = match &inside {
        Inside::Text(inline) => text::prepare(inline, computed, text).intrinsic(),
        Inside::Element(index) => context
            .running
            .get(*index as usize)
            .map_or(Intrinsic::default(), |content| context.measurer.intrinsic(content)),
    };
    let widths = Intrinsic { min: widths.min + frame, max: widths.max + frame };
    Filled { place, style, edges, inside, widths }
}

fn contents(
    place: MarginBox,
    style: StyleId,
    computed: &ComputedStyle,
    values: &PageValues,
    context: &MarginContext,
) -> Inside {
    let mut line = InlineBuilder::default();
    let mark = Mark::Artifact(kind(place));
    let Content::Parts(parts) = &computed.content else { return Inside::Text(Inline::default()) };
    for part in parts.iter() {
        let words = match part {
            ContentPart::Text(text) => text.to_string(),
            ContentPart::Counter { name, style } => match &**name {
                "page" => format_counter(values.number, style),
                "pages" => format_counter(context.total, style),
                GROUP_PAGES => format_counter(values.group_pages, style),
                // As `string()` does, the first value that the page sets counts.
                other if !context.counted.contains(name) => {
                    unknown(&format!("counter({other})"), context);
                    continue;
                }
                name => {
                    let value = values.counters.get(name, StringWhich::First);
                    format_counter(value.unwrap_or(0), style)
                }
            },
            ContentPart::NamedString { name, which } => {
                values.strings.get(name, *which).map(|text| text.to_string()).unwrap_or_default()
            }
            ContentPart::RunningElement { name, which } => {
                match values.elements.get(name, *which) {
                    Some(index) => return Inside::Element(index),
                    None => String::new(),
                }
            }
            ContentPart::Image(url) => {
                if let Some(replaced) = context.pictures.load(url, None) {
                    let contents = Contents::Replaced(replaced);
                    line.atomic(LayoutBox { style, node: None, mark, contents, extra: None });
                }
                continue;
            }
            ContentPart::Quote { opens, shown } => match (opens, shown) {
                (_, false) => String::new(),
                (true, true) => "“".to_owned(),
                (false, true) => "”".to_owned(),
            },
            ContentPart::Leader(pattern) => {
                line.leader(Arc::clone(pattern), style);
                continue;
            }
            ContentPart::Counters { name, .. } => {
                unknown(&format!("counters({name})"), context);
                continue;
            }
            ContentPart::TargetCounter { .. } => {
                unknown("target-counter()", context);
                continue;
            }
            ContentPart::TargetText { .. } => {
                unknown("target-text()", context);
                continue;
            }
            ContentPart::OwnText(_) => {
                unknown("content()", context);
                continue;
            }
        };
        line.text(&words, style, computed, mark);
    }
    Inside::Text(line.finish().unwrap_or_default())
}

/// Reports a part of `content` that has no value in a margin box.
fn unknown(part: &str, context: &MarginContext) {
    let message = format!("`{part}` has no value in a margin box and is left out");
    context.measurer.report(Diagnostic::warning("layout/margin-content", message).help(
        "margin boxes know counter(page), counter(pages), the counters that elements count, \
         string() and element(): set a named string in the text (string-set) and print that",
    ));
}

/// Reports what is too high for the margin above or below: it reaches into the text or out of the
/// sheet.
fn check_room(place: MarginBox, free: Pt, context: &MarginContext) {
    let name = match kind(place) {
        Artifact::Header => "the running header",
        Artifact::Footer => "the running footer",
        _ => return,
    };
    if free < Pt(-1.0) {
        let message = format!("{name} is {:.0} pt higher than the page's margin", -free.0);
        context.measurer.report(
            Diagnostic::warning("layout/margin-overflow", message)
                .help("give the page a larger margin there, or the margin box less text"),
        );
    }
}

fn wish(filled: &Filled, text: &TextContext, page: &PageStyle, context: &MarginContext) -> Wish {
    let style = text.styled.style(filled.style);
    if !is_column(filled.place) {
        let Intrinsic { min, max } = filled.widths;
        return Wish { place: filled.place, extent: style.width, min, max };
    }
    let margin = match filled.place {
        MarginBox::LeftTop | MarginBox::LeftMiddle | MarginBox::LeftBottom => page.margin.left,
        _ => page.margin.right,
    };
    let around = filled.edges.frame() + filled.edges.margin;
    let width = own_width(filled, style, margin).unwrap_or(margin) - around.horizontal();
    let height = match &filled.inside {
        Inside::Text(inline) => {
            let lines =
                text::prepare(inline, style, text).lines(width.max(Pt(1.0)), Point::default());
            lines.lines.last().map_or(Pt::ZERO, |line| line.y.pt() + line.height)
        }
        Inside::Element(index) => context.running.get(*index as usize).map_or(Pt::ZERO, |one| {
            context.measurer.measure(one, Room::of_width(width)).size.height
        }),
    };
    let height = height + around.vertical();
    Wish { place: filled.place, extent: style.height, min: height, max: height }
}

/// The width that a box beside the page's area asks for, margins included; it may be wider than the
/// page's margin, for text that is turned.
fn own_width(filled: &Filled, style: &ComputedStyle, base: Pt) -> Option<Pt> {
    let frame = filled.edges.frame().horizontal();
    let width = edges::definite(style.width, Some(base)).filter(|_| is_column(filled.place))?;
    Some(edges::border_box(style, width, frame) + filled.edges.margin.horizontal())
}

fn paint_one(filled: &Filled, rect: Rect, text: &TextContext, context: &MarginContext) -> Painted {
    let style = text.styled.style(filled.style);
    let width = own_width(filled, style, rect.size.width).unwrap_or(rect.size.width);
    let x = rect.origin.x + (rect.size.width - width) / 2.0;
    let rect = Rect::new(x, rect.origin.y, width, rect.size.height).inset(filled.edges.margin);
    let none = Strands::default();
    let mut painter = Painter::new(text.styled, context.images, context.drawing_fonts, &none);
    painter.artifact = Some(kind(filled.place));
    let grouped = painter.open_group(style, rect);
    painter.decoration(style, rect, filled.edges.border, Sides::all(true));
    let inner = rect.inset(filled.edges.frame());
    match &filled.inside {
        Inside::Text(inline) => {
            let lines = text::prepare(inline, style, text)
                .lines(inner.size.width.max(Pt(1.0)), Point::default());
            let height = lines.lines.last().map_or(Pt::ZERO, |line| line.y.pt() + line.height);
            let free = inner.size.height - height;
            check_room(filled.place, free, context);
            let at = Point::new(inner.origin.x, inner.origin.y + drop(filled.place, style, free));
            lines.lines.iter().for_each(|line| painter.line(line, at));
        }
        Inside::Element(index) => {
            let Some(content) = context.running.get(*index as usize) else {
                return painter.painted;
            };
            let fragment = context.measurer.measure(content, Room::of_width(inner.size.width));
            let free = inner.size.height - fragment.size.height;
            check_room(filled.place, free, context);
            let at = Point::new(inner.origin.x, inner.origin.y + drop(filled.place, style, free));
            let strands = context.measurer.take_strands();
            let (styled, images) = (context.measurer.styled, context.images);
            let mut running = Painter::new(styled, images, context.drawing_fonts, &strands);
            running.artifact = Some(kind(filled.place));
            running.fragment(&fragment, at);
            let running = running.painted;
            painter.painted.items.extend(running.items);
            painter.painted.links.extend(running.links);
            context.measurer.give_strands(strands);
        }
    }
    if grouped {
        painter.pop();
    }
    painter.painted
}

/// How far the content stands below the box's top: `vertical-align`, whose default depends on the
/// box (CSS Paged Media 3 §5.3.1).
fn drop(place: MarginBox, style: &ComputedStyle, free: Pt) -> Pt {
    let by_place = match place {
        MarginBox::LeftTop | MarginBox::RightTop => VerticalKeyword::Top,
        MarginBox::LeftBottom | MarginBox::RightBottom => VerticalKeyword::Bottom,
        _ => VerticalKeyword::Middle,
    };
    let keyword = match style.vertical_align {
        VerticalAlign::Keyword(VerticalKeyword::Baseline) | VerticalAlign::Length(_) => by_place,
        VerticalAlign::Keyword(keyword) => keyword,
    };
    match keyword {
        VerticalKeyword::Top | VerticalKeyword::TextTop => Pt::ZERO,
        VerticalKeyword::Bottom | VerticalKeyword::TextBottom => free,
        _ => free / 2.0,
    }
}

fn is_column(place: MarginBox) -> bool {
    matches!(
        place,
        MarginBox::LeftTop
            | MarginBox::LeftMiddle
            | MarginBox::LeftBottom
            | MarginBox::RightTop
            | MarginBox::RightMiddle
            | MarginBox::RightBottom
    )
}

fn kind(place: MarginBox) -> Artifact {
    match place {
        MarginBox::TopLeftCorner
        | MarginBox::TopLeft
        | MarginBox::TopCenter
        | MarginBox::TopRight
        | MarginBox::TopRightCorner => Artifact::Header,
        MarginBox::BottomLeftCorner
        | MarginBox::BottomLeft
        | MarginBox::BottomCenter
        | MarginBox::BottomRight
        | MarginBox::BottomRightCorner => Artifact::Footer,
        MarginBox::LeftTop | MarginBox::LeftMiddle | MarginBox::LeftBottom => Artifact::LeftEdge,
        MarginBox::RightTop | MarginBox::RightMiddle | MarginBox::RightBottom => {
            Artifact::RightEdge
        }
    }
}
