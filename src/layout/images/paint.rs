//! A parsed drawing → painted items.

use std::sync::Arc;

use usvg::{BlendMode, ImageKind, Node, PaintOrder, Tree};

use super::{DrawingFonts, clips, glyphs, jpeg, outline, png, tiles, unsupported};
use crate::geom::{Point, Pt, Rect, Size, Transform};
use crate::layout::page::{Blend, Group, Isolation, Item, Mark, Mask, Paint, Path, Segment};

/// Paints `tree` so that its viewport fills `rect`, which may reach out of `clip` (`object-fit:
/// cover`): nothing is painted outside of `clip`, nor outside of the viewport. All items bear
/// `mark`.
pub fn paint_svg(
    tree: &Tree,
    rect: Rect,
    clip: Rect,
    mark: Mark,
    fonts: &DrawingFonts,
) -> Vec<Item> {
    let size = tree.size();
    let (across, down) = (rect.size.width.0 / size.width(), rect.size.height.0 / size.height());
    if !(across.is_finite() && down.is_finite()) || across <= 0.0 || down <= 0.0 {
        return Vec::new();
    }
    let map =
        Transform { a: across, b: 0.0, c: 0.0, d: down, e: rect.origin.x.0, f: rect.origin.y.0 };
    let mut painter = Painter::new(tree, fonts);
    let within = visible_part(rect, clip, across, down);
    let bounds = tree.root().abs_stroke_bounding_box();
    let fits = bounds.left() >= within.origin.x.0
        && bounds.top() >= within.origin.y.0
        && bounds.right() <= within.right().0
        && bounds.bottom() <= within.bottom().0;
    let clip = (!fits).then(|| Arc::new(rectangle(within)));
    painter.paints.push(Paint::Push(Group { transform: Some(map), clip, opacity: 1.0 }));
    // A drawing is blended within itself only (CSS Compositing 1 §5).
    let isolation = Arc::new(Isolation { blend: Blend::Normal, mask: None });
    let isolated = painter.blends.then_some(Paint::Isolate(isolation));
    let ends = isolated.is_some().then_some(Paint::Pop);
    painter.paints.extend(isolated);
    painter.group(tree.root());
    painter.paints.extend(ends);
    painter.paints.push(Paint::Pop);
    painter.paints.into_iter().map(|paint| Item { mark, paint }).collect()
}

/// The part of the viewport inside `clip`, in the drawing's own units.
fn visible_part(rect: Rect, clip: Rect, across: f32, down: f32) -> Rect {
    let left = clip.origin.x.max(rect.origin.x) - rect.origin.x;
    let top = clip.origin.y.max(rect.origin.y) - rect.origin.y;
    let right = clip.right().min(rect.right()) - rect.origin.x;
    let bottom = clip.bottom().min(rect.bottom()) - rect.origin.y;
    let (width, height) = ((right - left).max(Pt::ZERO), (bottom - top).max(Pt::ZERO));
    Rect::new(left / across, top / down, width / across, height / down)
}

fn rectangle(rect: Rect) -> Path {
    let (left, top) = (rect.origin.x, rect.origin.y);
    let (right, bottom) = (rect.right(), rect.bottom());
    let segments = vec![
        Segment::Move(Point::new(left, top)),
        Segment::Line(Point::new(right, top)),
        Segment::Line(Point::new(right, bottom)),
        Segment::Line(Point::new(left, bottom)),
        Segment::Close,
    ];
    Path { segments }
}

/// How patterns in patterns and masks on masks may nest.
const MOST_NESTED: usize = 6;
/// More paints than any drawing needs once patterns are laid out.
const MOST_PAINTS: usize = 1_000_000;

struct Painter<'a> {
    fonts: &'a DrawingFonts,
    paints: Vec<Paint>,
    /// How deep in patterns and masks, whose letters are shapes only.
    depth: usize,
    /// Whether anything is blended, so that isolated groups make a difference.
    blends: bool,
}

/// What is still to be done, so that nesting takes no stack.
enum Step<'a> {
    Paint(&'a Node),
    /// Ends so many groups.
    Pop(usize),
}

impl<'a> Painter<'a> {
    fn new(tree: &Tree, fonts: &'a DrawingFonts) -> Painter<'a> {
        let blends = unsupported::any_group(tree, |group| group.blend_mode() != BlendMode::Normal);
        Painter { fonts, paints: Vec::new(), depth: 0, blends }
    }

    fn group(&mut self, root: &usvg::Group) {
        let mut pending = Vec::new();
        self.open(root, &mut pending);
        while let Some(step) = pending.pop() {
            match step {
                Step::Pop(count) => self.paints.extend((0..count).map(|_| Paint::Pop)),
                Step::Paint(_) if self.paints.len() > MOST_PAINTS => {}
                Step::Paint(Node::Group(group)) => self.open(group, &mut pending),
                Step::Paint(Node::Path(path)) => self.path(path),
                Step::Paint(Node::Image(image)) => self.image(image, &mut pending),
                Step::Paint(Node::Text(text)) => self.text(text, &mut pending),
            }
        }
    }

    /// Starts a group and plans its children.
    fn open<'b>(&mut self, group: &'b usvg::Group, pending: &mut Vec<Step<'b>>) {
        let before = self.paints.len();
        let transform = group.transform();
        let transform = (!transform.is_identity()).then(|| outline::transform(transform));
        let opacity = group.opacity().get();
        let blend = blend(group.blend_mode());
        // What is blended is blended last, with its opacity inside.
        let (outer, inner) = if blend == Blend::Normal { (opacity, 1.0) } else { (1.0, opacity) };
        if transform.is_some() || outer < 1.0 {
            self.paints.push(Paint::Push(Group { transform, clip: None, opacity: outer }));
        }
        self.paints.extend(clips::groups(group.clip_path()));
        if blend != Blend::Normal || self.blends && group.isolate() {
            let isolation = Isolation { blend, mask: None };
            self.paints.push(Paint::Isolate(Arc::new(isolation)));
        }
        if let Some(mask) = group.mask() {
            self.mask(mask);
        }
        if inner < 1.0 {
            self.paints.push(Paint::Push(Group { transform: None, clip: None, opacity: inner }));
        }
        pending.push(Step::Pop(self.paints.len() - before));
        pending.extend(group.children().iter().rev().map(Step::Paint));
    }

    /// Starts the groups of a mask and of those on itself.
    fn mask(&mut self, mask: &usvg::Mask) {
        let mut next = Some(mask);
        let mut count = 0;
        while let Some(mask) = next.filter(|_| self.depth < MOST_NESTED && count < MOST_NESTED) {
            let rect = mask.rect();
            let (left, top) = (Pt(rect.x()), Pt(rect.y()));
            let area = rectangle(Rect::new(left, top, Pt(rect.width()), Pt(rect.height())));
            let paints = self.apart(|painter| {
                painter.paints.push(clips::inside(area, false));
                painter.group(mask.root());
                painter.paints.push(Paint::Pop);
            });
            let luminance = mask.kind() == usvg::MaskType::Luminance;
            let mask_of_group = Some(Mask { paints, luminance });
            let isolation = Isolation { blend: Blend::Normal, mask: mask_of_group };
            self.paints.push(Paint::Isolate(Arc::new(isolation)));
            next = mask.mask();
            count += 1;
        }
    }

    /// What `work` paints, taken apart from the rest.
    fn apart(&mut self, work: impl FnOnce(&mut Painter)) -> Vec<Paint> {
        let around = std::mem::take(&mut self.paints);
        self.depth += 1;
        work(self);
        self.depth -= 1;
        std::mem::replace(&mut self.paints, around)
    }

    fn path(&mut self, path: &usvg::Path) {
        if !path.is_visible() {
            return;
        }
        let outline = Arc::new(outline::path(path.data(), &Transform::IDENTITY));
        let plain = |fill: &usvg::Fill| {
            let even_odd = fill.rule() == usvg::FillRule::EvenOdd;
            outline::fill(fill.paint(), fill.opacity().get(), even_odd, outline.bounds())
        };
        // Filling a line paints nothing in SVG, but a thread of colour in PDF (ISO 32000-1 8.5.3.1).
        let filled = path.fill().filter(|_| !outline.is_flat());
        let fill = filled.and_then(plain);
        let stroke = path.stroke().and_then(outline::stroke);
        // Fill and line in one go where a path operator can draw both.
        let simple =
            filled.is_none_or(|_| fill.is_some()) && path.stroke().is_none_or(|_| stroke.is_some());
        if simple && path.paint_order() == PaintOrder::FillAndStroke {
            if fill.is_some() || stroke.is_some() {
                self.paints.push(Paint::Path { path: outline, fill, stroke });
            }
            return;
        }
        let line_first = path.paint_order() == PaintOrder::StrokeAndFill;
        for line in [line_first, !line_first] {
            match (line, filled, path.stroke()) {
                (false, Some(from), _) => {
                    let even_odd = from.rule() == usvg::FillRule::EvenOdd;
                    self.fill(&outline, from.paint(), from.opacity().get(), even_odd);
                }
                (true, _, Some(from)) => self.line(path, &outline, from),
                _ => {}
            }
        }
    }

    fn line(&mut self, path: &usvg::Path, outline: &Arc<Path>, from: &usvg::Stroke) {
        if let Some(stroke) = outline::stroke(from) {
            let stroke = Some(stroke);
            self.paints.push(Paint::Path { path: Arc::clone(outline), fill: None, stroke });
        } else if let Some(around) = outline::stroked(path.data(), from) {
            let around = Arc::new(outline::path(&around, &Transform::IDENTITY));
            self.fill(&around, from.paint(), from.opacity().get(), false);
        }
    }

    fn fill(&mut self, path: &Arc<Path>, paint: &usvg::Paint, opacity: f32, even_odd: bool) {
        if let usvg::Paint::Pattern(pattern) = paint {
            self.pattern(path, pattern, opacity, even_odd);
        } else if let Some(fill) = outline::fill(paint, opacity, even_odd, path.bounds()) {
            let fill = Some(fill);
            self.paints.push(Paint::Path { path: Arc::clone(path), fill, stroke: None });
        }
    }

    /// Draws a pattern's tiles inside an outline.
    fn pattern(&mut self, path: &Arc<Path>, pattern: &usvg::Pattern, opacity: f32, even_odd: bool) {
        let Some(tiles) = tiles::of(pattern, path.bounds()) else { return };
        if self.depth >= MOST_NESTED {
            return;
        }
        let tile = self.apart(|painter| painter.group(pattern.root()));
        if self.paints.len() + tiles.len() * (tile.len() + 2) > MOST_PAINTS {
            return;
        }
        self.paints.push(clips::inside(Path::clone(path), even_odd));
        let transform = Some(outline::transform(pattern.transform()));
        self.paints.push(Paint::Push(Group { transform, clip: None, opacity }));
        let area = pattern.rect();
        let area = Rect::new(Pt::ZERO, Pt::ZERO, Pt(area.width()), Pt(area.height()));
        let clip = Arc::new(rectangle(area));
        for origin in tiles {
            let transform = Transform { e: origin.x.0, f: origin.y.0, ..Transform::IDENTITY };
            let clip = Some(Arc::clone(&clip));
            self.paints.push(Paint::Push(Group { transform: Some(transform), clip, opacity: 1.0 }));
            self.paints.extend(tile.iter().cloned());
            self.paints.push(Paint::Pop);
        }
        self.paints.extend([Paint::Pop, Paint::Pop]);
    }

    /// Text as text. What letters alone cannot show is drawn by their outlines, and the letters
    /// stand on it unseen, so that they can still be read and found.
    fn text<'b>(&mut self, text: &'b usvg::Text, pending: &mut Vec<Step<'b>>) {
        if self.depth > 0 {
            return self.open(text.flattened(), pending);
        }
        match glyphs::paint(text, self.fonts) {
            Some(paints) => self.paints.extend(paints),
            None => {
                self.paints.extend(glyphs::unseen(text, self.fonts));
                self.open(text.flattened(), pending);
            }
        }
    }

    fn image<'b>(&mut self, image: &'b usvg::Image, pending: &mut Vec<Step<'b>>) {
        if !image.is_visible() {
            return;
        }
        let decoded = match image.kind() {
            ImageKind::PNG(bytes) => png::decode(bytes),
            ImageKind::JPEG(bytes) => jpeg::read(bytes),
            ImageKind::SVG(tree) => return self.open(tree.root(), pending),
            _ => return,
        };
        let size = image.size();
        let size = Size::new(Pt(size.width()), Pt(size.height()));
        if let Ok(decoded) = decoded {
            let rect = Rect { origin: Point::default(), size };
            self.paints.push(Paint::Image { image: Arc::new(decoded), rect });
        }
    }
}

fn blend(mode: BlendMode) -> Blend {
    match mode {
        BlendMode::Normal | BlendMode::PlusLighter => Blend::Normal,
        BlendMode::Multiply => Blend::Multiply,
        BlendMode::Screen => Blend::Screen,
        BlendMode::Overlay => Blend::Overlay,
        BlendMode::Darken => Blend::Darken,
        BlendMode::Lighten => Blend::Lighten,
        BlendMode::ColorDodge => Blend::ColorDodge,
        BlendMode::ColorBurn => Blend::ColorBurn,
        BlendMode::HardLight => Blend::HardLight,
        BlendMode::SoftLight => Blend::SoftLight,
        BlendMode::Difference => Blend::Difference,
        BlendMode::Exclusion => Blend::Exclusion,
        BlendMode::Hue => Blend::Hue,
        BlendMode::Saturation => Blend::Saturation,
        BlendMode::Color => Blend::Color,
        BlendMode::Luminosity => Blend::Luminosity,
    }
}

#[cfg(test)]
mod tests {
    use super::super::svg;
    use super::*;
    use crate::layout::boxes::Picture;
    use crate::layout::page::{Artifact, Fill};

    fn paints(inner: &str) -> Vec<Paint> {
        let text =
            format!("<svg xmlns='http://www.w3.org/2000/svg' width='40' height='20'>{inner}</svg>");
        let fonts = DrawingFonts::default();
        let drawing = svg::parse(text.as_bytes(), &fonts, &|_| None).unwrap().replaced;
        let Picture::Vector(tree) = drawing.picture else { panic!("a drawing") };
        let rect = Rect::new(Pt(10.0), Pt(10.0), Pt(80.0), Pt(40.0));
        let mark = Mark::Artifact(Artifact::Layout);
        let items = paint_svg(&tree, rect, rect, mark, &DrawingFonts::default());
        items.into_iter().map(|item| item.paint).collect()
    }

    #[test]
    fn paint_svg_scales_the_viewport_to_the_rect() {
        let paints = paints("<rect width='5' height='5' fill='red'/>");
        let [Paint::Push(group), Paint::Path { fill, .. }, Paint::Pop] = paints.as_slice() else {
            panic!("{paints:?}")
        };
        let map = Transform { a: 2.0, b: 0.0, c: 0.0, d: 2.0, e: 10.0, f: 10.0 };
        assert_eq!(group.transform, Some(map));
        assert!(group.clip.is_none());
        assert!(matches!(fill, Some(Fill::Color { color, .. }) if color.red == 255));
    }

    #[test]
    fn paint_svg_larger_than_viewport_is_clipped() {
        let paints = paints("<rect width='500' height='5'/>");
        assert!(matches!(&paints[0], Paint::Push(group) if group.clip.is_some()));
    }

    #[test]
    fn paint_svg_groups_are_balanced() {
        let paints = paints(
            "<clipPath id='c'><circle r='5'/></clipPath>\
             <g opacity='.5' transform='rotate(9)'><g clip-path='url(#c)'><rect width='5' height='5'/></g></g>",
        );
        let pushes = paints.iter().filter(|paint| matches!(paint, Paint::Push(_))).count();
        let pops = paints.iter().filter(|paint| matches!(paint, Paint::Pop)).count();
        assert_eq!(pushes, pops);
        assert!(pushes >= 3);
    }

    #[test]
    fn paint_svg_line_is_not_filled() {
        let paints = paints("<path d='M1 1L9 5L17 9' stroke='red'/><path d='M1 1L9 5L9 9'/>");
        let fills: Vec<bool> = paints
            .iter()
            .filter_map(|paint| match paint {
                Paint::Path { fill, .. } => Some(fill.is_some()),
                _ => None,
            })
            .collect();
        assert_eq!(fills, [false, true]);
    }

    #[test]
    fn paint_svg_shapes_that_overlap_clip_by_a_mask() {
        let clip = |shapes: &str| {
            let defs = format!("<clipPath id='c'>{shapes}</clipPath>");
            paints(&format!("{defs}<rect width='9' height='9' clip-path='url(#c)'/>"))
        };
        let masked =
            |paints: &[Paint]| paints.iter().any(|paint| matches!(paint, Paint::Isolate(_)));
        let apart = "<rect width='3' height='3'/><rect x='5' width='3' height='3'/>";
        assert!(!masked(&clip(apart)));
        assert!(masked(&clip("<rect width='5' height='3'/><circle cx='4' cy='2' r='3'/>")));
    }

    #[test]
    fn paint_svg_pattern_is_drawn_tile_by_tile() {
        let paints = paints(
            "<pattern id='p' width='5' height='5' patternUnits='userSpaceOnUse'>\
             <rect width='2' height='2'/></pattern><rect width='10' height='5' fill='url(#p)'/>",
        );
        let tiles = paints.iter().filter(|paint| matches!(paint, Paint::Path { .. })).count();
        assert_eq!(tiles, 2);
    }

    #[test]
    fn paint_svg_gradient_keeps_stops() {
        let paints = paints(
            "<linearGradient id='g'><stop offset='0' stop-color='red'/><stop offset='1'/></linearGradient>\
             <rect width='10' height='10' fill='url(#g)'/>",
        );
        let Paint::Path { fill: Some(Fill::Linear { from, to, stops, .. }), .. } = &paints[1]
        else {
            panic!("{paints:?}")
        };
        assert_eq!(stops.len(), 2);
        assert_eq!((from.x, to.x), (Pt(0.0), Pt(10.0)));
    }
}
