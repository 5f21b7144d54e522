//! Photographs made fit for print: upright, no finer than paper shows, and no larger than they need
//! to be.

use std::io::Cursor;

use image::codecs::jpeg::JpegEncoder;
use image::imageops::FilterType;
use image::metadata::Orientation;
use image::{ColorType, DynamicImage, ExtendedColorType, ImageDecoder, ImageFormat, ImageReader, Limits};

/// Pixels for each inch of paper, beyond which print shows no more.
const DPI: f32 = 220.0;
/// Most pixels that are decoded: four times what a good camera takes.
const MOST_PIXELS: u64 = 60_000_000;
/// A photograph of fewer bytes that needs no other change goes into the PDF as it is.
const SMALL: usize = 300 << 10;
/// Quality of JPEG, of 100.
const QUALITY: u8 = 82;
/// A drawing of at most so many pixels stays without loss.
const DRAWING: u32 = 200_000;

/// A picture as a PDF takes it.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Picture {
    /// Width in pixels.
    pub width: u32,
    /// Height in pixels.
    pub height: u32,
    /// Shades of grey only.
    pub is_grey: bool,
    /// Its pixels.
    pub pixels: Pixels,
}

/// The pixels of a picture.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Pixels {
    /// A JPEG file.
    Jpeg(Vec<u8>),
    /// Bytes, row by row: one for each pixel, or three.
    Raw(Vec<u8>),
}

/// Why a picture cannot be printed.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Flaw {
    /// Neither JPEG nor PNG.
    Unknown,
    /// Cut off, or damaged.
    Broken,
    /// More pixels than anybody needs.
    TooLarge,
}

/// Makes a picture fit for a place of so many points at most.
///
/// # Errors
/// What is no JPEG or PNG, is damaged, or has more than 60 million pixels.
pub fn prepare(bytes: &[u8], width: f32, height: f32) -> Result<Picture, Flaw> {
    let mut reader = ImageReader::new(Cursor::new(bytes)).with_guessed_format().map_err(|_| Flaw::Broken)?;
    let format = reader.format().filter(|f| matches!(f, ImageFormat::Jpeg | ImageFormat::Png)).ok_or(Flaw::Unknown)?;
    let mut limits = Limits::default();
    limits.max_alloc = Some(MOST_PIXELS * 8);
    reader.limits(limits);
    let mut decoder = reader.into_decoder().map_err(|_| Flaw::Broken)?;
    let (wide, high) = decoder.dimensions();
    if u64::from(wide) * u64::from(high) > MOST_PIXELS {
        return Err(Flaw::TooLarge);
    }
    let original = decoder.original_color_type();
    let orientation = decoder.orientation().unwrap_or(Orientation::NoTransforms);
    let mut picture = DynamicImage::from_decoder(decoder).map_err(|_| Flaw::Broken)?;
    // A photograph that was cut off is decoded as far as it goes, and grey from there.
    if format == ImageFormat::Jpeg && !bytes.ends_with(&[0xFF, 0xD9]) && !has_end(bytes) {
        return Err(Flaw::Broken);
    }
    let (most_wide, most_high) = (pixels(width), pixels(height));
    let fits = wide <= most_wide && high <= most_high;
    let is_plain = matches!(original, ExtendedColorType::L8 | ExtendedColorType::Rgb8);
    if format == ImageFormat::Jpeg
        && fits
        && is_plain
        && orientation == Orientation::NoTransforms
        && bytes.len() <= SMALL
    {
        let is_grey = original == ExtendedColorType::L8;
        return Ok(Picture { width: wide, height: high, is_grey, pixels: Pixels::Jpeg(bytes.to_vec()) });
    }
    picture.apply_orientation(orientation);
    let is_grey = matches!(picture.color(), ColorType::L8 | ColorType::L16 | ColorType::La8 | ColorType::La16);
    let mut picture = on_white(&picture);
    if picture.width() > most_wide || picture.height() > most_high {
        picture = picture.resize(most_wide, most_high, FilterType::Triangle);
    }
    if is_grey {
        picture = DynamicImage::ImageLuma8(picture.to_luma8());
    }
    let (wide, high) = (picture.width(), picture.height());
    let pixels = if format == ImageFormat::Png && wide.saturating_mul(high) <= DRAWING {
        Pixels::Raw(picture.into_bytes())
    } else {
        let mut encoded = Vec::new();
        picture.write_with_encoder(JpegEncoder::new_with_quality(&mut encoded, QUALITY)).map_err(|_| Flaw::Broken)?;
        Pixels::Jpeg(encoded)
    };
    Ok(Picture { width: wide, height: high, is_grey, pixels })
}

#[expect(clippy::cast_possible_truncation, clippy::cast_sign_loss, reason = "a page is some hundred points")]
fn pixels(points: f32) -> u32 {
    (points / 72.0 * DPI).round().max(1.0) as u32
}

/// Whether a JPEG ends, perhaps with something behind its end.
fn has_end(bytes: &[u8]) -> bool {
    let tail = bytes.get(bytes.len().saturating_sub(1 << 16)..).unwrap_or_default();
    tail.windows(2).any(|pair| pair == [0xFF, 0xD9])
}

/// A picture on white paper: print knows no transparency.
fn on_white(picture: &DynamicImage) -> DynamicImage {
    if !picture.color().has_alpha() {
        return DynamicImage::ImageRgb8(picture.to_rgb8());
    }
    let mut flat = image::RgbImage::new(picture.width(), picture.height());
    for (to, from) in flat.pixels_mut().zip(picture.to_rgba8().pixels()) {
        let [red, green, blue, alpha] = from.0;
        let over = |part: u8| {
            let mixed = (u32::from(part) * u32::from(alpha) + 255 * (255 - u32::from(alpha)) + 127) / 255;
            u8::try_from(mixed).unwrap_or(u8::MAX)
        };
        to.0 = [over(red), over(green), over(blue)];
    }
    DynamicImage::ImageRgb8(flat)
}

#[cfg(test)]
mod tests {
    use super::*;

    fn encoded(picture: &DynamicImage, format: ImageFormat) -> Vec<u8> {
        let mut bytes = Cursor::new(Vec::new());
        picture.write_to(&mut bytes, format).unwrap();
        bytes.into_inner()
    }

    fn scene(width: u32, height: u32) -> DynamicImage {
        let part = |n: u32| u8::try_from(n % 256).unwrap();
        DynamicImage::ImageRgb8(image::RgbImage::from_fn(width, height, |x, y| {
            image::Rgb([part(x * 7 + y), part(x ^ y), part(y * 3)])
        }))
    }

    #[test]
    fn a_small_photograph_goes_through_untouched() {
        let bytes = encoded(&scene(200, 100), ImageFormat::Jpeg);
        let made = prepare(&bytes, 334.0, 250.0).unwrap();
        assert_eq!((made.width, made.height, made.is_grey), (200, 100, false));
        assert_eq!(made.pixels, Pixels::Jpeg(bytes));
    }

    #[test]
    fn a_large_one_comes_down_to_print_size_the_same_each_time() {
        let bytes = encoded(&scene(1500, 1000), ImageFormat::Jpeg);
        let made = prepare(&bytes, 334.0, 250.0).unwrap();
        assert!(made.width <= 1021 && made.height <= 764, "{} {}", made.width, made.height);
        assert!((made.width as f32 / made.height as f32 - 1.5).abs() < 0.01);
        assert!(matches!(&made.pixels, Pixels::Jpeg(small) if small.len() < 900_000));
        assert_eq!(prepare(&bytes, 334.0, 250.0).unwrap(), made);
    }

    #[test]
    fn transparency_becomes_white_paper_and_grey_stays_grey() {
        let clear = DynamicImage::ImageRgba8(image::RgbaImage::from_pixel(4, 4, image::Rgba([9, 9, 9, 0])));
        let made = prepare(&encoded(&clear, ImageFormat::Png), 100.0, 100.0).unwrap();
        assert_eq!(made.pixels, Pixels::Raw(vec![255; 48]));
        let grey = DynamicImage::ImageLuma8(image::GrayImage::from_pixel(5, 3, image::Luma([77])));
        let made = prepare(&encoded(&grey, ImageFormat::Png), 100.0, 100.0).unwrap();
        assert_eq!((made.is_grey, made.pixels), (true, Pixels::Raw(vec![77; 15])));
    }

    #[test]
    fn what_is_broken_or_no_picture_is_told_apart() {
        let photo = encoded(&scene(300, 200), ImageFormat::Jpeg);
        assert_eq!(prepare(&photo[..photo.len() / 2], 100.0, 100.0), Err(Flaw::Broken));
        let mut drawing = encoded(&scene(60, 60), ImageFormat::Png);
        let middle = drawing.len() / 2;
        drawing[middle..].fill(0);
        assert_eq!(prepare(&drawing, 100.0, 100.0), Err(Flaw::Broken));
        assert_eq!(prepare(b"GIF89a and so on", 100.0, 100.0), Err(Flaw::Unknown));
        assert_eq!(prepare(b"", 100.0, 100.0), Err(Flaw::Unknown));
        // A PNG that claims 100,000 x 100,000 pixels.
        let mut bomb = encoded(&scene(2, 2), ImageFormat::Png);
        bomb[16..24].copy_from_slice(&[0, 1, 0x86, 0xA0, 0, 1, 0x86, 0xA0]);
        assert!(prepare(&bomb, 100.0, 100.0).is_err());
    }
}
