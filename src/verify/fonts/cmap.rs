//! CMaps (ISO 32000-1 9.7.5, 9.10.3): how the bytes of a string fall into codes, which CID a code
//! selects, and which text it stands for.
//!
//! Those that a file embeds are read here, with all that the rules ask about them; the predefined
//! ones are those of `hayro-cmap`.

use hayro_cmap::{CMapName, load_embedded};
use hayro_postscript::{Number, Scanner, Token};
use smallvec::SmallVec;

/// How much of a CMap is read, in bytes: one that lists each of 65,536 codes takes less than two
/// million.
const LONGEST: usize = 4 << 20;
/// How many ranges that begin before a code are looked at, where ranges overlap.
const OVERLAPS: usize = 64;

/// The bytes of one code, or of a piece of text.
type Bytes = SmallVec<[u8; 8]>;

/// A code of a shown string.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, PartialOrd, Ord)]
pub struct Code {
    /// Its bytes as a number, the first the most significant.
    pub value: u32,
    /// How many bytes it takes, 1 to 4.
    pub length: u8,
}

/// Which characters CIDs stand for (ISO 32000-1 9.7.3).
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct Collection {
    /// Who defines them: `Adobe`.
    pub registry: Option<Vec<u8>>,
    /// The name of the collection: `Japan1`.
    pub ordering: Option<Vec<u8>>,
    /// Its state of growth.
    pub supplement: Option<i64>,
}

/// A CMap that stands in a file.
#[derive(Debug, Default)]
pub struct CMap {
    /// `CMapName`.
    pub name: Option<Vec<u8>>,
    /// `WMode`: 0 for lines, 1 for columns.
    pub writing_mode: Option<i64>,
    /// `CIDSystemInfo`.
    pub collection: Collection,
    /// The CMap that it builds on (`usecmap`).
    pub base: Option<Vec<u8>>,
    spaces: Vec<Space>,
    cids: Vec<Cids>,
    texts: Vec<Texts>,
}

/// Codes of one length whose bytes lie between those of the first and the last.
#[derive(Debug)]
struct Space {
    first: Bytes,
    last: Bytes,
}

#[derive(Debug)]
struct Cids {
    length: u8,
    first: u32,
    last: u32,
    cid: u32,
    /// Whether all codes select the same CID (`notdefrange`).
    same: bool,
}

#[derive(Debug)]
struct Texts {
    first: u32,
    last: u32,
    units: SmallVec<[u16; 4]>,
}

/// What stands before an operator.
enum Operand {
    Bytes(Bytes),
    Name(Vec<u8>),
    Number(i64),
    Open,
    Close,
}

impl CMap {
    /// Reads what stands in a stream, as far as it can be understood.
    pub fn read(data: &[u8]) -> CMap {
        let mut cmap = CMap::default();
        let mut scanner = Scanner::new(data.get(..LONGEST).unwrap_or(data));
        let mut operands = Vec::new();
        while !scanner.at_end() {
            let Ok(token) = scanner.parse_token() else { break };
            let operand = match token {
                Token::Number(Number::Integer(number)) => Operand::Number(number),
                Token::Number(number) => Operand::Number(number.as_f64() as i64),
                Token::String(string) => {
                    let Ok(bytes) = string.decode() else { continue };
                    Operand::Bytes(Bytes::from_vec(bytes))
                }
                Token::Name(name) if name.is_literal() => Operand::Name(name.as_bytes().to_vec()),
                Token::Name(name) => match name.as_bytes() {
                    b"[" => Operand::Open,
                    b"]" => Operand::Close,
                    b"<<" | b">>" => continue,
                    operator => {
                        cmap.apply(operator, &operands);
                        operands.clear();
                        continue;
                    }
                },
                Token::Procedure(_) => continue,
            };
            if let (Some(Operand::Name(key)), value) = (operands.last(), &operand) {
                cmap.note(key, value);
            }
            operands.push(operand);
        }
        cmap.spaces.sort_by_key(|space| space.first.len());
        cmap.cids.sort_by_key(|range| (range.length, range.first));
        cmap.texts.sort_by_key(|range| range.first);
        cmap
    }

    /// Takes over an entry of the dictionary; the first of its name counts.
    fn note(&mut self, key: &[u8], value: &Operand) {
        let bytes = |to: &mut Option<Vec<u8>>| {
            if let (None, Operand::Bytes(bytes)) = (&to, value) {
                *to = Some(bytes.to_vec());
            }
        };
        let number = |to: &mut Option<i64>| {
            if let (None, Operand::Number(number)) = (&to, value) {
                *to = Some(*number);
            }
        };
        match key {
            b"Registry" => bytes(&mut self.collection.registry),
            b"Ordering" => bytes(&mut self.collection.ordering),
            b"Supplement" => number(&mut self.collection.supplement),
            b"WMode" => number(&mut self.writing_mode),
            b"CMapName" => {
                if let (None, Operand::Name(name)) = (&self.name, value) {
                    self.name = Some(name.clone());
                }
            }
            _ => {}
        }
    }

    fn apply(&mut self, operator: &[u8], operands: &[Operand]) {
        match operator {
            b"usecmap" => {
                if let Some(Operand::Name(name)) = operands.last() {
                    self.base = Some(name.clone());
                }
            }
            b"endcodespacerange" => self.add_spaces(operands),
            b"endcidrange" => self.add_cids(operands, false),
            b"endnotdefrange" => self.add_cids(operands, true),
            b"endcidchar" | b"endnotdefchar" => {
                for pair in operands.chunks_exact(2) {
                    if let [Operand::Bytes(code), Operand::Number(cid)] = pair {
                        self.add_range(code, code, *cid, true);
                    }
                }
            }
            b"endbfchar" => {
                for pair in operands.chunks_exact(2) {
                    if let [Operand::Bytes(code), Operand::Bytes(text)] = pair
                        && let Some(code) = number_of(code)
                    {
                        self.texts.push(Texts { first: code, last: code, units: units_of(text) });
                    }
                }
            }
            b"endbfrange" => self.add_texts(operands),
            _ => {}
        }
    }

    fn add_spaces(&mut self, operands: &[Operand]) {
        for pair in operands.chunks_exact(2) {
            if let [Operand::Bytes(first), Operand::Bytes(last)] = pair
                && first.len() == last.len()
                && (1..=4).contains(&first.len())
            {
                self.spaces.push(Space { first: first.clone(), last: last.clone() });
            }
        }
    }

    fn add_cids(&mut self, operands: &[Operand], same: bool) {
        for range in operands.chunks_exact(3) {
            if let [Operand::Bytes(first), Operand::Bytes(last), Operand::Number(cid)] = range {
                self.add_range(first, last, *cid, same);
            }
        }
    }

    fn add_range(&mut self, first: &[u8], last: &[u8], cid: i64, same: bool) {
        let length = first.len() as u8;
        if let (Some(first), Some(last), Ok(cid)) =
            (number_of(first), number_of(last), u32::try_from(cid))
        {
            self.cids.push(Cids { length, first, last, cid, same });
        }
    }

    fn add_texts(&mut self, operands: &[Operand]) {
        let mut left = operands;
        while let [Operand::Bytes(first), Operand::Bytes(last), rest @ ..] = left {
            let (Some(first), Some(last)) = (number_of(first), number_of(last)) else { return };
            left = match rest {
                [Operand::Bytes(text), rest @ ..] => {
                    self.texts.push(Texts { first, last, units: units_of(text) });
                    rest
                }
                [Operand::Open, rest @ ..] => {
                    let end = rest.iter().position(|operand| matches!(operand, Operand::Close));
                    let (list, rest) = rest.split_at(end.unwrap_or(rest.len()));
                    for (code, text) in (first..=last).zip(list) {
                        if let Operand::Bytes(text) = text {
                            let units = units_of(text);
                            self.texts.push(Texts { first: code, last: code, units });
                        }
                    }
                    rest.get(1..).unwrap_or_default()
                }
                _ => return,
            };
        }
    }

    /// Whether it says anything of text.
    pub fn has_texts(&self) -> bool {
        !self.texts.is_empty()
    }

    /// The codes whose text it tells; where ranges overlap, some more than once.
    pub fn told(&self) -> impl Iterator<Item = u32> {
        self.texts.iter().flat_map(|range| range.first..=range.last)
    }

    /// How many bytes the next code takes by the code spaces; `None` when none fits.
    fn length(&self, bytes: &[u8]) -> Option<u8> {
        let fits = |space: &&Space| {
            bytes.len() >= space.first.len()
                && std::iter::zip(&space.first, &space.last)
                    .zip(bytes)
                    .all(|((first, last), byte)| (first..=last).contains(&byte))
        };
        self.spaces.iter().find(fits).map(|space| space.first.len() as u8)
    }

    /// The greatest CID that it selects of its own.
    pub fn greatest_cid(&self) -> Option<u32> {
        let last = |range: &Cids| match range.same {
            true => range.cid,
            false => range.cid.saturating_add(range.last.saturating_sub(range.first)),
        };
        self.cids.iter().map(last).max()
    }

    /// The CID that a code selects; `None` when no range holds it.
    pub fn cid(&self, code: Code) -> Option<u32> {
        let end = self
            .cids
            .partition_point(|range| (range.length, range.first) <= (code.length, code.value));
        let range = self.cids.get(..end)?.iter().rev().take(OVERLAPS).find(|range| {
            range.length == code.length && (range.first..=range.last).contains(&code.value)
        })?;
        Some(match range.same {
            true => range.cid,
            false => range.cid.checked_add(code.value - range.first)?,
        })
    }

    /// The text of a code in units of UTF-16; `None` when no range holds it.
    pub fn text(&self, code: u32) -> Option<SmallVec<[u16; 4]>> {
        let end = self.texts.partition_point(|range| range.first <= code);
        let range = self
            .texts
            .get(..end)?
            .iter()
            .rev()
            .take(OVERLAPS)
            .find(|range| (range.first..=range.last).contains(&code))?;
        let mut units = range.units.clone();
        if let Some(last) = units.last_mut() {
            *last = last.wrapping_add((code - range.first) as u16);
        }
        Some(units)
    }
}

fn number_of(bytes: &[u8]) -> Option<u32> {
    if bytes.is_empty() || bytes.len() > 4 {
        return None;
    }
    Some(bytes.iter().fold(0, |number, byte| number << 8 | u32::from(*byte)))
}

/// Text as UTF-16; one byte alone is taken for one unit, as viewers do.
fn units_of(bytes: &[u8]) -> SmallVec<[u16; 4]> {
    match bytes {
        [one] => SmallVec::from_slice(&[u16::from(*one)]),
        _ => bytes
            .chunks(2)
            .map(|pair| match *pair {
                [high, low] => u16::from_be_bytes([high, low]),
                _ => u16::from(pair[0]) << 8,
            })
            .collect(),
    }
}

/// How the strings of a composite font fall into codes, and which CIDs these select.
#[derive(Debug)]
pub enum Codes {
    /// Two bytes, the CID itself (`Identity-H`, `Identity-V`).
    Identity,
    /// One of the other predefined CMaps (ISO 32000-1 table 118).
    Predefined(Box<hayro_cmap::CMap>),
    /// A CMap of the file, and the predefined one that it builds on.
    Own(Box<CMap>, Option<Box<hayro_cmap::CMap>>),
}

impl Codes {
    /// The predefined CMap of this name.
    pub fn named(name: &[u8]) -> Option<Codes> {
        match name {
            b"Identity-H" | b"Identity-V" => Some(Codes::Identity),
            _ => predefined(name).map(|cmap| Codes::Predefined(Box::new(cmap))),
        }
    }

    /// A CMap of the file.
    pub fn own(cmap: CMap) -> Codes {
        let base = cmap.base.as_deref().and_then(predefined).map(Box::new);
        Codes::Own(Box::new(cmap), base)
    }

    /// The next code of a string; `None` at its end.
    pub fn next(&self, bytes: &[u8]) -> Option<Code> {
        let length = match self {
            Codes::Identity => 2,
            Codes::Predefined(cmap) => length_of(cmap, bytes),
            Codes::Own(cmap, base) => match (cmap.length(bytes), base) {
                (Some(length), _) => length,
                (None, Some(base)) => length_of(base, bytes),
                // Where no code space fits, the shortest code is skipped (ISO 32000-1 9.7.6.3).
                (None, None) => cmap.spaces.first().map_or(1, |space| space.first.len() as u8),
            },
        };
        let bytes = bytes.get(..usize::from(length)).unwrap_or(bytes);
        Some(Code { value: number_of(bytes)?, length: bytes.len() as u8 })
    }

    /// The CID that a code selects; `None` when the CMap does not tell.
    pub fn cid(&self, code: Code) -> Option<u32> {
        match self {
            // A byte that is left over at the end of a string is no code (ISO 32000-1 9.7.6.2).
            Codes::Identity => (code.length == 2).then_some(code.value),
            Codes::Predefined(cmap) => cmap.lookup_cid_code(code.value, code.length),
            Codes::Own(cmap, base) => cmap.cid(code).or_else(|| {
                base.as_ref().and_then(|base| base.lookup_cid_code(code.value, code.length))
            }),
        }
    }
}

/// A predefined CMap (ISO 32000-1 table 118), or one from CIDs to Unicode (`Adobe-Japan1-UCS2`).
pub fn predefined(name: &[u8]) -> Option<hayro_cmap::CMap> {
    let data = load_embedded(CMapName::from_bytes(name))?;
    hayro_cmap::CMap::parse(data, load_embedded)
}

/// How many bytes the next code takes: the fewest that select anything, else one.
fn length_of(cmap: &hayro_cmap::CMap, bytes: &[u8]) -> u8 {
    (1..=4)
        .find(|length| {
            bytes
                .get(..usize::from(*length))
                .and_then(number_of)
                .is_some_and(|code| cmap.lookup_cid_code(code, *length).is_some())
        })
        .unwrap_or(1)
}

#[cfg(test)]
mod tests {
    use super::*;

    const SAMPLE: &[u8] = b"/CIDInit /ProcSet findresource begin 12 dict begin begincmap
        /CIDSystemInfo 3 dict dup begin /Registry (Adobe) def /Ordering (UCS) def
        /Supplement 0 def end def /CMapName /Sample def /WMode 1 def /H usecmap
        2 begincodespacerange <00> <80> <8140> <9ffc> endcodespacerange
        2 beginbfchar <01> <00660069> <02> <FEFF> endbfchar
        2 beginbfrange <10> <12> <0041> <20> <21> [<0061> <D83DDE00>] endbfrange
        1 begincidrange <8140> <817e> 633 endcidrange
        1 beginnotdefrange <00> <1f> 231 endnotdefrange endcmap";

    #[test]
    fn cmap_dictionary_is_read() {
        let cmap = CMap::read(SAMPLE);
        assert_eq!(cmap.name.as_deref(), Some(&b"Sample"[..]));
        assert_eq!(cmap.writing_mode, Some(1));
        assert_eq!(cmap.base.as_deref(), Some(&b"H"[..]));
        assert_eq!(cmap.collection.ordering.as_deref(), Some(&b"UCS"[..]));
        assert_eq!(cmap.collection.supplement, Some(0));
    }

    #[test]
    fn texts_of_characters_ranges_and_lists() {
        let cmap = CMap::read(SAMPLE);
        let text = |code| cmap.text(code).map(|units| String::from_utf16_lossy(&units));
        assert_eq!(text(1).as_deref(), Some("fi"));
        assert_eq!(text(0x12).as_deref(), Some("C"));
        assert_eq!(text(0x21).as_deref(), Some("😀"));
        assert_eq!(text(0x22), None);
    }

    #[test]
    fn codes_fall_by_code_space() {
        let codes = Codes::own(CMap::read(SAMPLE));
        assert_eq!(codes.next(b"\x41\x81"), Some(Code { value: 0x41, length: 1 }));
        let code = codes.next(b"\x81\x42").unwrap_or(Code { value: 0, length: 0 });
        assert_eq!(code, Code { value: 0x8142, length: 2 });
        assert_eq!(codes.cid(code), Some(635));
        assert_eq!(codes.cid(Code { value: 0x1f, length: 1 }), Some(231));
        assert_eq!(codes.next(b""), None);
    }

    #[test]
    fn byte_left_over_selects_no_cid() {
        let code = Codes::Identity.next(b"\x41").unwrap_or(Code { value: 0, length: 0 });
        assert_eq!(code, Code { value: 0x41, length: 1 });
        assert_eq!(Codes::Identity.cid(code), None);
    }

    #[test]
    fn predefined_cmap_gives_codes_and_cids() {
        let codes = Codes::named(b"90ms-RKSJ-H");
        let codes = codes.as_ref();
        let first = codes.and_then(|codes| codes.next(b"\x82\xa0a"));
        assert_eq!(first, Some(Code { value: 0x82a0, length: 2 }));
        let cid = first.and_then(|code| codes.and_then(|codes| codes.cid(code)));
        assert_eq!(cid, Some(843));
    }
}
