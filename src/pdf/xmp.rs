//! Metadata: the XMP packet and the information dictionary, which say the same
//! (ISO 19005-2 6.6, ISO 14289-1 5).

use chrono::{DateTime, SecondsFormat, Utc};
use lopdf::{Dictionary, Object};

use crate::conformance::Accessible;
use crate::layout::Info;

use super::Options;
use super::object::{dictionary, text};

/// PDF/UA's own property, which an archival file must describe (ISO 19005-2 6.6.2.3.3).
const EXTENSION: &str = r#"<rdf:Description rdf:about="" xmlns:pdfaExtension="http://www.aiim.org/pdfa/ns/extension/" xmlns:pdfaSchema="http://www.aiim.org/pdfa/ns/schema#" xmlns:pdfaProperty="http://www.aiim.org/pdfa/ns/property#"><pdfaExtension:schemas><rdf:Bag><rdf:li rdf:parseType="Resource"><pdfaSchema:schema>PDF/UA identification schema</pdfaSchema:schema><pdfaSchema:namespaceURI>http://www.aiim.org/pdfua/ns/id/</pdfaSchema:namespaceURI><pdfaSchema:prefix>pdfuaid</pdfaSchema:prefix><pdfaSchema:property><rdf:Seq><rdf:li rdf:parseType="Resource"><pdfaProperty:name>part</pdfaProperty:name><pdfaProperty:valueType>Integer</pdfaProperty:valueType><pdfaProperty:category>internal</pdfaProperty:category><pdfaProperty:description>Part of ISO 14289 that the file conforms to</pdfaProperty:description></rdf:li></rdf:Seq></pdfaSchema:property></rdf:li></rdf:Bag></pdfaExtension:schemas></rdf:Description>
"#;

/// The XMP packet.
pub(super) fn packet(info: &Info, options: &Options) -> String {
    let mut xmp = String::from(
        "<?xpacket begin=\"\u{feff}\" id=\"W5M0MpCehiHzreSzNTczkc9d\"?>\n\
         <x:xmpmeta xmlns:x=\"adobe:ns:meta/\"><rdf:RDF xmlns:rdf=\"http://www.w3.org/1999/02/22-rdf-syntax-ns#\">\n",
    );
    xmp.push_str(
        "<rdf:Description rdf:about=\"\" xmlns:dc=\"http://purl.org/dc/elements/1.1/\" \
         xmlns:pdf=\"http://ns.adobe.com/pdf/1.3/\" xmlns:xmp=\"http://ns.adobe.com/xap/1.0/\" \
         xmlns:pdfaid=\"http://www.aiim.org/pdfa/ns/id/\" \
         xmlns:pdfuaid=\"http://www.aiim.org/pdfua/ns/id/\">\n",
    );
    xmp.push_str("<dc:format>application/pdf</dc:format>\n");
    if !info.title.is_empty() {
        push_alternative(&mut xmp, "dc:title", &info.title);
    }
    if !info.language.is_empty() {
        push_list(&mut xmp, "dc:language", "Bag", std::slice::from_ref(&info.language));
    }
    if !info.authors.is_empty() {
        push_list(&mut xmp, "dc:creator", "Seq", &info.authors);
    }
    if let Some(subject) = &info.subject {
        push_alternative(&mut xmp, "dc:description", subject);
    }
    if !info.keywords.is_empty() {
        push_list(&mut xmp, "dc:subject", "Bag", &info.keywords);
        push_simple(&mut xmp, "pdf:Keywords", &info.keywords.join(", "));
    }
    push_simple(&mut xmp, "pdf:Producer", &options.producer);
    push_simple(&mut xmp, "xmp:CreatorTool", &options.producer);
    let date = options.created.to_rfc3339_opts(SecondsFormat::Secs, true);
    for property in ["xmp:CreateDate", "xmp:ModifyDate", "xmp:MetadataDate"] {
        push_simple(&mut xmp, property, &date);
    }
    let archival = options.claims.archive.identification();
    let accessible = options.claims.accessible == Accessible::Ua1;
    if let Some((part, conformance)) = archival {
        push_simple(&mut xmp, "pdfaid:part", part);
        push_simple(&mut xmp, "pdfaid:conformance", conformance);
    }
    if accessible {
        push_simple(&mut xmp, "pdfuaid:part", "1");
    }
    xmp.push_str("</rdf:Description>\n");
    if archival.is_some() && accessible {
        xmp.push_str(EXTENSION);
    }
    xmp.push_str("</rdf:RDF></x:xmpmeta>\n<?xpacket end=\"r\"?>");
    xmp
}

/// The information dictionary.
pub(super) fn information(info: &Info, options: &Options) -> Dictionary {
    let date = || Object::string_literal(pdf_date(options.created));
    let mut dictionary = dictionary([
        ("Producer", text(&options.producer)),
        ("Creator", text(&options.producer)),
        ("CreationDate", date()),
        ("ModDate", date()),
    ]);
    if !info.title.is_empty() {
        dictionary.set("Title", text(&info.title));
    }
    if !info.authors.is_empty() {
        dictionary.set("Author", text(&info.authors.join(", ")));
    }
    if let Some(subject) = &info.subject {
        dictionary.set("Subject", text(subject));
    }
    if !info.keywords.is_empty() {
        dictionary.set("Keywords", text(&info.keywords.join(", ")));
    }
    for (key, value) in &info.custom {
        if !key.is_empty() && !dictionary.has(key.as_bytes()) {
            dictionary.set(key.as_bytes(), text(value));
        }
    }
    dictionary
}

/// A date (ISO 32000-1 7.9.4).
pub(super) fn pdf_date(date: DateTime<Utc>) -> String {
    date.format("D:%Y%m%d%H%M%SZ").to_string()
}

fn push_escaped(xmp: &mut String, value: &str) {
    for char in value.chars() {
        match char {
            '&' => xmp.push_str("&amp;"),
            '<' => xmp.push_str("&lt;"),
            '>' => xmp.push_str("&gt;"),
            // XML 1.0 2.2 has no place for these.
            c if c < ' ' && !matches!(c, '\t' | '\n') => xmp.push(' '),
            '\u{fffe}' | '\u{ffff}' => xmp.push('\u{fffd}'),
            c => xmp.push(c),
        }
    }
}

fn push_simple(xmp: &mut String, property: &str, value: &str) {
    xmp.push_str(&format!("<{property}>"));
    push_escaped(xmp, value);
    xmp.push_str(&format!("</{property}>\n"));
}

fn push_alternative(xmp: &mut String, property: &str, value: &str) {
    xmp.push_str(&format!("<{property}><rdf:Alt><rdf:li xml:lang=\"x-default\">"));
    push_escaped(xmp, value);
    xmp.push_str(&format!("</rdf:li></rdf:Alt></{property}>\n"));
}

fn push_list(xmp: &mut String, property: &str, kind: &str, values: &[String]) {
    xmp.push_str(&format!("<{property}><rdf:{kind}>"));
    for value in values {
        xmp.push_str("<rdf:li>");
        push_escaped(xmp, value);
        xmp.push_str("</rdf:li>");
    }
    xmp.push_str(&format!("</rdf:{kind}></{property}>\n"));
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn packet_escapes_markup_in_values() {
        let mut xmp = String::new();
        push_simple(&mut xmp, "pdf:Keywords", "a<b & c\u{1}");
        assert_eq!(xmp, "<pdf:Keywords>a&lt;b &amp; c </pdf:Keywords>\n");
    }
}
