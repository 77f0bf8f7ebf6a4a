//! Rules that need more than one change to be broken.

use super::*;

#[test]
fn names_are_utf8() {
    const ROLES: &str = "/StructTreeRoot<</Type/StructTreeRoot/RoleMap<</A#FF/P>>>>/Pages";
    each_breaks(Level::A2b, &[("a:6.1.8-1", &[In(CATALOG, "/Pages", ROLES)])]);
}

#[test]
fn colourants_are_32_at_most() {
    let space = |count: usize| {
        let names = "/None".repeat(count);
        resources(kept(format!("/ColorSpace<</C[/DeviceN[{names}]/DeviceRGB<<>>]>>")))
    };
    let painted =
        |count: usize| Content(kept(format!("/C cs {}scn 0 0 9 9 re f", "0 ".repeat(count))));
    each_breaks(
        Level::A2b,
        &[("a:6.1.13-9", &[space(33), painted(33)]), ("", &[space(32), painted(32)])],
    );
}

#[test]
fn output_intents_share_their_profile() {
    let two = In(CATALOG, "[5 0 R]", "[5 0 R 8 0 R]");
    let other = Add(MORE, "<</Type/OutputIntent/S/GTS_PDFA1/DestOutputProfile 9 0 R>>", None);
    let same = Add(MORE, "<</Type/OutputIntent/S/GTS_PDFA1/DestOutputProfile 7 0 R>>", None);
    let profile = Add(9, "/N 3", Some(kept_bytes(profile())));
    each_breaks(Level::A2b, &[("a:6.2.3-2", &[two, other, profile]), ("", &[two, same, profile])]);
}

#[test]
fn process_colours_of_a_profile_do_not_overprint_by_opm_1() {
    let mut printer = profile();
    printer.splice(12..20, *b"prtrCMYK");
    let printer = Add(MORE, "/N 4", Some(kept_bytes(printer)));
    let painted = Content("/G gs /C cs 0 0 0 1 scn 0 0 9 9 re f");
    let state = |entries: &str| {
        resources(kept(format!("/ColorSpace<</C[/ICCBased 8 0 R]>>/ExtGState<</G<<{entries}>>>>")))
    };
    each_breaks(
        Level::A2b,
        &[
            ("a:6.2.4.2-2", &[state("/op true/OPM 1"), printer, painted]),
            ("", &[state("/op true/OPM 0"), printer, painted]),
            ("", &[state("/op false/OPM 1"), printer, painted]),
        ],
    );
}

/// A signature whose contents are these bytes. It does not cover its file.
fn signed(contents: &[u8]) -> Vec<&'static str> {
    let digits: String = contents.iter().map(|byte| format!("{byte:02x}")).collect();
    let form = format!("/AcroForm<</Fields[<</FT/Sig/V<</Contents<{digits}>>>>>]>>/Pages");
    broken(&[In(CATALOG, "/Pages", kept(form))], Level::A2b.set())
}

#[test]
fn signatures_hold_one_signer_and_a_certificate() {
    let der = |tag: u8, content: &[u8]| {
        [&[tag, u8::try_from(content.len()).unwrap_or_default()][..], content].concat()
    };
    let sequence = der(0x30, &[]);
    let object = |certificate: &[u8], signers: usize| {
        let data = [
            der(2, &[1]),
            der(0x31, &[]),
            sequence.clone(),
            certificate.to_vec(),
            der(0x31, &sequence.repeat(signers)),
        ];
        let content = der(0xa0, &der(0x30, &data.concat()));
        der(0x30, &[der(6, &[42]), content].concat())
    };
    let certificate = der(0xa0, &sequence);
    assert_eq!(signed(&object(&certificate, 1)), ["a:6.4.3-1"]);
    assert_eq!(signed(&object(&[], 1)), ["a:6.4.3-1", "a:6.4.3-2"]);
    assert_eq!(signed(&object(&certificate, 2)), ["a:6.4.3-1", "a:6.4.3-3"]);
    assert_eq!(signed(b"no such object"), ["a:6.4.3-1", "a:6.4.3-2"]);
}

#[test]
fn cmaps_select_no_character_above_65535() {
    let font = "/Font<</F<</Type/Font/Subtype/Type0/BaseFont/Tiny/Encoding 8 0 R\
        /DescendantFonts[<</Type/Font/Subtype/CIDFontType0/BaseFont/Tiny/CIDSystemInfo\
        <</Registry(Own)/Ordering(Own)/Supplement 0>>>>]>>>>";
    let cmap = |cid: u32| {
        let text = format!(
            "begincmap 1 begincodespacerange <0000> <FFFF> endcodespacerange \
             1 begincidchar <0001> {cid} endcidchar endcmap"
        );
        let entries = "/Type/CMap/CMapName/Own/CIDSystemInfo\
            <</Registry(Own)/Ordering(Own)/Supplement 0>>";
        Add(MORE, entries, Some(kept_bytes(text.into_bytes())))
    };
    // Invisible text needs no font program.
    let text = Content("BT 3 Tr /F 9 Tf <0001> Tj ET");
    each_breaks(
        Level::A2b,
        &[
            ("a:6.1.13-10", &[resources(font), cmap(65_536), text]),
            ("", &[resources(font), cmap(65_535), text]),
        ],
    );
}
