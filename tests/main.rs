//! All integration tests in one binary. See `tests/README.md`.

#![allow(missing_docs)]

mod cases;
mod damaged;
mod leaks;
mod many_people;
mod properties;
mod robustness;
mod sample;
mod support;
mod verify;
