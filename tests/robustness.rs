//! Whatever comes in, nothing panics and everything ends: arbitrary and broken input through the
//! public API, and documents that are meant to be too much.
//!
//! `DOSSIER_FUZZ=100000 cargo test robustness` looks longer than every run can.

mod attacks;
mod growth;

use std::sync::OnceLock;

use chrono::{DateTime, Utc};
use dossier::assets::Assets;
use dossier::batch::STACK_BYTES;
use dossier::conformance::{Accessible, Claims};
use dossier::diag::Diagnostics;
use dossier::fonts::{FontBook, FontSources};
use dossier::origin::OriginMap;
use dossier::press::{Given, Kept, Press};
use dossier::source::{Sources, Span};
use dossier::{cli, load};
use proptest::prelude::*;
use proptest::sample::{Index, select};
use proptest::test_runner::{Config, RngAlgorithm, TestRng, TestRunner};

/// The faces, opened once.
pub fn fonts() -> &'static FontBook {
    static FONTS: OnceLock<FontBook> = OnceLock::new();
    FONTS.get_or_init(|| FontSources::builtin().open().0)
}

/// Prints a document; every message is rendered as well, since places in it may be wrong.
fn print(html: &str) -> (Option<usize>, Diagnostics) {
    let assets = Assets::builtin();
    let sources = Sources::new();
    let origins = OriginMap::identity(Span::new(sources.add("a.html", html), 0, html.len()));
    let press = Press {
        assets: &assets,
        sources: &sources,
        fonts: fonts(),
        kept: &Kept::default(),
        created: DateTime::<Utc>::UNIX_EPOCH,
        ends: false,
    };
    // What could not be read aloud is to reach the writer as well.
    let claims = Claims { accessible: Accessible::None, ..Claims::default() };
    let given = Given { claims, read_back: true, ..Given::default() };
    let (paper, found) = press.print(html, origins, "a.html", given);
    show(&found, &sources);
    (paper.map(|paper| paper.pages), found)
}

fn show(found: &Diagnostics, sources: &Sources) {
    for finding in found.iter() {
        assert!(!cli::plain(finding, sources).is_empty());
    }
}

/// Runs `test` with as much stack as the program gives its papers.
fn on_a_papers_stack(test: impl FnOnce() + Send + 'static) {
    let thread = std::thread::Builder::new().stack_size(STACK_BYTES).spawn(test);
    thread.expect("a thread").join().expect("no panic");
}

pub fn try_many<S: Strategy>(
    cases: u32,
    strategy: impl FnOnce() -> S + Send + 'static,
    test: fn(S::Value),
) where
    S::Value: std::fmt::Debug + 'static,
{
    let more = std::env::var("DOSSIER_FUZZ").ok().and_then(|count| count.parse().ok());
    on_a_papers_stack(move || {
        let config = Config {
            cases: more.unwrap_or(cases),
            max_shrink_iters: 400,
            failure_persistence: None,
            ..Config::default()
        };
        // Every run looks at the same input, unless it is to look for more.
        let mut runner = match more {
            None => {
                TestRunner::new_with_rng(config, TestRng::deterministic_rng(RngAlgorithm::ChaCha))
            }
            Some(_) => TestRunner::new(config),
        };
        let run = runner.run(&strategy(), |value| {
            test(value);
            Ok(())
        });
        if let Err(failure) = run {
            panic!("{failure}");
        }
    });
}

const TAGS: &[&str] = &[
    "div",
    "p",
    "span",
    "b",
    "h1",
    "h3",
    "ul",
    "ol",
    "li",
    "dl",
    "dt",
    "dd",
    "table",
    "thead",
    "tbody",
    "tr",
    "td",
    "th",
    "caption",
    "col",
    "colgroup",
    "figure",
    "figcaption",
    "section",
    "a",
    "br",
    "img",
    "svg",
    "rect",
    "text",
    "pre",
    "q",
    "blockquote",
    "sup",
    "style",
    "template",
    "math",
    "select",
    "body",
    "html",
    "title",
];

const ATTRIBUTES: &[&str] = &[
    "colspan=\"3\"",
    "rowspan=\"4\"",
    "colspan=\"0\"",
    "rowspan=\"0\"",
    "rowspan=\"65534\"",
    "span=\"7\"",
    "lang=\"ar\"",
    "lang=\"\"",
    "lang=\"xx-€\"",
    "dir=\"rtl\"",
    "id=\"a\"",
    "href=\"#a\"",
    "href=\"https://example.org/\"",
    "src=\"gone.png\"",
    "alt=\"x\"",
    "scope=\"row\"",
    "class=\"a b\"",
    "start=\"-99999999999\"",
    "value=\"7\"",
    "type=\"i\"",
    "viewBox=\"0 0 0 0\"",
    "width=\"1e9\"",
    "height=\"-4\"",
    "title=\"t\"",
    "hidden",
];

const PROPERTIES: &[&str] = &[
    "display",
    "position",
    "float",
    "width",
    "height",
    "min-width",
    "max-width",
    "min-height",
    "max-height",
    "margin",
    "margin-top",
    "padding",
    "border",
    "border-collapse",
    "border-spacing",
    "border-width",
    "font-size",
    "line-height",
    "letter-spacing",
    "word-spacing",
    "text-indent",
    "text-align",
    "vertical-align",
    "white-space",
    "hyphens",
    "direction",
    "unicode-bidi",
    "color",
    "background",
    "background-size",
    "break-before",
    "break-after",
    "break-inside",
    "orphans",
    "widows",
    "columns",
    "flex",
    "flex-direction",
    "flex-wrap",
    "flex-basis",
    "align-items",
    "justify-content",
    "gap",
    "grid-template-columns",
    "grid-template-rows",
    "grid-column",
    "grid-row",
    "grid-auto-flow",
    "grid-template-areas",
    "top",
    "left",
    "right",
    "bottom",
    "overflow",
    "content",
    "counter-reset",
    "counter-increment",
    "string-set",
    "list-style-type",
    "list-style-position",
    "table-layout",
    "caption-side",
    "empty-cells",
    "text-decoration",
    "text-transform",
    "font-family",
    "font-weight",
    "font",
    "page",
    "z-index",
    "box-sizing",
    "border-radius",
    "--x",
    "aspect-ratio",
    "overflow-wrap",
    "word-break",
    "tab-size",
    "quotes",
    "transform",
    "opacity",
    "object-fit",
    "all",
];

const VALUES: &[&str] = &[
    "0",
    "1",
    "-1",
    "auto",
    "none",
    "block",
    "inline",
    "inline-block",
    "flex",
    "grid",
    "table",
    "table-cell",
    "table-row",
    "inline-flex",
    "list-item",
    "contents",
    "run-in",
    "absolute",
    "relative",
    "fixed",
    "left",
    "right",
    "both",
    "10pt",
    "-30pt",
    "1e30pt",
    "-1e30pt",
    "1e-30pt",
    "0.0001pt",
    "100%",
    "-100%",
    "1e9%",
    "200vw",
    "5em",
    "99999em",
    "calc(1pt / 0)",
    "calc(100% - 5pt)",
    "calc(",
    "var(--x)",
    "var(--y, 3pt)",
    "inherit",
    "initial",
    "unset",
    "revert",
    "collapse",
    "separate",
    "justify",
    "center",
    "decimal",
    "rtl",
    "bidi-override",
    "isolate",
    "pre",
    "pre-wrap",
    "nowrap",
    "always",
    "page",
    "avoid",
    "recto",
    "1fr",
    "0fr",
    "repeat(3, 1fr)",
    "repeat(99999, 1fr)",
    "minmax(0, 1fr)",
    "span 99999",
    "-5 / 10000",
    "1 / -1",
    "row",
    "column",
    "wrap",
    "wrap-reverse",
    "dense",
    "\"a a\" \"b\"",
    "counter(page)",
    "counter(pages)",
    "target-counter(attr(href), page)",
    "target-counter(url(#none), page)",
    "string(x)",
    "x content()",
    "attr(title)",
    "\"\\202E text\"",
    "leader(\".\")",
    "url(gone.png)",
    "url(",
    "red",
    "#12345",
    "rgb(300, -2, 5%)",
    "currentcolor",
    "1px solid",
    "thick double red",
    "10 20 30 40",
    "1pt 2pt 3pt 4pt",
    "super",
    "middle",
    "serif",
    "\"No Such Family\"",
    "bold 12pt/2 serif",
    "2147483648",
    "-2147483649",
    "upper-roman",
    "linear-gradient(red, blue)",
    "hidden",
    "uppercase",
    "break-all",
    "anywhere",
    "manual",
    "border-box",
    "1 1 0",
    "0 / 0",
    "rotate(1e30deg)",
    "!important",
    ";",
    "}",
    "\\",
    "\u{0}",
];

const TEXTS: &[&str] = &[
    "word",
    "two words",
    " ",
    "\n\n",
    "a\u{AD}b",
    "\u{202E}abc\u{202C}",
    "السلام عليكم 123 abc",
    "שלום (a)",
    "Å\u{30A}\u{30A}\u{30A}",
    "\u{200B}",
    "\u{FEFF}",
    "👨‍👩‍👧",
    "漢字",
    "&amp;",
    "&#0;",
    "&#x10FFFF;",
    "<",
    "</",
    "<!--",
    "<![CDATA[",
    "supercalifragilisticexpialidocious-and-more",
    "1\t2",
    "\u{2028}",
    "fi ffl",
    "𝔘",
    "\u{E000}",
    "\u{1F1F3}\u{1F1F4}",
    "ß",
    "Ⅷ",
    "…",
    "a\u{A0}b",
];

fn declarations() -> BoxedStrategy<String> {
    let one =
        (select(PROPERTIES), select(VALUES)).prop_map(|(name, value)| format!("{name}: {value}"));
    prop::collection::vec(one, 0..5).prop_map(|all| all.join("; ")).boxed()
}

/// A small document of odd elements with odd styles.
fn document() -> impl Strategy<Value = String> {
    let leaf = select(TEXTS).prop_map(str::to_owned);
    let element = (
        select(TAGS),
        declarations(),
        prop::collection::vec(select(ATTRIBUTES), 0..3),
        any::<bool>(),
    );
    let tree = leaf.prop_recursive(5, 40, 6, move |inner| {
        (element.clone(), prop::collection::vec(inner, 0..6)).prop_map(
            |((tag, style, attributes, close), inside)| {
                let style = style.replace('"', "&quot;");
                let end = if close { format!("</{tag}>") } else { String::new() };
                format!(
                    "<{tag} style=\"{style}\" {}>{}{end}",
                    attributes.join(" "),
                    inside.concat()
                )
            },
        )
    });
    let rule = (
        select(TAGS),
        select(
            &["", "::before", "::after", ":first-child", "::marker", ":nth-child(2n+1)", ", "][..],
        ),
        declarations(),
    )
        .prop_map(|(tag, more, style)| format!("{tag}{more} {{ {style} }}"));
    let page = (
        declarations(),
        select(&["", ":first", ":left", ":blank", " x"][..]),
        declarations(),
        select(&["A4", "0", "1pt 1pt", "1e9pt", "A4 landscape", "-5pt"][..]),
    )
        .prop_map(|(outer, which, inner, size)| {
            format!("@page{which} {{ {outer}; size: {size}; @top-center {{ {inner} }} }}")
        });
    (prop::collection::vec(tree, 1..5), prop::collection::vec(rule, 0..4), prop::option::of(page))
        .prop_map(|(body, rules, page)| {
            let page = page.unwrap_or_default();
            format!(
                "<!DOCTYPE html><html lang=\"en\"><title>t</title><style>{page} {}</style><body>{}",
                rules.join(" "),
                body.concat()
            )
        })
}

/// A text with some of its bytes changed, taken out or put twice.
fn mutated(texts: Vec<Vec<u8>>) -> impl Strategy<Value = Vec<u8>> {
    let edit = (any::<Index>(), any::<Index>(), 0..4u8, any::<u8>());
    (select(texts), prop::collection::vec(edit, 0..12)).prop_map(|(mut bytes, edits)| {
        for (at, other, kind, byte) in edits {
            if bytes.is_empty() {
                break;
            }
            let (at, other) = (at.index(bytes.len()), other.index(bytes.len()));
            match kind {
                0 => bytes[at] = byte,
                1 => bytes.insert(at, b"\"'<>{}[]:;,&*#-|!%@\\\n\t \0\xff"[usize::from(byte) % 25]),
                2 => drop(bytes.drain(at.min(other)..at.max(other).min(at.min(other) + 40))),
                _ => {
                    let piece =
                        bytes[at.min(other)..at.max(other).min(at.min(other) + 40)].to_vec();
                    bytes.splice(at..at, piece);
                }
            }
        }
        bytes
    })
}

/// The files below a folder of this repository that end so.
fn samples(folder: &str, ending: &str) -> Vec<Vec<u8>> {
    let mut folders = vec![std::path::Path::new(env!("CARGO_MANIFEST_DIR")).join(folder)];
    let mut found = Vec::new();
    while let Some(folder) = folders.pop() {
        for entry in std::fs::read_dir(folder).expect("a readable folder").flatten() {
            if entry.path().is_dir() {
                folders.push(entry.path());
            } else if entry.path().to_string_lossy().ends_with(ending) {
                found.push((entry.path(), std::fs::read(entry.path()).expect("a readable file")));
            }
        }
    }
    found.sort();
    found.into_iter().map(|(_, bytes)| bytes).filter(|bytes| bytes.len() < 20_000).collect()
}

#[test]
fn odd_elements_with_odd_styles_never_panic() {
    try_many(250, document, |html| {
        print(&html);
    });
}

#[test]
fn broken_html_never_panics() {
    try_many(
        60,
        || mutated(samples("tests/cases", ".html")),
        |bytes| {
            print(&String::from_utf8_lossy(&bytes));
        },
    );
}

#[test]
fn broken_css_never_panics() {
    try_many(
        120,
        || mutated(samples("templates/styles", ".css")),
        |bytes| {
            let css = String::from_utf8_lossy(&bytes);
            print(&format!(
                "<html lang=en><title>t</title><style>{css}</style><h1>One</h1><p class=lead>Two<table><tr><th>3<td>4</table>"
            ));
        },
    );
}

#[test]
fn broken_svg_never_panics() {
    let svg = br##"<svg xmlns="http://www.w3.org/2000/svg" width="90pt" height="40pt" viewBox="0 0 90 40" role="img" aria-label="x"><title>x</title><defs><linearGradient id="g"><stop offset="0" stop-color="red"/><stop offset="1" stop-color="#00f"/></linearGradient><clipPath id="c"><rect width="9" height="9"/></clipPath><symbol id="s"><path d="M0 0 L9 9 A 3 3 0 0 1 4 4 Z"/></symbol></defs><g transform="translate(1 2) rotate(30)" opacity="0.5"><rect x="1" y="1" width="30" height="10" fill="url(#g)" stroke="black" stroke-dasharray="1 2"/><use href="#s" x="4"/><text x="3" y="20" font-size="9">Text <tspan dy="3">more</tspan></text></g><circle r="4" clip-path="url(#c)"/></svg>"##;
    try_many(
        150,
        || mutated(vec![svg.to_vec()]),
        |bytes| {
            print(&format!(
                "<html lang=en><title>t</title><p>{}</p>",
                String::from_utf8_lossy(&bytes)
            ));
        },
    );
}

#[test]
fn broken_yaml_never_panics() {
    try_many(
        400,
        || mutated(samples("tests/cases/data", ".yaml")),
        |bytes| {
            let sources = Sources::new();
            if let Err(found) = load::yaml(&sources, "a.yaml", &bytes) {
                show(&found, &sources);
            }
        },
    );
}

#[test]
fn broken_csv_never_panics() {
    try_many(
        400,
        || mutated(samples("tests/cases/data", ".csv")),
        |bytes| {
            let sources = Sources::new();
            if let Err(found) = load::csv(&sources, "a.csv", &bytes) {
                show(&found, &sources);
            }
        },
    );
}

#[test]
fn arbitrary_bytes_never_panic() {
    try_many(
        300,
        || prop::collection::vec(any::<u8>(), 0..200),
        |bytes| {
            let sources = Sources::new();
            let faults = [
                load::yaml(&sources, "a.yaml", &bytes).err(),
                load::csv(&sources, "a.csv", &bytes).err(),
            ];
            faults.iter().flatten().for_each(|found| show(found, &sources));
            print(&String::from_utf8_lossy(&bytes));
        },
    );
}

#[test]
fn spans_of_a_hundred_thousand_end() {
    on_a_papers_stack(|| {
        for attribute in ["colspan", "rowspan"] {
            let row = format!("<tr><td {attribute}=100000>a<td>b");
            print(&format!("<html lang=en><title>t</title><table>{}</table>", row.repeat(5)));
        }
        print(
            "<html lang=en><title>t</title><table><colgroup span=100000><col span=100000><tr><td>a</table>",
        );
    });
}

#[test]
fn a_million_letters_without_a_space_end() {
    on_a_papers_stack(|| {
        let (paper, _) =
            print(&format!("<html lang=en><title>t</title><p>{}", "m".repeat(1_000_000)));
        assert!(paper.is_some());
    });
}

#[test]
fn lengths_without_bound_end() {
    on_a_papers_stack(|| {
        for style in [
            "padding: 1e9%",
            "height: 1e30pt",
            "margin-top: 1e20pt",
            "border: 1e9pt solid",
            "line-height: 1e9",
        ] {
            for tag in ["div", "table", "p", "li"] {
                print(&format!("<html lang=en><title>t</title><{tag} style='{style}'>a</{tag}>b"));
            }
        }
    });
}
