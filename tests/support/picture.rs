//! Pages as pictures: drawn by a rasteriser in Rust, compared pixel by pixel with a little patience
//! for rounding.

use std::fs;
use std::path::Path;

use hayro::hayro_interpret::InterpreterSettings;
use hayro::hayro_syntax::Pdf;
use hayro::vello_cpu::color::palette::css::WHITE;
use hayro::{PixmapSettings, RenderCache, RenderSettings, render};

/// Pixels per point: enough to see letters, small enough to keep the repository light.
const SCALE: f32 = 1.0;

/// A channel may differ by this much (of 255) without being another picture.
const TOLERANCE: u8 = 40;

/// This share of the pixels may differ by more.
const STRAY: f64 = 0.000_5;

/// Which pages of a case's PDF are compared as pictures: the file `pictures` in the case's folder
/// lists `NAME PAGE` a line, pages from 1.
pub fn wanted(folder: &Path, name: &str, pages: usize) -> Vec<usize> {
    let list = fs::read_to_string(folder.join("pictures")).unwrap_or_default();
    let mut wanted = Vec::new();
    for line in list.lines() {
        let mut words = line.split_whitespace();
        if words.next() == Some(name) {
            wanted.extend(words.filter_map(|word| word.parse::<usize>().ok()).map(|page| page - 1));
        }
    }
    wanted.retain(|page| *page < pages);
    wanted
}

/// The pages as PNG, on white.
pub fn pages(bytes: &[u8], wanted: Vec<usize>) -> Vec<(usize, Vec<u8>)> {
    if wanted.is_empty() {
        return Vec::new();
    }
    let pdf = Pdf::new(bytes.to_vec()).expect("the written PDF can be drawn");
    let cache = RenderCache::new();
    let settings = PixmapSettings { x_scale: SCALE, y_scale: SCALE, bg_color: WHITE };
    let draw = |index: &usize| {
        let page = &pdf.pages()[*index];
        let pixmap = render(
            page,
            &cache,
            &InterpreterSettings::default(),
            &RenderSettings { hinting: false, ..RenderSettings::default() },
            &settings,
        );
        (*index, pixmap.into_png().expect("a picture that can be encoded"))
    };
    wanted.iter().map(draw).collect()
}

/// How two pictures differ, if they do.
pub fn difference(want: &[u8], got: &[u8]) -> Option<String> {
    let (want, got) = (decode(want), decode(got));
    if (want.width, want.height) != (got.width, got.height) {
        return Some(format!(
            "is {}×{} pixels, expected {}×{}",
            got.width, got.height, want.width, want.height
        ));
    }
    let differs = |(a, b): &(&u8, &u8)| a.abs_diff(**b) > TOLERANCE;
    let stray = want.pixels.iter().zip(&got.pixels).filter(differs).count();
    let share = stray as f64 / want.pixels.len() as f64;
    (share > STRAY).then(|| format!("{:.3} % of the picture differs", share * 100.0))
}

struct Bitmap {
    width: u32,
    height: u32,
    pixels: Vec<u8>,
}

fn decode(bytes: &[u8]) -> Bitmap {
    let decoder = png::Decoder::new(std::io::Cursor::new(bytes));
    let mut reader = decoder.read_info().expect("a PNG");
    let mut pixels = vec![0; reader.output_buffer_size().expect("a PNG of sane size")];
    let info = reader.next_frame(&mut pixels).expect("a whole PNG");
    pixels.truncate(info.buffer_size());
    Bitmap { width: info.width, height: info.height, pixels }
}
