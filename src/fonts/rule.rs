//! Faces that a stylesheet brings along.

use std::sync::Arc;

use crate::source::Span;

/// A face that a stylesheet brings along (`@font-face`, CSS Fonts 4 §4).
#[derive(Debug, Clone)]
#[allow(missing_docs)]
pub struct FontFaceRule {
    pub family: Arc<str>,
    /// In order of preference.
    pub sources: Vec<RuleSource>,
    /// Lightest and heaviest; `None` for what the face says of itself.
    pub weight: Option<(u16, u16)>,
    pub italic: Option<bool>,
    /// The angles of `oblique`, least and most, where the rule gives them.
    pub angles: Option<(f32, f32)>,
    /// Narrowest and widest, 1.0 for normal; `None` for what the face says of itself.
    pub stretch: Option<(f32, f32)>,
    /// `unicode-range`, inclusive.
    pub ranges: Vec<(u32, u32)>,
    pub span: Span,
}

/// One entry of `src`.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum RuleSource {
    /// `url()`, relative to the project's templates; what follows a `#` names a face of a
    /// collection.
    Url(Arc<str>),
    /// `local()`: a face on hand by its full name or its PostScript name, or a family.
    Local(Arc<str>),
}
