//! Filling.
