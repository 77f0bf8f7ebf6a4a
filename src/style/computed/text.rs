//! Letters and lines.

use std::sync::Arc;

use crate::geom::Pt;

use super::keywords::{Caps, DecorationStyle, FontPosition, FontStyle, VerticalKeyword};
use super::lengths::Length;
use super::painting::Color;

/// `line-height`.
#[derive(Debug, Clone, Copy, PartialEq, Default)]
#[allow(missing_docs)]
pub enum LineHeight {
    #[default]
    Normal,
    Number(f32),
    Length(Pt),
}

/// `vertical-align`.
#[derive(Debug, Clone, Copy, PartialEq)]
#[allow(missing_docs)]
pub enum VerticalAlign {
    Keyword(VerticalKeyword),
    /// Upwards from the baseline; the share is of the line height.
    Length(Length),
}

/// `text-decoration-line`, and its colour and thickness.
#[derive(Debug, Clone, Copy, PartialEq)]
#[allow(missing_docs)]
pub struct Decoration {
    pub underline: bool,
    pub overline: bool,
    pub line_through: bool,
    pub style: DecorationStyle,
    pub color: Option<Color>,
    pub thickness: Option<Pt>,
}

/// `text-indent`.
#[derive(Debug, Clone, Copy, PartialEq, Default)]
#[allow(missing_docs)]
pub struct TextIndent {
    pub length: Length,
    /// All lines but the ones that would be are indented.
    pub hanging: bool,
    /// The lines after forced breaks, too.
    pub each_line: bool,
}

/// `tab-size`.
#[derive(Debug, Clone, Copy, PartialEq)]
#[allow(missing_docs)]
pub enum TabSize {
    Spaces(f32),
    Length(Pt),
}

/// Where underlines stand.
#[derive(Debug, Clone, Copy, PartialEq)]
#[allow(missing_docs)]
pub struct Underline {
    /// `text-underline-offset`: from the baseline down to the line's upper edge; `None` for what
    /// the face says.
    pub offset: Option<Pt>,
    /// `text-underline-position: under`: below all letters.
    pub under: bool,
    /// `text-decoration-skip-ink`: whether the line leaves letters out that reach into it.
    pub skip_ink: bool,
}

/// Everything about letters, all inherited.
#[derive(Debug, Clone, PartialEq)]
#[allow(missing_docs)]
pub struct Font {
    /// Families in order of preference, generic names included.
    pub families: Arc<[Arc<str>]>,
    pub size: Pt,
    /// 1–1000.
    pub weight: u16,
    pub style: FontStyle,
    /// Degrees of `font-style: oblique`.
    pub oblique_angle: f32,
    /// `font-stretch`, 1.0 for normal.
    pub stretch: f32,
    pub caps: Caps,
    pub position: FontPosition,
    /// OpenType features that are set, from `font-variant-*` and `font-feature-settings`, sorted.
    pub features: Arc<[([u8; 4], u32)]>,
    /// `font-kerning: none` switches it off.
    pub kerning: bool,
    /// `font-optical-sizing: none` switches it off.
    pub optical_sizing: bool,
    /// `font-variation-settings`.
    pub variations: Arc<[([u8; 4], f32)]>,
}
