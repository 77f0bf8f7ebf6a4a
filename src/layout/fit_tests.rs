//! `-dossier-fit`: letters made smaller until they fit into their box.

use super::dump::lay_out_text;
use super::*;
use crate::geom::Pt;
use crate::layout::page::GlyphRun;

fn body(html: &str) -> (Laid, Vec<String>) {
    let html = format!(
        "<html lang=en><title>T</title><style>@page {{ size: 300pt 200pt; margin: 10pt }} body {{ \
         margin: 0; font: 20pt/24pt 'Liberation Sans' }} p {{ margin: 0 }} .box {{ width: 100pt }} \
         .line {{ white-space: nowrap; -dossier-fit: shrink }}</style><body>{html}</body>"
    );
    let (laid, found) = lay_out_text(&html);
    (laid, found.into_iter().map(|found| format!("{}: {}", found.code, found.message)).collect())
}

fn runs(laid: &Laid) -> Vec<GlyphRun> {
    let items = laid.page(0).items.into_iter();
    items
        .filter_map(|item| match item.paint {
            Paint::Glyphs(run) => Some(run),
            _ => None,
        })
        .collect()
}

/// The sizes of all letters, each once, and where the rightmost ends.
fn letters(laid: &Laid) -> (Vec<f32>, f32) {
    let runs = runs(laid);
    let mut sizes: Vec<f32> = runs.iter().map(|run| run.size.0).collect();
    sizes.dedup();
    let end = |run: &GlyphRun| {
        let advance: f32 = run.glyphs.list.iter().map(|glyph| glyph.advance).sum();
        run.origin.x.0 + advance * run.size.0
    };
    (sizes, runs.iter().map(end).fold(0.0, f32::max))
}

#[test]
fn line_that_fits_keeps_its_size() {
    let (laid, found) = body("<p class='box line'>Aas</p>");
    assert_eq!((letters(&laid).0, found), (vec![20.0], vec![]));
}

#[test]
fn line_that_is_too_wide_ends_at_the_edge_of_its_box() {
    let (laid, found) = body("<p class='box line'>Christodoulopoulos</p><p>next</p>");
    let (sizes, _) = letters(&laid);
    assert!(sizes[0] < 20.0 && sizes[0] > 6.0, "{sizes:?}");
    let (_, end) = letters(&body("<p class='box line'>Christodoulopoulos</p>").0);
    assert!((end - 110.0).abs() < 0.05, "{end}");
    // What follows stands below a box as high as the smaller line.
    let next = runs(&laid).last().map(|run| run.origin.y).unwrap_or_default();
    let plain = body("<p>x</p><p>next</p>").0;
    let lower = runs(&plain).last().map(|run| run.origin.y).unwrap_or_default();
    let saved = Pt(24.0 * (1.0 - sizes[0] / 20.0));
    assert!((lower - next - saved).abs() < Pt(0.05), "{lower:?} {next:?} {saved:?}");
    assert_eq!(found, [""; 0]);
}

#[test]
fn letters_of_a_block_keep_their_proportions() {
    let (laid, _) =
        body("<div class='box line'><p style='font-size:40pt'>Westhuizen</p><p>small</p></div>");
    let sizes = letters(&laid).0;
    assert!((sizes[0] - 2.0 * sizes[1]).abs() < 0.001 && sizes[0] < 40.0, "{sizes:?}");
}

#[test]
fn text_too_high_for_its_box_becomes_smaller_and_never_more_than_it_must() {
    let text = "many words that take some lines in a box that is not very high";
    let boxed = |style: &str| {
        body(&format!("<div class=box style='-dossier-fit: shrink; {style}'>{text}</div>"))
    };
    for style in
        ["height: 60pt", "max-height: 60pt", "height: 70pt; padding: 5pt; box-sizing: border-box"]
    {
        let (laid, found) = boxed(style);
        let size = letters(&laid).0[0];
        let lowest = runs(&laid).iter().map(|run| run.origin.y.0).fold(0.0, f32::max);
        assert!(size < 20.0 && size > 8.0, "{style}: {size}");
        assert!(lowest < 10.0 + 60.0 + 5.0, "{style}: {lowest}");
        assert_eq!(found, [""; 0], "{style}");
    }
}

#[test]
fn item_of_a_grid_is_fitted_to_its_row() {
    let (laid, found) = body(
        "<div style='display:grid; height: 60pt; grid-template-rows: minmax(0, 1fr) auto; width: 100pt'>\
         <div style='-dossier-fit: shrink'>one two three four five six seven eight nine</div><div>end</div></div>",
    );
    let runs = runs(&laid);
    let below = runs.iter().filter(|run| run.size < Pt(20.0)).map(|run| run.origin.y.0);
    assert!(below.fold(0.0, f32::max) < 10.0 + 36.0, "{runs:?}");
    assert_eq!(found, [""; 0]);
}

#[test]
fn item_of_a_row_may_be_narrower_than_its_words() {
    let (laid, _) = body(
        "<div style='display:flex; width: 120pt'><div style='-dossier-fit: shrink'>Christodoulopoulos</div>\
         <div style='flex: none; width: 40pt'>x</div></div>",
    );
    let runs = runs(&laid);
    assert_eq!(runs.last().map(|run| run.origin.x), Some(Pt(90.0)));
    assert!(runs[0].size < Pt(20.0));
}

#[test]
fn text_that_cannot_fit_is_told_with_its_beginning() {
    let (laid, found) =
        body("<p class='box line' style='-dossier-fit: shrink 15pt'>Christodoulopoulos</p>");
    assert_eq!(letters(&laid).0, [15.0]);
    assert_eq!(found.len(), 1);
    assert!(
        found[0].starts_with(
            "layout/does-not-fit: `Christodoulopoulos` does not fit into its box even in letters of 15 pt: it is "
        ) && found[0].ends_with("pt too wide"),
        "{found:?}"
    );
    let (_, found) = body(
        "<div class=box style='-dossier-fit: shrink 18pt; height: 30pt'>one two three four five six seven</div>",
    );
    assert!(found[0].ends_with("pt too high"), "{found:?}");
}

#[test]
fn box_in_a_box_that_cannot_fit_is_told_once() {
    let (_, found) = body(
        "<div class=box style='-dossier-fit: shrink 18pt'><p style='-dossier-fit: shrink 15pt'>\
         Christodoulopoulos</p><p>next</p></div>",
    );
    assert_eq!(found.len(), 1, "{found:?}");
    assert!(found[0].contains("in letters of 15 pt"), "{found:?}");
}

#[test]
fn letters_smaller_than_the_smallest_stay_as_they_are() {
    let (laid, found) =
        body("<p class='box line' style='font-size:5pt; width: 20pt'>Christodoulopoulos</p>");
    assert_eq!((letters(&laid).0, found.len()), (vec![5.0], 1));
}

#[test]
fn fit_on_what_is_no_block_is_reported_once_for_each_look() {
    let fit = |css: &str| format!("style='-dossier-fit: shrink; {css}'");
    for (html, what) in [
        (format!("<div {0}>a</div><div {0}>b</div>", fit("display:flex")), "a flex container"),
        (format!("<div {}>a</div>", fit("display:grid")), "a grid container"),
        (format!("<table {}><tr><th>a</table>", fit("")), "a table"),
        (format!("<table><tr {}><th>a</table>", fit("")), "a part of a table"),
        (format!("<p>a <b {}>b</b></p>", fit("")), "a part of a line"),
        (format!("<div {}>a</div>", fit("columns:2")), "a text in columns"),
    ] {
        let found = body(&html).1;
        let message = format!("layout/fit-ignored: `-dossier-fit` has no effect on {what}");
        assert_eq!(found, [message], "{html}");
    }
    let sound = format!(
        "<p {0}>a</p><table><tr><th {0}>a</table><ul><li {0}>a</ul><p>x <i {1}>y</i> <b {2}>z</b>\
         <div style='display:flex'><span {0}>a</span></div>",
        fit(""),
        fit("display:inline-block"),
        fit("float:left"),
    );
    assert_eq!(body(&sound).1, [""; 0]);
}
