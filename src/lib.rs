//! Dossier turns mandate and training data (YAML, CSV) into finished PDF papers.

pub mod assets;
pub mod diag;
pub mod fill;
pub mod fonts;
pub mod geom;
pub mod layout;
pub mod load;
pub mod locale;
pub mod markup;
pub mod pdf;
pub mod model;
pub mod plan;
pub mod source;
pub mod style;
pub mod validate;
