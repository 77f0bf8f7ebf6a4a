//! Footnotes: which page they stand on, and in which order.

use super::dump::{lay_out_text, pages};

/// The notes whose text stands on each page, by their first word.
fn notes_by_page(html: &str) -> Vec<Vec<String>> {
    let text = pages(&lay_out_text(html).0);
    let page = |page: &str| {
        let words = page.split_whitespace().filter(|word| word.starts_with("note-"));
        words.map(str::to_owned).collect()
    };
    text.split("page ").skip(1).map(page).collect()
}

fn with_notes(css: &str, body: &str) -> String {
    let css = format!(
        "@page {{ size: 200pt 100pt; margin: 0; @footnote {{ margin: 0; padding: 0; border: none }} }}
        body {{ margin: 0; font: 10pt/10pt 'Liberation Serif' }} p {{ margin: 0 }}
        .n {{ float: footnote }} {css}"
    );
    format!(
        "<html lang='en'><head><title>T</title><style>{css}</style></head><body>{body}</body></html>"
    )
}

#[test]
fn footnotes_stand_on_the_page_of_their_call() {
    let line = |number: usize| format!("<p>line<span class='n'>note-{number}</span></p>");
    let body: String = (1..=12).map(line).collect();
    let expected: Vec<Vec<String>> = [1..=5, 6..=10, 11..=12]
        .into_iter()
        .map(|numbers| numbers.map(|number| format!("note-{number}")).collect())
        .collect();
    assert_eq!(notes_by_page(&with_notes("", &body)), expected);
}

#[test]
fn footnotes_that_no_page_can_hold_go_on_in_order() {
    let words = |from: usize| {
        (from..from + 30).map(|number| format!("note-{number}<br>")).collect::<String>()
    };
    let body = format!(
        "<p>a<span class='n'>{}</span> b<span class='n'>{}</span></p><p>c</p>",
        words(0),
        words(30)
    );
    let found: Vec<String> = notes_by_page(&with_notes("", &body)).into_iter().flatten().collect();
    let expected: Vec<String> = (0..60).map(|number| format!("note-{number}")).collect();
    assert_eq!(found, expected);
}

#[test]
fn footnote_policies_move_the_line_or_the_paragraph() {
    let note = "note-1<br>note-2<br>note-3<br>note-4<br>note-5<br>note-6";
    let body = |policy: &str| {
        let css = format!(
            ".n {{ footnote-policy: {policy}; orphans: 1; widows: 1 }} p {{ orphans: 1; widows: 1 }}"
        );
        let text =
            format!("<p>1<br>2</p><p>3<br>4<br>5<br>6<span class='n'>{note}</span><br>7</p>");
        pages(&lay_out_text(&with_notes(&css, &text)).0)
    };
    let first = |text: &str| text.split("page 2").next().unwrap_or_default().lines().count() - 1;
    // The lines up to the call (which has a line of its own here, being raised) and what fits of
    // the note; the lines before the call; the
    // paragraph before.
    assert_eq!(first(&body("auto")), 11);
    assert_eq!(first(&body("line")), 5);
    assert_eq!(first(&body("block")), 2);
}

#[test]
fn footnote_inside_a_footnote_or_in_running_matter_is_reported() {
    let body = "<p>a<span class='n'>note-1 <b class='n'>inner</b></span></p>
        <div style='position: fixed' aria-hidden='true'>x<i class='n'>y</i></div>";
    let html = with_notes("", body);
    let codes: Vec<&str> = lay_out_text(&html).1.iter().map(|finding| finding.code).collect();
    assert_eq!(codes, ["layout/nested-footnote", "layout/footnote-place"]);
}
