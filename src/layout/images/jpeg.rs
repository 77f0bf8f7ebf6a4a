//! JPEG: checked, and passed through as it is.

use zune_jpeg::JpegDecoder;
use zune_jpeg::zune_core::bytestream::ZCursor;
use zune_jpeg::zune_core::options::DecoderOptions;

use super::{ImageError, check_size, digest, orientation};
use crate::layout::page::{Image, Pixels};

/// Reads size and components from the header. The file has to reach its end marker, since what
/// follows it in the document could not be read otherwise.
pub fn read(bytes: &[u8]) -> Result<Image, ImageError> {
    let damaged = |why: String| ImageError::Damaged("JPEG", why);
    let limit = usize::from(u16::MAX);
    let options =
        DecoderOptions::default().set_strict_mode(false).set_max_width(limit).set_max_height(limit);
    let mut decoder = JpegDecoder::new_with_options(ZCursor::new(bytes), options);
    decoder.decode_headers().map_err(|error| damaged(error.to_string()))?;
    let info = decoder.info().ok_or_else(|| damaged("it has no header".to_owned()))?;
    let (width, height) = (u32::from(info.width), u32::from(info.height));
    check_size(width, height, u64::from(info.components.max(1)))?;
    let components = match info.components {
        1 => 1,
        3 => 3,
        4 => return Err(ImageError::Cmyk),
        other => return Err(damaged(format!("it has {other} colour components"))),
    };
    if !reaches_end(bytes) {
        return Err(damaged("the file is cut short".to_owned()));
    }
    let pixels = Pixels::Jpeg { data: bytes.to_vec(), components };
    let exif = decoder.exif().map(Vec::as_slice).unwrap_or_default();
    let orientation = orientation::read(exif);
    Ok(Image { width, height, pixels, orientation, key: digest(bytes) })
}

/// Whether an end marker follows some scan; cameras append previews and other things after it.
fn reaches_end(bytes: &[u8]) -> bool {
    let start = bytes.windows(2).position(|pair| pair == [0xff, 0xda]).unwrap_or(bytes.len());
    let rest = bytes.get(start..).unwrap_or_default();
    rest.windows(2).rev().any(|pair| pair == [0xff, 0xd9])
}

#[cfg(test)]
mod tests {
    use proptest::prelude::*;

    use super::*;

    /// A grey picture of 8 × 8 pixels, written by hand after ITU-T T.81: one quantisation table
    /// of ones, one code of one bit in each table, and a scan that says "nothing but the mean".
    fn tiny(components: u8) -> Vec<u8> {
        let mut bytes = vec![0xff, 0xd8, 0xff, 0xdb, 0, 67, 0];
        bytes.extend([1; 64]);
        bytes.extend([0xff, 0xc0, 0, 8 + 3 * components, 8, 0, 8, 0, 8, components]);
        for id in 1..=components {
            bytes.extend([id, 0x11, 0]);
        }
        for class in [0x00, 0x10] {
            bytes.extend([0xff, 0xc4, 0, 20, class, 1]);
            bytes.extend([0; 15]);
            bytes.push(0);
        }
        bytes.extend([0xff, 0xda, 0, 6 + 2 * components, components]);
        for id in 1..=components {
            bytes.extend([id, 0]);
        }
        bytes.extend([0, 63, 0, 0x00, 0xff, 0xd9]);
        bytes
    }

    #[test]
    fn read_grey_is_passed_through() {
        let bytes = tiny(1);
        let image = read(&bytes).unwrap();
        assert_eq!((image.width, image.height), (8, 8));
        assert_eq!(image.pixels, Pixels::Jpeg { data: bytes, components: 1 });
    }

    #[test]
    fn read_colour_has_three_components() {
        assert!(matches!(read(&tiny(3)).unwrap().pixels, Pixels::Jpeg { components: 3, .. }));
    }

    #[test]
    fn read_follows_the_camera() {
        let mut bytes = tiny(1);
        let exif = b"\xff\xe1\0\x22Exif\0\0MM\0\x2a\0\0\0\x08\0\x01\x01\x12\0\x03\0\0\0\x01\0\x06\0\0\0\0\0\0";
        bytes.splice(2..2, exif.iter().copied());
        assert_eq!(read(&bytes).unwrap().orientation.number(), 6);
        assert_eq!(read(&tiny(1)).unwrap().orientation.number(), 1);
    }

    #[test]
    fn read_cmyk_is_refused() {
        assert_eq!(read(&tiny(4)), Err(ImageError::Cmyk));
    }

    #[test]
    fn read_of_truncated_file_is_damaged() {
        let bytes = tiny(1);
        for end in 2..bytes.len() {
            assert!(read(&bytes[..end]).is_err(), "cut at {end}");
        }
    }

    proptest! {
        #[test]
        fn read_of_mutated_file_never_panics(at in 2usize..160, value: u8) {
            let mut bytes = tiny(3);
            if let Some(byte) = bytes.get_mut(at) {
                *byte = value;
            }
            let _ = read(&bytes);
        }
    }
}
