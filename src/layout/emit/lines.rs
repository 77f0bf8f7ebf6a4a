//! Lines of text: letters, rules, inline boxes, links.

use std::sync::Arc;

use crate::geom::{Point, Sides};
use crate::layout::boxes::STATIC_PLACE;
use crate::layout::fragment::{Line, Piece};
use crate::layout::page::Paint;
use crate::style::{Direction, Visibility};

use super::painter::Painter;

impl Painter<'_> {
    /// Paints a line of a block whose border box starts at `origin`.
    pub fn line(&mut self, line: &Line, origin: Point) {
        let baseline = Point::new(origin.x + line.x, origin.y + line.y + line.baseline);
        for piece in &line.pieces {
            match piece {
                Piece::Glyphs { run, mark } => {
                    let mut run = (**run).clone();
                    run.origin = run.origin + baseline;
                    self.paint(*mark, Paint::Glyphs(run));
                }
                Piece::InlineBox { rect, style, first, last } => {
                    let style = self.style(*style);
                    if style.visibility != Visibility::Visible {
                        continue;
                    }
                    let (left, right) = match style.direction {
                        Direction::Ltr => (*first, *last),
                        Direction::Rtl => (*last, *first),
                    };
                    let border = style.border.map(|border| border.width);
                    let has = Sides { top: true, right, bottom: true, left };
                    self.decoration(style, rect.moved(baseline), border, has);
                }
                Piece::Rule { rect, color, mark } => {
                    self.paint(*mark, Paint::Rect { rect: rect.moved(baseline), fill: *color });
                }
                Piece::Atomic(placed) => self.fragment(&placed.fragment, baseline + placed.at),
                Piece::Link { rect, link } => self.link(link, rect.moved(baseline)),
                Piece::Anchor { name, x } => {
                    let at = Point::new(baseline.x + *x, baseline.y - line.baseline);
                    if self.artifact.is_none() && !name.starts_with(STATIC_PLACE) {
                        self.painted.anchors.push((Arc::clone(name), at));
                    }
                }
            }
        }
    }
}
