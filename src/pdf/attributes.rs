//! Attributes and properties of structure elements, written as bytes (ISO 32000-1 14.7.5, 14.8.5,
//! 14.9).

use std::collections::BTreeMap;
use std::sync::Arc;

use crate::geom::{Point, Rect};
use crate::layout::{Numbering, Role, Scope, Structure, Tag, TagExtra, TagId};

use super::file::File;
use super::object::{push_number, push_reference, push_string, text_string};
use super::pages::Boxes;

/// Texts of an element that readers speak or go by: language, alternative, replacement, expansion
/// and title.
pub(super) fn texts(extra: &TagExtra, out: &mut Vec<u8>) {
    let texts = [
        ("/Lang", &extra.language),
        ("/Alt", &extra.alt),
        ("/ActualText", &extra.actual_text),
        ("/E", &extra.expansion),
        ("/T", &extra.title),
    ];
    for (key, value) in texts {
        if let Some(value) = value {
            out.extend_from_slice(key.as_bytes());
            push_string(out, &text_string(value));
        }
    }
}

/// The header cells of a cell as they are written.
#[derive(Clone, Copy)]
pub(super) enum CellHeaders<'a> {
    /// An attribute object that several cells share.
    Shared(u32),
    /// The identifiers themselves.
    Own(&'a [TagId], &'a Structure),
}

/// The header cells of all cells that name theirs.
pub(super) struct Headers<'a> {
    structure: &'a Structure,
    /// Object numbers of the lists that several cells share, by address.
    shared: BTreeMap<usize, u32>,
}

impl<'a> Headers<'a> {
    /// Writes the lists that several cells share, each as one attribute object.
    pub(super) fn write(structure: &'a Structure, file: &mut File) -> Headers<'a> {
        let mut headers = Headers { structure, shared: BTreeMap::new() };
        for (_, list) in structure.headers.iter().filter(|(_, list)| Arc::strong_count(list) > 1) {
            headers.shared.entry(address(list)).or_insert_with(|| {
                let id = file.reserve();
                file.raw(id, |out| {
                    out.extend_from_slice(b"<</O/Table");
                    push_headers(list, structure, out);
                    out.extend_from_slice(b">>");
                });
                id
            });
        }
        headers
    }

    /// Those of one cell.
    pub(super) fn of(&self, cell: TagId) -> Option<CellHeaders<'_>> {
        let all = &self.structure.headers;
        let at = all.binary_search_by_key(&cell, |(cell, _)| *cell).ok()?;
        let (_, list) = all.get(at)?;
        Some(match self.shared.get(&address(list)) {
            Some(id) => CellHeaders::Shared(*id),
            None => CellHeaders::Own(list, self.structure),
        })
    }
}

fn address(list: &Arc<[TagId]>) -> usize {
    Arc::as_ptr(list).cast::<TagId>() as usize
}

fn push_headers(list: &[TagId], structure: &Structure, out: &mut Vec<u8>) {
    out.extend_from_slice(b"/Headers[");
    for header in list {
        let id = structure.tag(*header).extra.as_ref().and_then(|extra| extra.id.as_ref());
        if let Some(id) = id {
            push_string(out, id.as_bytes());
        }
    }
    out.push(b']');
}

/// `A` of an element with the type `parent` around it, at `place` on a page with those boxes.
pub(super) fn write(
    tag: &Tag,
    parent: Role,
    place: Option<(Rect, &Boxes)>,
    headers: Option<CellHeaders>,
    out: &mut Vec<u8>,
) {
    let mut objects: Vec<Vec<u8>> = Vec::new();
    let mut own = headers;
    if let Some(CellHeaders::Shared(id)) = headers {
        let mut object = Vec::new();
        push_reference(&mut object, id);
        objects.push(object);
        own = None;
    }
    if let Some(extra) = &tag.extra {
        objects.extend(table(extra, own));
        if tag.role == Role::List
            && let Some(numbering) = extra.numbering
        {
            let numbering = numbering_name(numbering);
            objects.push(format!("<</O/List/ListNumbering/{numbering}>>").into_bytes());
        }
    } else if own.is_some() {
        objects.extend(table(&TagExtra::default(), own));
    }
    objects.extend(place.map(|(rect, boxes)| layout(tag.role, parent, rect, boxes)));
    match objects.as_slice() {
        [] => {}
        [only] => {
            out.extend_from_slice(b"/A ");
            out.extend_from_slice(only);
        }
        several => {
            out.extend_from_slice(b"/A[");
            for one in several {
                out.extend_from_slice(one);
                out.push(b' ');
            }
            out.push(b']');
        }
    }
}

/// The place of a figure, formula or table, and whether it stands on a line (ISO 32000-1
/// 14.8.5.4.3).
fn layout(role: Role, parent: Role, rect: Rect, boxes: &Boxes) -> Vec<u8> {
    let corner = |x, y| boxes.point(Point::new(x, y));
    let (left, bottom) = corner(rect.origin.x, rect.bottom());
    let (right, top) = corner(rect.right(), rect.origin.y);
    let placement = match role {
        Role::Figure | Role::Formula if holds_text(parent) => "Inline",
        _ => "Block",
    };
    format!("<</O/Layout/BBox[{left} {bottom} {right} {top}]/Placement/{placement}>>").into_bytes()
}

/// Whether what stands right in an element of this type stands on its lines.
fn holds_text(role: Role) -> bool {
    matches!(
        role,
        Role::Paragraph
            | Role::Heading(_)
            | Role::Label
            | Role::Span
            | Role::Quote
            | Role::Reference
            | Role::Code
            | Role::Link
    )
}

/// A table's or cell's attributes (ISO 32000-1 14.8.5.7).
fn table(extra: &TagExtra, headers: Option<CellHeaders>) -> Option<Vec<u8>> {
    let mut out = b"<</O/Table".to_vec();
    let empty = out.len();
    if let Some(scope) = extra.scope {
        out.extend_from_slice(match scope {
            Scope::Row => b"/Scope/Row",
            Scope::Column => b"/Scope/Column",
            Scope::Both => b"/Scope/Both",
        });
    }
    for (key, span) in [("/ColSpan ", extra.col_span), ("/RowSpan ", extra.row_span)] {
        if span > 1 {
            out.extend_from_slice(key.as_bytes());
            push_number(&mut out, u64::from(span));
        }
    }
    if let Some(CellHeaders::Own(list, structure)) = headers {
        push_headers(list, structure, &mut out);
    }
    if let Some(summary) = &extra.summary {
        out.extend_from_slice(b"/Summary");
        push_string(&mut out, &text_string(summary));
    }
    (out.len() > empty).then(|| {
        out.extend_from_slice(b">>");
        out
    })
}

/// `ListNumbering` (ISO 32000-1 14.8.5.5).
fn numbering_name(numbering: Numbering) -> &'static str {
    match numbering {
        Numbering::None => "None",
        Numbering::Disc => "Disc",
        Numbering::Circle => "Circle",
        Numbering::Square => "Square",
        Numbering::Decimal => "Decimal",
        Numbering::UpperRoman => "UpperRoman",
        Numbering::LowerRoman => "LowerRoman",
        Numbering::UpperAlpha => "UpperAlpha",
        Numbering::LowerAlpha => "LowerAlpha",
    }
}
