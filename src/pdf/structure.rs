//! The structure tree and its way back from pages (ISO 32000-1 14.7), written as bytes: a table
//! of 20,000 rows has more elements than objects of a library could hold cheaply.

use std::collections::BTreeMap;

use lopdf::Object;
use rayon::prelude::*;

use crate::layout::{Role, Structure, Tag, TagId};

use super::attributes::{self, Headers};
use super::error::WriteError;
use super::file::{File, PACK, Pack};
use super::links::{self, Annotation};
use super::object::{dictionary, name, push_number, push_reference, push_string, reference};
use super::pages::WrittenPage;

/// The standard structure type (ISO 32000-1 14.8.4).
pub(super) fn type_name(role: Role) -> &'static str {
    match role {
        Role::Document => "Document",
        Role::Part => "Part",
        Role::Art => "Art",
        Role::Sect => "Sect",
        Role::Div => "Div",
        Role::BlockQuote => "BlockQuote",
        Role::Caption => "Caption",
        Role::Toc => "TOC",
        Role::TocItem => "TOCI",
        Role::Index => "Index",
        Role::Heading(0 | 1) => "H1",
        Role::Heading(2) => "H2",
        Role::Heading(3) => "H3",
        Role::Heading(4) => "H4",
        Role::Heading(5) => "H5",
        Role::Heading(_) => "H6",
        Role::Paragraph => "P",
        Role::List => "L",
        Role::ListItem => "LI",
        Role::Label => "Lbl",
        Role::ListBody => "LBody",
        Role::Table => "Table",
        Role::TableRow => "TR",
        Role::TableHeaderCell => "TH",
        Role::TableDataCell => "TD",
        Role::TableHead => "THead",
        Role::TableBody => "TBody",
        Role::TableFoot => "TFoot",
        Role::Span => "Span",
        Role::Quote => "Quote",
        Role::Note => "Note",
        Role::Reference => "Reference",
        Role::BibEntry => "BibEntry",
        Role::Code => "Code",
        Role::Link => "Link",
        Role::Figure => "Figure",
        Role::Formula => "Formula",
        Role::Form => "Form",
        Role::NonStruct => "NonStruct",
    }
}

/// What stands on a page and belongs to an element.
#[derive(Debug, Clone, Copy)]
enum Content {
    /// A marked-content sequence with its id.
    Sequence { page: u32, id: u32 },
    /// An annotation with its object number.
    Annotation { page: u32, object: u32 },
}

impl Content {
    fn page(self) -> u32 {
        match self {
            Content::Sequence { page, .. } | Content::Annotation { page, .. } => page,
        }
    }
}

/// Values grouped by element, in the order in which they were given.
struct Grouped<T> {
    values: Vec<T>,
    starts: Vec<u32>,
}

impl<T: Copy + Default> Grouped<T> {
    fn new(groups: usize, pairs: impl Iterator<Item = (usize, T)> + Clone) -> Grouped<T> {
        let mut starts = vec![0u32; groups + 1];
        for (group, _) in pairs.clone() {
            starts[group + 1] += 1;
        }
        for group in 0..groups {
            starts[group + 1] += starts[group];
        }
        let mut next = starts.clone();
        let mut values = vec![T::default(); starts[groups] as usize];
        for (group, value) in pairs {
            values[next[group] as usize] = value;
            next[group] += 1;
        }
        Grouped { values, starts }
    }

    fn of(&self, group: usize) -> &[T] {
        &self.values[self.starts[group] as usize..self.starts[group + 1] as usize]
    }
}

/// The tree with what belongs to each element.
struct Tree<'a> {
    tags: &'a [Tag],
    pages: &'a [WrittenPage],
    page_ids: u32,
    /// All content in order: pages, and on each its sequences, then its annotations.
    contents: Vec<(u32, Content)>,
    /// Indices into `contents`.
    own: Grouped<u32>,
    children: Grouped<u32>,
    /// The first content in or under each element, as an index into `contents`.
    first: Vec<u32>,
    /// Object numbers; 0 for elements that are left out.
    ids: Vec<u32>,
    root: u32,
    /// Object numbers of forms whose content is marked inside.
    forms: &'a BTreeMap<u64, u32>,
    headers: Headers<'a>,
}

/// Writes the tree and returns the number of its root. The first page's key in the parent tree is
/// 0, the first annotation's is the number of pages, and forms follow.
pub(super) fn write(
    structure: &Structure,
    pages: &[WrittenPage],
    page_ids: u32,
    annotations: &[Annotation],
    forms: &BTreeMap<u64, u32>,
    file: &mut File,
) -> Result<u32, WriteError> {
    let tags = &structure.tags;
    let orphan = |(index, tag): (usize, &Tag)| index > 0 && tag.parent.index() >= index;
    if tags.is_empty() || tags.iter().enumerate().any(orphan) {
        return Err(WriteError::UnknownTag { page: 0 });
    }
    let contents = contents(pages, annotations);
    let own = Grouped::new(
        tags.len(),
        contents.iter().enumerate().map(|(index, (tag, _))| (*tag as usize, index as u32)),
    );
    let children = Grouped::new(
        tags.len(),
        tags.iter().enumerate().skip(1).map(|(index, tag)| (tag.parent.index(), index as u32)),
    );
    let first = first_contents(tags, &own);
    let root = file.reserve();
    let ids = number(tags, &first, file);
    let headers = Headers::write(structure, file);
    let tree =
        Tree { tags, pages, page_ids, contents, own, children, first, ids, root, forms, headers };
    let kept: Vec<usize> = (0..tags.len()).filter(|&index| tree.ids[index] != 0).collect();
    if kept.len() <= PACK {
        for &index in &kept {
            file.raw(tree.ids[index], |out| tree.element(index, out));
        }
        tree.write_root(annotations, file);
        return Ok(root);
    }
    // In slices, so that the elements' bytes are never all in memory at once.
    for slice in kept.chunks(PACK * 64) {
        let pack = |elements: &[usize]| {
            let mut pack = Pack::default();
            for &index in elements {
                pack.add(tree.ids[index], |out| tree.element(index, out));
            }
            pack
        };
        file.packs(slice.par_chunks(PACK).map(pack).collect());
    }
    tree.write_root(annotations, file);
    Ok(root)
}

fn contents(pages: &[WrittenPage], annotations: &[Annotation]) -> Vec<(u32, Content)> {
    let sequences: usize = pages.iter().map(|page| page.tags.len()).sum();
    let mut contents = Vec::with_capacity(sequences + annotations.len());
    let mut annotations = annotations.iter().peekable();
    for (index, written) in pages.iter().enumerate() {
        let page = index as u32;
        for (id, tag) in written.tags.iter().enumerate() {
            contents.push((tag.0, Content::Sequence { page, id: id as u32 }));
        }
        while let Some(annotation) = annotations.next_if(|annotation| annotation.page == index) {
            let content = Content::Annotation { page, object: annotation.id };
            contents.push((annotation.tag.0, content));
        }
    }
    contents
}

/// The first content in or under each element; `u32::MAX` for none.
fn first_contents(tags: &[Tag], own: &Grouped<u32>) -> Vec<u32> {
    let mut first: Vec<u32> =
        (0..tags.len()).map(|index| own.of(index).first().copied().unwrap_or(u32::MAX)).collect();
    for index in (1..tags.len()).rev() {
        let parent = tags[index].parent.index();
        first[parent] = first[parent].min(first[index]);
    }
    first
}

/// Numbers the elements that are written: those with content in or under them, and cells and list
/// bodies even without, so that tables and lists stay regular.
fn number(tags: &[Tag], first: &[u32], file: &mut File) -> Vec<u32> {
    let mut kept: Vec<bool> = tags
        .iter()
        .zip(first)
        .map(|(tag, &first)| {
            let always = matches!(
                tag.role,
                Role::TableHeaderCell | Role::TableDataCell | Role::ListBody | Role::Document
            );
            first != u32::MAX || always
        })
        .collect();
    for index in (1..tags.len()).rev() {
        if kept[index] {
            kept[tags[index].parent.index()] = true;
        }
    }
    let mut next = file.reserve_many(kept.iter().filter(|&&kept| kept).count());
    let number = |kept: bool| {
        let id = if kept { next } else { 0 };
        next += u32::from(kept);
        id
    };
    kept.into_iter().map(number).collect()
}

impl Tree<'_> {
    fn element(&self, index: usize, out: &mut Vec<u8>) {
        let tag = &self.tags[index];
        out.extend_from_slice(b"<</S/");
        out.extend_from_slice(type_name(tag.role).as_bytes());
        out.extend_from_slice(b"/P ");
        let parent = if index == 0 { self.root } else { self.ids[tag.parent.index()] };
        push_reference(out, parent);
        let page = self.own.of(index).first().map(|&at| self.contents[at as usize].1.page());
        if let Some(page) = page {
            out.extend_from_slice(b"/Pg ");
            push_reference(out, self.page_ids + page);
        }
        self.kids(index, page, out);
        if let Some(extra) = &tag.extra {
            attributes::texts(extra, out);
        }
        self.attributes(index, out);
        if let Some(id) = self.id(index) {
            out.extend_from_slice(b"/ID");
            push_string(out, id.as_bytes());
        }
        out.extend_from_slice(b">>");
    }

    /// `A`: an element's attribute objects.
    fn attributes(&self, index: usize, out: &mut Vec<u8>) {
        let tag = &self.tags[index];
        let headers = self.headers.of(TagId(index as u32));
        if tag.extra.is_none() && headers.is_none() {
            return;
        }
        let place = tag.extra.as_ref().and_then(|extra| extra.bbox).and_then(|(page, rect)| {
            let page = self.pages.get(page)?;
            Some((rect, &page.boxes))
        });
        let parent = self.tags[tag.parent.index()].role;
        attributes::write(tag, parent, place, headers, out);
    }

    /// An element's id; notes need one (ISO 14289-1 7.9).
    fn id(&self, index: usize) -> Option<String> {
        let tag = &self.tags[index];
        let given = tag.extra.as_ref().and_then(|extra| extra.id.as_ref());
        match (given, tag.role) {
            (Some(id), _) => Some(id.to_string()),
            (None, Role::Note) => Some(format!("note {index}")),
            (None, _) => None,
        }
    }

    /// `K`: children in reading order, and between them the element's own content where it is met.
    fn kids(&self, index: usize, page: Option<u32>, out: &mut Vec<u8>) {
        let own = self.own.of(index);
        let children = self.children.of(index);
        let kept = children.iter().filter(|&&child| self.ids[child as usize] != 0);
        let count = own.len() + kept.clone().count();
        if count == 0 {
            return;
        }
        out.extend_from_slice(b"/K");
        out.push(if count > 1 { b'[' } else { b' ' });
        let mut own = own.iter().copied().peekable();
        let mut separate = false;
        let mut separator = |out: &mut Vec<u8>| {
            if std::mem::replace(&mut separate, true) {
                out.push(b' ');
            }
        };
        let mut behind = (0, 0);
        for &child in kept {
            let child = child as usize;
            // A child without content stands right after the one before it, and so does one that is
            // painted elsewhere.
            let follows = self.first[child] == u32::MAX || stands_apart(&self.tags[child]);
            let first = match follows {
                true => 0,
                false if floats(&self.tags[child]) => {
                    if behind.0 <= child {
                        behind = self.behind_floats(children, child);
                    }
                    behind.1
                }
                false => self.first[child],
            };
            while let Some(content) = own.next_if(|&content| content < first) {
                separator(out);
                self.content(content, page, out);
            }
            separator(out);
            push_reference(out, self.ids[child]);
        }
        for content in own {
            separator(out);
            self.content(content, page, out);
        }
        if count > 1 {
            out.push(b']');
        }
    }

    /// The element behind those that float with `child`, and its first content.
    fn behind_floats(&self, children: &[u32], child: usize) -> (usize, u32) {
        let later = children.partition_point(|&one| one as usize <= child);
        let later = children[later..].iter().map(|&one| one as usize);
        let mut kept = later.filter(|&one| self.ids[one] != 0 && self.first[one] != u32::MAX);
        let behind = kept.find(|&one| !floats(&self.tags[one]) && !stands_apart(&self.tags[one]));
        behind.map_or((usize::MAX, u32::MAX), |behind| (behind, self.first[behind]))
    }

    fn content(&self, content: u32, page: Option<u32>, out: &mut Vec<u8>) {
        let content = self.contents[content as usize].1;
        match content {
            Content::Sequence { page: own, id }
                if Some(own) == page && self.form_of(own, id).is_none() =>
            {
                push_number(out, u64::from(id));
            }
            Content::Sequence { page, id } => {
                out.extend_from_slice(b"<</Type/MCR/Pg ");
                push_reference(out, self.page_ids + page);
                if let Some(form) = self.form_of(page, id) {
                    out.extend_from_slice(b"/Stm ");
                    push_reference(out, form);
                }
                out.extend_from_slice(b"/MCID ");
                push_number(out, u64::from(id));
                out.extend_from_slice(b">>");
            }
            Content::Annotation { page, object } => {
                out.extend_from_slice(b"<</Type/OBJR/Pg ");
                push_reference(out, self.page_ids + page);
                out.extend_from_slice(b"/Obj ");
                push_reference(out, object);
                out.extend_from_slice(b">>");
            }
        }
    }

    /// The object number of the form that a sequence stands in, if it does not stand in the page's
    /// own content.
    fn form_of(&self, page: u32, id: u32) -> Option<u32> {
        let form = self.pages.get(page as usize)?.form_of(id)?;
        self.forms.get(&form).copied()
    }

    /// Writes the root, the parent tree and the ids.
    fn write_root(&self, annotations: &[Annotation], file: &mut File) {
        let mut root = dictionary([
            ("Type", name("StructTreeRoot")),
            ("K", Object::Array(vec![reference(self.ids[0])])),
            ("ParentTree", reference(self.parent_tree(annotations, file))),
            (
                "ParentTreeNextKey",
                Object::Integer((self.pages.len() + annotations.len() + self.forms.len()) as i64),
            ),
        ]);
        let mut ids: Vec<(String, u32)> = (0..self.tags.len())
            .filter(|&index| self.ids[index] != 0)
            .filter_map(|index| self.id(index).map(|id| (id, self.ids[index])))
            .collect();
        if !ids.is_empty() {
            ids.sort();
            ids.dedup_by(|one, next| one.0 == next.0);
            let entries = ids.iter().map(|(id, object)| (id.as_bytes(), reference(*object)));
            root.set("IDTree", reference(links::name_tree(entries.collect(), file)));
        }
        file.object(self.root, root);
    }

    /// The number tree from pages and annotations to elements (ISO 32000-1 14.7.4.4).
    fn parent_tree(&self, annotations: &[Annotation], file: &mut File) -> u32 {
        let of = |tag: TagId| self.ids[tag.index()];
        let arrays = file.reserve_many(self.pages.len());
        for (page, id) in self.pages.iter().zip(arrays..) {
            file.raw(id, |out| {
                out.push(b'[');
                for (index, &tag) in page.tags.iter().enumerate() {
                    if index > 0 {
                        out.push(b' ');
                    }
                    match page.form_of(index as u32) {
                        None => push_reference(out, of(tag)),
                        Some(_) => out.extend_from_slice(b"null"),
                    }
                }
                out.push(b']');
            });
        }
        let form_arrays = self.form_arrays(file);
        let pages = (0..self.pages.len() as u32).map(|page| arrays + page);
        let annotations = annotations.iter().map(|annotation| of(annotation.tag));
        let values: Vec<u32> = pages.chain(annotations).chain(form_arrays).collect();
        let mut kids = Vec::new();
        for (leaf, values) in values.chunks(128).enumerate() {
            let first = leaf * 128;
            let id = file.reserve();
            file.raw(id, |out| {
                out.extend_from_slice(b"<</Limits[");
                push_number(out, first as u64);
                out.push(b' ');
                push_number(out, (first + values.len() - 1) as u64);
                out.extend_from_slice(b"]/Nums[");
                for (at, &value) in values.iter().enumerate() {
                    push_number(out, (first + at) as u64);
                    out.push(b' ');
                    push_reference(out, value);
                    out.push(b' ');
                }
                out.extend_from_slice(b"]>>");
            });
            kids.push(reference(id));
        }
        let root = file.reserve();
        file.object(root, dictionary([("Kids", Object::Array(kids))]));
        root
    }
}

impl Tree<'_> {
    /// For each form, the elements of its sequences at their ids, which are those of the page.
    fn form_arrays(&self, file: &mut File) -> Vec<u32> {
        let mut sequences: BTreeMap<u64, Vec<(u32, TagId)>> = BTreeMap::new();
        for page in self.pages {
            for inside in &page.inside {
                let tags =
                    inside.ids.clone().filter_map(|id| Some((id, *page.tags.get(id as usize)?)));
                sequences.entry(inside.form).or_default().extend(tags);
            }
        }
        let array = |form: &u64| {
            let id = file.reserve();
            let own = sequences.get(form).map(Vec::as_slice).unwrap_or_default();
            file.raw(id, |out| {
                out.push(b'[');
                let mut next = 0;
                for &(id, tag) in own {
                    (next..id).for_each(|_| out.extend_from_slice(b"null "));
                    push_reference(out, self.ids[tag.index()]);
                    out.push(b' ');
                    next = id + 1;
                }
                out.push(b']');
            });
            id
        };
        self.forms.keys().map(array).collect()
    }
}

fn floats(tag: &Tag) -> bool {
    tag.extra.as_ref().is_some_and(|extra| extra.floats)
}

fn stands_apart(tag: &Tag) -> bool {
    tag.extra.as_ref().is_some_and(|extra| extra.stands_apart)
}
