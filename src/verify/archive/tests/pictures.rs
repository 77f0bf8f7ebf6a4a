//! Pictures: what stands in for them, and JPEG 2000.

use super::*;

/// The page shows the picture of these entries and data.
fn shown(entries: &'static str, data: &'static [u8]) -> [Edit; 3] {
    [resources("/XObject<</I 8 0 R>>"), Content("/I Do"), Add(MORE, entries, Some(data))]
}

/// The boxes of a JP2 file: so many channels of 8 bits each, and what tells their colours.
fn jp2(channels: u8, bits: u8, more: &[(&[u8; 4], &[u8])]) -> &'static [u8] {
    let boxed = |kind: &[u8; 4], content: &[u8]| {
        let length = u32::try_from(content.len() + 8).unwrap_or_default().to_be_bytes();
        [&length[..], kind, content].concat()
    };
    let mut header = boxed(b"ihdr", &[0, 0, 0, 1, 0, 0, 0, 1, 0, channels, bits, 7, 0, 0]);
    more.iter().for_each(|(kind, content)| header.extend(boxed(kind, content)));
    kept_bytes([boxed(b"jP  ", &[13, 10, 0x87, 10]), boxed(b"jp2h", &header)].concat())
}

#[test]
fn pictures_do_not_name_others() {
    let opi = "/Subtype/Image/Width 1/Height 1/BitsPerComponent 8/ColorSpace/DeviceRGB/OPI<<>>";
    each_breaks(Level::A2b, &[("a:6.2.8-2", &shown(opi, b"abc"))]);
}

#[test]
fn jpeg_2000_each_fault_is_found() {
    const ENTRIES: &str = "/Subtype/Image/Width 1/Height 1/Filter/JPXDecode";
    const SRGB: (&[u8; 4], &[u8]) = (b"colr", &[1, 0, 1, 0, 0, 0, 16]);
    const ROUGH: (&[u8; 4], &[u8]) = (b"colr", &[1, 0, 2, 0, 0, 0, 17]);
    const OWN: (&[u8; 4], &[u8]) = (b"colr", &[5, 0, 1]);
    const JAB: (&[u8; 4], &[u8]) = (b"colr", &[1, 0, 1, 0, 0, 0, 19]);
    each_breaks(
        Level::A2b,
        &[
            ("", &shown(ENTRIES, jp2(3, 7, &[SRGB]))),
            ("", &shown(ENTRIES, jp2(3, 7, &[ROUGH, SRGB]))),
            ("a:6.2.8.3-1", &shown(ENTRIES, jp2(2, 7, &[SRGB]))),
            ("a:6.2.8.3-1", &shown(ENTRIES, b"no picture")),
            ("a:6.2.8.3-2", &shown(ENTRIES, jp2(3, 7, &[SRGB, SRGB]))),
            ("a:6.2.8.3-3", &shown(ENTRIES, jp2(3, 7, &[OWN]))),
            ("a:6.2.8.3-4", &shown(ENTRIES, jp2(3, 7, &[JAB]))),
            ("a:6.2.8.3-5", &shown(ENTRIES, jp2(3, 255, &[SRGB, (b"bpcc", &[7, 7, 3])]))),
            ("a:6.2.8.3-5", &shown(ENTRIES, jp2(3, 38, &[SRGB]))),
        ],
    );
}
