//! Properties whose values are keywords. The first of each is the initial value of most elements.

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

keywords! {
    /// Which of an element's texts `content()` and `target-text()` take.
    TextPart { Content, Before, After, FirstLetter }
    /// Which assignment on a page `string()` and `element()` take.
    StringWhich { First, Start, Last, FirstExcept }
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
