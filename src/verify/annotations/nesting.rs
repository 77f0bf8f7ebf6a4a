//! Annotations stand in the structure where they belong, and say what they are
//! (ISO 14289-1 7.18.1 to 7.18.5, 7.18.8).

use hayro_syntax::object::{Dict, Name, String as PdfString};

use super::Annotation;
use crate::verify::finding::{Findings, Place};
use crate::verify::level::Levels;
use crate::verify::role::Role;
use crate::verify::rule::{Rule, rules};
use crate::verify::structure::{Structure, attributes};
use crate::verify::text::is_blank;
use crate::verify::tree::{Kid, Tree};

rules! {
    CONTENTS_LANGUAGE = "ua1:7.2-24", "7.2", Levels::UA1, Checked,
        "the language of each annotation's description is told",
        "give the document a language (Lang in the catalog)";
    IN_ANNOT = "ua1:7.18.1-1", "7.18.1", Levels::UA1, Checked,
        "each annotation but links, form fields and printer's marks stands in an Annot",
        "tag the annotation as Annot";
    DESCRIBED = "ua1:7.18.1-2", "7.18.1", Levels::UA1, Checked,
        "each annotation but form fields has a description (Contents, or Alt of its element)",
        "describe the annotation in its Contents";
    FIELD_DESCRIBED = "ua1:7.18.1-3", "7.18.1", Levels::UA1, Checked,
        "each form field has a description (TU, or Alt of the element of its widget)",
        "give the field a tooltip that says what to fill in";
    HELD = "ua1:7.18.1-50", "7.18.1", Levels::UA1, Checked,
        "the structure element that an annotation names holds the annotation (OBJR)",
        "let the producer write the structure tree and its parent tree from the same source";
    TRAP_NET = "ua1:7.18.2-1", "7.18.2", Levels::UA1, Checked,
        "there is no annotation of kind TrapNet",
        "take the trap network out of the file";
    TABS = "ua1:7.18.3-1", "7.18.3", Levels::UA1, Checked,
        "the tab key goes through a page's annotations in the order of the structure (Tabs S)",
        "let the producer write Tabs S into each page that has annotations";
    IN_FORM = "ua1:7.18.4-1", "7.18.4", Levels::UA1, Checked,
        "each form field's widget stands in a Form",
        "tag the widget as Form";
    FORM_HOLDS_WIDGET = "ua1:7.18.4-2", "7.18.4", Levels::UA1, Checked,
        "a Form without a Role attribute holds one widget, and nothing else",
        "put what belongs to the widget beside the Form, and each widget into a Form of its own";
    IN_LINK = "ua1:7.18.5-1", "7.18.5", Levels::UA1, Checked,
        "each link annotation stands in a Link",
        "tag the link and its text as Link";
    LINK_DESCRIBED = "ua1:7.18.5-2", "7.18.5", Levels::UA1, Checked,
        "each link annotation has a description (Contents)",
        "say in the link's Contents where it leads";
    PRINTERS_MARK = "ua1:7.18.8-1", "7.18.8", Levels::UA1, Checked,
        "no printer's mark stands in the structure",
        "take the printer's mark out of the structure";
}

/// Checks one annotation.
pub fn check(structure: &Structure<'_>, annotation: &Annotation<'_>, findings: &mut Findings) {
    let text = |dict: &Dict<'_>, key: &str| {
        dict.get::<PdfString<'_>>(key).is_some_and(|text| !is_blank(&text))
    };
    let element = annotation.element.as_ref();
    let alternative = element.is_some_and(|element| text(&element.dict, "Alt"));
    let contents = text(&annotation.dict, "Contents");
    let spoken = element.is_some_and(|e| e.dict.get::<PdfString<'_>>("Lang").is_some());
    let mut note = |rule: &'static Rule, broken: bool, message: &dyn Fn() -> String| {
        if broken {
            findings.push(rule, annotation.place(), message);
        }
    };
    if annotation.dict.get::<PdfString<'_>>("Contents").is_some() {
        note(&CONTENTS_LANGUAGE, !structure.language && !spoken, &|| {
            "no language is told for its Contents".to_owned()
        });
    }
    let misplaced = annotation.element.as_ref().is_some_and(|element| {
        let known = structure.tree.by_id.get(&element.id);
        let id = annotation.dict.obj_id();
        known.zip(id).is_some_and(|(index, id)| structure.tree.objects.get(&id) != Some(index))
    });
    if annotation.unseen {
        return;
    }
    note(&HELD, misplaced, &|| "the element that it names does not hold it".to_owned());
    let stands = || match annotation.role() {
        Some(role) => format!("the {} stands in {}", kind(annotation), role.name()),
        None => format!("the {} stands nowhere in the structure", kind(annotation)),
    };
    let stands_in = |role: Role| annotation.role() == Some(role);
    match &*annotation.kind {
        b"Widget" => {
            note(&IN_FORM, !stands_in(Role::Form), &stands);
            note(&FIELD_DESCRIBED, !alternative && !is_described_field(&annotation.dict), &|| {
                "neither has the field TU, nor the widget's element Alt".to_owned()
            });
            return;
        }
        b"Link" => {
            note(&IN_LINK, !stands_in(Role::Link), &stands);
            note(&LINK_DESCRIBED, !contents, &|| "it has no Contents".to_owned());
        }
        b"PrinterMark" => note(&PRINTERS_MARK, annotation.element.is_some(), &stands),
        b"TrapNet" => {
            note(&TRAP_NET, true, &|| "there is one".to_owned());
            note(&IN_ANNOT, !stands_in(Role::Annot), &stands);
        }
        _ => note(&IN_ANNOT, !stands_in(Role::Annot), &stands),
    }
    note(&DESCRIBED, !contents && !alternative, &|| {
        format!("the {} has neither Contents nor Alt", kind(annotation))
    });
}

/// Whether a widget's field has a description; a widget without a field needs none.
fn is_described_field(widget: &Dict<'_>) -> bool {
    let described =
        |field: &Dict<'_>| field.get::<PdfString<'_>>("TU").is_some_and(|text| !is_blank(&text));
    match widget.contains_key("T") {
        true => described(widget),
        false => widget.get::<Dict<'_>>("Parent").is_none_or(|field| described(&field)),
    }
}

fn kind(annotation: &Annotation<'_>) -> String {
    match String::from_utf8_lossy(&annotation.kind) {
        kind if kind.is_empty() => "annotation without Subtype".to_owned(),
        kind => format!("annotation of kind {kind}"),
    }
}

/// Checks a page that has annotations.
pub fn check_page(dict: &Dict<'_>, page: usize, findings: &mut Findings) {
    let tabs = dict.get::<Name<'_>>("Tabs");
    if tabs.as_deref() != Some(b"S") {
        findings.push(&TABS, Place::page(page).in_object(dict.obj_id()), || match &tabs {
            Some(tabs) => format!("Tabs is {}", String::from_utf8_lossy(tabs)),
            None => "the page has no Tabs".to_owned(),
        });
    }
}

/// Checks what the Form elements hold.
pub fn check_forms(tree: &Tree<'_>, findings: &mut Findings) {
    for (index, element) in tree.elements.iter().enumerate() {
        if element.role != Role::Form
            || attributes::name(tree, element, b"PrintField", "Role").is_some()
        {
            continue;
        }
        let is_widget =
            |dict: &Dict<'_>| dict.get::<Name<'_>>("Subtype").as_deref() == Some(b"Widget");
        let one_widget = matches!(
            &element.kids[..],
            [Kid::Object { dict: Some(dict), .. }] if is_widget(dict)
        );
        if !one_widget {
            let place = Place::element(tree.path(index)).in_object(element.id);
            findings.push(&FORM_HOLDS_WIDGET, place, || {
                format!("it holds {} children", element.kids.len())
            });
        }
    }
}
