//! Makes small tagged PDFs from an outline of their structure.

use std::fmt::Write as _;

use crate::verify::level::{Level, Levels};
use crate::verify::verify;

/// The number of the structure tree's root; its elements follow.
const ROOT: usize = 30;

const PACKET: &str = r#"<x:xmpmeta xmlns:x="adobe:ns:meta/"><rdf:RDF
xmlns:rdf="http://www.w3.org/1999/02/22-rdf-syntax-ns#"><rdf:Description rdf:about=""
xmlns:dc="http://purl.org/dc/elements/1.1/" xmlns:pdfuaid="http://www.aiim.org/pdfua/ns/id/"
xmlns:pdfaid="http://www.aiim.org/pdfa/ns/id/"><dc:title><rdf:Alt><rdf:li
xml:lang="x-default">Brief</rdf:li></rdf:Alt></dc:title><pdfuaid:part>1</pdfuaid:part>
<pdfaid:part>2</pdfaid:part><pdfaid:conformance>A</pdfaid:conformance></rdf:Description></rdf:RDF>
</x:xmpmeta>"#;

/// A file in the making: its objects as they are written, streams with their data behind them.
pub struct Paper {
    header: &'static str,
    objects: Vec<(usize, String)>,
}

/// A paper with this structure: `Document(H1 P[/Alt (x)] Link(@6))`. A name is a structure type;
/// what stands in brackets goes into its dictionary; `@6` is object 6 as a child; an element
/// without children gets a word of text.
pub fn paper(outline: &str) -> Paper {
    let mut maker = Maker::default();
    let mut rest = outline;
    let top = maker.children(&mut rest, ROOT);
    assert!(rest.is_empty(), "the outline ends early: {rest}");
    let mut nums = format!("0 [{}]", maker.owners.join(" "));
    for (key, owner) in maker.keys.iter().enumerate() {
        let _ = write!(nums, " {} {owner}", key + 1);
    }
    let content = format!("/Artifact BMC 0 0 9 9 re f EMC\n{}", maker.content);
    let mut objects =
        vec![
        (1, "<</Type/Catalog/Pages 2 0 R/Lang(en)/MarkInfo<</Marked true>>\
             /ViewerPreferences<</DisplayDocTitle true>>/StructTreeRoot 30 0 R/Metadata 5 0 R>>"
            .to_owned()),
        (2, "<</Type/Pages/Kids[3 0 R]/Count 1>>".to_owned()),
        (3, "<</Type/Page/Parent 2 0 R/MediaBox[0 0 99 99]/Contents 4 0 R/StructParents 0/Tabs/S\
             /Resources<</Font<</F 7 0 R>>>>>>"
            .to_owned()),
        (4, stream("", &content)),
        (5, stream("/Type/Metadata/Subtype/XML", PACKET)),
        (7, "<</Type/Font/Subtype/Type3/FontBBox[0 0 9 9]/FontMatrix[.1 0 0 .1 0 0]/FirstChar 65\
             /LastChar 65/Widths[9]/CharProcs<</A 8 0 R>>/Encoding<</Differences[65/A]>>\
             /Resources<<>>/ToUnicode 9 0 R>>"
            .to_owned()),
        (8, stream("", "9 0 0 0 9 9 d1 0 0 9 9 re f")),
        (9, stream("", "/CIDInit/ProcSet findresource begin 12 dict begin begincmap\n\
             1 begincodespacerange <00><FF> endcodespacerange\n\
             1 beginbfchar <41><0041> endbfchar endcmap end end")),
        (ROOT, format!("<</Type/StructTreeRoot/K[{top}]/ParentTree<</Nums[{nums}]>>>>")),
    ];
    objects.append(&mut maker.elements);
    Paper { header: "%PDF-1.7\n", objects }
}

fn stream(entries: &str, data: &str) -> String {
    format!("<<{entries}/Length {}>>stream\n{data}\nendstream", data.len())
}

#[derive(Default)]
struct Maker {
    elements: Vec<(usize, String)>,
    /// The element of each piece of content, and of each object.
    owners: Vec<String>,
    keys: Vec<String>,
    content: String,
}

impl Maker {
    fn children(&mut self, rest: &mut &str, parent: usize) -> String {
        let mut kids = Vec::new();
        loop {
            *rest = rest.trim_start();
            if rest.is_empty() || rest.starts_with(')') {
                return kids.join(" ");
            }
            if let Some(object) = rest.strip_prefix('@') {
                let end = object.find([' ', ')']).unwrap_or(object.len());
                let number = &object[..end];
                *rest = &object[end..];
                self.keys.push(format!("{parent} 0 R"));
                kids.push(format!("<</Type/OBJR/Pg 3 0 R/Obj {number} 0 R>>"));
            } else {
                kids.push(self.element(rest, parent));
            }
        }
    }

    fn element(&mut self, rest: &mut &str, parent: usize) -> String {
        let end = rest.find(['(', '[', ' ', ')']).unwrap_or(rest.len());
        let (name, after) = rest.split_at(end);
        let (entries, after) = match after.strip_prefix('[') {
            Some(entries) => entries.split_once(']').unwrap_or((entries, "")),
            None => ("", after),
        };
        *rest = after;
        let number = ROOT + 1 + self.elements.len();
        self.elements.push((number, String::new()));
        let kids = match rest.strip_prefix('(') {
            Some(inner) => {
                *rest = inner;
                let kids = self.children(rest, number);
                *rest = rest.strip_prefix(')').unwrap_or("");
                format!("[{kids}]")
            }
            None => {
                let mcid = self.owners.len();
                self.owners.push(format!("{number} 0 R"));
                let _ =
                    writeln!(self.content, "/{name} <</MCID {mcid}>> BDC BT /F 9 Tf (A) Tj ET EMC");
                mcid.to_string()
            }
        };
        let dict = format!(
            "<</Type/StructElem/S/{name}/P {parent} 0 R/Pg 3 0 R/K {kids}{}>>",
            entries.replace('{', "[").replace('}', "]")
        );
        self.elements[number - ROOT - 1].1 = dict;
        format!("{number} 0 R")
    }
}

impl Paper {
    /// The paper with `to` instead of `from`, wherever that is written.
    pub fn with(mut self, from: &str, to: &str) -> Paper {
        let mut found = false;
        for (_, object) in &mut self.objects {
            found |= object.contains(from);
            *object = object.replace(from, to);
        }
        assert!(found, "{from} is written nowhere");
        self
    }

    /// The paper with this in front of the page's content.
    pub fn painting(mut self, operators: &str) -> Paper {
        for (number, object) in &mut self.objects {
            if *number == 4 {
                let (_, data) = object.split_once("stream\n").unwrap_or_default();
                let data = data.trim_end_matches("\nendstream");
                *object = stream("", &format!("{operators}\n{data}"));
            }
        }
        self
    }

    /// The paper with another header.
    pub fn headed(mut self, header: &'static str) -> Paper {
        self.header = header;
        self
    }

    /// The paper with one more object.
    pub fn object(mut self, number: usize, written: &str) -> Paper {
        self.objects.push((number, written.to_owned()));
        self
    }

    /// The paper with one more stream.
    pub fn stream(self, number: usize, entries: &str, data: &str) -> Paper {
        self.object(number, &stream(entries, data))
    }

    /// The paper with an annotation, object 6, that names the key 1 of the parent tree.
    pub fn annotated(self, entries: &str) -> Paper {
        let rect = if entries.contains("/Rect") { "" } else { "/Rect[9 9 20 20]" };
        self.with("/Tabs/S", "/Tabs/S/Annots[6 0 R]")
            .object(6, &format!("<</Type/Annot/StructParent 1{rect}{entries}>>"))
    }

    /// The bytes of the file.
    pub fn bytes(&self) -> Vec<u8> {
        let mut file = self.header.to_owned();
        let mut objects: Vec<_> = self.objects.iter().collect();
        objects.sort();
        let mut table = String::from("0 1\n0000000000 65535 f \n");
        for (number, object) in objects {
            let _ = write!(table, "{number} 1\n{:010} 00000 n \n", file.len());
            let _ = write!(file, "{number} 0 obj\n{object}\nendobj\n");
        }
        let start = file.len();
        let _ = write!(
            file,
            "xref\n{table}trailer\n<</Size 999/Root 1 0 R>>\nstartxref\n{start}\n%%EOF\n"
        );
        file.into_bytes()
    }

    /// The rules of PDF/UA-1 that the paper breaks, but those of fonts.
    pub fn broken(&self) -> Vec<&'static str> {
        self.breaks(Level::Ua1, |rule| !rule.starts_with("ua1:7.21"))
    }

    /// The rules of the structure by PDF/A-2a that the paper breaks.
    pub fn broken_for_archive(&self) -> Vec<&'static str> {
        self.breaks(Level::A2a, |rule| rule.starts_with("a:6.7"))
    }

    fn breaks(&self, level: Level, asked: impl Fn(&str) -> bool) -> Vec<&'static str> {
        let levels: Levels = [level].into_iter().collect();
        let report = match verify(self.bytes(), levels) {
            Ok(report) => report,
            Err(why) => panic!("the paper cannot be read: {why}"),
        };
        report.counts.into_iter().map(|(rule, _)| rule).filter(|rule| asked(rule)).collect()
    }
}
