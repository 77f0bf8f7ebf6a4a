//! The CSS that is supported, as tables for people: `dossier css` prints them, messages quote them,
//! and tests hold them against the parser.

pub use super::known::SCREEN_ONLY;
pub use super::report::WITHOUT;

/// A property with the values that it takes.
#[derive(Debug, Clone, Copy)]
pub struct Supported {
    /// The property's name.
    pub property: &'static str,
    /// Its values: words as they are written, `<kinds>` in angle brackets, divided by `|`. All
    /// properties take `inherit`, `initial`, `unset`, `revert`, `revert-layer` and `var()` as well.
    pub values: &'static str,
    /// What else is to be known; may be empty.
    pub notes: &'static str,
}

const fn row(property: &'static str, values: &'static str, notes: &'static str) -> Supported {
    Supported { property, values, notes }
}

/// All supported properties, family by family.
#[rustfmt::skip]
pub const SUPPORTED: &[Supported] = &[
    row("font-size", "xx-small | x-small | small | medium | large | x-large | xx-large | xxx-large | smaller | larger | <length> | <percentage>", "medium is 12pt"),
    row("font-family", "<name>, …", "quoted or not; generic names: serif, sans-serif, monospace"),
    row("font-weight", "normal | bold | bolder | lighter | <number 1–1000>", ""),
    row("font-style", "normal | italic | oblique", "oblique with an angle for variable fonts"),
    row("font-stretch", "ultra-condensed | extra-condensed | condensed | semi-condensed | normal | semi-expanded | expanded | extra-expanded | ultra-expanded | <percentage>", ""),
    row("color", "<color>", "see COLOURS"),
    row("line-height", "normal | <number> | <length> | <percentage>", ""),
    row("font-variant-caps", "normal | small-caps | all-small-caps", ""),
    row("font-variant-position", "normal | sub | super", ""),
    row("font-variant-ligatures", "normal | none | common-ligatures | no-common-ligatures | discretionary-ligatures | no-discretionary-ligatures | historical-ligatures | no-historical-ligatures | contextual | no-contextual", ""),
    row("font-variant-numeric", "normal | lining-nums | oldstyle-nums | proportional-nums | tabular-nums | diagonal-fractions | stacked-fractions | ordinal | slashed-zero", ""),
    row("font-kerning", "auto | normal | none", ""),
    row("font-feature-settings", "normal | <\"tag\" number>, …", ""),
    row("font-optical-sizing", "auto | none", "variable fonts"),
    row("font-variation-settings", "normal | <\"tag\" number>, …", ""),
    row("font-variant-east-asian", "normal | jis78 | jis83 | jis90 | jis04 | simplified | traditional | full-width | proportional-width | ruby", ""),
    row("font-variant", "normal | <values of the font-variant properties>", ""),
    row("font", "<style> <variant> <weight> <stretch> <size>/<line-height> <family>", "size and family are needed; a system's font (caption, menu, …) is the plain sans-serif"),
    row("text-align", "start | end | left | right | center | justify | <string> | -dossier-ragged", "a character in quotes, with or without a word: cells of a column align on it; -dossier-ragged is the parent's, but start instead of justify: how headings are set"),
    row("text-align-last", "auto | start | end | left | right | center | justify", ""),
    row("text-indent", "<length> | <percentage>", "and hanging, each-line"),
    row("text-transform", "none | uppercase | lowercase | capitalize", ""),
    row("letter-spacing", "normal | <length>", ""),
    row("word-spacing", "normal | <length>", ""),
    row("white-space", "normal | nowrap | pre | pre-wrap | break-spaces | pre-line", ""),
    row("text-wrap", "wrap | balance | pretty | stable", "balance for headings of up to ten lines; every paragraph is set with care, so pretty is the same as wrap"),
    row("tab-size", "<number> | <length>", "a number counts spaces"),
    row("hyphens", "manual | none | auto", "auto needs the language (lang)"),
    row("hyphenate-limit-chars", "auto | <word> <before> <after>", "three whole numbers or auto"),
    row("overflow-wrap", "normal | anywhere | break-word", ""),
    row("word-wrap", "normal | anywhere | break-word", "older name of overflow-wrap"),
    row("word-break", "normal | break-all | keep-all", ""),
    row("direction", "ltr | rtl", ""),
    row("unicode-bidi", "normal | embed | isolate | bidi-override | isolate-override | plaintext", ""),
    row("vertical-align", "baseline | sub | super | text-top | text-bottom | top | middle | bottom | <length> | <percentage>", ""),
    row("text-decoration-line", "none | underline | overline | line-through", "several of them"),
    row("text-decoration-style", "solid | double | dotted | dashed | wavy", ""),
    row("text-decoration-color", "<color>", ""),
    row("text-decoration-thickness", "auto | from-font | <length> | <percentage>", ""),
    row("text-decoration", "<line> <style> <color> <thickness>", "any order"),
    row("quotes", "auto | none | <string pairs>", "by how deep quotations are nested; auto follows the language"),
    row("text-underline-offset", "auto | <length> | <percentage>", ""),
    row("text-underline-position", "auto | from-font | under", ""),
    row("text-decoration-skip-ink", "auto | all | none", "underlines and overlines leave letters out that reach into them"),
    row("-dossier-fit", "none | shrink | shrink <length>", "a block whose lines or words are too wide for it, or whose content is too high for its height or max-height, is set in smaller letters, all that is inside in the same proportion, down to letters of that length (6pt by itself); a warning where that is not enough"),
    row("-dossier-align-char", "none | <one character in quotes>", "cells of a column align on it, such as the decimal mark"),
    row("display", "inline | block | inline-block | list-item | flow-root | flex | inline-flex | grid | inline-grid | table | inline-table | table-row-group | table-header-group | table-footer-group | table-row | table-cell | table-column-group | table-column | table-caption | contents | none", "or two words, such as `inline flow-root`"),
    row("position", "static | relative | absolute | fixed | sticky | running(<name>)", "running() takes the element into margin boxes; sticky stays in the flow, since nothing scrolls"),
    row("float", "none | left | right | inline-start | inline-end | footnote", "a float stays on one page where text stands beside it; footnote: the element goes to the foot of its page (@footnote in @page)"),
    row("clear", "none | left | right | inline-start | inline-end | both", ""),
    row("overflow", "visible | hidden | clip | auto | scroll", "one or two values; auto and scroll show all, since nothing scrolls"),
    row("overflow-x", "visible | hidden | clip | auto | scroll", "what reaches out to the sides is not cut"),
    row("overflow-y", "visible | hidden | clip | auto | scroll", ""),
    row("overflow-inline", "visible | hidden | clip | auto | scroll", "the same as overflow-x"),
    row("overflow-block", "visible | hidden | clip | auto | scroll", "the same as overflow-y"),
    row("box-shadow", "none | <inset> <x> <y> <blur> <spread> <color>, …", "blurred edges are vectors"),
    row("visibility", "visible | hidden | collapse", ""),
    row("box-sizing", "content-box | border-box", ""),
    row("width", "auto | min-content | max-content | fit-content | <length> | <percentage>", ""),
    row("height", "auto | min-content | max-content | fit-content | <length> | <percentage>", ""),
    row("min-width", "auto | min-content | max-content | fit-content | <length> | <percentage>", ""),
    row("min-height", "auto | min-content | max-content | fit-content | <length> | <percentage>", ""),
    row("max-width", "none | min-content | max-content | fit-content | <length> | <percentage>", ""),
    row("max-height", "none | min-content | max-content | fit-content | <length> | <percentage>", ""),
    row("aspect-ratio", "auto | <number> / <number>", ""),
    row("margin-top", "auto | <length> | <percentage>", ""),
    row("margin-right", "auto | <length> | <percentage>", ""),
    row("margin-bottom", "auto | <length> | <percentage>", ""),
    row("margin-left", "auto | <length> | <percentage>", ""),
    row("margin", "auto | <length> | <percentage>", "one to four values"),
    row("padding-top", "<length> | <percentage>", ""),
    row("padding-right", "<length> | <percentage>", ""),
    row("padding-bottom", "<length> | <percentage>", ""),
    row("padding-left", "<length> | <percentage>", ""),
    row("padding", "<length> | <percentage>", "one to four values"),
    row("top", "auto | <length> | <percentage>", ""),
    row("right", "auto | <length> | <percentage>", ""),
    row("bottom", "auto | <length> | <percentage>", ""),
    row("left", "auto | <length> | <percentage>", ""),
    row("inset", "auto | <length> | <percentage>", "one to four values"),
    row("z-index", "auto | <whole number>", ""),
    row("opacity", "<number> | <percentage>", ""),
    row("transform", "none | <steps>", "translate, scale, rotate, skew, matrix"),
    row("translate", "none | <length> | <percentage>", "one or two values"),
    row("rotate", "none | <angle>", ""),
    row("scale", "none | <number> | <percentage>", "one or two values"),
    row("transform-origin", "left | right | top | bottom | center | <length> | <percentage>", "one or two values"),
    row("object-fit", "fill | contain | cover | none | scale-down", ""),
    row("object-position", "left | right | top | bottom | center | <length> | <percentage>", "one or two values"),
    row("border-top-width", "thin | medium | thick | <length>", ""),
    row("border-right-width", "thin | medium | thick | <length>", ""),
    row("border-bottom-width", "thin | medium | thick | <length>", ""),
    row("border-left-width", "thin | medium | thick | <length>", ""),
    row("border-top-style", "none | hidden | solid | dashed | dotted | double | groove | ridge | inset | outset", ""),
    row("border-right-style", "none | hidden | solid | dashed | dotted | double | groove | ridge | inset | outset", ""),
    row("border-bottom-style", "none | hidden | solid | dashed | dotted | double | groove | ridge | inset | outset", ""),
    row("border-left-style", "none | hidden | solid | dashed | dotted | double | groove | ridge | inset | outset", ""),
    row("border-top-color", "<color>", ""),
    row("border-right-color", "<color>", ""),
    row("border-bottom-color", "<color>", ""),
    row("border-left-color", "<color>", ""),
    row("border-width", "thin | medium | thick | <length>", "one to four values"),
    row("border-style", "none | hidden | solid | dashed | dotted | double | groove | ridge | inset | outset", "one to four values"),
    row("border-color", "<color>", "one to four values"),
    row("border-top", "<width> <style> <color>", "any order"),
    row("border-right", "<width> <style> <color>", "any order"),
    row("border-bottom", "<width> <style> <color>", "any order"),
    row("border-left", "<width> <style> <color>", "any order"),
    row("border", "<width> <style> <color>", "any order"),
    row("border-top-left-radius", "<length> | <percentage>", "one value, or two for an elliptic corner"),
    row("border-top-right-radius", "<length> | <percentage>", "one value, or two for an elliptic corner"),
    row("border-bottom-right-radius", "<length> | <percentage>", "one value, or two for an elliptic corner"),
    row("border-bottom-left-radius", "<length> | <percentage>", "one value, or two for an elliptic corner"),
    row("border-radius", "<length> | <percentage>", "one to four values, and after a slash one to four for the heights"),
    row("outline-style", "none | auto | solid | dashed | dotted | double | groove | ridge | inset | outset", "auto is solid"),
    row("outline-width", "thin | medium | thick | <length>", ""),
    row("outline-color", "auto | <color>", ""),
    row("outline-offset", "<length>", ""),
    row("outline", "<width> <style> <color>", "any order"),
    row("background-color", "<color>", ""),
    row("background-image", "none | <url> | <linear-gradient> | <radial-gradient> | <conic-gradient>", "several layers with commas; gradients may repeat (repeating-…)"),
    row("background-size", "auto | cover | contain | <length> | <percentage>", ""),
    row("background-position", "left | right | top | bottom | center | <length> | <percentage>", "one or two values, or words with distances: right 1cm bottom"),
    row("background-repeat", "repeat | no-repeat | space | round | repeat-x | repeat-y", "one or two values"),
    row("background-origin", "border-box | padding-box | content-box", ""),
    row("background-clip", "border-box | padding-box | content-box", ""),
    row("background", "<image> <position>/<size> <repeat> <box> <color>", "several layers with commas"),
    row("flex-direction", "row | row-reverse | column | column-reverse", ""),
    row("flex-wrap", "nowrap | wrap | wrap-reverse", ""),
    row("flex-grow", "<number>", ""),
    row("flex-shrink", "<number>", ""),
    row("flex-basis", "auto | content | min-content | max-content | fit-content | <length> | <percentage>", ""),
    row("order", "<whole number>", ""),
    row("align-items", "normal | start | end | self-start | self-end | left | right | flex-start | flex-end | center | baseline | stretch | space-between | space-around | space-evenly", ""),
    row("align-content", "normal | start | end | self-start | self-end | left | right | flex-start | flex-end | center | baseline | stretch | space-between | space-around | space-evenly", ""),
    row("justify-items", "normal | start | end | self-start | self-end | left | right | flex-start | flex-end | center | baseline | stretch | space-between | space-around | space-evenly", ""),
    row("justify-content", "normal | start | end | self-start | self-end | left | right | flex-start | flex-end | center | baseline | stretch | space-between | space-around | space-evenly", ""),
    row("align-self", "auto | normal | start | end | self-start | self-end | left | right | flex-start | flex-end | center | baseline | stretch | space-between | space-around | space-evenly", ""),
    row("justify-self", "auto | normal | start | end | self-start | self-end | left | right | flex-start | flex-end | center | baseline | stretch | space-between | space-around | space-evenly", ""),
    row("row-gap", "normal | <length> | <percentage>", ""),
    row("column-gap", "normal | <length> | <percentage>", ""),
    row("grid-template-columns", "none | <track sizes>", "fr, minmax(), fit-content(), repeat(), [names] of lines"),
    row("grid-template-rows", "none | <track sizes>", "fr, minmax(), fit-content(), repeat(), [names] of lines"),
    row("grid-template-areas", "none | <strings>", "a string for each row, a name or a dot for each cell"),
    row("grid-auto-columns", "auto | min-content | max-content | <track sizes>", ""),
    row("grid-auto-rows", "auto | min-content | max-content | <track sizes>", ""),
    row("grid-auto-flow", "row | column | dense", ""),
    row("grid-row-start", "auto | <line number> | <name> | <span number>", "a name with a number counts the lines of that name"),
    row("grid-row-end", "auto | <line number> | <name> | <span number>", "a name with a number counts the lines of that name"),
    row("grid-column-start", "auto | <line number> | <name> | <span number>", "a name with a number counts the lines of that name"),
    row("grid-column-end", "auto | <line number> | <name> | <span number>", "a name with a number counts the lines of that name"),
    row("grid-row", "<start> / <end>", ""),
    row("grid-column", "<start> / <end>", ""),
    row("grid-area", "<name> | <row start> / <column start> / <row end> / <column end>", ""),
    row("gap", "normal | <length> | <percentage>", "one or two values"),
    row("flex-flow", "<direction> <wrap>", ""),
    row("flex", "none | auto | <grow> <shrink> <basis>", ""),
    row("place-items", "normal | start | end | self-start | self-end | left | right | flex-start | flex-end | center | baseline | stretch | space-between | space-around | space-evenly", "one or two values"),
    row("place-content", "normal | start | end | self-start | self-end | left | right | flex-start | flex-end | center | baseline | stretch | space-between | space-around | space-evenly", "one or two values"),
    row("place-self", "auto | normal | start | end | self-start | self-end | left | right | flex-start | flex-end | center | baseline | stretch | space-between | space-around | space-evenly", "one or two values"),
    row("grid-template", "none | <rows> / <columns> | <strings> / <columns>", "each string may have a row's size after it"),
    row("grid", "<template> | <rows> / auto-flow <columns> | auto-flow <rows> / <columns>", ""),
    row("table-layout", "auto | fixed", ""),
    row("border-collapse", "separate | collapse", ""),
    row("border-spacing", "<length>", "one or two values"),
    row("caption-side", "top | bottom", ""),
    row("empty-cells", "show | hide", ""),
    row("-dossier-table-fit", "report | shrink | turn", "what happens to a table that is wider than its page: a warning; columns squeezed and then letters made smaller, down to 6pt; a landscape page of its own"),
    row("-dossier-repeat", "always | once | continued | group", "on a row of a thead or tfoot: on every page, only in the table's own head or foot, or only where the table goes on (a \"continued\" line); group: the first row of a tbody stands again where the tbody goes on"),
    row("list-style-type", "none | disc | circle | square | decimal | decimal-leading-zero | lower-alpha | lower-latin | upper-alpha | upper-latin | lower-roman | upper-roman | lower-greek | <name> | <string>", "see COUNTER STYLES; symbols()"),
    row("list-style-image", "none | <url>", ""),
    row("list-style-position", "outside | inside", ""),
    row("list-style", "<type> <position> <image>", "any order"),
    row("break-before", "auto | avoid | avoid-page | avoid-column | page | always | all | left | right | recto | verso | column", ""),
    row("break-after", "auto | avoid | avoid-page | avoid-column | page | always | all | left | right | recto | verso | column", ""),
    row("break-inside", "auto | avoid | avoid-page | avoid-column", ""),
    row("page-break-before", "auto | avoid | avoid-page | avoid-column | page | always | all | left | right | recto | verso | column", "older name of break-before"),
    row("page-break-after", "auto | avoid | avoid-page | avoid-column | page | always | all | left | right | recto | verso | column", "older name of break-after"),
    row("page-break-inside", "auto | avoid | avoid-page | avoid-column", "older name of break-inside"),
    row("box-decoration-break", "slice | clone", ""),
    row("orphans", "<whole number>", ""),
    row("widows", "<whole number>", ""),
    row("page", "auto | <name>", ""),
    row("size", "auto | a3 | a4 | a5 | a6 | b4 | b5 | jis-b4 | jis-b5 | letter | legal | ledger | portrait | landscape | <width> <height>", "in @page only"),
    row("marks", "none | crop | cross", "in @page only; one or both"),
    row("bleed", "auto | <length>", "in @page only"),
    row("border-clip", "normal | <length>", "in @footnote only: the length of the rule above the notes"),
    row("footnote-policy", "auto | line | block", "what moves to the next page with a note that does not fit whole"),
    row("column-count", "auto | <whole number>", ""),
    row("column-width", "auto | <length>", ""),
    row("column-fill", "balance | auto", ""),
    row("column-span", "none | all", ""),
    row("column-rule-width", "thin | medium | thick | <length>", ""),
    row("column-rule-style", "none | hidden | solid | dashed | dotted | double | groove | ridge | inset | outset", ""),
    row("column-rule-color", "<color>", ""),
    row("column-rule", "<width> <style> <color>", "any order"),
    row("columns", "auto | <width> <count>", "any order"),
    row("content", "normal | none | <parts>", "strings, attr(), counter(), counters(), string(), element(), target-counter(), target-text(url, content | before | after | first-letter), leader(), url(), open-quote, close-quote; text after `/` is read instead, and none after `/ \"\"`"),
    row("string-set", "none | <name> <parts>, …", "content() stands for the element's text, content(before | after | first-letter) for another text of it"),
    row("counter-reset", "none | <name> <whole number> …", "page: the element's page begins a new run of page numbers; footnote, in @page: notes are counted anew on each page"),
    row("counter-increment", "none | <name> <whole number> …", ""),
    row("counter-set", "none | <name> <whole number> …", ""),
    row("bookmark-level", "none | <whole number 1–32>", ""),
    row("margin-block-start", "auto | <length> | <percentage>", "a side by the direction of writing"),
    row("margin-block-end", "auto | <length> | <percentage>", "a side by the direction of writing"),
    row("margin-inline-start", "auto | <length> | <percentage>", "a side by the direction of writing"),
    row("margin-inline-end", "auto | <length> | <percentage>", "a side by the direction of writing"),
    row("padding-block-start", "<length> | <percentage>", "a side by the direction of writing"),
    row("padding-block-end", "<length> | <percentage>", "a side by the direction of writing"),
    row("padding-inline-start", "<length> | <percentage>", "a side by the direction of writing"),
    row("padding-inline-end", "<length> | <percentage>", "a side by the direction of writing"),
    row("inset-block-start", "auto | <length> | <percentage>", "a side by the direction of writing"),
    row("inset-block-end", "auto | <length> | <percentage>", "a side by the direction of writing"),
    row("inset-inline-start", "auto | <length> | <percentage>", "a side by the direction of writing"),
    row("inset-inline-end", "auto | <length> | <percentage>", "a side by the direction of writing"),
    row("border-block-start-width", "thin | medium | thick | <length>", "a side by the direction of writing"),
    row("border-block-end-width", "thin | medium | thick | <length>", "a side by the direction of writing"),
    row("border-inline-start-width", "thin | medium | thick | <length>", "a side by the direction of writing"),
    row("border-inline-end-width", "thin | medium | thick | <length>", "a side by the direction of writing"),
    row("border-block-start-style", "none | hidden | solid | dashed | dotted | double | groove | ridge | inset | outset", "a side by the direction of writing"),
    row("border-block-end-style", "none | hidden | solid | dashed | dotted | double | groove | ridge | inset | outset", "a side by the direction of writing"),
    row("border-inline-start-style", "none | hidden | solid | dashed | dotted | double | groove | ridge | inset | outset", "a side by the direction of writing"),
    row("border-inline-end-style", "none | hidden | solid | dashed | dotted | double | groove | ridge | inset | outset", "a side by the direction of writing"),
    row("border-block-start-color", "<color>", "a side by the direction of writing"),
    row("border-block-end-color", "<color>", "a side by the direction of writing"),
    row("border-inline-start-color", "<color>", "a side by the direction of writing"),
    row("border-inline-end-color", "<color>", "a side by the direction of writing"),
    row("border-start-start-radius", "<length> | <percentage>", "a corner by the direction of writing"),
    row("border-start-end-radius", "<length> | <percentage>", "a corner by the direction of writing"),
    row("border-end-start-radius", "<length> | <percentage>", "a corner by the direction of writing"),
    row("border-end-end-radius", "<length> | <percentage>", "a corner by the direction of writing"),
    row("inline-size", "auto | min-content | max-content | fit-content | <length> | <percentage>", "the same as width"),
    row("block-size", "auto | min-content | max-content | fit-content | <length> | <percentage>", "the same as height"),
    row("min-inline-size", "auto | min-content | max-content | fit-content | <length> | <percentage>", "the same as min-width"),
    row("min-block-size", "auto | min-content | max-content | fit-content | <length> | <percentage>", "the same as min-height"),
    row("max-inline-size", "none | min-content | max-content | fit-content | <length> | <percentage>", "the same as max-width"),
    row("max-block-size", "none | min-content | max-content | fit-content | <length> | <percentage>", "the same as max-height"),
    row("margin-block", "auto | <length> | <percentage>", "one or two values"),
    row("margin-inline", "auto | <length> | <percentage>", "one or two values"),
    row("padding-block", "<length> | <percentage>", "one or two values"),
    row("padding-inline", "<length> | <percentage>", "one or two values"),
    row("inset-block", "auto | <length> | <percentage>", "one or two values"),
    row("inset-inline", "auto | <length> | <percentage>", "one or two values"),
    row("border-block-width", "thin | medium | thick | <length>", "one or two values"),
    row("border-block-style", "none | hidden | solid | dashed | dotted | double | groove | ridge | inset | outset", "one or two values"),
    row("border-block-color", "<color>", "one or two values"),
    row("border-block-start", "<width> <style> <color>", "any order"),
    row("border-block-end", "<width> <style> <color>", "any order"),
    row("border-block", "<width> <style> <color>", "any order"),
    row("border-inline-width", "thin | medium | thick | <length>", "one or two values"),
    row("border-inline-style", "none | hidden | solid | dashed | dotted | double | groove | ridge | inset | outset", "one or two values"),
    row("border-inline-color", "<color>", "one or two values"),
    row("border-inline-start", "<width> <style> <color>", "any order"),
    row("border-inline-end", "<width> <style> <color>", "any order"),
    row("border-inline", "<width> <style> <color>", "any order"),
    row("all", "inherit | initial | unset | revert | revert-layer", ""),
];

/// Notations with what they are for, and a sample that the parser takes.
#[derive(Debug, Clone, Copy)]
pub struct Notation {
    /// How it is written.
    pub written: &'static str,
    /// What is to be known; may be empty.
    pub notes: &'static str,
}

const fn notation(written: &'static str, notes: &'static str) -> Notation {
    Notation { written, notes }
}

/// Selectors (Selectors 4).
#[rustfmt::skip]
pub const SELECTORS: &[Notation] = &[
    notation("*", ""), notation("h1", ""), notation(".class", ""), notation("#id", ""),
    notation("a b", "inside"), notation("a > b", "child"), notation("a + b", "next"), notation("a ~ b", "later"),
    notation("[lang]", ""), notation("[lang=nb]", ""), notation("[class~=a]", ""), notation("[lang|=nb]", ""),
    notation("[href^=\"#\"]", ""), notation("[href$=\".pdf\"]", ""), notation("[href*=\"x\"]", ""),
    notation("[type=a i]", "i: any case; s: this case"), notation("[type=a s]", ""),
    notation(":root", ""), notation(":empty", ""), notation(":first-child", ""), notation(":last-child", ""), notation(":only-child", ""),
    notation(":nth-child(2n+1 of .a)", "an+b, even, odd"), notation(":nth-last-child(2)", ""),
    notation(":first-of-type", ""), notation(":last-of-type", ""), notation(":only-of-type", ""),
    notation(":nth-of-type(odd)", ""), notation(":nth-last-of-type(2)", ""),
    notation(":is(a, b)", ""), notation(":where(a, b)", ""), notation(":not(a, b)", ""), notation(":has(> a)", ""),
    notation(":link", ""), notation(":any-link", ""), notation(":lang(nb, nn)", ""), notation(":dir(rtl)", "by the dir attribute"),
    notation(":scope", "the root"), notation(":defined", ""), notation(":read-only", ""),
    notation(":checked", ""), notation(":disabled", ""), notation(":enabled", ""), notation(":required", ""), notation(":optional", ""), notation(":open", ""),
    notation("&", "in rules inside rules"),
    notation(":hover", "and other states of a screen: known, and never so on paper"),
];

/// Pseudo-elements.
#[rustfmt::skip]
pub const PSEUDO_ELEMENTS: &[Notation] = &[
    notation("::before", ""), notation("::after", ""), notation("::marker", ""), notation("::first-letter", "alone, or floating as a drop cap"),
    notation("::footnote-call", ""), notation("::footnote-marker", ""),
    notation("::selection", "and others of a screen: known, and nothing on paper"),
];

/// At-rules.
#[rustfmt::skip]
pub const AT_RULES: &[Notation] = &[
    notation("@import \"x.css\" layer(a) supports(color: red) print", "files of the project"),
    notation("@media print and (min-width: 10cm)", "widths are those of the document's plain page; (orientation), ranges, not, and, or"),
    notation("@supports (color: red) and selector(a > b)", "not, and, or"),
    notation("@layer a", "statement and block, named or not, nested"),
    notation("@page name:first", ":left, :right, :blank, :nth(2n), :nth(1 of name); margin boxes and @footnote inside"),
    notation("@font-face", "font-family, src, font-weight, font-style, unicode-range"),
    notation("@counter-style name", "all descriptors but speak-as"),
    notation("@charset \"utf-8\"", "all files are UTF-8"),
    notation("@namespace url(http://www.w3.org/1999/xhtml)", "known, without effect"),
    notation("@property --a", "initial-value and inherits; syntax is not checked"),
    notation("@keyframes a", "known, nothing moves on paper"),
];

/// Functions that stand for values of many properties.
#[rustfmt::skip]
pub const FUNCTIONS: &[Notation] = &[
    notation("calc(1em + 2 * 3mm)", "+ - * / and brackets; of lengths, percentages, numbers, angles"),
    notation("min(1em, 2mm)", "percentages in one of the values"), notation("max(50%, 2cm)", ""),
    notation("clamp(1cm, 50%, 3cm)", ""),
    notation("var(--a, 1pt)", "in all values, shorthands included"), notation("env(safe-area-inset-top, 1pt)", ""),
    notation("calc(1pt * round(2.4))", "also abs, sign, mod, rem, pow, sqrt, exp, log, hypot, sin, cos, tan"),
];

/// Units of lengths.
pub const UNITS: &[&str] = &[
    "pt", "px", "mm", "cm", "q", "in", "pc", "em", "rem", "ex", "rex", "ch", "rch", "ic", "ric",
    "cap", "rcap", "lh", "rlh", "vw", "vh", "vi", "vb", "vmin", "vmax", "svw", "lvw", "dvw", "svh",
    "lvh", "dvh",
];

/// Colours.
#[rustfmt::skip]
pub const COLORS: &[Notation] = &[
    notation("rebeccapurple", "all names of CSS"), notation("#a0c", "3, 4, 6 or 8 digits"),
    notation("transparent", ""), notation("currentcolor", ""), notation("canvastext", "and other colours of a system, as on paper"),
    notation("rgb(10 20 30 / 50%)", "and rgb(10, 20, 30, 0.5)"), notation("hsl(120deg 40% 30%)", ""), notation("hwb(120 10% 20%)", ""),
    notation("lab(50% 20 30)", "what is outside of sRGB is cut to it"), notation("lch(50% 40 120)", ""),
    notation("oklab(0.5 0.1 0.1)", ""), notation("oklch(50% 0.1 120)", ""),
    notation("color(display-p3 1 0.5 0)", "srgb, srgb-linear, display-p3, a98-rgb, rec2020, xyz, xyz-d50"),
    notation("color-mix(in oklch, red 20%, blue)", "in srgb, srgb-linear, lab, lch, oklab, oklch, hsl"),
    notation("light-dark(black, white)", "paper is light"),
];

/// The counter styles that are built in, beside those of `list-style-type`'s row.
pub fn counter_styles() -> impl Iterator<Item = &'static str> {
    super::counter_style::names()
}

#[cfg(test)]
mod tests {
    use super::super::declaration::{Block, Env};
    use super::super::properties;
    use super::*;
    use std::collections::BTreeSet;

    #[test]
    fn table_lists_the_properties_that_the_parser_knows() {
        let listed: Vec<&str> = SUPPORTED.iter().map(|row| row.property).collect();
        let unique: BTreeSet<&str> = listed.iter().copied().collect();
        assert_eq!(listed.len(), unique.len(), "a property stands twice in the table");
        let known: BTreeSet<&str> = properties::names().collect();
        let difference: Vec<_> = unique.symmetric_difference(&known).collect();
        assert!(difference.is_empty(), "only in one of the two: {difference:?}");
    }

    #[test]
    fn words_of_the_table_are_accepted() {
        let samples = [
            ("<length>", "3mm"),
            ("<percentage>", "50%"),
            ("<color>", "#a00"),
            ("<number>", "2"),
            ("<whole number>", "2"),
        ];
        for row in SUPPORTED {
            for word in row.values.split('|').map(str::trim) {
                let sample = samples.iter().find(|(kind, _)| *kind == word);
                let value = sample.map_or(word, |(_, value)| *value);
                if value.contains(['<', '…']) {
                    continue;
                }
                let mut block = Block::default();
                let mut parser = cssparser::Parser::new(value);
                let parsed = block.parse(row.property, &mut parser, &Env::of(""), None);
                assert!(parsed.is_ok(), "{}: {value}", row.property);
            }
        }
    }

    fn faults(css: &str) -> usize {
        let place = super::super::report::Place::Whole(None);
        let sheet = super::super::sheet::parse_sheet(css, "", place, &|_| Ok(Default::default()));
        sheet.found.iter().count()
    }

    #[test]
    fn selectors_of_the_table_are_accepted() {
        for selector in SELECTORS.iter().chain(PSEUDO_ELEMENTS) {
            let css = format!("{} {{ color: red }}", selector.written);
            assert_eq!(faults(&css), 0, "{css}");
        }
        assert_eq!(faults("p:hoover { color: red }"), 1);
    }

    #[test]
    fn at_rules_of_the_table_are_accepted() {
        for rule in AT_RULES {
            let css = match rule.written.split_whitespace().next() {
                Some("@import" | "@charset" | "@namespace") => format!("{};", rule.written),
                Some("@font-face" | "@counter-style") => continue,
                _ => format!("{} {{ }}", rule.written),
            };
            assert_eq!(faults(&css), 0, "{css}");
        }
    }

    #[test]
    fn values_of_the_tables_are_accepted() {
        for value in FUNCTIONS {
            let css = format!("p {{ width: {} }}", value.written);
            assert_eq!(faults(&css), 0, "{css}");
        }
        for unit in UNITS {
            assert_eq!(faults(&format!("p {{ width: 1{unit} }}")), 0, "{unit}");
        }
        for color in COLORS {
            let css = format!("p {{ color: {} }}", color.written);
            assert_eq!(faults(&css), 0, "{css}");
        }
        let written: String = COLORS.iter().map(|color| color.written).collect();
        let known = super::super::color::FUNCTIONS.iter();
        let missing: Vec<_> =
            known.filter(|name| !name.ends_with('a') && !written.contains(**name)).collect();
        assert!(missing.is_empty(), "{missing:?}");
    }

    #[test]
    fn counter_styles_of_the_list_are_accepted() {
        for name in counter_styles() {
            let css = format!("p {{ list-style-type: {name} }}");
            assert_eq!(faults(&css), 0, "{css}");
            assert!(super::super::counter_style::predefined(name).is_some(), "{name}");
        }
    }
}
