//! The structure tree of any file (ISO 32000-1 14.7), as a flat list in reading order.

use std::ops::Deref;

use hayro_syntax::object::array::ArrayIter;
use hayro_syntax::object::{Dict, MaybeRef, Name, Object, ObjectIdentifier};
use rustc_hash::FxHashMap;
use smallvec::SmallVec;

use super::document::Document;
use super::role::Role;

/// How many role-map steps lead from a name to a standard type before the map is taken for a loop.
const STEPS: usize = 64;

/// The entries that are read into [`Element`] itself.
const READ: [&[u8]; 5] = [b"Type", b"S", b"P", b"K", b"Pg"];

/// A structure element.
pub struct Element<'a> {
    /// Its dictionary; empty when it has no other entries than those read here. Most elements of
    /// a long table have none, and a dictionary is larger than all else that is known of one.
    pub dict: Dict<'a>,
    /// Its object number, when it is an indirect object.
    pub id: Option<ObjectIdentifier>,
    /// The element that holds it; `None` for children of the root.
    pub parent: Option<usize>,
    /// What it names as the element that holds it (`P`).
    pub named_parent: Option<ObjectIdentifier>,
    /// The type as written (`S`); empty when there is none.
    pub written: Name<'a>,
    /// The standard type that it is or is mapped to.
    pub role: Role,
    /// Its place among the siblings of the same written type, from 1.
    pub nth: usize,
    /// What it holds, in order.
    pub kids: Kids<'a>,
    /// The page that it names (`Pg`), else the one that it inherits.
    pub page: Option<ObjectIdentifier>,
}

/// A child of a structure element.
pub enum Kid<'a> {
    /// Another element, by its index.
    Element(usize),
    /// Marked content.
    Marked {
        /// The content stream: a form's, else the page's own object.
        container: Option<ObjectIdentifier>,
        /// The page.
        page: Option<ObjectIdentifier>,
        /// The number in that stream.
        mcid: i64,
    },
    /// A whole object: an annotation, a form.
    Object {
        /// Its number.
        id: Option<ObjectIdentifier>,
        /// Its dictionary, when it has one.
        dict: Option<Dict<'a>>,
        /// The page.
        page: Option<ObjectIdentifier>,
    },
    /// Nothing that belongs here.
    Odd,
}

/// What an element holds: a list whose only item, as most have one, stands in the element itself.
#[derive(Default)]
pub enum Kids<'a> {
    /// Nothing.
    #[default]
    None,
    /// A single child.
    One(Kid<'a>),
    /// Several children.
    Many(Vec<Kid<'a>>),
}

impl<'a> Kids<'a> {
    fn push(&mut self, kid: Kid<'a>) {
        *self = match std::mem::take(self) {
            Kids::None => Kids::One(kid),
            Kids::One(first) => Kids::Many(vec![first, kid]),
            Kids::Many(mut kids) => {
                kids.push(kid);
                Kids::Many(kids)
            }
        }
    }
}

impl<'a> Deref for Kids<'a> {
    type Target = [Kid<'a>];

    fn deref(&self) -> &[Kid<'a>] {
        match self {
            Kids::None => &[],
            Kids::One(kid) => std::slice::from_ref(kid),
            Kids::Many(kids) => kids,
        }
    }
}

impl<'k, 'a> IntoIterator for &'k Kids<'a> {
    type Item = &'k Kid<'a>;
    type IntoIter = std::slice::Iter<'k, Kid<'a>>;

    fn into_iter(self) -> Self::IntoIter {
        self.iter()
    }
}

/// How the types of a file map to the standard ones.
#[derive(Default)]
pub struct RoleMap<'a> {
    /// Each name and what it is mapped to, in the order of the names.
    pub entries: Vec<(Name<'a>, Name<'a>)>,
    found: FxHashMap<Vec<u8>, Name<'a>>,
}

/// Where a type leads to.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Mapped {
    /// To a standard type.
    To(Role),
    /// Nowhere: it is neither standard nor mapped to a standard type.
    Nowhere,
    /// In a circle.
    Circle,
}

impl<'a> RoleMap<'a> {
    fn new(root: &Dict<'a>) -> RoleMap<'a> {
        let map = root.get::<Dict<'a>>("RoleMap").unwrap_or_default();
        let mut entries: Vec<(Name<'a>, Name<'a>)> =
            map.keys().filter_map(|key| Some((key.clone(), map.get::<Name<'a>>(&*key)?))).collect();
        entries.sort();
        let found = entries.iter().map(|(from, to)| (from.to_vec(), to.clone())).collect();
        RoleMap { entries, found }
    }

    /// The standard type of a name: the name itself when it is one, else what the map leads to.
    pub fn follow(&self, name: &[u8]) -> Mapped {
        let mut at = name;
        for _ in 0..STEPS {
            if let Some(role) = Role::standard(at) {
                return Mapped::To(role);
            }
            match self.found.get(at) {
                Some(next) => at = next,
                None => return Mapped::Nowhere,
            }
        }
        Mapped::Circle
    }

    /// What the map says of a name, standard or not.
    pub fn next(&self, name: &[u8]) -> Option<&Name<'a>> {
        self.found.get(name)
    }

    /// Whether the map leads from a name, standard or not, back to a name that was met before.
    pub fn circles(&self, name: &[u8]) -> bool {
        let mut met = vec![name];
        while let Some(next) = self.found.get(*met.last().unwrap_or(&name)) {
            if met.contains(&&**next) || met.len() > STEPS {
                return true;
            }
            met.push(next);
        }
        false
    }
}

/// A file's structure tree.
#[derive(Default)]
pub struct Tree<'a> {
    /// The root's dictionary (`StructTreeRoot`).
    pub root: Dict<'a>,
    /// All elements; a parent stands before its children, in reading order.
    pub elements: Vec<Element<'a>>,
    /// The role map.
    pub roles: RoleMap<'a>,
    /// The index of each element that is an indirect object.
    pub by_id: FxHashMap<ObjectIdentifier, usize>,
    /// The element of each piece of marked content: by stream (page or form) and number.
    pub marked: FxHashMap<(ObjectIdentifier, i64), usize>,
    /// The element of each object that is a child (`OBJR`).
    pub objects: FxHashMap<ObjectIdentifier, usize>,
    /// Elements that are met twice on the way down, by their object: a circle or a shared child.
    pub repeated: Vec<ObjectIdentifier>,
}

impl<'a> Tree<'a> {
    /// Reads the tree; `None` when the file has none.
    pub fn read(document: &'a Document) -> Option<Tree<'a>> {
        Tree::of(document, &document.catalog())
    }

    /// Reads the tree that the catalog names.
    pub fn of(document: &'a Document, catalog: &Dict<'a>) -> Option<Tree<'a>> {
        let root = catalog.get::<Dict<'a>>("StructTreeRoot")?;
        let mut reader = Reader {
            tree: Tree {
                roles: RoleMap::new(&root),
                root: root.clone(),
                elements: Vec::new(),
                by_id: FxHashMap::default(),
                marked: FxHashMap::default(),
                objects: FxHashMap::default(),
                repeated: Vec::new(),
            },
            root: root.obj_id(),
            document,
        };
        reader.read(&root);
        Some(reader.tree)
    }

    /// The way from the root to an element: `Document/Table/TR[3]/TD[2]`.
    pub fn path(&self, index: usize) -> String {
        let mut steps = Vec::new();
        let mut at = Some(index);
        while let Some(element) = at.and_then(|at| self.elements.get(at)) {
            let name = String::from_utf8_lossy(&element.written).into_owned();
            steps.push(if element.nth > 1 { format!("{name}[{}]", element.nth) } else { name });
            at = element.parent;
        }
        steps.reverse();
        steps.join("/")
    }

    /// The elements that hold this one, from the nearest to the root.
    pub fn ancestors(&self, index: usize) -> impl Iterator<Item = &Element<'a>> {
        let mut at = self.elements.get(index).and_then(|element| element.parent);
        std::iter::from_fn(move || {
            let element = self.elements.get(at?)?;
            at = element.parent;
            Some(element)
        })
    }

    /// The elements that are children of this one, with their indices.
    pub fn children(&self, index: usize) -> impl Iterator<Item = (usize, &Element<'a>)> {
        let kids = self.elements.get(index).map_or(&[][..], |element| &element.kids[..]);
        kids.iter().filter_map(|kid| match kid {
            Kid::Element(child) => Some((*child, self.elements.get(*child)?)),
            _ => None,
        })
    }
}

struct Reader<'a> {
    document: &'a Document,
    tree: Tree<'a>,
    root: Option<ObjectIdentifier>,
}

/// Children that are still to be read: of which element, and what is left of the list.
struct Pending<'a> {
    parent: Option<usize>,
    page: Option<ObjectIdentifier>,
    left: Left<'a>,
    counts: Counts<'a>,
}

/// What is left of the children (`K`): one, or a list of them.
enum Left<'a> {
    One(Option<MaybeRef<Object<'a>>>),
    List(ArrayIter<'a>),
}

impl<'a> Left<'a> {
    fn of(document: &'a Document, dict: &Dict<'a>) -> Left<'a> {
        match dict.get_raw::<Object<'a>>("K") {
            Some(MaybeRef::Ref(reference)) => match document.object(reference.into()) {
                Some(Object::Array(list)) => Left::List(list.raw_iter()),
                Some(_) => Left::One(Some(MaybeRef::Ref(reference))),
                None => Left::One(None),
            },
            Some(MaybeRef::NotRef(Object::Array(list))) => Left::List(list.raw_iter()),
            one => Left::One(one),
        }
    }

    /// The next child, with its number when it is an object of its own. Each is followed by
    /// itself: what leads nowhere takes no other with it, and an element that holds one around it
    /// is found to.
    fn next(&mut self, document: &'a Document) -> Option<(Option<ObjectIdentifier>, Object<'a>)> {
        loop {
            let entry = match self {
                Left::One(one) => one.take(),
                Left::List(list) => list.next(),
            };
            match entry? {
                MaybeRef::NotRef(object) => return Some((None, object)),
                MaybeRef::Ref(reference) => {
                    let id = ObjectIdentifier::from(reference);
                    if let Some(object) = document.object(id) {
                        return Some((Some(id), object));
                    }
                }
            }
        }
    }
}

/// How many children of each written type an element has so far: of a few types as a rule.
#[derive(Default)]
struct Counts<'a> {
    few: SmallVec<[(Name<'a>, usize); 2]>,
    others: FxHashMap<Name<'a>, usize>,
}

impl<'a> Counts<'a> {
    /// Counts one more; returns which of its type it is, from 1.
    fn next(&mut self, written: &Name<'a>) -> usize {
        if let Some((_, count)) = self.few.iter_mut().find(|(name, _)| name == written) {
            *count += 1;
            return *count;
        }
        if self.few.len() < self.few.inline_size() {
            self.few.push((written.clone(), 1));
            return 1;
        }
        let count = self.others.entry(written.clone()).or_default();
        *count += 1;
        *count
    }
}

impl<'a> Reader<'a> {
    fn read(&mut self, root: &Dict<'a>) {
        let mut stack = vec![Pending {
            parent: None,
            page: None,
            left: Left::of(self.document, root),
            counts: Counts::default(),
        }];
        while let Some(pending) = stack.last_mut() {
            let Some((id, object)) = pending.left.next(self.document) else {
                stack.pop();
                continue;
            };
            let (parent, page) = (pending.parent, pending.page);
            let kid = match object {
                Object::Number(number) => {
                    Kid::Marked { container: page, page, mcid: number.as_i64() }
                }
                Object::Dict(dict) => match dict.get::<Name<'_>>("Type").as_deref() {
                    Some(b"MCR") => marked(&dict, page),
                    Some(b"OBJR") => Kid::Object {
                        id: dict.get_ref("Obj").map(Into::into),
                        dict: dict.get::<Dict<'a>>("Obj"),
                        page: dict.get_ref("Pg").map(Into::into).or(page),
                    },
                    _ => {
                        if let Some(id) = id
                            && (self.root == Some(id) || self.tree.by_id.contains_key(&id))
                        {
                            self.tree.repeated.push(id);
                            continue;
                        }
                        let next = self.element(dict, id, pending);
                        let kid = next.parent.map_or(Kid::Odd, Kid::Element);
                        stack.push(next);
                        kid
                    }
                },
                _ => Kid::Odd,
            };
            self.note(parent, &kid);
            if let Some(element) = parent.and_then(|parent| self.tree.elements.get_mut(parent)) {
                element.kids.push(kid);
            }
        }
    }

    fn element(
        &mut self,
        dict: Dict<'a>,
        id: Option<ObjectIdentifier>,
        around: &mut Pending<'a>,
    ) -> Pending<'a> {
        let index = self.tree.elements.len();
        let written = dict.get::<Name<'a>>("S").unwrap_or_else(|| Name::new_unescaped(b""));
        let nth = around.counts.next(&written);
        let page = dict.get_ref("Pg").map(Into::into).or(around.page);
        let role = match self.tree.roles.follow(&written) {
            Mapped::To(role) => role,
            Mapped::Nowhere | Mapped::Circle => Role::Unknown,
        };
        let left = Left::of(self.document, &dict);
        let named_parent = dict.get_ref("P").map(Into::into);
        let parent = around.parent;
        if let Some(id) = id {
            self.tree.by_id.insert(id, index);
        }
        let says_more = dict.keys().any(|key| !READ.contains(&&*key));
        self.tree.elements.push(Element {
            dict: if says_more { dict } else { Dict::empty() },
            id,
            parent,
            named_parent,
            written,
            role,
            nth,
            kids: Kids::None,
            page,
        });
        Pending { parent: Some(index), page, left, counts: Counts::default() }
    }

    fn note(&mut self, parent: Option<usize>, kid: &Kid<'a>) {
        let Some(parent) = parent else { return };
        match kid {
            Kid::Marked { container: Some(container), mcid, .. } => {
                self.tree.marked.entry((*container, *mcid)).or_insert(parent);
            }
            Kid::Object { id: Some(id), .. } => {
                self.tree.objects.entry(*id).or_insert(parent);
            }
            _ => {}
        }
    }
}

fn marked<'a>(dict: &Dict<'a>, page: Option<ObjectIdentifier>) -> Kid<'a> {
    let page = dict.get_ref("Pg").map(Into::into).or(page);
    match dict.get::<i64>("MCID") {
        Some(mcid) => {
            Kid::Marked { container: dict.get_ref("Stm").map(Into::into).or(page), page, mcid }
        }
        None => Kid::Odd,
    }
}
