//! Photographs beside workbooks: on the page, or told with the cell that names them.

use std::io::Cursor;
use std::path::Path;

use assert_cmd::Command;
use image::{DynamicImage, ImageFormat, Rgb, RgbImage};
use lopdf::{Document, Object};

fn rapporteur(home: &Path) -> Command {
    let mut command = Command::cargo_bin("rapporteur").unwrap();
    command.current_dir(home).env_remove("RUST_LOG");
    command
}

/// An invented scene, `noise` of it of 255.
fn scene(width: u32, height: u32, noise: u32) -> DynamicImage {
    let mut seed = 7_u32;
    DynamicImage::ImageRgb8(RgbImage::from_fn(width, height, |x, y| {
        seed = seed.wrapping_mul(1_664_525).wrapping_add(1_013_904_223);
        let grain = if noise == 0 { 0 } else { (seed >> 16) % noise };
        let part = |n: u32| u8::try_from((n + grain).min(255)).unwrap();
        if y * 3 < height * 2 {
            Rgb([part(120), part(160), part(200 - y * 100 / height)])
        } else {
            Rgb([part(90), part(110 + x * 20 / width), part(60)])
        }
    }))
}

fn encoded(picture: &DynamicImage, format: ImageFormat) -> Vec<u8> {
    let mut bytes = Cursor::new(Vec::new());
    picture.write_to(&mut bytes, format).unwrap();
    bytes.into_inner()
}

/// A folder with a workbook of activities that name photographs, and the photographs.
fn workbook(folder: &Path) {
    let photos = ["good.jpg", "broken.png", "missing.jpg", "../good.jpg", "large.JPG; clear.png", "none.gif"];
    let mut text =
        String::from("ID,Title,Type,Start date,End date,Place,Host country,Countries,Participants,Summary,Photo\n");
    for (number, photo) in photos.iter().enumerate() {
        let day = number + 6;
        text.push_str(&format!(
            "A-{number},Invented workshop {number},workshop,2017-11-{day:02},2017-11-{day:02},Osh,KG,KG,20,An invented account of the day.,{photo}\n"
        ));
    }
    std::fs::write(folder.join("activities.csv"), text).unwrap();
    std::fs::write(folder.join("good.jpg"), encoded(&scene(400, 300, 0), ImageFormat::Jpeg)).unwrap();
    let mut broken = encoded(&scene(80, 80, 200), ImageFormat::Png);
    let middle = broken.len() / 2;
    broken[middle..].fill(7);
    std::fs::write(folder.join("broken.png"), broken).unwrap();
    let large = encoded(&scene(3600, 2700, 250), ImageFormat::Jpeg);
    assert!(large.len() > 5_000_000, "a photograph of {} bytes", large.len());
    std::fs::write(folder.join("large.jpg"), large).unwrap();
    std::fs::write(folder.join("clear.png"), encoded(&scene(120, 60, 0), ImageFormat::Png)).unwrap();
    std::fs::write(folder.join("none.gif"), b"GIF89a").unwrap();
}

/// Width and height of the pictures in a PDF.
fn pictures(pdf: &[u8]) -> Vec<(i64, i64)> {
    let document = Document::load_mem(pdf).unwrap();
    let number = |stream: &lopdf::Stream, key: &[u8]| stream.dict.get(key).unwrap().as_i64().unwrap();
    let mut found: Vec<(i64, i64)> = document
        .objects
        .values()
        .filter_map(|object| object.as_stream().ok())
        .filter(|stream| stream.dict.get(b"Subtype").and_then(Object::as_name).is_ok_and(|kind| kind == b"Image"))
        .map(|stream| (number(stream, b"Width"), number(stream, b"Height")))
        .collect();
    found.sort_unstable();
    found
}

#[test]
fn photographs_are_printed_and_bad_ones_are_told_at_their_cell() {
    let home = tempfile::tempdir().unwrap();
    let folder = home.path().join("drop");
    std::fs::create_dir(&folder).unwrap();
    workbook(&folder);
    let mut command = rapporteur(home.path());
    command.args(["compile", "rsg-quarterly", "--period", "2017-Q4", "--as-of", "2018-01-15", "--output", "a.pdf"]);
    let output = command.arg("--from").arg(folder.join("activities.csv")).output().unwrap();
    let said = String::from_utf8_lossy(&output.stderr).into_owned();
    assert!(output.status.success(), "a picture never fails a report: {said}");
    for (cell, code) in
        [("K3", "photo-broken"), ("K4", "photo-missing"), ("K5", "photo-not-a-name"), ("K7", "photo-unknown")]
    {
        let told = said.lines().any(|line| line.contains(&format!("Activities!{cell}:")));
        assert!(told && said.contains(&format!("[{code}]")), "{cell} {code}: {said}");
    }
    assert_eq!(said.matches("[photo-").count(), 4, "and nothing else: {said}");
    let pdf = std::fs::read(home.path().join("a.pdf")).unwrap();
    let found = pictures(&pdf);
    assert_eq!(found.len(), 3, "{found:?}");
    assert_eq!((found[0], found[1]), ((120, 60), (400, 300)));
    assert!(found[2].0 <= 1024 && found[2].1 <= 734, "print size: {found:?}");
    assert!(pdf.len() < 900_000, "{} bytes", pdf.len());
}

#[test]
fn what_lay_beside_the_workbook_is_still_there_when_the_folder_is_not() {
    let home = tempfile::tempdir().unwrap();
    assert!(rapporteur(home.path()).arg("init").output().unwrap().status.success());
    let folder = home.path().join("inbox/KG");
    std::fs::create_dir_all(&folder).unwrap();
    workbook(&folder);
    rapporteur(home.path()).arg("intake").arg(folder.join("activities.csv")).output().unwrap();
    assert!(folder.join("good.jpg").exists(), "pictures stay where their owner put them");
    std::fs::remove_dir_all(&folder).unwrap();
    let compile = |name: &str| {
        let mut command = rapporteur(home.path());
        command.args(["compile", "rsg-quarterly", "--period", "2017-Q4", "--as-of", "2018-01-15", "--output", name]);
        let output = command.output().unwrap();
        assert_ne!(output.status.code(), Some(2), "{output:?}");
        std::fs::read(home.path().join(name)).unwrap()
    };
    let (one, two) = (compile("one.pdf"), compile("two.pdf"));
    assert_eq!(pictures(&one).len(), 3);
    assert!(one == two, "the same bytes");
}
