//! The clauses in their order, but for metadata.

use super::*;

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
            ("a:6.1.13-11", &[In(PAGE, "200 200", "200")]),
            ("a:6.1.13-11", &[In(PAGE, "/Contents", "/CropBox[0 0 14401 9]/Contents")]),
        ],
    );
}

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
        ],
    );
}

#[test]
fn images_and_blending_each_fault_is_found() {
    const USED: Edit = Content("/G gs 0 0 9 9 re f");
    const IMAGE: Edit = Content("/I Do");
    each_breaks(
        Level::A2b,
        &[
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
        ],
    );
}

#[test]
fn forms_each_fault_is_found() {
    const FORM: Edit = Content("/F Do");
    each_breaks(
        Level::A2b,
        &[
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
        ],
    );
}

#[test]
fn forms_and_actions_each_fault_is_found() {
    each_breaks(
        Level::A2b,
        &[
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
