//! Initial values, and the styles of boxes that no element stands for.

use std::sync::Arc;

use crate::geom::{Pt, Sides};

use super::computed::*;
use super::draft::Draft;

impl Border {
    /// No border at all.
    pub const NONE: Border =
        Border { width: Pt::ZERO, style: LineStyle::None, color: Color::BLACK };
}

impl Decoration {
    /// No line at all.
    pub const NONE: Decoration = Decoration {
        underline: false,
        overline: false,
        line_through: false,
        style: DecorationStyle::Solid,
        color: None,
        thickness: None,
    };
}

impl Arrangement {
    /// Initial values (CSS Flexbox 1, CSS Grid 1, CSS Box Alignment 3).
    pub const INITIAL: Arrangement = Arrangement {
        flex_direction: FlexDirection::Row,
        flex_wrap: FlexWrap::Nowrap,
        flex_grow: 0.0,
        flex_shrink: 1.0,
        flex_basis: Extent::Auto,
        order: 0,
        align_items: Alignment::Normal,
        align_self: Alignment::Auto,
        align_content: Alignment::Normal,
        justify_items: Alignment::Normal,
        justify_self: Alignment::Auto,
        justify_content: Alignment::Normal,
        row_gap: Length::ZERO,
        column_gap: None,
        grid_template_columns: GridTracks::NONE,
        grid_template_rows: GridTracks::NONE,
        grid_template_areas: None,
        grid_auto_columns: Vec::new(),
        grid_auto_rows: Vec::new(),
        grid_auto_flow: GridFlow::Row,
        grid_row: (GridLine::Auto, GridLine::Auto),
        grid_column: (GridLine::Auto, GridLine::Auto),
    };
}

impl Columns {
    /// Initial values (CSS Multi-column 1).
    pub const INITIAL: Columns = Columns {
        count: None,
        width: None,
        gap: None,
        rule: Border::NONE,
        fill: ColumnFill::Balance,
        span_all: false,
    };
}

impl Font {
    fn initial() -> Font {
        Font {
            families: Arc::from([Arc::from("serif")]),
            size: Pt(12.0),
            weight: 400,
            style: FontStyle::Normal,
            oblique_angle: 14.0,
            optical_sizing: true,
            stretch: 1.0,
            caps: Caps::Normal,
            position: FontPosition::Normal,
            features: Arc::from([]),
            kerning: true,
            variations: Arc::from([]),
        }
    }
}

impl ComputedStyle {
    /// The initial values of all properties: a table with a line for each, which is as long as
    /// they are many, since a structure is made in one piece.
    pub fn initial() -> ComputedStyle {
        let half = Length::share(0.5);
        ComputedStyle {
            font: Font::initial(),
            color: Color::BLACK,
            color_place: None,
            line_height: LineHeight::Normal,
            text_align: TextAlign::Start,
            text_align_char: None,
            text_align_last: TextAlign::Auto,
            text_indent: TextIndent::default(),
            text_transform: TextTransform::None,
            letter_spacing: Pt::ZERO,
            word_spacing: Pt::ZERO,
            white_space: WhiteSpace::Normal,
            text_wrap: TextWrap::Wrap,
            underline: Underline { offset: None, under: false, skip_ink: true },
            tab_size: TabSize::Spaces(8.0),
            hyphens: Hyphens::Manual,
            hyphenate_limits: (0, 0, 0),
            overflow_wrap: OverflowWrap::Normal,
            word_break: WordBreak::Normal,
            direction: Direction::Ltr,
            visibility: Visibility::Visible,
            list_style: ListStyle::Disc,
            list_image: None,
            list_position: ListPosition::Outside,
            border_collapse: BorderCollapse::Separate,
            border_spacing: (Pt::ZERO, Pt::ZERO),
            caption_side: CaptionSide::Top,
            empty_cells: EmptyCells::Show,
            orphans: 2,
            widows: 2,
            quotes: None,
            language: Arc::from(""),
            display: Display::Inline,
            position: Position::Static,
            inline_before: false,
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
            border: Sides::all(Border::NONE),
            border_radius: [(Length::ZERO, Length::ZERO); 4],
            outline: Border::NONE,
            outline_offset: Pt::ZERO,
            inset: Sides::all(Extent::Auto),
            z_index: None,
            background_color: Color::TRANSPARENT,
            background_place: None,
            background_clip: BackgroundBox::BorderBox,
            background: Arc::from([]),
            box_shadow: Arc::from([]),
            opacity: 1.0,
            transform: Arc::from([]),
            transform_origin: (half, half),
            vertical_align: VerticalAlign::Keyword(VerticalKeyword::Baseline),
            decoration: Decoration::NONE,
            table_layout: TableLayout::Auto,
            object_fit: ObjectFit::Fill,
            object_position: (half, half),
            break_before: Break::Auto,
            break_after: Break::Auto,
            break_inside: BreakInside::Auto,
            decoration_break: DecorationBreak::Slice,
            footnote_policy: FootnotePolicy::Auto,
            page: None,
            content: Content::Normal,
            content_alt: None,
            string_set: Arc::from([]),
            counter_reset: Arc::from([]),
            counter_increment: Arc::from([]),
            counter_set: Arc::from([]),
            bookmark_level: None,
            arrangement: None,
            columns: None,
            align_char: None,
            table_fit: TableFit::Report,
            fit: None,
            row_repeat: RowRepeat::Always,
        }
    }

    /// The style of an anonymous box: inherited values come from `parent`, the others are initial
    /// (CSS 2.2 9.2.1.1). Text decoration, which boxes hand on without inheriting it (CSS 2.2
    /// 16.3.1), and the named page stay the parent's, too.
    pub fn anonymous(parent: &ComputedStyle, display: Display) -> ComputedStyle {
        ComputedStyle {
            display,
            decoration: parent.decoration,
            page: parent.page.clone(),
            table_fit: parent.table_fit,
            ..Draft::child_of(parent).style
        }
    }
}
