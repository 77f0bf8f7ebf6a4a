//! Whole documents through layout.

use super::dump::{lay_out_text, pages, structure};
use super::*;

pub(super) const A6: &str = "<style>@page { size: 300pt 200pt; margin: 20pt; @bottom-center { content: 'Page ' counter(page) ' of ' counter(pages) } } body { margin: 0; font: 10pt/12pt 'Liberation Sans' } p { margin: 0 0 6pt; orphans: 2; widows: 2 }</style>";

/// Lays out a body on pages of 16 lines.
fn body(html: &str) -> Laid {
    let html = format!("<html lang=en><title>T</title>{A6}<body>{html}</body>");
    lay_out_text(&html).0
}

/// The first word of each page, footers aside.
fn first_words(laid: &Laid) -> Vec<String> {
    let text = pages(laid);
    let parts = text.split("page ").skip(1);
    parts
        .map(|page| {
            page.lines().nth(1).map_or("", str::trim).split(' ').nth(1).unwrap_or("").to_owned()
        })
        .collect()
}

/// `count` lines, the numbers from `from` on.
fn lines(from: usize, count: usize) -> String {
    (from..from + count).map(|number| format!("l{number}<br>")).collect()
}

/// Where the text `word` stands: page index and baseline.
fn place_of(laid: &Laid, word: &str) -> (usize, f32) {
    for index in 0..laid.count() {
        for item in laid.page(index).items {
            if let Paint::Glyphs(run) = item.paint
                && run.text.trim() == word
            {
                return (index, run.origin.y.0);
            }
        }
    }
    panic!("{word} is on no page:\n{}", pages(laid));
}

#[test]
fn document_small_comes_out_with_text_and_tags() {
    let laid = body(
        "<h1>Head</h1><p>One <a href='#x'>two</a> three</p><ul><li>a<li id=x>b</ul><table><thead><tr><th>H</th></tr></thead><tr><td>c</td></tr></table>",
    );
    let expected = "\
Document
  Heading(1): Head
  Paragraph: One  three
    Link: two
  List
    ListItem
      Label: •
      ListBody: a
    ListItem
      Label: •
      ListBody: b
  Table bbox
    TableHead
      TableRow
        TableHeaderCell Column: H
    TableBody
      TableRow
        TableDataCell: c
";
    assert_eq!(structure(&laid), expected);
    assert_eq!(laid.page(0).links.len(), 1);
    assert_eq!(laid.page(0).anchors.len(), 1);
    assert_eq!(laid.outline().len(), 1);
    assert!(pages(&laid).contains("[Page 1 of 1]"));
}

#[test]
fn structure_of_stray_text_and_special_elements_is_tagged() {
    let laid = body(
        "stray<div>in div <em>em</em></div><section><p lang=nb>norsk <span lang=de>deutsch</span></p></section>\
        <dl><dt>term<dd>meaning</dl><nav role=doc-toc><ul><li><a href='#h'>Entry</a></ul></nav><h2 id=h>H</h2>\
        <figure><svg width=10 height=10 aria-label='A square'><rect width=10 height=10 /></svg><figcaption>Cap</figcaption></figure>\
        <p aria-hidden=true>hidden</p><blockquote>quoted</blockquote><table><tr><th>row</th><td>cell</td></tr></table>",
    );
    let expected = "\
Document
  Paragraph: stray
  Paragraph: in div em
  Sect
    Paragraph lang=nb: norsk
      Span lang=de: deutsch
  List
    ListItem
      Label: term
      ListBody: meaning
  Sect
    Toc
      TocItem
        Label: •
        Reference
          Link: Entry
  Heading(2): H
  Div
    Figure alt=A square bbox
    Caption: Cap
  BlockQuote
    Paragraph: quoted
  Table bbox
    TableBody
      TableRow
        TableHeaderCell Row: row
        TableDataCell: cell
";
    assert_eq!(structure(&laid), expected);
}

#[test]
fn break_after_full_page_goes_on_with_next_line() {
    let laid = body(&format!("<p>{}", lines(1, 40)));
    // 160 pt hold 13 lines of 12 pt; two are left for the last page.
    assert_eq!(first_words(&laid), ["l1", "l14", "l27", "l39"]);
}

#[test]
fn break_near_paragraph_end_leaves_two_lines() {
    let laid = body(&format!("<p style='margin:0'>{}</p>", lines(1, 14)));
    assert_eq!(first_words(&laid), ["l1", "l13"]);
    let laid = body(&format!("<p style='margin:0'>{}</p><p>{}</p>", lines(1, 12), lines(101, 5)));
    assert_eq!(first_words(&laid), ["l1", "l101"]);
}

#[test]
fn heading_at_page_end_moves_with_what_follows() {
    let laid = body(&format!(
        "<p style='margin:0'>{}</p><div><h2 style='margin:0;font:10pt/12pt serif'>head</h2><p>{}</p></div>",
        lines(1, 11),
        lines(101, 6)
    ));
    assert_eq!(first_words(&laid), ["l1", "head"]);
}

#[test]
fn forced_break_to_right_page_leaves_blank_page() {
    let laid = body(
        "<p>one</p><p style='break-before:right'>two</p><p style='break-before:page'>three</p>",
    );
    assert_eq!(laid.count(), 4);
    assert_eq!(place_of(&laid, "two").0, 2);
    assert_eq!(place_of(&laid, "three").0, 3);
}

#[test]
fn forced_break_to_a_side_keeps_it_in_cells_items_and_beside_spanning_cells() {
    let two = "<p>one</p><p style='break-before:right'>two</p>";
    for inside in [
        format!("<table><tr><td>{two}<td>x</table>"),
        format!("<table><tr><td>x<td><table><tr><td>{two}</table></table>"),
        format!("<div style='display:flex'><div>{two}</div><div>x</div></div>"),
        "<table><tr><td rowspan=2>x<td>one<tr style='break-before:right'><td>two</table>".into(),
    ] {
        let laid = body(&inside);
        assert_eq!((laid.count(), place_of(&laid, "two").0), (3, 2), "{inside}");
    }
}

#[test]
fn forced_break_after_the_last_box_leaves_no_empty_page() {
    let page = "<div style='break-after:page'>a</div>";
    assert_eq!(body(&page.repeat(2)).count(), 2);
    let tall = format!("<div style='min-height:160pt'>{}</div>", page.repeat(2));
    assert_eq!(body(&tall).count(), 2);
}

#[test]
fn avoided_break_inside_moves_whole_box() {
    let laid = body(&format!(
        "<p>{}</p><div style='break-inside:avoid'><p>{}</p><p>{}</p></div>",
        lines(1, 8),
        lines(101, 3),
        lines(201, 3)
    ));
    assert_eq!(first_words(&laid), ["l1", "l101"]);
}

#[test]
fn margins_collapse_as_css_says() {
    let y = |html: &str| {
        let laid = body(html);
        place_of(&laid, "b").1 - place_of(&laid, "a").1
    };
    // Lines of 12 pt: the distance of baselines is the line plus the collapsed margins.
    assert_eq!(y("<p style='margin:10pt 0'>a</p><p style='margin:20pt 0'>b</p>"), 32.0);
    assert_eq!(y("<p style='margin:10pt 0'>a</p><p style='margin:-4pt 0'>b</p>"), 18.0);
    assert_eq!(y("<p style='margin:0'>a</p><div><p style='margin:15pt 0'>b</p></div>"), 27.0);
    assert_eq!(
        y(
            "<p style='margin:0'>a</p><div style='padding-top:1pt'><p style='margin:15pt 0'>b</p></div>"
        ),
        28.0
    );
    assert_eq!(
        y("<p style='margin:0'>a</p><div style='margin:8pt 0'></div><p style='margin:5pt 0'>b</p>"),
        20.0
    );
    assert_eq!(
        y(
            "<div style='margin-bottom:9pt'><p style='margin:0 0 4pt'>a</p></div><p style='margin:0'>b</p>"
        ),
        21.0
    );
    assert_eq!(
        y(
            "<div style='overflow:hidden'><p style='margin:0 0 4pt'>a</p></div><p style='margin:3pt 0'>b</p>"
        ),
        19.0
    );
}

#[test]
fn margin_at_unforced_break_vanishes_and_stays_at_forced_one() {
    let laid = body(&format!(
        "<p style='margin:0'>{}</p><p style='margin-top:30pt'>after</p>",
        lines(1, 13)
    ));
    let top = place_of(&laid, "l1").1;
    assert_eq!(place_of(&laid, "after"), (1, top));
    let laid =
        body("<p style='margin:0'>l1</p><p style='margin-top:30pt;break-before:page'>after</p>");
    assert_eq!(place_of(&laid, "after"), (1, top + 30.0));
}

#[test]
fn table_head_repeats_as_artifact_on_each_page() {
    let rows: String = (0..30).map(|row| format!("<tr><td>r{row}")).collect();
    let laid = body(&format!(
        "<table><thead><tr><th>head</thead><tfoot><tr><td>foot</tfoot>{rows}</table>"
    ));
    let text = pages(&laid);
    assert_eq!(text.matches("[head]").count(), laid.count() - 1, "{text}");
    assert_eq!(text.matches("[foot]").count(), laid.count() - 1, "{text}");
    assert!(laid.count() > 2);
}

#[test]
fn group_heading_row_at_page_end_moves_with_its_rows() {
    let rows = |from: usize, count: usize| -> String {
        (from..from + count).map(|row| format!("<tr><td>r{row}<td>x</tr>")).collect()
    };
    let laid = body(&format!(
        "<table style='border-spacing:0'><style>td, th {{ padding: 0; font-weight: normal }}</style><tbody>{}<tbody><tr><th colspan=2 scope=rowgroup>group</th></tr>{}</table>",
        rows(1, 12),
        rows(20, 6)
    ));
    assert_eq!(place_of(&laid, "group").0, place_of(&laid, "r20").0, "{}", pages(&laid));
    assert_eq!(laid.count(), 2);
}

#[test]
fn target_counter_of_later_page_is_known() {
    let laid = body(
        "<style>a::after { content: ' on ' target-counter(attr(href), page) }</style>\
        <p><a href='#end'>end</a></p><p style='break-before:page'>two</p><p id=end style='break-before:page'>three</p>",
    );
    assert!(pages(&laid).contains("on 3"), "{}", pages(&laid));
}

#[test]
fn named_string_in_margin_box_follows_the_section() {
    let laid = body(
        "<style>h2 { string-set: section content() } @page { @top-left { content: string(section) } }</style>\
        <h2>Alpha</h2><p>x</p><h2 style='break-before:page'>Beta</h2><p style='break-before:page'>y</p>",
    );
    let text = pages(&laid);
    assert_eq!((text.matches("[Alpha]").count(), text.matches("[Beta]").count()), (1, 2), "{text}");
}

#[test]
fn row_taller_than_page_is_cut_through_its_cells() {
    let laid = body(&format!(
        "<table><tr><td>{}</td><td>short</td></tr><tr><td>next</td></tr></table>",
        lines(1, 30)
    ));
    assert_eq!(laid.count(), 3);
    assert_eq!(place_of(&laid, "short").0, 0);
    assert_eq!(place_of(&laid, "next").0, 2);
}

#[test]
fn list_markers_count_as_html_says() {
    let laid = body(
        "<ol start=3><li>a<li value=9>b<li>c</ol><ol reversed><li>d<li>e</ol><ol type=a><li>f</ol>",
    );
    let text = structure(&laid);
    let labels: Vec<&str> =
        text.lines().filter_map(|line| line.trim().strip_prefix("Label: ")).collect();
    assert_eq!(labels, ["3.", "9.", "10.", "2.", "1.", "a."]);
}

#[test]
fn landscape_page_by_name_is_measured_at_its_width() {
    let laid = body(
        "<style>@page wide { size: 600pt 200pt }</style><p>one</p><div style='page:wide'><p style='text-align:right'>two</p></div><p>three</p>",
    );
    assert_eq!(laid.count(), 3);
    assert_eq!(laid.page(1).size.width, crate::geom::Pt(600.0));
    let text = pages(&laid);
    assert!(text.contains("5") && text.contains(" two"), "{text}");
}

#[test]
fn first_page_of_other_width_measures_its_boxes_at_it() {
    let laid = body(
        "<style>@page :first { margin: 0 }</style><div style='text-align:right'>cover</div><p style='break-before:page;text-align:right'>rest</p>",
    );
    let right = |page: usize| {
        let items = laid.page(page).items;
        let runs = items.into_iter().filter_map(|item| match (item.mark, item.paint) {
            (Mark::Tagged(_), Paint::Glyphs(run)) => Some(run.origin.x.0),
            _ => None,
        });
        runs.fold(0.0_f32, f32::max)
    };
    assert!(right(0) > 270.0 && right(1) < 270.0, "{}", pages(&laid));
}

/// The codes of what is found in a body, in order.
pub(super) fn codes(html: &str) -> Vec<&'static str> {
    let html = format!("<html lang=en><title>T</title>{A6}<body>{html}</body>");
    lay_out_text(&html).1.iter().map(|finding| finding.code).collect()
}

/// The coloured rectangles of a page: colour, left, top, width, height.
fn rects(laid: &Laid, page: usize) -> Vec<(String, [f32; 4])> {
    let items = laid.page(page).items;
    let rects = items.into_iter().filter_map(|item| match item.paint {
        Paint::Rect { rect, fill } => {
            let place = [rect.origin.x, rect.origin.y, rect.size.width, rect.size.height];
            Some((format!("{fill:?}"), place.map(|length| length.0.round())))
        }
        _ => None,
    });
    rects.collect()
}

#[test]
fn line_past_the_page_is_reported_once_for_its_element() {
    let long = "x".repeat(120);
    let found = codes(&format!("<p>fits</p><p>a {long} b {long}</p><pre>{long}</pre>"));
    assert_eq!(found, ["layout/overflow", "layout/overflow"]);
    assert_eq!(codes(&format!("<p style='overflow-wrap:anywhere'>{long}</p>")), [""; 0]);
    assert_eq!(codes("<p style='width:20pt'>overflowing its box, not the page</p>"), [""; 0]);
}

#[test]
fn link_without_a_target_is_reported() {
    let found = codes("<p><a href='#there'>a</a> <a href='#gone'>b</a> <a name=there></a></p>");
    assert_eq!(found, ["layout/dangling-link"]);
    let found = codes(
        "<style>h6 { position: running(head) }</style><h6><a href='https://example.org'>x</a></h6><p>y",
    );
    assert_eq!(found, ["layout/running-link"]);
}

#[test]
fn forced_break_where_no_page_can_end_is_reported() {
    let breaks = "<p>a</p><p style='break-before:page'>b</p>";
    for around in
        ["display:inline-block", "position:absolute;top:0", "float:left", "transform:scale(0.9)"]
    {
        let html = format!("x<div style='{around}'>{breaks}</div>");
        assert_eq!(codes(&html), ["layout/enclosed-break"], "{around}");
    }
    let table = format!("<table><tr><th>{breaks}<td>c</table>");
    assert_eq!(codes(&table), [""; 0]);
    let flex = format!("<div style='display:flex'><div>{breaks}</div></div>");
    assert_eq!(codes(&flex), [""; 0]);
    let wide = format!("<div style='float:left;width:100%'>{breaks}</div>");
    assert_eq!(codes(&wide), [""; 0]);
    assert_eq!(codes(breaks), [""; 0]);
    assert_eq!(codes("<table><tr style='break-before:page'><th>c</table>"), [""; 0]);
}

#[test]
fn counter_of_its_own_in_a_margin_box_is_reported() {
    let found = codes("<style>@page { @top-left { content: counter(chapter) } }</style><p>a");
    assert_eq!(found, ["layout/margin-content"]);
}

#[test]
fn box_out_of_the_flow_below_its_page_is_reported() {
    let inner = format!(
        "<div style='position:relative'><p>{}</p><b style='position:absolute;bottom:0;left:0'>x</b></div>",
        lines(1, 30)
    );
    assert_eq!(codes(&inner), ["layout/off-page"]);
    assert_eq!(
        codes(
            "<div style='position:relative'>a<b style='position:absolute;top:0;left:9pt'>x</b></div>"
        ),
        [""; 0]
    );
}

#[test]
fn running_header_too_high_for_its_margin_is_reported() {
    let head = |size: &str| {
        codes(&format!(
            "<style>@page {{ @top-left {{ content: 'H'; font-size: {size} }} }}</style>a"
        ))
    };
    assert_eq!(head("40pt"), ["layout/margin-overflow"]);
    assert_eq!(head("8pt"), [""; 0]);
}

#[test]
fn fixed_box_is_running_matter_on_each_page() {
    let html =
        format!("<div style='position:fixed;top:0;right:0'><p>stamp</div><p>{}", lines(1, 20));
    let laid = body(&html);
    assert_eq!(pages(&laid).matches("[stamp]").count(), 2);
    assert_eq!(structure(&laid).matches("Paragraph").count(), 1);
}

#[test]
fn absolute_box_without_top_stands_where_the_flow_is() {
    let side = "<div style='position:absolute;left:0'>x</div>";
    // Between blocks it is level with the next one, on whatever page that comes to stand.
    for count in [3, 20] {
        let laid = body(&format!("<p>{}</p>{side}<p>next</p>", lines(1, count)));
        assert_eq!(place_of(&laid, "x"), place_of(&laid, "next"), "{count}");
        assert_eq!(place_of(&laid, "x").0, count / 20);
    }
    let laid = body("<p>a</p><p>line <b style='position:absolute'>x</b> on</p>");
    assert_eq!(place_of(&laid, "x"), place_of(&laid, "line on"));
    assert_eq!(codes(&format!("<p>a</p>{side}<p>b")), [""; 0]);
}

#[test]
fn table_too_wide_turns_its_page_and_takes_its_heading_along() {
    let wide = "<style>table { -dossier-table-fit: turn } td { white-space: nowrap }</style>\
        <p>before</p><h2 style='break-after:avoid'>head</h2>\
        <table><tr><td>cell<td>WIDE</table><p>after</p>";
    let page = "<style>@page { size: 200pt 300pt }</style>";
    let laid = body(&format!("{page}{}", wide.replace("WIDE", &"word ".repeat(8))));
    let size = |index: usize| (laid.page(index).size.width.0, laid.page(index).size.height.0);
    assert_eq!([size(0), size(1), size(2)], [(200.0, 300.0), (300.0, 200.0), (200.0, 300.0)]);
    assert_eq!(
        ["before", "head", "cell", "after"].map(|word| place_of(&laid, word).0),
        [0, 1, 1, 2]
    );
    // One that fits stays where it is.
    let laid = body(&format!("{page}{}", wide.replace("WIDE", "word")));
    assert_eq!(laid.count(), 1);
}

#[test]
fn picture_in_its_address_is_shown() {
    let png = "data:image/png;base64,iVBORw0KGgoAAAANSUhEUgAAAAUAAAAFCAYAAACNbyblAAAAHElEQVQI12P4//8/w38GIAXDIBKE0DHxgljNBAAO9TXL0Y4OHwAAAABJRU5ErkJggg==";
    let svg = "data:image/svg+xml,%3Csvg xmlns='http://www.w3.org/2000/svg' width='9' height='9'%3E%3Crect width='9' height='9'/%3E%3C/svg%3E";
    let html = format!("<p><img alt=a width=1 src=\"{png}\"><img alt=b src=\"{svg}\">");
    assert_eq!(codes(&html), [""; 0]);
    assert_eq!(structure(&body(&html)).matches("Figure").count(), 2);
    assert_eq!(codes("<p><img alt=a src='data:image/png;base64,AAAA'>"), ["image/format"]);
}

#[test]
fn background_of_body_covers_each_page_inside_its_margins() {
    let laid = body(&format!("<style>body {{ background: #f00 }}</style><p>{}", lines(1, 20)));
    assert_eq!(laid.count(), 2);
    for page in 0..2 {
        let painted = rects(&laid, page);
        assert_eq!(painted.len(), 1, "{painted:?}");
        assert_eq!(painted[0].1, [20.0, 20.0, 260.0, 160.0]);
    }
}

#[test]
fn backgrounds_of_columns_and_rows_stand_behind_cells_only() {
    let laid = body(
        "<table style='border-collapse:collapse;table-layout:fixed;width:90pt'><col><col span=2 style='background:#0f0'>\
        <tr><td style='padding:0;height:10pt' rowspan=2>a<td style='padding:0'>b<td style='padding:0'>c</tr>\
        <tr style='background:#f00'><td style='padding:0;height:10pt'>d<td style='padding:0'>e</tr></table>",
    );
    let places: Vec<[f32; 4]> = rects(&laid, 0).into_iter().map(|(_, place)| place).collect();
    let row = |y: f32| [[50.0, y, 30.0, 12.0], [80.0, y, 30.0, 12.0]];
    // The second row's own colour leaves the cell alone that comes from the first.
    let expected = [row(20.0).as_slice(), &row(32.0), &[[50.0, 32.0, 60.0, 12.0]]].concat();
    assert_eq!(places, expected);
}

#[test]
fn markers_follow_type_style_and_nesting() {
    let laid = body(
        "<ul><li>x<ol type=a><li>x<li>x</ol><ul><li>x<ul><li>x</ul></ul></ul>\
        <ol style='list-style-type:upper-roman' start=4><li>x</ol><ol style='list-style-type:lower-greek'><li>x</ol>\
        <ol style='list-style-type:lower-alpha'><li>x</ol><ol type=I reversed><li>x<li>x</ol>",
    );
    let labels: Vec<String> = structure(&laid)
        .lines()
        .filter_map(|line| line.trim().strip_prefix("Label: ").map(str::to_owned))
        .collect();
    assert_eq!(labels, ["•", "a.", "b.", "◦", "▪", "IV.", "α.", "a.", "II.", "I."]);
}

#[test]
fn nesting_of_100_000_elements_is_laid_out() {
    for (open, close) in
        [("<div>", "</div>"), ("<span>", "</span>"), ("<ul><li>", ""), ("<table><tr><td>", "")]
    {
        let html =
            format!("<table><tr><td>{}deep{}</table>", open.repeat(100_000), close.repeat(100_000));
        let laid = body(&html);
        assert!(pages(&laid).contains("deep"));
    }
}

#[test]
fn counter_of_elements_in_a_margin_box_holds_the_first_value_of_its_page() {
    let css = "@page { size: 200pt 100pt; margin: 20pt; @top-left { content: counter(chapter) } }
        h1 { counter-increment: chapter; font-size: 10pt; margin: 0 } .on { break-before: page }";
    let body = "<p>before</p><h1 class='on'>one</h1><h1>two</h1><p class='on'>two goes on</p>";
    let html = format!(
        "<html lang='en'><head><title>T</title><style>{css}</style></head><body>{body}</body></html>"
    );
    let (laid, found) = lay_out_text(&html);
    assert!(found.iter().next().is_none());
    let numbers: Vec<String> = pages(&laid)
        .matches('[')
        .zip(pages(&laid).split('[').skip(1))
        .map(|(_, rest)| rest.split(']').next().unwrap_or_default().to_owned())
        .collect();
    assert_eq!(numbers, ["0", "1", "2"]);
}
