//! The parse as a whole.

use crate::diag::Diagnostics;
use crate::origin::OriginMap;
use crate::source::{Sources, Span};

use super::*;

fn parsed(html: &str) -> (Document, Diagnostics, Sources) {
    let sources = Sources::new();
    let source = sources.add("page.html", html);
    let (document, found) = parse(html, OriginMap::identity(Span::new(source, 0, html.len())));
    (document, found, sources)
}

fn ids(document: &Document) -> impl Iterator<Item = NodeId> {
    (0..document.len()).map(|index| NodeId(u32::try_from(index).unwrap()))
}

fn first(document: &Document, name: &str) -> NodeId {
    let is = |id: &NodeId| document.element(*id).is_some_and(|element| &*element.name == name);
    ids(document).find(is).unwrap()
}

/// Each node is where its neighbours say, and ids grow in document order.
fn assert_sound(document: &Document) {
    let mut order = Vec::new();
    let mut pending = vec![NodeId::ROOT];
    while let Some(id) = pending.pop() {
        order.push(id);
        let children: Vec<_> = document.children(id).collect();
        for pair in children.windows(2) {
            assert_eq!(document.node(pair[1]).previous, Some(pair[0]));
        }
        assert!(children.iter().all(|child| document.node(*child).parent == Some(id)));
        assert_eq!(document.node(id).last_child, children.last().copied());
        pending.extend(children.into_iter().rev());
    }
    assert!(order.is_sorted());
}

#[test]
fn nodes_know_where_their_tags_start() {
    let html = "<!DOCTYPE html><html><body>\n<p title=\"a<b\" class='x y'>one &amp; two<b>z</b></p>\n<table><tr><td>c</table>";
    let (document, found, sources) = parsed(html);
    assert!(found.is_empty(), "{found:?}");
    let place = |id: NodeId| sources.locate(document.span(id).unwrap());
    let p = first(&document, "p");
    assert_eq!(place(p), "page.html:2:1");
    assert_eq!(document.element(p).unwrap().classes.len(), 2);
    assert_eq!(document.element(p).unwrap().attribute("title"), Some("a<b"));
    assert_eq!(place(document.node(p).first_child.unwrap()), "page.html:2:28");
    assert_eq!(place(first(&document, "b")), "page.html:2:41");
    let cell = first(&document, "td");
    assert_eq!(place(cell), "page.html:3:12");
    assert_eq!(place(document.node(cell).first_child.unwrap()), "page.html:3:16");
    assert_eq!(document.text(p), "one & twoz");
    assert_sound(&document);
}

#[test]
fn faults_are_reported_in_their_place() {
    let (document, found, sources) =
        parsed("<p>a</div>\n<table>x<tr><td>y</table>\n<script>1<2</script><blink>z</blink>");
    let places: Vec<(&str, String)> =
        found.iter().map(|d| (d.code, sources.locate(d.labels[0].span))).collect();
    assert!(places.contains(&("markup/stray-end-tag", "page.html:1:5".to_owned())), "{places:?}");
    assert!(places.iter().any(|(code, _)| *code == "markup/misplaced-text"), "{places:?}");
    assert!(places.contains(&("markup/unsupported-element", "page.html:3:1".to_owned())));
    assert!(places.contains(&("markup/unknown-element", "page.html:3:21".to_owned())));
    assert_eq!(document.text(NodeId::ROOT).matches('1').count(), 0);
    assert_sound(&document);
}

#[test]
fn inline_picture_is_written_out_again() {
    let html = "<p><svg viewBox='0 0 1 1'><linearGradient id=a /><text x=\"1\">a &lt; b</text>\
        <use xlink:href='#a'/></svg>";
    let (document, _, _) = parsed(html);
    let svg = first(&document, "svg");
    assert_eq!(document.element(svg).unwrap().namespace, Namespace::Svg);
    assert_eq!(
        to_xml(&document, svg, &[("color", "red".to_owned())]),
        "<svg xmlns=\"http://www.w3.org/2000/svg\" xmlns:xlink=\"http://www.w3.org/1999/xlink\" \
         color=\"red\" viewBox=\"0 0 1 1\"><linearGradient id=\"a\"></linearGradient>\
         <text x=\"1\">a &lt; b</text><use xlink:href=\"#a\"></use></svg>"
    );
}

#[test]
fn nesting_without_end_is_flattened_with_one_warning() {
    for tag in ["div", "b", "font size=1", "table><td", "span", "svg"] {
        let html = format!("<{tag}>").repeat(100_000) + "x";
        let (document, found, _) = parsed(&html);
        let deep = found.iter().filter(|d| d.code == "markup/too-deep").count();
        assert_eq!(deep, 1, "{tag}");
        assert_eq!(document.text(NodeId::ROOT), "x", "{tag}");
    }
}

#[test]
fn siblings_in_a_deep_element_are_kept_after_it() {
    let html = "<div>".repeat(300) + "deep" + &"</div>".repeat(300) + "<p>after";
    let (document, ..) = parsed(&html);
    let p = first(&document, "p");
    assert_eq!(document.node(p).parent, document.body());
}

proptest::proptest! {
    #![proptest_config(proptest::prelude::ProptestConfig::with_cases(128))]

    #[test]
    fn any_text_is_parsed_to_a_sound_tree(
        html in "(\\PC|<[a-z]{1,3}|</(a|b|p|td|table|tr|div)>|<(a|b|p|td|table|tr|div|svg|select|template|body|frameset)( [a-z]=['\"]?[a-z<])?>|<!--|-->|&[a-z]{0,4};?){0,60}"
    ) {
        let (document, ..) = parsed(&html);
        assert_sound(&document);
    }
}
