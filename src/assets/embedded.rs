//! Files that stand in their own address (`data:`, RFC 2397). Owns `data-url`.

/// The bytes that an address holds; `None` for one that names a file.
///
/// # Errors
/// What is wrong with the address, in words.
pub fn embedded(address: &str) -> Option<Result<Vec<u8>, String>> {
    // Schemes are written in any case (RFC 3986 §3.1).
    let scheme = address.get(..5)?;
    scheme.eq_ignore_ascii_case("data:").then(|| {
        let url = data_url::DataUrl::process(address).map_err(|error| error.to_string())?;
        let (bytes, _) = url.decode_to_vec().map_err(|error| error.to_string())?;
        Ok(bytes)
    })
}

/// The name of a file as messages show it: of an address that holds the file itself, only what it
/// says of its kind.
pub fn shown_name(path: &str) -> &str {
    const LONGEST: usize = 60;
    match path.split_once([';', ',']) {
        Some((kind, _)) if path.starts_with("data:") => {
            kind.get(..LONGEST.min(kind.len())).unwrap_or("data:")
        }
        _ => path,
    }
}

#[cfg(test)]
mod tests {
    use super::{embedded, shown_name};

    #[test]
    fn embedded_bytes_are_read_plain_and_in_base64() {
        assert_eq!(embedded("data:,ab%20c"), Some(Ok(b"ab c".to_vec())));
        assert_eq!(embedded("DATA:font/ttf;base64,YWI="), Some(Ok(b"ab".to_vec())));
        assert!(embedded("data:font/ttf;base64,?").is_some_and(|bytes| bytes.is_err()));
        assert_eq!(embedded("fonts/data.ttf"), None);
    }

    #[test]
    fn shown_name_leaves_the_bytes_out() {
        assert_eq!(shown_name("data:font/woff2;base64,AAAA"), "data:font/woff2");
        assert_eq!(shown_name("seal.png"), "seal.png");
    }
}
