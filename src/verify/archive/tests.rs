//! Each rule of PDF/A by a file that breaks it and nothing else: a small sound file, with one
//! thing changed.

use crate::verify::level::{Level, Levels};
use crate::verify::verify;

/// What is changed in the sound file.
#[derive(Clone, Copy)]
enum Edit {
    /// In the text of an object, from its number to `endobj`.
    In(usize, &'static str, &'static str),
    /// An object more, with this number: its text, and its stream.
    Add(usize, &'static str, Option<&'static [u8]>),
    /// Another content of the page.
    Content(&'static str),
    /// In the metadata.
    Packet(&'static str, &'static str),
    /// In the first bytes of the file.
    Head(&'static str, &'static str),
    /// In the last bytes of the file, from `xref`.
    Tail(&'static str, &'static str),
}
use Edit::{Add, Content, Head, In, Packet, Tail};

const CATALOG: usize = 1;
const PAGE: usize = 3;
const METADATA: usize = 4;
const INTENT: usize = 5;
const CONTENT: usize = 6;
const PROFILE: usize = 7;
/// The first number that is free.
const MORE: usize = 8;

const PACKET: &str = "<?xpacket begin='' id='W5M0MpCehiHzreSzNTczkc9d'?>\
<x:xmpmeta xmlns:x='adobe:ns:meta/'><rdf:RDF xmlns:rdf='http://www.w3.org/1999/02/22-rdf-syntax-ns#'>\
<rdf:Description rdf:about='' xmlns:pdfaid='http://www.aiim.org/pdfa/ns/id/' \
xmlns:dc='http://purl.org/dc/elements/1.1/'>\
<pdfaid:part>2</pdfaid:part><pdfaid:conformance>B</pdfaid:conformance>\
<dc:creator><rdf:Seq><rdf:li>Astrid Vik</rdf:li></rdf:Seq></dc:creator>\
</rdf:Description></rdf:RDF></x:xmpmeta><?xpacket end='w'?>";

/// The header of an ICC profile.
fn profile() -> Vec<u8> {
    let mut profile = vec![0; 132];
    profile.splice(8..9, [2]);
    profile.splice(12..16, *b"mntr");
    profile.splice(16..20, *b"RGB ");
    profile
}

fn stream(dict: &str, data: &[u8]) -> Vec<u8> {
    let head = format!("<<{dict}/Length {}>>\nstream\n", data.len());
    [head.as_bytes(), data, b"\nendstream"].concat()
}

/// The file, with the changes.
fn file(edits: &[Edit]) -> Vec<u8> {
    let mut content: &str = "0 0 1 rg 10 10 50 50 re f";
    let mut packet = PACKET.to_owned();
    for edit in edits {
        match edit {
            Content(other) => content = other,
            Packet(from, to) => packet = packet.replacen(from, to, 1),
            _ => {}
        }
    }
    let mut objects: Vec<(usize, Vec<u8>)> = [
        (CATALOG, "<</Type/Catalog/Pages 2 0 R/Metadata 4 0 R/OutputIntents[5 0 R]>>"),
        (2, "<</Type/Pages/Kids[3 0 R]/Count 1>>"),
        (
            PAGE,
            "<</Type/Page/Parent 2 0 R/MediaBox[0 0 200 200]/Contents 6 0 R/Resources<</Keep 0>>>>",
        ),
        (INTENT, "<</Type/OutputIntent/S/GTS_PDFA1/DestOutputProfile 7 0 R>>"),
    ]
    .map(|(number, text)| (number, text.as_bytes().to_vec()))
    .into();
    objects.push((METADATA, stream("/Type/Metadata/Subtype/XML", packet.as_bytes())));
    objects.push((CONTENT, stream("", content.as_bytes())));
    objects.push((PROFILE, stream("/N 3", &profile())));
    for edit in edits {
        if let Add(number, text, data) = edit {
            let body = match data {
                Some(data) => stream(text, data),
                None => text.as_bytes().to_vec(),
            };
            objects.push((*number, body));
        }
    }
    objects.sort();
    let mut bytes = edited(b"%PDF-1.7\n%\xe2\xe3\xcf\xd3\n", edits, |edit| match edit {
        Head(from, to) => Some((from, to)),
        _ => None,
    });
    let mut xref = format!("xref\n0 {}\n0000000000 65535 f \n", objects.len() + 1);
    for (number, body) in &objects {
        xref.push_str(&format!("{:010} 00000 n \n", bytes.len()));
        let head = format!("{number} 0 obj\n");
        let text = [head.as_bytes(), body, b"\nendobj\n"].concat();
        bytes.extend(edited(&text, edits, |edit| match edit {
            In(of, from, to) if of == *number => Some((from, to)),
            _ => None,
        }));
    }
    let tail = format!(
        "{xref}trailer\n<</Size {}/Root 1 0 R/ID[<0102><0102>]>>\nstartxref\n{}\n%%EOF\n",
        objects.len() + 1,
        bytes.len()
    );
    bytes.extend(edited(tail.as_bytes(), edits, |edit| match edit {
        Tail(from, to) => Some((from, to)),
        _ => None,
    }));
    bytes
}

fn edited(
    text: &[u8],
    edits: &[Edit],
    applies: impl Fn(Edit) -> Option<(&'static str, &'static str)>,
) -> Vec<u8> {
    let mut text = text.to_vec();
    for (from, to) in edits.iter().filter_map(|edit| applies(*edit)) {
        let at = text.windows(from.len()).position(|window| window == from.as_bytes());
        let at = at.unwrap_or_else(|| panic!("there is no “{from}”"));
        text.splice(at..at + from.len(), to.bytes());
    }
    text
}

/// The rules that a file breaks, each once.
fn broken(edits: &[Edit], against: Levels) -> Vec<&'static str> {
    match verify(file(edits), against) {
        Ok(report) => report.counts.into_iter().map(|(rule, _)| rule).collect(),
        Err(why) => panic!("{why}"),
    }
}

/// Holds each list of changes against the one rule that it breaks.
fn each_breaks(against: Level, faults: &[(&'static str, &[Edit])]) {
    for (rule, edits) in faults {
        let expected: Vec<&str> = Some(*rule).filter(|rule| !rule.is_empty()).into_iter().collect();
        assert_eq!(broken(edits, against.set()), expected, "the file for “{rule}”");
    }
}

/// A change of the page's resources.
const fn resources(to: &'static str) -> Edit {
    In(PAGE, "/Keep 0", to)
}

/// An annotation on the page.
const ANNOTATED: Edit = In(PAGE, "/Contents", "/Annots[8 0 R]/Contents");
const APPEARANCE: Edit =
    Add(9, "/Subtype/Form/BBox[0 0 9 9]/Resources<<>>", Some(b"0 g 1 1 5 5 re f"));

#[test]
fn sound_file_breaks_nothing() {
    each_breaks(Level::A2b, &[("", &[])]);
}

#[test]
fn bytes_each_fault_is_found() {
    each_breaks(
        Level::A2b,
        &[
            ("a:6.1.2-1", &[Head("%PDF-1.7", "%PDF-1.7 ")]),
            ("", &[Head("%PDF-1.7\n", "%PDF-1.4\r\n")]),
            ("a:6.1.2-2", &[Head("%PDF-1.7\n%", "%PDF-1.7\n%a")]),
            ("a:6.1.3-1", &[Tail("/ID[<0102><0102>]", "")]),
            ("a:6.1.3-3", &[Tail("%%EOF\n", "%%EOF\n\n")]),
            ("", &[Tail("%%EOF\n", "%%EOF")]),
            ("a:6.1.4-2", &[Tail("xref\n0", "xref \n0")]),
            ("", &[Tail("xref\n0", "xref\r\n0")]),
            ("a:6.1.6-1", &[Add(MORE, "<414>", None)]),
            ("", &[Add(MORE, "<41 4\n2>", None)]),
            ("a:6.1.6-2", &[Add(MORE, "<4G>", None)]),
            ("a:6.1.6-1", &[Content("/Span<</Lang<656>>>BDC EMC")]),
            ("", &[Content("BI/W 2/H 2/BPC 8/CS/G ID <1(2 EI")]),
            ("a:6.1.7.1-1", &[In(CONTENT, "/Length 25", "/Length 24")]),
            ("a:6.1.7.1-1", &[In(CONTENT, "/Length 25", "/Length 26")]),
            ("", &[In(CONTENT, "/Length 25", "/Length 8 0 R"), Add(MORE, "25", None)]),
            ("a:6.1.7.1-2", &[In(CONTENT, "stream\n", "stream\r")]),
            ("a:6.1.7.1-2", &[In(CONTENT, "\nendstream", "endstream")]),
            ("", &[In(CONTENT, "stream\n", "stream\r\n")]),
            ("a:6.1.7.1-3", &[In(CONTENT, "/Length", "/FFilter/FlateDecode/Length")]),
            ("a:6.1.7.2-1", &[Add(MORE, "/Filter/LZWDecode", Some(b"\x80\x0b\x60\x50"))]),
            (
                "a:6.1.7.2-1",
                &[Add(MORE, "/Filter[/Crypt]/DecodeParms[<</Name/StdCF>>]", Some(b"x"))],
            ),
            ("", &[Add(MORE, "/Filter/Crypt/DecodeParms<</Name/Identity>>", Some(b"x"))]),
            ("a:6.1.9-1", &[In(2, "2 0 obj", "2  0 obj")]),
            ("a:6.1.9-1", &[In(2, "obj\n", "obj ")]),
            ("a:6.1.9-1", &[In(2, "\nendobj", " endobj")]),
            ("a:6.1.9-1", &[In(CONTENT, "endstream\nendobj", "endstream endobj")]),
            ("", &[In(2, "2 0 obj\n", "2\t0 obj\r")]),
        ],
    );
}

#[test]
fn limits_each_fault_is_found() {
    let nested: &'static str = Box::leak(("q ".repeat(29) + &"Q ".repeat(29)).into_boxed_str());
    let deep: &'static str = Box::leak(("q ".repeat(28) + &"Q ".repeat(28)).into_boxed_str());
    let string: &'static str = Box::leak(format!("({})", "a".repeat(32_768)).into_boxed_str());
    let inner: &'static str =
        Box::leak(format!("/Span<</A({})>>BDC EMC", "a".repeat(32_768)).into_boxed_str());
    let longest: &'static str = Box::leak(format!("({})", "a".repeat(32_767)).into_boxed_str());
    let name: &'static str = Box::leak(format!("/{}", "a".repeat(128)).into_boxed_str());
    each_breaks(
        Level::A2b,
        &[
            ("a:6.1.13-1", &[Add(MORE, "2147483648", None)]),
            ("", &[Add(MORE, "-2147483648", None)]),
            ("a:6.1.13-2", &[Add(MORE, "3404000000000000000000000000000000000000.0", None)]),
            ("a:6.1.13-5", &[Add(MORE, "0.00000000000000000000000000000000000001", None)]),
            ("a:6.1.13-3", &[Add(MORE, string, None)]),
            ("", &[Add(MORE, longest, None)]),
            ("a:6.1.13-4", &[Add(MORE, name, None)]),
            ("a:6.1.13-1", &[Content("/Span<</A[0 2147483648]>>BDC EMC")]),
            ("", &[Content("2147483648.0 0 m n")]),
            ("a:6.1.13-2", &[Content("3404000000000000000000000000000000000000.0 0 m n")]),
            ("a:6.1.13-3", &[Content(inner)]),
            ("a:6.1.13-5", &[Content(".00000000000000000000000000000000000001 0 m n")]),
            ("a:6.1.13-8", &[Content(nested)]),
            ("", &[Content(deep)]),
            ("a:6.1.13-11", &[In(PAGE, "200 200", "200 2")]),
            ("a:6.1.13-11", &[In(PAGE, "/Contents", "/CropBox[0 0 14401 9]/Contents")]),
        ],
    );
}

#[test]
fn metadata_each_fault_is_found() {
    each_breaks(
        Level::A2b,
        &[
            ("a:6.6.2.1-1", &[In(CATALOG, "/Metadata 4 0 R", "")]),
            ("a:6.6.2.1-2", &[Packet("id=", "bytes='9' id=")]),
            ("a:6.6.2.1-3", &[Packet("id=", "encoding='UTF-8' id=")]),
            ("a:6.6.2.3.1-1", &[Packet("<dc:creator>", "<dc:maker>x</dc:maker><dc:creator>")]),
            (
                "a:6.6.2.3.1-2",
                &[Packet("rdf:Seq><rdf:li", "rdf:Bag><rdf:li"), Packet("/rdf:Seq", "/rdf:Bag")],
            ),
            ("a:6.6.4-2", &[Packet(">2<", ">3<")]),
            ("a:6.6.4-3", &[Packet(">B<", ">C<")]),
            ("", &[Packet(">B<", ">U<")]),
            (
                "a:6.6.2.3.1-2",
                &[
                    Add(MORE, "<</Metadata 9 0 R>>", None),
                    Add(9, "/Type/Metadata/Subtype/XML", Some(OTHER)),
                ],
            ),
        ],
    );
    let malformed = broken(&[Packet("</x:xmpmeta>", "")], Level::A2b.set());
    assert!(malformed.contains(&"a:6.6.2.1-4"), "{malformed:?}");
}

/// Metadata of an object whose date is none.
const OTHER: &[u8] = b"<rdf:RDF xmlns:rdf='http://www.w3.org/1999/02/22-rdf-syntax-ns#'>\
<rdf:Description rdf:about='' xmlns:xmp='http://ns.adobe.com/xap/1.0/' \
xmp:CreateDate='yesterday'/></rdf:RDF>";

#[test]
fn colours_each_fault_is_found() {
    const ICC: Edit = resources("/ColorSpace<</C[/ICCBased 8 0 R]>>");
    const LAB: &str = "<</FunctionType 2/N 1/Domain[0 1]/C0[0 0 0]/C1[50 0 0]>>";
    let same: &'static str = Box::leak(
        format!(
            "/ColorSpace<</A[/Separation/Gold/DeviceRGB {LAB}]/B[/Separation/Gold/DeviceRGB {LAB}]>>"
        )
        .into_boxed_str(),
    );
    let other: &'static str = Box::leak(same.replacen("[50 0 0]", "[60 0 0]", 1).into_boxed_str());
    each_breaks(
        Level::A2b,
        &[
            ("a:6.2.3-1", &[In(PROFILE, "mntr", "scnr")]),
            (
                "a:6.2.3-3",
                &[
                    In(CATALOG, "[5 0 R]", "[5 0 R 8 0 R]"),
                    Add(MORE, "<</Type/OutputIntent/S/GTS_PDFX/DestOutputProfileRef<<>>>>", None),
                ],
            ),
            (
                "a:6.2.4.2-1",
                &[
                    ICC,
                    Add(MORE, "/N 3", Some(b"no profile")),
                    Content("/C cs 1 1 1 sc 0 0 9 9 re f"),
                ],
            ),
            // What is not painted is not used.
            ("", &[ICC, Add(MORE, "/N 3", Some(b"no profile")), Content("/C cs 1 1 1 sc")]),
            ("a:6.2.4.3-2", &[In(CATALOG, "/OutputIntents[5 0 R]", "")]),
            ("a:6.2.4.3-3", &[Content("0 0 0 1 k 0 0 9 9 re f")]),
            ("a:6.2.4.3-4", &[In(CATALOG, "/OutputIntents[5 0 R]", ""), Content("0 0 9 9 re f")]),
            (
                "",
                &[
                    In(CATALOG, "/OutputIntents[5 0 R]", ""),
                    resources("/ColorSpace<</DefaultGray[/CalGray<</WhitePoint[0.95 1 1.09]>>]>>"),
                    Content("0 0 9 9 re f"),
                ],
            ),
            (
                "a:6.2.4.4-1",
                &[
                    resources("/ColorSpace<</C[/DeviceN[/Gold/Cyan]/DeviceRGB<<>>]>>"),
                    Content("/C cs 1 1 scn 0 0 9 9 re f"),
                ],
            ),
            (
                "a:6.2.4.4-2",
                &[resources(other), Content("/A cs 1 scn 0 0 9 9 re f /B cs 0 0 9 9 re f")],
            ),
            ("", &[resources(same), Content("/A cs 1 scn 0 0 9 9 re f /B cs 0 0 9 9 re f")]),
        ],
    );
}

#[test]
fn graphics_each_fault_is_found() {
    const USED: Edit = Content("/G gs 0 0 9 9 re f");
    const IMAGE: Edit = Content("/I Do");
    const FORM: Edit = Content("/F Do");
    each_breaks(
        Level::A2b,
        &[
            ("a:6.1.10-1", &[Content("BI/W 1/H 1/BPC 8/CS/G/F/LZW ID x EI")]),
            ("a:6.2.2-1", &[Content("BX 1 XX EX")]),
            (
                "a:6.2.2-2",
                &[
                    resources("/ExtGState<</G<<>>>>/XObject<</F 8 0 R>>"),
                    FORM,
                    Add(MORE, "/Subtype/Form/BBox[0 0 9 9]", Some(b"/G gs")),
                ],
            ),
            ("a:6.2.5-1", &[resources("/ExtGState<</G<</TR/Identity>>>>"), USED]),
            ("a:6.2.5-2", &[resources("/ExtGState<</G<</TR2/Identity>>>>"), USED]),
            ("a:6.2.5-3", &[resources("/ExtGState<</G<</HTP[0 0]>>>>"), USED]),
            ("a:6.2.5-4", &[resources("/ExtGState<</G<</HT<</HalftoneType 6>>>>>>"), USED]),
            (
                "a:6.2.5-5",
                &[resources("/ExtGState<</G<</HT<</HalftoneType 1/HalftoneName(a)>>>>>>"), USED],
            ),
            (
                "a:6.2.5-6",
                &[
                    resources(
                        "/ExtGState<</G<</HT<</HalftoneType 1/TransferFunction/Identity>>>>>>",
                    ),
                    USED,
                ],
            ),
            ("a:6.2.6-1", &[Content("/Vivid ri")]),
            ("a:6.2.10-1", &[resources("/ExtGState<</G<</BM/Brighten>>>>"), USED]),
            (
                "a:6.2.10-2",
                &[
                    In(CATALOG, "/OutputIntents[5 0 R]", ""),
                    resources(
                        "/ExtGState<</G<</ca 0.5>>>>/ColorSpace<</DefaultGray[/CalGray<</WhitePoint[0.95 1 1.09]>>]>>",
                    ),
                    USED,
                ],
            ),
            (
                "a:6.2.8-1",
                &[
                    resources("/XObject<</I 8 0 R>>"),
                    IMAGE,
                    Add(
                        MORE,
                        "/Subtype/Image/Width 1/Height 1/BitsPerComponent 8/ColorSpace/DeviceRGB/Alternates[]",
                        Some(b"abc"),
                    ),
                ],
            ),
            (
                "a:6.2.8-3",
                &[
                    resources("/XObject<</I 8 0 R>>"),
                    IMAGE,
                    Add(
                        MORE,
                        "/Subtype/Image/Width 1/Height 1/BitsPerComponent 8/ColorSpace/DeviceRGB/Interpolate true",
                        Some(b"abc"),
                    ),
                ],
            ),
            (
                "a:6.2.8-4",
                &[
                    resources("/XObject<</I 8 0 R>>"),
                    IMAGE,
                    Add(
                        MORE,
                        "/Subtype/Image/Width 1/Height 1/BitsPerComponent 3/ColorSpace/DeviceRGB",
                        Some(b"abc"),
                    ),
                ],
            ),
            (
                "a:6.2.8-5",
                &[
                    resources("/XObject<</I 8 0 R>>"),
                    IMAGE,
                    Add(
                        MORE,
                        "/Subtype/Image/Width 1/Height 1/BitsPerComponent 8/ImageMask true",
                        Some(b"a"),
                    ),
                ],
            ),
            (
                "a:6.2.9-1",
                &[
                    resources("/XObject<</F 8 0 R>>"),
                    FORM,
                    Add(MORE, "/Subtype/Form/BBox[0 0 9 9]/Subtype2/PS", Some(b"")),
                ],
            ),
            (
                "a:6.2.9-2",
                &[
                    resources("/XObject<</F 8 0 R>>"),
                    FORM,
                    Add(MORE, "/Subtype/Form/BBox[0 0 9 9]/Ref<<>>", Some(b"")),
                ],
            ),
            (
                "a:6.2.9-3",
                &[
                    resources("/XObject<</F 8 0 R>>"),
                    FORM,
                    Add(MORE, "/Subtype/PS", Some(b"showpage")),
                ],
            ),
        ],
    );
}

#[test]
fn annotations_each_fault_is_found() {
    each_breaks(
        Level::A2b,
        &[
            (
                "",
                &[
                    ANNOTATED,
                    Add(8, "<</Subtype/Square/F 4/Rect[0 0 9 9]/AP<</N 9 0 R>>>>", None),
                    APPEARANCE,
                ],
            ),
            (
                "a:6.3.1-1",
                &[
                    ANNOTATED,
                    Add(8, "<</Subtype/Movie/F 4/Rect[0 0 9 9]/AP<</N 9 0 R>>>>", None),
                    APPEARANCE,
                ],
            ),
            (
                "a:6.3.2-1",
                &[
                    ANNOTATED,
                    Add(8, "<</Subtype/Square/Rect[0 0 9 9]/AP<</N 9 0 R>>>>", None),
                    APPEARANCE,
                ],
            ),
            (
                "a:6.3.2-2",
                &[
                    ANNOTATED,
                    Add(8, "<</Subtype/Square/F 6/Rect[0 0 9 9]/AP<</N 9 0 R>>>>", None),
                    APPEARANCE,
                ],
            ),
            ("a:6.3.3-1", &[ANNOTATED, Add(8, "<</Subtype/Square/F 4/Rect[0 0 9 9]>>", None)]),
            ("", &[ANNOTATED, Add(8, "<</Subtype/Square/F 4/Rect[9 9 9 9]>>", None)]),
            (
                "a:6.3.3-2",
                &[
                    ANNOTATED,
                    Add(8, "<</Subtype/Square/F 4/Rect[0 0 9 9]/AP<</N 9 0 R/D 9 0 R>>>>", None),
                    APPEARANCE,
                ],
            ),
            (
                "a:6.3.3-3",
                &[
                    ANNOTATED,
                    Add(8, "<</Subtype/Widget/FT/Btn/F 4/Rect[0 0 9 9]/AP<</N 9 0 R>>>>", None),
                    APPEARANCE,
                ],
            ),
            (
                "a:6.3.3-4",
                &[
                    ANNOTATED,
                    Add(8, "<</Subtype/Square/F 4/Rect[0 0 9 9]/AP<</N<</On 9 0 R>>>>>>", None),
                    APPEARANCE,
                ],
            ),
            (
                "a:6.4.1-1",
                &[
                    ANNOTATED,
                    Add(
                        8,
                        "<</Subtype/Widget/FT/Tx/F 4/Rect[0 0 9 9]/A<</S/GoTo/D[3 0 R/Fit]>>/AP<</N 9 0 R>>>>",
                        None,
                    ),
                    APPEARANCE,
                ],
            ),
            (
                "a:6.4.1-2",
                &[
                    In(CATALOG, "/Pages", "/AcroForm<</Fields[8 0 R]>>/Pages"),
                    Add(8, "<</FT/Tx/T(a)/AA<<>>>>", None),
                ],
            ),
            (
                "a:6.4.1-3",
                &[In(CATALOG, "/Pages", "/AcroForm<</Fields[]/NeedAppearances true>>/Pages")],
            ),
            ("a:6.4.2-1", &[In(CATALOG, "/Pages", "/AcroForm<</Fields[]/XFA[]>>/Pages")]),
            ("a:6.4.2-2", &[In(CATALOG, "/Pages", "/NeedsRendering true/Pages")]),
            (
                "a:6.5.1-1",
                &[In(
                    CATALOG,
                    "/Pages",
                    "/OpenAction<</S/GoTo/D[3 0 R/Fit]/Next[<</S/Launch>>]>>/Pages",
                )],
            ),
            ("a:6.5.1-2", &[In(CATALOG, "/Pages", "/OpenAction<</S/Named/N/Print>>/Pages")]),
            (
                "a:6.5.1-1",
                &[
                    In(CATALOG, "/Pages", "/Outlines<</First 8 0 R>>/Pages"),
                    Add(8, "<</Title(a)/Next 8 0 R/A<</S/JavaScript/JS(1)>>>>", None),
                ],
            ),
            ("a:6.5.2-1", &[In(CATALOG, "/Pages", "/AA<<>>/Pages")]),
            ("a:6.5.2-2", &[In(PAGE, "/Contents", "/AA<<>>/Contents")]),
        ],
    );
}

#[test]
fn catalog_each_fault_is_found() {
    each_breaks(
        Level::A2b,
        &[
            ("a:6.1.12-1", &[In(CATALOG, "/Pages", "/Perms<</UR<<>>>>/Pages")]),
            (
                "a:6.1.12-2",
                &[In(
                    CATALOG,
                    "/Pages",
                    "/Perms<</DocMDP<</Reference[<</DigestMethod/MD5>>]>>>>/Pages",
                )],
            ),
            (
                "a:6.4.3-1",
                &[In(
                    CATALOG,
                    "/Pages",
                    "/AcroForm<</Fields[<</FT/Sig/V<</ByteRange[0 9 20 9]>>>>]>>/Pages",
                )],
            ),
            (
                "a:6.9-1",
                &[In(CATALOG, "/Pages", "/OCProperties<</OCGs[8 0 R]/D<<>>>>/Pages"), LAYER],
            ),
            (
                "a:6.9-2",
                &[
                    In(
                        CATALOG,
                        "/Pages",
                        "/OCProperties<</OCGs[8 0 R]/D<</Name(a)>>/Configs[<</Name(a)>>]>>/Pages",
                    ),
                    LAYER,
                ],
            ),
            (
                "a:6.9-3",
                &[
                    In(
                        CATALOG,
                        "/Pages",
                        "/OCProperties<</OCGs[8 0 R]/D<</Name(a)/Order[]>>>>/Pages",
                    ),
                    LAYER,
                ],
            ),
            (
                "",
                &[
                    In(
                        CATALOG,
                        "/Pages",
                        "/OCProperties<</OCGs[8 0 R]/D<</Name(a)/Order[[(b)8 0 R]]>>>>/Pages",
                    ),
                    LAYER,
                ],
            ),
            (
                "a:6.9-4",
                &[
                    In(
                        CATALOG,
                        "/Pages",
                        "/OCProperties<</OCGs[8 0 R]/D<</Name(a)/AS[<</Event/View>>]>>>>/Pages",
                    ),
                    LAYER,
                ],
            ),
            ("a:6.10-1", &[In(CATALOG, "/Pages", "/Names<</AlternatePresentations<<>>>>/Pages")]),
            ("a:6.10-2", &[In(PAGE, "/Contents", "/PresSteps<<>>/Contents")]),
            ("a:6.11-1", &[In(CATALOG, "/Pages", "/Requirements[]/Pages")]),
        ],
    );
}

const LAYER: Edit = Add(8, "<</Type/OCG/Name(b)>>", None);

#[test]
fn attachments_each_fault_is_found() {
    const THIRD: Edit = Packet(">2<", ">3<");
    const LISTED: Edit = In(CATALOG, "/Pages", "/AF[8 0 R]/Pages");
    const SOUND: &str = "<</Type/Filespec/F(a)/UF(a)/AFRelationship/Data/EF<</F 9 0 R>>>>";
    const FILE: Edit = Add(9, "/Type/EmbeddedFile/Subtype/text#2Fcsv", Some(b"a,b"));
    each_breaks(
        Level::A3b,
        &[
            ("", &[THIRD, LISTED, Add(8, SOUND, None), FILE]),
            (
                "a:6.8-1",
                &[THIRD, LISTED, Add(8, SOUND, None), Add(9, "/Subtype/csv", Some(b"a,b"))],
            ),
            (
                "a:6.8-2",
                &[
                    THIRD,
                    LISTED,
                    Add(8, "<</Type/Filespec/F(a)/AFRelationship/Data/EF<</F 9 0 R>>>>", None),
                    FILE,
                ],
            ),
            (
                "a:6.8-3",
                &[
                    THIRD,
                    LISTED,
                    Add(8, "<</Type/Filespec/F(a)/UF(a)/EF<</F 9 0 R>>>>", None),
                    FILE,
                ],
            ),
            ("a:6.8-4", &[THIRD, Add(8, SOUND, None), FILE]),
            // The value of AF is a list, and private data are no part of the document.
            (
                "a:6.8-4",
                &[THIRD, In(CATALOG, "/Pages", "/AF 8 0 R/Pages"), Add(8, SOUND, None), FILE],
            ),
            (
                "a:6.8-4",
                &[
                    THIRD,
                    In(CATALOG, "/Pages", "/Private<</Type/Own/AF[8 0 R]>>/Pages"),
                    Add(8, SOUND, None),
                    FILE,
                ],
            ),
            ("", &[THIRD, In(PAGE, "/Contents", "/AF[8 0 R]/Contents"), Add(8, SOUND, None), FILE]),
        ],
    );
    each_breaks(Level::A2b, &[("a:6.8-5", &[Add(8, SOUND, None), FILE])]);
    let inner: &'static [u8] = Box::leak(file(&[]).into_boxed_slice());
    each_breaks(
        Level::A2b,
        &[("", &[Add(8, SOUND, None), Add(9, "/Subtype/application#2Fpdf", Some(inner))])],
    );
}
