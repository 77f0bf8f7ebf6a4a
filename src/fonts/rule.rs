//! Faces that a stylesheet brings along.

use std::sync::Arc;

use crate::source::Span;

/// A face that a stylesheet brings along (`@font-face`, CSS Fonts 4 §4).
#[derive(Debug, Clone)]
#[allow(missing_docs)]
pub struct FontFaceRule {
    pub family: Arc<str>,
    /// `url()` sources in order of preference, relative to the project's templates.
    pub urls: Vec<Arc<str>>,
    /// `local()` names.
    pub locals: Vec<Arc<str>>,
    pub weight: Option<(u16, u16)>,
    pub italic: Option<bool>,
    /// `unicode-range`, inclusive.
    pub ranges: Vec<(u32, u32)>,
    pub span: Span,
}
