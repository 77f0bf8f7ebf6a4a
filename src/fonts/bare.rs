//! Font files as PDF asks for them: without names, and with glyphs that do without hinting.
//!
//! A glyph's own instructions move its points to the pixels of a coarse screen; they are half of a
//! hinted face and print shows nothing of them, but for the few faces whose letters are put together
//! by them. The programs that they call (`fpgm`, `prep`, `cvt `) stay: a file that had them is to have
//! them (ISO 32000-1 9.9). Names hold the licence too; it goes with the face, not with papers that
//! show some of its letters.

use std::borrow::Cow;

const HEADER: usize = 12;
/// More are no font's, and the length of their records could not be told.
const MOST_TABLES: usize = 4096;
const RECORD: usize = 16;

/// Names of the face and of its glyphs, which a CIDFont does without (ISO 32000-1 9.9).
const UNASKED: [[u8; 4]; 2] = [*b"name", *b"post"];

/// A component has its own instructions behind the last component (OpenType 1.9, `glyf`).
const INSTRUCTIONS: u16 = 0x0100;
const MORE_COMPONENTS: u16 = 0x0020;
const WORDS: u16 = 0x0001;
const SCALE: u16 = 0x0008;
const TWO_SCALES: u16 = 0x0040;
const MATRIX: u16 = 0x0080;

/// A table of a font file.
struct Table<'a> {
    tag: [u8; 4],
    bytes: Cow<'a, [u8]>,
}

/// How the families begin whose glyphs lie in pieces until their instructions are carried out: those
/// that FreeType calls tricky.
const BUILT: [&str; 8] = ["cpop", "df", "dlc", "huatian", "ming", "pming", "nec", "細明"];

/// A TrueType file without names and, unless its `family` is built by them, without the
/// instructions of its glyphs; any other file as it is.
pub fn bare(file: Vec<u8>, family: &str) -> Vec<u8> {
    let family = family.to_lowercase();
    match BUILT.iter().any(|start| family.starts_with(start)) {
        true => file,
        false => stripped(&file).unwrap_or(file),
    }
}

fn stripped(file: &[u8]) -> Option<Vec<u8>> {
    if file.get(..4)? != [0, 1, 0, 0] {
        return None;
    }
    let mut tables = tables(file)?;
    tables.retain(|table| !UNASKED.contains(&table.tag));
    let table = |tag: &[u8; 4]| tables.iter().find(|table| table.tag == *tag);
    // `indexToLocFormat` at 50: 0 when offsets are halved.
    let long = u16_at(&table(b"head")?.bytes, 50)? != 0;
    let glyphs = Glyphs { data: &table(b"glyf")?.bytes, places: &table(b"loca")?.bytes, long };
    let (data, places) = glyphs.bare()?;
    for (tag, bytes) in [(b"glyf", data), (b"loca", places)] {
        tables.iter_mut().find(|table| table.tag == *tag)?.bytes = Cow::Owned(bytes);
    }
    Some(assembled(&mut tables))
}

/// The tables in the order of their tags.
fn tables(file: &[u8]) -> Option<Vec<Table<'_>>> {
    let count = usize::from(u16_at(file, 4)?);
    if count >= MOST_TABLES {
        return None;
    }
    let records = file.get(HEADER..HEADER + RECORD * count)?.chunks_exact(RECORD);
    let table = |record: &[u8]| {
        let (offset, length) = (number_at(record, 8)?, number_at(record, 12)?);
        let bytes = file.get(offset..offset.checked_add(length)?)?;
        Some(Table { tag: record.get(..4)?.try_into().ok()?, bytes: Cow::Borrowed(bytes) })
    };
    records.map(table).collect()
}

/// A file of tables (OpenType 1.9, "Organization of an OpenType Font").
fn assembled(tables: &mut [Table<'_>]) -> Vec<u8> {
    if let Some(head) = tables.iter_mut().find(|table| table.tag == *b"head")
        && let Some(adjustment) = head.bytes.to_mut().get_mut(8..12)
    {
        adjustment.fill(0);
    }
    let count = tables.len() as u16;
    let greatest = count.checked_ilog2().unwrap_or(0) as u16;
    let range = (1u16 << greatest) * 16;
    let mut file = vec![0, 1, 0, 0];
    for word in [count, range, greatest, count * 16 - range.min(count * 16)] {
        file.extend_from_slice(&word.to_be_bytes());
    }
    let mut offset = HEADER + RECORD * tables.len();
    let mut adjustment = 0;
    for table in tables.iter() {
        if table.tag == *b"head" {
            adjustment = offset + 8;
        }
        file.extend_from_slice(&table.tag);
        for number in [sum(&table.bytes), offset as u32, table.bytes.len() as u32] {
            file.extend_from_slice(&number.to_be_bytes());
        }
        offset += table.bytes.len().next_multiple_of(4);
    }
    for table in tables.iter() {
        file.extend_from_slice(&table.bytes);
        file.resize(file.len().next_multiple_of(4), 0);
    }
    // `checkSumAdjustment` in `head` makes the sum of the whole file a fixed one.
    let of_file = 0xb1b0_afba_u32.wrapping_sub(sum(&file));
    if let Some(bytes) = file.get_mut(adjustment..adjustment + 4).filter(|_| adjustment > 0) {
        bytes.copy_from_slice(&of_file.to_be_bytes());
    }
    file
}

/// The sum of a table's words; the last is filled up with zeros.
fn sum(bytes: &[u8]) -> u32 {
    bytes.chunks(4).fold(0u32, |sum, word| {
        let mut padded = [0; 4];
        std::iter::zip(&mut padded, word).for_each(|(to, from)| *to = *from);
        sum.wrapping_add(u32::from_be_bytes(padded))
    })
}

/// `glyf` and `loca`.
struct Glyphs<'a> {
    data: &'a [u8],
    places: &'a [u8],
    long: bool,
}

impl Glyphs<'_> {
    /// Where the glyph with this id begins, or the one before it ends.
    fn place(&self, glyph: usize) -> Option<usize> {
        match self.long {
            true => number_at(self.places, glyph * 4),
            false => Some(usize::from(u16_at(self.places, glyph * 2)?) * 2),
        }
    }

    /// Both tables for glyphs without instructions.
    fn bare(&self) -> Option<(Vec<u8>, Vec<u8>)> {
        let count = (self.places.len() / if self.long { 4 } else { 2 }).checked_sub(1)?;
        let mut data = Vec::with_capacity(self.data.len());
        let mut places = Vec::with_capacity(self.places.len());
        let mut note = |at: usize| {
            match self.long {
                true => places.extend_from_slice(&u32::try_from(at).ok()?.to_be_bytes()),
                false => places.extend_from_slice(&u16::try_from(at / 2).ok()?.to_be_bytes()),
            }
            Some(())
        };
        for glyph in 0..count {
            note(data.len())?;
            push_bare(&mut data, self.data.get(self.place(glyph)?..self.place(glyph + 1)?)?)?;
            data.resize(data.len().next_multiple_of(if self.long { 4 } else { 2 }), 0);
        }
        note(data.len())?;
        Some((data, places))
    }
}

/// Adds a glyph without its instructions.
fn push_bare(to: &mut Vec<u8>, glyph: &[u8]) -> Option<()> {
    const OUTLINE: usize = 10;
    if glyph.is_empty() {
        return Some(());
    }
    let contours = u16_at(glyph, 0)? as i16;
    if let Ok(contours) = usize::try_from(contours) {
        let length = OUTLINE + contours * 2;
        if contours == 0 {
            to.extend_from_slice(glyph);
            return Some(());
        }
        let instructions = usize::from(u16_at(glyph, length)?);
        to.extend_from_slice(glyph.get(..length)?);
        to.extend_from_slice(&[0, 0]);
        to.extend_from_slice(glyph.get(length + 2 + instructions..)?);
        return Some(());
    }
    to.extend_from_slice(glyph.get(..OUTLINE)?);
    let mut at = OUTLINE;
    loop {
        let flags = u16_at(glyph, at)?;
        let offsets = if flags & WORDS != 0 { 4 } else { 2 };
        let scales = match flags {
            flags if flags & SCALE != 0 => 2,
            flags if flags & TWO_SCALES != 0 => 4,
            flags if flags & MATRIX != 0 => 8,
            _ => 0,
        };
        let end = at + 4 + offsets + scales;
        to.extend_from_slice(&(flags & !INSTRUCTIONS).to_be_bytes());
        to.extend_from_slice(glyph.get(at + 2..end)?);
        if flags & MORE_COMPONENTS == 0 {
            return Some(());
        }
        at = end;
    }
}

fn u16_at(bytes: &[u8], at: usize) -> Option<u16> {
    Some(u16::from_be_bytes(bytes.get(at..at.checked_add(2)?)?.try_into().ok()?))
}

fn number_at(bytes: &[u8], at: usize) -> Option<usize> {
    let number = u32::from_be_bytes(bytes.get(at..at.checked_add(4)?)?.try_into().ok()?);
    usize::try_from(number).ok()
}

#[cfg(test)]
mod tests {
    use super::*;

    fn file(tables: Vec<(&[u8; 4], Vec<u8>)>) -> Vec<u8> {
        let table = |(tag, bytes): (&[u8; 4], Vec<u8>)| Table { tag: *tag, bytes: bytes.into() };
        assembled(&mut tables.into_iter().map(table).collect::<Vec<_>>())
    }

    /// One contour of two points with three bytes of instructions, flags and coordinates.
    fn simple() -> Vec<u8> {
        let box_of_it = [0, 0, 0, 0, 0, 9, 0, 9];
        [&[0, 1][..], &box_of_it, &[0, 1, 0, 3, 0xB0, 1, 2, 0x37, 0x37, 5, 6]].concat()
    }

    /// Two components, the first with a scale, and instructions behind the second.
    fn composite() -> Vec<u8> {
        let box_of_it = [0, 0, 0, 0, 0, 9, 0, 9];
        let first = [0x00, 0x28, 0, 1, 7, 8, 0x40, 0];
        let second = [0x01, 0x01, 0, 2, 0, 1, 0, 2];
        [&[0xff, 0xff][..], &box_of_it, &first, &second, &[0, 2, 0xB0, 1]].concat()
    }

    #[test]
    fn glyphs_lose_their_instructions_and_nothing_else() {
        let mut bare = Vec::new();
        push_bare(&mut bare, &simple()).unwrap();
        assert_eq!(bare, [&simple()[..12], &[0, 0, 0x37, 0x37, 5, 6]].concat());
        let mut bare = Vec::new();
        push_bare(&mut bare, &composite()).unwrap();
        let mut expected = composite();
        expected.truncate(26);
        expected[18] = 0;
        assert_eq!(bare, expected);
        let mut bare = Vec::new();
        push_bare(&mut bare, &[0; 10]).unwrap();
        push_bare(&mut bare, &[]).unwrap();
        assert_eq!(bare, [0; 10]);
    }

    #[test]
    fn files_lose_names_and_keep_the_programs_of_hinting() {
        let head = [&[0; 50][..], &[0, 1, 0, 0]].concat();
        let loca = [0u32, 24, 56].iter().flat_map(|at| at.to_be_bytes()).collect();
        let mut glyf = simple();
        glyf.resize(24, 0);
        glyf.extend(composite());
        glyf.resize(56, 0);
        let given = file(vec![
            (b"fpgm", vec![1, 2, 3]),
            (b"glyf", glyf),
            (b"head", head),
            (b"loca", loca),
            (b"name", vec![9; 40]),
            (b"post", vec![9; 32]),
        ]);
        assert_eq!(bare(given.clone(), "MingLiU"), given);
        let bare = bare(given, "Source Sans 3");
        let tables = tables(&bare).unwrap();
        let tags: Vec<[u8; 4]> = tables.iter().map(|table| table.tag).collect();
        assert_eq!(tags, [*b"fpgm", *b"glyf", *b"head", *b"loca"]);
        let places: Vec<u8> = [0u32, 24, 52].iter().flat_map(|at| at.to_be_bytes()).collect();
        assert_eq!(*tables[3].bytes, places);
        assert_eq!(sum(&bare), 0xb1b0_afba);
    }

    #[test]
    fn files_that_are_no_truetype_or_are_broken_stay_as_they_are() {
        // A glyph whose instructions reach past its end, and offsets that are cut off.
        let head = [&[0; 50][..], &[0, 1, 0, 0]].concat();
        let cut = |loca: &[u32], glyf: Vec<u8>| {
            let loca = loca.iter().flat_map(|at| at.to_be_bytes()).collect();
            file(vec![(b"glyf", glyf), (b"head", head.clone()), (b"loca", loca)])
        };
        let broken = [simple()[..12].to_vec(), vec![0, 9, 0, 0]].concat();
        let damaged = [cut(&[0, 16], broken), cut(&[0, 99], simple()), cut(&[], simple())];
        let no_font = [b"OTTO".to_vec(), vec![0, 1, 0, 0, 0, 9]];
        for bytes in damaged.into_iter().chain(no_font) {
            assert_eq!(bare(bytes.clone(), "A"), bytes);
        }
    }
}
