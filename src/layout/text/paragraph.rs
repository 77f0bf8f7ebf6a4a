//! A prepared paragraph.

use crate::geom::{Point, Pt};
use crate::layout::boxes::Inline;
use crate::layout::fragment::Lines;
use crate::layout::measure::Intrinsic;
use crate::style::ComputedStyle;

use super::TextContext;

/// A paragraph that is ready to be measured at any width.
pub struct Paragraph<'a> {
    inline: &'a Inline,
    block: &'a ComputedStyle,
    context: TextContext<'a>,
}

impl<'a> Paragraph<'a> {
    pub(super) fn new(inline: &'a Inline, block: &'a ComputedStyle, context: TextContext<'a>) -> Paragraph<'a> {
        Paragraph { inline, block, context }
    }

    /// The content widths that the text asks for (CSS Sizing 3 §5.1), padding and border of the
    /// block container not included.
    pub fn intrinsic(&self) -> Intrinsic {
        let _ = (self.inline, self.block, &self.context);
        Intrinsic::default()
    }

    /// The lines at a content width; `origin` is the content box's corner in the border box.
    pub fn lines(&self, _width: Pt, _origin: Point) -> Lines {
        Lines::default()
    }
}
