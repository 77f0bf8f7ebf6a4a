//! Documents that are meant to be too much: nested without end, or very many of something. Each
//! ends within a bounded time, with a paper or with an error that says why there is none.

use std::time::{Duration, Instant};

use super::{on_a_papers_stack, print};

/// None of them needs nearly as long, even in a debug build on a busy machine.
const LONGEST: Duration = Duration::from_secs(240);

/// As deep as nothing that anybody writes.
const DEEP: usize = 100_000;

/// Sets a document; all that is said of it must be sayable.
fn ends(name: &str, html: String) {
    let start = Instant::now();
    let (paper, found) = print(&html);
    assert!(paper.is_some() || found.has_errors(), "{name} is passed over in silence");
    assert!(start.elapsed() < LONGEST, "{name} takes {:?}", start.elapsed());
}

fn page(body: &str) -> String {
    format!("<!DOCTYPE html><html lang=en><title>t</title>{body}")
}

fn styled(css: &str, body: &str) -> String {
    page(&format!("<style>{css}</style>{body}"))
}

/// `open` and `close` around `inside`, as often as it takes.
fn nested(open: &str, inside: &str, close: &str, depth: usize) -> String {
    format!("{}{inside}{}", open.repeat(depth), close.repeat(depth))
}

/// Something for each number, one after the other.
fn each(count: usize, one: impl Fn(usize) -> String) -> String {
    (0..count).map(one).collect()
}

#[test]
fn elements_nested_without_end_end() {
    on_a_papers_stack(|| {
        let deep = ["div", "span", "table><tr><td", "ul><li", "svg"].map(|tags| (tags, DEEP));
        let others = [
            "b",
            "p",
            "ol><li",
            "dl><dd",
            "blockquote",
            "section",
            "figure",
            "details",
            "button",
            "sup",
            "q",
            "svg><g",
            "math",
        ];
        for (tags, depth) in deep.into_iter().chain(others.map(|tags| (tags, DEEP / 10))) {
            let open = format!("<{tags}>");
            let inner = tags.rsplit('<').next().unwrap_or(tags);
            ends(tags, page(&format!("{}x", open.repeat(depth))));
            ends(tags, page(&nested(&open, "x", &format!("</{inner}>"), depth / 10)));
        }
        let drawing = "<svg width=9 height=9 aria-label=x>";
        let groups = nested("<g>", "<rect width=9 height=9 />", "</g>", DEEP);
        ends("groups of a drawing", page(&format!("<p>{drawing}{groups}</svg></p>")));
        ends("links in links", page(&"<a href=#x>".repeat(DEEP / 10)));
        ends("misnested", page(&format!("<p>{}", "<b><i></p><p>".repeat(DEEP / 20))));
    });
}

#[test]
fn elements_nested_deep_need_no_more_stack_than_other_threads_have() {
    let thread = std::thread::Builder::new().stack_size(2 << 20).spawn(|| {
        for display in ["block", "flex", "grid", "inline-block", "table"] {
            let open = format!("<div style='display: {display}'>");
            ends(display, page(&nested(&open, "x", "</div>", 250)));
        }
        ends("nested without end", page(&"<div>".repeat(DEEP)));
        ends(
            "parentheses",
            styled(&format!("p {{ width: {} }}", nested("calc(", "1pt", ")", DEEP)), "<p>x"),
        );
    });
    thread.expect("a thread").join().expect("no panic");
}

#[test]
fn stylesheets_nested_without_end_end() {
    on_a_papers_stack(|| {
        let color = "{ color: red }";
        let around = |open: &str, inside: &str, close: &str| nested(open, inside, close, DEEP);
        let width = |value: String| format!("p {{ width: {value} }}");
        for (name, css) in [
            ("calc", width(around("calc(", "1pt", ")"))),
            ("parentheses", width(format!("calc({})", around("(", "1pt", ")")))),
            ("a long sum", width(format!("calc({}1pt)", "1pt + ".repeat(DEEP)))),
            ("min", width(around("min(1pt, ", "1pt", ")"))),
            ("var", width(around("var(--x, ", "1pt", ")"))),
            (":not", format!("{} {color}", around(":not(", "p", ")"))),
            (":is", format!("{} {color}", around(":is(", "p", ")"))),
            (":has", format!("{} {color}", around(":has(", "p", ")"))),
            ("@media", around("@media print { ", "p { color: red }", "}")),
            ("@layer", around("@layer a { ", "p { color: red }", "}")),
            (
                "@media with parentheses",
                format!("@media {} {{ p {color} }}", around("(", "print", ")")),
            ),
            ("@supports", format!("@supports {} {{ p {color} }}", around("(", "color: red", ")"))),
            ("rules in rules", format!("p {{ {} }}", around("& { ", "color: red", "}"))),
            ("brackets", format!("p {{ color: {}", "[".repeat(DEEP))),
            ("braces", format!("p {}", "{".repeat(DEEP))),
        ] {
            ends(name, styled(&css, "<p>x"));
        }
    });
}

#[test]
fn stylesheets_that_multiply_end() {
    on_a_papers_stack(|| {
        let doubled = |n: usize| format!("--a{n}: var(--a{p}) var(--a{p});", p = n - 1);
        let bomb = format!(":root {{ --a0: x; {} }}", each(59, |n| doubled(n + 1)));
        ends(
            "a bomb of variables",
            styled(&format!("{bomb} p {{ font-family: var(--a59) }}"), "<p>x"),
        );
        let chain = each(5_000, |n| format!("--a{}: var(--a{n});", n + 1));
        ends("a chain of variables", styled(&format!(":root {{ --a0: 1pt; {chain} }}"), "<p>x"));
        for value in
            ["repeat(100000, 1pt)", "repeat(10000, [a] 1fr [b])", "repeat(100000, 1fr 1fr)"]
        {
            ends(
                value,
                styled(&format!("p {{ display: grid; grid-template-columns: {value} }}"), "<p>x"),
            );
        }
        // All ways through the ancestors, and all elements before.
        let rules = nested("& div { ", "color: red", "}", 60);
        ends(
            "descendants of descendants",
            styled(&format!("i {{ {rules} }}"), &"<div>".repeat(200)),
        );
        let lists = nested("& c, & div { ", "color: red", "}", 40);
        ends("lists in lists", styled(&format!("i, b {{ {lists} }}"), &"<div>".repeat(100)));
        let many =
            each(1_000, |n| format!(".a .b{n} > p ~ p:nth-child({n}n + 1) {{ color: red }}"));
        let paragraphs = format!("<div class=a>{}</div>", "<p>x</p>".repeat(1_000));
        ends("many rules with many elements", styled(&many, &paragraphs));
        let names = each(20_000, |n| format!("p.c{n}, "));
        ends(
            "a long list of selectors",
            styled(&format!("{names} b {{ color: red }}"), &paragraphs),
        );
        let styles = each(2_000, |n| {
            format!(
                "@counter-style a{n} {{ system: fixed; symbols: x; fallback: a{} }}",
                (n + 1) % 2_000
            )
        });
        ends(
            "styles that fall back on each other",
            styled(&format!("{styles} ol {{ list-style: a0 }}"), "<ol start=9><li>x"),
        );
    });
}

#[test]
fn attributes_without_bound_end() {
    on_a_papers_stack(|| {
        let long = "x".repeat(10_000_000);
        ends("an attribute of 10 MB", page(&format!("<p title='{long}'>x")));
        let classes = each(1_000_000, |n| format!("c{n} "));
        ends("a million classes", styled(".c5 { color: red }", &format!("<p class='{classes}'>x")));
        let attributes = each(50_000, |n| format!("a{n}=1 "));
        ends("fifty thousand attributes", page(&format!("<p {attributes}>x")));
        let declarations = each(10_000, |n| format!("x{n}: red;"));
        ends("declarations that nobody knows", page(&format!("<p style='{declarations}'>x")));
        for cells in ["rowspan=65535", "colspan=65535", "rowspan=65535 colspan=1000"] {
            let rows = format!("<tr><td {cells}>x<td>y").repeat(500);
            ends(cells, page(&format!("<table>{rows}</table>")));
        }
        let nines = "9".repeat(100_000);
        for property in [
            "width",
            "margin",
            "padding",
            "font-size",
            "line-height",
            "letter-spacing",
            "text-indent",
            "columns",
            "border-width",
            "order",
            "z-index",
            "orphans",
            "flex",
            "aspect-ratio",
        ] {
            for value in [&*nines, "1e38pt", "-1e38pt", "1e-38pt", "1e99999999pt", "2147483648"] {
                ends(property, page(&format!("<p style='{property}: {value}'>x<p>y")));
            }
        }
    });
}

#[test]
fn very_many_boxes_end() {
    on_a_papers_stack(|| {
        ends("floats", page(&"<i style='float: left'>x</i>".repeat(20_000)));
        ends(
            "floats that are blocks",
            page(&"<div style='float: left; width: 30pt; height: 20pt'>x</div>".repeat(5_000)),
        );
        let note = ".n { float: footnote }";
        ends("notes", styled(note, &"<p>word<i class=n>note</i></p>".repeat(5_000)));
        ends(
            "notes of one paragraph",
            styled(note, &format!("<p>{}", "word<i class=n>note</i> ".repeat(1_000))),
        );
        ends("notes in notes", styled(note, &format!("<p>{}", "w<span class=n>n".repeat(200))));
        ends(
            "columns in columns",
            page(&format!(
                "{}{}",
                "<div style='columns: 2'>".repeat(60),
                "<p>word</p>".repeat(100)
            )),
        );
        for style in [
            "display: flex",
            "display: grid",
            "float: left",
            "position: absolute",
            "position: relative",
        ] {
            ends(style, page(&format!("<div style='{style}'>x ").repeat(200)));
        }
        ends("tables in tables", page(&format!("{}x", "<table><tr><td>".repeat(60))));
        ends("marks on one letter", page(&format!("<p>a{}", "\u{301}".repeat(100_000))));
        ends("turns of direction", page(&format!("<p>{}x", "\u{202E}".repeat(100_000))));
        ends("pages", page(&"<p style='break-after: page'>x</p>".repeat(2_000)));
        let uses = each(11, |n| {
            format!("<g id=a{}>{}</g>", n + 1, format!("<use href='#a{n}'/>").repeat(10))
        });
        ends(
            "a drawing that multiplies",
            page(&format!(
                "<svg aria-label=x width=9 height=9><defs><g id=a0><rect width=1 height=1 /></g>{uses}</defs><use href='#a11'/></svg>"
            )),
        );
        let tiles = "<svg aria-label=x width=900 height=900><defs><pattern id=p width=.001 height=.001 patternUnits=userSpaceOnUse><rect width=1 height=1 /></pattern></defs><rect width=900 height=900 fill='url(#p)'/></svg>";
        ends("a pattern without bound", page(tiles));
    });
}
