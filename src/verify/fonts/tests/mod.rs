//! Each rule of fonts against a file that breaks it and one that just does not.

mod composite;
mod programs;
mod sample;
mod simple;
