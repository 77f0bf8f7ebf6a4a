//! What stands far down a run of text stands as exactly as what is at its start.

use super::dump::lay_out_text;
use super::*;
use crate::geom::Pt;

/// Pages that are 10,000 pt high: 1,600 of them are as long as 20,000 sheets of A4.
const PAGE: &str = "@page { size: 300pt 10000pt; margin: 0 } \
                    body { margin: 0; font: 10pt/20pt 'Liberation Sans' } p { margin: 0 }";
const PAGES: usize = 1_600;

fn lay_out(css: &str, body: &str) -> Laid {
    let html =
        format!("<html lang=en><title>T</title><style>{PAGE} {css}</style><body>{body}</body>");
    lay_out_text(&html).0
}

/// Baselines of the text and edges of the shapes on a page, from its top.
fn heights(page: &Page) -> Vec<Pt> {
    let heights = page.items.iter().flat_map(|item| match item {
        Item { paint: Paint::Glyphs(run), .. } => vec![run.origin.y],
        Item { paint: Paint::Rect { rect, .. }, .. } => vec![rect.origin.y, rect.bottom()],
        _ => Vec::new(),
    });
    heights.collect()
}

/// Holds that two pages show things at the same heights, up to what a page itself rounds.
fn assert_alike(laid: &Laid, one: usize, other: usize) {
    let (one, other) = (heights(&laid.page(one)), heights(&laid.page(other)));
    assert!(!one.is_empty());
    let alike =
        one.len() == other.len() && one.iter().zip(&other).all(|(a, b)| (*a - *b).abs() < Pt(0.01));
    assert!(alike, "{one:?}\n{other:?}");
}

/// As many pages as there are, each of which starts with `inside`.
fn pages_of(inside: &str) -> String {
    format!("<section>{inside}</section>").repeat(PAGES)
}

#[test]
fn forced_pages_far_down_are_as_the_first() {
    let css = "section { break-after: page; height: 9999.7pt; border: 0.1pt solid; \
               padding: 0.05pt } p { padding: 3.3pt 0 0.1pt }";
    let body = pages_of("<p>one<br>two</p><p style='background: red'>three</p>");
    let laid = lay_out(css, &body);
    assert_eq!(laid.count(), PAGES);
    assert_alike(&laid, 0, PAGES / 2);
    assert_alike(&laid, 0, PAGES - 1);
}

#[test]
fn pages_that_fill_up_far_down_are_as_the_first() {
    // One box around all: its height, its rows and the text after it are that far down too.
    let css = "div { height: 3333.3pt; padding-bottom: 0.03pt }";
    let laid = lay_out(css, &format!("<main>{}</main>", "<div>text</div>".repeat(3 * PAGES)));
    assert_alike(&laid, 0, PAGES - 1);
    let css = "td { height: 3333.3pt; padding: 0; border: 0.3pt solid } \
               table { border-collapse: collapse; width: 100pt }";
    let rows = "<tr><td>text</td><td>more</td></tr>".repeat(3 * PAGES);
    let laid = lay_out(css, &format!("<table>{rows}</table><p>After.</p>"));
    let page = |index| heights(&laid.page(index));
    let (second, last) = (page(1), page(laid.count() - 2));
    assert_alike(&laid, 1, laid.count() - 2);
    assert!(second.len() >= 6 && last.len() == second.len());
}

#[test]
fn what_follows_a_very_long_box_stands_right_below_it() {
    let css = "div { height: 3333.1pt } main { border-bottom: 0.4pt solid red } \
               main, aside { background: blue }";
    let long = |count| format!("<main>{}</main><aside>After.</aside>", "<div></div>".repeat(count));
    let (short, laid) = (lay_out(css, &long(2)), lay_out(css, &long(3 * PAGES - 1)));
    let last = |laid: &Laid| heights(&laid.page(laid.count() - 1));
    let (short, far) = (last(&short), last(&laid));
    let near = |(a, b): (&Pt, &Pt)| (*a - *b).abs() < Pt(0.01);
    assert!(short.iter().zip(&far).all(near) && short.len() == far.len(), "{short:?}\n{far:?}");
}

#[test]
fn lines_far_down_in_a_paragraph_are_as_the_first() {
    let css = "pre { margin: 0; font: 10pt/3333.3pt 'Liberation Sans' }";
    let laid = lay_out(css, &format!("<pre>{}</pre>", "text\n".repeat(3 * PAGES)));
    assert_alike(&laid, 1, PAGES - 2);
}

#[test]
fn pages_beside_floats_far_down_are_as_the_first() {
    let css = "section { break-after: page; height: 9999.7pt } \
               i { float: left; width: 50pt; height: 33.3pt; background: red }";
    let laid = lay_out(css, &pages_of("<p><i></i>one<br>two<br>three</p>"));
    assert_eq!(laid.count(), PAGES);
    assert_alike(&laid, 0, PAGES - 1);
}

#[test]
fn columns_far_down_are_as_the_first() {
    let css = "body { columns: 2 } section { height: 3333.3pt; break-inside: avoid }";
    let laid = lay_out(css, &pages_of("<p>one<br>two</p>"));
    assert_alike(&laid, 0, laid.count() / 2);
}

#[test]
fn boxes_out_of_the_flow_far_down_are_as_the_first() {
    let css = "section { break-after: page; height: 9999.7pt } b { position: absolute; left: 9pt }";
    let laid = lay_out(css, &pages_of("<p>one</p><b>stamp</b><p>two</p>"));
    assert_alike(&laid, 0, PAGES - 1);
}

#[test]
fn rows_of_a_container_far_down_are_as_the_first() {
    for display in ["grid", "flex; flex-direction: column"] {
        let css =
            format!("main {{ display: {display}; row-gap: 0.3pt }} section {{ height: 3333pt }}");
        let laid = lay_out(&css, &format!("<main>{}</main>", pages_of("<p>one<br>two</p>")));
        assert_alike(&laid, 0, laid.count() - 2);
    }
}
