//! Multi-column containers: what stands in columns, and what spans them (CSS Multi-column 1 §6).

use crate::layout::boxes::{ColumnsBox, Contents, LayoutBox};
use crate::style::{Display, StyleId};

use super::boxes::Generator;

impl Generator<'_> {
    /// Puts a block container's content into columns where its style asks for them: a box with
    /// `column-span: all` stands between the columns before it and those after it.
    pub(super) fn in_columns(&mut self, mut content: LayoutBox) -> LayoutBox {
        let container = content.style;
        let asks = self.styles.get(container).columns.as_ref();
        if !asks.is_some_and(|own| own.count.is_some() || own.width.is_some()) {
            return content;
        }
        let inside = std::mem::replace(&mut content.contents, Contents::Blocks(Vec::new()));
        let children = match inside {
            Contents::Blocks(children) => children,
            Contents::Inline(inline) => {
                let style = self.styles.anonymous(container, Display::Block);
                vec![self.anonymous_box(&content, style, Contents::Inline(inline))]
            }
            other => {
                content.contents = other;
                return content;
            }
        };
        let mut blocks: Vec<LayoutBox> = Vec::new();
        let mut run: Vec<LayoutBox> = Vec::new();
        for child in children {
            let spans = self.styles.get(child.style).columns.as_ref().is_some_and(|c| c.span_all);
            if !spans {
                run.push(child);
                continue;
            }
            blocks.extend(self.column_run(&content, std::mem::take(&mut run), container));
            blocks.push(child);
        }
        blocks.extend(self.column_run(&content, run, container));
        content.contents = Contents::Blocks(blocks);
        content
    }

    fn column_run(
        &mut self,
        around: &LayoutBox,
        run: Vec<LayoutBox>,
        container: StyleId,
    ) -> Option<LayoutBox> {
        if run.is_empty() {
            return None;
        }
        let root = self.styles.anonymous(container, Display::FlowRoot);
        let content = self.anonymous_box(around, root, Contents::Blocks(run));
        let style = self.styles.anonymous(container, Display::Block);
        let columns = Box::new(ColumnsBox { content, container, node: around.node });
        Some(self.anonymous_box(around, style, Contents::Columns(columns)))
    }

    fn anonymous_box(&self, around: &LayoutBox, style: StyleId, contents: Contents) -> LayoutBox {
        LayoutBox { style, node: None, mark: around.mark, contents, extra: None }
    }
}
