//! Dossier turns mandate and training data (YAML, CSV) into finished PDF papers.

pub mod assets;
pub mod diag;
pub mod fonts;
pub mod geom;
pub mod layout;
pub mod load;
pub mod markup;
pub mod plan;
pub mod source;
pub mod style;
