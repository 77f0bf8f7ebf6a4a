//! Reads a written PDF back: its structure tree with the text that each element marks. Independent
//! of the code that writes, so that a fault there shows here.

use std::collections::{BTreeMap, BTreeSet};

use lopdf::content::{Content, Operation};
use lopdf::{Dictionary, Document, Object, ObjectId};

/// A PDF with its marked content collected.
pub struct Pdf {
    pub doc: Document,
    pub pages: Vec<ObjectId>,
    /// Text of each marked-content sequence, by page index and MCID.
    pub marked: BTreeMap<(usize, i64), String>,
    /// Those of them that stand in forms, which the structure tree has to name (`Stm`).
    pub in_forms: BTreeSet<(usize, i64)>,
    /// Those of them for which something else is read.
    pub replaced: BTreeSet<(usize, i64)>,
    /// Faults in the content streams, found while reading.
    pub faults: Vec<String>,
}

/// Operators that put something on the page.
const PAINTING: &[&str] =
    &["S", "s", "f", "F", "f*", "B", "B*", "b", "b*", "sh", "Do", "Tj", "TJ", "'", "\"", "EI"];

impl Pdf {
    pub fn read(bytes: &[u8]) -> Pdf {
        let doc = Document::load_mem(bytes).expect("the written PDF can be read");
        let pages: Vec<ObjectId> = doc.get_pages().into_values().collect();
        let mut pdf = Pdf {
            doc,
            pages,
            marked: BTreeMap::new(),
            in_forms: BTreeSet::new(),
            replaced: BTreeSet::new(),
            faults: Vec::new(),
        };
        for index in 0..pdf.pages.len() {
            pdf.read_page(index);
        }
        pdf
    }

    pub fn catalog(&self) -> &Dictionary {
        self.doc.catalog().expect("a catalog")
    }

    /// The object behind a reference, or the object itself.
    pub fn follow<'a>(&'a self, object: &'a Object) -> &'a Object {
        self.doc.dereference(object).map_or(object, |(_, object)| object)
    }

    pub fn get<'a>(&'a self, dict: &'a Dictionary, key: &str) -> Option<&'a Object> {
        dict.get(key.as_bytes()).ok().map(|object| self.follow(object))
    }

    pub fn dict<'a>(&'a self, dict: &'a Dictionary, key: &str) -> Option<&'a Dictionary> {
        match self.get(dict, key)? {
            Object::Stream(stream) => Some(&stream.dict),
            object => object.as_dict().ok(),
        }
    }

    pub fn array<'a>(&'a self, dict: &'a Dictionary, key: &str) -> Vec<&'a Object> {
        let array = self.get(dict, key).and_then(|object| object.as_array().ok());
        array.map(|items| items.iter().map(|item| self.follow(item)).collect()).unwrap_or_default()
    }

    pub fn page(&self, index: usize) -> &Dictionary {
        self.doc.get_dictionary(self.pages[index]).expect("a page")
    }

    fn fonts(&self, resources: &Dictionary) -> Fonts {
        let fonts = self.dict(resources, "Font");
        let mut maps = BTreeMap::new();
        for (name, font) in fonts.into_iter().flat_map(|fonts| fonts.iter()) {
            let Ok(font) = self.follow(font).as_dict() else { continue };
            let map = match self.get(font, "ToUnicode") {
                Some(Object::Stream(stream)) => {
                    let data = stream.decompressed_content().unwrap_or(stream.content.clone());
                    to_unicode(&String::from_utf8_lossy(&data))
                }
                _ => BTreeMap::new(),
            };
            maps.insert(name.clone(), map);
        }
        maps
    }

    fn read_page(&mut self, page: usize) {
        let data = self.doc.get_page_content(self.pages[page]);
        let resources = self.dict(self.page(page), "Resources").cloned().unwrap_or_default();
        let mut state = Reading { font: Vec::new(), open: Vec::new(), saved: Vec::new(), forms: 0 };
        self.read_content(page, &data, &resources, &mut state);
        if !state.open.is_empty() {
            self.faults.push(format!(
                "page {}: {} marked sequences stay open",
                page + 1,
                state.open.len()
            ));
        }
    }

    fn read_content(
        &mut self,
        page: usize,
        data: &[u8],
        resources: &Dictionary,
        state: &mut Reading,
    ) {
        let Ok(content) = Content::decode(data) else {
            self.faults.push(format!("page {}: the content stream cannot be read", page + 1));
            return;
        };
        let fonts = self.fonts(resources);
        for operation in &content.operations {
            match self.form(operation, resources) {
                Some((data, resources)) => {
                    let font = std::mem::take(&mut state.font);
                    state.forms += 1;
                    self.read_content(page, &data, &resources, state);
                    state.forms -= 1;
                    state.font = font;
                }
                None => self.read_operation(page, operation, &fonts, state),
            }
        }
    }

    /// Content and resources of the form that an operation shows.
    fn form(&self, operation: &Operation, resources: &Dictionary) -> Option<(Vec<u8>, Dictionary)> {
        if operation.operator != "Do" {
            return None;
        }
        let name = operation.operands.first()?.as_name().ok()?;
        let object = self.dict(resources, "XObject")?.get(name).ok()?;
        let Object::Stream(stream) = self.follow(object) else { return None };
        let kind = stream.dict.get(b"Subtype").and_then(Object::as_name).unwrap_or_default();
        if kind != b"Form" {
            return None;
        }
        let data = stream.decompressed_content().unwrap_or(stream.content.clone());
        let own = self.dict(&stream.dict, "Resources").cloned().unwrap_or_default();
        Some((data, own))
    }

    fn read_operation(
        &mut self,
        page: usize,
        operation: &Operation,
        fonts: &Fonts,
        state: &mut Reading,
    ) {
        match operation.operator.as_str() {
            "BMC" | "BDC" => {
                let sequence = Sequence::of(operation);
                if let Some(mcid) = sequence.mcid.filter(|_| state.forms > 0) {
                    self.in_forms.insert((page, mcid));
                }
                if let (Some(mcid), Some(text)) = (sequence.mcid, &sequence.actual_text) {
                    self.replaced.insert((page, mcid));
                    self.marked.entry((page, mcid)).or_default().push_str(text);
                } else if let Some(mcid) = sequence.mcid {
                    let fresh = self.marked.insert((page, mcid), String::new()).is_none();
                    if !fresh {
                        self.faults.push(format!("page {}: MCID {mcid} stands twice", page + 1));
                    }
                } else if let Some(text) = &sequence.actual_text {
                    let outer = state.open.iter().rev().find_map(|open| open.mcid);
                    if let Some(mcid) = outer {
                        self.marked.entry((page, mcid)).or_default().push_str(text);
                    }
                }
                state.open.push(sequence);
            }
            "EMC" => {
                let ended = state.open.pop();
                if ended.is_none() {
                    self.faults.push(format!("page {}: EMC without a start", page + 1));
                }
            }
            "q" => state.saved.push(state.font.clone()),
            "Q" => match state.saved.pop() {
                Some(font) => state.font = font,
                None => self.faults.push(format!("page {}: Q without a q", page + 1)),
            },
            "Tf" => {
                if let Some(Ok(name)) = operation.operands.first().map(Object::as_name) {
                    state.font = name.to_vec();
                }
            }
            _ => {}
        }
        let paints = PAINTING.contains(&operation.operator.as_str());
        if paints && !state.open.iter().any(Sequence::is_known) {
            self.faults.push(format!(
                "page {}: `{}` paints unmarked content",
                page + 1,
                operation.operator
            ));
        }
        if matches!(operation.operator.as_str(), "Tj" | "TJ") {
            self.read_text(page, operation, fonts.get(&state.font), state);
        }
    }

    fn read_text(
        &mut self,
        page: usize,
        operation: &Operation,
        font: Option<&BTreeMap<u32, String>>,
        state: &Reading,
    ) {
        let mut text = String::new();
        for operand in &operation.operands {
            let parts = match operand {
                Object::Array(parts) => parts.iter().collect(),
                other => vec![other],
            };
            for part in parts {
                if let Object::String(bytes, _) = part {
                    for code in bytes.chunks(2) {
                        let code = code.iter().fold(0, |code, byte| code << 8 | u32::from(*byte));
                        match font.and_then(|map| map.get(&code)) {
                            Some(letters) => text.push_str(letters),
                            None => self.faults.push(format!(
                                "page {}: code {code} has no Unicode text",
                                page + 1
                            )),
                        }
                    }
                }
            }
        }
        let replaced = state.open.iter().any(|open| open.actual_text.is_some());
        let mcid = state.open.iter().rev().find_map(|open| open.mcid);
        if let (Some(mcid), false) = (mcid, replaced) {
            self.marked.entry((page, mcid)).or_default().push_str(&text);
        }
    }

    /// The structure tree as indented text: role, attributes worth seeing, the text marked.
    pub fn structure(&self) -> String {
        let mut out = String::new();
        if let Some(root) = self.dict(self.catalog(), "StructTreeRoot") {
            for kid in self.kids(root) {
                self.write_element(kid, None, 0, &mut out);
            }
        }
        out
    }

    fn kids<'a>(&'a self, element: &'a Dictionary) -> Vec<&'a Object> {
        match element.get(b"K") {
            Ok(Object::Array(kids)) => kids.iter().collect(),
            Ok(kid) => match self.follow(kid) {
                Object::Array(kids) => kids.iter().collect(),
                _ => vec![kid],
            },
            Err(_) => Vec::new(),
        }
    }

    fn page_index(&self, element: &Dictionary) -> Option<usize> {
        let page = element.get(b"Pg").ok()?.as_reference().ok()?;
        self.pages.iter().position(|id| *id == page)
    }

    fn write_element(&self, kid: &Object, page: Option<usize>, depth: usize, out: &mut String) {
        let object = self.follow(kid);
        if let Object::Integer(mcid) = object {
            self.write_text(page, *mcid, depth, out);
            return;
        }
        let Ok(dict) = object.as_dict() else { return };
        let page = self.page_index(dict).or(page);
        match dict.get(b"Type").and_then(Object::as_name) {
            Ok(b"MCR") => {
                let mcid = dict.get(b"MCID").and_then(Object::as_i64).unwrap_or(-1);
                self.write_text(page, mcid, depth, out);
                return;
            }
            Ok(b"OBJR") => {
                out.push_str(&format!("{}(annotation)\n", "  ".repeat(depth)));
                return;
            }
            _ => {}
        }
        out.push_str(&"  ".repeat(depth));
        out.push_str(&self.describe(dict));
        out.push('\n');
        for kid in self.kids(dict) {
            self.write_element(kid, page, depth + 1, out);
        }
    }

    fn write_text(&self, page: Option<usize>, mcid: i64, depth: usize, out: &mut String) {
        let text = page.and_then(|page| self.marked.get(&(page, mcid)));
        let text = text.map_or("(no such marked content)", String::as_str);
        // A text that is read for something else belongs to what it stands in.
        let is_replaced = |id: i64| page.is_some_and(|page| self.replaced.contains(&(page, id)));
        let indent = format!("{}\"", "  ".repeat(depth));
        let last = out.trim_end().rfind('\n').map_or(0, |at| at + 1);
        let follows = out[last..].starts_with(&indent) && out.ends_with("\"\n");
        if follows && (is_replaced(mcid) || is_replaced(mcid - 1)) {
            out.truncate(out.len() - 2);
            out.push_str(&format!("{text}\"\n"));
        } else {
            out.push_str(&format!("{indent}{text}\"\n"));
        }
    }

    fn describe(&self, element: &Dictionary) -> String {
        let role = element.get(b"S").and_then(Object::as_name).unwrap_or(b"?");
        let mut text = String::from_utf8_lossy(role).into_owned();
        for key in ["Lang", "Alt", "ActualText", "E", "T", "ID"] {
            if let Some(Object::String(bytes, _)) = self.get(element, key) {
                text.push_str(&format!(" {key}={:?}", pdf_text(bytes)));
            }
        }
        let attributes = match self.get(element, "A") {
            Some(Object::Array(list)) => list.iter().map(|item| self.follow(item)).collect(),
            Some(object) => vec![object],
            None => Vec::new(),
        };
        for attribute in attributes.iter().filter_map(|object| object.as_dict().ok()) {
            for key in ["Scope", "ColSpan", "RowSpan", "ListNumbering"] {
                match self.get(attribute, key) {
                    Some(Object::Name(name)) => {
                        text.push_str(&format!(" {key}={}", String::from_utf8_lossy(name)))
                    }
                    Some(Object::Integer(number)) => text.push_str(&format!(" {key}={number}")),
                    _ => {}
                }
            }
            if let Some(Object::String(bytes, _)) = self.get(attribute, "Summary") {
                text.push_str(&format!(" Summary={:?}", pdf_text(bytes)));
            }
            let headers: Vec<String> = self
                .array(attribute, "Headers")
                .into_iter()
                .filter_map(|id| id.as_str().ok())
                .map(|id| String::from_utf8_lossy(id).into_owned())
                .collect();
            if !headers.is_empty() {
                text.push_str(&format!(" Headers={headers:?}"));
            }
        }
        text
    }

    /// Every structure element with its page, in reading order.
    pub fn elements(&self) -> Vec<&Dictionary> {
        let mut found = Vec::new();
        if let Some(root) = self.dict(self.catalog(), "StructTreeRoot") {
            self.collect(root, &mut found);
        }
        found
    }

    fn collect<'a>(&'a self, element: &'a Dictionary, found: &mut Vec<&'a Dictionary>) {
        for kid in self.kids(element) {
            if let Ok(dict) = self.follow(kid).as_dict()
                && dict.has(b"S")
            {
                found.push(dict);
                self.collect(dict, found);
            }
        }
    }

    /// The MCIDs that the structure tree refers to, with their page.
    pub fn referred(&self) -> BTreeSet<(usize, i64)> {
        self.references().into_iter().map(|(page, mcid, _)| (page, mcid)).collect()
    }

    /// The same, and whether the reference names a form.
    pub fn references(&self) -> BTreeSet<(usize, i64, bool)> {
        let mut found = BTreeSet::new();
        for element in self.elements() {
            for kid in self.kids(element) {
                let own = self.page_index(element);
                match self.follow(kid) {
                    Object::Integer(mcid) => found.extend(own.map(|page| (page, *mcid, false))),
                    Object::Dictionary(dict) if dict.has(b"MCID") => {
                        let mcid = dict.get(b"MCID").and_then(Object::as_i64).unwrap_or(-1);
                        let in_form = dict.has(b"Stm");
                        let page = self.page_index(dict).or(own);
                        found.extend(page.map(|page| (page, mcid, in_form)));
                    }
                    _ => {}
                }
            }
        }
        found
    }
}

/// What the codes of each font read.
type Fonts = BTreeMap<Vec<u8>, BTreeMap<u32, String>>;

/// Where reading stands in a content stream.
struct Reading {
    font: Vec<u8>,
    open: Vec<Sequence>,
    /// Fonts of the states that were saved.
    saved: Vec<Vec<u8>>,
    /// How many forms deep.
    forms: usize,
}

/// A marked-content sequence that has started.
struct Sequence {
    artifact: bool,
    mcid: Option<i64>,
    actual_text: Option<String>,
}

impl Sequence {
    fn of(operation: &Operation) -> Sequence {
        let artifact =
            matches!(operation.operands.first(), Some(Object::Name(name)) if name == b"Artifact");
        let properties = operation.operands.get(1).and_then(|object| object.as_dict().ok());
        let mcid = properties.and_then(|dict| dict.get(b"MCID").ok()?.as_i64().ok());
        let actual_text = properties.and_then(|dict| match dict.get(b"ActualText").ok()? {
            Object::String(bytes, _) => Some(pdf_text(bytes)),
            _ => None,
        });
        Sequence { artifact, mcid, actual_text }
    }

    fn is_known(&self) -> bool {
        self.artifact || self.mcid.is_some()
    }
}

/// A PDF text string: UTF-16BE with a mark, else taken as Latin letters.
pub fn pdf_text(bytes: &[u8]) -> String {
    match bytes {
        [0xFE, 0xFF, rest @ ..] => {
            let units: Vec<u16> =
                rest.chunks_exact(2).map(|pair| u16::from_be_bytes([pair[0], pair[1]])).collect();
            String::from_utf16_lossy(&units)
        }
        _ => match std::str::from_utf8(bytes) {
            Ok(text) => text.trim_start_matches('\u{FEFF}').to_owned(),
            Err(_) => bytes.iter().map(|byte| char::from(*byte)).collect(),
        },
    }
}

/// Reads the `bfchar` and `bfrange` sections of a ToUnicode CMap (ISO 32000-1 9.10.3).
fn to_unicode(cmap: &str) -> BTreeMap<u32, String> {
    let mut map = BTreeMap::new();
    let mut section = "";
    for line in cmap.lines().map(str::trim) {
        if line.ends_with("beginbfchar") {
            section = "char";
        } else if line.ends_with("beginbfrange") {
            section = "range";
        } else if line.starts_with("endbf") {
            section = "";
        } else if section == "char" {
            if let [code, text] = hex_words(line)[..] {
                map.insert(number(code), letters(code_text(text)));
            }
        } else if section == "range"
            && let [from, to, text] = hex_words(line)[..]
        {
            let base = code_text(text);
            for code in number(from)..=number(to) {
                let mut units = base.clone();
                if let Some(last) = units.last_mut() {
                    *last = last.wrapping_add((code - number(from)) as u16);
                }
                map.insert(code, letters(units));
            }
        }
    }
    map
}

fn hex_words(line: &str) -> Vec<&str> {
    line.split('<').skip(1).filter_map(|part| part.split('>').next()).collect()
}

fn number(hex: &str) -> u32 {
    u32::from_str_radix(hex.trim(), 16).unwrap_or(u32::MAX)
}

fn code_text(hex: &str) -> Vec<u16> {
    let digits: Vec<char> = hex.chars().filter(char::is_ascii_hexdigit).collect();
    digits.chunks(4).map(|unit| number(&unit.iter().collect::<String>()) as u16).collect()
}

fn letters(units: Vec<u16>) -> String {
    String::from_utf16_lossy(&units)
}
