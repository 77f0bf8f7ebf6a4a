//! What a rule is. Each family of checks declares its own beside the code that checks them.

use super::level::Levels;

/// How much of a clause the checker answers for.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
pub enum How {
    /// Every file is examined for it.
    Checked,
    /// Not examined in other files; in our own it holds by the way they are made.
    Constructed,
    /// Only a person can tell (whether an alternative says what the picture shows).
    Person,
}

/// One rule of a standard.
#[derive(Debug)]
pub struct Rule {
    /// A name that stays: the standard, the clause, a number: `ua1:7.1-3`, `a2:6.1.2-1`.
    pub id: &'static str,
    /// The clause of the standard: `7.1`.
    pub clause: &'static str,
    /// The levels that ask for it.
    pub levels: Levels,
    /// Who answers for it.
    pub how: How,
    /// What must hold, as one sentence.
    pub says: &'static str,
    /// How a maker of documents mends a breach.
    pub mend: &'static str,
}

/// Declares the rules of a family: a static for each, and the list `RULES` of them all in the
/// order in which they are written.
///
/// ```text
/// rules! {
///     TITLE = "ua1:7.1-9", "7.1", Levels::UA1, Checked,
///         "the metadata hold a title (dc:title)",
///         "give the document a title";
/// }
/// ```
macro_rules! rules {
    ($($name:ident = $id:literal, $clause:literal, $levels:expr, $how:ident, $says:literal, $mend:literal;)+) => {
        $(
            #[doc = $says]
            pub static $name: $crate::verify::rule::Rule = $crate::verify::rule::Rule {
                id: $id,
                clause: $clause,
                levels: $levels,
                how: $crate::verify::rule::How::$how,
                says: $says,
                mend: $mend,
            };
        )+
        /// The rules of this family, in the order of the standard.
        pub static RULES: &[&$crate::verify::rule::Rule] = &[$(&$name),+];
    };
}
pub(crate) use rules;
