//! What PDF/UA-1 and the `a` levels of PDF/A ask of the structure: that all content is tagged or
//! an artifact, and that the tree is sound.

pub mod marks;
