//! Lays a document out, again where its content depends on where things stand.

use std::sync::{Arc, Mutex};

use rustc_hash::FxHashMap;

use crate::assets::Assets;
use crate::diag::{Diagnostic, Diagnostics};
use crate::fonts::FontBook;
use crate::geom::{Point, Pt, Rect, Size};
use crate::markup::Document;
use crate::source::Sources;
use crate::style::{Break, PageContext, PageRules, PageSide, PageStyle, Styled, TableFit};

use super::boxes::{Contents, LayoutBox};
use super::emit::Painted;
use super::fragment::TURNED;
use super::generate::{Generated, References, generate};
use super::laid::{Laid, page_area};
use super::lost::Lost;
use super::measure::absolute;
use super::measure::dispatch::Measurer;
use super::measure::floats::Side;
use super::measure::memo::Memo;
use super::page::OutlineEntry;
use super::pictures::PictureLoader;
use super::place::{
    FIRST_PAGE, FloatEnds, Flow, Found, Geometry, PageSpan, Strands, paginate, visit,
};
use super::running::*;
use super::settle::{Boxes, Settled, settle};
use super::structure::{Role, Structure};
use super::text::FaceChoices;

/// Page numbers in the text change line breaks, which may change page numbers: after so many
/// passes the last one counts.
const MAX_PASSES: usize = 4;

/// Stack for layout, which follows the nesting of elements (bounded while parsing).
const STACK: usize = 64 << 20;

/// Lays `document` out with the faces in `fonts`, those of its `@font-face` rules included. `base` is the path below `assets` that addresses in it are relative to.
///
/// Pages are there in any case; when the findings hold an error (a missing picture, a character
/// that no face has), the document is not to be handed out.
pub fn lay_out(
    document: &Document,
    styled: &Styled,
    fonts: &FontBook,
    assets: &Assets,
    base: &str,
    _sources: &Sources,
) -> (Laid, Diagnostics) {
    let work = || passes(document, styled, fonts, assets, base);
    std::thread::scope(|scope| {
        let thread = std::thread::Builder::new().stack_size(STACK).spawn_scoped(scope, work);
        match thread.map(|handle| handle.join()) {
            Ok(Ok(done)) => done,
            Ok(Err(panic)) => std::panic::resume_unwind(panic),
            Err(_) => passes(document, styled, fonts, assets, base),
        }
    })
}

fn passes(
    document: &Document,
    styled: &Styled,
    fonts: &FontBook,
    assets: &Assets,
    base: &str,
) -> (Laid, Diagnostics) {
    let pictures = PictureLoader::new(assets, base, fonts);
    let mut references = References::default();
    let mut pass = 1;
    loop {
        let (generated, mut found) = generate(document, styled, &references, &pictures);
        let uses_references = generated.uses_references;
        let (laid, now) = one_pass(document, generated, fonts, &pictures, &mut found);
        if !uses_references || now == references || pass == MAX_PASSES {
            if uses_references && now != references {
                found.push(Diagnostic::warning(
                    "layout/unstable-references",
                    "page numbers in the text do not come to rest: some may be off by one",
                ));
            }
            return (laid, found);
        }
        references = now;
        pass += 1;
    }
}

fn one_pass(
    document: &Document,
    generated: Generated,
    fonts: &FontBook,
    pictures: &PictureLoader,
    found: &mut Diagnostics,
) -> (Laid, References) {
    let Generated { root, styled, structure, info, running, fixed, canvas, counters_at, .. } =
        generated;
    let running: Vec<(Arc<str>, LayoutBox)> =
        running.into_iter().map(|element| (element.name, element.content)).collect();
    let mut geometry = PageCache::new(&styled.pages);
    let first = geometry.page("", 1, styled.pages.side(1), false);
    let plain = geometry.page("", 2, styled.pages.side(2), false);
    let faces = FaceChoices::new(&styled);
    let mut measurer = Measurer {
        styled: &styled,
        fonts,
        faces: &faces,
        document,
        page_width: page_area(&plain).size.width,
        named_widths: named_widths(&styled, &mut geometry),
        has_floats: styled.styles.iter().any(|style| Side::of(style).is_some()),
        float_ends: FloatEnds::new(),
        findings: Mutex::default(),
        memo: Memo::default(),
        strands: Mutex::default(),
    };
    let (areas, geometry) = ((page_area(&first), page_area(&plain)), &mut geometry);
    let settled = root.map(|root| column(&mut measurer, root, areas, geometry, found));
    let Settled { flow, strands, spans } = settled.unwrap_or_else(|| {
        let (mut flow, mut strands) = (Flow::default(), Strands::default());
        let spans = paginate(&mut flow, &mut strands, &styled, geometry, found);
        Settled { flow, strands, spans }
    });
    measurer.give_strands(strands);
    let containing = Rect { origin: Point::default(), size: page_area(&first).size };
    let fixed = absolute::place(&measurer, &fixed, containing);
    let strands = measurer.take_strands();
    let index = Index::of(&flow, &strands, &spans, &running);
    measurer.give_strands(strands);
    let contents: Vec<LayoutBox> = running.into_iter().map(|(_, content)| content).collect();
    let images = pictures.backgrounds(&styled);
    let drawing_fonts = pictures.drawing_fonts();
    let context = MarginContext {
        fonts,
        measurer: &measurer,
        running: &contents,
        pictures,
        images: &images,
        drawing_fonts: &drawing_fonts,
        total: i32::try_from(spans.len()).unwrap_or(i32::MAX),
    };
    let margins = paint_all_margins(&spans, &index, &context, found);
    index.lost.report(&measurer);
    found.append(measurer.take_findings());
    found.append(faces.findings());
    let Index { numbers, outline, pages, figures, .. } = index;
    let structure = with_figures(structure, figures);
    let references = References { pages, counters: counters_at, total: context.total };
    found.append(pictures.take_findings());
    let strands = measurer.take_strands();
    let laid = Laid {
        flow,
        strands,
        spans,
        margins,
        numbers,
        fixed,
        canvas,
        images,
        drawing_fonts,
        structure,
        outline,
        info,
        styled,
    };
    (laid, references)
}

/// The root's boxes on pages.
fn column(
    measurer: &mut Measurer,
    mut root: LayoutBox,
    (first, plain): (Rect, Rect),
    geometry: &mut PageCache,
    found: &mut Diagnostics,
) -> Settled {
    // Boxes without a containing block of their own stand in the first page's area.
    if first.size.width != plain.size.width {
        name_first_page(&mut root, measurer.styled);
    }
    let out_of_flow = root.extra.as_mut().map(|extra| std::mem::take(&mut extra.out_of_flow));
    let out_of_flow = out_of_flow.unwrap_or_default();
    let boxes = Boxes { root, out_of_flow, first, plain: plain.size };
    settle(measurer, boxes, geometry, found)
}

/// Boxes before the first forced break stand on the first page: where `@page :first` has another
/// width, they are measured at it.
fn name_first_page(root: &mut LayoutBox, styled: &Styled) {
    let Contents::Blocks(children) = &mut root.contents else { return };
    if let [only] = children.as_mut_slice() {
        return name_first_page(only, styled);
    }
    let forces = |value: Break| !matches!(value, Break::Auto | Break::Avoid | Break::Column);
    let page = |child: &LayoutBox| child.extra.as_ref().and_then(|extra| extra.page.clone());
    let breaks = children.windows(2).position(|pair| match pair {
        [before, after] => {
            forces(styled.style(before.style).break_after)
                || forces(styled.style(after.style).break_before)
                || page(before) != page(after)
        }
        _ => false,
    });
    let Some(last) = breaks else { return };
    for child in children.iter_mut().take(last + 1) {
        child.extra.get_or_insert_default().page.get_or_insert_with(|| Arc::from(FIRST_PAGE));
    }
}

/// The widths of the page areas that boxes ask for by name.
fn named_widths(styled: &Styled, geometry: &mut PageCache) -> Vec<(Box<str>, Pt)> {
    let mut names: Vec<&Arc<str>> =
        styled.styles.iter().filter_map(|style| style.page.as_ref()).collect();
    names.sort();
    names.dedup();
    let first = geometry.page("", 1, styled.pages.side(1), false);
    let first = (Box::from(FIRST_PAGE), page_area(&first).size.width);
    let turns = styled.styles.iter().any(|style| style.table_fit == TableFit::Turn);
    let turned = names.iter().map(|name| &***name).chain([""]).filter(|_| turns);
    let turned: Vec<String> = turned.map(|name| format!("{TURNED}{name}")).collect();
    let all = names.iter().map(|name| &***name).chain(turned.iter().map(|name| &**name));
    let width = |name: &str| {
        let style = geometry.page(name, 2, styled.pages.side(2), false);
        (Box::from(name), page_area(&style).size.width)
    };
    all.map(width).chain([first]).collect()
}

/// Name, first, side, blank, and the number where rules ask for it.
type PageKey = (Arc<str>, bool, PageSide, bool, u32);

/// Page styles by what they depend on.
struct PageCache<'a> {
    rules: &'a PageRules,
    known: FxHashMap<PageKey, Arc<PageStyle>>,
}

impl<'a> PageCache<'a> {
    fn new(rules: &'a PageRules) -> PageCache<'a> {
        PageCache { rules, known: FxHashMap::default() }
    }
}

impl Geometry for PageCache<'_> {
    fn page(&mut self, name: &str, number: u32, side: PageSide, blank: bool) -> Arc<PageStyle> {
        let first = number == 1;
        let nth = if self.rules.depends_on_number() { number } else { 0 };
        let key = (Arc::from(name), first, side, blank, nth);
        let rules = self.rules;
        let make = || {
            let (name, turned) = match name.strip_prefix(TURNED) {
                Some(name) => (name, true),
                None => (name, false),
            };
            let mut style = rules.resolve(PageContext { name, first, side, blank, number });
            if turned && style.size.width < style.size.height {
                style.size = Size::new(style.size.height, style.size.width);
            }
            Arc::new(style)
        };
        Arc::clone(self.known.entry(key).or_insert_with(make))
    }
}

/// What the pages hold by name.
#[derive(Default)]
struct Index {
    /// The page counter of each page.
    numbers: Vec<i32>,
    /// The page counter at each anchor.
    pages: FxHashMap<Arc<str>, i32>,
    outline: Vec<OutlineEntry>,
    figures: Vec<(super::structure::TagId, usize, Rect)>,
    lost: Lost,
    strings: Vec<Strings<Arc<str>>>,
    elements: Vec<Strings<u32>>,
}

impl Index {
    fn of(
        flow: &Flow,
        strands: &Strands,
        spans: &[PageSpan],
        running: &[(Arc<str>, LayoutBox)],
    ) -> Index {
        let mut index = Index::default();
        let mut strings = Vec::with_capacity(spans.len());
        let mut elements = Vec::with_capacity(spans.len());
        let mut number = 0_i32;
        for (page, span) in spans.iter().enumerate() {
            number = number.saturating_add(1);
            let mut set = PageAssignments::default();
            let mut run = PageAssignments::default();
            let mut anchors: Vec<Arc<str>> = Vec::new();
            let area = page_area(&span.style);
            visit(flow, strands, span.slice(), area, &mut |found| match found {
                Found::Names(names, at, starts) => {
                    if let Some(value) = names.page_counter {
                        number = value;
                    }
                    anchors.extend(names.anchors.iter().cloned());
                    let made = names.strings.iter().cloned();
                    set.made.extend(made.map(|(name, value)| (name, value, starts)));
                    for element in &names.running {
                        if let Some((name, _)) = running.get(*element as usize) {
                            run.made.push((Arc::clone(name), *element, starts));
                        }
                    }
                    if let Some((level, title, tag)) = &names.bookmark {
                        let (level, title, tag) = (*level, Arc::clone(title), *tag);
                        index.outline.push(OutlineEntry { level, title, page, at, tag });
                    }
                }
                Found::Anchor(name) => anchors.push(Arc::clone(name)),
                Found::Picture(tag, rect) => index.figures.push((tag, page, rect)),
                Found::Wide(overflow, left, right) => {
                    let area = page_area(&span.style);
                    let excess = (right - area.right()).max(area.origin.x - left);
                    index.lost.line(overflow, excess);
                }
                Found::OutOfFlow(placed, rect, goes_on) => {
                    index.lost.out_of_flow(placed, rect, goes_on, &span.style);
                }
            });
            for anchor in anchors {
                index.pages.entry(anchor).or_insert(number);
            }
            index.numbers.push(number);
            strings.push(set);
            elements.push(run);
        }
        index.strings = page_strings(strings);
        index.elements = page_strings(elements);
        index
    }
}

fn paint_all_margins(
    spans: &[PageSpan],
    index: &Index,
    context: &MarginContext,
    found: &mut Diagnostics,
) -> Vec<Painted> {
    // The same page style makes its margin styles once; pages share them by address.
    let mut styles: Vec<(Arc<PageStyle>, MarginStyles)> = Vec::new();
    let mut painted = Vec::with_capacity(spans.len());
    for (page, span) in spans.iter().enumerate() {
        let known = styles.iter().position(|(style, _)| Arc::ptr_eq(style, &span.style));
        let at = known.unwrap_or_else(|| {
            styles.push((Arc::clone(&span.style), MarginStyles::of(&span.style)));
            styles.len() - 1
        });
        let (Some((_, margin)), Some(strings), Some(elements)) =
            (styles.get(at), index.strings.get(page), index.elements.get(page))
        else {
            continue;
        };
        let number = index.numbers.get(page).copied().unwrap_or(0);
        let values = PageValues { number, strings, elements };
        painted.push(paint_margins(&span.style, margin, &values, context));
    }
    styles.iter().for_each(|(_, margin)| found.append(margin.findings()));
    painted
}

/// Figures with the place that they take (ISO 32000-1 14.8.5.4.3): the first, should one be drawn
/// on several pages.
fn with_figures(
    mut structure: Structure,
    figures: Vec<(super::structure::TagId, usize, Rect)>,
) -> Structure {
    for (tag, page, rect) in figures {
        if structure.tag(tag).role == Role::Figure {
            structure.extra(tag).bbox.get_or_insert((page, rect));
        }
    }
    structure
}
