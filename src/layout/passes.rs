//! Lays a document out, again where its content depends on where things stand.

use std::cell::Cell;
use std::mem::take;
use std::sync::{Arc, Mutex};

use rustc_hash::FxHashMap;

use crate::assets::Assets;
use crate::diag::{Diagnostic, Diagnostics};
use crate::fonts::FontBook;
use crate::geom::{Point, Pt, Rect, Size};
use crate::markup::Document;
use crate::source::Sources;
use crate::style::{
    Break, ComputedStyle, PageContext, PageRules, PageSide, PageStyle, Styled, TableFit,
};

use super::boxes::{Contents, LayoutBox};
use super::emit::Painted;
use super::fragment::{Placed, TURNED};
use super::generate::{Generated, References, generate};
use super::images::DecodedPictures;
use super::index::Index;
use super::laid::Laid;
use super::measure::absolute;
use super::measure::dispatch::Measurer;
use super::measure::floats::Side;
use super::measure::memo::Memo;
use super::pictures::PictureLoader;
use super::place::{FIRST_PAGE, FloatEnds, Flow, Geometry, PageSpan, Strands};
use super::running::*;
use super::settle::{Boxes, Settled, on_pages, settle};
use super::structure::{Role, Structure, TagId};
use super::text::FaceChoices;

/// Page numbers in the text change line breaks, which may change page numbers: after so many
/// passes the last one counts.
const MAX_PASSES: usize = 4;

/// Stack for layout, which follows the nesting of elements (bounded while parsing).
pub const STACK_BYTES: usize = 64 << 20;

thread_local! {
    static ROOMY: Cell<bool> = const { Cell::new(false) };
}

/// Says that this thread has [`STACK_BYTES`] of stack, so that documents are laid out on it and not
/// each on a thread of its own.
pub fn on_this_thread() {
    ROOMY.set(true);
}

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
    lay_out_with(document, styled, fonts, assets, base, &Arc::default())
}

/// [`lay_out`] with the pictures that earlier documents of the run have decoded.
pub fn lay_out_with(
    document: &Document,
    styled: &Styled,
    fonts: &FontBook,
    assets: &Assets,
    base: &str,
    decoded: &Arc<DecodedPictures>,
) -> (Laid, Diagnostics) {
    let work = || {
        let pictures = PictureLoader::new(assets, base, fonts, decoded);
        passes(document, styled, fonts, &pictures)
    };
    if ROOMY.get() {
        return work();
    }
    std::thread::scope(|scope| {
        let thread = std::thread::Builder::new().stack_size(STACK_BYTES).spawn_scoped(scope, work);
        match thread.map(|handle| handle.join()) {
            Ok(Ok(done)) => done,
            Ok(Err(panic)) => std::panic::resume_unwind(panic),
            Err(_) => work(),
        }
    })
}

fn passes(
    document: &Document,
    styled: &Styled,
    fonts: &FontBook,
    pictures: &PictureLoader,
) -> (Laid, Diagnostics) {
    let mut references = References::default();
    let mut pass = 1;
    loop {
        let (generated, mut found) = generate(document, styled, &references, pictures);
        let uses_references = generated.uses_references;
        let (laid, now) = one_pass(document, generated, fonts, pictures, &mut found);
        let uses_references = uses_references || !now.notes.is_empty();
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
    let Generated {
        root,
        styled,
        structure,
        figures: drawn,
        info,
        running,
        fixed,
        notes,
        canvas,
        references,
        ..
    } = generated;
    let running: Vec<(Arc<str>, LayoutBox)> =
        running.into_iter().map(|element| (element.name, element.content)).collect();
    let mut geometry = PageCache::new(&styled.pages);
    let faces = FaceChoices::new(&styled);
    let mut measurer = measurer(&styled, document, (fonts, &faces), &mut geometry);
    let Settled { flow, strands, spans } = match root {
        Some(root) => {
            let boxes = boxes(root, &mut geometry, &styled);
            settle(&mut measurer, boxes, &notes, &mut geometry, found)
        }
        None => on_pages(&measurer, Flow::default(), &notes, &mut geometry, found),
    };
    let (fixed, strands) = place_fixed(&measurer, &fixed, &spans, strands);
    let index = Index::of(&flow, &strands, &styled, &spans, &running);
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
        counted: &index.counted,
    };
    let (margins, margin_styles) = paint_all_margins(&spans, &index, &context, found);
    index.lost.report(&measurer);
    found.append(measurer.take_findings());
    found.append(faces.findings());
    let Index { numbers, outline, pages, figures, notes: note_numbers, .. } = index;
    let labels = numbers.labels(spans.iter().map(|span| &*span.style));
    let structure = with_figures(structure, figures);
    let references = References { pages, total: context.total, notes: note_numbers, ..references };
    found.append(pictures.take_findings());
    let strands = measurer.take_strands();
    let laid = Laid {
        flow,
        strands,
        spans,
        margins,
        labels,
        fixed,
        canvas,
        images,
        drawing_fonts,
        structure,
        figures: drawn,
        faint: Mutex::default(),
        outline,
        info,
        styled,
        margin_styles,
    };
    (laid, references)
}

/// What measures boxes, for the pages that the document may have.
fn measurer<'m>(
    styled: &'m Styled,
    document: &'m Document,
    (fonts, faces): (&'m FontBook, &'m FaceChoices),
    geometry: &mut PageCache,
) -> Measurer<'m> {
    Measurer {
        styled,
        fonts,
        faces,
        document,
        page_width: geometry.plain("", 2).area().size.width,
        page_height: page_height(styled, geometry),
        named_widths: named_widths(styled, geometry),
        has_floats: styled.styles.iter().any(|style| Side::of(style).is_some()),
        float_ends: FloatEnds::new(),
        findings: Mutex::default(),
        memo: Memo::default(),
        strands: Mutex::default(),
    }
}

/// The root's boxes. Those without a containing block of their own stand in the first page's area.
fn boxes(mut root: LayoutBox, geometry: &mut PageCache, styled: &Styled) -> Boxes {
    let (first, plain) = (geometry.plain("", 1).area(), geometry.plain("", 2).area());
    if first.size.width != plain.size.width {
        name_first_page(&mut root, styled);
    }
    let out_of_flow = root.extra.as_mut().map(|extra| take(&mut extra.out_of_flow));
    Boxes { root, out_of_flow: out_of_flow.unwrap_or_default(), first, plain: plain.size }
}

/// Boxes that every page shows, for each size that page areas have: a page is their containing
/// block (CSS 2.2 10.1). Their lines join `strands`.
fn place_fixed(
    measurer: &Measurer,
    fixed: &[LayoutBox],
    spans: &[PageSpan],
    strands: Strands,
) -> (Vec<(Size, Vec<Placed>)>, Strands) {
    measurer.give_strands(strands);
    let mut sizes: Vec<Size> = Vec::new();
    if !fixed.is_empty() {
        for span in spans {
            let size = span.style.area().size;
            if !sizes.contains(&size) {
                sizes.push(size);
            }
        }
    }
    let place = |size: Size| {
        let area = Rect { origin: Point::default(), size };
        (size, absolute::place(measurer, fixed, area))
    };
    let placed = sizes.into_iter().map(place).collect();
    (placed, measurer.take_strands())
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

/// The names of pages that boxes ask for.
fn page_names(styled: &Styled) -> Vec<&Arc<str>> {
    let mut names: Vec<&Arc<str>> =
        styled.styles.iter().filter_map(|style| style.page.as_ref()).collect();
    names.sort();
    names.dedup();
    names
}

/// The height of the highest page area.
fn page_height(styled: &Styled, geometry: &mut PageCache) -> Pt {
    let mut height = |name: &str, number: u32| geometry.plain(name, number).area().size.height;
    let plain = height("", 1).max(height("", 2));
    page_names(styled).into_iter().fold(plain, |most, name| most.max(height(name, 2)))
}

/// The widths of the page areas that boxes ask for by name.
fn named_widths(styled: &Styled, geometry: &mut PageCache) -> Vec<(Box<str>, Pt)> {
    let names = page_names(styled);
    let first = (Box::from(FIRST_PAGE), geometry.plain("", 1).area().size.width);
    let turns = styled.styles.iter().any(|style| style.table_fit == TableFit::Turn);
    let turned = names.iter().map(|name| &***name).chain([""]).filter(|_| turns);
    let turned: Vec<String> = turned.map(|name| format!("{TURNED}{name}")).collect();
    let all = names.iter().map(|name| &***name).chain(turned.iter().map(|name| &**name));
    let width = |name: &str| (Box::from(name), geometry.plain(name, 2).area().size.width);
    all.map(width).chain([first]).collect()
}

/// Name, first, side, blank, and the numbers where rules ask for them.
type PageKey = (Arc<str>, bool, PageSide, bool, u32, u32);

/// Page styles by what they depend on.
struct PageCache<'a> {
    rules: &'a PageRules,
    by_number: bool,
    by_group: bool,
    known: FxHashMap<PageKey, Arc<PageStyle>>,
}

impl<'a> PageCache<'a> {
    fn new(rules: &'a PageRules) -> PageCache<'a> {
        let (by_number, by_group) = (rules.depends_on_number(), rules.depends_on_group());
        PageCache { rules, by_number, by_group, known: FxHashMap::default() }
    }

    /// The page with that name when nothing else is known of it but its number.
    fn plain(&mut self, name: &str, number: u32) -> Arc<PageStyle> {
        let (side, first) = (self.rules.side(number), number == 1);
        self.page(PageContext { name, first, side, blank: false, number, in_group: number })
    }
}

impl Geometry for PageCache<'_> {
    fn page(&mut self, page: PageContext) -> Arc<PageStyle> {
        let number = if self.by_number { page.number } else { 0 };
        let in_group = if self.by_group { page.in_group } else { 0 };
        let name = Arc::from(page.name);
        let key = (name, page.first, page.side, page.blank, number, in_group);
        let rules = self.rules;
        let make = || {
            let (name, turned) = match page.name.strip_prefix(TURNED) {
                Some(name) => (name, true),
                None => (page.name, false),
            };
            let style = rules.resolve(PageContext { name, ..page });
            if turned && style.size.width < style.size.height {
                let size = Size::new(style.size.height, style.size.width);
                return Arc::new(PageStyle { size, ..PageStyle::clone(&style) });
            }
            style
        };
        Arc::clone(self.known.entry(key).or_insert_with(make))
    }
}

fn paint_all_margins(
    spans: &[PageSpan],
    index: &Index,
    context: &MarginContext,
    found: &mut Diagnostics,
) -> (Vec<Painted>, Vec<Arc<ComputedStyle>>) {
    // The same page style makes its margin styles once; pages share them by address.
    let mut styles: Vec<(Arc<PageStyle>, MarginStyles)> = Vec::new();
    let mut next = context.measurer.styled.styles.len();
    let mut painted = Vec::with_capacity(spans.len());
    let group_pages = index.numbers.run_lengths();
    for (page, span) in spans.iter().enumerate() {
        let known = styles.iter().position(|(style, _)| Arc::ptr_eq(style, &span.style));
        let at = known.unwrap_or_else(|| {
            let margin = MarginStyles::of(&span.style, next);
            next += margin.count();
            styles.push((Arc::clone(&span.style), margin));
            styles.len() - 1
        });
        let (Some((_, margin)), Some(strings), Some(elements), Some(counters)) = (
            styles.get(at),
            index.strings.get(page),
            index.elements.get(page),
            index.counters.get(page),
        ) else {
            continue;
        };
        let number = index.numbers.numbers.get(page).copied().unwrap_or(0);
        let group_pages = group_pages.get(page).copied().unwrap_or(0);
        let values = PageValues { number, group_pages, strings, elements, counters };
        painted.push(paint_margins(&span.style, margin, &values, context));
    }
    styles.iter().for_each(|(_, margin)| found.append(margin.findings()));
    let own = styles.into_iter().flat_map(|(_, margin)| margin.into_styles());
    (painted, own.collect())
}

/// Figures, formulas and tables with the place that they take (ISO 32000-1 14.8.5.4.3): the first,
/// should one be drawn on several pages.
fn with_figures(mut structure: Structure, figures: Vec<(TagId, usize, Rect)>) -> Structure {
    for (tag, page, rect) in figures {
        if matches!(structure.tag(tag).role, Role::Figure | Role::Formula | Role::Table) {
            structure.extra(tag).bbox.get_or_insert((page, rect));
        }
    }
    structure
}
