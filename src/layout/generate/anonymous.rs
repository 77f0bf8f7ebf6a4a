//! The styles that layout adds to those of the cascade: of anonymous boxes, and of boxes that keep
//! with the next.

use std::sync::Arc;

use rustc_hash::FxHashMap;

use crate::style::*;

/// The styles of a document with those of its anonymous boxes behind them.
#[derive(Debug)]
pub struct StyleTable {
    /// All styles; the tables by node are empty, since boxes name their styles.
    pub styled: Styled,
    anonymous: FxHashMap<(StyleId, Display), StyleId>,
    keeping: FxHashMap<StyleId, StyleId>,
}

impl StyleTable {
    /// The styles of `styled`, to be added to.
    pub fn of(styled: &Styled) -> StyleTable {
        let styled = Styled {
            styles: styled.styles.clone(),
            of_node: Vec::new(),
            pseudo: Vec::new(),
            pages: styled.pages.clone(),
            font_faces: styled.font_faces.clone(),
        };
        StyleTable { styled, anonymous: FxHashMap::default(), keeping: FxHashMap::default() }
    }

    /// The style behind an id.
    pub fn get(&self, id: StyleId) -> &ComputedStyle {
        self.styled.style(id)
    }

    /// The style of an anonymous box inside a box of style `parent`.
    pub fn anonymous(&mut self, parent: StyleId, display: Display) -> StyleId {
        if let Some(id) = self.anonymous.get(&(parent, display)) {
            return *id;
        }
        let id = self.add(ComputedStyle::anonymous(self.get(parent), display));
        self.anonymous.insert((parent, display), id);
        id
    }

    /// The style of a footnote's box: the element's own, as a block of the notes' area.
    pub fn footnote(&mut self, id: StyleId) -> StyleId {
        let own = ComputedStyle::clone(self.get(id));
        self.add(ComputedStyle { display: Display::Block, float: Float::None, ..own })
    }

    /// The style `id`, kept with what follows unless it asks for a break of its own.
    pub fn keeping_with_next(&mut self, id: StyleId) -> StyleId {
        if self.get(id).break_after != Break::Auto {
            return id;
        }
        if let Some(known) = self.keeping.get(&id) {
            return *known;
        }
        let kept = self.add(ComputedStyle { break_after: Break::Avoid, ..self.get(id).clone() });
        self.keeping.insert(id, kept);
        kept
    }

    /// The style `id` without its background, which is painted elsewhere.
    pub fn without_background(&mut self, id: StyleId) -> StyleId {
        let style = self.get(id);
        if !style.has_background() {
            return id;
        }
        let bare = ComputedStyle {
            background_color: Color::TRANSPARENT,
            background: Arc::from([]),
            ..style.clone()
        };
        self.add(bare)
    }

    /// Adds a style.
    pub fn add(&mut self, style: ComputedStyle) -> StyleId {
        let id = StyleId(u32::try_from(self.styled.styles.len()).unwrap_or(u32::MAX));
        self.styled.styles.push(Arc::new(style));
        id
    }
}
