//! JPEG 2000 images (ISO 19005-2 6.2.8.3): the boxes of a JP2 file, and the size marker of its
//! codestream (ISO/IEC 15444-1 annexes A and I).

/// How many boxes are looked at.
const BOXES: usize = 4096;

/// A colour specification (`colr`).
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Specification {
    /// How the space is told (`METH`).
    pub method: u8,
    /// How exact it is (`APPROX`).
    pub approximation: u8,
    /// The number of an enumerated space.
    pub enumerated: Option<u32>,
}

/// What an image says of its channels and colours.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct Image {
    /// How many channels there are, all but those that `cdef` takes for opacity.
    pub colour_channels: u16,
    /// The bits of a channel; 255 in the header box when they differ.
    pub depth: Option<u8>,
    /// Whether the channels have depths of their own (`bpcc`).
    pub depths_differ: bool,
    /// The colour specifications, in their order.
    pub colours: Vec<Specification>,
}

fn number(bytes: &[u8], at: usize, width: usize) -> Option<u64> {
    let bytes = bytes.get(at..at.checked_add(width)?)?;
    Some(bytes.iter().fold(0, |all, byte| all << 8 | u64::from(*byte)))
}

/// Reads an image; `None` when it is neither a JP2 file nor a bare codestream.
pub fn read(bytes: &[u8]) -> Option<Image> {
    let mut image = Image::default();
    if bytes.starts_with(&[0xff, 0x4f, 0xff, 0x51]) {
        codestream(bytes, &mut image)?;
        return Some(image);
    }
    if bytes.get(4..8) != Some(b"jP  ") {
        return None;
    }
    let mut opacities = 0;
    let mut left = BOXES;
    boxes(bytes, &mut left, &mut |kind, content| match kind {
        b"jp2h" => {
            let mut inner = BOXES;
            boxes(content, &mut inner, &mut |kind, content| {
                header(kind, content, &mut image, &mut opacities);
            });
        }
        b"jp2c" if image.colour_channels == 0 => {
            codestream(content, &mut image);
        }
        _ => {}
    });
    image.colour_channels = image.colour_channels.saturating_sub(opacities);
    Some(image)
}

/// Tells each box at one level.
fn boxes(bytes: &[u8], left: &mut usize, tell: &mut dyn FnMut(&[u8], &[u8])) {
    let mut at = 0;
    while *left > 0 {
        *left -= 1;
        let (Some(short), Some(kind)) = (number(bytes, at, 4), bytes.get(at + 4..at + 8)) else {
            return;
        };
        let (head, length) = match short {
            0 => (8, (bytes.len() - at) as u64),
            1 => match number(bytes, at + 8, 8) {
                Some(long) => (16, long),
                None => return,
            },
            short => (8, short),
        };
        let Some(end) = usize::try_from(length).ok().and_then(|length| at.checked_add(length))
        else {
            return;
        };
        let Some(content) = bytes.get(at + head..end.min(bytes.len())) else { return };
        tell(kind, content);
        at = end;
    }
}

fn header(kind: &[u8], content: &[u8], image: &mut Image, opacities: &mut u16) {
    match kind {
        b"ihdr" => {
            let channels = number(content, 8, 2).and_then(|channels| u16::try_from(channels).ok());
            image.colour_channels = channels.unwrap_or_default();
            image.depth = content.get(10).map(|bits| match bits {
                255 => 255,
                bits => (bits & 0x7f) + 1,
            });
        }
        b"bpcc" => image.depths_differ = true,
        b"colr" => {
            let (Some(method), Some(approximation)) = (content.first(), content.get(2)) else {
                return;
            };
            let enumerated = match method {
                1 => number(content, 3, 4).and_then(|space| u32::try_from(space).ok()),
                _ => None,
            };
            image.colours.push(Specification {
                method: *method,
                approximation: *approximation,
                enumerated,
            });
        }
        b"cdef" => {
            let rows = content.get(2..).unwrap_or_default().as_chunks::<6>().0;
            // The second field tells what a channel is: 0 for colour.
            *opacities = rows.iter().filter(|row| row[3] != 0).count().try_into().unwrap_or(0);
        }
        b"pclr" => {
            // With a palette the channels are its columns.
            if let Some(columns) = content.get(2) {
                image.colour_channels = u16::from(*columns);
            }
        }
        _ => {}
    }
}

/// The size marker of a codestream.
fn codestream(bytes: &[u8], image: &mut Image) -> Option<()> {
    // SOC, SIZ, its length, capabilities, and eight numbers of four bytes come before the count.
    let channels = number(bytes, 40, 2)?;
    image.colour_channels = u16::try_from(channels).ok()?;
    image.depth = bytes.get(42).map(|bits| (bits & 0x7f) + 1);
    let depths = bytes.get(42..)?.iter().step_by(3).take(usize::try_from(channels).ok()?);
    image.depths_differ = depths.map(|bits| bits & 0x7f).any(|bits| Some(bits + 1) != image.depth);
    Some(())
}

#[cfg(test)]
mod tests {
    use super::*;

    fn boxed(kind: &[u8; 4], content: &[u8]) -> Vec<u8> {
        let length = u32::try_from(content.len() + 8).unwrap_or_default().to_be_bytes();
        [&length[..], kind, content].concat()
    }

    #[test]
    fn read_boxes_tell_channels_and_colours() {
        let header = [0, 0, 0, 1, 0, 0, 0, 1, 0, 4, 7, 7, 0, 0];
        let opacity = [0, 1, 0, 3, 0, 1, 0, 0];
        let inner = [
            boxed(b"ihdr", &header),
            boxed(b"colr", &[1, 0, 1, 0, 0, 0, 16]),
            boxed(b"cdef", &opacity),
        ]
        .concat();
        let file = [boxed(b"jP  ", &[13, 10, 0x87, 10]), boxed(b"jp2h", &inner)].concat();
        let image = read(&file).unwrap_or_default();
        assert_eq!((image.colour_channels, image.depth), (3, Some(8)));
        let colour = Specification { method: 1, approximation: 1, enumerated: Some(16) };
        assert_eq!(image.colours, [colour]);
    }

    #[test]
    fn read_cut_off_ends() {
        assert_eq!(read(b"\0\0\0\x0cjP  "), Some(Image::default()));
        assert_eq!(read(b"no image"), None);
    }
}
