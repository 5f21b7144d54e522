//! The photographs that activities name, made fit for print; and what is amiss with them.

use std::collections::BTreeMap;
use std::sync::Arc;

use super::Material;
use crate::diagnostic::{Diagnostic, Place};
use crate::facts::Counted;
use crate::gallery;
use crate::picture::{self, Flaw, Picture};

/// The place of a photograph on the page, in points: the width of the text, a third of the page.
const WIDTH: f32 = 335.0;
const HEIGHT: f32 = 240.0;
/// Most photographs of one activity.
const MOST: usize = 3;

/// Photographs by the hash of their files, each prepared once for all editions.
pub(super) type Photos = BTreeMap<String, Prepared>;

/// A photograph, or why it is not printed.
type Prepared = Result<Arc<Picture>, Flaw>;

/// Prepares all pictures of the material.
pub(super) fn prepare(material: &Material) -> Photos {
    let made = |bytes: &[u8]| picture::prepare(bytes, WIDTH, HEIGHT).map(Arc::new);
    material.picture_bytes.iter().map(|(sha256, bytes)| (sha256.clone(), made(bytes))).collect()
}

/// The photographs of an activity.
pub(super) fn of<'a>(material: &Material, photos: &'a Photos, counted: &Counted<'_>) -> Vec<&'a Arc<Picture>> {
    named(material, photos, counted).into_iter().filter_map(|(_, found)| found?.as_ref().ok()).take(MOST).collect()
}

/// Every picture that an activity names, and what became of it.
fn named<'a>(material: &Material, photos: &'a Photos, counted: &Counted<'_>) -> Vec<(String, Option<&'a Prepared>)> {
    let beside = material.pictures.get(&counted.entry.origin.file);
    let found = |name: &str| photos.get(beside?.get(&name.to_lowercase())?);
    let names = gallery::names(counted.activity.photo.as_deref().unwrap_or_default());
    names.map(|name| (name.to_owned(), found(name))).collect()
}

/// What is amiss: a warning for each picture that is not printed, at the cell that names it.
pub(super) fn problems(material: &Material, photos: &Photos, done: &[Counted<'_>]) -> Vec<Diagnostic> {
    let mut found = Vec::new();
    for counted in done {
        let origin = &counted.entry.origin;
        let mut place = Place::sheet(&origin.file, &origin.sheet);
        if let Some(cell) = origin.cell("photo") {
            place = place.at(cell);
        }
        for (name, photo) in named(material, photos, counted) {
            let code = match photo {
                Some(Ok(_)) => continue,
                Some(Err(Flaw::Unknown)) => "photo-unknown",
                Some(Err(Flaw::Broken)) => "photo-broken",
                Some(Err(Flaw::TooLarge)) => "photo-too-large",
                None if !gallery::is_plain(&name) => "photo-not-a-name",
                None => "photo-missing",
            };
            found.push(Diagnostic::warning(code, place.clone()).with("photo", name));
        }
    }
    found
}
