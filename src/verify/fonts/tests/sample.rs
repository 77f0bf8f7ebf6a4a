//! Small files that show a few codes in one font, and tiny font programs: `.notdef`, `A` and `b`,
//! which are 500, 600 and 700 wide.

use crate::verify::content;
use crate::verify::document::Document;
use crate::verify::finding::Findings;
use crate::verify::fonts::{self, Proven, uses::Uses};
use crate::verify::level::Level;

/// A file of one page.
pub struct Sample {
    objects: Vec<Vec<u8>>,
    content: Vec<u8>,
}

impl Sample {
    /// A page that shows `text` in the font whose dictionary this is; it is object 5.
    pub fn new(font: &str, text: &[u8]) -> Sample {
        let hex: String = text.iter().map(|byte| format!("{byte:02x}")).collect();
        Sample {
            objects: vec![font.into()],
            content: format!("BT /F 9 Tf <{hex}> Tj ET").into_bytes(),
        }
    }

    /// The text is shown invisibly.
    pub fn invisible(mut self) -> Sample {
        self.content = [b"3 Tr ", &self.content[..]].concat();
        self
    }

    /// The text has an ActualText.
    pub fn with_actual_text(mut self) -> Sample {
        let begin = &b"/Span <</ActualText (A)>> BDC "[..];
        self.content = [begin, &self.content, b" EMC"].concat();
        self
    }

    /// Adds the next object, from 6.
    pub fn object(mut self, object: &str) -> Sample {
        self.objects.push(object.into());
        self
    }

    /// Adds a stream as the next object, with these entries.
    pub fn stream(mut self, entries: &str, data: &[u8]) -> Sample {
        let begin = format!("<<{entries}/Length {}>>stream\n", data.len());
        self.objects.push([begin.as_bytes(), data, b"\nendstream"].concat());
        self
    }

    fn bytes(&self) -> Vec<u8> {
        let content = format!("<</Length {}>>stream\n", self.content.len());
        let content = [content.as_bytes(), &self.content, b"\nendstream"].concat();
        let page = "<</Type/Page/Parent 2 0 R/MediaBox[0 0 99 99]/Contents 4 0 R\
            /Resources<</Font<</F 5 0 R>>>>>>";
        let mut objects: Vec<&[u8]> = vec![
            b"<</Type/Catalog/Pages 2 0 R>>",
            b"<</Type/Pages/Kids[3 0 R]/Count 1>>",
            page.as_bytes(),
            &content,
        ];
        objects.extend(self.objects.iter().map(|object| &object[..]));
        let mut file = b"%PDF-1.7\n".to_vec();
        let mut offsets = Vec::new();
        for (index, object) in objects.iter().enumerate() {
            offsets.push(file.len());
            file.extend(format!("{} 0 obj\n", index + 1).bytes());
            file.extend_from_slice(object);
            file.extend(b"\nendobj\n");
        }
        let start = file.len();
        let count = objects.len() + 1;
        file.extend(format!("xref\n0 {count}\n0000000000 65535 f \n").bytes());
        offsets.iter().for_each(|at| file.extend(format!("{at:010} 00000 n \n").bytes()));
        let trailer = format!("trailer<</Size {count}/Root 1 0 R>>\nstartxref\n{start}\n%%EOF\n");
        file.extend(trailer.bytes());
        file
    }

    /// The rules of PDF/A-2a that the file breaks, and that PDF/UA-1 has the same ones.
    pub fn breaks(&self) -> Vec<&'static str> {
        let alone = self.breaks_beside(None);
        // A file that is checked again comes out the same.
        let proven = Proven::default();
        for _ in 0..2 {
            assert_eq!(self.breaks_beside(Some(&proven)), alone);
        }
        alone
    }

    /// The same, where some fonts are known to be sound.
    pub fn breaks_beside(&self, proven: Option<&Proven>) -> Vec<&'static str> {
        let found = |level: Level| {
            let Ok(document) = Document::open(self.bytes().into()) else {
                return vec!["unreadable"];
            };
            let mut uses = Uses::default();
            content::walk_page(&document, 0, &mut uses);
            let mut findings = Findings::new(level.set());
            fonts::check(&document, &uses, proven, &mut findings);
            findings.into_parts().1.into_iter().map(|(id, _)| id).collect::<Vec<_>>()
        };
        let archive = found(Level::A2a);
        let clauses = |ids: &[&'static str], before: &str| -> Vec<String> {
            let clauses = ids.iter().filter_map(|id| id.strip_prefix(before));
            clauses.map(|clause| clause.replacen("7.2-", "7-", 1)).collect()
        };
        // 6.2.11.2 and 6.2.11.7.3 are of PDF/A alone.
        let shared: Vec<&str> = archive
            .iter()
            .copied()
            .filter(|id| !id.contains("11.2-") && !id.contains("7.3-"))
            .collect();
        assert_eq!(clauses(&shared, "a:6.2.11."), clauses(&found(Level::Ua1), "ua1:7.21."));
        archive
    }
}

/// A table from codes to glyphs: platform, encoding, and the glyph of each code.
pub type Map<'m> = (u16, u16, &'m [(u32, u32)]);

/// A TrueType program with these cmap tables.
pub fn true_type(maps: &[Map<'_>]) -> Vec<u8> {
    let mut head = vec![0; 54];
    head[18..20].copy_from_slice(&1000_u16.to_be_bytes());
    let mut hhea = vec![0; 36];
    hhea[34..36].copy_from_slice(&3_u16.to_be_bytes());
    let widths = [500_u16, 600, 700];
    let hmtx = widths.iter().flat_map(|width| [width.to_be_bytes(), [0, 0]]).flatten().collect();
    let maxp = vec![0, 0, 0x50, 0, 0, 3];
    let tables: [(&[u8; 4], Vec<u8>); 5] =
        [(b"cmap", cmap(maps)), (b"head", head), (b"hhea", hhea), (b"hmtx", hmtx), (b"maxp", maxp)];
    let mut file = vec![0, 1, 0, 0, 0, 5, 0, 64, 0, 2, 0, 16];
    let mut at = 12 + 16 * 5;
    for (tag, table) in &tables {
        file.extend_from_slice(*tag);
        for number in [0, at as u32, table.len() as u32] {
            file.extend(number.to_be_bytes());
        }
        at += table.len();
    }
    tables.iter().for_each(|(_, table)| file.extend_from_slice(table));
    file
}

fn cmap(maps: &[Map<'_>]) -> Vec<u8> {
    let mut records = vec![0, 0, 0, maps.len() as u8];
    let mut tables = Vec::new();
    for (platform, encoding, glyphs) in maps {
        records.extend(platform.to_be_bytes());
        records.extend(encoding.to_be_bytes());
        records.extend((4 + 8 * maps.len() as u32 + tables.len() as u32).to_be_bytes());
        tables.extend(12_u16.to_be_bytes());
        tables.extend(0_u16.to_be_bytes());
        for number in [16 + 12 * glyphs.len() as u32, 0, glyphs.len() as u32] {
            tables.extend(number.to_be_bytes());
        }
        for (code, glyph) in *glyphs {
            [*code, *code, *glyph].iter().for_each(|number| tables.extend(number.to_be_bytes()));
        }
    }
    [records, tables].concat()
}

/// The glyphs by their letters, as tables (3,1) have them.
pub const LETTERS: Map<'static> = (3, 1, &[(65, 1), (98, 2)]);
/// The glyphs as tables for symbols (3,0) have them.
pub const SYMBOLS: Map<'static> = (3, 0, &[(0xf041, 1), (0xf062, 2)]);
/// The glyphs by Mac OS Roman, as tables (1,0) have them.
pub const MAC: Map<'static> = (1, 0, &[(65, 1), (98, 2)]);

/// A Type 1 program.
pub fn type_1() -> Vec<u8> {
    let glyph = |name: &str, width: u16| {
        // hsbw with a width of two bytes (Adobe Type 1 Font Format 6.2), endchar.
        let high = (width - 108) / 256;
        let charstring = [139, 247 + high as u8, (width - 108 - high * 256) as u8, 13, 14];
        let code = encrypted(4330, &[&[0; 4], &charstring[..]].concat());
        [format!("/{name} {} RD ", code.len()).as_bytes(), &code, b" ND\n"].concat()
    };
    let private = [
        b"\0\0\0\0dup /Private 4 dict dup begin /lenIV 4 def\n2 index /CharStrings 3 dict dup begin\n"
            .to_vec(),
        glyph(".notdef", 500),
        glyph("A", 600),
        glyph("b", 700),
        b"end end mark currentfile closefile\n".to_vec(),
    ]
    .concat();
    let clear = "%!PS-AdobeFont-1.0: Tiny\n11 dict begin\n/FontName /Tiny def\n/PaintType 0 def\n\
        /FontType 1 def\n/FontMatrix [0.001 0 0 0.001 0 0] readonly def\n/Encoding 256 array\n\
        0 1 255 {1 index exch /.notdef put} for\ndup 65 /A put\ndup 98 /b put\nreadonly def\n\
        /FontBBox {0 0 700 700} readonly def\ncurrentdict end\ncurrentfile eexec\n";
    [clear.as_bytes(), &encrypted(55665, &private)].concat()
}

fn encrypted(key: u16, plain: &[u8]) -> Vec<u8> {
    let mut key = key;
    let cipher = plain.iter().map(|byte| {
        let code = byte ^ (key >> 8) as u8;
        key = u16::from(code).wrapping_add(key).wrapping_mul(52845).wrapping_add(22719);
        code
    });
    cipher.collect()
}

/// A program of CFF with the names of its glyphs.
pub const CFF: &[u8] = b"\x01\x00\x04\x01\x00\x01\x01\x01\x02\x54\x00\x01\x01\x01\x0d\x8b\x8b\xef\
    \xef\x05\xaa\x0f\x8b\xd7\x12\xaf\x11\x00\x00\x00\x00\x00\x00\x22\x00\x43\x00\x03\x01\x01\x0c\
    \x17\x22\xf8\x88\x8b\x16\xef\x06\xef\x07\x27\x06\x0e\xf8\xec\x8b\x16\xef\x06\xef\x07\x27\x06\
    \x0e\xf9\x50\x8b\x16\xef\x06\xef\x07\x27\x06\x0e";

/// A program of CFF that is keyed by CIDs: 0, 5 and 9.
pub const CID_KEYED: &[u8] = b"\x01\x00\x04\x01\x00\x01\x01\x01\x02\x54\x00\x01\x01\x01\x1b\xf8\
    \x1b\xf8\x1c\x8b\x0c\x1e\x8b\x8b\xef\xef\x05\xef\x0c\x22\xc9\x0f\xce\x0c\x25\xf7\x07\x0c\x24\
    \xd6\x11\x00\x02\x01\x01\x06\x0e\x41\x64\x6f\x62\x65\x49\x64\x65\x6e\x74\x69\x74\x79\x00\x00\
    \x00\x00\x05\x00\x09\x03\x00\x01\x00\x00\x00\x00\x03\x00\x03\x01\x01\x0c\x17\x22\xf8\x88\x8b\
    \x16\xef\x06\xef\x07\x27\x06\x0e\xf8\xec\x8b\x16\xef\x06\xef\x07\x27\x06\x0e\xf9\x50\x8b\x16\
    \xef\x06\xef\x07\x27\x06\x0e\x00\x01\x01\x01\x08\xc0\x0c\x26\x8b\xf7\x13\x12";

/// A ToUnicode CMap of these codes of so many bytes.
pub fn to_unicode(bytes: usize, pairs: &[(u32, &str)]) -> Vec<u8> {
    let digits = bytes * 2;
    let pairs: String =
        pairs.iter().map(|(code, text)| format!("<{code:0digits$x}> <{text}>\n")).collect();
    let (first, last) = ("0".repeat(digits), "f".repeat(digits));
    format!(
        "begincmap 1 begincodespacerange <{first}> <{last}> endcodespacerange \
         9 beginbfchar {pairs} endbfchar endcmap"
    )
    .into_bytes()
}
