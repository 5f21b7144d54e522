//! Numbers as PDF writes them, without the detour through formatting: a page has thousands.
//!
//! Lengths are whole hundredths of a point (3.5 micrometres), finer than any printer.

/// Hundredths of a point. What is not a number is nothing.
#[expect(clippy::cast_possible_truncation, reason = "the cast saturates, and pages are small")]
pub(super) fn hundredths(points: f32) -> i64 {
    (f64::from(points) * 100.0).round() as i64
}

/// Writes hundredths as a decimal number, and a space.
pub(super) fn decimal(out: &mut Vec<u8>, hundredths: i64) {
    if hundredths < 0 {
        out.push(b'-');
    }
    let value = hundredths.unsigned_abs();
    digits(out, value / 100);
    let rest = value % 100;
    if rest != 0 {
        out.push(b'.');
        out.push(b'0' + (rest / 10) as u8);
        if !rest.is_multiple_of(10) {
            out.push(b'0' + (rest % 10) as u8);
        }
    }
    out.push(b' ');
}

/// Writes a whole number.
pub(super) fn integer(out: &mut Vec<u8>, value: i64) {
    if value < 0 {
        out.push(b'-');
    }
    digits(out, value.unsigned_abs());
}

fn digits(out: &mut Vec<u8>, value: u64) {
    if value >= 10 {
        digits(out, value / 10);
    }
    out.push(b'0' + (value % 10) as u8);
}

/// Writes sixteen bits as four hexadecimal digits.
pub(super) fn hex(out: &mut Vec<u8>, unit: u16) {
    for shift in [12, 8, 4, 0] {
        let digit = (unit >> shift & 0xF) as u8;
        out.push(if digit < 10 { b'0' + digit } else { b'A' + digit - 10 });
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn decimals_are_as_short_as_they_can_be() {
        let written = |points: f32| {
            let mut out = Vec::new();
            decimal(&mut out, hundredths(points));
            String::from_utf8(out).unwrap()
        };
        for (points, text) in
            [(0.0, "0 "), (1.0, "1 "), (-0.5, "-0.5 "), (595.276, "595.28 "), (0.05, "0.05 "), (-0.001, "0 ")]
        {
            assert_eq!(written(points), text);
        }
        assert_eq!(written(f32::NAN), "0 ");
        assert!(!written(f32::INFINITY).contains('e'));
    }

    #[test]
    fn whole_numbers_and_digits() {
        let mut out = Vec::new();
        for value in [0, -7, 1234, i64::MIN] {
            integer(&mut out, value);
            out.push(b' ');
        }
        hex(&mut out, 0xAD);
        hex(&mut out, 0xFEFF);
        assert_eq!(String::from_utf8(out).unwrap(), "0 -7 1234 -9223372036854775808 00ADFEFF");
    }
}
