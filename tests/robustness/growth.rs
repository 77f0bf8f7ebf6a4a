//! Twice as much takes about twice as long: nothing looks at everything for each thing.

use std::time::{Duration, Instant};

use super::{on_a_papers_stack, print};

/// Four times as much may take so many times as long; work that grows with the square takes 16
/// times as long.
const MOST: f64 = 9.0;

/// Another test may take the machine's time away while one of these is measured, so that a bad
/// ratio is measured again.
const TRIES: usize = 5;

/// What is repeated: the style, what stands before, one of it, what stands after, and how many
/// there are at first.
const GROWING: &[(&str, &str, &str, &str, usize)] = &[
    ("paragraphs", "", "<p>A hearing in room 304 at nine o’clock.</p>", "", 150),
    ("inline elements", "<p>", "<b>word</b> and <i>word</i> ", "", 250),
    ("words of one paragraph", "<p style='text-align: justify'>", "hearing ", "", 1_500),
    (
        "floats",
        "",
        "<p><span style='float: left; width: 20pt'>x</span>Beside it stands a text.</p>",
        "",
        120,
    ),
    ("floats of one paragraph", "<p>", "<i style='float: left; width: 10pt'>x</i> word ", "", 250),
    ("notes", "", "<p>Word<span style='float: footnote'>A note.</span></p>", "", 60),
    ("notes of one paragraph", "<p>", "word<span style='float: footnote'>A note.</span> ", "", 60),
    ("list items", "<ol>", "<li>Item</li>", "</ol>", 250),
    (
        "flex items",
        "<div style='display: flex; flex-wrap: wrap'>",
        "<div>Item</div>",
        "</div>",
        200,
    ),
    (
        "flex items in a column",
        "<div style='display: flex; flex-direction: column'>",
        "<div>Item</div>",
        "</div>",
        200,
    ),
    (
        "grid items",
        "<div style='display: grid; grid-template-columns: 1fr 1fr'>",
        "<div>Item</div>",
        "</div>",
        150,
    ),
    (
        "text in columns",
        "<div style='columns: 2'>",
        "<p>Text in columns, of which there are two.</p>",
        "</div>",
        120,
    ),
    ("rows", "<table>", "<tr><td>Name<td>Office<td>2026</tr>", "</table>", 200),
    (
        "cells that span rows",
        "<table>",
        "<tr><td rowspan=2>Both<td>One</tr><tr><td>Two</tr>",
        "</table>",
        120,
    ),
    ("nested tables", "", "<table><tr><td><table><tr><td>In</table><td>Out</table>", "", 80),
    (
        "boxes out of the flow",
        "",
        "<div style='position: relative'>x<i style='position: absolute; top: 0'>y</i></div>",
        "",
        150,
    ),
    ("pages", "", "<p style='break-after: page'>x</p>", "", 80),
    (
        "counters",
        "<style>p { counter-increment: a; string-set: s content() } p::before { content: counters(a, '.') } @page { @top-left { content: string(s) } }</style>",
        "<p>x</p>",
        "",
        200,
    ),
    ("links", "", "<p><a href='#end'>x</a></p>", "<p id=end>y</p>", 200),
    ("siblings", "<style>p ~ p { color: red } p + p { margin: 0 }</style>", "<p>x</p>", "", 250),
    ("drawings", "", "<svg width=9 height=9 aria-label=x><rect width=9 height=9 /></svg>", "", 80),
    ("faults", "", "<p style='colour: red'>x</p><blink>y</blink>", "", 150),
];

fn time_of(document: &(&str, &str, &str, &str, usize), times: usize) -> Duration {
    let (_, before, one, after, count) = document;
    let body = format!("{before}{}{after}", one.repeat(count * times));
    let html = format!("<!DOCTYPE html><html lang=en><title>t</title>{body}");
    let start = Instant::now();
    print(&html);
    start.elapsed()
}

#[test]
fn four_times_as_much_takes_about_four_times_as_long() {
    on_a_papers_stack(|| {
        let mut faults = Vec::new();
        for document in GROWING {
            time_of(document, 1);
            let ratio = || {
                let one = time_of(document, 1).min(time_of(document, 1));
                time_of(document, 4).as_secs_f64() / one.as_secs_f64().max(0.001)
            };
            let best = (0..TRIES).map(|_| ratio()).find(|ratio| *ratio < MOST);
            if best.is_none() {
                faults.push(format!("{}: more than {MOST} times as long", document.0));
            }
        }
        assert!(faults.is_empty(), "{}", faults.join("\n"));
    });
}
