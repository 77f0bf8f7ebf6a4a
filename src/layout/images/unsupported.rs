//! What a drawing asks for and a page does not show.

use usvg::{Group, ImageKind, Node, Paint, SpreadMethod, Tree};

use crate::diag::Diagnostic;
use crate::source::Span;

/// A warning for each kind of effect that is left out.
pub fn find(tree: &Tree, name: &str, span: Option<Span>) -> Vec<Diagnostic> {
    let mut effects: Vec<&'static str> = Vec::new();
    let mut note = |effect: &'static str| {
        if !effects.contains(&effect) {
            effects.push(effect);
        }
    };
    let mut pending: Vec<&Group> = vec![tree.root()];
    while let Some(group) = pending.pop() {
        if group.mask().is_some() {
            note("masks");
        }
        if !group.filters().is_empty() {
            note("filters (shadows, blurs)");
        }
        if group.blend_mode() != usvg::BlendMode::Normal {
            note("blend modes");
        }
        for child in group.children() {
            match child {
                Node::Group(child) => pending.push(child),
                Node::Path(path) => {
                    let fill = path.fill().map(usvg::Fill::paint);
                    let stroke = path.stroke().map(usvg::Stroke::paint);
                    fill.into_iter().filter_map(beyond).for_each(&mut note);
                    if stroke.is_some_and(|paint| !matches!(paint, Paint::Color(_))) {
                        note("gradients and patterns on lines");
                    }
                }
                Node::Image(image) => {
                    if matches!(image.kind(), ImageKind::GIF(_) | ImageKind::WEBP(_)) {
                        note("GIF and WebP pictures");
                    }
                }
                Node::Text(_) => {}
            }
        }
    }
    effects.sort_unstable();
    let warn = |effect: &'static str| {
        let message = format!("the drawing {name} uses {effect}, which are not shown");
        let warning = Diagnostic::warning("image/svg-effect", message)
            .help("draw it without them, or export it as PNG");
        match span {
            Some(span) => warning.at(span, "this picture"),
            None => warning,
        }
    };
    effects.into_iter().map(warn).collect()
}

/// What of a fill is not shown.
fn beyond(paint: &Paint) -> Option<&'static str> {
    match paint {
        Paint::Color(_) => None,
        Paint::Pattern(_) => Some("patterns"),
        Paint::LinearGradient(gradient) => spread(gradient.spread_method()),
        Paint::RadialGradient(gradient) => {
            let centred = gradient.fx() == gradient.cx() && gradient.fy() == gradient.cy();
            let off_centre = (!centred).then_some("radial gradients that are off their centre");
            spread(gradient.spread_method()).or(off_centre)
        }
    }
}

fn spread(method: SpreadMethod) -> Option<&'static str> {
    (method != SpreadMethod::Pad).then_some("repeated gradients")
}
