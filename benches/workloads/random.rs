//! Choices that look arbitrary and are the same in every run.

/// A linear congruential generator with Knuth's constants (MMIX).
pub struct Random(u64);

impl Random {
    /// Starts the row of choices.
    pub fn new() -> Random {
        Random(2026)
    }

    /// One of `choices`.
    pub fn one<'a>(&mut self, choices: &[&'a str]) -> &'a str {
        self.0 =
            self.0.wrapping_mul(6_364_136_223_846_793_005).wrapping_add(1_442_695_040_888_963_407);
        // The upper bits vary most.
        choices[(self.0 >> 33) as usize % choices.len()]
    }
}

pub const GIVEN: &[&str] = &[
    "Astrid",
    "Bjørn",
    "Çağla",
    "Dušan",
    "Elżbieta",
    "Frédéric",
    "Guðrún",
    "Håkon",
    "Ioana",
    "Jürgen",
    "Karolína",
    "Łucja",
    "Matúš",
    "Nadia",
    "Óscar",
    "Petra",
    "Ragnhild",
    "Sinéad",
    "Tomáš",
    "Ylva",
];

pub const SURNAMES: &[&str] = &[
    "Aasen",
    "Bălan",
    "Çelik",
    "Dvořáková",
    "Egeland",
    "Fjørtoft",
    "Goian",
    "Hæstad",
    "Ionescu",
    "Jørstad",
    "Kovačević",
    "Lõhmus",
    "Mørk",
    "Nuñez",
    "Østby",
    "Průša",
    "Rău",
    "Sæther",
    "Țurcanu",
    "Wiśniewski",
    "Žukauskas",
    "O’Brien",
];

pub const COUNTRIES: &[&str] =
    &["Norway", "Moldova", "Ukraine", "Pakistan", "Estonia", "Poland", "Portugal", "Iceland"];
