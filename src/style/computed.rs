//! Computed values: what the cascade hands to layout.
//!
//! Lengths are absolute ([`Pt`]) or a mix of points and a share of a base that only layout knows
//! ([`Length`]). Names follow the CSS properties that they come from.

use std::sync::Arc;

use crate::geom::{Pt, Sides};
use crate::source::Span;

/// A length that may depend on the containing block: `points + percent × base`, not below `low` and
/// else not above `high` (CSS Values 4 §10, `calc()`, `min()`, `max()` and `clamp()` of lengths and
/// percentages).
#[derive(Debug, Clone, Copy, PartialEq, Default)]
pub struct Length {
    /// The absolute part.
    pub points: Pt,
    /// The share of the base, 1.0 for 100 %.
    pub share: f32,
    /// What it is at least; only a length with a percentage has bounds.
    pub low: Option<Pt>,
    /// What it is at most, unless `low` is more.
    pub high: Option<Pt>,
}

impl Length {
    /// No length.
    pub const ZERO: Length = Length { points: Pt::ZERO, share: 0.0, low: None, high: None };

    /// An absolute length.
    pub const fn points(points: Pt) -> Length {
        Length { points, ..Length::ZERO }
    }

    /// A percentage, 1.0 for 100 %.
    pub const fn share(share: f32) -> Length {
        Length { share, ..Length::ZERO }
    }

    /// The length for a base that is known.
    pub fn resolve(self, base: Pt) -> Pt {
        let mut length = self.points + base * self.share;
        if let Some(high) = self.high {
            length = length.min(high);
        }
        match self.low {
            Some(low) => length.max(low),
            None => length,
        }
    }

    /// Whether more than a sum decides.
    pub fn has_bounds(self) -> bool {
        self.low.is_some() || self.high.is_some()
    }
}

/// A length or `auto` (`none` for maxima, `normal` for gaps).
#[derive(Debug, Clone, Copy, PartialEq, Default)]
#[allow(missing_docs)]
pub enum Extent {
    #[default]
    Auto,
    MinContent,
    MaxContent,
    FitContent,
    Length(Length),
}

impl Extent {
    /// The length for a base that is known; `None` when layout decides.
    pub fn resolve(self, base: Pt) -> Option<Pt> {
        match self {
            Extent::Length(length) => Some(length.resolve(base)),
            _ => None,
        }
    }
}

/// A colour in sRGB, each channel 0–255, alpha 0.0–1.0.
#[derive(Debug, Clone, Copy, PartialEq)]
#[allow(missing_docs)]
pub struct Color {
    pub red: u8,
    pub green: u8,
    pub blue: u8,
    pub alpha: f32,
}

impl Color {
    /// Opaque black.
    pub const BLACK: Color = Color { red: 0, green: 0, blue: 0, alpha: 1.0 };
    /// Nothing to be seen.
    pub const TRANSPARENT: Color = Color { red: 0, green: 0, blue: 0, alpha: 0.0 };

    /// Whether painting with it changes nothing.
    pub fn is_invisible(&self) -> bool {
        self.alpha <= 0.0
    }
}

macro_rules! keywords {
    ($(#[$meta:meta] $name:ident { $first:ident $(, $rest:ident)* $(,)? })*) => {$(
        #[$meta]
        #[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, Default)]
        #[allow(missing_docs)]
        pub enum $name { #[default] $first $(, $rest)* }
    )*};
}

keywords! {
    /// `display`, outer and inner type in one.
    Display { Inline, Block, InlineBlock, ListItem, FlowRoot, Flex, InlineFlex, Grid, InlineGrid, Table,
        InlineTable, TableRowGroup, TableHeaderGroup, TableFooterGroup, TableRow, TableCell,
        TableColumnGroup, TableColumn, TableCaption, Contents, None }
    /// `position`; `Running` takes the element out of the flow for margin boxes (CSS GCPM 3 §1.2).
    Position { Static, Relative, Absolute, Fixed, Running }
    /// `float`; `Footnote` moves the element to the page's foot (CSS GCPM 3 §2).
    Float { None, Left, Right, Footnote }
    /// `clear`.
    Clear { None, Left, Right, Both }
    /// `overflow`; `Contain` is `auto` and `scroll`, which show all on paper.
    Overflow { Visible, Hidden, Contain }
    /// `visibility`.
    Visibility { Visible, Hidden, Collapse }
    /// `box-sizing`.
    BoxSizing { ContentBox, BorderBox }
    /// `direction`.
    Direction { Ltr, Rtl }
    /// `unicode-bidi`.
    UnicodeBidi { Normal, Embed, Isolate, BidiOverride, IsolateOverride, Plaintext }
    /// `text-align` and `text-align-last` (`Auto` only for the latter).
    TextAlign { Start, End, Left, Right, Center, Justify, Auto }
    /// `text-transform`.
    TextTransform { None, Uppercase, Lowercase, Capitalize }
    /// `white-space`.
    WhiteSpace { Normal, Nowrap, Pre, PreWrap, BreakSpaces, PreLine }
    /// `text-wrap`.
    TextWrap { Wrap, Balance }
    /// `text-decoration-style`.
    DecorationStyle { Solid, Double, Dotted, Dashed, Wavy }
    /// `hyphens`.
    Hyphens { Manual, None, Auto }
    /// `overflow-wrap`.
    OverflowWrap { Normal, Anywhere, BreakWord }
    /// `word-break`.
    WordBreak { Normal, BreakAll, KeepAll }
    /// `vertical-align`'s keywords.
    VerticalKeyword { Baseline, Sub, Super, TextTop, TextBottom, Top, Middle, Bottom }
    /// `font-style`.
    FontStyle { Normal, Italic, Oblique }
    /// `border-style`.
    LineStyle { None, Hidden, Solid, Dashed, Dotted, Double, Groove, Ridge, Inset, Outset }
    /// `break-before`, `break-after`.
    Break { Auto, Avoid, Page, Left, Right, Recto, Verso, Column }
    /// `break-inside`.
    BreakInside { Auto, Avoid }
    /// `box-decoration-break`.
    DecorationBreak { Slice, Clone }
    /// `table-layout`.
    TableLayout { Auto, Fixed }
    /// `border-collapse`.
    BorderCollapse { Separate, Collapse }
    /// `caption-side`.
    CaptionSide { Top, Bottom }
    /// `empty-cells`.
    EmptyCells { Show, Hide }
    /// `list-style-position`.
    ListPosition { Outside, Inside }
    /// `flex-direction`.
    FlexDirection { Row, RowReverse, Column, ColumnReverse }
    /// `flex-wrap`.
    FlexWrap { Nowrap, Wrap, WrapReverse }
    /// `align-*` and `justify-*`, all values together; `Auto` for the `-self` properties.
    Alignment { Normal, Auto, Start, End, FlexStart, FlexEnd, Center, Baseline, Stretch,
        SpaceBetween, SpaceAround, SpaceEvenly }
    /// `grid-auto-flow`.
    GridFlow { Row, Column, RowDense, ColumnDense }
    /// `object-fit`.
    ObjectFit { Fill, Contain, Cover, None, ScaleDown }
    /// `font-variant-caps`.
    Caps { Normal, SmallCaps, AllSmallCaps }
    /// `font-variant-position`.
    FontPosition { Normal, Sub, Super }
    /// One direction of `background-repeat`.
    Repeat { Repeat, NoRepeat, Space, Round }
    /// `background-origin`, `background-clip`.
    BackgroundBox { BorderBox, PaddingBox, ContentBox }
    /// `column-fill`.
    ColumnFill { Balance, Auto }
    /// `footnote-policy` (CSS GCPM 3 §2.7).
    FootnotePolicy { Auto, Line, Block }
}

/// `line-height`.
#[derive(Debug, Clone, Copy, PartialEq, Default)]
#[allow(missing_docs)]
pub enum LineHeight {
    #[default]
    Normal,
    Number(f32),
    Length(Pt),
}

/// `vertical-align`.
#[derive(Debug, Clone, Copy, PartialEq)]
#[allow(missing_docs)]
pub enum VerticalAlign {
    Keyword(VerticalKeyword),
    /// Upwards from the baseline; the share is of the line height.
    Length(Length),
}

/// One side's border; the width is 0 when the style is `none` or `hidden` (CSS Backgrounds 3 §4.3).
#[derive(Debug, Clone, Copy, PartialEq)]
#[allow(missing_docs)]
pub struct Border {
    pub width: Pt,
    pub style: LineStyle,
    pub color: Color,
}

/// `text-decoration-line`, and its colour and thickness.
#[derive(Debug, Clone, Copy, PartialEq)]
#[allow(missing_docs)]
pub struct Decoration {
    pub underline: bool,
    pub overline: bool,
    pub line_through: bool,
    pub style: DecorationStyle,
    pub color: Option<Color>,
    pub thickness: Option<Pt>,
}

/// One shadow of `box-shadow` (CSS Backgrounds 3 §6).
#[derive(Debug, Clone, Copy, PartialEq)]
#[allow(missing_docs)]
pub struct Shadow {
    pub x: Pt,
    pub y: Pt,
    pub blur: Pt,
    /// How much larger than the box.
    pub spread: Pt,
    pub color: Color,
    pub inset: bool,
}

/// `text-indent`.
#[derive(Debug, Clone, Copy, PartialEq, Default)]
#[allow(missing_docs)]
pub struct TextIndent {
    pub length: Length,
    /// All lines but the ones that would be are indented.
    pub hanging: bool,
    /// The lines after forced breaks, too.
    pub each_line: bool,
}

/// `tab-size`.
#[derive(Debug, Clone, Copy, PartialEq)]
#[allow(missing_docs)]
pub enum TabSize {
    Spaces(f32),
    Length(Pt),
}

/// Where underlines stand.
#[derive(Debug, Clone, Copy, PartialEq)]
#[allow(missing_docs)]
pub struct Underline {
    /// `text-underline-offset`: from the baseline down to the line's upper edge; `None` for what
    /// the face says.
    pub offset: Option<Pt>,
    /// `text-underline-position: under`: below all letters.
    pub under: bool,
    /// `text-decoration-skip-ink`: whether the line leaves letters out that reach into it.
    pub skip_ink: bool,
}

/// The list marker's kind, `list-style-type` (CSS Counter Styles 3 §6).
#[derive(Debug, Clone, PartialEq, Eq)]
#[allow(missing_docs)]
pub enum ListStyle {
    None,
    Disc,
    Circle,
    Square,
    Decimal,
    DecimalLeadingZero,
    LowerAlpha,
    UpperAlpha,
    LowerRoman,
    UpperRoman,
    LowerGreek,
    /// A literal marker.
    Text(Arc<str>),
    /// Any other style, with all that it needs.
    Custom(Arc<CounterStyle>),
    /// A style by a name that an `@counter-style` rule may define; the cascade resolves it.
    Named(Arc<str>),
}

/// A counter style (CSS Counter Styles 3 §3).
#[derive(Debug, Clone, PartialEq, Eq)]
#[allow(missing_docs)]
pub struct CounterStyle {
    pub name: Arc<str>,
    pub system: CounterSystem,
    pub symbols: Arc<[Arc<str>]>,
    /// What each symbol of the additive system is worth, the largest first.
    pub additive: Arc<[(u32, Arc<str>)]>,
    /// Around numbers below zero.
    pub negative: (Arc<str>, Arc<str>),
    /// Before and behind the number in a list's marker.
    pub prefix: Arc<str>,
    pub suffix: Arc<str>,
    /// The numbers that it writes; empty for all that its system can.
    pub range: Arc<[(i32, i32)]>,
    /// The least number of characters, and what fills them.
    pub pad: (u16, Arc<str>),
    /// What writes the numbers that it does not; decimal when there is none.
    pub fallback: Option<Arc<CounterStyle>>,
}

/// How a counter style makes numbers of symbols (§3.1).
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
#[allow(missing_docs)]
pub enum CounterSystem {
    Cyclic,
    Numeric,
    Alphabetic,
    Symbolic,
    Additive,
    /// The value of the first symbol.
    Fixed(i32),
}

/// One part of a `content` value.
#[derive(Debug, Clone, PartialEq)]
#[allow(missing_docs)]
pub enum ContentPart {
    Text(Arc<str>),
    /// `attr()`, already looked up on the element by the cascade.
    Counter {
        name: Arc<str>,
        style: ListStyle,
    },
    Counters {
        name: Arc<str>,
        separator: Arc<str>,
        style: ListStyle,
    },
    /// `string(name, which)` of CSS GCPM 3 §1.1.
    NamedString {
        name: Arc<str>,
        which: StringWhich,
    },
    /// `element(name, which)` of CSS GCPM 3 §1.2.
    RunningElement {
        name: Arc<str>,
        which: StringWhich,
    },
    /// `target-counter(url, counter, style)`; `target` is the fragment without its `#`.
    TargetCounter {
        target: Arc<str>,
        counter: Arc<str>,
        style: ListStyle,
    },
    /// `target-text(url, part)`.
    TargetText {
        target: Arc<str>,
        part: TextPart,
    },
    /// `leader(text)`.
    Leader(Arc<str>),
    /// The element's own text (`content(part)` in `string-set`).
    OwnText(TextPart),
    Image(Arc<str>),
    /// A quotation mark by how deep quotations are nested; `shown` is false for `no-open-quote`.
    Quote {
        opens: bool,
        shown: bool,
    },
}

keywords! {
    /// Which of an element's texts `content()` and `target-text()` take.
    TextPart { Content, Before, After, FirstLetter }
    /// Which assignment on a page `string()` and `element()` take.
    StringWhich { First, Start, Last, FirstExcept }
}

/// `content`.
#[derive(Debug, Clone, PartialEq, Default)]
#[allow(missing_docs)]
pub enum Content {
    #[default]
    Normal,
    None,
    Parts(Arc<[ContentPart]>),
}

/// One gradient's colour stop on the page, `at` a share of the gradient line.
#[derive(Debug, Clone, Copy, PartialEq)]
#[allow(missing_docs)]
pub struct Stop {
    pub color: Color,
    pub at: Option<Length>,
}

/// `background-image`.
#[derive(Debug, Clone, PartialEq)]
#[allow(missing_docs)]
pub enum BackgroundImage {
    Url(Arc<str>),
    Gradient(Arc<Gradient>),
}

/// A gradient as it is asked for, before its box is known (CSS Images 4 §3).
#[derive(Debug, Clone, PartialEq)]
#[allow(missing_docs)]
pub struct Gradient {
    pub kind: GradientKind,
    /// Whether the stops repeat along the gradient line.
    pub repeats: bool,
    pub stops: Vec<ColorStop>,
}

/// What a gradient's line is.
#[derive(Debug, Clone, Copy, PartialEq)]
#[allow(missing_docs)]
pub enum GradientKind {
    /// Angle in degrees, 0 to the top, clockwise.
    Linear(f32),
    /// To a corner: whether to the right and to the bottom.
    ToCorner {
        right: bool,
        bottom: bool,
    },
    Radial {
        circle: bool,
        size: RadialSize,
        at: (Length, Length),
    },
    /// Around a point, from an angle on; stops are shares of a full turn.
    Conic {
        from: f32,
        at: (Length, Length),
    },
}

/// How far a radial gradient reaches.
#[derive(Debug, Clone, Copy, PartialEq)]
#[allow(missing_docs)]
pub enum RadialSize {
    ClosestSide,
    FarthestSide,
    ClosestCorner,
    FarthestCorner,
    /// Both radii.
    Explicit(Length, Length),
}

/// A colour on a gradient's line, or a hint where the middle between two colours is.
#[derive(Debug, Clone, Copy, PartialEq)]
#[allow(missing_docs)]
pub struct ColorStop {
    /// `None` for a hint.
    pub color: Option<Color>,
    pub at: Option<Length>,
}

/// `background-size`.
#[derive(Debug, Clone, Copy, PartialEq)]
#[allow(missing_docs)]
pub enum BackgroundSize {
    Cover,
    Contain,
    Explicit(Extent, Extent),
}

/// One layer of the background above the colour.
#[derive(Debug, Clone, PartialEq)]
#[allow(missing_docs)]
pub struct BackgroundLayer {
    pub image: BackgroundImage,
    pub size: BackgroundSize,
    pub position: (Length, Length),
    pub repeat: (Repeat, Repeat),
    pub origin: BackgroundBox,
    pub clip: BackgroundBox,
}

/// One step of a `transform`, lengths against the border box.
#[derive(Debug, Clone, Copy, PartialEq)]
#[allow(missing_docs)]
pub enum TransformStep {
    Translate(Length, Length),
    Scale(f32, f32),
    /// Degrees, clockwise.
    Rotate(f32),
    Skew(f32, f32),
    Matrix([f32; 6]),
}

/// A grid track's size.
#[derive(Debug, Clone, Copy, PartialEq)]
#[allow(missing_docs)]
pub enum TrackSize {
    Extent(Extent),
    Fraction(f32),
    /// `minmax(min, max)`.
    MinMax(Extent, TrackMax),
    FitContent(Length),
}

/// The upper bound of a `minmax()`.
#[derive(Debug, Clone, Copy, PartialEq)]
#[allow(missing_docs)]
pub enum TrackMax {
    Extent(Extent),
    Fraction(f32),
}

/// An entry of `grid-template-*`.
#[derive(Debug, Clone, PartialEq)]
#[allow(missing_docs)]
pub enum Track {
    Single(TrackSize),
    /// `repeat(auto-fill | auto-fit, …)`; plain counts are expanded by the cascade.
    AutoRepeat {
        fit: bool,
        sizes: Arc<[TrackSize]>,
        /// Of the lines before, between and after the tracks.
        names: Arc<[Vec<Arc<str>>]>,
    },
}

/// `grid-template-rows` or `grid-template-columns`.
#[derive(Debug, Clone, PartialEq, Default)]
#[allow(missing_docs)]
pub struct GridTracks {
    pub tracks: Vec<Track>,
    /// Of the lines before, between and after the tracks; empty when no line has a name.
    pub names: Vec<Vec<Arc<str>>>,
}

impl GridTracks {
    /// No tracks at all.
    pub const NONE: GridTracks = GridTracks { tracks: Vec::new(), names: Vec::new() };
}

/// `grid-template-areas`.
#[derive(Debug, Clone, PartialEq, Eq)]
#[allow(missing_docs)]
pub struct GridAreas {
    pub row_count: u16,
    pub column_count: u16,
    pub areas: Vec<GridArea>,
}

/// A named rectangle of a grid, by the numbers of the lines around it.
#[derive(Debug, Clone, PartialEq, Eq)]
#[allow(missing_docs)]
pub struct GridArea {
    pub name: Arc<str>,
    pub rows: (u16, u16),
    pub columns: (u16, u16),
}

/// One side of a grid item's placement.
#[derive(Debug, Clone, PartialEq, Eq, Default)]
#[allow(missing_docs)]
pub enum GridLine {
    #[default]
    Auto,
    Line(i16),
    Span(u16),
    /// A line's name and which of those with that name; 0 where no number is given.
    Named(Arc<str>, i16),
    NamedSpan(Arc<str>, u16),
}

/// Flex and grid, boxed because few elements use them.
#[derive(Debug, Clone, PartialEq)]
#[allow(missing_docs)]
pub struct Arrangement {
    pub flex_direction: FlexDirection,
    pub flex_wrap: FlexWrap,
    pub flex_grow: f32,
    pub flex_shrink: f32,
    pub flex_basis: Extent,
    pub order: i32,
    pub align_items: Alignment,
    pub align_self: Alignment,
    pub align_content: Alignment,
    pub justify_items: Alignment,
    pub justify_self: Alignment,
    pub justify_content: Alignment,
    pub row_gap: Length,
    pub column_gap: Option<Length>,
    pub grid_template_columns: GridTracks,
    pub grid_template_rows: GridTracks,
    pub grid_template_areas: Option<Arc<GridAreas>>,
    pub grid_auto_columns: Vec<TrackSize>,
    pub grid_auto_rows: Vec<TrackSize>,
    pub grid_auto_flow: GridFlow,
    pub grid_row: (GridLine, GridLine),
    pub grid_column: (GridLine, GridLine),
}

/// Multi-column text, boxed because few elements use it.
#[derive(Debug, Clone, PartialEq)]
#[allow(missing_docs)]
pub struct Columns {
    pub count: Option<u16>,
    pub width: Option<Pt>,
    pub gap: Option<Length>,
    pub rule: Border,
    pub fill: ColumnFill,
    pub span_all: bool,
}

/// Everything about letters, all inherited.
#[derive(Debug, Clone, PartialEq)]
#[allow(missing_docs)]
pub struct Font {
    /// Families in order of preference, generic names included.
    pub families: Arc<[Arc<str>]>,
    pub size: Pt,
    /// 1–1000.
    pub weight: u16,
    pub style: FontStyle,
    /// Degrees of `font-style: oblique`.
    pub oblique_angle: f32,
    /// `font-stretch`, 1.0 for normal.
    pub stretch: f32,
    pub caps: Caps,
    pub position: FontPosition,
    /// OpenType features that are set, from `font-variant-*` and `font-feature-settings`, sorted.
    pub features: Arc<[([u8; 4], u32)]>,
    /// `font-kerning: none` switches it off.
    pub kerning: bool,
    /// `font-optical-sizing: none` switches it off.
    pub optical_sizing: bool,
    /// `font-variation-settings`.
    pub variations: Arc<[([u8; 4], f32)]>,
}

/// Opening and closing marks, from the outermost pair.
pub type QuotePairs = Arc<[(Arc<str>, Arc<str>)]>;

/// Named strings with the content that is assigned to them.
pub type NamedStrings = Arc<[(Arc<str>, Arc<[ContentPart]>)]>;

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
    /// `-dossier-repeat`: on which pages a row of a table's head or foot stands.
    pub row_repeat: RowRepeat,
}

impl ComputedStyle {
    /// Whether the box starts a formatting context of its own (CSS 2.2 9.4.1). A block container of
    /// `display: table` is generated content: the cell that would be around it does.
    pub fn starts_formatting_context(&self) -> bool {
        self.overflow != Overflow::Visible
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

keywords! {
    /// `-dossier-table-fit`.
    TableFit { Report, Shrink, Turn }
    /// `-dossier-repeat`: which rows stand again, or only, where their table or group goes on.
    RowRepeat { Always, Once, Continued, Group }
    /// The sixteen margin boxes of a page (CSS Paged Media 3 §5).
    MarginBox { TopLeftCorner, TopLeft, TopCenter, TopRight, TopRightCorner, RightTop, RightMiddle,
        RightBottom, BottomRightCorner, BottomRight, BottomCenter, BottomLeft, BottomLeftCorner,
        LeftBottom, LeftMiddle, LeftTop }
    /// What a page selector asks of a page beside its name.
    PageSide { Left, Right }
}
