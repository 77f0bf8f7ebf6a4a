//! The background of the canvas, which the root or the body gives away.

use crate::layout::boxes::{Contents, LayoutBox};
use crate::style::StyleId;

use super::boxes::Generator;
use super::info::named;

impl Generator<'_> {
    /// The style whose background becomes the canvas's: the root's, or where that has none the
    /// body's (CSS 2.2 14.2). The box that gives it away has none of its own.
    pub(super) fn take_canvas(&mut self, root: &mut LayoutBox) -> Option<StyleId> {
        let document = self.document;
        let giver = if self.styles.get(root.style).has_background() {
            root
        } else if let Contents::Blocks(children) = &mut root.contents {
            let is_body = |child: &&mut LayoutBox| {
                child.node.and_then(|node| named(document, node)) == Some("body")
            };
            children.iter_mut().find(is_body)?
        } else {
            return None;
        };
        let own = giver.style;
        giver.style = self.styles.without_background(own);
        (giver.style != own).then_some(own)
    }
}
