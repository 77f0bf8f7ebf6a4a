//! The faces that text in drawings is set in: ours, under the ids that `usvg` gives them.

use std::sync::Arc;

use usvg::fontdb::{Database, ID, Source};

use crate::fonts::FaceId;

/// A face on hand for drawings.
#[derive(Clone)]
#[allow(missing_docs)]
pub struct DrawingFace {
    pub id: FaceId,
    /// The whole font file.
    pub bytes: Arc<dyn AsRef<[u8]> + Send + Sync>,
    /// Its place in a collection.
    pub index: u32,
    pub units_per_em: u16,
}

/// All faces for drawings. Cheap to clone.
#[derive(Debug, Clone, Default)]
pub struct DrawingFonts {
    pub(super) database: Arc<Database>,
    known: Arc<Vec<(ID, FaceId, u16)>>,
}

impl DrawingFonts {
    /// Registers faces; `serif`, `sans` and `mono` are the families behind the generic names.
    pub fn new(
        faces: impl IntoIterator<Item = DrawingFace>,
        (serif, sans, mono): (&str, &str, &str),
    ) -> DrawingFonts {
        let mut database = Database::new();
        let mut known = Vec::new();
        for face in faces {
            let ids = database.load_font_source(Source::Binary(face.bytes));
            for id in ids {
                let is_it = database.face(id).is_some_and(|info| info.index == face.index);
                match is_it {
                    true => known.push((id, face.id, face.units_per_em)),
                    // A collection's other faces are registered on their own.
                    false => database.remove_face(id),
                }
            }
        }
        database.set_serif_family(serif);
        database.set_sans_serif_family(sans);
        database.set_monospace_family(mono);
        DrawingFonts { database: Arc::new(database), known: Arc::new(known) }
    }

    /// Our face behind `usvg`'s id, and its units per em.
    pub(super) fn face(&self, id: ID) -> Option<(FaceId, u16)> {
        self.known.iter().find(|(known, ..)| *known == id).map(|(_, face, units)| (*face, *units))
    }
}
