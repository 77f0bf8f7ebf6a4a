//! Small files that break one rule each, and files that just do not.

mod accessible;
mod paper;
mod rules;
