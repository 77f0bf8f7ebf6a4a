//! `{{letter @index}}`: A, B … Z, AA, counted from 0.

use serde_json::Value as Json;

use crate::fill::call::Call;
use crate::fill::fault::Fault;

pub(super) fn run(call: &Call) -> Result<Json, Fault> {
    let given = call.arg(0)?;
    let number = given.value.as_u64().and_then(|number| u32::try_from(number).ok());
    let number = number.ok_or_else(|| call.wrong(given, "a whole number"))?;
    Ok(Json::from(letters(number)))
}

fn letters(number: u32) -> String {
    let mut rest = u64::from(number) + 1;
    let mut letters: Vec<char> = Vec::new();
    while rest > 0 {
        let digit = u8::try_from((rest - 1) % 26).unwrap_or(0);
        letters.push(char::from(b'A' + digit));
        rest = (rest - 1) / 26;
    }
    letters.iter().rev().collect()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn letters_after_z_are_doubled() {
        assert_eq!([0, 25, 26, 701, 702].map(letters), ["A", "Z", "AA", "ZZ", "AAA"]);
    }
}
