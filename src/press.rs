//! The pipeline from filled HTML to a paper's bytes, one line a stage.

use std::sync::Arc;

use chrono::{DateTime, Utc};

use crate::assets::Assets;
use crate::conformance::{Accessible, Attachment, Claims};
use crate::diag::{Diagnostic, Diagnostics, Severity};
use crate::fonts::FontBook;
use crate::layout::{DecodedPictures, Laid, Pages};
use crate::origin::OriginMap;
use crate::proof::{self, Proven};
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
    /// What earlier papers of the run have made.
    pub kept: &'a Kept,
    /// The run's date, written into each file.
    pub created: DateTime<Utc>,
    /// Whether the process ends with this paper: what it is made from is then left to the system,
    /// which takes it back at once, instead of being freed piece by piece.
    pub ends: bool,
}

/// What papers of a run have in common, and the first one makes for all: each comes out the same with
/// it and without.
#[derive(Debug, Default)]
pub struct Kept {
    /// Stylesheets, parsed.
    sheets: Sheets,
    /// Pictures, decoded.
    pictures: Arc<DecodedPictures>,
    /// Subsets of faces and other data, compressed.
    common: pdf::Common,
    /// Fonts that were found sound in reading papers back.
    proven: Proven,
}

/// A paper's bytes.
#[derive(Debug)]
pub struct Paper {
    /// The PDF.
    pub bytes: Vec<u8>,
    /// How many pages it has.
    pub pages: usize,
}

/// What is known of a document beside its text.
#[derive(Debug, Default)]
pub struct Given<'a> {
    /// Its title, should the text have none.
    pub title: Option<&'a str>,
    /// Its language, should the text name none.
    pub language: Option<&'a str>,
    /// The levels that its file claims.
    pub claims: Claims,
    /// The files inside its file.
    pub attachments: Vec<Attachment>,
    /// Whether the finished file is read back and held against what it claims.
    pub read_back: bool,
}

impl Press<'_> {
    /// Sets `html` (the file at `base` among the assets), writes it as PDF, and, where that is
    /// asked for, reads the file back against what it claims.
    ///
    /// No paper comes out when any finding is an error.
    pub fn print(
        &self,
        html: &str,
        origins: OriginMap,
        base: &str,
        given: Given,
    ) -> (Option<Paper>, Diagnostics) {
        let (mut document, mut found) = markup::parse(html, origins);
        document.set_language(given.language.unwrap_or_default());
        let (styled, styling) =
            style::cascade_with(&document, self.assets, self.sources, base, &[], &self.kept.sheets);
        found.append(styling);
        let fonts = self.fonts.with_rules(&styled.font_faces, &mut found);
        let (mut laid, laying) = layout::lay_out_with(
            &document,
            &styled,
            &fonts,
            self.assets,
            base,
            &self.kept.pictures,
        );
        laid.set_title(given.title.unwrap_or_default());
        found.append(layout::identity(&document, laid.info()));
        found.append(laying);
        let (claims, read_back) = (given.claims, given.read_back);
        let mut found = as_claimed(found, claims);
        if found.has_errors() {
            // Faults of finished pages are told along with the others.
            laid.look_at_all_pages();
            found.append(as_claimed(laid.contrast(&document, &styled), claims));
            return (None, found);
        }
        let written = self.write(&laid, &fonts, given);
        found.append(as_claimed(laid.contrast(&document, &styled), claims));
        if self.ends {
            std::mem::forget((document, styled, laid));
        }
        match written {
            Ok(paper) if !read_back && !found.has_errors() => (Some(paper), found),
            Ok(paper) if !found.has_errors() => {
                let (bytes, unsound) = proof::read(paper.bytes, claims, &self.kept.proven);
                found.append(unsound);
                let paper = Paper { bytes, ..paper };
                (Some(paper).filter(|_| !found.has_errors()), found)
            }
            Ok(_) => (None, found),
            Err(error) => {
                found.push(error);
                (None, found)
            }
        }
    }

    fn write(&self, laid: &Laid, fonts: &FontBook, given: Given) -> Result<Paper, Diagnostic> {
        let options = pdf::Options {
            created: self.created,
            producer: concat!("Dossier ", env!("CARGO_PKG_VERSION")).to_owned(),
            id_seed: 0,
            claims: given.claims,
            attachments: given.attachments,
        };
        let bytes = pdf::write_with(laid, fonts, &options, &self.kept.common).map_err(|error| {
            let diagnostic = Diagnostic::error("pdf/write", error.to_string());
            match error {
                pdf::WriteError::NotEmbeddable(_) => diagnostic
                    .help("use another font, or ask its maker for a file that may be embedded"),
                _ => diagnostic,
            }
        })?;
        Ok(Paper { bytes, pages: laid.count() })
    }
}

/// A paper that does not claim to be accessible is made all the same, and somebody should look.
fn as_claimed(found: Diagnostics, claims: Claims) -> Diagnostics {
    if claims.accessible == Accessible::Ua1 {
        return found;
    }
    let mut weighed = Diagnostics::new();
    for mut finding in found {
        if finding.code.starts_with(layout::ACCESS) {
            finding.severity = Severity::Warning;
        }
        weighed.push(finding);
    }
    weighed
}

#[cfg(test)]
mod tests {
    use lopdf::{Document, Object};

    use super::*;
    use crate::fonts::FontSources;
    use crate::source::Span;

    /// A certificate for somebody.
    fn printed(name: &str, fonts: &FontBook, kept: &Kept) -> Vec<u8> {
        let (assets, sources) = (Assets::builtin(), Sources::new());
        let html = format!(
            "<!DOCTYPE html><html lang=en><title>Certificate</title><h1>Certificate</h1>\
             <p>{name} attended the training on reform.</p><p><b>{name}</b></p>"
        );
        let source = sources.add("a.html", html.as_str());
        let origins = OriginMap::identity(Span::new(source, 0, html.len()));
        let press = Press {
            assets: &assets,
            sources: &sources,
            fonts,
            kept,
            created: DateTime::UNIX_EPOCH,
            ends: false,
        };
        let given = Given { read_back: true, ..Given::default() };
        let (paper, found) = press.print(&html, origins, "", given);
        paper.unwrap_or_else(|| panic!("{found:?}")).bytes
    }

    fn font_files(paper: &[u8]) -> Vec<Vec<u8>> {
        let document = Document::load_mem(paper).unwrap();
        let streams = document.objects.into_values().filter_map(|object| match object {
            Object::Stream(stream) if stream.dict.has(b"Length1") => Some(stream.content),
            _ => None,
        });
        streams.collect()
    }

    const NAMES: [&str; 4] = ["Anna Berg", "Ødegård Kjærsti", "Anna Berg", "Pavel Țurcanu"];

    #[test]
    fn papers_come_out_the_same_with_what_others_made_and_without() {
        let (fonts, _) = FontSources::builtin().open();
        let kept = Kept::default();
        for name in NAMES {
            let alone = printed(name, &FontSources::builtin().open().0, &Kept::default());
            assert!(printed(name, &fonts, &kept) == alone, "{name}");
        }
    }

    #[test]
    fn papers_for_several_names_have_their_fonts_in_common() {
        let (fonts, _) = FontSources::builtin().open();
        let kept = Kept::default();
        let files = |name: &str| font_files(&printed(name, &fonts, &kept));
        let first = files("Anna Berg Hansen");
        assert_eq!(first.len(), 2);
        assert!(first == files("Jon Wulf Quist-Vik"));
        assert!(first != files("Pavel Țurcanu"));
    }
}
