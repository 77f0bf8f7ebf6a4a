//! CMaps: from codes to glyphs, and from codes to the text that they read as.

use lopdf::{Object, Stream};

use super::glyph_codes::Reading;
use super::object::{dictionary, name};

/// A block of a CMap has at most so many entries (Adobe Technical Note 5014).
const BLOCK: usize = 100;

/// From codes to glyphs, for a face whose glyphs are not asked for by their codes (ISO 32000-1
/// 9.7.5.4).
pub(super) fn encoding(glyphs: &[(u16, u16)]) -> Stream {
    let mut map = opened("(Identity)", "/Dossier", 1);
    for chunk in glyphs.chunks(BLOCK) {
        map.push_str(&format!("{} begincidchar\n", chunk.len()));
        for (code, glyph) in chunk {
            map.push_str(&format!("<{code:04X}> {glyph}\n"));
        }
        map.push_str("endcidchar\n");
    }
    close(&mut map);
    let info = dictionary([
        ("Registry", Object::string_literal("Adobe")),
        ("Ordering", Object::string_literal("Identity")),
        ("Supplement", Object::Integer(0)),
    ]);
    let header = dictionary([
        ("Type", name("CMap")),
        ("CMapName", name("Dossier")),
        ("CIDSystemInfo", Object::Dictionary(info)),
        ("WMode", Object::Integer(0)),
    ]);
    Stream::new(header, map.into_bytes())
}

/// From codes to text (`ToUnicode`, ISO 32000-1 9.10.3). Neighbours in the face that are neighbours
/// in Unicode too, as letters of the alphabet mostly are, take one line together.
pub(super) fn texts<'r>(readings: impl Iterator<Item = (u16, &'r Reading)>) -> Vec<u8> {
    let mut ranges: Vec<Range> = Vec::new();
    for (code, reading) in readings {
        let text: Vec<u16> = reading.chars().flat_map(|char| units(char).into_iter()).collect();
        match ranges.last_mut() {
            Some(range) if range.continues_with(code, &text) => range.last = code,
            _ => ranges.push(Range { first: code, last: code, text }),
        }
    }
    let (single, several): (Vec<Range>, Vec<Range>) =
        ranges.into_iter().partition(|range| range.first == range.last);
    let mut map = opened("(UCS)", "/Adobe-Identity-UCS", 2);
    for chunk in several.chunks(BLOCK) {
        map.push_str(&format!("{} beginbfrange\n", chunk.len()));
        for Range { first, last, text } in chunk {
            map.push_str(&format!("<{first:04X}> <{last:04X}> {}\n", hex(text)));
        }
        map.push_str("endbfrange\n");
    }
    for chunk in single.chunks(BLOCK) {
        map.push_str(&format!("{} beginbfchar\n", chunk.len()));
        for Range { first, text, .. } in chunk {
            map.push_str(&format!("<{first:04X}> {}\n", hex(text)));
        }
        map.push_str("endbfchar\n");
    }
    close(&mut map);
    map.into_bytes()
}

/// Codes in a row whose texts are in a row.
struct Range {
    first: u16,
    last: u16,
    /// Of the first, in UTF-16.
    text: Vec<u16>,
}

impl Range {
    /// In a range only the last byte grows, of the code and of the text.
    fn continues_with(&self, code: u16, text: &[u16]) -> bool {
        let (&[start], &[unit]) = (&self.text[..], text) else { return false };
        code == self.last.wrapping_add(1)
            && code >> 8 == self.first >> 8
            && unit >> 8 == start >> 8
            && unit.wrapping_sub(start) == code - self.first
    }
}

fn units(char: char) -> Vec<u16> {
    char.encode_utf16(&mut [0; 2]).to_vec()
}

fn hex(text: &[u16]) -> String {
    let digits: String = text.iter().map(|unit| format!("{unit:04X}")).collect();
    format!("<{digits}>")
}

fn opened(ordering: &str, name: &str, kind: u8) -> String {
    format!(
        "/CIDInit /ProcSet findresource begin\n12 dict begin\nbegincmap\n\
         /CIDSystemInfo 3 dict dup begin /Registry (Adobe) def /Ordering {ordering} def \
         /Supplement 0 def end def\n/CMapName {name} def\n/CMapType {kind} def\n/WMode 0 def\n\
         1 begincodespacerange\n<0000> <FFFF>\nendcodespacerange\n"
    )
}

fn close(map: &mut String) {
    map.push_str("endcmap\nCMapName currentdict /CMap defineresource pop\nend\nend\n");
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn letters_in_a_row_take_one_line() {
        let letter = Reading::Char;
        let readings = [
            (0x0041, letter('a')),
            (0x0042, letter('b')),
            (0x0043, letter('d')),
            (0x00ff, letter('x')),
            (0x0100, letter('y')),
            (0x0110, letter('ÿ')),
            (0x0111, letter('Ā')),
            (0x0112, Reading::Text("fi".into())),
            (0x0113, letter('𝔄')),
        ];
        let map = texts(readings.iter().map(|(code, reading)| (*code, reading)));
        let map = String::from_utf8(map).unwrap();
        let (_, entries) = map.split_once("endcodespacerange\n").unwrap();
        let (entries, _) = entries.split_once("endcmap").unwrap();
        assert_eq!(
            entries,
            "1 beginbfrange\n<0041> <0042> <0061>\nendbfrange\n7 beginbfchar\n<0043> <0064>\n\
             <00FF> <0078>\n<0100> <0079>\n<0110> <00FF>\n<0111> <0100>\n<0112> <00660069>\n\
             <0113> <D835DD04>\nendbfchar\n"
        );
    }
}
