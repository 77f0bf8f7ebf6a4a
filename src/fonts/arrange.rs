//! The order of a font file's tables.

/// Tables that are the same whatever glyphs a subset has: hinting programs and names.
const COMMON: [[u8; 4]; 4] = [*b"cvt ", *b"fpgm", *b"name", *b"prep"];

const HEADER: usize = 12;
const RECORD: usize = 16;

/// A table of a font file.
struct Table<'a> {
    tag: [u8; 4],
    checksum: [u8; 4],
    /// Where it begins.
    offset: usize,
    bytes: &'a [u8],
}

impl Table<'_> {
    fn is_common(&self) -> bool {
        COMMON.contains(&self.tag)
    }

    fn padded(&self) -> usize {
        self.bytes.len().next_multiple_of(4)
    }
}

/// A TrueType file with the tables that all subsets of its face have in common last, and where they
/// begin: they are then compressed once for all of them. Any other file as it is, with its length.
///
/// Records of tables stand in the order of their tags, tables in any (OpenType 1.9, "Organization
/// of an OpenType Font").
pub fn common_last(file: Vec<u8>) -> (Vec<u8>, usize) {
    match arranged(&file) {
        Some(arranged) => arranged,
        None => {
            let length = file.len();
            (file, length)
        }
    }
}

fn arranged(file: &[u8]) -> Option<(Vec<u8>, usize)> {
    if file.get(..4)? != [0, 1, 0, 0] {
        return None;
    }
    let tables = tables(file)?;
    let start = HEADER + RECORD * tables.len();
    let (own, common): (Vec<_>, Vec<_>) = tables.iter().partition(|table| !table.is_common());
    let begin = start + own.iter().map(|table| table.padded()).sum::<usize>();
    let mut records = file[..start].to_vec();
    let mut body = Vec::with_capacity(file.len());
    for table in own.into_iter().chain(common) {
        let record = records[HEADER..].chunks_exact_mut(RECORD);
        let record = record.into_iter().find(|record| record[..4] == table.tag)?;
        record[4..8].copy_from_slice(&table.checksum);
        record[8..12].copy_from_slice(&u32::try_from(start + body.len()).ok()?.to_be_bytes());
        body.extend_from_slice(table.bytes);
        body.resize(body.len().next_multiple_of(4), 0);
    }
    records.append(&mut body);
    adjust(&mut records)?;
    Some((records, begin))
}

fn tables(file: &[u8]) -> Option<Vec<Table<'_>>> {
    let count = usize::from(u16::from_be_bytes(file.get(4..6)?.try_into().ok()?));
    let records = file.get(HEADER..HEADER + RECORD * count)?.chunks_exact(RECORD);
    let table = |record: &[u8]| {
        let number = |at: usize| {
            let bytes = record.get(at..at + 4)?.try_into().ok()?;
            usize::try_from(u32::from_be_bytes(bytes)).ok()
        };
        let offset = number(8)?;
        let bytes = file.get(offset..offset.checked_add(number(12)?)?)?;
        let (tag, checksum) = (record[..4].try_into().ok()?, record[4..8].try_into().ok()?);
        Some(Table { tag, checksum, offset, bytes })
    };
    records.map(table).collect()
}

/// Sets `checkSumAdjustment` in `head`, which makes the sum of the whole file a fixed one.
fn adjust(file: &mut [u8]) -> Option<()> {
    let head = tables(file)?.into_iter().find(|table| table.tag == *b"head")?;
    let at = head.offset + 8;
    file.get_mut(at..at + 4)?.fill(0);
    let sum = file.chunks_exact(4).fold(0u32, |sum, word| {
        sum.wrapping_add(u32::from_be_bytes([word[0], word[1], word[2], word[3]]))
    });
    let adjustment = 0xb1b0_afba_u32.wrapping_sub(sum);
    file.get_mut(at..at + 4)?.copy_from_slice(&adjustment.to_be_bytes());
    Some(())
}

#[cfg(test)]
mod tests {
    use super::*;

    /// A file of tables whose bytes are their tags' first letter.
    fn file(tags: &[(&[u8; 4], usize)]) -> Vec<u8> {
        let mut file = vec![0, 1, 0, 0, 0, tags.len() as u8, 0, 0, 0, 0, 0, 0];
        let mut body = Vec::new();
        let start = HEADER + RECORD * tags.len();
        for (tag, length) in tags {
            file.extend_from_slice(*tag);
            file.extend_from_slice(&[7; 4]);
            file.extend_from_slice(&((start + body.len()) as u32).to_be_bytes());
            file.extend_from_slice(&(*length as u32).to_be_bytes());
            body.resize(body.len() + length, tag[0]);
            body.resize(body.len().next_multiple_of(4), 0);
        }
        file.append(&mut body);
        file
    }

    #[test]
    fn common_tables_stand_last_and_records_as_before() {
        let given = file(&[(b"cvt ", 5), (b"glyf", 9), (b"head", 12), (b"prep", 3)]);
        let (arranged, begin) = common_last(given.clone());
        assert_eq!(begin, HEADER + 4 * RECORD + 12 + 12);
        assert_eq!(&arranged[begin..], b"ccccc\0\0\0ppp\0");
        let tags: Vec<[u8; 4]> = tables(&arranged).unwrap().iter().map(|t| t.tag).collect();
        assert_eq!(tags, [*b"cvt ", *b"glyf", *b"head", *b"prep"]);
        assert_eq!(tables(&arranged).unwrap()[1].bytes, b"ggggggggg");
        assert_eq!(arranged.len(), given.len());
    }

    #[test]
    fn words_of_an_arranged_file_add_up_to_the_fixed_sum() {
        let (arranged, _) = common_last(file(&[(b"fpgm", 8), (b"head", 12), (b"hhea", 4)]));
        let sum = arranged
            .chunks_exact(4)
            .fold(0u32, |sum, word| sum.wrapping_add(u32::from_be_bytes(word.try_into().unwrap())));
        assert_eq!(sum, 0xb1b0_afba);
    }

    #[test]
    fn files_that_are_no_truetype_stay_as_they_are() {
        assert_eq!(common_last(b"OTTO".to_vec()), (b"OTTO".to_vec(), 4));
        assert_eq!(common_last(vec![0, 1, 0, 0, 0, 9]), (vec![0, 1, 0, 0, 0, 9], 6));
    }
}
