//! The rules of PDF/UA-1 and of the structure by PDF/A-2a, one by one.

use super::paper::{Paper, paper};
use crate::verify::level::Level;
use crate::verify::verify;

/// Papers and what each breaks of PDF/UA-1.
#[track_caller]
fn each(papers: impl IntoIterator<Item = (Paper, &'static [&'static str])>) {
    for (at, (paper, rules)) in papers.into_iter().enumerate() {
        assert_eq!(paper.broken(), rules, "paper {at} of the list");
    }
}

/// Structures and what each breaks of PDF/UA-1.
#[track_caller]
fn outlines(outlines: &[(&str, &[&str])]) {
    for (outline, rules) in outlines {
        assert_eq!(paper(outline).broken(), *rules, "{outline}");
    }
}

#[test]
fn sound_paper_breaks_nothing() {
    let sound = "Document(H1 P L[/A<</O/List>>](LI(Lbl LBody)) Figure[/Alt(A seal)] Note[/ID(n)])";
    outlines(&[(sound, &[])]);
    assert!(paper(sound).broken_for_archive().is_empty());
}

#[test]
fn file_declares_what_it_is() {
    let sound = || paper("Document(H1 P)");
    each([
        (sound().with("/Marked true", "/Marked false"), &["ua1:6.2-1"][..]),
        (sound().with("/Marked true", "/Marked true/Suspects true"), &["ua1:7.1-4"]),
        (sound().with("/Marked true", "/Marked true/Suspects false"), &[]),
        (sound().with("/DisplayDocTitle true", "/DisplayDocTitle false"), &["ua1:7.1-10"]),
        (sound().with("/StructTreeRoot 30", "/Struct 30"), &["ua1:7.1-11", "ua1:7.1-3"]),
        (sound().with("/Type/StructTreeRoot", ""), &["ua1:7.1-11"]),
    ]);
    assert_eq!(sound().with("/MarkInfo", "/Mark").broken_for_archive(), ["a:6.7.2.2-1"]);
    assert_eq!(
        sound().with("/StructTreeRoot 30", "/Struct 30").broken_for_archive(),
        ["a:6.7.3.3-1"]
    );
}

#[test]
fn structure_types_are_standard_or_mapped() {
    let mapped = |map: &str| {
        paper("Document(H1 Para P)").with("/ParentTree", &format!("/RoleMap<<{map}>>/ParentTree"))
    };
    each([
        (mapped(""), &["ua1:7.1-5"][..]),
        (mapped("/Para/Text/Text/P"), &[]),
        (mapped("/Para/Text"), &["ua1:7.1-5"]),
        (mapped("/Para/Text/Text/Para"), &["ua1:7.1-6"]),
        (mapped("/Para/P/A/B/B/A"), &[]),
        (mapped("/Para/P/P/Span"), &["ua1:7.1-7"]),
        (mapped("/Para/P/P/P"), &["ua1:7.1-6"]),
    ]);
    assert_eq!(mapped("").broken_for_archive(), ["a:6.7.3.4-1"]);
    assert_eq!(mapped("/Para/Text/Text/Para").broken_for_archive(), ["a:6.7.3.4-2"]);
    assert_eq!(mapped("/Para/P/P/Text").broken_for_archive(), ["a:6.7.3.4-3"]);
    assert!(mapped("/Para/P/P/Span").broken_for_archive().is_empty());
}

#[test]
fn elements_name_their_parents() {
    let sound = || paper("Document(H1 Sect(P))");
    each([
        (sound().with("/S/P/P 33 0 R", "/S/P"), &["ua1:7.1-12", "ua1:7.1-3"][..]),
        (sound().with("/S/P/P 33 0 R", "/S/P/P 32 0 R"), &["ua1:7.1-12"]),
        (sound().with("/K [34 0 R]", "/K [34 0 R 34 0 R]"), &["ua1:7.1-12"]),
    ]);
}

#[test]
fn content_is_tagged_or_an_artifact() {
    let painting = |operators: &str| paper("Document(H1 P)").painting(operators);
    let square = "0 0 9 9 re f";
    each([
        (painting(square), &["ua1:7.1-3"][..]),
        (painting("0 0 9 9 re W n"), &[]),
        (painting("/P BMC 0 0 9 9 re f EMC"), &["ua1:7.1-3"]),
        (painting("/P <</MCID 9>> BDC 0 0 9 9 re f EMC"), &["ua1:7.1-3"]),
        (painting("/P /Lost BDC 0 0 9 9 re f EMC"), &["ua1:7.1-3"]),
        (painting("/Artifact BMC /Span BMC 0 0 9 9 re f EMC EMC"), &[]),
        (painting("/P <</MCID 1>> BDC /Artifact BMC EMC EMC"), &["ua1:7.1-1"]),
        (painting("/Artifact BMC /P <</MCID 1>> BDC EMC EMC"), &["ua1:7.1-2"]),
        (painting("/Span BMC /Artifact BMC 0 0 9 9 re f EMC EMC"), &[]),
        (painting("/P <</MCID 1>> BDC"), &["ua1:7.1-1", "ua1:7.1-3"]),
        (paper("Document(H1 P)").with("/StructParents 0", ""), &["ua1:7.1-3"]),
    ]);
}

#[test]
fn content_and_tree_agree() {
    let sound = || paper("Document(H1 P)");
    each([
        (sound().with("0 [32 0 R 33 0 R]", "0 [33 0 R 32 0 R]"), &["ua1:7.1-50"][..]),
        (sound().with("/Pg 3 0 R/K 1", "/Pg 3 0 R"), &["ua1:7.1-50"]),
        (sound().with("/Pg 3 0 R/K 1", "/K 1"), &[]),
        (sound().with("/Pg 3 0 R/K 1", "/K<</Type/MCR/Pg 3 0 R/MCID 1>>"), &[]),
    ]);
}

#[test]
fn forms_are_tagged_once() {
    let painting = |entries: &str, data: &str, operators: &str| {
        paper("Document(H1 P)")
            .with("/Resources<<", "/Resources<</XObject<</X 20 0 R>>")
            .stream(20, &format!("/Type/XObject/Subtype/Form/BBox[0 0 9 9]{entries}"), data)
            .painting(operators)
    };
    let square = "0 0 9 9 re f";
    let own = || {
        painting("/StructParents 9", "/P <</MCID 0>> BDC 0 0 9 9 re f EMC", "/X Do")
            .with("]>>>>", " 9 [33 0 R]]>>>>")
            .with("/Pg 3 0 R/K 1", "/Pg 3 0 R/K[1<</Type/MCR/Stm 20 0 R/MCID 0>>]")
    };
    each([
        (painting("", square, "/X Do"), &["ua1:7.1-3"][..]),
        (painting("", square, "/Artifact BMC /X Do /X Do EMC"), &[]),
        (painting("", square, "/P <</MCID 1>> BDC /X Do /X Do EMC"), &[]),
        (painting("/Ref<<>>", square, "/Artifact BMC /X Do EMC"), &["ua1:7.20-1"]),
        (own(), &[]),
        (own().painting("/X Do"), &["ua1:7.20-2"]),
    ]);
}

#[test]
fn language_of_all_that_is_read_is_told() {
    let silent =
        |outline: &str| paper(outline).with("/Lang(en)/Mark", "/Mark").with("x-def", "def");
    each([
        (paper("Document(H1 P)").with("/Lang(en)/Mark", "/Lang(en_GB)/Mark"), &["ua1:7.2-29"][..]),
        (paper("Document(H1 P[/Lang(french)])"), &[]),
        (paper("Document(H1 P[/Lang(in French)])"), &["ua1:7.2-29"]),
        (paper("Document(H1 P)").painting("/Span <</Lang(e n)>> BDC EMC"), &["ua1:7.2-29"]),
        (silent("Document[/Lang(en)](H1 P[/Alt(a)/ActualText(b)/E(c)])"), &[]),
        (silent("Document(H1 P[/Lang(en)])"), &["ua1:7.2-34"]),
        (
            silent(
                "Document(H1[/Lang(en)] P[/Lang(en)] Div[/Alt(a)/ActualText(b)/E(c)](P[/Lang(en)]))",
            ),
            &["ua1:7.2-21", "ua1:7.2-22", "ua1:7.2-23"],
        ),
        (
            silent("Document[/Lang(en)](H1)")
                .painting("/Span <</ActualText(a)/Alt(b)/E(c)>> BDC EMC"),
            &["ua1:7.2-30", "ua1:7.2-31", "ua1:7.2-32"],
        ),
        (silent("Document[/Lang(en)](H1)").painting("/Span <</Alt(b)/Lang(en)>> BDC EMC"), &[]),
        (
            silent("Document[/Lang(en)](H1)")
                .with("/Mark", "/Outlines<</First 20 0 R>>/Mark")
                .object(20, "<</Title(One)>>"),
            &["ua1:7.2-2"],
        ),
        (silent("Document[/Lang(en)](H1)").with("default", "x-default"), &["ua1:7.2-33"]),
        (silent("Document[/Lang(en)](H1)").with("\"default\"", "'x-default'"), &["ua1:7.2-33"]),
        (
            silent("Document[/Lang(en)](H1 Link(@6))").annotated("/Subtype/Link/Contents(Site)"),
            &["ua1:7.2-24"],
        ),
        (
            silent("Document[/Lang(en)](H1 Link[/Lang(en)](@6))")
                .annotated("/Subtype/Link/Contents(Site)"),
            &[],
        ),
        (
            silent("Document[/Lang(en)](H1 Form(@6))")
                .annotated("/Subtype/Widget/T(a)/TU(Name)")
                .with("/Mark", "/AcroForm<</Fields[6 0 R]>>/Mark"),
            &["ua1:7.2-25"],
        ),
    ]);
    let empty = paper("Document(H1 P)").with("/Lang(en)/Mark", "/Lang()/Mark");
    assert_eq!(empty.broken(), ["ua1:7.2-29"]);
    assert!(empty.broken_for_archive().is_empty());
    let odd = paper("Document(H1 P)").with("/Lang(en)/Mark", "/Lang(en_GB)/Mark");
    assert_eq!(odd.broken_for_archive(), ["a:6.7.4-1"]);
}

#[test]
fn headings_go_down_level_by_level() {
    outlines(&[
        ("Document(H1 H2 H3 H1 H2)", &[]),
        ("Document(H2)", &["ua1:7.4.2-1"]),
        ("Document(H1 Sect(H3))", &["ua1:7.4.2-1"]),
        ("Document(Sect(H) Sect(H Sect(H)))", &[]),
        ("Document(Sect(H Div(H)))", &["ua1:7.4.4-1"]),
        ("Document(H1 Sect(H))", &["ua1:7.4.4-2", "ua1:7.4.4-3"]),
    ]);
}

#[test]
fn figures_formulas_and_notes_can_be_read() {
    outlines(&[
        ("Document(Figure)", &["ua1:7.3-1"]),
        ("Document(Figure[/Alt()])", &["ua1:7.3-1"]),
        ("Document(Figure[/ActualText()])", &[]),
        ("Document(Formula)", &["ua1:7.7-1"]),
        ("Document(Formula[/Alt(a)])", &[]),
        ("Document(Note)", &["ua1:7.9-1"]),
        ("Document(Note[/ID()])", &["ua1:7.9-1"]),
        ("Document(Note[/ID(a)] Note[/ID(b)])", &[]),
        ("Document(Note[/ID(a)] Note[/ID(a)])", &["ua1:7.9-2"]),
    ]);
}

#[test]
fn tables_are_made_of_rows_and_cells() {
    outlines(&[
        ("Document(Table(TR(TD)))", &[]),
        ("Document(Table(Div(TR(NonStruct(TD)))))", &[]),
        ("Document(Table(Caption THead(TR(TD)) TBody(TR(TD)) TFoot(TR(TD))))", &[]),
        ("Document(Table(P TR(TD)))", &["ua1:7.2-3"]),
        ("Document(Table(Sect(TR(TD))))", &["ua1:7.2-3", "ua1:7.2-4"]),
        ("Document(TR(TD))", &["ua1:7.2-4"]),
        ("Document(THead(TR(TD)))", &["ua1:7.2-5"]),
        ("Document(TBody(TR(TD)))", &["ua1:7.2-6"]),
        ("Document(TFoot(TR(TD)))", &["ua1:7.2-7"]),
        ("Document(TH)", &["ua1:7.2-8"]),
        ("Document(TD)", &["ua1:7.2-9"]),
        ("Document(Table(TR(TD P)))", &["ua1:7.2-10"]),
        ("Document(Table(THead(TR(TD)) THead(TR(TD)) TBody(TR(TD))))", &["ua1:7.2-11"]),
        ("Document(Table(TBody(TR(TD)) TFoot(TR(TD)) TFoot(TR(TD))))", &["ua1:7.2-12"]),
        ("Document(Table(TR(TD) TFoot(TR(TD))))", &["ua1:7.2-13"]),
        ("Document(Table(THead(TR(TD)) TR(TD)))", &["ua1:7.2-14"]),
        ("Document(Table(TR(TD) Caption))", &[]),
        ("Document(Table(TR(TD) Caption TR(TD)))", &["ua1:7.2-16"]),
        ("Document(Table(Caption TR(TD) Caption))", &["ua1:7.2-39"]),
        ("Document(Table(THead(P TR(TD)) TBody(TR(TD))))", &["ua1:7.2-36"]),
        ("Document(Table(TBody(P TR(TD))))", &["ua1:7.2-37"]),
        ("Document(Table(TBody(TR(TD)) TFoot(P TR(TD))))", &["ua1:7.2-38"]),
    ]);
}

#[test]
fn rows_of_a_table_are_as_wide_as_the_first() {
    let spans = |outline: &str| {
        let spans = [("2x1", "/ColSpan 2"), ("1x2", "/RowSpan 2"), ("0x1", "/ColSpan 0")];
        spans.iter().fold(outline.to_owned(), |outline, (short, long)| {
            outline.replace(short, &format!("[/A<</O/Table{long}>>]"))
        })
    };
    for (outline, rules) in [
        ("Document(Table(TR(TD TD) TR(TD TD)))", &[][..]),
        ("Document(Table(TR(TD2x1) TR(TD1x2 TD) TR(TD)))", &[]),
        ("Document(Table(TR(TD TD) TR(TD)))", &["ua1:7.2-43"]),
        ("Document(Table(TR(TD TD) TR()))", &["ua1:7.2-43"]),
        ("Document(Table(TR(TD TD) TR(TD1x2 TD)))", &["ua1:7.2-43"]),
        ("Document(Table(TR(TD TD) TR(TD1x2 TD1x2)))", &[]),
        ("Document(Table(TR(TD TD) TR(TD TD TD)))", &["ua1:7.2-42"]),
        ("Document(Table(TR(TD) TR(TD2x1)))", &["ua1:7.2-42"]),
        ("Document(Table(TR(TD0x1 TD)))", &["ua1:7.2-42"]),
        ("Document(Table(TR(TD TD) TR(TD TD1x2)))", &["ua1:7.2-41"]),
        ("Document(Table(TR(TD TD TD1x2) TR(TD TD2x1)))", &["ua1:7.2-15"]),
    ] {
        assert_eq!(paper(&spans(outline)).broken(), rules, "{outline}");
    }
}

#[test]
fn headers_of_each_cell_can_be_found() {
    outlines(&[
        ("Document(Table(TR(TH[/A<</O/Table/Scope/Column>>]) TR(TD)))", &[]),
        ("Document(Table(TR(TH[/A{<</O/Layout>><</O/Table/Scope/Row>>}]) TR(TD)))", &[]),
        ("Document(Table(TR(TH) TR(TD)))", &["ua1:7.5-1"]),
        ("Document(Table(TR(TH[/A<</O/Table/Scope/Nowhere>>]) TR(TD)))", &["ua1:7.5-1"]),
        ("Document(Table(TR(TD TH[/ID(a)]) TR(TH TD[/A<</O/Table/Headers{(a)}>>])))", &[]),
        ("Document(Table(TR(TH[/ID(a)]) TR(TD[/A<</O/Table/Headers{(b)}>>])))", &["ua1:7.5-2"]),
    ]);
    let classed = paper("Document(Table(TR(TH[/C/head]) TR(TD)))")
        .with("/ParentTree", "/ClassMap<</head<</O/Table/Scope/Column>>>>/ParentTree");
    assert!(classed.broken().is_empty());
}

#[test]
fn lists_are_made_of_items() {
    outlines(&[
        ("Document(L(Caption LI(Lbl LBody) L(LI(LBody))))", &[]),
        ("Document(LI(LBody))", &["ua1:7.2-17"]),
        ("Document(LBody)", &["ua1:7.2-18"]),
        ("Document(Lbl)", &[]),
        ("Document(L(P LI(LBody)))", &["ua1:7.2-19"]),
        ("Document(L(LI(P)))", &["ua1:7.2-20"]),
        ("Document(L(LI(LBody) Caption))", &["ua1:7.2-40"]),
        ("Document(TOC(Caption TOCI(P) TOC(TOCI(P))))", &[]),
        ("Document(TOCI(P))", &["ua1:7.2-26"]),
        ("Document(TOC(P))", &["ua1:7.2-27"]),
        ("Document(TOC(TOCI(P) Caption))", &["ua1:7.2-28"]),
    ]);
}

#[test]
fn annotations_stand_where_they_belong() {
    let with = |outline: &str, entries: &str| paper(outline).annotated(entries);
    let link = "/Subtype/Link/Contents(The site)";
    each([
        (with("Document(H1 Link(P @6))", link), &[][..]),
        (with("Document(H1 Link(P @6))", link).with("/Tabs/S", ""), &["ua1:7.18.3-1"]),
        (with("Document(H1 Span(P @6))", link), &["ua1:7.18.5-1"]),
        (with("Document(H1 Span(P @6))", "/Subtype/Link/F 2"), &[]),
        (with("Document(H1 Span(P @6))", "/Subtype/Link/Rect[200 0 220 20]"), &[]),
        (with("Document(H1 Link[/Alt(a)](P @6))", "/Subtype/Link"), &["ua1:7.18.5-2"]),
        (with("Document(H1 Link(P @6))", "/Subtype/Link"), &["ua1:7.18.1-2", "ua1:7.18.5-2"]),
        (with("Document(H1 Link(P @6))", link).with("/Obj 6", "/Obj 3"), &["ua1:7.18.1-50"]),
        (with("Document(H1 Annot(@6))", "/Subtype/Text/Contents(Note)"), &[]),
        (with("Document(H1 Annot[/Alt(a)](@6))", "/Subtype/Text"), &[]),
        (with("Document(H1 Annot(@6))", "/Subtype/Text"), &["ua1:7.18.1-2"]),
        (with("Document(H1 P(@6))", "/Subtype/Text/Contents(Note)"), &["ua1:7.18.1-1"]),
        (with("Document(H1 Annot(@6))", "/Subtype/TrapNet/Contents(a)"), &["ua1:7.18.2-1"]),
        (with("Document(H1 Annot(@6))", "/Subtype/PrinterMark/Contents(a)"), &["ua1:7.18.8-1"]),
    ]);
}

#[test]
fn fields_stand_in_forms_and_say_what_they_are() {
    let with = |outline: &str, entries: &str| paper(outline).annotated(entries);
    let field = "/Subtype/Widget/FT/Tx/T(name)/TU(Name)";
    each([
        (with("Document(H1 Form(@6))", field), &[][..]),
        (with("Document(H1 P(@6))", field), &["ua1:7.18.4-1"]),
        (with("Document(H1 Form(@6))", "/Subtype/Widget/T(a)"), &["ua1:7.18.1-3"]),
        (with("Document(H1 Form[/Alt(a)](@6))", "/Subtype/Widget/T(a)"), &[]),
        (with("Document(H1 Form(@6))", "/Subtype/Widget"), &[]),
        (
            with("Document(H1 Form(@6))", "/Subtype/Widget/Parent 20 0 R")
                .object(20, "<</T(a)/TU(Name)/Kids[6 0 R]>>"),
            &[],
        ),
        (with("Document(H1 Form(P @6))", field), &["ua1:7.18.4-2"]),
        (with("Document(H1 Form[/A<</O/PrintField/Role/tv>>](P @6))", field), &[]),
        (
            paper("Document(H1)").with("/Mark", "/AcroForm<</XFA 20 0 R>>/Mark").stream(
                20,
                "",
                "<dynamicRender>required</dynamicRender>",
            ),
            &["ua1:7.15-1"],
        ),
    ]);
}

#[test]
fn media_clips_have_a_type_and_a_text() {
    let clip = |entries: &str| {
        paper("Document(H1 Annot(@6))").annotated(&format!(
            "/Subtype/Screen/Contents(Film)/A<</S/Rendition/R<</S/MR/C<</S/MCD{entries}>>>>>>"
        ))
    };
    each([
        (clip("/CT(video/mp4)/Alt[(en)(A hearing)]"), &[][..]),
        (clip("/Alt[(en)(A hearing)]"), &["ua1:7.18.6.2-1"]),
        (clip("/CT(video/mp4)"), &["ua1:7.18.6.2-2"]),
        (clip("/CT(video/mp4)/Alt[(en)()]"), &["ua1:7.18.6.2-2"]),
        (clip("/CT(video/mp4)/Alt[(en)]"), &["ua1:7.18.6.2-2"]),
    ]);
}

#[test]
fn layers_and_embedded_files_have_names() {
    let layers = |entries: &str| {
        paper("Document(H1)").with("/Mark", &format!("/OCProperties<</OCGs[]{entries}>>/Mark"))
    };
    let file = |entries: &str| {
        paper("Document(H1)")
            .with("/Mark", &format!("/AF[<</Type/Filespec/EF<</F 20 0 R>>{entries}>>]/Mark"))
            .stream(20, "/Type/EmbeddedFile", "name;post")
    };
    each([
        (layers("/D<</Name(All)>>"), &[][..]),
        (layers("/D<</Name()>>"), &["ua1:7.10-1"]),
        (layers("/D<</Name(All)>>/Configs[<<>>]"), &["ua1:7.10-1"]),
        (layers("/D<</Name(All)/AS[]>>"), &["ua1:7.10-2"]),
        (file("/F(a.csv)/UF(a.csv)"), &[]),
        (file("/F(a.csv)"), &["ua1:7.11-1"]),
        (file("/F(a.csv)/UF()"), &["ua1:7.11-1"]),
    ]);
}

#[test]
fn circles_and_deep_trees_end() {
    let circle = paper("Document(H1 Sect(P))").with("/K [34 0 R]", "/K [34 0 R 31 0 R 33 0 R]");
    assert_eq!(circle.broken(), ["ua1:7.1-12"]);
    let mut deep = "Div(".repeat(150);
    deep.push('P');
    deep.push_str(&")".repeat(150));
    assert!(paper(&deep).broken().is_empty());
}

#[test]
fn file_says_which_standard_it_keeps() {
    let sound = || paper("Document(H1 P)");
    let part = "<pdfuaid:part>1</pdfuaid:part>";
    let own = "xmlns:u='http://www.aiim.org/pdfua/ns/id/'";
    let other = |name: &str| format!("{part}<u:{name} {own}>1</u:{name}>");
    each([
        (sound().with(part, ""), &["ua1:5-1"][..]),
        (sound().with(part, "<pdfuaid:part>2</pdfuaid:part>"), &["ua1:5-2"]),
        (sound().with(part, &other("amd")), &["ua1:5-4"]),
        (sound().with(part, &other("corr")), &["ua1:5-5"]),
        (sound().with("/Type/Metadata", ""), &["ua1:7.1-8"]),
        (sound().headed("%PDF-1.4\r"), &[]),
        (sound().headed("%PDF-2.0\n"), &["ua1:6.1-1"]),
        (sound().headed("%PDF-1.7 \n"), &["ua1:6.1-1"]),
        (sound().headed("\0%PDF-1.7\n"), &["ua1:6.1-1"]),
    ]);
}

#[test]
fn file_that_is_locked_may_be_read_aloud() {
    let rules = |file: &[u8], level: Level| {
        let report = verify(file.to_vec(), level.set()).map_err(|why| why.to_string());
        let counts = report.map(|report| report.counts).unwrap_or_default();
        counts.into_iter().map(|(rule, _)| rule).collect::<Vec<_>>()
    };
    let (open, shut) = (include_bytes!("readable.pdf"), include_bytes!("unreadable.pdf"));
    assert!(!rules(open, Level::Ua1).contains(&"ua1:7.16-1"));
    assert!(rules(shut, Level::Ua1).contains(&"ua1:7.16-1"));
    assert!(rules(open, Level::A2b).contains(&"a:6.1.3-2"));
}
