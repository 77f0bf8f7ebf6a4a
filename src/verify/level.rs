//! The levels of conformance that a file can claim and be checked against.

use std::fmt;

/// One level of one standard.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum Level {
    /// PDF/UA-1, ISO 14289-1.
    Ua1,
    /// PDF/A-2b, ISO 19005-2: it looks the same for good.
    A2b,
    /// PDF/A-2u: 2b, and every letter has a Unicode value.
    A2u,
    /// PDF/A-2a: 2u, and the structure is told.
    A2a,
    /// PDF/A-3b, ISO 19005-3: 2b with attachments of any kind.
    A3b,
    /// PDF/A-3u: 2u with attachments of any kind.
    A3u,
    /// PDF/A-3a: 2a with attachments of any kind.
    A3a,
}

impl Level {
    /// All levels that can be checked, in the order of reports.
    pub const ALL: [Level; 7] =
        [Level::Ua1, Level::A2b, Level::A2u, Level::A2a, Level::A3b, Level::A3u, Level::A3a];

    /// The level as one types it: `ua-1`, `2a`.
    pub fn key(self) -> &'static str {
        match self {
            Level::Ua1 => "ua-1",
            Level::A2b => "2b",
            Level::A2u => "2u",
            Level::A2a => "2a",
            Level::A3b => "3b",
            Level::A3u => "3u",
            Level::A3a => "3a",
        }
    }

    /// The level that is typed so, in any case of letters.
    pub fn from_key(key: &str) -> Option<Level> {
        Level::ALL.into_iter().find(|level| level.key().eq_ignore_ascii_case(key))
    }

    /// Which set of rules this level stands for.
    pub fn set(self) -> Levels {
        Levels(1 << self as u8)
    }
}

impl fmt::Display for Level {
    fn fmt(&self, to: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            Level::Ua1 => to.write_str("PDF/UA-1"),
            archive => write!(to, "PDF/A-{}", archive.key()),
        }
    }
}

/// A set of levels.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, Default)]
pub struct Levels(u8);

impl Levels {
    /// No level.
    pub const NONE: Levels = Levels(0);
    /// PDF/UA-1.
    pub const UA1: Levels = Levels(1 << Level::Ua1 as u8);
    /// Every level of PDF/A-2.
    pub const A2: Levels =
        Levels(1 << Level::A2b as u8 | 1 << Level::A2u as u8 | 1 << Level::A2a as u8);
    /// Every level of PDF/A-3.
    pub const A3: Levels =
        Levels(1 << Level::A3b as u8 | 1 << Level::A3u as u8 | 1 << Level::A3a as u8);
    /// Every level of PDF/A-2 and PDF/A-3.
    pub const ARCHIVE: Levels = Levels(Levels::A2.0 | Levels::A3.0);
    /// The levels of PDF/A that ask for Unicode values: 2u, 2a, 3u, 3a.
    pub const UNICODE: Levels = Levels(
        1 << Level::A2u as u8
            | 1 << Level::A2a as u8
            | 1 << Level::A3u as u8
            | 1 << Level::A3a as u8,
    );
    /// The levels of PDF/A that ask for a structure: 2a, 3a.
    pub const TAGGED: Levels = Levels(1 << Level::A2a as u8 | 1 << Level::A3a as u8);

    /// Both sets together.
    pub const fn with(self, other: Levels) -> Levels {
        Levels(self.0 | other.0)
    }

    /// Whether the two have a level in common.
    pub const fn meets(self, other: Levels) -> bool {
        self.0 & other.0 != 0
    }

    /// Whether there is no level.
    pub const fn is_empty(self) -> bool {
        self.0 == 0
    }

    /// The levels, in the order of [`Level::ALL`].
    pub fn iter(self) -> impl Iterator<Item = Level> {
        Level::ALL.into_iter().filter(move |level| self.meets(level.set()))
    }
}

impl FromIterator<Level> for Levels {
    fn from_iter<I: IntoIterator<Item = Level>>(levels: I) -> Levels {
        levels.into_iter().fold(Levels::NONE, |all, level| all.with(level.set()))
    }
}
