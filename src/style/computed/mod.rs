//! Computed values: what the cascade hands to layout.
//!
//! Lengths are absolute ([`Pt`]) or a mix of points and a share of a base that only layout knows
//! ([`Length`]). Names follow the CSS properties that they come from.

mod arrangement;
mod generated;
mod keywords;
mod lengths;
mod painting;
mod text;

use std::sync::Arc;

use crate::geom::{Pt, Sides};
use crate::source::Span;

pub use arrangement::*;
pub use generated::*;
pub use keywords::*;
pub use lengths::*;
pub use painting::*;
pub use text::*;

/// The computed values of one box. Shared by all elements that come out the same.
#[derive(Debug, Clone, PartialEq)]
#[allow(missing_docs)]
pub struct ComputedStyle {
    // Inherited.
    pub font: Font,
    pub color: Color,
    /// Where `color` was set, unless the sheet that is built in did it.
    pub color_place: Option<Span>,
    pub line_height: LineHeight,
    pub text_align: TextAlign,
    /// The character of `text-align` that table cells align on (CSS Text 4 §7.1).
    pub text_align_char: Option<char>,
    pub text_align_last: TextAlign,
    pub text_indent: TextIndent,
    pub text_transform: TextTransform,
    pub letter_spacing: Pt,
    pub word_spacing: Pt,
    pub white_space: WhiteSpace,
    pub text_wrap: TextWrap,
    pub underline: Underline,
    pub tab_size: TabSize,
    pub hyphens: Hyphens,
    /// `hyphenate-limit-chars`: word, before, after; 0 is `auto`, what the language is used to.
    pub hyphenate_limits: (u8, u8, u8),
    pub overflow_wrap: OverflowWrap,
    pub word_break: WordBreak,
    pub direction: Direction,
    pub visibility: Visibility,
    pub list_style: ListStyle,
    pub list_image: Option<Arc<str>>,
    pub list_position: ListPosition,
    pub border_collapse: BorderCollapse,
    /// Horizontal and vertical `border-spacing`.
    pub border_spacing: (Pt, Pt),
    pub caption_side: CaptionSide,
    pub empty_cells: EmptyCells,
    pub orphans: u16,
    pub widows: u16,
    /// `quotes`, pairs from the outermost.
    pub quotes: Option<QuotePairs>,
    /// BCP 47 tag from `lang`, inherited; empty when unknown.
    pub language: Arc<str>,

    // Not inherited.
    pub display: Display,
    pub position: Position,
    /// Whether a box out of the flow would have been inline-level in it.
    pub inline_before: bool,
    /// The name of `position: running(name)`.
    pub running_name: Option<Arc<str>>,
    pub float: Float,
    pub clear: Clear,
    pub overflow: Overflow,
    pub box_sizing: BoxSizing,
    pub unicode_bidi: UnicodeBidi,
    pub width: Extent,
    pub height: Extent,
    pub min_width: Extent,
    pub min_height: Extent,
    /// `Auto` stands for `none`.
    pub max_width: Extent,
    /// `Auto` stands for `none`.
    pub max_height: Extent,
    /// Width ÷ height.
    pub aspect_ratio: Option<f32>,
    pub margin: Sides<Extent>,
    pub padding: Sides<Length>,
    pub border: Sides<Border>,
    /// Top left, top right, bottom right, bottom left, each horizontal and vertical.
    pub border_radius: [(Length, Length); 4],
    /// `outline`, which takes no room.
    pub outline: Border,
    pub outline_offset: Pt,
    /// `top`, `right`, `bottom`, `left`.
    pub inset: Sides<Extent>,
    pub z_index: Option<i32>,
    pub background_color: Color,
    /// Where `background-color` was set.
    pub background_place: Option<Span>,
    /// How far the colour reaches: the lowest layer's `background-clip`.
    pub background_clip: BackgroundBox,
    /// The topmost first.
    pub background: Arc<[BackgroundLayer]>,
    /// The topmost first.
    pub box_shadow: Arc<[Shadow]>,
    pub opacity: f32,
    /// `translate`, `rotate` and `scale` come first.
    pub transform: Arc<[TransformStep]>,
    pub transform_origin: (Length, Length),
    pub vertical_align: VerticalAlign,
    pub decoration: Decoration,
    pub table_layout: TableLayout,
    pub object_fit: ObjectFit,
    pub object_position: (Length, Length),
    pub break_before: Break,
    pub break_after: Break,
    pub break_inside: BreakInside,
    pub decoration_break: DecorationBreak,
    /// `footnote-policy`: what gives way when a note does not fit whole beside its call.
    pub footnote_policy: FootnotePolicy,
    /// `page`: the named page; `None` for `auto`.
    pub page: Option<Arc<str>>,
    pub content: Content,
    /// What is read instead of `content`; empty for what is not read at all.
    pub content_alt: Option<Arc<str>>,
    pub string_set: NamedStrings,
    pub counter_reset: Arc<[(Arc<str>, i32)]>,
    pub counter_increment: Arc<[(Arc<str>, i32)]>,
    pub counter_set: Arc<[(Arc<str>, i32)]>,
    /// `bookmark-level` (CSS GCPM 3 §5): `None` follows the heading, `Some(0)` is `none`.
    pub bookmark_level: Option<u8>,
    pub arrangement: Option<Arc<Arrangement>>,
    pub columns: Option<Arc<Columns>>,
    /// `-dossier-align-char`: table cells align on this character (the decimal mark).
    pub align_char: Option<char>,
    /// `-dossier-table-fit`: what to do with a table wider than its page.
    pub table_fit: TableFit,
    /// `-dossier-fit`: the smallest letters that content too wide or too high for the box is set in;
    /// `None` for `none`.
    pub fit: Option<Pt>,
    /// `-dossier-repeat`: on which pages a row of a table's head or foot stands.
    pub row_repeat: RowRepeat,
}

impl ComputedStyle {
    /// Whether the box starts a formatting context of its own (CSS 2.2 9.4.1). A block container of
    /// `display: table` is generated content: the cell that would be around it does. What is fitted
    /// to its box is measured apart from what is around it.
    pub fn starts_formatting_context(&self) -> bool {
        self.overflow != Overflow::Visible
            || self.fit.is_some()
            || matches!(self.float, Float::Left | Float::Right)
            || matches!(
                self.display,
                Display::FlowRoot
                    | Display::InlineBlock
                    | Display::Table
                    | Display::TableCell
                    | Display::TableCaption
            )
    }

    /// Whether there is a colour or a picture behind the box.
    pub fn has_background(&self) -> bool {
        !self.background_color.is_invisible() || !self.background.is_empty()
    }
}
