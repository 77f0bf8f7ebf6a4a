//! Whole events, from the text of the files to what papers say.
