//! How much a stream unpacks to, counted before it is unpacked: files come from anywhere, and a few
//! bytes can stand for more than the memory holds (ISO 32000-1 7.4).

use std::io::{self, BufRead, BufReader, Bytes, Read};

use flate2::bufread::{DeflateDecoder, ZlibDecoder};
use hayro_syntax::object::{Array, Name, Object, Stream};

use super::document;

/// A sound stream has one filter or two.
const FILTERS: usize = 4;

/// The coding of a stream, as far as it can grow in unpacking.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
enum Coding {
    Hex,
    Base85,
    RunLength,
    Deflate,
    Lzw,
    /// An image's own, which is not unpacked here, or none that is known.
    Other,
}

impl Coding {
    fn named(name: &[u8]) -> Coding {
        match name {
            b"ASCIIHexDecode" | b"AHx" => Coding::Hex,
            b"ASCII85Decode" | b"A85" => Coding::Base85,
            b"RunLengthDecode" | b"RL" => Coding::RunLength,
            b"FlateDecode" | b"Fl" => Coding::Deflate,
            b"LZWDecode" | b"LZW" => Coding::Lzw,
            _ => Coding::Other,
        }
    }

    /// How many bytes it makes of one at most.
    fn growth(self) -> usize {
        match self {
            Coding::Hex | Coding::Other => 1,
            // `z` stands for four bytes of nothing.
            Coding::Base85 => 4,
            Coding::RunLength => 64,
            Coding::Deflate => 1032,
            // Twelve bits stand for no more than a table of 4,096 sequences can hold.
            Coding::Lzw => 2560,
        }
    }
}

/// Whether no filter of a stream makes more than `most` bytes. Data that are broken fit when they
/// are too short to grow so much.
pub fn fits(stream: &Stream<'_>, most: usize) -> bool {
    let codings = codings(stream);
    let raw = stream.raw_data();
    let mut greatest = raw.len();
    let mut reached = raw.len();
    for coding in &codings {
        reached = reached.saturating_mul(coding.growth());
        greatest = greatest.max(reached);
    }
    greatest <= most || counted(&raw, &codings, most)
}

fn codings(stream: &Stream<'_>) -> Vec<Coding> {
    let dict = stream.dict();
    let one = |key: &str| dict.get::<Name<'_>>(key).map(|name| vec![Coding::named(&name)]);
    let several = |key: &str| {
        let list = dict.get::<Array<'_>>(key)?;
        let named = |item: Object<'_>| item.into_name().map(|name| Coding::named(&name));
        Some(document::items(&list).filter_map(named).collect())
    };
    let all = one("F").or_else(|| one("Filter"));
    all.or_else(|| several("F")).or_else(|| several("Filter")).unwrap_or_default()
}

/// Unpacks without keeping anything, and counts what each filter makes: what the last one leaves
/// over was unpacked all the same.
fn counted(raw: &[u8], codings: &[Coding], most: usize) -> bool {
    if codings.len() > FILTERS || codings.contains(&Coding::Lzw) {
        return false;
    }
    let most = most as u64;
    (1..=codings.len()).all(|filters| {
        let mut unpacked: Box<dyn BufRead + '_> = Box::new(raw);
        for coding in codings.iter().take(filters) {
            let Some(next) = decoder(*coding, unpacked) else { return true };
            unpacked = Box::new(BufReader::new(next));
        }
        io::copy(&mut unpacked.take(most + 1), &mut io::sink()).is_ok_and(|count| count <= most)
    })
}

/// What a filter makes of its input; `None` where nothing is unpacked.
fn decoder<'a>(coding: Coding, mut input: Box<dyn BufRead + 'a>) -> Option<Box<dyn Read + 'a>> {
    Some(match coding {
        Coding::Hex | Coding::Base85 | Coding::RunLength => Box::new(Grouped {
            input: input.bytes(),
            coding,
            group: Vec::new(),
            at: 0,
            ended: false,
        }),
        Coding::Deflate => match input.fill_buf() {
            // Streams without the header of zlib are unpacked all the same.
            Ok([method, ..]) if method & 0x0f != 8 => Box::new(DeflateDecoder::new(input)),
            _ => Box::new(ZlibDecoder::new(input)),
        },
        Coding::Lzw | Coding::Other => return None,
    })
}

/// A coding of small groups of bytes.
struct Grouped<R> {
    input: Bytes<R>,
    coding: Coding,
    /// The group that was read last, and how much of it was handed out.
    group: Vec<u8>,
    at: usize,
    ended: bool,
}

impl<R: Read> Read for Grouped<R> {
    fn read(&mut self, into: &mut [u8]) -> io::Result<usize> {
        while self.at == self.group.len() && !self.ended {
            self.group.clear();
            self.at = 0;
            match self.coding {
                Coding::Hex => self.hex()?,
                Coding::Base85 => self.base85()?,
                _ => self.run()?,
            }
        }
        let rest = self.group.get(self.at..).unwrap_or_default();
        let count = rest.len().min(into.len());
        into.iter_mut().zip(rest).for_each(|(to, from)| *to = *from);
        self.at += count;
        Ok(count)
    }
}

impl<R: Read> Grouped<R> {
    fn next(&mut self) -> io::Result<Option<u8>> {
        self.input.next().transpose()
    }

    /// The next byte that is no white space (ISO 32000-1 table 1).
    fn next_visible(&mut self) -> io::Result<Option<u8>> {
        loop {
            match self.next()? {
                Some(0 | 9 | 10 | 12 | 13 | 32) => {}
                other => return Ok(other),
            }
        }
    }

    /// Two digits (7.4.2). The last may stand alone.
    fn hex(&mut self) -> io::Result<()> {
        let mut byte = 0;
        for place in 0..2 {
            let digit = match self.next_visible()? {
                Some(b'>') | None => {
                    self.ended = true;
                    if place == 0 {
                        return Ok(());
                    }
                    0
                }
                Some(digit) => char::from(digit).to_digit(16).ok_or(io::ErrorKind::InvalidData)?,
            };
            byte = byte << 4 | digit;
            if self.ended {
                break;
            }
        }
        self.group.push(u8::try_from(byte).unwrap_or_default());
        Ok(())
    }

    /// Five digits of base 85 (7.4.3), fewer at the end.
    fn base85(&mut self) -> io::Result<()> {
        let mut value = 0_u32;
        let mut count = 0_usize;
        while count < 5 {
            match self.next_visible()? {
                Some(digit @ b'!'..=b'u') => {
                    let next =
                        value.checked_mul(85).and_then(|v| v.checked_add(u32::from(digit - b'!')));
                    value = next.ok_or(io::ErrorKind::InvalidData)?;
                    count += 1;
                }
                Some(b'z') if count == 0 => {
                    self.group.extend([0; 4]);
                    return Ok(());
                }
                Some(b'~') | None => {
                    self.ended = true;
                    break;
                }
                Some(_) => return Err(io::ErrorKind::InvalidData.into()),
            }
        }
        for _ in count..5 {
            value = value.saturating_mul(85).saturating_add(84);
        }
        let bytes = value.to_be_bytes();
        self.group.extend(bytes.iter().take(count.saturating_sub(1)));
        Ok(())
    }

    /// A length, and the bytes that it counts or the one that it repeats (7.4.5).
    fn run(&mut self) -> io::Result<()> {
        match self.next()? {
            None | Some(128) => self.ended = true,
            Some(length @ 0..128) => {
                for _ in 0..=length {
                    let byte = self.next()?;
                    self.group.extend(byte);
                }
            }
            Some(length) => {
                if let Some(byte) = self.next()? {
                    self.group.resize(257 - usize::from(length), byte);
                }
            }
        }
        Ok(())
    }
}

#[cfg(test)]
mod tests {
    use std::io::Write;

    use flate2::Compression;
    use flate2::write::{DeflateEncoder, ZlibEncoder};

    use super::*;

    const MOST: usize = 100_000;

    fn deflated(data: &[u8]) -> Vec<u8> {
        let mut encoder = ZlibEncoder::new(Vec::new(), Compression::best());
        encoder.write_all(data).unwrap();
        encoder.finish().unwrap()
    }

    fn hex(data: &[u8]) -> Vec<u8> {
        data.iter().map(|byte| format!("{byte:02X} ")).collect::<String>().into_bytes()
    }

    fn base85(data: &[u8]) -> Vec<u8> {
        let mut text = Vec::new();
        for group in data.chunks(4) {
            let mut four = [0; 4];
            four[..group.len()].copy_from_slice(group);
            let mut value = u32::from_be_bytes(four);
            let mut digits = [0; 5];
            for digit in digits.iter_mut().rev() {
                *digit = b'!' + (value % 85) as u8;
                value /= 85;
            }
            text.extend(&digits[..=group.len()]);
        }
        text.extend(b"~>");
        text
    }

    fn unpacked(coding: Coding, data: &[u8]) -> Vec<u8> {
        let mut all = Vec::new();
        decoder(coding, Box::new(data)).unwrap().read_to_end(&mut all).unwrap();
        all
    }

    #[test]
    fn codings_of_groups_are_read() {
        assert_eq!(unpacked(Coding::Hex, b"4D 61 6\n> 41"), b"Ma\x60");
        assert_eq!(unpacked(Coding::Base85, &base85(b"Mandate")), b"Mandate");
        assert_eq!(unpacked(Coding::Base85, b"z~>"), [0; 4]);
        assert_eq!(unpacked(Coding::RunLength, b"\x01ab\xfec\x80d"), b"abccc");
    }

    #[test]
    fn data_at_the_limit_fit_and_one_byte_more_does_not() {
        for (length, fit) in [(MOST, true), (MOST + 1, false)] {
            let data = deflated(&vec![b'a'; length]);
            assert_eq!(counted(&data, &[Coding::Deflate], MOST), fit);
            assert_eq!(counted(&hex(&data), &[Coding::Hex, Coding::Deflate], MOST), fit);
            assert_eq!(counted(&base85(&data), &[Coding::Base85, Coding::Deflate], MOST), fit);
            let twice = deflated(&data);
            assert_eq!(counted(&twice, &[Coding::Deflate, Coding::Deflate], MOST), fit);
        }
    }

    #[test]
    fn data_that_grow_and_shrink_again_are_counted_where_they_are_largest() {
        let runs = deflated(&[b"\x80".as_slice(), &vec![b'a'; 2 * MOST]].concat());
        assert!(!counted(&runs, &[Coding::Deflate, Coding::RunLength], MOST));
    }

    #[test]
    fn data_without_the_header_of_zlib_are_counted() {
        let mut encoder = DeflateEncoder::new(Vec::new(), Compression::best());
        encoder.write_all(&vec![b'a'; 2 * MOST]).unwrap();
        assert!(!counted(&encoder.finish().unwrap(), &[Coding::Deflate], MOST));
    }

    #[test]
    fn filters_that_are_too_many_or_broken_do_not_fit() {
        assert!(!counted(b"41", &[Coding::Hex; FILTERS + 1], MOST));
        assert!(!counted(b"4G", &[Coding::Hex], MOST));
        assert!(!counted(b"\x80", &[Coding::Lzw], MOST));
    }
}
