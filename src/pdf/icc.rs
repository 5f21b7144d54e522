//! The colours' meaning: an ICC profile of sRGB (IEC 61966-2-1), as PDF/A's output intent.
//!
//! Written from the standard's own numbers in 500 bytes, where the usual file takes 3,000. Version 4
//! of the format (ISO 15076-1), which has the curve of sRGB as a formula.

/// A number with sixteen binary places.
fn fixed(value: f64) -> [u8; 4] {
    #[expect(clippy::cast_possible_truncation, reason = "all values are below 2^15")]
    let whole = (value * 65536.0).round() as i32;
    whole.to_be_bytes()
}

fn xyz(values: [f64; 3]) -> Vec<u8> {
    let mut data = b"XYZ \0\0\0\0".to_vec();
    values.iter().for_each(|value| data.extend(fixed(*value)));
    data
}

/// Text in one language (`mluc`).
fn text(text: &str) -> Vec<u8> {
    let mut data = b"mluc\0\0\0\0\0\0\0\x01\0\0\0\x0cenUS".to_vec();
    let length = u32::try_from(text.len() * 2).unwrap_or(0);
    data.extend(length.to_be_bytes());
    data.extend(28_u32.to_be_bytes());
    text.encode_utf16().for_each(|unit| data.extend(unit.to_be_bytes()));
    data
}

/// The profile.
pub(super) fn srgb() -> Vec<u8> {
    // Primaries and white adapted to D50 (the profile's own white), by Bradford.
    let mut curve = b"para\0\0\0\0\0\x03\0\0".to_vec();
    for value in [2.4, 1.0 / 1.055, 0.055 / 1.055, 1.0 / 12.92, 0.04045] {
        curve.extend(fixed(value));
    }
    let mut adaptation = b"sf32\0\0\0\0".to_vec();
    for value in [1.04788, 0.02292, -0.05022, 0.02959, 0.99048, -0.01707, -0.00925, 0.01508, 0.75168] {
        adaptation.extend(fixed(value));
    }
    let tags: [(&[u8; 4], Vec<u8>); 8] = [
        (b"desc", text("sRGB")),
        (b"cprt", text("No copyright")),
        (b"wtpt", xyz([0.9642, 1.0, 0.8249])),
        (b"chad", adaptation),
        (b"rXYZ", xyz([0.436_07, 0.222_49, 0.013_92])),
        (b"gXYZ", xyz([0.385_15, 0.716_87, 0.097_08])),
        (b"bXYZ", xyz([0.143_07, 0.060_61, 0.714_10])),
        (b"rTRC", curve),
    ];
    // Green and blue share the curve of red.
    let entries = tags.len() + 2;
    let mut table = Vec::new();
    let mut data = Vec::new();
    let start = 128 + 4 + 12 * entries;
    let mut entry = |name: &[u8; 4], offset: usize, size: usize| {
        table.extend_from_slice(name);
        for number in [offset, size] {
            table.extend(u32::try_from(number).unwrap_or(0).to_be_bytes());
        }
    };
    for (name, content) in &tags {
        let offset = start + data.len();
        entry(name, offset, content.len());
        if *name == b"rTRC" {
            entry(b"gTRC", offset, content.len());
            entry(b"bTRC", offset, content.len());
        }
        data.extend_from_slice(content);
        data.resize(data.len().next_multiple_of(4), 0);
    }
    let size = u32::try_from(start + data.len()).unwrap_or(0);
    let mut profile = Vec::with_capacity(start + data.len());
    profile.extend(size.to_be_bytes());
    profile.extend_from_slice(b"\0\0\0\0\x04\x20\0\0mntrRGB XYZ ");
    // A date there must be: that of the standard's first edition.
    for part in [1999_u16, 10, 1, 0, 0, 0] {
        profile.extend(part.to_be_bytes());
    }
    profile.extend_from_slice(b"acsp");
    profile.resize(68, 0);
    for value in [0.9642, 1.0, 0.8249] {
        profile.extend(fixed(value));
    }
    profile.resize(128, 0);
    profile.extend(u32::try_from(entries).unwrap_or(0).to_be_bytes());
    profile.append(&mut table);
    profile.append(&mut data);
    profile
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_profile_is_whole_and_small() {
        let profile = srgb();
        let number = |at: usize| u32::from_be_bytes(profile[at..at + 4].try_into().unwrap()) as usize;
        assert_eq!(number(0), profile.len());
        assert!(profile.len() < 700 && profile.len().is_multiple_of(4));
        assert_eq!(&profile[36..40], b"acsp");
        let count = number(128);
        let mut names = Vec::new();
        for entry in 0..count {
            let at = 132 + 12 * entry;
            let (offset, size) = (number(at + 4), number(at + 8));
            assert!(offset.is_multiple_of(4) && offset >= 132 + 12 * count && offset + size <= profile.len());
            names.push(String::from_utf8(profile[at..at + 4].to_vec()).unwrap());
        }
        for needed in ["desc", "cprt", "wtpt", "chad", "rXYZ", "gXYZ", "bXYZ", "rTRC", "gTRC", "bTRC"] {
            assert!(names.iter().any(|name| name == needed), "{needed}");
        }
        // The primaries add up to the white.
        for axis in 0..3 {
            let part = |name: &str| {
                let at = 132 + 12 * names.iter().position(|n| n == name).unwrap();
                let offset = number(at + 4) + 8 + 4 * axis;
                f64::from(i32::from_be_bytes(profile[offset..offset + 4].try_into().unwrap())) / 65536.0
            };
            let sum = part("rXYZ") + part("gXYZ") + part("bXYZ");
            assert!((sum - part("wtpt")).abs() < 0.0005, "{axis}: {sum}");
        }
    }
}
