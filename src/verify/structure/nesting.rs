//! Tables, lists and tables of contents are built of what belongs to them
//! (ISO 14289-1 7.2; ISO 32000-1 14.8.4.3).

use super::{passes_through, place};
use crate::verify::finding::Findings;
use crate::verify::level::Levels;
use crate::verify::role::Role;
use crate::verify::rule::{Rule, rules};
use crate::verify::tree::Tree;

rules! {
    TABLE = "ua1:7.2-3", "7.2", Levels::UA1, Checked,
        "a Table holds only TR, THead, TBody, TFoot and Caption",
        "put what is no row in front of the table or behind it, or into a cell";
    TR_PLACE = "ua1:7.2-4", "7.2", Levels::UA1, Checked,
        "a TR stands in a Table, THead, TBody or TFoot",
        "put the row into a table";
    THEAD_PLACE = "ua1:7.2-5", "7.2", Levels::UA1, Checked,
        "a THead stands in a Table",
        "put the rows into a table";
    TBODY_PLACE = "ua1:7.2-6", "7.2", Levels::UA1, Checked,
        "a TBody stands in a Table",
        "put the rows into a table";
    TFOOT_PLACE = "ua1:7.2-7", "7.2", Levels::UA1, Checked,
        "a TFoot stands in a Table",
        "put the rows into a table";
    TH_PLACE = "ua1:7.2-8", "7.2", Levels::UA1, Checked,
        "a TH stands in a TR",
        "put the cell into a row";
    TD_PLACE = "ua1:7.2-9", "7.2", Levels::UA1, Checked,
        "a TD stands in a TR",
        "put the cell into a row";
    TR = "ua1:7.2-10", "7.2", Levels::UA1, Checked,
        "a TR holds only TH and TD",
        "put what the row holds into cells";
    TWO_THEADS = "ua1:7.2-11", "7.2", Levels::UA1, Checked,
        "a Table has at most one THead",
        "put all header rows into one THead";
    TWO_TFOOTS = "ua1:7.2-12", "7.2", Levels::UA1, Checked,
        "a Table has at most one TFoot",
        "put all footer rows into one TFoot";
    TFOOT_ALONE = "ua1:7.2-13", "7.2", Levels::UA1, Checked,
        "a Table with a TFoot has a TBody",
        "put the other rows into a TBody";
    THEAD_ALONE = "ua1:7.2-14", "7.2", Levels::UA1, Checked,
        "a Table with a THead has a TBody",
        "put the other rows into a TBody";
    TABLE_CAPTION = "ua1:7.2-16", "7.2", Levels::UA1, Checked,
        "the Caption of a Table is its first or its last child",
        "move the caption to the beginning of the table";
    LI_PLACE = "ua1:7.2-17", "7.2", Levels::UA1, Checked,
        "an LI stands in an L",
        "put the item into a list";
    LBODY_PLACE = "ua1:7.2-18", "7.2", Levels::UA1, Checked,
        "an LBody stands in an LI",
        "put the body into a list item";
    L = "ua1:7.2-19", "7.2", Levels::UA1, Checked,
        "an L holds only L, LI and Caption",
        "put what the list holds into list items";
    LI = "ua1:7.2-20", "7.2", Levels::UA1, Checked,
        "an LI holds only Lbl and LBody",
        "put what the item holds into its LBody";
    TOCI_PLACE = "ua1:7.2-26", "7.2", Levels::UA1, Checked,
        "a TOCI stands in a TOC",
        "put the entry into a table of contents";
    TOC = "ua1:7.2-27", "7.2", Levels::UA1, Checked,
        "a TOC holds only TOC, TOCI and Caption",
        "put what the table of contents holds into entries (TOCI)";
    TOC_CAPTION = "ua1:7.2-28", "7.2", Levels::UA1, Checked,
        "the Caption of a TOC is its first child",
        "move the caption to the beginning";
    THEAD = "ua1:7.2-36", "7.2", Levels::UA1, Checked,
        "a THead holds only TR",
        "put what it holds into rows";
    TBODY = "ua1:7.2-37", "7.2", Levels::UA1, Checked,
        "a TBody holds only TR",
        "put what it holds into rows";
    TFOOT = "ua1:7.2-38", "7.2", Levels::UA1, Checked,
        "a TFoot holds only TR",
        "put what it holds into rows";
    TWO_CAPTIONS = "ua1:7.2-39", "7.2", Levels::UA1, Checked,
        "a Table has at most one Caption",
        "put the captions into one";
    L_CAPTION = "ua1:7.2-40", "7.2", Levels::UA1, Checked,
        "the Caption of an L is its first child",
        "move the caption to the beginning of the list";
}

/// Checks what each element holds and what it stands in.
pub fn check(tree: &Tree<'_>, findings: &mut Findings) {
    // The role of what holds each element, looked at through elements that only group.
    let mut around: Vec<Option<Role>> = Vec::with_capacity(tree.elements.len());
    for (index, element) in tree.elements.iter().enumerate() {
        let parent = element.parent.and_then(|parent| tree.elements.get(parent));
        let holder = match (parent, element.parent) {
            (Some(parent), Some(at)) if passes_through(parent.role) => {
                around.get(at).copied().flatten()
            }
            (Some(parent), _) => Some(parent.role),
            _ => None,
        };
        around.push(holder);
        check_place(tree, index, element.role, holder, findings);
        check_children(tree, index, element.role, findings);
    }
}

/// Whether an element stands where its type belongs.
fn check_place(
    tree: &Tree<'_>,
    index: usize,
    role: Role,
    holder: Option<Role>,
    findings: &mut Findings,
) {
    use Role::{L, LBody, Li, TBody, TFoot, THead, Table, Td, Th, Toc, Toci, Tr};
    let (rule, belongs): (&'static Rule, &[Role]) = match role {
        Tr => (&TR_PLACE, &[Table, THead, TBody, TFoot]),
        THead => (&THEAD_PLACE, &[Table]),
        TBody => (&TBODY_PLACE, &[Table]),
        TFoot => (&TFOOT_PLACE, &[Table]),
        Th => (&TH_PLACE, &[Tr]),
        Td => (&TD_PLACE, &[Tr]),
        Li => (&LI_PLACE, &[L]),
        LBody => (&LBODY_PLACE, &[Li]),
        Toci => (&TOCI_PLACE, &[Toc]),
        _ => return,
    };
    if !holder.is_some_and(|holder| belongs.contains(&holder)) {
        findings.push(rule, place(tree, index), || match holder {
            Some(holder) => format!("it stands in {}", holder.name()),
            None => "it stands in no other element".to_owned(),
        });
    }
}

/// Whether an element holds what belongs into it.
fn check_children(tree: &Tree<'_>, index: usize, role: Role, findings: &mut Findings) {
    use Role::{Caption, L, LBody, Lbl, Li, TBody, TFoot, THead, Table, Td, Th, Toc, Toci, Tr};
    let (rule, belongs): (&'static Rule, &[Role]) = match role {
        Table => (&TABLE, &[Tr, THead, TBody, TFoot, Caption]),
        Tr => (&TR, &[Th, Td]),
        THead => (&THEAD, &[Tr]),
        TBody => (&TBODY, &[Tr]),
        TFoot => (&TFOOT, &[Tr]),
        L => (&self::L, &[L, Li, Caption]),
        Li => (&LI, &[Lbl, LBody]),
        Toc => (&TOC, &[Toc, Toci, Caption]),
        _ => return,
    };
    let children = significant(tree, index);
    let stranger = |child: &&usize| !belongs.contains(&role_of(tree, **child));
    if let Some(child) = children.iter().find(stranger) {
        findings.push(rule, place(tree, *child), || {
            format!("{} stands in {}", role_of(tree, *child).name(), role.name())
        });
    }
    match role {
        Table => check_table(tree, index, &children, findings),
        L | Toc => {
            let rule = if role == L { &L_CAPTION } else { &TOC_CAPTION };
            let late = children.iter().skip(1).find(|child| role_of(tree, **child) == Caption);
            if let Some(late) = late {
                findings.push(rule, place(tree, *late), || {
                    "a Caption stands behind the first child".to_owned()
                });
            }
        }
        _ => {}
    }
}

/// Counts the parts of a table, and looks where its caption is.
fn check_table(tree: &Tree<'_>, index: usize, children: &[usize], findings: &mut Findings) {
    let count = |role| children.iter().filter(|child| role_of(tree, **child) == role).count();
    let [heads, bodies, feet, captions] =
        [Role::THead, Role::TBody, Role::TFoot, Role::Caption].map(count);
    let mut note = |rule, broken: bool, message: &str| {
        if broken {
            findings.push(rule, place(tree, index), || message.to_owned());
        }
    };
    note(&TWO_THEADS, heads > 1, "it has more than one THead");
    note(&TWO_TFOOTS, feet > 1, "it has more than one TFoot");
    note(&TFOOT_ALONE, feet > 0 && bodies == 0, "it has a TFoot and no TBody");
    note(&THEAD_ALONE, heads > 0 && bodies == 0, "it has a THead and no TBody");
    note(&TWO_CAPTIONS, captions > 1, "it has more than one Caption");
    let inner = children.get(1..children.len().saturating_sub(1)).unwrap_or_default();
    let inside = inner.iter().any(|child| role_of(tree, *child) == Role::Caption);
    note(&TABLE_CAPTION, inside, "its Caption stands between other children");
}

/// The children of an element, those of elements that only group among them.
pub(super) fn significant(tree: &Tree<'_>, index: usize) -> Vec<usize> {
    let mut children = Vec::new();
    let mut left: Vec<usize> = tree.children(index).map(|(child, _)| child).collect();
    left.reverse();
    while let Some(child) = left.pop() {
        if passes_through(role_of(tree, child)) {
            let from = left.len();
            left.extend(tree.children(child).map(|(inner, _)| inner));
            left[from..].reverse();
        } else {
            children.push(child);
        }
    }
    children
}

pub(super) fn role_of(tree: &Tree<'_>, index: usize) -> Role {
    tree.elements.get(index).map_or(Role::Unknown, |element| element.role)
}
