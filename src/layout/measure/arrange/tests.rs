//! Flex and grid containers with figures worked out by hand.

use crate::geom::Pt;
use crate::layout::fragment::{Body, BoxRow, Fragment};
use crate::layout::measure::Measure;
use crate::layout::measure::stand_in::StandIn;

fn rows(fragment: &Fragment) -> &[BoxRow] {
    match &fragment.body {
        Body::Rows(rows) => rows,
        other => panic!("no rows: {other:?}"),
    }
}

/// x, y, width and height of each item, row by row.
fn places(css: &str, items: &str, width: f32) -> Vec<Vec<[f32; 4]>> {
    let html = format!("<div class='c'>{items}</div>");
    let fragment = StandIn::new(css, &html).measured(width);
    let of_row = |row: &BoxRow| {
        let place = |item: &crate::layout::fragment::Placed| {
            let size = item.fragment.size;
            [item.at.x, item.at.y.pt(), size.width, size.height]
                .map(|v: Pt| (v.0 * 100.0).round() / 100.0)
        };
        row.items.iter().map(place).collect()
    };
    rows(&fragment).iter().map(of_row).collect()
}

const THREE: &str = "<div>aa</div><div>bbbb</div><div>cc cc</div>";

#[test]
fn flex_items_stand_side_by_side_and_stretch() {
    let places =
        places(".c { display: flex }", "<div>aa</div><div style='height: 30pt'>b</div>", 100.0);
    assert_eq!(places, [vec![[0.0, 0.0, 12.0, 30.0], [12.0, 0.0, 6.0, 30.0]]]);
}

#[test]
fn flex_items_grow_by_their_factor() {
    let css = ".c { display: flex; gap: 10pt } .c div { flex: 1 }";
    let places = places(css, THREE, 110.0);
    assert_eq!(places[0].iter().map(|place| place[2]).collect::<Vec<_>>(), [30.0, 30.0, 30.0]);
    assert_eq!(places[0][2][0], 80.0);
}

#[test]
fn flex_items_shrink_to_their_content_at_most() {
    let css = ".c { display: flex } .c div { width: 60pt }";
    let places = places(css, THREE, 90.0);
    assert_eq!(places[0].iter().map(|place| place[2]).collect::<Vec<_>>(), [30.0, 30.0, 30.0]);
}

#[test]
fn flex_lines_become_rows() {
    let css = ".c { display: flex; flex-wrap: wrap; row-gap: 5pt } .c div { width: 40pt }";
    let places = places(css, THREE, 90.0);
    assert_eq!(places.len(), 2);
    assert_eq!(places[1], [[0.0, 17.0, 40.0, 12.0]]);
}

#[test]
fn flex_alignment_places_items() {
    let css = ".c { display: flex; justify-content: space-between; align-items: center }";
    let places = places(css, "<div>aa</div><div style='height: 40pt'>b</div>", 100.0);
    assert_eq!(places[0], [[0.0, 14.0, 12.0, 12.0], [94.0, 0.0, 6.0, 40.0]]);
}

#[test]
fn flex_baselines_meet() {
    let css = ".c { display: flex; align-items: baseline }";
    let places = places(css, "<div>aa</div><div style='padding-top: 10pt'>b</div>", 100.0);
    assert_eq!(places[0][0][1], 10.0);
}

#[test]
fn flex_order_moves_items() {
    let css = ".c { display: flex } .c div:first-child { order: 1 }";
    let places = places(css, THREE, 100.0);
    assert_eq!(places[0].iter().map(|place| place[2]).collect::<Vec<_>>(), [24.0, 30.0, 12.0]);
}

#[test]
fn flex_right_to_left_starts_at_the_right() {
    let places = places(".c { display: flex; direction: rtl }", "<div>aa</div><div>b</div>", 100.0);
    assert_eq!(places[0][0][0], 88.0);
    assert_eq!(places[0][1][0], 82.0);
}

#[test]
fn flex_column_breaks_between_items() {
    let places = places(".c { display: flex; flex-direction: column }", THREE, 100.0);
    assert_eq!(places.len(), 3);
    assert_eq!(places[2], [[0.0, 24.0, 100.0, 12.0]]);
}

#[test]
fn flex_text_wraps_in_its_share() {
    let css = ".c { display: flex } .c div { flex: 1 1 0 }";
    let places = places(css, "<div>aa bb</div><div>c</div>", 40.0);
    assert_eq!(places[0], [[0.0, 0.0, 20.0, 24.0], [20.0, 0.0, 20.0, 24.0]]);
}

#[test]
fn grid_fractions_share_the_rest() {
    let css = ".c { display: grid; grid-template-columns: 30pt 1fr 2fr; column-gap: 5pt }";
    let places = places(css, THREE, 100.0);
    // Four letters need 24, more than a third of the 60 that are left.
    assert_eq!(places[0].iter().map(|place| place[2]).collect::<Vec<_>>(), [30.0, 24.0, 36.0]);
    assert_eq!(places[0][2][0], 64.0);
}

#[test]
fn grid_fills_with_repeated_tracks() {
    let css = ".c { display: grid; grid-template-columns: repeat(auto-fill, minmax(40pt, 1fr)) }";
    let places = places(css, THREE, 100.0);
    assert_eq!(places.len(), 2);
    assert_eq!(places[0][1], [50.0, 0.0, 50.0, 12.0]);
}

#[test]
fn grid_item_that_spans_rows_keeps_them_together() {
    let css = ".c { display: grid; grid-template-columns: 50pt 50pt } \
               .c div:first-child { grid-row: 1 / 3 }";
    let items = "<div>a</div><div>b</div><div>c</div><div>d</div>";
    let places = places(css, items, 100.0);
    assert_eq!(places.len(), 2);
    assert_eq!(places[0].len(), 3);
    assert_eq!(places[0][0][3], 24.0);
}

#[test]
fn container_with_frame_moves_items() {
    let css = ".c { display: flex; padding: 5pt; border: 1pt solid black; width: 50pt }";
    assert_eq!(places(css, "<div>aa</div>", 100.0)[0][0][..2], [6.0, 6.0]);
}

#[test]
fn intrinsic_of_flex_is_the_sum_of_its_items() {
    let document =
        StandIn::new(".c { display: flex; gap: 3pt }", &format!("<div class='c'>{THREE}</div>"));
    let intrinsic = document.intrinsic(document.first());
    assert_eq!((intrinsic.min, intrinsic.max), (Pt(54.0), Pt(72.0)));
}

#[test]
fn extreme_grid_lines_are_cut() {
    let css = ".c { display: grid } .c div { grid-row: 30000; grid-column: 30000 }";
    assert_eq!(places(css, "<div>a</div>", 100.0).len(), 1);
}

#[test]
fn deeply_nested_containers_are_measured_once_a_level() {
    // Each level has a higher neighbour that stretches it, so that it is measured twice.
    let mut html = "<div>a</div>".to_owned();
    for _ in 0..60 {
        html = format!("<div class='c'>{html}<p style='height: 400pt'>b</p></div>");
    }
    let document = StandIn::new(".c { display: flex; padding-top: 1pt }", &html);
    assert!(document.measured(5000.0).size.height > Pt(400.0));
}

#[test]
fn grid_items_stand_in_their_areas() {
    let css = ".c { display: grid; grid-template: 'a a' 20pt 'b c' 30pt / 40pt 60pt }";
    let items = "<div style='grid-area: c'>c</div><div style='grid-area: a'>a</div>\
                 <div style='grid-area: b'>b</div>";
    let places = places(css, items, 100.0);
    assert_eq!(places[0], [[0.0, 0.0, 100.0, 20.0]]);
    assert_eq!(places[1], [[40.0, 20.0, 60.0, 30.0], [0.0, 20.0, 40.0, 30.0]]);
}

#[test]
fn grid_lines_are_found_by_name_and_number() {
    let css = ".c { display: grid; grid-template-columns: repeat(3, [c] 10pt) [last] }";
    let items = "<div style='grid-column: c 2 / last'>a</div>\
                 <div style='grid-column: span c / c 3'>b</div>";
    let places = places(css, items, 100.0);
    assert_eq!(places[0], [[10.0, 0.0, 20.0, 12.0]]);
    assert_eq!(places[1], [[10.0, 12.0, 10.0, 12.0]]);
}

#[test]
fn grid_lines_with_start_and_end_make_an_area() {
    let css = ".c { display: grid; \
               grid-template-columns: [full-start] 5pt [main-start] 50pt [main-end] 5pt [full-end] }";
    let items = "<div style='grid-column: main'>a</div><div style='grid-column: full'>b</div>";
    let places = places(css, items, 100.0);
    assert_eq!((places[0][0][0], places[0][0][2]), (5.0, 50.0));
    assert_eq!((places[1][0][0], places[1][0][2]), (0.0, 60.0));
}
