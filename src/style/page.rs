//! `@page` rules: which apply to a page, and what they come to (CSS Paged Media 3).

use std::sync::Arc;

use crate::diag::Diagnostics;
use crate::geom::{Pt, Sides, Size};

use super::compute::{Origin, Surroundings, compute};
use super::computed::{ComputedStyle, Content, ContentPart, MarginBox, PageSide};
use super::declaration::Block;
use super::definitions::Definitions;
use super::draft::{INITIAL, PageSize, line_height};
use super::sheet::{PageSelector, PageSheet};
use super::styled::{FootnoteArea, PageContext, PageStyle};
use super::variables::Variables;

/// A4 upright.
pub(crate) const A4: Size = Size::new(Pt::mm(210.0), Pt::mm(297.0));

/// How far `bleed: auto` reaches where marks are drawn (§7.3).
const AUTO_BLEED: Pt = Pt(6.0);

/// The `@page` rules of a document.
#[derive(Debug, Clone)]
pub struct PageRules {
    pub(crate) rules: Vec<(Origin, PageSheet)>,
    /// The root element's style, which pages inherit from.
    pub(crate) root: Arc<ComputedStyle>,
    pub(crate) variables: Variables,
    pub(crate) definitions: Arc<Definitions>,
}

impl Default for PageRules {
    fn default() -> PageRules {
        let root = Arc::new(INITIAL.style.clone());
        PageRules {
            rules: Vec::new(),
            root,
            variables: Variables::default(),
            definitions: Arc::default(),
        }
    }
}

impl PageRules {
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
    pub fn resolve(&self, page: PageContext<'_>) -> PageStyle {
        let matching = self.matching(page);
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

    /// The rules that match, weakest first.
    fn matching(&self, page: PageContext<'_>) -> Vec<(Origin, &PageSheet)> {
        let mut matching = Vec::new();
        for (order, (origin, sheet)) in self.rules.iter().enumerate() {
            let fitting = sheet.selectors.iter().filter(|selector| matches(selector, page));
            if let Some(weight) = fitting.map(weight).max() {
                matching.push(((*origin, weight, order), sheet));
            }
        }
        matching.sort_by_key(|(key, _)| *key);
        matching.into_iter().map(|((origin, ..), sheet)| (origin, sheet)).collect()
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
