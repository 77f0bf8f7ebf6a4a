//! What holds for every document, tried on random trees of boxes: no word is lost, doubled or
//! misplaced by any break, nothing stands off its page or on other text, and the same document
//! gives the same bytes.
//!
//! `DOSSIER_FUZZ=100000 cargo test properties` looks longer than every run can.

mod room;
mod tree;

use std::time::{Duration, Instant};

use chrono::{DateTime, Utc};
use dossier::assets::Assets;
use dossier::diag::{Diagnostic, Diagnostics};
use dossier::geom::{Pt, Rect};
use dossier::layout::{ACCESS, Laid, Mark, Page, Pages, Paint};
use dossier::origin::OriginMap;
use dossier::source::{Sources, Span};
use dossier::{layout, markup, pdf, style};

use crate::robustness::{fonts, try_many};
use crate::support::pdf::Pdf;
use crate::support::rules;
use tree::{Document, Tree, tree};

/// No tree here needs nearly as long, even in a debug build on a busy machine.
const LONGEST: Duration = Duration::from_secs(60);

/// Warnings after which text may stand off its page or on other text.
const EXCUSES: &[&str] = &[
    "layout/overflow",
    "layout/off-page",
    "layout/taller-than-page",
    "layout/columns-too-high",
    "layout/wider-than-page",
    "layout/table-too-wide",
];

fn lay_out(html: &str) -> (Laid, Vec<u8>, Diagnostics) {
    let (assets, sources) = (Assets::builtin(), Sources::new());
    let origins = OriginMap::identity(Span::new(sources.add("a.html", html), 0, html.len()));
    let (document, mut found) = markup::parse(html, origins);
    let (styled, styling) = style::cascade(&document, &assets, &sources, "a.html", &[]);
    found.append(styling);
    let (laid, laying) = layout::lay_out(&document, &styled, fonts(), &assets, "a.html", &sources);
    found.append(laying);
    let created = DateTime::<Utc>::UNIX_EPOCH;
    let options = pdf::Options {
        created,
        producer: "test".to_owned(),
        id_seed: 0,
        claims: Default::default(),
        attachments: Vec::new(),
    };
    let bytes = pdf::write(&laid, fonts(), &options).expect("the pages can be written");
    (laid, bytes, found)
}

/// The numbers of the words in the structure tree, in its order. Labels of lists and of notes, and
/// the numbers that call notes, are not words.
fn words(structure: &str) -> Vec<usize> {
    let mut label = None;
    let mut text = String::new();
    for line in structure.lines() {
        let depth = line.len() - line.trim_start().len();
        let line = line.trim_start();
        if label.is_some_and(|label| depth > label) {
            continue;
        }
        label = matches!(line, "Lbl" | "Reference").then_some(depth);
        if let Some(marked) = line.strip_prefix('"') {
            text.push_str(marked.trim_end_matches('"'));
        }
    }
    let words = text.split('w').filter(|word| !word.trim().is_empty());
    words.map(|word| word.parse().unwrap_or(0)).collect()
}

/// What differs between the words that are there and `1..=count`.
fn difference(found: &[usize], count: usize) -> Option<String> {
    let wanted: Vec<usize> = (1..=count).collect();
    if found == wanted {
        return None;
    }
    let mut times = vec![0; count + 1];
    found.iter().for_each(|word| times[(*word).min(count)] += 1);
    let lost: Vec<&usize> = wanted.iter().filter(|word| times[**word] == 0).collect();
    let doubled: Vec<&usize> = wanted.iter().filter(|word| times[**word] > 1).collect();
    Some(format!("lost {lost:?}, doubled {doubled:?}, read {found:?}"))
}

/// The place where each stretch of tagged text begins: as narrow as any letter and as high as a
/// small one.
fn starts(page: &Page) -> Vec<(Rect, String)> {
    let mut depth = 0;
    let mut found = Vec::new();
    for item in &page.items {
        match &item.paint {
            Paint::Push(_) => depth += 1,
            Paint::Pop => depth -= 1,
            Paint::Glyphs(run)
                if depth == 0 && matches!(item.mark, Mark::Tagged(_)) && run.text.contains('w') =>
            {
                let high = run.size * 0.4;
                let rect = Rect::new(run.origin.x, run.origin.y - high, Pt(2.0), high);
                found.push((rect, run.text.to_string()));
            }
            _ => {}
        }
    }
    found
}

fn overlap(a: &Rect, b: &Rect) -> bool {
    a.origin.x < b.right()
        && b.origin.x < a.right()
        && a.origin.y < b.bottom()
        && b.origin.y < a.bottom()
}

fn misplaced(page: &Page, is_narrow: bool) -> Vec<String> {
    let starts = starts(page);
    let mut faults = Vec::new();
    for (index, (rect, text)) in starts.iter().enumerate() {
        let inside = rect.origin.y >= Pt(-1.0)
            && rect.bottom() <= page.size.height + Pt(1.0)
            && rect.origin.x >= Pt(-1.0)
            && rect.right() <= page.size.width + Pt(1.0);
        if !inside {
            faults.push(format!("`{text}` stands off its page"));
        }
        for (other, words) in &starts[index + 1..] {
            if !is_narrow && overlap(rect, other) {
                faults.push(format!("`{text}` stands on `{words}`"));
            }
        }
    }
    faults
}

fn faults(document: &Document) -> Vec<String> {
    let start = Instant::now();
    let (laid, bytes, found) = lay_out(&document.html);
    // Trees are boxes, and tables in them have no header cells: what they mean to readers is not
    // asked.
    let fails = |finding: &Diagnostic| finding.is_error() && !finding.code.starts_with(ACCESS);
    let mut faults: Vec<String> = found
        .iter()
        .filter(|_| found.iter().any(fails))
        .map(|finding| finding.message.clone())
        .collect();
    let read = Pdf::read(&bytes);
    faults.extend(difference(&words(&read.structure()), document.words));
    faults.extend(rules::faults(&bytes));
    let excused = found.iter().any(|finding| EXCUSES.contains(&finding.code));
    if !document.is_layered && !excused {
        for index in 0..laid.count() {
            let misplaced = misplaced(&laid.page(index), document.is_narrow);
            faults.extend(misplaced.iter().map(|fault| format!("page {}: {fault}", index + 1)));
        }
    }
    if laid.count() > 20 * (document.boxes + 1) + document.words {
        faults.push(format!("{} pages", laid.count()));
    }
    if lay_out(&document.html).1 != bytes {
        faults.push("the second time other bytes come out".to_owned());
    }
    if start.elapsed() > LONGEST {
        faults.push(format!("takes {:?}", start.elapsed()));
    }
    faults
}

fn holds(tree: &Tree) {
    let document = tree.document();
    let faults = faults(&document);
    assert!(faults.is_empty(), "{}", faults.join("\n"));
}

#[test]
fn pages_hold_every_word_of_any_tree_once_and_in_order() {
    try_many(60, tree, |tree| holds(&tree));
}

/// Documents that lost or doubled words, or read them in another order, each with how many it has.
const MENDED: &[(&str, usize)] = &[
    // A cell that is cut, tried again at another height, and then stays whole.
    (
        "<table><tr><td></td></tr><tr><td><div style='display: flex; flex-direction: column'><div>7</div><div>9</div></div></td><td style='break-inside: avoid'><div style='width: 60pt'>2</div><div><div style='margin-top: 30pt'>1</div><div>14</div></div></td></tr></table>",
        33,
    ),
    // Items beside each other in one list item, the first of which goes on.
    ("<ul><li><div><div style='display: flex'><div>31</div><div>1</div></div></div></li></ul>", 32),
    // A cell that spans rows in columns.
    (
        "<div style='columns: 2; column-gap: 8pt'><table><tr><td rowspan=2><div>20</div></td><td>4</td></tr><tr><td style='padding: 4pt; border: 3pt solid'>1</td></tr></table></div>",
        25,
    ),
    // More forced breaks than columns, in a cell that is cut.
    (
        "<table><tr><td><ul style='columns: 2; column-gap: 6pt'><li><div>34</div><div style='break-before: column'>1</div></li><li><div style='break-before: column'>1</div></li></ul></td></tr><tr><td></td></tr></table>",
        36,
    ),
    // A box on a line, before the rest of the line.
    ("<p>1<span style='display: inline-block'>1</span> 1</p>", 3),
    // A cell with nothing but a box out of the flow, which spans a break.
    (
        "<table><tr><td><table><thead><tr><td rowspan=2><div style='position: absolute'>1</div></td></tr><tr><td><div style='width: 50pt'>9</div></td></tr></thead><tr><td></td></tr></table></td></tr></table>",
        10,
    ),
    // A cell that spans a row, and is cut in the row before it.
    (
        "<table><tr><td rowspan=2><div>90</div><div style='min-height: 90pt'>3</div></td></tr><tr><td style='height: 30pt'>1</td></tr></table>",
        94,
    ),
];

#[test]
fn words_of_documents_that_failed_once_stand_in_order() {
    for (body, count) in MENDED {
        let mut html = String::from(
            "<html lang=en><title>t</title><style>@page { size: 240pt 160pt; margin: 10pt }</style>",
        );
        // Numbers between tags stand for so many words.
        let (mut first, mut in_tag) = (1, false);
        for piece in body.split_inclusive(['<', '>']) {
            let text = piece.trim_end_matches('<').trim();
            match text.parse::<usize>() {
                Ok(words) if !in_tag => {
                    (first..first + words).for_each(|word| html.push_str(&format!("w{word}w ")));
                    first += words;
                    html.push_str(if piece.ends_with('<') { "<" } else { "" });
                }
                _ => html.push_str(piece),
            }
            in_tag = piece.ends_with('<');
        }
        assert_eq!(first, count + 1, "{html}");
        let document = Document { html, words: *count, boxes: 20, ..Document::default() };
        let faults = faults(&document);
        assert!(faults.is_empty(), "{}\n{}", faults.join("\n"), document.html);
    }
}
