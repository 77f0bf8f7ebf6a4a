//! `{{qr "https://example.org" alt="…"}}`: a text as a QR code (ISO/IEC 18004), an inline SVG picture
//! of one path. Owns `fast_qr`.

use std::fmt::Write;

use fast_qr::{ECL, QRBuilder, QRCode};

use crate::fill::call::Call;
use crate::fill::dispatch::{escape, unprintable};
use crate::fill::fault::Fault;

/// Light modules around the code (ISO/IEC 18004 6.3.8).
const QUIET: u64 = 4;
/// More than this is no quiet zone but a mistake.
const MOST_QUIET: u64 = 32;
/// Bytes that the largest code holds at level M (ISO/IEC 18004 table 7).
const MOST_BYTES: usize = 2331;
/// The width in points where the template does not say.
const WIDTH: u64 = 72;

pub(super) fn run(call: &Call) -> Result<String, Fault> {
    let given = call.arg(0)?;
    let text = call.text(given)?;
    if text.is_empty() {
        return Err(call
            .fault_of(given, "fill/empty-text", "there is no text for the QR code")
            .help("ask first with `{{#if …}}`"));
    }
    let Some(alt) = call.option("alt") else {
        return Err(call
            .fault("fill/no-alternative", "the QR code says nothing to those who do not see it")
            .help("give `alt=\"…\"`: what it leads to or holds"));
    };
    let alternative = call.text(alt)?.into_owned();
    if let Some(fault) = unprintable(call, alt, &alternative) {
        return Err(fault);
    }
    let quiet = call.number_option("quiet", QUIET, 0..=MOST_QUIET)?;
    let width = call.number_option("width", WIDTH, 1..=2000)?;
    let Ok(code) = QRBuilder::new(text.as_bytes()).ecl(ECL::M).build() else {
        let message = format!(
            "the text is too long for a QR code: it has {} bytes, and a code surely holds {MOST_BYTES}",
            text.len()
        );
        return Err(call
            .fault_of(given, "fill/too-long", message)
            .help("shorten it, or put it where a short address leads"));
    };
    let quiet = usize::try_from(quiet).unwrap_or_default();
    Ok(draw(&code, quiet, width, &alternative))
}

/// The code on white, a unit to a module. An empty alternative makes it decoration.
fn draw(code: &QRCode, quiet: usize, width: u64, alternative: &str) -> String {
    let size = code.size + 2 * quiet;
    let mut svg = String::new();
    let meaning = match alternative.is_empty() {
        true => "aria-hidden=\"true\"".to_owned(),
        false => format!("role=\"img\" aria-label=\"{}\"", escape(alternative)),
    };
    // Writing into memory does not fail, here and below.
    let _ = write!(
        svg,
        "<svg class=\"qr\" {meaning} xmlns=\"http://www.w3.org/2000/svg\" width=\"{width}pt\" \
         height=\"{width}pt\" viewBox=\"0 0 {size} {size}\"><path fill=\"#ffffff\" \
         d=\"M0 0h{size}v{size}H0z\"/><path fill=\"#000000\" d=\"{}\"/></svg>",
        outline(code, quiet)
    );
    svg
}

/// The dark modules as one path: each run of them in a row is a rectangle.
fn outline(code: &QRCode, quiet: usize) -> String {
    let mut path = String::new();
    for (row, modules) in rows(code).enumerate() {
        let mut column = 0;
        while column < modules.len() {
            let rest = modules.get(column..).unwrap_or_default();
            let dark = rest.iter().take_while(|dark| **dark).count();
            if dark > 0 {
                let (x, y) = (column + quiet, row + quiet);
                let _ = write!(path, "M{x} {y}h{dark}v1h-{dark}z");
            }
            column += dark.max(1);
        }
    }
    path
}

/// The modules row by row; dark ones are true.
fn rows(code: &QRCode) -> impl Iterator<Item = Vec<bool>> + '_ {
    let cells = code.data.get(..code.size * code.size).unwrap_or_default();
    cells.chunks(code.size.max(1)).map(|row| row.iter().map(|module| module.value()).collect())
}

#[cfg(test)]
mod tests {
    use super::*;

    fn code(text: &str) -> QRCode {
        QRBuilder::new(text.as_bytes()).ecl(ECL::M).build().unwrap()
    }

    /// Two rows of modules in a line of half blocks.
    fn picture(code: &QRCode) -> String {
        let rows: Vec<Vec<bool>> = rows(code).collect();
        let mut text = String::new();
        for pair in rows.chunks(2) {
            for column in 0..code.size {
                let lower = pair.get(1).is_some_and(|row| row[column]);
                text.push(match (pair[0][column], lower) {
                    (true, true) => '█',
                    (true, false) => '▀',
                    (false, true) => '▄',
                    (false, false) => ' ',
                });
            }
            text = text.trim_end().to_owned() + "\n";
        }
        text
    }

    #[test]
    fn text_is_drawn_as_modules() {
        let code = code("https://example.org/p/14");
        assert_eq!(code.size, 25);
        assert_eq!(picture(&code), include_str!("qr.golden.txt"));
    }

    #[test]
    fn path_covers_each_dark_module_once_within_the_quiet_zone() {
        let code = code("Åse Ødegård");
        let path = outline(&code, 4);
        let mut dark = vec![vec![0; code.size]; code.size];
        for run in path.split('M').skip(1) {
            let (x, rest) = run.split_once(' ').unwrap();
            let (y, rest) = rest.split_once('h').unwrap();
            let (length, _) = rest.split_once('v').unwrap();
            let [x, y, length]: [usize; 3] = [x, y, length].map(|part| part.parse().unwrap());
            for column in x..x + length {
                dark[y - 4][column - 4] += 1;
            }
        }
        let modules: Vec<Vec<i32>> =
            rows(&code).map(|row| row.into_iter().map(i32::from).collect()).collect();
        assert_eq!(dark, modules);
    }

    #[test]
    fn longest_text_has_a_code_and_one_byte_more_has_none() {
        let longest = "x".repeat(MOST_BYTES);
        assert_eq!(code(&longest).size, 177);
        assert!(QRBuilder::new(longest.clone() + "x").ecl(ECL::M).build().is_err());
    }
}
