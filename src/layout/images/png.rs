//! PNG → 8-bit channels with alpha apart.

use std::io::Cursor;

use png::{ColorType, Decoder, Limits, Transformations};

use super::{ImageError, MAX_DECODED, check_size, digest, orientation};
use crate::layout::page::{Image, Pixels};

/// Decodes all kinds of PNG: palettes become RGB, 16 bits become 8, grey stays grey, and an alpha
/// channel that is opaque everywhere is dropped. Colours are taken as sRGB, whatever `gAMA`,
/// `cHRM` and `iCCP` say, as the whole document's are.
pub fn decode(bytes: &[u8]) -> Result<Image, ImageError> {
    let damaged = |error: png::DecodingError| ImageError::Damaged("PNG", error.to_string());
    let limits = Limits { bytes: MAX_DECODED as usize };
    let mut decoder = Decoder::new_with_limits(Cursor::new(bytes), limits);
    decoder.set_transformations(Transformations::EXPAND | Transformations::STRIP_16);
    decoder.set_ignore_text_chunk(true);
    decoder.set_ignore_iccp_chunk(true);
    let header = decoder.read_header_info().map_err(damaged)?;
    let (width, height) = (header.width, header.height);
    check_size(width, height, 4)?;
    let mut reader = decoder.read_info().map_err(damaged)?;
    let size = reader.output_buffer_size().ok_or(ImageError::TooLarge(width, height))?;
    let mut data = vec![0; size];
    let frame = reader.next_frame(&mut data).map_err(damaged)?;
    reader.finish().map_err(damaged)?;
    data.truncate(frame.buffer_size());
    let pixels = match frame.color_type {
        ColorType::Grayscale => Pixels::Gray { data, alpha: None },
        ColorType::Rgb | ColorType::Indexed => Pixels::Rgb { data, alpha: None },
        ColorType::GrayscaleAlpha => {
            let (data, alpha) = split_alpha(&data, 1);
            Pixels::Gray { data, alpha }
        }
        ColorType::Rgba => {
            let (data, alpha) = split_alpha(&data, 3);
            Pixels::Rgb { data, alpha }
        }
    };
    let exif = reader.info().exif_metadata.as_deref().unwrap_or_default();
    let orientation = orientation::read(exif);
    Ok(Image { width, height, pixels, orientation, key: digest(bytes) })
}

/// Takes the last channel of each pixel apart, unless all of it is opaque.
fn split_alpha(pixels: &[u8], colors: usize) -> (Vec<u8>, Option<Vec<u8>>) {
    let count = pixels.len() / (colors + 1);
    let mut data = Vec::with_capacity(count * colors);
    let mut alpha = Vec::with_capacity(count);
    for pixel in pixels.chunks_exact(colors + 1) {
        let (color, opacity) = pixel.split_at(colors);
        data.extend_from_slice(color);
        alpha.extend_from_slice(opacity);
    }
    let opaque = alpha.iter().all(|value| *value == u8::MAX);
    (data, (!opaque).then_some(alpha))
}

#[cfg(test)]
mod tests {
    use proptest::prelude::*;

    use super::*;

    fn encode(color: ColorType, depth: png::BitDepth, data: &[u8]) -> Vec<u8> {
        let mut bytes = Vec::new();
        let mut encoder = png::Encoder::new(&mut bytes, 2, 2);
        encoder.set_color(color);
        encoder.set_depth(depth);
        if color == ColorType::Indexed {
            encoder.set_palette(vec![255, 0, 0, 0, 0, 255]);
        }
        let mut writer = encoder.write_header().unwrap();
        writer.write_image_data(data).unwrap();
        writer.finish().unwrap();
        bytes
    }

    #[test]
    fn decode_rgba_sets_alpha_apart() {
        let data = [1, 2, 3, 255, 4, 5, 6, 128, 7, 8, 9, 0, 10, 11, 12, 255];
        let image = decode(&encode(ColorType::Rgba, png::BitDepth::Eight, &data)).unwrap();
        let expected =
            Pixels::Rgb { data: (1..=12).collect(), alpha: Some(vec![255, 128, 0, 255]) };
        assert_eq!(image.pixels, expected);
    }

    #[test]
    fn decode_sixteen_bit_grey_stays_grey() {
        let data = [0x12, 0x34, 0xff, 0xff, 0, 0, 0x80, 0];
        let image = decode(&encode(ColorType::Grayscale, png::BitDepth::Sixteen, &data)).unwrap();
        assert_eq!(image.pixels, Pixels::Gray { data: vec![0x12, 0xff, 0, 0x80], alpha: None });
    }

    #[test]
    fn decode_palette_becomes_rgb() {
        let rows = [0b0100_0000, 0b1000_0000];
        let image = decode(&encode(ColorType::Indexed, png::BitDepth::One, &rows)).unwrap();
        let data = vec![255, 0, 0, 0, 0, 255, 0, 0, 255, 255, 0, 0];
        assert_eq!(image.pixels, Pixels::Rgb { data, alpha: None });
    }

    #[test]
    fn decode_of_huge_header_is_refused_before_allocation() {
        let mut bytes = encode(ColorType::Grayscale, png::BitDepth::Eight, &[0; 4]);
        bytes[16..24].copy_from_slice(&[0, 1, 0, 0, 0, 1, 0, 0]);
        // The header's checksum no longer fits, which is found first; both are errors.
        assert!(decode(&bytes).is_err());
    }

    #[test]
    fn decode_of_truncated_file_is_damaged() {
        let bytes = encode(ColorType::Rgb, png::BitDepth::Eight, &[7; 12]);
        for end in 8..bytes.len() - 12 {
            assert!(decode(&bytes[..end]).is_err(), "cut at {end}");
        }
    }

    proptest! {
        #[test]
        fn decode_of_mutated_file_never_panics(at in 8usize..90, value: u8, cut in 8usize..120) {
            let mut bytes = encode(ColorType::Rgba, png::BitDepth::Eight, &[9; 16]);
            if let Some(byte) = bytes.get_mut(at) {
                *byte = value;
            }
            bytes.truncate(cut);
            let _ = decode(&bytes);
        }
    }
}
