//! Styles of anonymous boxes: inherited values of the parent, initial values for the rest
//! (CSS 2.2 9.2.1.1).

use std::sync::Arc;

use rustc_hash::FxHashMap;

use crate::geom::Sides;
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
        let id = self.add(anonymous_style(self.get(parent), display));
        self.anonymous.insert((parent, display), id);
        id
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
        self.styled.styles.push(style);
        id
    }
}

/// The style of an anonymous box: inherited values come from `parent`.
pub fn anonymous_style(parent: &ComputedStyle, display: Display) -> ComputedStyle {
    let no_border =
        Border { width: crate::geom::Pt::ZERO, style: LineStyle::None, color: parent.color };
    ComputedStyle {
        display,
        position: Position::Static,
        running_name: None,
        float: Float::None,
        clear: Clear::None,
        overflow: Overflow::Visible,
        box_sizing: BoxSizing::ContentBox,
        unicode_bidi: UnicodeBidi::Normal,
        width: Extent::Auto,
        height: Extent::Auto,
        min_width: Extent::Auto,
        min_height: Extent::Auto,
        max_width: Extent::Auto,
        max_height: Extent::Auto,
        aspect_ratio: None,
        margin: Sides::all(Extent::Length(Length::ZERO)),
        padding: Sides::all(Length::ZERO),
        border: Sides::all(no_border),
        border_radius: [Length::ZERO; 4],
        inset: Sides::all(Extent::Auto),
        z_index: None,
        background_color: Color::TRANSPARENT,
        background: Arc::from([]),
        opacity: 1.0,
        transform: Arc::from([]),
        vertical_align: VerticalAlign::Keyword(VerticalKeyword::Baseline),
        table_layout: TableLayout::Auto,
        break_before: Break::Auto,
        break_after: Break::Auto,
        break_inside: BreakInside::Auto,
        decoration_break: DecorationBreak::Slice,
        content: Content::Normal,
        string_set: Arc::from([]),
        counter_reset: Arc::from([]),
        counter_increment: Arc::from([]),
        counter_set: Arc::from([]),
        bookmark_level: None,
        arrangement: None,
        columns: None,
        ..parent.clone()
    }
}
