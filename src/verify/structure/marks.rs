//! Content is tagged or an artifact, never both; the structure knows what is tagged; and the
//! language of text is told (ISO 14289-1 7.1, 7.2, 7.20).

use hayro_syntax::object::{Dict, Number, ObjectIdentifier};
use rustc_hash::{FxHashMap, FxHashSet};

use super::{Structure, language};
use crate::verify::content::{Event, Mark, Observer, Origin, State};
use crate::verify::finding::{Findings, Place};
use crate::verify::level::Levels;
use crate::verify::rule::{Rule, rules};
use crate::verify::tree::Kid;

/// How many pieces of content of a page may be lost to the structure before it is told no more.
const LOST: usize = 64;

rules! {
    ARTIFACT_IN_TAGGED = "ua1:7.1-1", "7.1", Levels::UA1, Checked,
        "no artifact stands within tagged content",
        "let the producer close the tagged content before it marks an artifact";
    TAGGED_IN_ARTIFACT = "ua1:7.1-2", "7.1", Levels::UA1, Checked,
        "no tagged content stands within an artifact",
        "let the producer close the artifact before it marks tagged content";
    UNMARKED = "ua1:7.1-3", "7.1", Levels::UA1, Checked,
        "all content is tagged or marked as an artifact",
        "tag what belongs to the document, and mark the rest as an artifact";
    DISAGREES = "ua1:7.1-50", "7.1", Levels::UA1, Checked,
        "the structure element that content belongs to holds it",
        "let the producer write the structure tree and its parent tree from the same source";
    SPAN_ACTUAL_TEXT = "ua1:7.2-30", "7.2", Levels::UA1, Checked,
        "the language of each ActualText of a Span in the content is told",
        "give the document a language (Lang in the catalog)";
    SPAN_ALTERNATIVE = "ua1:7.2-31", "7.2", Levels::UA1, Checked,
        "the language of each Alt of a Span in the content is told",
        "give the document a language (Lang in the catalog)";
    SPAN_EXPANSION = "ua1:7.2-32", "7.2", Levels::UA1, Checked,
        "the language of each E of a Span in the content is told",
        "give the document a language (Lang in the catalog)";
    TEXT = "ua1:7.2-34", "7.2", Levels::UA1, Checked,
        "the language of all text is told",
        "give the document a language (Lang in the catalog)";
    REFERENCE = "ua1:7.20-1", "7.20", Levels::UA1, Checked,
        "no form refers to the page of another file (Ref)",
        "put the content of the other page into the file itself";
    FORM_TWICE = "ua1:7.20-2", "7.20", Levels::UA1, Checked,
        "a form whose content is tagged by itself is painted once",
        "repeat the form's content, or mark it around each use instead of within";
}

/// What a piece of content belongs to.
#[derive(Debug, Clone, Copy, Default)]
enum Owner {
    /// No element.
    #[default]
    Nothing,
    /// An element whose `P` does not lead up to the root: it is no part of the structure.
    CutOff,
    /// An element that the tree does not hold, though it leads up to the root.
    Beside,
    /// An element of the tree, by its index.
    Element(usize),
}

impl Owner {
    /// Whether content that belongs to it is tagged.
    fn is_tag(self) -> bool {
        matches!(self, Owner::Beside | Owner::Element(_))
    }
}

/// A mark that is open, with all that is around it.
#[derive(Debug, Clone, Copy, Default)]
struct Open {
    /// The structure element that the content belongs to.
    owner: Owner,
    artifact: bool,
    /// Whether a mark or an element tells the language.
    spoken: bool,
}

/// A stream that is being walked.
#[derive(Debug, Clone, Copy)]
struct Walked {
    /// The key of its entry in the parent tree (`StructParents`).
    key: Option<i64>,
    /// Whether it is content of the page: no appearance, pattern, glyph or mask.
    counts: bool,
}

/// Watches the marks of one page.
pub struct Marks<'s, 'a> {
    /// What is found.
    pub findings: Findings,
    /// The forms that are tagged by themselves, as often as they are painted.
    pub forms: Vec<ObjectIdentifier>,
    structure: &'s Structure<'a>,
    open: Vec<Open>,
    streams: Vec<Walked>,
    painted: FxHashSet<ObjectIdentifier>,
    /// Elements, and whether they lead up to the root.
    rooted: FxHashMap<ObjectIdentifier, bool>,
    lost: usize,
}

impl<'s, 'a> Marks<'s, 'a> {
    /// Watches a page of a file with this structure.
    pub fn new(structure: &'s Structure<'a>, in_force: Levels) -> Self {
        Marks {
            findings: Findings::new(in_force),
            forms: Vec::new(),
            structure,
            open: Vec::new(),
            streams: Vec::new(),
            painted: FxHashSet::default(),
            rooted: FxHashMap::default(),
            lost: 0,
        }
    }

    fn begin(&mut self, state: &State<'_>, dict: &Dict<'_>) {
        let around = self.streams.last().is_none_or(|stream| stream.counts);
        let counts = around && matches!(state.origin, Origin::Page | Origin::Form);
        let key = dict.get::<Number>("StructParents").map(|key| key.as_i64());
        self.streams.push(Walked { key, counts });
        self.open.truncate(state.outer_marks);
    }

    fn end(&mut self, state: &State<'_>, unclosed: usize) {
        if self.counts() && unclosed > 0 {
            self.findings.push(&UNMARKED, place(state), || {
                "marked content is not closed before the stream ends".to_owned()
            });
        }
        self.open.truncate(state.outer_marks);
        self.streams.pop();
    }

    fn counts(&self) -> bool {
        self.streams.last().is_some_and(|stream| stream.counts)
    }

    fn around(&self) -> Open {
        self.open.last().copied().unwrap_or_default()
    }

    fn marked(&mut self, state: &State<'_>, mark: &Mark<'_>) {
        let around = self.around();
        let own = mark.mcid.map_or(Owner::Nothing, |mcid| self.owner(state, mcid));
        let owner = match own {
            Owner::Nothing => around.owner,
            Owner::CutOff if around.owner.is_tag() => around.owner,
            own => own,
        };
        let spoken_by = match own {
            Owner::Element(element) => self.structure.is_spoken(element),
            _ => false,
        };
        self.open.push(Open {
            owner,
            artifact: around.artifact || mark.is_artifact(),
            spoken: around.spoken || spoken_by || mark.texts.lang.is_some(),
        });
        if let Some(lang) = &mark.texts.lang {
            language::check_tag(lang, &place(state), &mut self.findings);
        }
        if !self.counts() {
            return;
        }
        if mark.is_artifact() && owner.is_tag() {
            self.findings.push(&ARTIFACT_IN_TAGGED, place(state), || {
                "an artifact begins inside tagged content".to_owned()
            });
        }
        if own.is_tag() && around.artifact {
            self.findings.push(&TAGGED_IN_ARTIFACT, place(state), || {
                "tagged content begins inside an artifact".to_owned()
            });
        }
        if &*mark.tag == b"Span" && !self.is_spoken() {
            let texts: [(_, _, &'static Rule); 3] = [
                ("ActualText", mark.texts.actual.is_some(), &SPAN_ACTUAL_TEXT),
                ("Alt", mark.texts.alternative.is_some(), &SPAN_ALTERNATIVE),
                ("E", mark.texts.expansion.is_some(), &SPAN_EXPANSION),
            ];
            for (key, _, rule) in texts.into_iter().filter(|(_, is_there, _)| *is_there) {
                self.findings.push(rule, place(state), || {
                    format!("a Span has {key}, and no language is told for it")
                });
            }
        }
    }

    fn is_spoken(&self) -> bool {
        self.structure.language || self.around().spoken
    }

    /// The structure element of a piece of marked content, by the parent tree.
    fn owner(&mut self, state: &State<'_>, mcid: i64) -> Owner {
        let key = self.streams.last().and_then(|stream| stream.key);
        let id = key.and_then(|key| self.structure.parents.of_content(key, mcid));
        let Some(id) = id else { return Owner::Nothing };
        let structure = self.structure;
        let leads = || structure.leads_to_root(id);
        if !*self.rooted.entry(id).or_insert_with(leads) {
            return Owner::CutOff;
        }
        let Some(element) = structure.tree.by_id.get(&id).copied() else {
            return Owner::Beside;
        };
        let tree = &self.structure.tree;
        let held = state.container.and_then(|stream| tree.marked.get(&(stream, mcid)).copied());
        if held != Some(element) && !self.holds(element, mcid, state.container) {
            self.disagree(state, || {
                let path = tree.path(element);
                format!("content {mcid} belongs to {path}, which does not hold it")
            });
        }
        Owner::Element(element)
    }

    /// Whether an element holds a piece of content, though the page is not told there, or another
    /// element claims it as well.
    fn holds(&self, element: usize, mcid: i64, stream: Option<ObjectIdentifier>) -> bool {
        let kids = self.structure.tree.elements.get(element).map(|element| &element.kids);
        self.lost >= LOST
            || kids.into_iter().flatten().any(|kid| match kid {
                Kid::Marked { container, mcid: held, .. } => {
                    *held == mcid && (container.is_none() || *container == stream)
                }
                _ => false,
            })
    }

    fn disagree(&mut self, state: &State<'_>, message: impl FnOnce() -> String) {
        if self.counts() && self.lost < LOST {
            self.lost += 1;
            self.findings.push(&DISAGREES, place(state), message);
        }
    }

    fn content(&mut self, state: &State<'_>, what: &str) {
        let around = self.around();
        if !around.owner.is_tag() && !around.artifact {
            self.findings.push(&UNMARKED, place(state), || match state.is_tagged() {
                true if matches!(around.owner, Owner::CutOff) => {
                    format!("{what} belongs to an element whose P does not lead up to the root")
                }
                true => format!("{what} is marked, and the parent tree names no element for it"),
                false => format!("{what} is neither tagged nor an artifact"),
            });
        }
        if what == "text" && !self.is_spoken() {
            self.findings
                .push(&TEXT, place(state), || "no language is told for this text".to_owned());
        }
    }

    fn form(&mut self, state: &State<'_>, form: ObjectIdentifier, dict: &Dict<'_>) {
        if dict.contains_key("Ref") && self.painted.insert(form) {
            self.findings.push(&REFERENCE, place(state), || {
                format!("form {} {} refers to another file", form.obj_number, form.gen_number)
            });
        }
        if dict.contains_key("StructParents") {
            self.forms.push(form);
        }
    }
}

fn place(state: &State<'_>) -> Place {
    Place::page(state.page).in_object(state.container)
}

impl<'a> Observer<'a> for Marks<'_, 'a> {
    fn see(&mut self, state: &State<'a>, event: &Event<'_>) {
        if !self.findings.asks(super::ASKING) {
            return;
        }
        match event {
            Event::Begin { dict, .. } => self.begin(state, dict),
            Event::End { marks, .. } => self.end(state, *marks),
            Event::Marked => {
                if let Some(mark) = state.marks.last() {
                    self.marked(state, mark);
                }
            }
            Event::Unmarking => {
                self.open.pop();
            }
            Event::Form(form) => self.form(state, form.obj_id(), form.dict()),
            _ if !self.counts() => {}
            Event::Operator { name: b"Tj" | b"TJ" | b"'" | b"\"", .. } => {
                self.content(state, "text");
            }
            Event::Paint { .. } | Event::Shading(_) => self.content(state, "a drawing"),
            Event::Image { .. } => self.content(state, "an image"),
            _ => {}
        }
    }
}

/// Looks which forms are painted more than once, on one page or on several.
pub fn check_forms(painted: &[(usize, ObjectIdentifier)], findings: &mut Findings) {
    let mut known: FxHashMap<ObjectIdentifier, usize> = FxHashMap::default();
    for (page, form) in painted {
        let first = *known.entry(*form).and_modify(|count| *count += 1).or_insert(1);
        if first == 2 {
            findings.push(&FORM_TWICE, Place::page(*page).in_object(Some(*form)), || {
                "it is painted more than once, and names its structure itself".to_owned()
            });
        }
    }
}
