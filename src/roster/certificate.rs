//! Numbers of certificates: ten characters and a check character, from a keyed hash of what the
//! certificate says; without a key, plain serials.

use hmac::{Hmac, KeyInit, Mac};
use sha2::Sha256;

use crate::model::{PartialDate, Text};

/// The digits of Crockford's base 32, and five more characters that only a check character may be.
const DIGITS: &[u8; 37] = b"0123456789ABCDEFGHJKMNPQRSTVWXYZ*~$=U";
/// How many digits a number has; each stands for five bits.
const LENGTH: u32 = 10;
/// The fewest bytes of a key: half of what the hash gives (RFC 2104, 3).
pub const SHORTEST_KEY: usize = 16;

/// A certificate that is due.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Certificate {
    /// The number; a plain serial where the project has no key.
    pub number: String,
    /// The event's id.
    pub event: String,
    /// What the event is called.
    pub title: Text,
    /// The event's first day.
    pub first: PartialDate,
    /// The event's last day.
    pub last: PartialDate,
    /// The person's id.
    pub person: String,
    /// The person's surname.
    pub surname: String,
    /// The person's given name.
    pub given_name: Option<String>,
    /// On how many days the person was there.
    pub days: usize,
    /// Minutes attended.
    pub minutes: u32,
    /// Minutes scheduled.
    pub scheduled: u32,
    /// The share attended in percent, rounded down.
    pub share: u32,
}

/// What a certificate says, as its number stands for it.
#[derive(Debug, Clone, Copy)]
pub struct Said<'a> {
    /// The event's id.
    pub event: &'a str,
    /// The person's id.
    pub person: &'a str,
    /// The person's surname.
    pub surname: &'a str,
    /// The person's given name, or nothing.
    pub given_name: &'a str,
    /// The event's first day, ISO 8601.
    pub first: &'a str,
    /// The event's last day, ISO 8601.
    pub last: &'a str,
    /// Minutes attended.
    pub minutes: u32,
    /// Minutes scheduled.
    pub scheduled: u32,
}

/// The number of a certificate under a key: `7ZK2M-9QX4T-B`.
pub fn number(key: &[u8], said: &Said) -> String {
    // HMAC takes a key of any length.
    let Ok(mut mac) = <Hmac<Sha256> as KeyInit>::new_from_slice(key) else { return String::new() };
    let (minutes, scheduled) = (said.minutes.to_string(), said.scheduled.to_string());
    let fields = [
        "dossier certificate 1",
        said.event,
        said.person,
        said.surname,
        said.given_name,
        said.first,
        said.last,
        &minutes,
        &scheduled,
    ];
    for field in fields {
        // Each with its length, so that no two lists of fields give the same bytes.
        mac.update(&(field.len() as u64).to_be_bytes());
        mac.update(field.as_bytes());
    }
    let hash = mac.finalize().into_bytes();
    let head = hash.iter().take(8).fold(0_u64, |number, byte| (number << 8) | u64::from(*byte));
    written(head >> (64 - 5 * LENGTH))
}

/// The serial number of a certificate where there is no key.
pub fn serial(event: &str, number: usize) -> String {
    format!("{}-{number:03}", event.to_uppercase())
}

fn written(number: u64) -> String {
    let digit = |value: u64| DIGITS.get(value as usize).map_or('0', |digit| char::from(*digit));
    let mut text: String =
        (0..LENGTH).rev().map(|place| digit((number >> (5 * place)) & 31)).collect();
    text.insert(LENGTH as usize / 2, '-');
    text.push('-');
    text.push(digit(number % 37));
    text
}

/// Why a text cannot be a certificate's number.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Misread {
    /// It has not ten characters and a check character.
    Length(usize),
    /// A character that no number has.
    Character(char),
    /// The check character does not fit the others: one is wrong, or two have changed places.
    Check,
}

/// A number as it is printed, from a number as somebody types it: small letters, O for 0, I and L for
/// 1, and hyphens or blanks anywhere, as Crockford's base 32 allows.
///
/// # Errors
/// What keeps the text from being a number.
pub fn normal(typed: &str) -> Result<String, Misread> {
    let letters: Vec<char> = typed
        .chars()
        .filter(|letter| !letter.is_whitespace() && !matches!(letter, '-' | '–' | '‑'))
        .map(|letter| match letter.to_ascii_uppercase() {
            'O' => '0',
            'I' | 'L' => '1',
            other => other,
        })
        .collect();
    let length = LENGTH as usize + 1;
    if letters.len() != length {
        return Err(Misread::Length(letters.len()));
    }
    let mut values = Vec::with_capacity(length);
    for (place, letter) in letters.iter().enumerate() {
        let most = if place + 1 == length { 37 } else { 32 };
        let value = DIGITS.iter().take(most).position(|digit| char::from(*digit) == *letter);
        values.push(value.ok_or(Misread::Character(*letter))? as u64);
    }
    let check = values.pop();
    let number = values.iter().fold(0, |number, value| (number << 5) | value);
    if check == Some(number % 37) { Ok(written(number)) } else { Err(Misread::Check) }
}

#[cfg(test)]
mod tests {
    use super::*;

    const SAID: Said = Said {
        event: "course",
        person: "p-1",
        surname: "Hansen",
        given_name: "Åse",
        first: "2015-10-19",
        last: "2015-10-23",
        minutes: 1500,
        scheduled: 1800,
    };

    #[test]
    fn number_depends_on_the_key_and_on_every_field() {
        let key = b"0123456789abcdef";
        let one = number(key, &SAID);
        assert_eq!(one.len(), 13);
        assert_eq!(one, number(key, &SAID));
        assert_ne!(one, number(b"0123456789abcdeg", &SAID));
        assert_ne!(one, number(key, &Said { minutes: 1501, ..SAID }));
        assert_ne!(one, number(key, &Said { surname: "HansenÅ", given_name: "se", ..SAID }));
    }

    #[test]
    fn typed_number_is_read_generously_and_checked() {
        let one = number(b"0123456789abcdef", &SAID);
        assert_eq!(normal(&one).as_deref(), Ok(one.as_str()));
        assert_eq!(normal(&one.to_lowercase().replace('-', " ")).as_deref(), Ok(one.as_str()));
        assert_eq!(normal("00000-00000-0").as_deref(), Ok("00000-00000-0"));
        assert_eq!(normal("OoOoO-0000I-l"), Ok("00000-00001-1".to_owned()));
        assert_eq!(normal("00000-00001-0"), Err(Misread::Check));
        assert_eq!(normal("0000"), Err(Misread::Length(4)));
        assert_eq!(normal("U0000-00000-0"), Err(Misread::Character('U')));
    }

    #[test]
    fn every_single_slip_is_found() {
        let one = number(b"0123456789abcdef", &SAID);
        let digits: Vec<char> = one.chars().collect();
        for (place, was) in digits.iter().enumerate().filter(|(_, letter)| **letter != '-') {
            for digit in DIGITS.iter().take(32).map(|digit| char::from(*digit)) {
                let mut slipped = digits.clone();
                slipped[place] = digit;
                let text: String = slipped.iter().collect();
                assert!(digit == *was || normal(&text) != Ok(text.clone()), "{text}");
            }
        }
    }
}
