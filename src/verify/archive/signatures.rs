//! Signatures (ISO 19005-2 6.4.3, 6.1.12): they cover the file, and hold a certificate of the one
//! who signed. Whether a signature is valid is not asked.

use hayro_syntax::object::String as PdfString;
use hayro_syntax::object::{Array, Dict};

use crate::verify::document::{Document, numbers};
use crate::verify::finding::{Findings, Place};
use crate::verify::level::Levels;
use crate::verify::rule::rules;

rules! {
    REFERENCE = "a:6.1.12-2", "6.1.12", Levels::ARCHIVE, Checked,
        "with DocMDP, signature references have no DigestLocation, DigestMethod or DigestValue",
        "sign the document anew";
    COVERS = "a:6.4.3-1", "6.4.3", Levels::ARCHIVE, Checked,
        "a signature covers the whole file but for itself",
        "sign the document anew";
    CERTIFICATE = "a:6.4.3-2", "6.4.3", Levels::ARCHIVE, Checked,
        "a signature holds the certificate of the one who signed",
        "sign the document anew, with the certificate in the signature";
    SIGNER = "a:6.4.3-3", "6.4.3", Levels::ARCHIVE, Checked,
        "a signature has one signer",
        "sign the document anew, one signature for each signer";
}

/// Checks a signature dictionary.
pub fn check(document: &Document, signature: &Dict<'_>, findings: &mut Findings) {
    let place = || Place::object(signature.obj_id());
    if !covers(document.bytes(), signature) {
        findings.push(&COVERS, place(), || "its ByteRange leaves something out".to_owned());
    }
    let Some(contents) = signature.get::<PdfString<'_>>("Contents") else { return };
    let Some(signed) = Signed::read(&contents) else {
        findings.push(&CERTIFICATE, place(), || "its Contents are no PKCS#7 object".to_owned());
        return;
    };
    if !signed.certificate {
        findings.push(&CERTIFICATE, place(), || "there is no certificate".to_owned());
    }
    if signed.signers != 1 {
        findings.push(&SIGNER, place(), || format!("there are {}", signed.signers));
    }
}

/// Checks what a signature refers to.
pub fn check_references<'a>(
    document: &'a Document,
    signature: &Dict<'a>,
    modification: bool,
    findings: &mut Findings,
) {
    if !modification {
        return;
    }
    let Some(references) = signature.get::<Array<'_>>("Reference") else { return };
    for reference in document.dicts(&references) {
        let key = ["DigestLocation", "DigestMethod", "DigestValue"]
            .into_iter()
            .find(|key| reference.contains_key(key));
        if let Some(key) = key {
            findings
                .push(&REFERENCE, Place::object(reference.obj_id()), || format!("it has a {key}"));
        }
    }
}

/// Whether a `ByteRange` takes in all but the signature itself, to the end of a version of the
/// file.
fn covers(bytes: &[u8], signature: &Dict<'_>) -> bool {
    let Some(range) = signature.get::<Array<'_>>("ByteRange") else { return false };
    let range = numbers(&range).unwrap_or_default();
    let range: Vec<usize> =
        range.iter().filter_map(|number| usize::try_from(number.as_i64()).ok()).collect();
    let [0, first, second, rest] = range[..] else { return false };
    let Some(end) = second.checked_add(rest).filter(|end| *end <= bytes.len()) else {
        return false;
    };
    let gap = bytes.get(first..second).unwrap_or_default();
    let tail = bytes.get(second..end).unwrap_or_default().trim_ascii_end();
    matches!(gap, [b'<', .., b'>'])
        && gap.iter().filter(|byte| **byte == b'>').count() == 1
        && tail.ends_with(b"%%EOF")
        && (end == bytes.len() || bytes.get(end..).is_some_and(|more| !more.is_empty()))
}

/// What a PKCS#7 object says of its signers (RFC 2315 9).
#[derive(Debug, PartialEq, Eq)]
struct Signed {
    certificate: bool,
    signers: usize,
}

const SEQUENCE: u8 = 0x30;
const SET: u8 = 0x31;
const OBJECT_IDENTIFIER: u8 = 0x06;
const FIRST: u8 = 0xa0;
const SECOND: u8 = 0xa1;

/// The next value of DER: its tag, its content, and what follows it.
fn value(bytes: &[u8]) -> Option<(u8, &[u8], &[u8])> {
    let (tag, rest) = bytes.split_first()?;
    let (first, rest) = rest.split_first()?;
    let (length, rest) = match first {
        0..=0x7f => (usize::from(*first), rest),
        0x81..=0x84 => {
            let (length, rest) = rest.split_at_checked(usize::from(first & 0x7f))?;
            (length.iter().fold(0, |all, byte| all << 8 | usize::from(*byte)), rest)
        }
        _ => return None,
    };
    let (content, rest) = rest.split_at_checked(length)?;
    Some((*tag, content, rest))
}

fn tagged(bytes: &[u8], wanted: u8) -> Option<(&[u8], &[u8])> {
    let (tag, content, rest) = value(bytes)?;
    (tag == wanted).then_some((content, rest))
}

impl Signed {
    fn read(bytes: &[u8]) -> Option<Signed> {
        let (info, _) = tagged(bytes, SEQUENCE)?;
        let (_, rest) = tagged(info, OBJECT_IDENTIFIER)?;
        let (content, _) = tagged(rest, FIRST)?;
        let (data, _) = tagged(content, SEQUENCE)?;
        // Version, digest algorithms, what is signed.
        let (_, _, rest) = value(data)?;
        let (_, rest) = tagged(rest, SET)?;
        let (_, mut rest) = tagged(rest, SEQUENCE)?;
        let mut certificate = false;
        if let Some((certificates, after)) = tagged(rest, FIRST) {
            certificate = !certificates.is_empty();
            rest = after;
        }
        if let Some((_, after)) = tagged(rest, SECOND) {
            rest = after;
        }
        let (mut infos, _) = tagged(rest, SET)?;
        let mut signers = 0;
        while let Some((_, _, after)) = value(infos) {
            signers += 1;
            infos = after;
        }
        Some(Signed { certificate, signers })
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn der(tag: u8, content: &[u8]) -> Vec<u8> {
        let length = u8::try_from(content.len()).unwrap_or_default();
        [&[tag, length][..], content].concat()
    }

    fn signed(certificates: &[u8], signers: &[u8]) -> Vec<u8> {
        let data = [
            der(2, &[1]),
            der(SET, &[]),
            der(SEQUENCE, &[]),
            certificates.to_vec(),
            der(SET, signers),
        ]
        .concat();
        let content = der(FIRST, &der(SEQUENCE, &data));
        der(SEQUENCE, &[der(OBJECT_IDENTIFIER, &[42]), content].concat())
    }

    #[test]
    fn read_signers_and_certificate_are_counted() {
        let one = der(SEQUENCE, &[]);
        let certificate = der(FIRST, &der(SEQUENCE, &[]));
        let sound = Signed { certificate: true, signers: 1 };
        assert_eq!(Signed::read(&signed(&certificate, &one)), Some(sound));
        let bare = Signed { certificate: false, signers: 2 };
        assert_eq!(Signed::read(&signed(&[], &one.repeat(2))), Some(bare));
        assert_eq!(Signed::read(&[0; 64]), None);
    }
}
