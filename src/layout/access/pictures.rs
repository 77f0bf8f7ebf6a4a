//! Words for pictures.

use crate::diag::{Diagnostic, Diagnostics};
use crate::markup::{Document, NodeId};

use super::{at, fault};

const CLAUSES: &str = "WCAG 1.1.1, ISO 14289-1 7.3";

/// A picture that is content and has no words, or words that say nothing.
pub fn check(document: &Document, node: NodeId, alt: Option<&str>, found: &mut Diagnostics) {
    let Some(element) = document.element(node) else { return };
    let Some(alt) = alt.filter(|alt| !alt.trim().is_empty()) else {
        let message = "the picture has no text for those who cannot see it";
        let finding = fault(document, node, "access/missing-alt", message, CLAUSES);
        let help = match (&*element.name, element.attribute("title")) {
            ("svg", _) => {
                "give the drawing a <title> or an `aria-label`; write aria-hidden=\"true\" if it is decoration"
            }
            (_, Some(_)) => {
                "what its `title` says belongs into `alt`; write alt=\"\" if it is decoration"
            }
            (_, None) => "add alt=\"…\" with what it shows; write alt=\"\" if it is decoration",
        };
        return found.push(finding.help(help));
    };
    if is_file_name(alt) {
        let message =
            format!("the text for the picture is the name of a file, `{alt}` ({CLAUSES})");
        let finding = Diagnostic::warning("access/alt-file-name", message);
        found.push(at(document, node, finding).help("say what the picture shows"));
    }
}

/// A label that is not there.
pub fn lost_label(
    document: &Document,
    node: NodeId,
    name: &str,
    near: Option<&str>,
    found: &mut Diagnostics,
) {
    let message = format!("nothing in the document has the id `{name}`, which is to be the label");
    let finding = fault(document, node, "access/lost-label", &message, CLAUSES);
    found.push(finding.help(match near {
        Some(near) => format!("did you mean `{near}`?"),
        None => "`aria-labelledby` names the ids of elements whose text is the label".to_owned(),
    }));
}

fn is_file_name(alt: &str) -> bool {
    let ends = alt.rsplit_once('.').is_some_and(|(_, end)| {
        ["png", "jpg", "jpeg", "svg", "gif", "webp"].iter().any(|one| end.eq_ignore_ascii_case(one))
    });
    ends && !alt.contains(char::is_whitespace)
}
