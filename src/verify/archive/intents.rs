//! The output intent: for which colours the pages are made (ISO 19005-2 6.2.3).

use hayro_syntax::object::{Array, Name, ObjectIdentifier, Stream};

use super::icc::{Profile, Profiles};
use crate::verify::document::Document;
use crate::verify::finding::{Findings, Place};
use crate::verify::level::Levels;
use crate::verify::rule::rules;

rules! {
    PROFILE = "a:6.2.3-1", "6.2.3", Levels::ARCHIVE, Checked,
        "the profile of an output intent is one of a printer or monitor, in grey, RGB or CMYK, of ICC version 4 at most",
        "let the producer embed an output profile of version 2 or 4";
    SAME = "a:6.2.3-2", "6.2.3", Levels::ARCHIVE, Checked,
        "all output intents share one profile",
        "let the producer refer to the same profile in all output intents";
    ELSEWHERE = "a:6.2.3-3", "6.2.3", Levels::ARCHIVE, Checked,
        "output intents of PDF/X do not refer to a profile outside the file",
        "embed the profile";
}

/// What the output intent of PDF/A says of colours.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq)]
pub struct Intent {
    /// The colour space of its profile.
    pub space: Option<[u8; 4]>,
}

/// Checks the output intents of the catalog.
pub fn check(document: &Document, profiles: &Profiles, findings: &mut Findings) -> Intent {
    let mut intent = Intent::default();
    let Some(intents) = document.catalog().get::<Array<'_>>("OutputIntents") else {
        return intent;
    };
    let mut shared: Option<Option<ObjectIdentifier>> = None;
    for one in document.dicts(&intents) {
        let place = Place::object(one.obj_id());
        let kind = one.get::<Name<'_>>("S");
        if kind.as_deref() == Some(b"GTS_PDFX") && one.contains_key("DestOutputProfileRef") {
            findings.push(&ELSEWHERE, place.clone(), || "it has a DestOutputProfileRef".to_owned());
        }
        let Some(stream) = one.get::<Stream<'_>>("DestOutputProfile") else { continue };
        let id = one.get_ref("DestOutputProfile").map(ObjectIdentifier::from);
        if shared.is_some_and(|shared| shared != id) {
            findings.push(&SAME, place.clone(), || "it has a profile of its own".to_owned());
        }
        shared.get_or_insert(id);
        let profile = profiles.of(document, &stream);
        let place = Place::object(id.or(one.obj_id()));
        match profile {
            Some(profile) if is_output(&profile) => {}
            Some(profile) => findings.push(&PROFILE, place, || {
                format!(
                    "it is a profile of class {} and space {}, version {}.{}",
                    String::from_utf8_lossy(&profile.class).trim_end(),
                    profile.space_name(),
                    profile.version.0,
                    profile.version.1
                )
            }),
            None => findings.push(&PROFILE, place, || "it is no ICC profile".to_owned()),
        }
        if kind.as_deref() == Some(b"GTS_PDFA1") {
            intent.space = intent.space.or(profile.map(|profile| profile.space));
        }
    }
    intent
}

fn is_output(profile: &Profile) -> bool {
    matches!(&profile.class, b"prtr" | b"mntr")
        && matches!(&profile.space, b"RGB " | b"CMYK" | b"GRAY")
        && profile.is_of_known_version()
}
