//! Dossier turns mandate and training data (YAML, CSV) into finished PDF papers.
//!
//! The pipeline, in the order of the arrows; a module imports only from those above it:
//! texts and messages ([`source`], [`origin`], [`diag`], [`near`], [`geom`], [`assets`],
//! [`conformance`], [`editions`]), languages
//! and letters ([`locale`], [`fonts`]), data ([`load`], [`model`], [`validate`], [`roster`], [`scope`],
//! [`plan`], [`schema`]), templates ([`fill`]), pages ([`markup`], [`style`], [`layout`]), files
//! ([`pdf`], [`verify`], [`reading`], [`proof`], [`press`], [`batch`], [`project`]) and the command
//! line ([`cli`]).

pub mod assets;
pub mod batch;
pub mod cli;
pub mod conformance;
pub mod diag;
pub mod editions;
pub mod fill;
pub mod fonts;
pub mod geom;
pub mod layout;
pub mod load;
pub mod locale;
pub mod markup;
pub mod model;
pub mod near;
pub mod origin;
pub mod pdf;
pub mod plain;
pub mod plan;
pub mod press;
pub mod project;
pub mod proof;
pub mod reading;
pub mod roster;
pub mod schema;
pub mod scope;
pub mod source;
pub mod style;
pub mod validate;
pub mod verify;
