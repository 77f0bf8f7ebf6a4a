//! Metadata: packets, properties, what the file says that it is, extension schemas.

use super::*;

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
    for malformed in [
        Packet("</x:xmpmeta>", ""),
        Packet("<?xpacket end=", "<?xpacketend="),
        Packet("<rdf:Seq>", "<rdf:Seq> and "),
        Packet("<pdfaid:part>", "and <pdfaid:part>"),
        Packet("<rdf:Description", "and <rdf:Description"),
    ] {
        let found = broken(&[malformed], Level::A2b.set());
        assert!(found.contains(&"a:6.6.2.1-4"), "{found:?}");
    }
}

/// Metadata of an object whose date is none.
const OTHER: &[u8] = b"<rdf:RDF xmlns:rdf='http://www.w3.org/1999/02/22-rdf-syntax-ns#'>\
<rdf:Description rdf:about='' xmlns:xmp='http://ns.adobe.com/xap/1.0/' \
xmp:CreateDate='yesterday'/></rdf:RDF>";

#[test]
fn claims_are_written_with_their_prefixes() {
    let other = |name: &str, value: &str| {
        kept(format!("<x:{name} xmlns:x='http://www.aiim.org/pdfa/ns/id/'>{value}</x:{name}>"))
    };
    let added = |name: &str| kept(format!("{}<dc:creator>", other(name, "2005")));
    let all = "<pdfaid:part>2</pdfaid:part><pdfaid:conformance>B</pdfaid:conformance>";
    each_breaks(
        Level::A2b,
        &[
            ("a:6.6.4-1", &[Packet(all, "")]),
            ("a:6.6.4-4", &[Packet("<pdfaid:part>2</pdfaid:part>", other("part", "2"))]),
            (
                "a:6.6.4-5",
                &[Packet("<pdfaid:conformance>B</pdfaid:conformance>", other("conformance", "B"))],
            ),
            ("a:6.6.4-6", &[Packet("<dc:creator>", added("amd"))]),
            ("a:6.6.4-7", &[Packet("<dc:creator>", added("corr"))]),
        ],
    );
}

#[test]
fn packets_are_written_in_utf8() {
    let wide = String::from_utf8_lossy(OTHER).replace("yesterday", "2026-11-30");
    let wide = [0xfeff].into_iter().chain(wide.encode_utf16()).flat_map(u16::to_be_bytes).collect();
    each_breaks(
        Level::A2b,
        &[(
            "a:6.6.2.1-5",
            &[
                Add(MORE, "<</Metadata 9 0 R>>", None),
                Add(9, "/Type/Metadata/Subtype/XML", Some(kept_bytes(wide))),
            ],
        )],
    );
}

/// An extension schema with a property of a type of its own.
const SCHEMA: &str = "<rdf:Description rdf:about='' \
xmlns:pdfaExtension='http://www.aiim.org/pdfa/ns/extension/' \
xmlns:pdfaSchema='http://www.aiim.org/pdfa/ns/schema#' \
xmlns:pdfaProperty='http://www.aiim.org/pdfa/ns/property#' \
xmlns:pdfaType='http://www.aiim.org/pdfa/ns/type#' \
xmlns:pdfaField='http://www.aiim.org/pdfa/ns/field#'>\
<pdfaExtension:schemas><rdf:Bag><rdf:li rdf:parseType='Resource'>\
<pdfaSchema:schema>Posts</pdfaSchema:schema>\
<pdfaSchema:namespaceURI>http://example.org/posts/</pdfaSchema:namespaceURI>\
<pdfaSchema:prefix>posts</pdfaSchema:prefix>\
<pdfaSchema:property><rdf:Seq><rdf:li rdf:parseType='Resource'>\
<pdfaProperty:name>post</pdfaProperty:name>\
<pdfaProperty:valueType>Post</pdfaProperty:valueType>\
<pdfaProperty:category>external</pdfaProperty:category>\
<pdfaProperty:description>A post</pdfaProperty:description>\
</rdf:li></rdf:Seq></pdfaSchema:property>\
<pdfaSchema:valueType><rdf:Seq><rdf:li rdf:parseType='Resource'>\
<pdfaType:type>Post</pdfaType:type>\
<pdfaType:namespaceURI>http://example.org/post/</pdfaType:namespaceURI>\
<pdfaType:prefix>post</pdfaType:prefix>\
<pdfaType:description>A post</pdfaType:description>\
<pdfaType:field><rdf:Seq><rdf:li rdf:parseType='Resource'>\
<pdfaField:name>title</pdfaField:name>\
<pdfaField:valueType>Text</pdfaField:valueType>\
<pdfaField:description>Its title</pdfaField:description>\
</rdf:li></rdf:Seq></pdfaType:field>\
</rdf:li></rdf:Seq></pdfaSchema:valueType>\
</rdf:li></rdf:Bag></pdfaExtension:schemas></rdf:Description></rdf:RDF>";

/// The extension schema, with `to` in the place of `from`.
fn extended(from: &str, to: &str) -> Edit {
    assert_eq!(SCHEMA.matches(from).count(), 1, "{from}");
    Packet("</rdf:RDF>", kept(SCHEMA.replacen(from, to, 1)))
}

/// The extension schema without one element.
fn without(element: &str) -> Edit {
    let (open, close) = (format!("<{element}>"), format!("</{element}>"));
    let start = SCHEMA.find(&open).unwrap_or_else(|| panic!("{open}"));
    let end = SCHEMA.find(&close).unwrap_or_else(|| panic!("{close}")) + close.len();
    extended(&SCHEMA[start..end], "")
}

/// The extension schema with the lists of an element as Bags.
fn as_bag(element: &str) -> Edit {
    let (open, close) = (format!("<{element}><rdf:Seq>"), format!("</rdf:Seq></{element}>"));
    let bag = SCHEMA.replacen(&open, &format!("<{element}><rdf:Bag>"), 1).replacen(
        &close,
        &format!("</rdf:Bag></{element}>"),
        1,
    );
    assert_ne!(bag, SCHEMA);
    Packet("</rdf:RDF>", kept(bag))
}

#[test]
fn extension_schemas_each_fault_is_found() {
    let sequence = SCHEMA.replacen("schemas><rdf:Bag>", "schemas><rdf:Seq>", 1).replacen(
        "</rdf:Bag></pdfaExt",
        "</rdf:Seq></pdfaExt",
        1,
    );
    each_breaks(
        Level::A2b,
        &[
            ("", &[Packet("</rdf:RDF>", SCHEMA)]),
            (
                "a:6.6.2.3.2-1",
                &[extended(
                    "<pdfaSchema:prefix>",
                    "<pdfaSchema:more>x</pdfaSchema:more><pdfaSchema:prefix>",
                )],
            ),
            ("a:6.6.2.3.3-1", &[Packet("</rdf:RDF>", kept(sequence))]),
            ("a:6.6.2.3.3-2", &[without("pdfaSchema:schema")]),
            ("a:6.6.2.3.3-4", &[without("pdfaSchema:prefix")]),
            ("a:6.6.2.3.3-5", &[as_bag("pdfaSchema:property")]),
            ("a:6.6.2.3.3-6", &[as_bag("pdfaSchema:valueType")]),
            ("a:6.6.2.3.3-7", &[without("pdfaProperty:name")]),
            ("a:6.6.2.3.3-8", &[without("pdfaProperty:valueType")]),
            ("a:6.6.2.3.3-8", &[extended(">Post</pdfaProperty", ">Office</pdfaProperty")]),
            ("a:6.6.2.3.3-9", &[without("pdfaProperty:category")]),
            ("a:6.6.2.3.3-9", &[extended(">external<", ">outer<")]),
            ("", &[extended(">external<", ">internal<")]),
            ("a:6.6.2.3.3-10", &[without("pdfaProperty:description")]),
            ("a:6.6.2.3.3-12", &[without("pdfaType:namespaceURI")]),
            ("a:6.6.2.3.3-13", &[without("pdfaType:prefix")]),
            ("a:6.6.2.3.3-14", &[without("pdfaType:description")]),
            ("a:6.6.2.3.3-15", &[as_bag("pdfaType:field")]),
            ("a:6.6.2.3.3-16", &[without("pdfaField:name")]),
            ("a:6.6.2.3.3-17", &[without("pdfaField:valueType")]),
            ("a:6.6.2.3.3-17", &[extended(">Text</pdfaField", ">Words</pdfaField")]),
            ("a:6.6.2.3.3-18", &[without("pdfaField:description")]),
        ],
    );
    // What defines nothing leaves the types that stand on it undefined.
    let nameless = broken(&[without("pdfaSchema:namespaceURI")], Level::A2b.set());
    assert!(nameless.contains(&"a:6.6.2.3.3-3"), "{nameless:?}");
    let nameless = broken(&[without("pdfaType:type")], Level::A2b.set());
    assert!(nameless.contains(&"a:6.6.2.3.3-11"), "{nameless:?}");
}
