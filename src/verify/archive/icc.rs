//! The header of an ICC profile (ISO 15076-1 7.2): what kind of profile it is.

use std::sync::Mutex;

use hayro_syntax::object::{ObjectIdentifier, Stream};
use rustc_hash::FxHashMap;

use crate::verify::document::Document;

/// What the header of a profile says.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Profile {
    /// The version: major, minor.
    pub version: (u8, u8),
    /// The class of the device: `mntr`, `prtr`.
    pub class: [u8; 4],
    /// The colour space: `RGB `, `CMYK`, `GRAY`.
    pub space: [u8; 4],
}

impl Profile {
    /// Reads the header; `None` when there is none.
    pub fn read(bytes: &[u8]) -> Option<Profile> {
        let header = bytes.get(..128)?;
        Some(Profile {
            version: (*header.get(8)?, header.get(9)? >> 4),
            class: header.get(12..16)?.try_into().ok()?,
            space: header.get(16..20)?.try_into().ok()?,
        })
    }

    /// Whether it is of a version that ISO 19005-2 6.2.4.2 names: before 5.
    pub fn is_of_known_version(&self) -> bool {
        self.version.0 < 5
    }

    /// How its colour space is called: `RGB`.
    pub fn space_name(&self) -> String {
        String::from_utf8_lossy(&self.space).trim_end().to_owned()
    }
}

/// The profiles of a file, each read once.
#[derive(Debug, Default)]
pub struct Profiles {
    read: Mutex<FxHashMap<ObjectIdentifier, Option<Profile>>>,
}

impl Profiles {
    /// The header of the profile that a stream holds.
    pub fn of(&self, document: &Document, stream: &Stream<'_>) -> Option<Profile> {
        let id = stream.obj_id();
        // A thread that ends while it holds the lock leaves nothing half done.
        let lock = || self.read.lock().unwrap_or_else(|poisoned| poisoned.into_inner());
        if let Some(known) = lock().get(&id) {
            return *known;
        }
        let profile = document.unpacked(stream).and_then(|bytes| Profile::read(&bytes));
        lock().insert(id, profile);
        profile
    }
}
