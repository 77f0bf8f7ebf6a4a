//! The stage as a whole: HTML and CSS in, computed styles out.

use std::sync::Arc;

use crate::assets::Assets;
use crate::diag::Diagnostics;
use crate::geom::Pt;
use crate::markup::{self, Document, NodeId};
use crate::origin::OriginMap;
use crate::source::{Sources, Span};

use super::*;

/// Parses and styles a page; fails the test when something is an error.
fn styled(html: &str) -> (Document, Styled, Diagnostics, Sources) {
    let sources = Sources::new();
    let source = sources.add("page.html", html);
    let origins = OriginMap::identity(Span::new(source, 0, html.len()));
    let (document, mut found) = markup::parse(html, origins);
    let (styles, more) = cascade(&document, &Assets::builtin(), &sources, "page.html", &[]);
    found.append(more);
    (document, styles, found, sources)
}

fn find(document: &Document, id: &str) -> NodeId {
    let nodes = (0..document.len()).map(|index| NodeId(u32::try_from(index).unwrap()));
    let mut nodes = nodes.filter(|node| document.element(*node).is_some());
    nodes.find(|node| document.element(*node).unwrap().id.as_deref() == Some(id)).unwrap()
}

/// The style of `<div id=x>` under `css`.
fn style_of(css: &str) -> ComputedStyle {
    let (document, styles, found, sources) =
        styled(&format!("<style>{css}</style><body><div id=x>x</div>"));
    let words: Vec<_> = found
        .iter()
        .map(|d| (&d.message, d.labels.first().map(|l| sources.locate(l.span))))
        .collect();
    assert!(found.is_empty(), "{css}: {words:?}");
    styles.of(find(&document, "x")).clone()
}

/// The same for a sheet that has faults.
fn style_of_with_faults(css: &str) -> ComputedStyle {
    let (document, styles, found, _) =
        styled(&format!("<style>{css}</style><body><div id=x>x</div>"));
    assert!(!found.is_empty() && !found.iter().any(|d| d.is_error()), "{found:?}");
    styles.of(find(&document, "x")).clone()
}

fn warnings(css: &str) -> Vec<(String, String)> {
    let (_, _, mut found, sources) = styled(&format!("<style>{css}</style><p>x"));
    found.sort(&sources);
    let place = |d: &crate::diag::Diagnostic| sources.locate(d.labels[0].span);
    found.iter().map(|d| (place(d), d.message.clone())).collect()
}

#[test]
fn built_in_sheet_has_no_faults() {
    assert!(sheets::USER_AGENT.found.is_empty(), "{:?}", sheets::USER_AGENT.found);
}

#[test]
fn lengths_of_all_units_come_to_points() {
    let style = style_of(
        "html { font-size: 10pt } #x { font-size: 2em; width: calc((1in + 10%) * 2 - 1rem); \
         margin: 1em 2rem 3mm 1ex; height: max(10px, 1pt); line-height: 150% }",
    );
    assert_eq!(style.font.size, Pt(20.0));
    assert_eq!(
        style.width,
        Extent::Length(Length { points: Pt(134.0), share: 0.2, ..Length::ZERO })
    );
    assert_eq!(style.margin.top, Extent::Length(Length::points(Pt(20.0))));
    assert_eq!(style.margin.right, Extent::Length(Length::points(Pt(20.0))));
    assert_eq!(style.margin.left, Extent::Length(Length::points(Pt(10.0))));
    assert_eq!(style.height, Extent::Length(Length::points(Pt(7.5))));
    assert_eq!(style.line_height, LineHeight::Length(Pt(30.0)));
}

#[test]
fn colours_of_all_notations_come_to_channels() {
    let red = Color { red: 255, green: 0, blue: 0, alpha: 1.0 };
    for text in [
        "red",
        "#f00",
        "#ff0000ff",
        "rgb(255, 0, 0)",
        "rgb(100% 0% 0% / 1)",
        "hsl(0 100% 50%)",
        "hwb(0 0% 0%)",
    ] {
        assert_eq!(style_of(&format!("#x {{ color: {text} }}")).color, red, "{text}");
    }
    let style = style_of("#x { color: red; border: 1px solid; background: currentcolor }");
    assert_eq!(style.border.left.color, red);
    assert_eq!(style.background_color, red);
}

#[test]
fn shorthands_set_their_longhands() {
    let style = style_of(
        "#x { font: italic small-caps bold 12px/1.5 \"Source Sans 3\", sans-serif; \
         border: 2px solid red; border-left: none; padding: 1pt 2pt 3pt; \
         background: url(a.png) no-repeat center / cover, linear-gradient(to right, red, blue 50%) #eee; \
         flex: 1; list-style: square inside; text-decoration: underline red; columns: 2; \
         inset: 1pt 2pt; border-radius: 3pt }",
    );
    assert_eq!(&*style.font.families, &[Arc::from("Source Sans 3"), Arc::from("sans-serif")]);
    assert_eq!((style.font.weight, style.font.caps), (700, Caps::SmallCaps));
    assert_eq!(style.line_height, LineHeight::Number(1.5));
    assert_eq!((style.border.top.width, style.border.left.width), (Pt(1.5), Pt::ZERO));
    assert_eq!(style.padding.left, Length::points(Pt(2.0)));
    assert_eq!(style.padding.bottom, Length::points(Pt(3.0)));
    assert_eq!(style.background.len(), 2);
    assert_eq!(style.background[0].size, BackgroundSize::Cover);
    assert_eq!(style.background_color.red, 0xee);
    let arrangement = style.arrangement.unwrap();
    assert_eq!((arrangement.flex_grow, arrangement.flex_shrink), (1.0, 1.0));
    assert_eq!(arrangement.flex_basis, Extent::Length(Length::ZERO));
    assert_eq!(style.list_style, ListStyle::Square);
    assert!(style.decoration.underline);
    assert_eq!(style.columns.unwrap().count, Some(2));
    assert_eq!(style.inset.left, Extent::Length(Length::points(Pt(2.0))));
    let radius = Length::points(Pt(3.0));
    assert_eq!(style.border_radius[2], (radius, radius));
}

#[test]
fn grid_is_read_with_repeats() {
    let style = style_of(
        "#x { display: grid; grid-template-columns: repeat(2, 1fr 2cm) minmax(1cm, auto); \
         grid-area: 1 / 2 / span 2; gap: 1pt 2pt; grid-auto-rows: 1cm }",
    );
    let arrangement = style.arrangement.unwrap();
    assert_eq!(arrangement.grid_template_columns.tracks.len(), 5);
    assert_eq!(arrangement.grid_row, (GridLine::Line(1), GridLine::Span(2)));
    assert_eq!(arrangement.grid_column, (GridLine::Line(2), GridLine::Auto));
    assert_eq!(arrangement.column_gap, Some(Length::points(Pt(2.0))));
}

#[test]
fn grid_lines_and_areas_are_read_with_their_names() {
    let style = style_of(
        "#x { grid: [top] 'a a' 1cm 'b .' / [l] 1fr [m] 2fr [r]; grid-row: b; \
         grid-column: m / span r 2 }",
    );
    let own = style.arrangement.unwrap();
    let areas = own.grid_template_areas.as_ref().unwrap();
    assert_eq!((areas.row_count, areas.column_count, areas.areas.len()), (2, 2, 2));
    assert_eq!((areas.areas[0].rows, areas.areas[0].columns), ((1, 2), (1, 3)));
    assert_eq!(own.grid_template_columns.names.len(), 3);
    assert_eq!(&*own.grid_template_rows.names[0][0], "top");
    // A name alone counts for both sides (CSS Grid 1 §8.4).
    assert_eq!(own.grid_row.0, own.grid_row.1);
    assert_eq!(own.grid_column.1, GridLine::NamedSpan(Arc::from("r"), 2));
}

#[test]
fn grid_areas_that_are_no_rectangles_are_refused() {
    for value in ["'a a' 'b a'", "'a b' 'a'"] {
        let html = format!("<style>#x {{ grid-template-areas: {value} }}</style><p id=x>x");
        let (_, _, found, _) = styled(&html);
        assert!(!found.is_empty(), "{value}");
    }
}

#[test]
fn transforms_in_parts_come_before_the_whole() {
    let style = style_of("#x { transform: skewX(5deg); scale: 2; rotate: 10deg }");
    let [first, second, third] = &*style.transform else { panic!("{:?}", style.transform) };
    assert_eq!((*first, *second), (TransformStep::Rotate(10.0), TransformStep::Scale(2.0, 2.0)));
    assert_eq!(*third, TransformStep::Skew(5.0, 0.0));
}

#[test]
fn text_align_takes_a_character_with_or_without_a_word() {
    let style = style_of("#x { text-align: '.' }");
    assert_eq!((style.text_align, style.text_align_char), (TextAlign::End, Some('.')));
    let style = style_of("#x { text-align: ',' center }");
    assert_eq!((style.text_align, style.text_align_char), (TextAlign::Center, Some(',')));
    assert_eq!(style_of("#x { text-align: left }").text_align_char, None);
}

#[test]
fn specificity_importance_and_origin_decide() {
    let css = "#x { color: red } div { color: blue !important } body div { color: green }";
    assert_eq!(style_of(css).color.blue, 255);
    let css = "div#x { display: inline; margin: 1pt } #x { display: revert; margin: initial }";
    let style = style_of(css);
    assert_eq!(style.display, Display::Inline);
    let style = style_of("div#x { display: revert; }");
    assert_eq!(style.display, Display::Block);
    let (document, styles, ..) =
        styled("<style>#x{color:red}</style><p id=x style='color: blue'>x");
    assert_eq!(styles.of(find(&document, "x")).color.blue, 255);
}

#[test]
fn selectors_of_all_kinds_match() {
    let html = "<style>\
        li:nth-child(2) { orphans: 3 } li:not(.a):last-of-type { orphans: 4 }\
        ul > li:first-child { orphans: 5 } li + li ~ li { widows: 6 }\
        :is(p, h1):where(.q) { widows: 7 } p:empty { orphans: 8 } p:has(> b) { orphans: 9 }\
        [title^=ab] { orphans: 10 } :lang(nb) { tab-size: 3 } :root { tab-size: 5 }\
        p:nth-last-child(1 of .z) { orphans: 11 }\
        </style><ul><li id=a class=a><li id=b><li id=c></ul><p id=d class=q>x<p id=e></p>\
        <p id=f><b>x</b><p id=g title=abc>x<p id=h lang=nb-NO>x<p id=i class=z>z";
    let (document, styles, found, _) = styled(html);
    assert!(found.is_empty(), "{found:?}");
    let of = |id: &str| styles.of(find(&document, id));
    assert_eq!(["a", "b", "c"].map(|id| of(id).orphans), [5, 3, 4]);
    assert_eq!((of("c").widows, of("b").widows), (6, 2));
    assert_eq!(of("d").widows, 7);
    assert_eq!(["e", "f", "g"].map(|id| of(id).orphans), [8, 9, 10]);
    assert_eq!((of("h").tab_size, of("g").tab_size), (TabSize::Spaces(3.0), TabSize::Spaces(5.0)));
    assert_eq!(&*of("h").language, "nb-NO");
    assert_eq!(of("i").orphans, 11);
}

#[test]
fn logical_sides_follow_the_direction() {
    let style = style_of("#x { margin-inline: 1pt 2pt; direction: rtl }");
    assert_eq!(style.margin.right, Extent::Length(Length::points(Pt(1.0))));
    assert_eq!(style.margin.left, Extent::Length(Length::points(Pt(2.0))));
}

#[test]
fn variables_reach_shorthands() {
    let style = style_of(
        ":root { --side: 2pt; --line: var(--side) solid } #x { border: var(--line) blue; \
         margin: var(--none, 3pt) }",
    );
    assert_eq!((style.border.top.width, style.border.top.color.blue), (Pt(2.0), 255));
    assert_eq!(style.margin.top, Extent::Length(Length::points(Pt(3.0))));
}

#[test]
fn headings_are_aligned_like_their_parent_but_never_justified() {
    let html = "<div style='text-align: center'><h1 id=a>x</h1></div>\
        <div style='text-align: justify'><h2 id=b>x</h2></div>";
    let (document, styles, ..) = styled(html);
    assert_eq!(styles.of(find(&document, "a")).text_align, TextAlign::Center);
    assert_eq!(styles.of(find(&document, "b")).text_align, TextAlign::Start);
}

#[test]
fn registered_variables_start_with_their_own_value() {
    let style = style_of(
        "@property --side { syntax: '*'; inherits: false; initial-value: 2pt }\
         @property --line { syntax: '*'; inherits: true; initial-value: solid }\
         body { --side: 9pt; --line: dotted } #x { border: var(--side) var(--line) red; \
         --w: initial; margin: var(--w, 4pt); --side: initial }",
    );
    assert_eq!((style.border.top.width, style.border.top.style), (Pt(2.0), LineStyle::Dotted));
    assert_eq!(style.margin.top, Extent::Length(Length::points(Pt(4.0))));
}

#[test]
fn generated_content_is_resolved_for_each_element() {
    let html = "<style>a::after { content: ' (' attr(href) ') ' target-counter(attr(href), page) }\
        h1 { string-set: title content() }</style>\
        <h1 id=h>x</h1><a id=a href='#one'>x</a><a id=b href='#two'>x</a>";
    let (document, styles, found, _) = styled(html);
    assert!(found.is_empty(), "{found:?}");
    let content = |id: &str| {
        let style = styles.pseudo_of(find(&document, id), Pseudo::After).unwrap();
        styles.style(style).content.clone()
    };
    let Content::Parts(parts) = content("b") else { panic!("no content") };
    assert_eq!(parts[1], ContentPart::Text(Arc::from("#two")));
    assert!(matches!(&parts[3], ContentPart::TargetCounter { target, .. } if &**target == "two"));
    assert_ne!(content("a"), content("b"));
    let heading = styles.of(find(&document, "h"));
    assert_eq!(heading.string_set[0].1[..], [ContentPart::OwnText(TextPart::Content)]);
    assert_eq!(heading.break_after, Break::Avoid);
}

#[test]
fn attributes_of_html_count_as_weak_declarations() {
    let (document, styles, ..) = styled(
        "<table id=t border=1 cellpadding=4 width='50%'><tr><td id=a align=right width=30>x\
         <td id=b valign=top>x</table><p id=p hidden>x",
    );
    let of = |id: &str| styles.of(find(&document, id));
    assert_eq!(of("t").width, Extent::Length(Length::share(0.5)));
    assert_eq!(of("a").text_align, TextAlign::Right);
    assert_eq!(of("a").padding.top, Length::points(Pt(3.0)));
    assert_eq!(of("b").border.top.width, Pt(0.75));
    assert_eq!(of("b").vertical_align, VerticalAlign::Keyword(VerticalKeyword::Top));
    assert_eq!(of("p").display, Display::None);
}

#[test]
fn cells_of_a_long_table_share_their_style() {
    let row = "<tr><td class=n>1</td><td>x</td></tr>";
    let html = format!(
        "<style>.n {{ text-align: right }} tr:nth-child(even) td {{ color: red }}</style>\
         <table>{}</table>",
        row.repeat(500)
    );
    let (_, styles, ..) = styled(&html);
    assert!(styles.styles.len() < 30, "{}", styles.styles.len());
}

#[test]
fn page_rules_merge_declaration_by_declaration() {
    let (_, styles, found, _) = styled(
        "<style>body, html { font-size: 9pt } @page { size: A5 landscape; margin: 1cm 2cm; \
         @top-center { content: 'a'; color: red } @bottom-right { content: counter(page) } }\
         @page :first { margin-top: 3cm; @top-center { content: none } }\
         @page wide:left { size: 100mm 50mm; @top-center { font-size: 2em } }\
         @page :nth(2n) { margin-left: 10% }</style>",
    );
    assert!(found.is_empty(), "{found:?}");
    let page = |name, first, side, number| {
        styles.pages.resolve(PageContext {
            name,
            first,
            side,
            blank: false,
            number,
            in_group: number,
        })
    };
    let first = page("", true, PageSide::Right, 1);
    assert_eq!(first.size.width, Pt::mm(210.0));
    assert_eq!((first.margin.top, first.margin.left), (Pt::mm(30.0), Pt::mm(20.0)));
    assert_eq!(first.margin_boxes.len(), 1);
    let wide = page("wide", false, PageSide::Left, 2);
    assert_eq!((wide.size.width, wide.margin.left), (Pt::mm(100.0), Pt::mm(10.0)));
    let (kind, style) = &wide.margin_boxes[0];
    assert_eq!((*kind, style.font.size, style.color.red), (MarginBox::TopCenter, Pt(18.0), 255));
    assert_eq!(style.text_align, TextAlign::Center);
}

#[test]
fn unsupported_css_is_reported_in_its_place() {
    let found = warnings(
        "p { colour: red;\n text-align: middel; cursor: pointer; transition: all 1s }\n\
        p:hoover { color: red }\n@keyframes a { from { top: 0 } }\n\
        @media (made-up: 3cm) { p { color: red } }\np { -webkit-hyphens: auto; margin: 3;\n\
        filter: blur(1px); mso-style-name: x; display: -moz-box; -webkit-appearance: none;\n\
        list-style-type: lower-romann; & b:hoover { color: red } }",
    );
    let places: Vec<&str> = found.iter().map(|(place, _)| place.as_str()).collect();
    assert_eq!(
        places,
        [
            "page.html:1:12",
            "page.html:2:2",
            "page.html:3:1",
            "page.html:5:8",
            "page.html:6:28",
            "page.html:7:1",
            "page.html:8:1",
            "page.html:8:32",
        ],
        "{found:#?}"
    );
}

#[test]
fn rules_inside_rules_match_below_their_parents() {
    let html = "<style>.card { orphans: 3; p { orphans: 4 } &.wide { widows: 5 }\
        > .foot { orphans: 6 } .print & { widows: 7 } @media print { tab-size: 4; b { tab-size: 3 } }\
        @media screen { orphans: 9 } @supports (color: red) { &:last-of-type { orphans: 8 } }\
        text-indent: 1pt; h2, h3 { &.x { orphans: 11 } } }</style>\
        <div class=card id=a><p id=b>x<b id=c>y</b></p><div class=foot id=d>x</div><h3 class=x id=g>x</h3></div>\
        <section class=print><div class='card wide' id=e>x</div></section><p id=f>x";
    let (document, styles, found, _) = styled(html);
    assert!(found.is_empty(), "{found:?}");
    let of = |id: &str| styles.of(find(&document, id));
    assert_eq!(["b", "d", "f", "g"].map(|id| of(id).orphans), [4, 6, 2, 11]);
    assert_eq!((of("e").widows, of("e").orphans), (7, 8));
    assert_eq!(
        (of("a").tab_size, of("c").tab_size, of("a").orphans),
        (TabSize::Spaces(4.0), TabSize::Spaces(3.0), 8)
    );
    assert_eq!(of("a").text_indent.length, Length::points(Pt(1.0)));
}

#[test]
fn layers_decide_before_specificity() {
    let css = "@layer reset, base; @layer base { #x { orphans: 3; widows: 3 !important } }\
        @layer reset { div#x { orphans: 4; widows: 4 !important; tab-size: 2 } }\
        div { tab-size: 3 } @layer { body #x { tab-size: 9; text-indent: 3pt } }\
        @layer base { #x { text-indent: 2pt } }";
    let style = style_of(css);
    assert_eq!((style.orphans, style.widows, style.tab_size), (3, 4, TabSize::Spaces(3.0)));
    assert_eq!(style.text_indent.length, Length::points(Pt(3.0)));
    let css = "@layer a { #x { orphans: 3 } } @layer b { #x { orphans: 5 } #x { orphans: revert-layer } }";
    assert_eq!(style_of(css).orphans, 3);
}

#[test]
fn comparisons_hold_between_bounds_of_other_units() {
    let style = style_of(
        "#x { width: min(100%, 20cm); height: clamp(1rem, 2.5vw, 3rem); margin-left: max(10pt, 5%);\
         min-width: calc(min(50%, 100pt) - 10pt); font-size: clamp(8pt, 1em, 10pt); \
         padding: calc(1lh / 2) env(safe-area-inset-left, 4pt); orphans: calc(1 + 2) }",
    );
    let Extent::Length(width) = style.width else { panic!() };
    assert_eq!((width.resolve(Pt(1000.0)).0, width.resolve(Pt(100.0)).0).1, 100.0);
    assert_eq!(width.resolve(Pt(1000.0)), Pt::mm(200.0));
    let Extent::Length(height) = style.height else { panic!() };
    // 2.5 % of A4's width.
    assert!((height.resolve(Pt(500.0)) - Pt::mm(5.25)).abs() < Pt(0.01));
    let Extent::Length(margin) = style.margin.left else { panic!() };
    assert_eq!((margin.resolve(Pt(100.0)), margin.resolve(Pt(1000.0))), (Pt(10.0), Pt(50.0)));
    let Extent::Length(least) = style.min_width else { panic!() };
    assert_eq!((least.resolve(Pt(100.0)), least.resolve(Pt(1000.0))), (Pt(40.0), Pt(90.0)));
    assert_eq!((style.font.size, style.orphans), (Pt(10.0), 3));
    assert_eq!((style.padding.top, style.padding.left), (Length::points(Pt(6.0)), Length::ZERO));
}

#[test]
fn conditions_see_the_page_of_the_document() {
    let css = "@page { size: A5 landscape } @media (orientation: landscape) { #x { orphans: 3 } }\
        @media (min-width: 211mm) { #x { orphans: 4 } } @media screen { #x { orphans: 5 } }\
        @media (width: 210mm) and (height > 100mm) { #x { widows: 6 } }";
    let style = style_of(css);
    assert_eq!((style.orphans, style.widows), (3, 6));
    let (document, styles, ..) =
        styled("<style media='(max-width: 10cm)'>#x { orphans: 7 }</style><p id=x>x");
    assert_eq!(styles.of(find(&document, "x")).orphans, 2);
}

#[test]
fn malformed_css_recovers_where_the_specification_says() {
    let style = style_of_with_faults(
        "#x { orphans: 3; color:; widows: 4; {nonsense} tab-size: 5; text-indent: 2pt }\
         #x ! { orphans: 9 } @nothing { #x { orphans: 9 } } @media print { #x { hyphens: none } }\
         #x { orphans: 7 ; ] } #x { word-break: keep-all",
    );
    assert_eq!((style.orphans, style.widows, style.tab_size), (7, 4, TabSize::Spaces(5.0)));
    assert_eq!((style.text_indent.length, style.hyphens), (Length::points(Pt(2.0)), Hyphens::None));
    assert_eq!(style.word_break, WordBreak::KeepAll);
}

#[test]
fn counter_styles_of_all_kinds_are_resolved() {
    let style = style_of(
        "@counter-style stars { system: cyclic; symbols: '*' '†'; suffix: ' ' }\
         #x { list-style: stars inside }",
    );
    let ListStyle::Custom(own) = style.list_style else { panic!() };
    assert_eq!((&*own.name, own.system, own.symbols.len()), ("stars", CounterSystem::Cyclic, 2));
    let style = style_of("#x { list-style-type: symbols(cyclic '*' '†') }");
    assert!(matches!(style.list_style, ListStyle::Custom(_)));
}

#[test]
fn list_style_takes_type_place_and_picture_in_any_order() {
    let read = |text: &str| {
        let style = style_of(&format!("#x {{ list-style-position: inside; list-style: {text} }}"));
        (style.list_style, style.list_image, style.list_position)
    };
    let picture = || Some(Arc::from("a.png"));
    for text in ["none url(a.png)", "url(a.png) none"] {
        let wanted = (ListStyle::None, picture(), ListPosition::Outside);
        assert_eq!(read(text), wanted, "{text}");
    }
    for text in ["square inside url(a.png)", "url(a.png) square inside", "inside url(a.png) square"]
    {
        let wanted = (ListStyle::Square, picture(), ListPosition::Inside);
        assert_eq!(read(text), wanted, "{text}");
    }
    for (text, wanted) in [
        ("none", (ListStyle::None, None, ListPosition::Outside)),
        ("none inside none", (ListStyle::None, None, ListPosition::Inside)),
        ("none square", (ListStyle::Square, None, ListPosition::Outside)),
        ("inside", (ListStyle::Disc, None, ListPosition::Inside)),
    ] {
        assert_eq!(read(text), wanted, "{text}");
    }
    for text in ["none square none", "none none none", "square circle", "none url(a.png) none", ""]
    {
        let css = format!("#x {{ list-style: inside url(b.png); list-style: {text} }}");
        let style = style_of_with_faults(&css);
        let wanted = (Some(Arc::from("b.png")), ListPosition::Inside);
        assert_eq!((style.list_image, style.list_position), wanted, "{text}");
    }
}

#[test]
fn shadows_are_read() {
    let style = style_of(
        "#x { color: red; box-shadow: 0 1px 2px rgb(0 0 0 / 20%), inset 0 0 0 2pt; \
         overflow-x: auto }",
    );
    assert_eq!(style.box_shadow.len(), 2);
    assert_eq!((style.box_shadow[0].blur, style.box_shadow[1].spread), (Pt(1.5), Pt(2.0)));
    assert!(style.box_shadow[1].inset && style.box_shadow[1].color.red == 255);
    assert_eq!(style.overflow, Overflow::Contain);
}

#[test]
fn missing_stylesheet_is_an_error_at_its_link() {
    let (_, _, found, sources) = styled("<p>x</p>\n<link rel=stylesheet href=no.css>");
    let error = found.iter().find(|d| d.is_error()).unwrap();
    assert_eq!(error.code, "style/missing-stylesheet");
    assert_eq!(sources.locate(error.labels[0].span), "page.html:2:1");
}

#[test]
fn nesting_without_end_is_bounded() {
    let deep = 100_000;
    let calc = format!("p {{ width: calc({}1px{}) }}", "(".repeat(deep), ")".repeat(deep));
    let is = format!("{}p{} {{ color: red }}", ":is(".repeat(deep), ")".repeat(deep));
    let media = format!("{}p {{ color: red }}", "@media print {".repeat(deep));
    let supports = format!("@supports {}(color: red){} {{}}", "(".repeat(deep), ")".repeat(deep));
    let var = format!("p {{ width: {}1px{} }}", "var(--a,".repeat(deep), ")".repeat(deep));
    for css in [calc, is, media, supports, var] {
        styled(&format!("<style>{css}</style><p>x"));
    }
    styled(&format!("<style>p {{ color: red }}</style>{}x", "<div>".repeat(deep)));
}

proptest::proptest! {
    #![proptest_config(proptest::prelude::ProptestConfig::with_cases(64))]

    #[test]
    fn any_text_is_styled_without_panic(html in "\\PC{0,300}", css in "[a-z0-9:;{}()@#.,*>+~\"'/!% -]{0,200}") {
        styled(&format!("<style>{css}</style>{html}"));
        styled(&html);
        styled(&format!("<p style=\"{css}\">"));
    }

    #[test]
    fn any_value_of_any_property_is_refused_without_panic(
        property in 0_usize..SUPPORTED.len(),
        value in "(calc\\(|rgb\\(|var\\(--a|url\\(|[0-9]{1,3}(px|%|fr)|repeat\\(|minmax\\(|auto|solid|red|, |/|\\)|'x'| ){0,8}",
    ) {
        styled(&format!("<p style=\"{}: {value}\">", SUPPORTED[property].property));
    }
}

#[test]
fn styles_and_sheets_are_shared_between_threads() {
    fn shared<T: Send + Sync>() {}
    shared::<Styled>();
    shared::<Sheets>();
}

#[test]
fn documents_come_out_the_same_with_what_others_made_and_without() {
    let css = "@page { size: A5; @bottom-left { content: counter(page) counter(c) } }
        @page :first { margin: 1cm } body { --w: 3px; color: navy } p::before { content: attr(id) }
        .a .b { border: var(--w) solid } :lang(nb) p { quotes: '«' '»' } li:nth-child(2) { order: 2 }
        p[title] { width: 5vw } .c { color: var(--none) }";
    let body = [
        "<p id=x>x<p title=t>y",
        "<html lang=nb><div class=a><p class=b id=y>x</div><p title=t>y",
        "<div class=a style='--w: 1px'><p class=b>x</div><ul><li>1<li class=c>2</ul>",
        "<html style='font-size: 20px'><p id=x class=c>x<p bgcolor=red>y",
        "<html dir=rtl lang=nb><p id=x>x<div class=a><p class=b id=x></div>",
    ];
    let (sources, assets) = (Sources::new(), Assets::builtin());
    let kept = Sheets::new();
    let all = |sheets: &Sheets, html: &str| {
        let source = sources.add("page.html", html);
        let origins = OriginMap::identity(Span::new(source, 0, html.len()));
        let (document, _) = markup::parse(html, origins);
        let (styled, found) = cascade_with(&document, &assets, &sources, "", &[], sheets);
        let page = styled.pages.resolve(PageContext {
            name: "",
            first: true,
            side: PageSide::Right,
            blank: false,
            number: 1,
            in_group: 1,
        });
        let found: Vec<String> = found.iter().map(|one| one.message.clone()).collect();
        // Texts are told apart by their numbers, which are others each time.
        let plain = |style: &Arc<ComputedStyle>| ComputedStyle {
            color_place: None,
            background_place: None,
            ..ComputedStyle::clone(style)
        };
        let styles: Vec<ComputedStyle> = styled.styles.iter().map(plain).collect();
        let counters = styled.pages.margin_counters();
        let boxes = format!("{:?} {:?} {counters:?}", page.size, page.margin_boxes.len());
        (styles, styled.of_node, styled.pseudo, found, boxes, page.margin)
    };
    for html in body.iter().chain(&body).map(|body| format!("<style>{css}</style>{body}")) {
        let alone = all(&Sheets::new(), &html);
        assert!(all(&kept, &html) == alone, "{html}");
    }
    let file =
        |html: &str| all(&kept, &format!("<link rel=stylesheet href=styles/paper.css>{html}"));
    let first = body.map(file);
    assert!(body.map(file) == first);
}
