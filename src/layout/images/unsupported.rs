//! What a drawing asks for and a page does not show.

use usvg::roxmltree::{Document, Node as Xml};
use usvg::{BlendMode, FontFamily, Group, ImageKind, Node, Paint, Tree, fontdb::Database};

use crate::diag::Diagnostic;
use crate::source::Span;

use super::{outline, tiles};

/// Elements whose meaning needs a browser.
const LOST_ELEMENTS: &[&str] = &[
    "animate",
    "animateMotion",
    "animateTransform",
    "audio",
    "canvas",
    "foreignObject",
    "iframe",
    "script",
    "set",
    "video",
];

/// Whether `test` holds for a group of the drawing.
pub fn any_group(tree: &Tree, test: impl Fn(&Group) -> bool) -> bool {
    let mut pending: Vec<&Group> = vec![tree.root()];
    while let Some(group) = pending.pop() {
        if test(group) {
            return true;
        }
        pending.extend(inside(group));
    }
    false
}

/// The groups directly in a group, those of drawings in the drawing included.
fn inside(group: &Group) -> impl Iterator<Item = &Group> {
    group.children().iter().filter_map(|child| match child {
        Node::Group(child) => Some(&**child),
        Node::Image(image) => match image.kind() {
            ImageKind::SVG(tree) => Some(tree.root()),
            _ => None,
        },
        _ => None,
    })
}

/// What the text of a drawing asks for that no parsed drawing holds, each with its line.
pub fn in_text(document: &Document) -> Vec<String> {
    let mut found: Vec<String> = Vec::new();
    let lost = |node: &Xml| LOST_ELEMENTS.contains(&node.tag_name().name());
    for node in document.descendants().filter(|node| node.is_element()).filter(lost) {
        let name = node.tag_name().name();
        if found.iter().any(|known| known.starts_with(&format!("`<{name}>`"))) {
            continue;
        }
        let line = document.text_pos_at(node.range().start).row;
        found.push(format!("`<{name}>` (line {line} of the drawing)"));
    }
    found
}

/// A warning for each kind of effect that is left out; `lost` are those that were found in the text.
pub fn find(tree: &Tree, lost: &[String], name: &str, span: Option<Span>) -> Vec<Diagnostic> {
    let mut effects: Vec<String> = lost.to_vec();
    let mut note = |effect: &str| {
        if !effects.iter().any(|known| known == effect) {
            effects.push(effect.to_owned());
        }
    };
    let mut pending: Vec<&Group> = vec![tree.root()];
    while let Some(group) = pending.pop() {
        if !group.filters().is_empty() {
            note("filters (shadows, blurs)");
        }
        if group.blend_mode() == BlendMode::PlusLighter {
            note("the blend mode plus-lighter");
        }
        for child in group.children() {
            match child {
                Node::Path(path) => {
                    let fill = path.fill().map(usvg::Fill::paint);
                    let stroke = path.stroke().map(usvg::Stroke::paint);
                    let bounds = outline::bounds(path.stroke_bounding_box());
                    if [fill, stroke].into_iter().flatten().any(|paint| too_fine(paint, bounds)) {
                        note("patterns with thousands of tiles");
                    }
                }
                Node::Image(image) => {
                    if matches!(image.kind(), ImageKind::GIF(_) | ImageKind::WEBP(_)) {
                        note("GIF and WebP pictures");
                    }
                }
                Node::Text(text) => {
                    unknown_families(text, tree.fontdb()).iter().for_each(|family| note(family));
                }
                Node::Group(_) => {}
            }
        }
        pending.extend(inside(group));
    }
    effects.sort_unstable();
    let warn = |effect: String| {
        let message = format!("the drawing {name} is shown without {effect}");
        let warning = Diagnostic::warning("image/svg-effect", message)
            .help("draw it without them, or export it as PNG");
        match span {
            Some(span) => warning.at(span, "this picture"),
            None => warning,
        }
    };
    effects.into_iter().map(warn).collect()
}

/// The families (`serif` is the name of none given) that a text asks for where none of them is on hand, nor a generic one named.
fn unknown_families(text: &usvg::Text, faces: &Database) -> Vec<String> {
    let mut unknown = Vec::new();
    for span in text.chunks().iter().flat_map(|chunk| chunk.spans()) {
        let mut names = Vec::new();
        let is_known = span.font().families().iter().any(|family| match family {
            FontFamily::Named(name) if name == "serif" => true,
            FontFamily::Named(name) => {
                names.push(name.as_str());
                faces.faces().any(|face| {
                    face.families.iter().any(|(known, _)| known.eq_ignore_ascii_case(name))
                })
            }
            _ => true,
        });
        if let (false, Some(name)) = (is_known, names.first()) {
            unknown.push(format!("the font `{name}`, which is not on hand"));
        }
    }
    unknown
}

/// Whether a pattern has more tiles than are drawn.
fn too_fine(paint: &Paint, bounds: [f32; 4]) -> bool {
    match paint {
        Paint::Pattern(pattern) => tiles::of(pattern, bounds).is_none(),
        _ => false,
    }
}
