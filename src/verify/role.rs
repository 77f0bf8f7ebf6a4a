//! The standard structure types of PDF 1.7 (ISO 32000-1 14.8.4).

/// A standard structure type.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
#[allow(missing_docs, reason = "the names are the standard's own")]
pub enum Role {
    Document,
    Part,
    Art,
    Sect,
    Div,
    BlockQuote,
    Caption,
    Toc,
    Toci,
    Index,
    NonStruct,
    Private,
    P,
    /// `H`.
    Heading,
    /// `H1` to `H6`.
    Level(u8),
    L,
    Li,
    Lbl,
    LBody,
    Table,
    Tr,
    Th,
    Td,
    THead,
    TBody,
    TFoot,
    Span,
    Quote,
    Note,
    Reference,
    BibEntry,
    Code,
    Link,
    Annot,
    Ruby,
    Rb,
    Rt,
    Rp,
    Warichu,
    Wt,
    Wp,
    Figure,
    Formula,
    Form,
    /// No standard type, nor mapped to one.
    Unknown,
}

impl Role {
    /// The standard type of exactly this name.
    pub fn standard(name: &[u8]) -> Option<Role> {
        Some(match name {
            b"Document" => Role::Document,
            b"Part" => Role::Part,
            b"Art" => Role::Art,
            b"Sect" => Role::Sect,
            b"Div" => Role::Div,
            b"BlockQuote" => Role::BlockQuote,
            b"Caption" => Role::Caption,
            b"TOC" => Role::Toc,
            b"TOCI" => Role::Toci,
            b"Index" => Role::Index,
            b"NonStruct" => Role::NonStruct,
            b"Private" => Role::Private,
            b"P" => Role::P,
            b"H" => Role::Heading,
            b"H1" => Role::Level(1),
            b"H2" => Role::Level(2),
            b"H3" => Role::Level(3),
            b"H4" => Role::Level(4),
            b"H5" => Role::Level(5),
            b"H6" => Role::Level(6),
            b"L" => Role::L,
            b"LI" => Role::Li,
            b"Lbl" => Role::Lbl,
            b"LBody" => Role::LBody,
            b"Table" => Role::Table,
            b"TR" => Role::Tr,
            b"TH" => Role::Th,
            b"TD" => Role::Td,
            b"THead" => Role::THead,
            b"TBody" => Role::TBody,
            b"TFoot" => Role::TFoot,
            b"Span" => Role::Span,
            b"Quote" => Role::Quote,
            b"Note" => Role::Note,
            b"Reference" => Role::Reference,
            b"BibEntry" => Role::BibEntry,
            b"Code" => Role::Code,
            b"Link" => Role::Link,
            b"Annot" => Role::Annot,
            b"Ruby" => Role::Ruby,
            b"RB" => Role::Rb,
            b"RT" => Role::Rt,
            b"RP" => Role::Rp,
            b"Warichu" => Role::Warichu,
            b"WT" => Role::Wt,
            b"WP" => Role::Wp,
            b"Figure" => Role::Figure,
            b"Formula" => Role::Formula,
            b"Form" => Role::Form,
            _ => return None,
        })
    }

    /// Whether it is a heading, numbered or not.
    pub fn is_heading(self) -> bool {
        matches!(self, Role::Heading | Role::Level(_))
    }
}
