//! What is generated: markers, counters, `content`, quotation marks, named strings.

use std::sync::Arc;

use super::keywords::{StringWhich, TextPart};

/// The list marker's kind, `list-style-type` (CSS Counter Styles 3 §6).
#[derive(Debug, Clone, PartialEq, Eq)]
#[allow(missing_docs)]
pub enum ListStyle {
    None,
    Disc,
    Circle,
    Square,
    Decimal,
    DecimalLeadingZero,
    LowerAlpha,
    UpperAlpha,
    LowerRoman,
    UpperRoman,
    LowerGreek,
    /// A literal marker.
    Text(Arc<str>),
    /// Any other style, with all that it needs.
    Custom(Arc<CounterStyle>),
    /// A style by a name that an `@counter-style` rule may define; the cascade resolves it.
    Named(Arc<str>),
}

/// A counter style (CSS Counter Styles 3 §3).
#[derive(Debug, Clone, PartialEq, Eq)]
#[allow(missing_docs)]
pub struct CounterStyle {
    pub name: Arc<str>,
    pub system: CounterSystem,
    pub symbols: Arc<[Arc<str>]>,
    /// What each symbol of the additive system is worth, the largest first.
    pub additive: Arc<[(u32, Arc<str>)]>,
    /// Around numbers below zero.
    pub negative: (Arc<str>, Arc<str>),
    /// Before and behind the number in a list's marker.
    pub prefix: Arc<str>,
    pub suffix: Arc<str>,
    /// The numbers that it writes; empty for all that its system can.
    pub range: Arc<[(i32, i32)]>,
    /// The least number of characters, and what fills them.
    pub pad: (u16, Arc<str>),
    /// What writes the numbers that it does not; decimal when there is none.
    pub fallback: Option<Arc<CounterStyle>>,
}

/// How a counter style makes numbers of symbols (§3.1).
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
#[allow(missing_docs)]
pub enum CounterSystem {
    Cyclic,
    Numeric,
    Alphabetic,
    Symbolic,
    Additive,
    /// The value of the first symbol.
    Fixed(i32),
}

/// One part of a `content` value.
#[derive(Debug, Clone, PartialEq)]
#[allow(missing_docs)]
pub enum ContentPart {
    Text(Arc<str>),
    /// `attr()`, already looked up on the element by the cascade.
    Counter {
        name: Arc<str>,
        style: ListStyle,
    },
    Counters {
        name: Arc<str>,
        separator: Arc<str>,
        style: ListStyle,
    },
    /// `string(name, which)` of CSS GCPM 3 §1.1.
    NamedString {
        name: Arc<str>,
        which: StringWhich,
    },
    /// `element(name, which)` of CSS GCPM 3 §1.2.
    RunningElement {
        name: Arc<str>,
        which: StringWhich,
    },
    /// `target-counter(url, counter, style)`; `target` is the fragment without its `#`.
    TargetCounter {
        target: Arc<str>,
        counter: Arc<str>,
        style: ListStyle,
    },
    /// `target-text(url, part)`.
    TargetText {
        target: Arc<str>,
        part: TextPart,
    },
    /// `leader(text)`.
    Leader(Arc<str>),
    /// The element's own text (`content(part)` in `string-set`).
    OwnText(TextPart),
    Image(Arc<str>),
    /// A quotation mark by how deep quotations are nested; `shown` is false for `no-open-quote`.
    Quote {
        opens: bool,
        shown: bool,
    },
}

/// `content`.
#[derive(Debug, Clone, PartialEq, Default)]
#[allow(missing_docs)]
pub enum Content {
    #[default]
    Normal,
    None,
    Parts(Arc<[ContentPart]>),
}

/// Opening and closing marks, from the outermost pair.
pub type QuotePairs = Arc<[(Arc<str>, Arc<str>)]>;

/// Named strings with the content that is assigned to them.
pub type NamedStrings = Arc<[(Arc<str>, Arc<[ContentPart]>)]>;
