//! Flex and grid containers (CSS Flexbox 1, CSS Grid 1). Owns `taffy`, which decides where items
//! stand; what is inside them is measured by their own modes.

mod adapt;
mod rows;
#[cfg(test)]
mod tests;

use taffy::{AvailableSpace, Baselines, LayoutInput, LayoutOutput, RequestedAxis, TaffyTree};

use crate::diag::Diagnostic;
use crate::geom::{Depth, Point, Pt, Rect, Size};
use crate::style::{ComputedStyle, Length};

use super::edges::{self, Edges};
use super::memo::Natural;
use super::reach::{self, Within};
use super::{Intrinsic, Measure, Room};
use crate::layout::boxes::{Contents, LayoutBox};
use crate::layout::fragment::{Body, BoxNames, Fragment, FragmentExtra, Placed};
use crate::layout::inside;

/// More items than any page needs, and few enough for the library's row numbers.
const MAX_ITEMS: usize = 20_000;

/// The widths that a flex or grid container asks for, as a border box.
pub fn intrinsic(container: &LayoutBox, measure: &dyn Measure) -> Intrinsic {
    let style = measure.style(container.style);
    let frame = Edges::of(style, Pt::ZERO).frame().horizontal();
    let content = match edges::definite(style.width, None) {
        Some(width) => {
            let width = edges::border_box(style, width, frame);
            Intrinsic { min: width, max: width }
        }
        None => content_widths(container, measure),
    };
    let bound = |extent| edges::definite(extent, None).map(|w| edges::border_box(style, w, frame));
    let (least, most) = (bound(style.min_width), bound(style.max_width));
    let clamp = |width: Pt| {
        let width = most.map_or(width, |most| width.min(most));
        least.map_or(width, |least| width.max(least))
    };
    Intrinsic { min: clamp(content.min), max: clamp(content.max) }
}

/// The same without the container's own `width`.
pub fn content_widths(container: &LayoutBox, measure: &dyn Measure) -> Intrinsic {
    measure.memo().widths(container, || {
        let style = measure.style(container.style);
        let frame = Edges::of(style, Pt::ZERO).frame().horizontal();
        let mut items = Items::new(container, measure, None);
        let mut at = |space: AvailableSpace| {
            items.arrange(style, Asked { width: None, space, heights: None }).size.width + frame
        };
        let (min, max) = (at(AvailableSpace::MinContent), at(AvailableSpace::MaxContent));
        Intrinsic { min, max: max.max(min) }
    })
}

/// Measures a flex or grid container: its lines are rows between which a page may end.
pub fn measure(container: &LayoutBox, measure: &dyn Measure, room: Room) -> Fragment {
    let style = measure.style(container.style);
    let edges = Edges::of(style, room.width);
    let frame = edges.frame();
    let width = edges::block_width(style, &edges, room, || content_widths(container, measure));
    let inner_width = (width - frame.horizontal()).max(Pt::ZERO);
    let definite = edges::definite_height(style, &edges, room);
    let by_ratio = edges::ratio_height(style, width, &edges);
    let heights = Heights {
        definite: definite.map(|height| (height - frame.vertical()).max(Pt::ZERO)),
        min: edges::clamp_height(style, by_ratio, room.height, frame.vertical()) - frame.vertical(),
        max: edges::clamp_height(style, Pt::HUGE, room.height, frame.vertical()) - frame.vertical(),
    };
    let mut items = Items::new(container, measure, Some(inner_width));
    let space = AvailableSpace::Definite(inner_width.0);
    let arranged =
        items.arrange(style, Asked { width: Some(inner_width), space, heights: Some(heights) });
    let at = Point::new(frame.left, frame.top);
    let within = Within {
        left: frame.left,
        width: inner_width,
        style: container.style,
        node: container.node,
    };
    let placed = items.fragments(&arranged, heights.definite, at, within);
    let mut rows = rows::group(placed);
    let gap = style.arrangement.as_ref().map_or(Length::ZERO, |own| own.row_gap);
    let bottom = Depth::from(frame.top) + arranged.size.height;
    let bottom = rows::set_exactly(&mut rows, gap.resolve(inner_width), bottom);
    let height = definite.map_or(bottom + frame.bottom, Depth::from);
    let mut fragment = Fragment {
        style: container.style,
        size: Size::new(width, height.pt()),
        border: edges.border,
        padding: edges.padding,
        margin_top: edges.margin.top,
        margin_bottom: edges.margin.bottom,
        mark: container.mark,
        body: Body::Rows(rows),
        extra: container.extra.as_ref().map(|extra| {
            Box::new(FragmentExtra { names: BoxNames::of(extra), ..FragmentExtra::default() })
        }),
    };
    fragment.set_height(height);
    fragment
}

/// What a container is arranged for; all sizes are of its content box.
#[derive(Clone, Copy)]
struct Asked {
    width: Option<Pt>,
    space: AvailableSpace,
    /// `None`: only widths matter, nothing is measured.
    heights: Option<Heights>,
}

#[derive(Clone, Copy)]
struct Heights {
    definite: Option<Pt>,
    min: Pt,
    max: Pt,
}

/// Where things came to stand: the container's content box and each item's border box in it.
struct Arranged {
    size: Size,
    items: Vec<Rect>,
}

/// A container's items in the order of `order`.
struct Items<'a> {
    measure: &'a dyn Measure,
    is_grid: bool,
    children: Vec<&'a LayoutBox>,
    /// The container's content width, where it is known.
    base: Option<Pt>,
    /// Each item's last measured fragment with the width that it was measured for.
    measured: Vec<Option<(Pt, Fragment)>>,
}

impl<'a> Items<'a> {
    fn new(container: &'a LayoutBox, measure: &'a dyn Measure, base: Option<Pt>) -> Items<'a> {
        let (is_grid, children) = match &container.contents {
            Contents::Flex(children) => (false, children.as_slice()),
            Contents::Grid(children) => (true, children.as_slice()),
            _ => (false, [].as_slice()),
        };
        if children.len() > MAX_ITEMS {
            let message = format!("a flex or grid container has at most {MAX_ITEMS} items");
            let error = Diagnostic::error("layout/container-items", message)
                .help("use plain blocks or a table for long lists");
            let span = container.node.and_then(|node| measure.span(node));
            measure.report(match span {
                Some(span) => error.at(span, "this container"),
                None => error,
            });
        }
        let mut children: Vec<&LayoutBox> = children.iter().take(MAX_ITEMS).collect();
        let order = |child: &LayoutBox| {
            measure.style(child.style).arrangement.as_ref().map_or(0, |own| own.order)
        };
        children.sort_by_key(|child| order(child));
        let measured = children.iter().map(|_| None).collect();
        Items { measure, is_grid, children, base, measured }
    }

    fn arrange(&mut self, style: &ComputedStyle, asked: Asked) -> Arranged {
        let mut tree: TaffyTree<usize> = TaffyTree::with_capacity(self.children.len() + 1);
        tree.disable_rounding();
        let mut nodes = Vec::with_capacity(self.children.len());
        for (index, child) in self.children.iter().enumerate() {
            let item = adapt::item(self.measure, style, child, self.base);
            nodes.extend(tree.new_leaf_with_context(item, index));
        }
        let mut root = adapt::container(style, self.is_grid, self.base);
        root.size.width = asked.width.map_or(taffy::Dimension::auto(), adapt::dimension);
        if let Some(heights) = asked.heights {
            root.size.height = heights.definite.map_or(taffy::Dimension::auto(), adapt::dimension);
            root.min_size.height = taffy::LengthPercentageAuto::length(heights.min.0);
            root.max_size.height = taffy::LengthPercentageAuto::length(heights.max.0);
        }
        let Ok(root) = tree.new_with_children(root, &nodes) else {
            return Arranged { size: Size::default(), items: Vec::new() };
        };
        let space = taffy::Size { width: asked.space, height: AvailableSpace::MaxContent };
        let with_heights = asked.heights.is_some();
        let computed = tree.compute_layout_with_measure(
            root,
            space,
            |input, _, index, item_style| match index {
                Some(index) => self.leaf(*index, input, item_style, with_heights),
                None => LayoutOutput::HIDDEN,
            },
        );
        let layout = |node| tree.layout(node).copied().unwrap_or_default();
        let rect = |layout: taffy::Layout| {
            let (at, size) = (layout.location, layout.size);
            Rect::new(Pt(at.x), Pt(at.y), Pt(size.width), Pt(size.height))
        };
        match computed {
            Ok(()) => Arranged {
                size: rect(layout(root)).size,
                items: nodes.iter().map(|node| rect(layout(*node))).collect(),
            },
            Err(_) => Arranged { size: Size::default(), items: Vec::new() },
        }
    }

    /// Answers the library's question for one item's size.
    fn leaf(
        &mut self,
        index: usize,
        input: LayoutInput,
        style: &taffy::Style,
        with_heights: bool,
    ) -> LayoutOutput {
        let Some(child) = self.children.get(index).copied() else { return LayoutOutput::HIDDEN };
        let frame =
            Edges::of(self.measure.style(child.style), self.base.unwrap_or_default()).frame();
        let width_known = input.known_dimensions.width.is_some() || !style.size.width.is_auto();
        let mut baseline = None;
        let mut output = taffy::compute_leaf_layout(
            input,
            style,
            |_, _| 0.0,
            |_, space| {
                let content =
                    || self.measure.memo().widths(child, || self.measure.content_widths(child));
                let outer = match space.width {
                    AvailableSpace::Definite(width) if width_known => {
                        Pt(width) + frame.horizontal()
                    }
                    AvailableSpace::Definite(width) => {
                        edges::shrink_to_fit(content(), Pt(width) + frame.horizontal())
                    }
                    AvailableSpace::MinContent => content().min,
                    AvailableSpace::MaxContent => content().max,
                };
                let wants_height = with_heights && input.axis != RequestedAxis::Horizontal;
                let height = if wants_height {
                    let natural = self.natural(index, child, outer);
                    baseline = natural.1;
                    natural.0
                } else {
                    frame.vertical()
                };
                taffy::Size {
                    width: (outer - frame.horizontal()).max(Pt::ZERO).0,
                    height: (height - frame.vertical()).max(Pt::ZERO).0,
                }
            },
        );
        output.baselines = Baselines::from_first(baseline.map(|baseline| baseline.0));
        output
    }

    /// The room of an item whose width is decided.
    fn room(&self, width: Pt) -> Room {
        Room { forced_width: Some(width), ..Room::of_width(self.base.unwrap_or(width)) }
    }

    /// The item's height and first baseline at that width.
    fn natural(&mut self, index: usize, child: &LayoutBox, width: Pt) -> Natural {
        let (measure, room) = (self.measure, self.room(width));
        if let Some(natural) = measure.memo().natural(child, room) {
            return natural;
        }
        let fragment = measure.measure(child, room);
        let natural = (fragment.size.height, inside::first_baseline(&fragment));
        measure.memo().keep_natural(child, room, natural);
        if let Some(slot) = self.measured.get_mut(index) {
            *slot = Some((width, fragment));
        }
        natural
    }

    /// The items' fragments in their places; `at` is the content box's corner.
    fn fragments(
        &mut self,
        arranged: &Arranged,
        inner_height: Option<Pt>,
        at: Point,
        within: Within,
    ) -> Vec<Placed> {
        let mut placed = Vec::with_capacity(arranged.items.len());
        let measured = std::mem::take(&mut self.measured);
        let items = self.children.iter().zip(&arranged.items).zip(measured);
        for ((child, rect), known) in items {
            let room = self.room(rect.size.width);
            let known = known.filter(|(width, _)| same(*width, rect.size.width));
            let natural = self.measure.memo().natural(child, room).map(|(height, _)| height);
            let is_lower = natural.is_none_or(|height| height > rect.size.height);
            let keeps = natural.is_some_and(|height| same(height, rect.size.height))
                || !self.depends_on_height(child, is_lower);
            let mut fragment = match known {
                Some((_, fragment)) if keeps => fragment,
                _ if keeps => self.measure.measure(child, room),
                _ => {
                    let forced_height = Some(rect.size.height);
                    self.measure
                        .measure(child, Room { height: inner_height, forced_height, ..room })
                }
            };
            fragment.set_height(rect.size.height.into());
            let mut one = Placed { at: (rect.origin + at).into(), fragment };
            reach::mark(self.measure, child, &mut one, within, true);
            placed.push(one);
        }
        placed
    }

    /// Whether a box comes out differently inside when it is made higher or lower. Measuring again
    /// only then keeps deeply nested containers from being measured over and over.
    fn depends_on_height(&self, child: &LayoutBox, is_lower: bool) -> bool {
        if is_lower && self.measure.style(child.style).fit.is_some() {
            return true;
        }
        if child.extra.as_ref().is_some_and(|extra| !extra.out_of_flow.is_empty()) {
            return true;
        }
        match &child.contents {
            Contents::Inline(_) => false,
            Contents::Blocks(_) => edges::asks_for_share(child, self.measure),
            _ => true,
        }
    }
}

/// Equal but for rounding.
fn same(a: Pt, b: Pt) -> bool {
    (a - b).abs() < Pt(0.01)
}
