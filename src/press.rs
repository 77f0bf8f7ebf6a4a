//! The pipeline from filled HTML to a paper's bytes, one line a stage.

use chrono::{DateTime, Utc};

use crate::assets::Assets;
use crate::diag::{Diagnostic, Diagnostics};
use crate::fonts::FontBook;
use crate::layout::Pages;
use crate::origin::OriginMap;
use crate::source::Sources;
use crate::style::Sheets;
use crate::{layout, markup, pdf, style};

/// What all papers of a run share.
pub struct Press<'a> {
    /// Stylesheets, pictures and fonts.
    pub assets: &'a Assets,
    /// The texts that messages point into.
    pub sources: &'a Sources,
    /// The faces on hand.
    pub fonts: &'a FontBook,
    /// Stylesheets that earlier papers of the run have parsed.
    pub sheets: &'a Sheets,
    /// The run's date, written into each file.
    pub created: DateTime<Utc>,
}

/// A paper's bytes.
#[derive(Debug)]
pub struct Paper {
    /// The PDF.
    pub bytes: Vec<u8>,
    /// How many pages it has.
    pub pages: usize,
}

impl Press<'_> {
    /// Sets `html` (the file at `base` among the assets) and writes it as PDF.
    ///
    /// No paper comes out when any finding is an error.
    pub fn print(
        &self,
        html: &str,
        origins: OriginMap,
        base: &str,
    ) -> (Option<Paper>, Diagnostics) {
        let (document, mut found) = markup::parse(html, origins);
        let (styled, styling) =
            style::cascade_with(&document, self.assets, self.sources, base, &[], self.sheets);
        found.append(styling);
        let fonts = self.fonts.with_rules(&styled.font_faces, &mut found);
        let (laid, laying) =
            layout::lay_out(&document, &styled, &fonts, self.assets, base, self.sources);
        found.append(laying);
        if found.has_errors() {
            return (None, found);
        }
        let producer = concat!("Dossier ", env!("CARGO_PKG_VERSION")).to_owned();
        let options = pdf::Options { created: self.created, producer, id_seed: 0 };
        match pdf::write(&laid, &fonts, &options) {
            Ok(bytes) => (Some(Paper { bytes, pages: laid.count() }), found),
            Err(error) => {
                let diagnostic = Diagnostic::error("pdf/write", error.to_string());
                found.push(match error {
                    pdf::WriteError::NotEmbeddable(_) => diagnostic
                        .help("use another font, or ask its maker for a file that may be embedded"),
                    _ => diagnostic,
                });
                (None, found)
            }
        }
    }
}
