//! Margins that collapse (CSS 2.2 8.3.1).

use crate::geom::Pt;

/// Adjoining margins: the largest positive and the most negative one are kept, so that any number
/// of them can be joined in any order.
#[derive(Debug, Clone, Copy, PartialEq, Default)]
pub struct Margin {
    positive: Pt,
    negative: Pt,
}

impl Margin {
    /// One margin.
    pub fn of(length: Pt) -> Margin {
        Margin { positive: length.max(Pt::ZERO), negative: length.min(Pt::ZERO) }
    }

    /// Two sets of adjoining margins as one.
    #[must_use]
    pub fn join(self, other: Margin) -> Margin {
        Margin {
            positive: self.positive.max(other.positive),
            negative: self.negative.min(other.negative),
        }
    }

    /// What they come to.
    pub fn value(self) -> Pt {
        self.positive + self.negative
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn margin_join_of_positive_and_negative_is_their_sum() {
        let joined = Margin::of(Pt(20.0)).join(Margin::of(Pt(-10.0))).join(Margin::of(Pt(15.0)));
        assert_eq!(joined.value(), Pt(10.0));
        assert_eq!(Margin::of(Pt(-3.0)).join(Margin::of(Pt(-7.0))).value(), Pt(-7.0));
    }
}
