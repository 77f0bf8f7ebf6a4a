//! Composite fonts (ISO 14289-1 7.21.3, ISO 19005-2 6.2.11.3): their CMaps and CIDFonts agree.

use hayro_syntax::object::{Dict, Name, Object, Stream, String as PdfString};

use super::Examined;
use super::cmap::{self, CMap, Collection};
use crate::verify::document::Document;
use crate::verify::finding::Findings;
use crate::verify::level::Levels;
use crate::verify::rule::rules;

rules! {
    UA_COLLECTION = "ua1:7.21.3.1-1", "7.21.3.1", Levels::UA1, Checked,
        "a CIDFont and its CMap are of the same character collection (/CIDSystemInfo)",
        "let the producer write the same collection into both, or use /Identity-H";
    A_COLLECTION = "a:6.2.11.3.1-1", "6.2.11.3.1", Levels::ARCHIVE, Checked,
        "a CIDFont and its CMap are of the same character collection (/CIDSystemInfo)",
        "let the producer write the same collection into both, or use /Identity-H";
    UA_GLYPH_MAP = "ua1:7.21.3.2-1", "7.21.3.2", Levels::UA1, Checked,
        "an embedded CIDFont of TrueType maps CIDs to glyphs (/CIDToGIDMap)",
        "let the producer write /CIDToGIDMap: a stream, or /Identity";
    A_GLYPH_MAP = "a:6.2.11.3.2-1", "6.2.11.3.2", Levels::ARCHIVE, Checked,
        "an embedded CIDFont of TrueType maps CIDs to glyphs (/CIDToGIDMap)",
        "let the producer write /CIDToGIDMap: a stream, or /Identity";
    UA_CMAP = "ua1:7.21.3.3-1", "7.21.3.3", Levels::UA1, Checked,
        "a CMap is predefined or embedded",
        "let the producer embed the CMap";
    A_CMAP = "a:6.2.11.3.3-1", "6.2.11.3.3", Levels::ARCHIVE, Checked,
        "a CMap is predefined or embedded",
        "let the producer embed the CMap";
    UA_MODE = "ua1:7.21.3.3-2", "7.21.3.3", Levels::UA1, Checked,
        "an embedded CMap and its dictionary give the same direction of writing (/WMode)",
        "let the producer write the CMap's own /WMode into its dictionary";
    A_MODE = "a:6.2.11.3.3-2", "6.2.11.3.3", Levels::ARCHIVE, Checked,
        "an embedded CMap and its dictionary give the same direction of writing (/WMode)",
        "let the producer write the CMap's own /WMode into its dictionary";
    UA_BASE = "ua1:7.21.3.3-3", "7.21.3.3", Levels::UA1, Checked,
        "a CMap builds on no other CMap but a predefined one",
        "let the producer write what the other CMap says into this one";
    A_BASE = "a:6.2.11.3.3-3", "6.2.11.3.3", Levels::ARCHIVE, Checked,
        "a CMap builds on no other CMap but a predefined one",
        "let the producer write what the other CMap says into this one";
}

/// Checks a composite font; others have none of this.
pub fn check(document: &Document, examined: &Examined<'_>, findings: &mut Findings) {
    let font = examined.font;
    let Some(descendant) = &font.descendant else { return };
    if font.is_cid_truetype() && examined.program.is_ok() {
        let maps = match descendant.get::<Object<'_>>("CIDToGIDMap") {
            Some(Object::Stream(_)) => true,
            Some(Object::Name(name)) => &*name == b"Identity",
            _ => false,
        };
        if !maps {
            let place = examined.place.clone().in_object(descendant.obj_id().or(font.id));
            findings.push_each(&[&UA_GLYPH_MAP, &A_GLYPH_MAP], &place, || {
                format!("{} has no /CIDToGIDMap that is a stream or /Identity", font.title())
            });
        }
    }
    match font.dict.get::<Object<'_>>("Encoding") {
        Some(Object::Name(name)) => predefined(&name, descendant, examined, findings),
        Some(Object::Stream(stream)) => {
            embedded(document, &stream, descendant, examined, findings);
        }
        _ => findings.push_each(&[&UA_CMAP, &A_CMAP], &examined.place, || {
            format!("{} has no /Encoding that is a name or a stream", font.title())
        }),
    }
}

/// Whether a CMap is one that need not be embedded (ISO 32000-1 table 118).
fn is_predefined(name: &[u8]) -> bool {
    // The others that are known map CIDs to Unicode.
    !name.starts_with(b"Adobe-")
        && !matches!(hayro_cmap::CMapName::from_bytes(name), hayro_cmap::CMapName::Custom(_))
}

fn predefined(
    name: &[u8],
    descendant: &Dict<'_>,
    examined: &Examined<'_>,
    findings: &mut Findings,
) {
    if !is_predefined(name) {
        findings.push_each(&[&UA_CMAP, &A_CMAP], &examined.place, || {
            let name = String::from_utf8_lossy(name);
            format!("{} uses the CMap {name}, which is not embedded", examined.font.title())
        });
        return;
    }
    if matches!(name, b"Identity-H" | b"Identity-V") {
        return;
    }
    let known =
        cmap::predefined(name).and_then(|cmap| cmap.metadata().character_collection.clone());
    let known = known.map(|collection| {
        let (registry, ordering) = parts(&collection.family);
        Collection {
            registry: Some(registry),
            ordering: Some(ordering),
            supplement: Some(i64::from(collection.supplement)),
        }
    });
    if let Some(known) = known {
        agree(&known, descendant, examined, findings);
    }
}

fn parts(family: &hayro_cmap::CidFamily) -> (Vec<u8>, Vec<u8>) {
    use hayro_cmap::CidFamily;
    let ordering: &[u8] = match family {
        CidFamily::AdobeJapan1 => b"Japan1",
        CidFamily::AdobeGB1 => b"GB1",
        CidFamily::AdobeCNS1 => b"CNS1",
        CidFamily::AdobeKorea1 => b"Korea1",
        CidFamily::AdobeIdentity => b"Identity",
        CidFamily::Custom { registry, ordering } => return (registry.clone(), ordering.clone()),
    };
    (b"Adobe".to_vec(), ordering.to_vec())
}

fn embedded(
    document: &Document,
    stream: &Stream<'_>,
    descendant: &Dict<'_>,
    examined: &Examined<'_>,
    findings: &mut Findings,
) {
    let title = examined.font.title();
    let dict = stream.dict();
    let name = dict.get::<Name<'_>>("CMapName");
    let place = examined.place.clone().in_object(Some(stream.obj_id()));
    let cmap = document.unpacked(stream).map(|data| CMap::read(&data)).unwrap_or_default();
    let (own, told) = (cmap.writing_mode.unwrap_or(0), dict.get::<i64>("WMode").unwrap_or(0));
    if own != told {
        findings.push_each(&[&UA_MODE, &A_MODE], &place, || {
            format!("the CMap of {title} says /WMode {own}, its dictionary {told}")
        });
    }
    let base = match dict.get::<Object<'_>>("UseCMap") {
        Some(Object::Name(name)) => Some(name.to_vec()),
        Some(Object::Stream(base)) => {
            let name = base.dict().get::<Name<'_>>("CMapName");
            Some(name.map(|name| name.to_vec()).unwrap_or_default())
        }
        _ => cmap.base.clone(),
    };
    if let Some(base) = base
        && !is_predefined(&base)
    {
        findings.push_each(&[&UA_BASE, &A_BASE], &place, || {
            format!("the CMap of {title} builds on {}", String::from_utf8_lossy(&base))
        });
    }
    if matches!(name.as_deref(), Some(b"Identity-H" | b"Identity-V")) {
        return;
    }
    let info = dict.get::<Dict<'_>>("CIDSystemInfo");
    let collection = info.map_or(Collection::default(), |info| collection_of(&info));
    agree(&collection, descendant, examined, findings);
}

fn collection_of(info: &Dict<'_>) -> Collection {
    let text = |key: &str| info.get::<PdfString<'_>>(key).map(|text| text.to_vec());
    Collection {
        registry: text("Registry"),
        ordering: text("Ordering"),
        supplement: info.get::<i64>("Supplement"),
    }
}

fn agree(
    of_cmap: &Collection,
    descendant: &Dict<'_>,
    examined: &Examined<'_>,
    findings: &mut Findings,
) {
    let info = descendant.get::<Dict<'_>>("CIDSystemInfo").unwrap_or_default();
    let of_font = collection_of(&info);
    let same = of_font.registry.is_some()
        && of_font.ordering.is_some()
        && of_font.registry == of_cmap.registry
        && of_font.ordering == of_cmap.ordering
        && of_font
            .supplement
            .zip(of_cmap.supplement)
            .is_some_and(|(of_font, of_cmap)| of_font <= of_cmap);
    if !same {
        findings.push_each(&[&UA_COLLECTION, &A_COLLECTION], &examined.place, || {
            format!(
                "{}: the CIDFont is of {}, the CMap of {}",
                examined.font.title(),
                shown(&of_font),
                shown(of_cmap)
            )
        });
    }
}

fn shown(collection: &Collection) -> String {
    let text = |part: &Option<Vec<u8>>| match part {
        Some(part) => String::from_utf8_lossy(part).into_owned(),
        None => "?".to_owned(),
    };
    let supplement = collection.supplement.map_or("?".to_owned(), |number| number.to_string());
    format!("{}-{}-{supplement}", text(&collection.registry), text(&collection.ordering))
}
