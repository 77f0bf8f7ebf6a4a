//! Walks the content streams of a file: pages, and what they draw (forms, patterns, glyphs of
//! Type 3 fonts, appearances of annotations). Keeps the graphics state and the open marks, and
//! tells each family of checks what it meets.

use hayro_syntax::content::UntypedIter;
use hayro_syntax::object::String as PdfString;
use hayro_syntax::object::{Array, Dict, Name, Number, Object, ObjectIdentifier, Stream};
use hayro_syntax::page::Resources;
use rustc_hash::FxHashSet;
use smallvec::SmallVec;

use super::document::{Document, items, names};

/// How deep forms may lie in forms.
const NESTED: usize = 32;
/// How many operators of one page are looked at, forms included: more than any sound page holds.
const OPERATORS: usize = 20_000_000;

/// What kind of stream is being walked.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
pub enum Origin {
    /// The page's own content.
    Page,
    /// A form XObject.
    Form,
    /// The appearance of an annotation.
    Appearance,
    /// The cell of a tiling pattern.
    Pattern,
    /// A glyph of a Type 3 font.
    Glyph,
    /// The group of a soft mask.
    Mask,
}

/// A piece of marked content that is open (ISO 32000-1 14.6).
#[derive(Debug, Clone, Default)]
pub struct Mark<'a> {
    /// Its tag: `P`, `Artifact`, `OC`.
    pub tag: SmallVec<[u8; 16]>,
    /// Its number, when it is content of a structure element.
    pub mcid: Option<i64>,
    /// The stream that it stands in: the page's object, or the form's.
    pub container: Option<ObjectIdentifier>,
    /// The property list, when it is one of the resources.
    pub named: Option<Dict<'a>>,
    /// Whether a property list is named that the resources do not hold.
    pub lost: bool,
    /// Texts of the property list: `Lang`, `ActualText`, `Alt`, `E`.
    pub texts: Texts,
    /// The kind of an artifact (`Type`), and its part of the page (`Subtype`).
    pub kind: Option<Vec<u8>>,
    /// The artifact's part of the page: `Header`, `Footer`.
    pub subtype: Option<Vec<u8>>,
}

/// What a property list says of the text, as bytes of PDF text strings.
#[derive(Debug, Clone, Default)]
pub struct Texts {
    /// Its language.
    pub lang: Option<Vec<u8>>,
    /// What to read instead of the glyphs.
    pub actual: Option<Vec<u8>>,
    /// What to say for what is shown.
    pub alternative: Option<Vec<u8>>,
    /// What an abbreviation stands for.
    pub expansion: Option<Vec<u8>>,
}

impl<'a> Mark<'a> {
    /// Whether it marks what is no part of the document's meaning.
    pub fn is_artifact(&self) -> bool {
        &*self.tag == b"Artifact"
    }

    fn new(
        operands: &[&Object<'_>],
        resources: &Resources<'a>,
        container: Option<ObjectIdentifier>,
    ) -> Mark<'a> {
        let mut mark = Mark { container, ..Mark::default() };
        if let Some(Object::Name(tag)) = operands.first() {
            mark.tag = SmallVec::from_slice(tag);
        }
        match operands.get(1) {
            Some(Object::Name(name)) => {
                mark.named = resources.properties.get::<Dict<'a>>(&**name);
                match mark.named.clone() {
                    Some(properties) => mark.read(&properties),
                    None => mark.lost = true,
                }
            }
            Some(Object::Dict(properties)) => mark.read(properties),
            _ => {}
        }
        mark
    }

    fn read(&mut self, properties: &Dict<'_>) {
        let text = |key: &str| properties.get::<PdfString<'_>>(key).map(|text| text.to_vec());
        let name = |key: &str| properties.get::<Name<'_>>(key).map(|name| name.to_vec());
        self.mcid = properties.get::<Number>("MCID").map(|number| number.as_i64());
        self.texts = Texts {
            lang: text("Lang"),
            actual: text("ActualText"),
            alternative: text("Alt"),
            expansion: text("E"),
        };
        self.kind = name("Type");
        self.subtype = name("Subtype");
    }
}

/// A colour: its space, and its parts.
#[derive(Debug, Clone)]
pub struct Colour<'a> {
    /// The space: a name (`DeviceRGB`), or an array (`[/ICCBased 8 0 R]`).
    pub space: Object<'a>,
    /// The pattern, when the space is one: a dictionary or a stream.
    pub pattern: Option<Object<'a>>,
}

impl<'a> Colour<'a> {
    fn device(name: &'static [u8]) -> Colour<'a> {
        Colour { space: Object::Name(Name::new_unescaped(name)), pattern: None }
    }
}

/// A font in use.
#[derive(Debug, Clone)]
pub struct FontUse<'a> {
    /// Its dictionary.
    pub dict: Dict<'a>,
    /// Its object, when it is an indirect one.
    pub id: Option<ObjectIdentifier>,
}

/// What `q` keeps and `Q` brings back.
#[derive(Debug, Clone)]
pub struct Graphics<'a> {
    /// The colour of fills.
    pub fill: Colour<'a>,
    /// The colour of strokes.
    pub stroke: Colour<'a>,
    /// The font.
    pub font: Option<FontUse<'a>>,
    /// How text is painted (`Tr`): 3 is invisible.
    pub render: i64,
    /// The extended graphics state that was set last.
    pub extended: Option<Dict<'a>>,
    /// Whether a blend mode, alpha or soft mask makes what is painted translucent.
    pub translucent: bool,
    /// Overprint of strokes and fills (`OP`, `op`) and its mode (`OPM`).
    pub overprint: Overprint,
}

/// Overprint control (ISO 32000-1 8.6.7).
#[derive(Debug, Clone, Copy, Default)]
pub struct Overprint {
    /// Of strokes.
    pub stroke: bool,
    /// Of fills.
    pub fill: bool,
    /// The mode.
    pub mode: i64,
}

/// Where the walk is.
pub struct State<'a> {
    /// The page, by its index from 0.
    pub page: usize,
    /// What is being walked.
    pub origin: Origin,
    /// The stream: the form's object; for a page its own.
    pub container: Option<ObjectIdentifier>,
    /// The resources that names are looked up in.
    pub resources: Resources<'a>,
    /// Whether the stream's own dictionary holds these resources, and not the page or nobody.
    pub own_resources: bool,
    /// The graphics state.
    pub graphics: Graphics<'a>,
    /// The marks that are open, the outermost first; those around a form count.
    pub marks: Vec<Mark<'a>>,
    /// How many of [`State::marks`] were open where this stream began.
    pub outer_marks: usize,
    /// How many `q` are open.
    pub saved: usize,
    /// Fonts of these resources that were looked up, by their names: texts change between a few.
    fonts: SmallVec<[(SmallVec<[u8; 16]>, FontUse<'a>); 8]>,
}

impl State<'_> {
    /// Whether what is painted here is content of a structure element.
    pub fn is_tagged(&self) -> bool {
        self.marks.iter().any(|mark| mark.mcid.is_some())
    }

    /// Whether it is an artifact.
    pub fn is_artifact(&self) -> bool {
        self.marks.iter().any(Mark::is_artifact)
    }
}

/// What the walk meets.
pub enum Event<'s> {
    /// Any operator, before what it does is done.
    Operator {
        /// Its name: `Tf`.
        name: &'s [u8],
        /// What stands before it.
        operands: &'s [&'s Object<'s>],
    },
    /// A stream begins.
    Begin {
        /// The dictionary of the form or pattern; the page's own for a page.
        dict: &'s Dict<'s>,
        /// What it holds, unpacked.
        content: &'s [u8],
    },
    /// A mark was opened: the last of [`State::marks`].
    Marked,
    /// The last mark is about to be closed.
    Unmarking,
    /// `EMC` without an open mark.
    Unmatched,
    /// Codes are shown in the current font.
    Show(&'s [u8]),
    /// A path or shading is painted.
    Paint {
        /// Its inside.
        fill: bool,
        /// Its line.
        stroke: bool,
    },
    /// An image is painted.
    Image {
        /// The image.
        image: &'s Stream<'s>,
        /// Whether it stands in the content itself (`BI`).
        inline: bool,
    },
    /// A form is about to be walked, or was before; also a PostScript XObject, which is not.
    Form(&'s Stream<'s>),
    /// A shading is painted (`sh`).
    Shading(&'s Object<'s>),
    /// The stream ends, with this many `q` and marks that it opened and left open.
    End {
        /// States that are not restored.
        saved: usize,
        /// Marks that are not closed.
        marks: usize,
    },
}

/// Who is told.
pub trait Observer<'a> {
    /// Looks at what is met.
    fn see(&mut self, state: &State<'a>, event: &Event<'_>);
}

/// Walks one page and the appearances of its annotations.
pub fn walk_page<'a>(document: &'a Document, page: usize, observer: &mut dyn Observer<'a>) {
    let Some(source) = document.pdf().pages().get(page) else { return };
    let mut walker =
        Walker { document, page, observer, seen: FxHashSet::default(), operators: 0, depth: 0 };
    let content = page_content(document, source.raw());
    let resources = source.resources().clone();
    let mut state = walker.state(Origin::Page, source.raw().obj_id(), resources);
    state.own_resources = source.raw().contains_key("Resources");
    walker.walk(state, source.raw(), &content);
    walker.appearances(source.raw());
}

/// The content of a page: its streams, one after the other with white space between.
pub fn page_content(document: &Document, page: &Dict<'_>) -> Vec<u8> {
    let mut content = Vec::new();
    let mut add = |stream: &Stream<'_>| {
        if let Some(bytes) = document.unpacked(stream) {
            content.extend_from_slice(&bytes);
            content.push(b'\n');
        }
    };
    match page.get::<Object<'_>>("Contents") {
        Some(Object::Stream(stream)) => add(&stream),
        Some(Object::Array(streams)) => {
            document.items(&streams).filter_map(Object::into_stream).for_each(|stream| add(&stream))
        }
        _ => {}
    }
    content
}

struct Walker<'w, 'a> {
    document: &'a Document,
    page: usize,
    observer: &'w mut dyn Observer<'a>,
    /// Streams that were walked on this page, and whether as an artifact or tagged content.
    seen: FxHashSet<(ObjectIdentifier, Origin, bool, bool)>,
    operators: usize,
    depth: usize,
}

impl<'a> Walker<'_, 'a> {
    fn state(
        &self,
        origin: Origin,
        container: Option<ObjectIdentifier>,
        resources: Resources<'a>,
    ) -> State<'a> {
        State {
            page: self.page,
            origin,
            container,
            resources,
            own_resources: true,
            graphics: Graphics {
                fill: Colour::device(b"DeviceGray"),
                stroke: Colour::device(b"DeviceGray"),
                font: None,
                render: 0,
                extended: None,
                translucent: false,
                overprint: Overprint::default(),
            },
            marks: Vec::new(),
            outer_marks: 0,
            saved: 0,
            fonts: SmallVec::new(),
        }
    }

    fn appearances(&mut self, page: &Dict<'a>) {
        let Some(annotations) = page.get::<Array<'a>>("Annots") else { return };
        for annotation in self.document.dicts(&annotations) {
            let Some(appearances) = annotation.get::<Dict<'a>>("AP") else { continue };
            for key in ["N", "R", "D"] {
                match appearances.get::<Object<'a>>(key) {
                    Some(Object::Stream(stream)) => self.appearance(&stream),
                    Some(Object::Dict(states)) => {
                        let mut names: Vec<_> = states.keys().collect();
                        names.sort();
                        for name in names {
                            if let Some(stream) = states.get::<Stream<'a>>(&*name) {
                                self.appearance(&stream);
                            }
                        }
                    }
                    _ => {}
                }
            }
        }
    }

    fn appearance(&mut self, stream: &Stream<'a>) {
        let around = self.state(Origin::Page, None, Resources::new(Dict::empty()));
        self.nested(&around, stream, Origin::Appearance);
    }

    /// Walks a stream that is painted from another, once for each way in which it is marked.
    fn nested(&mut self, around: &State<'a>, stream: &Stream<'a>, origin: Origin) {
        let key = (stream.obj_id(), origin, around.is_tagged(), around.is_artifact());
        if self.depth >= NESTED || !self.seen.insert(key) {
            return;
        }
        let Some(content) = self.document.unpacked(stream) else { return };
        let own = stream.dict().get::<Dict<'a>>("Resources");
        let own_resources = own.is_some();
        let resources = own.map_or_else(|| around.resources.clone(), Resources::new);
        let mut state = self.state(origin, Some(stream.obj_id()), resources);
        state.own_resources = own_resources;
        state.graphics = around.graphics.clone();
        state.marks = around.marks.clone();
        state.outer_marks = state.marks.len();
        self.depth += 1;
        self.walk(state, stream.dict(), &content);
        self.depth -= 1;
    }

    fn walk(&mut self, mut state: State<'a>, dict: &Dict<'a>, content: &[u8]) {
        self.observer.see(&state, &Event::Begin { dict, content });
        let mut saved: Vec<Graphics<'a>> = Vec::new();
        // Names and strings of the content live no longer than it does: what is kept in the state
        // is looked up in the resources, or copied.
        let mut instructions = UntypedIter::new(content);
        while let Some(instruction) = instructions.next() {
            self.operators += 1;
            if self.operators > OPERATORS {
                break;
            }
            let operands: SmallVec<[&Object<'_>; 8]> = instruction.operands().collect();
            let name: &[u8] = instruction.operator;
            self.operator(&mut state, &mut saved, name, &operands);
        }
        let marks = state.marks.len().saturating_sub(state.outer_marks);
        self.observer.see(&state, &Event::End { saved: saved.len(), marks });
    }

    fn operator(
        &mut self,
        state: &mut State<'a>,
        saved: &mut Vec<Graphics<'a>>,
        name: &[u8],
        operands: &[&Object<'_>],
    ) {
        self.observer.see(state, &Event::Operator { name, operands });
        match name {
            b"q" => {
                // As many as are open in any sound file; the rest is counted, not kept.
                if saved.len() < 4096 {
                    saved.push(state.graphics.clone());
                }
                state.saved += 1;
            }
            b"Q" => {
                if let Some(graphics) = saved.pop() {
                    state.graphics = graphics;
                    state.saved = state.saved.saturating_sub(1);
                }
            }
            b"BMC" | b"BDC" => {
                let mark = Mark::new(operands, &state.resources, state.container);
                state.marks.push(mark);
                self.observer.see(state, &Event::Marked);
            }
            b"EMC" => {
                if state.marks.len() > state.outer_marks {
                    self.observer.see(state, &Event::Unmarking);
                    state.marks.pop();
                } else {
                    self.observer.see(state, &Event::Unmatched);
                }
            }
            b"Tj" | b"'" | b"\"" | b"TJ" => self.show(state, operands),
            b"f" | b"F" | b"f*" => self.paint(state, true, false),
            b"S" | b"s" => self.paint(state, false, true),
            b"B" | b"B*" | b"b" | b"b*" => self.paint(state, true, true),
            b"BI" => {
                if let Some(Object::Stream(image)) = operands.last() {
                    self.observer.see(state, &Event::Image { image, inline: true });
                }
            }
            b"Do" => self.draw(state, operands),
            b"sh" => {
                if let Some(shading) = name_of(operands.first())
                    .and_then(|n| state.resources.shadings.get::<Object<'a>>(n))
                {
                    self.observer.see(state, &Event::Shading(&shading));
                }
            }
            _ => set(state, name, operands),
        }
        if name == b"gs" {
            self.soft_mask(state);
        }
    }

    fn show(&mut self, state: &State<'a>, operands: &[&Object<'_>]) {
        let mut tell = |text: &PdfString<'_>| self.observer.see(state, &Event::Show(text));
        match operands.last() {
            Some(Object::String(text)) => tell(text),
            Some(Object::Array(parts)) => parts.iter::<Object<'_>>().for_each(|part| {
                if let Object::String(text) = part {
                    tell(&text);
                }
            }),
            _ => {}
        }
        let Some(font) = &state.graphics.font else { return };
        if font.dict.get::<Name<'_>>("Subtype").as_deref() == Some(b"Type3") {
            self.glyphs(state, &font.dict.clone());
        }
        self.painted_pattern(state, true, false);
    }

    /// The glyphs of a Type 3 font are content streams of their own. All are looked at, since
    /// which are shown is told by the codes alone.
    fn glyphs(&mut self, state: &State<'a>, font: &Dict<'a>) {
        let Some(procedures) = font.get::<Dict<'a>>("CharProcs") else { return };
        let mut around = self.state(Origin::Glyph, state.container, state.resources.clone());
        if let Some(resources) = font.get::<Dict<'a>>("Resources") {
            around.resources = Resources::new(resources);
        }
        around.marks = state.marks.clone();
        around.graphics = state.graphics.clone();
        let mut names: Vec<_> = procedures.keys().collect();
        names.sort();
        for name in names {
            if let Some(glyph) = procedures.get::<Stream<'a>>(&*name) {
                self.nested(&around, &glyph, Origin::Glyph);
            }
        }
    }

    fn paint(&mut self, state: &State<'a>, fill: bool, stroke: bool) {
        self.observer.see(state, &Event::Paint { fill, stroke });
        self.painted_pattern(state, fill, stroke);
    }

    fn painted_pattern(&mut self, state: &State<'a>, fill: bool, stroke: bool) {
        let pattern = |colour: &Colour<'a>| match &colour.pattern {
            Some(Object::Stream(cell)) => Some(cell.clone()),
            _ => None,
        };
        let graphics = &state.graphics;
        let inside = if fill { pattern(&graphics.fill) } else { None };
        let line = if stroke { pattern(&graphics.stroke) } else { None };
        for cell in inside.into_iter().chain(line) {
            self.nested(state, &cell, Origin::Pattern);
        }
    }

    fn draw(&mut self, state: &State<'a>, operands: &[&Object<'_>]) {
        let Some(object) =
            name_of(operands.first()).and_then(|n| state.resources.x_objects.get::<Stream<'a>>(n))
        else {
            return;
        };
        match object.dict().get::<Name<'_>>("Subtype").as_deref() {
            Some(b"Image") => {
                self.observer.see(state, &Event::Image { image: &object, inline: false });
            }
            Some(b"PS") => self.observer.see(state, &Event::Form(&object)),
            _ => {
                self.observer.see(state, &Event::Form(&object));
                self.nested(state, &object, Origin::Form);
            }
        }
    }

    fn soft_mask(&mut self, state: &State<'a>) {
        let group = state
            .graphics
            .extended
            .as_ref()
            .and_then(|extended| extended.get::<Dict<'a>>("SMask"))
            .and_then(|mask| mask.get::<Stream<'a>>("G"));
        if let Some(group) = group {
            self.nested(state, &group, Origin::Mask);
        }
    }
}

fn name_of<'o>(operand: Option<&'o &Object<'_>>) -> Option<&'o [u8]> {
    match operand {
        Some(Object::Name(name)) => Some(name),
        _ => None,
    }
}

/// Operators that only set what later ones use.
fn set<'a>(state: &mut State<'a>, name: &[u8], operands: &[&Object<'_>]) {
    match name {
        b"g" => state.graphics.fill = Colour::device(b"DeviceGray"),
        b"G" => state.graphics.stroke = Colour::device(b"DeviceGray"),
        b"rg" => state.graphics.fill = Colour::device(b"DeviceRGB"),
        b"RG" => state.graphics.stroke = Colour::device(b"DeviceRGB"),
        b"k" => state.graphics.fill = Colour::device(b"DeviceCMYK"),
        b"K" => state.graphics.stroke = Colour::device(b"DeviceCMYK"),
        b"cs" | b"CS" => {
            let Some(space) = name_of(operands.first()).and_then(|n| space_named(state, n)) else {
                return;
            };
            let colour = Colour { space, pattern: None };
            if name == b"cs" {
                state.graphics.fill = colour;
            } else {
                state.graphics.stroke = colour;
            }
        }
        b"scn" | b"SCN" => {
            let last = operands.last();
            let pattern = name_of(last).and_then(|n| state.resources.patterns.get::<Object<'a>>(n));
            if name == b"scn" {
                state.graphics.fill.pattern = pattern;
            } else {
                state.graphics.stroke.pattern = pattern;
            }
        }
        b"Tf" => state.graphics.font = name_of(operands.first()).and_then(|n| font_named(state, n)),
        b"Tr" => {
            if let Some(Object::Number(mode)) = operands.first() {
                state.graphics.render = mode.as_i64();
            }
        }
        b"gs" => {
            let extended = name_of(operands.first())
                .and_then(|n| state.resources.ext_g_states.get::<Dict<'a>>(n));
            if let Some(extended) = extended {
                apply(&mut state.graphics, &extended);
                state.graphics.extended = Some(extended);
            }
        }
        _ => {}
    }
}

/// The font of this name among the resources.
fn font_named<'a>(state: &mut State<'a>, name: &[u8]) -> Option<FontUse<'a>> {
    if let Some((_, font)) = state.fonts.iter().find(|(known, _)| &**known == name) {
        return Some(font.clone());
    }
    let dict = state.resources.fonts.get::<Dict<'a>>(name)?;
    let id = state.resources.fonts.get_ref(name).map(Into::into);
    let font = FontUse { dict, id };
    if state.fonts.len() < state.fonts.inline_size() {
        state.fonts.push((SmallVec::from_slice(name), font.clone()));
    }
    Some(font)
}

/// The colour space of this name: a device space, or one of the resources.
fn space_named<'a>(state: &State<'a>, name: &[u8]) -> Option<Object<'a>> {
    let device: &'static [u8] = match name {
        b"DeviceGray" => b"DeviceGray",
        b"DeviceRGB" => b"DeviceRGB",
        b"DeviceCMYK" => b"DeviceCMYK",
        b"Pattern" => b"Pattern",
        _ => return state.resources.color_spaces.get::<Object<'a>>(name),
    };
    Some(Object::Name(Name::new_unescaped(device)))
}

/// Takes over what an extended graphics state sets (ISO 32000-1 table 58).
fn apply<'a>(graphics: &mut Graphics<'a>, extended: &Dict<'a>) {
    if let Some(parts) = extended.get::<Array<'a>>("Font")
        && let Some(Object::Dict(dict)) = items(&parts).next()
    {
        graphics.font = Some(FontUse { id: dict.obj_id(), dict });
    }
    if let Some(stroke) = extended.get::<bool>("OP") {
        graphics.overprint.stroke = stroke;
        // Without `op`, `OP` sets both.
        graphics.overprint.fill = stroke;
    }
    if let Some(fill) = extended.get::<bool>("op") {
        graphics.overprint.fill = fill;
    }
    if let Some(mode) = extended.get::<Number>("OPM") {
        graphics.overprint.mode = mode.as_i64();
    }
    let less_than_one =
        |key: &str| extended.get::<Number>(key).is_some_and(|alpha| alpha.as_f64() < 1.0);
    let blends = match extended.get::<Object<'a>>("BM") {
        Some(Object::Name(mode)) => !matches!(&*mode, b"Normal" | b"Compatible"),
        Some(Object::Array(modes)) => {
            names(&modes).next().is_some_and(|mode| !matches!(&*mode, b"Normal" | b"Compatible"))
        }
        _ => false,
    };
    let masked = extended.get::<Dict<'a>>("SMask").is_some();
    if less_than_one("CA") || less_than_one("ca") || blends || masked {
        graphics.translucent = true;
    }
}
