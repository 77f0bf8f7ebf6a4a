//! Tables with figures worked out by hand: a letter is 6 points wide, a line 12 high.

use crate::geom::{Depth, Pt};
use crate::layout::fragment::{Body, Fragment, Line, TableBody, TableCell};
use crate::layout::measure::stand_in::StandIn;
use crate::style::{Color, LineStyle};

fn body(fragment: &Fragment) -> &TableBody {
    match &fragment.body {
        Body::Table(body) => body,
        other => panic!("no table: {other:?}"),
    }
}

fn table(css: &str, html: &str, width: f32) -> Fragment {
    StandIn::new(css, html).measured(width)
}

fn widths(fragment: &Fragment) -> Vec<f32> {
    body(fragment).columns.iter().map(|(_, width)| round(*width)).collect()
}

fn heights(fragment: &Fragment) -> Vec<f32> {
    body(fragment).rows.iter().map(|row| round(row.height)).collect()
}

fn round(length: Pt) -> f32 {
    (length.0 * 100.0).round() / 100.0
}

fn cell(fragment: &Fragment, row: usize, index: usize) -> &TableCell {
    &body(fragment).rows[row].cells[index]
}

fn line(cell: &TableCell) -> &Line {
    match &cell.placed.fragment.body {
        Body::Lines(lines) => &lines.lines[0],
        other => panic!("no lines: {other:?}"),
    }
}

const TWO: &str = "<table><tr><td>aaaa bbbb</td><td>cc dd</td></tr></table>";

#[test]
fn auto_width_with_room_is_preferred_width() {
    let table = table("", TWO, 500.0);
    assert_eq!(widths(&table), [54.0, 30.0]);
    assert_eq!(table.size.width, Pt(84.0));
}

#[test]
fn auto_width_without_room_lies_between_minimum_and_preference() {
    // Minima 24 and 12, preferences 54 and 30: of the 48 between them 24 are to be had.
    assert_eq!(widths(&table("", TWO, 60.0)), [39.0, 21.0]);
}

#[test]
fn auto_width_below_minimum_overflows_and_is_reported() {
    let document = StandIn::new("", TWO);
    assert_eq!(widths(&document.measured(20.0)), [24.0, 12.0]);
    assert_eq!(document.codes(), ["layout/table-too-wide"]);
}

#[test]
fn specified_table_width_is_shared_by_preference() {
    // 84 are wished for; the other 84 go 54 : 30.
    assert_eq!(widths(&table("table { width: 168pt }", TWO, 500.0)), [108.0, 60.0]);
}

#[test]
fn specified_cell_width_keeps_column_from_growing() {
    let css = "table { width: 200pt } td:first-child { width: 60pt }";
    assert_eq!(widths(&table(css, TWO, 500.0)), [60.0, 140.0]);
}

#[test]
fn percentages_are_of_the_table() {
    let css = "table { width: 200pt } td:first-child { width: 25% }";
    assert_eq!(widths(&table(css, TWO, 500.0)), [50.0, 150.0]);
}

#[test]
fn percentage_in_auto_table_widens_it() {
    // 30 are three quarters of the whole when the first has one quarter, but the first asks for
    // 54, which is a quarter of 216.
    let css = "td:first-child { width: 25% }";
    assert_eq!(widths(&table(css, TWO, 500.0)), [54.0, 162.0]);
}

#[test]
fn column_element_sets_a_minimum() {
    let html = "<table><colgroup><col style='width: 80pt'><col></colgroup>\
                <tr><td>a</td><td>b</td></tr></table>";
    assert_eq!(widths(&table("", html, 500.0)), [80.0, 6.0]);
}

#[test]
fn spanning_cell_widens_its_columns_by_their_preference() {
    let html = "<table><tr><td>aa</td><td>b</td></tr>\
                <tr><td colspan='2'>cccccccccccc</td></tr></table>";
    // 72 for both: 18 are there, the other 54 go 12 : 6.
    assert_eq!(widths(&table("", html, 500.0)), [48.0, 24.0]);
}

#[test]
fn spanning_cell_covers_spacing() {
    let html = "<table><tr><td>aa</td><td>aa</td></tr>\
                <tr><td colspan='2'>cccccc</td></tr></table>";
    let table = table("table { border-spacing: 12pt }", html, 500.0);
    assert_eq!(widths(&table), [12.0, 12.0]);
    assert_eq!(table.size.width, Pt(60.0));
    assert_eq!(cell(&table, 1, 0).placed.fragment.size.width, Pt(36.0));
}

#[test]
fn fixed_layout_takes_widths_of_first_row_only() {
    let html = "<table><tr><td style='width: 50pt'>a</td><td>b</td><td>c</td></tr>\
                <tr><td style='width: 90pt'>a</td><td>bbbbbbbbbbbbbbbbbbbbbbbb</td><td>c</td></tr></table>";
    let css = "table { table-layout: fixed; width: 200pt }";
    assert_eq!(widths(&table(css, html, 500.0)), [50.0, 75.0, 75.0]);
}

#[test]
fn fixed_layout_divides_a_spanning_cell() {
    let html = "<table><tr><td colspan='2' style='width: 80pt'>a</td><td>b</td></tr></table>";
    let css = "table { table-layout: fixed; width: 200pt }";
    assert_eq!(widths(&table(css, html, 500.0)), [40.0, 40.0, 120.0]);
}

#[test]
fn fit_by_shrinking_squeezes_a_wide_table() {
    let css = "table { width: 300pt; -dossier-table-fit: shrink }";
    let document = StandIn::new(css, TWO);
    assert_eq!(document.measured(100.0).size.width, Pt(100.0));
    assert!(document.codes().is_empty());
}

#[test]
fn row_height_is_that_of_the_highest_cell() {
    let html = "<table><tr><td>a b c</td><td>d</td></tr></table>";
    let table = table("td:first-child { width: 6pt } table { width: 12pt }", html, 500.0);
    assert_eq!(heights(&table), [36.0]);
    assert_eq!(cell(&table, 0, 1).placed.fragment.size.height, Pt(36.0));
}

#[test]
fn spanning_rows_grow_in_proportion() {
    let html = "<table><tr><td rowspan='2'>a b c d e f</td><td>b</td></tr>\
                <tr><td>c d</td></tr></table>";
    // Six lines are 72; rows of 12 and 24 grow by 36, 1 : 2.
    let css = "td { width: 1pt } table { width: 12pt }";
    let table = table(css, html, 500.0);
    assert_eq!(heights(&table), [24.0, 48.0]);
    assert_eq!(cell(&table, 0, 0).placed.fragment.size.height, Pt(72.0));
}

#[test]
fn spanning_rows_leave_specified_rows_alone() {
    let html = "<table><tr style='height: 20pt'><td rowspan='2'>a b c d e f</td><td>b</td></tr>\
                <tr><td>c</td></tr></table>";
    let css = "td { width: 1pt } table { width: 12pt }";
    assert_eq!(heights(&table(css, html, 500.0)), [20.0, 52.0]);
}

#[test]
fn row_span_is_clipped_to_its_group() {
    let html = "<table><tbody><tr><td rowspan='9'>a</td></tr></tbody>\
                <tbody><tr><td>b</td></tr></tbody></table>";
    let table = table("", html, 500.0);
    assert_eq!(cell(&table, 0, 0).row_span, 1);
    assert_eq!(cell(&table, 1, 0).column, 0);
}

#[test]
fn cells_step_over_those_that_reach_down() {
    let html = "<table><tr><td>a</td><td rowspan='2'>b</td><td>c</td></tr>\
                <tr><td>d</td><td>e</td></tr></table>";
    let table = table("", html, 500.0);
    let columns: Vec<u16> = body(&table).rows[1].cells.iter().map(|cell| cell.column).collect();
    assert_eq!(columns, [0, 2]);
}

#[test]
fn vertical_alignment_moves_content() {
    let html = "<table><tr><td>a b c</td><td class='t'>d</td><td class='m'>d</td>\
                <td class='b'>d</td></tr></table>";
    let css = ".t { vertical-align: top } .m { vertical-align: middle } \
               .b { vertical-align: bottom } td { width: 1pt } table { width: 24pt }";
    let table = table(css, html, 500.0);
    let shifts: Vec<Pt> =
        body(&table).rows[0].cells.iter().map(|cell| cell.content_shift).collect();
    assert_eq!(shifts, [Pt(0.0), Pt(0.0), Pt(12.0), Pt(24.0)]);
    assert_eq!(line(cell(&table, 0, 3)).y, Depth(24.0));
}

#[test]
fn baselines_of_a_row_meet() {
    let html = "<table><tr><td style='padding-top: 10pt'>a</td><td>b</td></tr></table>";
    let table = table("td { vertical-align: baseline }", html, 500.0);
    assert_eq!(line(cell(&table, 0, 0)).y, line(cell(&table, 0, 1)).y);
    assert_eq!(heights(&table), [22.0]);
}

#[test]
fn table_height_grows_bodies_not_heads() {
    let html = "<table><thead><tr><th>h</th></tr></thead><tbody><tr><td>a</td></tr>\
                <tr><td>b</td></tr></tbody></table>";
    assert_eq!(heights(&table("table { height: 72pt }", html, 500.0)), [12.0, 30.0, 30.0]);
}

#[test]
fn head_comes_first_and_foot_last() {
    let html = "<table><tfoot><tr><td>f</td></tr></tfoot><tbody><tr><td>b</td></tr></tbody>\
                <thead><tr><th>h</th></tr></thead></table>";
    let table = table("", html, 500.0);
    let texts: Vec<String> = body(&table).rows.iter().map(|row| text(&row.cells[0])).collect();
    assert_eq!(texts, ["h", "b", "f"]);
    assert_eq!((body(&table).head_rows, body(&table).foot_rows), (1, 1));
}

fn text(cell: &TableCell) -> String {
    match &line(cell).pieces[0] {
        crate::layout::fragment::Piece::Glyphs { run, .. } => run.text.to_string(),
        other => panic!("no text: {other:?}"),
    }
}

#[test]
fn right_to_left_columns_start_at_the_right() {
    let table = table("table { direction: rtl; width: 100pt }", TWO, 500.0);
    let columns = &body(&table).columns;
    assert_eq!(columns[0].0 + columns[0].1, Pt(100.0));
    assert_eq!(columns[1].0, Pt(0.0));
}

#[test]
fn captions_stand_outside_the_grid() {
    let html = "<table><caption>top</caption><caption style='caption-side: bottom'>below</caption>\
                <tr><td>a</td></tr></table>";
    let table = table("table { border: 2pt solid black }", html, 500.0);
    let body = body(&table);
    assert_eq!(body.captions[0].at.y, Depth(0.0));
    assert_eq!((body.grid.top, body.grid.bottom), (Depth(12.0), Depth(28.0)));
    assert_eq!(body.captions[1].at.y, Depth(28.0));
    assert_eq!(table.size.height, Pt(40.0));
    assert_eq!(body.rows[0].y, Depth(14.0));
    // The caption's longest word sets the least width.
    assert_eq!(table.size.width, Pt(30.0));
}

#[test]
fn decimal_marks_stand_one_below_the_other() {
    let html = "<table><tr><td>1234,5</td></tr><tr><td>7,25</td></tr><tr><td>88</td></tr></table>";
    let css = "td { -dossier-align-char: ','; text-align: right }";
    let table = table(css, html, 500.0);
    // Four letters before the mark, three from it on.
    assert_eq!(widths(&table), [42.0]);
    let starts: Vec<Pt> = (0..3).map(|row| line(cell(&table, row, 0)).x).collect();
    assert_eq!(starts, [Pt(0.0), Pt(18.0), Pt(12.0)]);
}

const GRID: &str = "<table><tr><td>a</td><td>b</td></tr><tr><td>c</td><td>d</td></tr></table>";

/// Width, style and colour of a border.
type Drawn = Option<(f32, LineStyle, Color)>;

/// The border that is drawn where the given one would be, in `GRID` with collapsed borders.
fn drawn(css: &str, horizontal: bool, row: usize, x: f32) -> Drawn {
    let table = table(&format!("table {{ border-collapse: collapse }} {css}"), GRID, 500.0);
    let lines: Vec<_> = body(&table).lines_of(row, row + 1).collect();
    let found = lines.into_iter().find(|line| {
        let covers = if horizontal {
            line.row == row && line.from <= Pt(x) && Pt(x) <= line.to
        } else {
            (line.x - Pt(x)).abs() < Pt(3.0)
        };
        line.horizontal == horizontal && covers
    });
    found.map(|line| (line.border.width.0, line.border.style, line.border.color))
}

#[test]
fn collapsed_conflicts_are_resolved_by_rank() {
    let red = Color { red: 255, green: 0, blue: 0, alpha: 1.0 };
    let black = Color::BLACK;
    let cases: [(&str, Drawn); 7] = [
        // `hidden` beats everything.
        ("tr { border-bottom: hidden } td { border: 5pt solid black }", None),
        // `none` loses against everything.
        (
            "tr { border-bottom: none } td { border: 1pt dotted red }",
            Some((1.0, LineStyle::Dotted, red)),
        ),
        // The wider wins.
        (
            "tr { border-bottom: 3pt dotted red } td { border: 2pt double black }",
            Some((3.0, LineStyle::Dotted, red)),
        ),
        // Of the same width, the style decides.
        (
            "tr { border-bottom: 2pt double red } td { border: 2pt solid black }",
            Some((2.0, LineStyle::Double, red)),
        ),
        (
            "tr { border-bottom: 2pt dashed red } td { border: 2pt dotted black }",
            Some((2.0, LineStyle::Dashed, red)),
        ),
        // Of the same style, the cell beats the row.
        (
            "tr { border-bottom: 2pt solid red } td { border: 2pt solid black }",
            Some((2.0, LineStyle::Solid, black)),
        ),
        // Of the same kind, the upper one wins.
        (
            "tr:first-child td { border-bottom: 2pt solid red } tr:last-child td { border-top: 2pt solid black }",
            Some((2.0, LineStyle::Solid, red)),
        ),
    ];
    for (css, expected) in cases {
        assert_eq!(drawn(css, true, 1, 4.0), expected, "{css}");
    }
}

#[test]
fn collapsed_table_border_meets_the_cells() {
    let css = "table { border: 4pt solid black } td { border: 1pt solid red }";
    assert_eq!(drawn(css, true, 0, 4.0).map(|(width, ..)| width), Some(4.0));
    assert_eq!(drawn(css, true, 1, 4.0).map(|(width, ..)| width), Some(1.0));
}

#[test]
fn collapsed_borders_take_half_of_each_cell() {
    let table =
        table("table { border-collapse: collapse } td { border: 2pt solid black }", GRID, 500.0);
    // Half of the outer border is the table's, half is the cell's, as is half of the inner one.
    assert_eq!(table.border.left, Pt(1.0));
    assert_eq!(widths(&table), [8.0, 8.0]);
    assert_eq!(table.size.width, Pt(18.0));
    assert_eq!(heights(&table), [14.0, 14.0]);
    let cell = cell(&table, 0, 0);
    assert_eq!(cell.placed.at.x, Pt(1.0));
    assert_eq!(line(cell).x, Pt(1.0));
    assert_eq!(cell.placed.fragment.border.left, Pt(1.0));
}

#[test]
fn equal_collapsed_borders_become_long_strokes() {
    let table =
        table("table { border-collapse: collapse } td { border: 2pt solid black }", GRID, 500.0);
    let borders = &body(&table).borders;
    let horizontal: Vec<_> = borders.iter().filter(|line| line.horizontal).collect();
    let vertical: Vec<_> = borders.iter().filter(|line| !line.horizontal).collect();
    assert_eq!((horizontal.len(), vertical.len()), (3, 3));
    // Corners are filled: the strokes reach over the vertical ones.
    assert_eq!((horizontal[0].from, horizontal[0].to), (Pt(0.0), Pt(18.0)));
    assert!(vertical.iter().all(|line| line.rows == 2));
}

#[test]
fn collapsed_border_stops_at_spanning_cells() {
    let html = "<table><tr><td rowspan='2'>a</td><td>b</td></tr><tr><td>c</td></tr></table>";
    let css = "table { border-collapse: collapse } td { border: 2pt solid black }";
    let table = table(css, html, 500.0);
    let middle: Vec<_> =
        body(&table).borders.iter().filter(|line| line.horizontal && line.row == 1).collect();
    assert_eq!(middle.len(), 1);
    assert_eq!(middle[0].from, Pt(8.0));
}

#[test]
fn empty_cells_are_bare_when_hidden() {
    let html = "<table><tr><td></td><td>b</td></tr></table>";
    let table = table("table { empty-cells: hide }", html, 500.0);
    assert!(cell(&table, 0, 0).bare);
    assert!(!cell(&table, 0, 1).bare);
}

#[test]
fn too_many_columns_are_an_error() {
    let html = format!("<table><tr>{}</tr></table>", "<td>a</td>".repeat(1200));
    let document = StandIn::new("", &html);
    assert_eq!(body(&document.measured(1.0e6)).columns.len(), 1000);
    assert!(document.codes().contains(&"layout/table-columns"));
}

#[test]
fn empty_table_has_no_size() {
    let table = table("", "<table></table>", 500.0);
    assert_eq!((table.size.width, table.size.height), (Pt(0.0), Pt(0.0)));
}

#[test]
fn nested_table_is_measured_in_its_cell() {
    let html = format!("<table><tr><td>{TWO}</td><td>x</td></tr></table>");
    assert_eq!(widths(&table("", &html, 500.0)), [84.0, 6.0]);
}

#[test]
fn columns_have_the_width_of_their_group_unless_they_have_their_own() {
    let html = "<table><colgroup style='width: 80pt'><col><col style='width: 20pt'></colgroup>\
                <tr><td>a</td><td>b</td><td>c</td></tr></table>";
    assert_eq!(widths(&table("", html, 500.0)), [80.0, 20.0, 6.0]);
}

#[test]
fn rows_take_their_share_of_the_tables_height_first() {
    let html = "<table><tr style='height: 25%'><td>a</td></tr><tr><td>b</td></tr>\
                <tr><td>c</td></tr></table>";
    assert_eq!(heights(&table("table { height: 96pt }", html, 500.0)), [24.0, 36.0, 36.0]);
    assert_eq!(heights(&table("", html, 500.0)), [12.0, 12.0, 12.0]);
}

#[test]
fn group_of_a_set_height_shares_it_among_its_rows() {
    let html = "<table><tbody style='height: 60pt'><tr><td>a</td></tr><tr><td>b</td></tr></tbody>\
                <tbody><tr><td>c</td></tr></tbody></table>";
    assert_eq!(heights(&table("", html, 500.0)), [30.0, 30.0, 12.0]);
}

#[test]
fn collapsed_row_leaves_widths_and_takes_its_spacing_along() {
    let html = "<table><tr><td>a</td></tr><tr class='x'><td>aaaa</td></tr>\
                <tr><td>b</td></tr></table>";
    let css = ".x { visibility: collapse } table { border-spacing: 5pt }";
    let table = table(css, html, 500.0);
    assert_eq!(heights(&table), [12.0, 0.0, 12.0]);
    assert_eq!(widths(&table), [24.0]);
    assert_eq!(table.size.height, Pt(39.0));
    assert!(matches!(cell(&table, 1, 0).placed.fragment.body, Body::Empty));
}

#[test]
fn collapsed_column_takes_its_width_and_its_spacing_along() {
    let html = "<table><col><col class='x'><col><tr><td>a</td><td>bb</td><td>c</td></tr>\
                <tr><td colspan='2'>d</td><td>e</td></tr></table>";
    let css = ".x { visibility: collapse } table { border-spacing: 5pt }";
    let table = table(css, html, 500.0);
    assert_eq!(widths(&table), [6.0, 0.0, 6.0]);
    assert_eq!(table.size.width, Pt(27.0));
    assert!(matches!(cell(&table, 0, 1).placed.fragment.body, Body::Empty));
    assert_eq!(cell(&table, 1, 0).placed.fragment.size.width, Pt(6.0));
}

#[test]
fn fit_by_shrinking_makes_letters_smaller_down_to_six_points() {
    let html = "<table><tr><td>aaaaaaaaaa</td><td>bbbbbbbbbb</td></tr></table>";
    let css = "table { -dossier-table-fit: shrink }";
    let document = StandIn::new(css, html);
    let fitted = document.measured(90.0);
    // 120 points have room in 90: letters of 12 points become 9.
    assert_eq!(fitted.size, crate::geom::Size::new(Pt(90.0), Pt(9.0)));
    let crate::layout::fragment::Piece::Glyphs { run, .. } = &line(cell(&fitted, 0, 1)).pieces[0]
    else {
        panic!("no text")
    };
    assert_eq!(run.size, Pt(9.0));
    assert!(document.codes().is_empty());
    assert_eq!(document.measured(40.0).size.width, Pt(60.0));
    assert_eq!(document.codes(), ["layout/table-too-wide"]);
}
