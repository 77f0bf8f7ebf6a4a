//! A parsed drawing → painted items.

use std::sync::Arc;

use usvg::{ImageKind, Node, PaintOrder, Tree};

use super::{DrawingFonts, glyphs, jpeg, outline, png};
use crate::geom::{Point, Pt, Rect, Size, Transform};
use crate::layout::page::{Group, Item, Mark, Paint, Path, Segment};

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
    let mut painter = Painter { fonts, paints: Vec::new() };
    let within = visible_part(rect, clip, across, down);
    let bounds = tree.root().abs_stroke_bounding_box();
    let fits = bounds.left() >= within.origin.x.0
        && bounds.top() >= within.origin.y.0
        && bounds.right() <= within.right().0
        && bounds.bottom() <= within.bottom().0;
    let clip = (!fits).then(|| Arc::new(rectangle(within)));
    painter.paints.push(Paint::Push(Group { transform: Some(map), clip, opacity: 1.0 }));
    painter.group(tree.root());
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

struct Painter<'a> {
    fonts: &'a DrawingFonts,
    paints: Vec<Paint>,
}

/// What is still to be done, so that nesting takes no stack.
enum Step<'a> {
    Paint(&'a Node),
    /// Ends so many groups.
    Pop(usize),
}

impl Painter<'_> {
    fn group(&mut self, root: &usvg::Group) {
        let mut pending = Vec::new();
        self.open(root, &mut pending);
        while let Some(step) = pending.pop() {
            match step {
                Step::Pop(count) => self.paints.extend((0..count).map(|_| Paint::Pop)),
                Step::Paint(Node::Group(group)) => self.open(group, &mut pending),
                Step::Paint(Node::Path(path)) => self.path(path),
                Step::Paint(Node::Image(image)) => self.image(image),
                Step::Paint(Node::Text(text)) => match glyphs::paint(text, self.fonts) {
                    Some(paints) => self.paints.extend(paints),
                    None => self.open(text.flattened(), &mut pending),
                },
            }
        }
    }

    /// Starts a group and plans its children.
    fn open<'a>(&mut self, group: &'a usvg::Group, pending: &mut Vec<Step<'a>>) {
        let transform = group.transform();
        let opacity = group.opacity().get();
        let mut opened = 0;
        let transform = (!transform.is_identity()).then(|| outline::transform(transform));
        let mut clips = clips(group.clip_path()).into_iter();
        let clip = clips.next().map(Arc::new);
        if transform.is_some() || opacity < 1.0 || clip.is_some() {
            self.paints.push(Paint::Push(Group { transform, clip, opacity }));
            opened += 1;
        }
        for clip in clips {
            let clip = Some(Arc::new(clip));
            self.paints.push(Paint::Push(Group { transform: None, clip, opacity: 1.0 }));
            opened += 1;
        }
        pending.push(Step::Pop(opened));
        pending.extend(group.children().iter().rev().map(Step::Paint));
    }

    fn path(&mut self, path: &usvg::Path) {
        if !path.is_visible() {
            return;
        }
        let outline = Arc::new(outline::path(path.data(), &Transform::IDENTITY));
        let fill = path.fill().and_then(outline::fill);
        let stroke = path.stroke().and_then(outline::stroke);
        let part = |fill, stroke| Paint::Path { path: Arc::clone(&outline), fill, stroke };
        match (fill, stroke, path.paint_order()) {
            (None, None, _) => {}
            (Some(fill), Some(stroke), PaintOrder::StrokeAndFill) => {
                self.paints.push(part(None, Some(stroke)));
                self.paints.push(part(Some(fill), None));
            }
            (fill, stroke, _) => self.paints.push(part(fill, stroke)),
        }
    }

    fn image(&mut self, image: &usvg::Image) {
        if !image.is_visible() {
            return;
        }
        let decoded = match image.kind() {
            ImageKind::PNG(bytes) => png::decode(bytes),
            ImageKind::JPEG(bytes) => jpeg::read(bytes),
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

/// The outlines that a clip path and those on itself allow: what is inside all of them is seen.
fn clips(clip: Option<&usvg::ClipPath>) -> Vec<Path> {
    let mut outlines = Vec::new();
    let mut next = clip;
    while let Some(clip) = next.filter(|_| outlines.len() < 16) {
        let mut segments = Vec::new();
        let mut pending = vec![(clip.root(), outline::transform(clip.transform()))];
        while let Some((group, outer)) = pending.pop() {
            let map = outer.then_inner(&outline::transform(group.transform()));
            for child in group.children() {
                match child {
                    Node::Group(child) => pending.push((child, map)),
                    Node::Path(path) => segments.extend(outline::path(path.data(), &map).segments),
                    Node::Text(text) => pending.push((text.flattened(), map)),
                    Node::Image(_) => {}
                }
            }
        }
        outlines.push(Path { segments });
        next = clip.clip_path();
    }
    outlines
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
        let drawing = svg::parse(text.as_bytes(), &DrawingFonts::default()).unwrap();
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
