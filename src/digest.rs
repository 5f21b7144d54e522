//! SHA-256 as we write it: in lower-case hexadecimal.

use std::io;

use sha2::{Digest as _, Sha256};

/// Lower-case hexadecimal, two letters for each byte.
#[must_use]
pub fn hex(bytes: &[u8]) -> String {
    use std::fmt::Write as _;
    bytes.iter().fold(String::with_capacity(bytes.len() * 2), |mut text, byte| {
        let _ = write!(text, "{byte:02x}");
        text
    })
}

/// SHA-256 of some bytes.
#[must_use]
pub fn of(bytes: &[u8]) -> String {
    hex(&Sha256::digest(bytes))
}

/// Copies everything that is left to read, and gives the SHA-256 and the number of the bytes that passed by.
///
/// # Errors
/// Either side's.
pub fn copy(from: &mut impl io::Read, to: &mut impl io::Write) -> io::Result<(String, u64)> {
    let (mut hash, mut size) = (Sha256::new(), 0_u64);
    let mut chunk = vec![0; 128 * 1024];
    loop {
        let read = from.read(&mut chunk)?;
        let bytes = chunk.get(..read).unwrap_or_default();
        if bytes.is_empty() {
            return Ok((hex(&hash.finalize()), size));
        }
        hash.update(bytes);
        size += u64::try_from(read).unwrap_or_default();
        to.write_all(bytes)?;
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_copy_has_the_digest_of_its_bytes() {
        let abc = "ba7816bf8f01cfea414140de5dae2223b00361a396177a9cb410ff61f20015ad";
        assert_eq!(of(b"abc"), abc);
        let mut out = Vec::new();
        assert_eq!(copy(&mut &b"abc"[..], &mut out).unwrap(), (abc.to_owned(), 3));
        assert_eq!(out, b"abc");
    }
}
