//! Which faces a style comes to, once for each style of a document.

use crate::diag::Diagnostics;
use crate::style::Styled;

/// The faces of each style of a document, and what was found missing while setting its text.
#[derive(Debug, Default)]
pub struct FaceChoices {}

impl FaceChoices {
    /// Nothing chosen yet for a document with these styles.
    pub fn new(_styled: &Styled) -> FaceChoices {
        FaceChoices {}
    }

    /// Families that were substituted and characters that no face has, in a stable order.
    pub fn findings(&self) -> Diagnostics {
        Diagnostics::new()
    }
}
