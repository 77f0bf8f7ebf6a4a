//! `@page` rules: which apply to a page, and what they come to (CSS Paged Media 3).

use std::sync::{Arc, Mutex, PoisonError};

use crate::diag::Diagnostics;
use crate::geom::{Pt, Sides, Size};

use super::compute::{Origin, Surroundings, compute};
use super::computed::{ComputedStyle, Content, ContentPart, MarginBox, PageSide};
use super::declaration::Block;
use super::definitions::Definitions;
use super::draft::{INITIAL, PageSize, line_height};
use super::layers::Layers;
use super::sheet::{PageSelector, PageSheet};
use super::sheets::Attached;
use super::styled::{FootnoteArea, PageContext, PageStyle};
use super::variables::Variables;

/// A4 upright.
pub(crate) const A4: Size = Size::new(Pt::mm(210.0), Pt::mm(297.0));

/// How far `bleed: auto` reaches where marks are drawn (§7.3).
const AUTO_BLEED: Pt = Pt(6.0);

/// The `@page` rules of a document.
#[derive(Debug, Clone)]
pub struct PageRules {
    rules: Arc<[(Origin, PageSheet)]>,
    /// The root element's style, which pages inherit from.
    pub(crate) root: Arc<ComputedStyle>,
    pub(crate) variables: Variables,
    definitions: Arc<Definitions>,
    /// What the rules have come to, for all documents that have them.
    known: Arc<Mutex<Known>>,
}

/// What rules come to with a root element's style and variables; these are in memory once for
/// documents that have them in common, so that their addresses tell them.
#[derive(Debug, Default)]
struct Known {
    /// By the places of the rules that match.
    pages: Vec<(Root, Vec<usize>, Arc<PageStyle>)>,
    /// The counters of the margin boxes.
    counters: Vec<(Root, Vec<Arc<str>>)>,
}

/// A root element's style and variables.
type Root = (Arc<ComputedStyle>, Variables);

/// So many page styles are kept, and then all forgotten.
const MOST_KNOWN: usize = 64;

/// Adds what is known, unless there is too much.
fn keep<T>(list: &mut Vec<T>, new: T) {
    if list.len() >= MOST_KNOWN {
        list.clear();
    }
    list.push(new);
}

impl Default for PageRules {
    fn default() -> PageRules {
        let root = Arc::new(INITIAL.style.clone());
        PageRules {
            rules: Arc::default(),
            root,
            variables: Variables::default(),
            definitions: Arc::default(),
            known: Arc::default(),
        }
    }
}

impl PageRules {
    /// The rules of the sheets that apply to pages of the size `page`, without a root element.
    pub(crate) fn of(
        sheets: &[Attached],
        layers: &Layers,
        definitions: &Arc<Definitions>,
        page: Size,
    ) -> PageRules {
        let mut rules = Vec::new();
        for attached in sheets.iter().filter(|attached| attached.holds(page)) {
            let own = attached.sheet.pages.iter().filter(|own| own.around.holds(page));
            let origin = |own: &PageSheet| attached.origin.in_layer(layers.of(&own.around.layer));
            rules.extend(own.map(|own| (origin(own), own.clone())));
        }
        let definitions = Arc::clone(definitions);
        PageRules { rules: rules.into(), definitions, ..PageRules::default() }
    }

    /// The same rules for a document whose root element has that style.
    pub(crate) fn under(&self, root: &Arc<ComputedStyle>, variables: &Variables) -> PageRules {
        let (root, variables) = (Arc::clone(root), Arc::clone(variables));
        PageRules { root, variables, ..self.clone() }
    }

    fn root(&self) -> Root {
        (Arc::clone(&self.root), Arc::clone(&self.variables))
    }

    fn is_under(&self, (root, variables): &Root) -> bool {
        Arc::ptr_eq(root, &self.root) && Arc::ptr_eq(variables, &self.variables)
    }

    /// Whether the pages of a spread follow each other from right to left, as the root element's
    /// direction tells (CSS Paged Media 3 §4.1).
    pub fn runs_to_the_left(&self) -> bool {
        self.root.direction == super::computed::Direction::Rtl
    }

    /// The side of the spread on which the page of that number (from 1) is: the first one is a
    /// right page, or a left one where pages run to the left.
    pub fn side(&self, number: u32) -> PageSide {
        let odd = number % 2 == 1;
        if odd == self.runs_to_the_left() { PageSide::Left } else { PageSide::Right }
    }

    /// Whether any rule asks for a page's number (`:nth()`).
    pub fn depends_on_number(&self) -> bool {
        self.selectors().any(|selector| selector.nth.is_some())
    }

    /// Whether any rule asks for a page's number in its group (`:nth(… of name)`).
    pub fn depends_on_group(&self) -> bool {
        self.selectors().any(|selector| selector.nth_of.is_some())
    }

    fn selectors(&self) -> impl Iterator<Item = &PageSelector> {
        self.rules.iter().flat_map(|(_, sheet)| &sheet.selectors)
    }

    /// The counters that margin boxes print, those of pages aside, sorted by name.
    pub fn margin_counters(&self) -> Vec<Arc<str>> {
        let lock = || self.known.lock().unwrap_or_else(PoisonError::into_inner);
        if let Some((_, known)) = lock().counters.iter().find(|(root, _)| self.is_under(root)) {
            return known.clone();
        }
        let counters = self.counters();
        keep(&mut lock().counters, (self.root(), counters.clone()));
        counters
    }

    fn counters(&self) -> Vec<Arc<str>> {
        let boxes = self.rules.iter().flat_map(|(origin, sheet)| {
            sheet.margin_boxes.iter().map(move |(_, block)| (*origin, &**block))
        });
        let mut names = Vec::new();
        for block in boxes {
            let (draft, _) = self.compute(&[block], &self.root, &self.variables);
            let Content::Parts(parts) = draft.finish().content else { continue };
            names.extend(parts.iter().filter_map(|part| match part {
                ContentPart::Counter { name, .. } if !is_page_counter(name) => {
                    Some(Arc::clone(name))
                }
                _ => None,
            }));
        }
        names.sort();
        names.dedup();
        names
    }

    /// The style of one page: all rules that match it, merged declaration by declaration. Margin
    /// boxes inherit from the page, and the page from the root element.
    pub fn resolve(&self, page: PageContext<'_>) -> Arc<PageStyle> {
        let matching = self.matching(page);
        let lock = || self.known.lock().unwrap_or_else(PoisonError::into_inner);
        let is_same = |known: &&(Root, Vec<usize>, Arc<PageStyle>)| {
            known.1 == matching && self.is_under(&known.0)
        };
        if let Some((.., known)) = lock().pages.iter().find(is_same) {
            return Arc::clone(known);
        }
        let style = Arc::new(self.of_rules(&matching));
        keep(&mut lock().pages, (self.root(), matching, Arc::clone(&style)));
        style
    }

    /// The style of a page which these rules match, weakest first.
    fn of_rules(&self, matching: &[usize]) -> PageStyle {
        let matching: Vec<(Origin, &PageSheet)> = matching
            .iter()
            .filter_map(|place| self.rules.get(*place))
            .map(|(origin, sheet)| (*origin, sheet))
            .collect();
        let blocks: Vec<(Origin, &Block)> =
            matching.iter().map(|(origin, sheet)| (*origin, &*sheet.block)).collect();
        let (draft, variables) = self.compute(&blocks, &self.root, &self.variables);
        let (page_box, style) = (draft.page, draft.finish());
        let size = match page_box.size {
            Some(PageSize::Fixed(size)) => at_least_a_point(size),
            Some(PageSize::Landscape) => Size::new(A4.height, A4.width),
            Some(PageSize::Portrait) | None => A4,
        };
        let across = |extent: super::Extent| extent.resolve(size.width).unwrap_or(Pt::ZERO);
        let down = |extent: super::Extent| extent.resolve(size.height).unwrap_or(Pt::ZERO);
        let margin = Sides {
            top: down(style.margin.top),
            right: across(style.margin.right),
            bottom: down(style.margin.bottom),
            left: across(style.margin.left),
        };
        let auto_bleed = if page_box.marks.any() { AUTO_BLEED } else { Pt::ZERO };
        PageStyle {
            size,
            margin,
            margin_boxes: self.margin_boxes(&matching, &style, &variables),
            footnote: self.footnote(&matching, &style, &variables),
            style: Some(Arc::new(style)),
            marks: page_box.marks,
            bleed: page_box.bleed.unwrap_or(auto_bleed),
        }
    }

    fn compute(
        &self,
        blocks: &[(Origin, &Block)],
        parent: &ComputedStyle,
        variables: &Variables,
    ) -> (super::draft::Draft, Variables) {
        let around = Surroundings {
            parent,
            variables,
            root: Some((self.root.font.size, line_height(&self.root))),
            view: A4,
            element: None,
            definitions: &self.definitions,
            language: None,
        };
        // Values that come to nothing here were reported when the sheet was read, or have no place.
        compute(blocks, &around, &mut Diagnostics::new())
    }

    /// The places of the rules that match, weakest first.
    fn matching(&self, page: PageContext<'_>) -> Vec<usize> {
        let mut matching = Vec::new();
        for (order, (origin, sheet)) in self.rules.iter().enumerate() {
            let fitting = sheet.selectors.iter().filter(|selector| matches(selector, page));
            if let Some(weight) = fitting.map(weight).max() {
                matching.push((*origin, weight, order));
            }
        }
        matching.sort_unstable();
        matching.into_iter().map(|(.., order)| order).collect()
    }

    /// The area of the footnotes. A rule that a stylesheet draws above them is as long as the area,
    /// unless it says otherwise; the one of its own accord is short.
    fn footnote(
        &self,
        matching: &[(Origin, &PageSheet)],
        page: &ComputedStyle,
        variables: &Variables,
    ) -> FootnoteArea {
        let blocks: Vec<(Origin, &Block)> = matching
            .iter()
            .flat_map(|(origin, sheet)| sheet.footnote.iter().map(|block| (*origin, &**block)))
            .collect();
        let own: Vec<(Origin, &Block)> =
            blocks.iter().filter(|(origin, _)| *origin == Origin::UserAgent).copied().collect();
        let (draft, _) = self.compute(&blocks, page, variables);
        let (plain, _) = self.compute(&own, page, variables);
        let (rule, short) = (draft.page.border_clip, plain.page.border_clip);
        let (style, plain) = (draft.finish(), plain.finish());
        let is_redrawn = style.border.top != plain.border.top && rule == short;
        FootnoteArea { rule: rule.filter(|_| !is_redrawn), style: Arc::new(style) }
    }

    fn margin_boxes(
        &self,
        matching: &[(Origin, &PageSheet)],
        page: &ComputedStyle,
        variables: &Variables,
    ) -> Vec<(MarginBox, Arc<ComputedStyle>)> {
        let mut kinds: Vec<MarginBox> = Vec::new();
        for (_, sheet) in matching.iter().filter(|(origin, _)| *origin != Origin::UserAgent) {
            for (kind, _) in &sheet.margin_boxes {
                if !kinds.contains(kind) {
                    kinds.push(*kind);
                }
            }
        }
        kinds.sort_by_key(|kind| *kind as u8);
        let mut boxes = Vec::new();
        for kind in kinds {
            let blocks: Vec<(Origin, &Block)> = matching
                .iter()
                .flat_map(|(origin, sheet)| sheet.margin_boxes.iter().map(move |b| (*origin, b)))
                .filter(|(_, (own, _))| *own == kind)
                .map(|(origin, (_, block))| (origin, &**block))
                .collect();
            let (draft, _) = self.compute(&blocks, page, variables);
            let style = draft.finish();
            if matches!(style.content, Content::Parts(_)) {
                boxes.push((kind, Arc::new(style)));
            }
        }
        boxes
    }
}

/// Whether a counter counts pages rather than elements.
pub fn is_page_counter(name: &str) -> bool {
    matches!(name, "page" | "pages" | GROUP_PAGES)
}

/// The counter of how many pages there are from one restart of the page numbers to the next.
pub const GROUP_PAGES: &str = "-dossier-group-pages";

/// Paper without extent can hold nothing and would make pagination endless.
fn at_least_a_point(size: Size) -> Size {
    Size::new(size.width.max(Pt(1.0)), size.height.max(Pt(1.0)))
}

/// (name, first or blank or nth, side), compared in this order (§3.3).
fn weight(selector: &PageSelector) -> (u8, u8, u8) {
    let classes = u8::from(selector.first) + u8::from(selector.blank);
    (
        u8::from(selector.name.is_some()),
        classes + u8::from(selector.nth.is_some() || selector.nth_of.is_some()),
        u8::from(selector.side.is_some()),
    )
}

fn matches(selector: &PageSelector, page: PageContext<'_>) -> bool {
    selector.name.as_ref().is_none_or(|name| **name == *page.name)
        && (!selector.first || page.first)
        && (!selector.blank || page.blank)
        && selector.side.is_none_or(|side| side == page.side)
        && selector.nth.is_none_or(|(a, b)| nth(i64::from(a), i64::from(b), page.number))
        && selector.nth_of.is_none_or(|(a, b)| nth(i64::from(a), i64::from(b), page.in_group))
}

fn nth(a: i64, b: i64, number: u32) -> bool {
    let past = i64::from(number) - b;
    if a == 0 { past == 0 } else { past % a == 0 && past / a >= 0 }
}

#[cfg(test)]
mod tests {
    use super::nth;

    #[test]
    fn nth_page_follows_the_formula() {
        let odd: Vec<u32> = (1..6).filter(|number| nth(2, 1, *number)).collect();
        assert_eq!(odd, [1, 3, 5]);
        let first: Vec<u32> = (1..6).filter(|number| nth(-1, 2, *number)).collect();
        assert_eq!(first, [1, 2]);
        assert!(nth(0, 3, 3) && !nth(0, 3, 4));
    }
}
