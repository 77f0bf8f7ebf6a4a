//! Language tags (RFC 5646).

use std::collections::BTreeSet;
use std::sync::Arc;

use crate::diag::Diagnostics;
use crate::locale::tag::{is_tag, meant};
use crate::markup::{Document, NodeId};
use crate::style::ComputedStyle;

use super::fault;

/// Tags that no reader could know what to do with. Each wrong tag is reported once, at the first
/// element that has it.
pub fn check(document: &Document, styles: &[Arc<ComputedStyle>], found: &mut Diagnostics) {
    let tags: BTreeSet<&str> = styles.iter().map(|style| &*style.language).collect();
    for tag in tags.into_iter().filter(|tag| !tag.is_empty() && !is_tag(tag)) {
        let has = |id: &NodeId| {
            let element = document.element(*id);
            element.and_then(|element| element.attribute("lang")).map(str::trim) == Some(tag)
        };
        let mut ids = (0..document.len()).map(|index| NodeId(index as u32));
        let node = ids.find(has).unwrap_or(NodeId::ROOT);
        let message = format!("`{tag}` is no language tag");
        let clauses = "WCAG 3.1.1 and 3.1.2, ISO 14289-1 7.2";
        let finding = fault(document, node, "access/language-tag", &message, clauses);
        let help = match meant(tag) {
            Some(mended) => format!("did you mean `{mended}`?"),
            None => "languages are written as en, nb, ro or ar, with a country as en-GB".to_owned(),
        };
        found.push(finding.help(help));
    }
}
