//! Pictures and logos as objects of the PDF, each once.

use std::sync::Arc;

use lopdf::{Dictionary, Object, Stream};

use super::metadata::name;
use super::skeleton::{Skeleton, dictionary};
use super::{PdfError, logo};
use crate::logo::Logo;
use crate::picture::{Picture, Pixels};

/// The pictures and logos of a document, in the order in which they are first shown.
#[derive(Default)]
pub(super) struct Pictures {
    pictures: Vec<Arc<Picture>>,
    logos: Vec<Arc<Logo>>,
}

/// The place of one among those that are known; it becomes known.
fn place<T: PartialEq>(known: &mut Vec<Arc<T>>, one: &Arc<T>) -> usize {
    let at = known.iter().position(|known| Arc::ptr_eq(known, one) || known == one);
    at.unwrap_or_else(|| {
        known.push(Arc::clone(one));
        known.len() - 1
    })
}

impl Pictures {
    /// The name of a picture among a page's resources.
    pub(super) fn name(&mut self, picture: &Arc<Picture>) -> String {
        format!("Im{}", place(&mut self.pictures, picture))
    }

    /// The name of a logo among a page's resources.
    pub(super) fn name_of_logo(&mut self, logo: &Arc<Logo>) -> String {
        format!("Lo{}", place(&mut self.logos, logo))
    }

    /// Writes them into the resources that all pages share.
    ///
    /// # Errors
    /// When the resources are not where they were put.
    pub(super) fn add(self, skeleton: &mut Skeleton) -> Result<(), PdfError> {
        if self.pictures.is_empty() && self.logos.is_empty() {
            return Ok(());
        }
        let mut listed = Dictionary::new();
        for (at, picture) in self.pictures.iter().enumerate() {
            let space = if picture.is_grey { "DeviceGray" } else { "DeviceRGB" };
            let mut header = dictionary([
                ("Type", name("XObject")),
                ("Subtype", name("Image")),
                ("Width", Object::Integer(picture.width.into())),
                ("Height", Object::Integer(picture.height.into())),
                ("ColorSpace", name(space)),
                ("BitsPerComponent", Object::Integer(8)),
            ]);
            let stream = match &picture.pixels {
                Pixels::Jpeg(bytes) => {
                    header.set("Filter", name("DCTDecode"));
                    Stream::new(header, bytes.clone()).with_compression(false)
                }
                Pixels::Raw(bytes) => Stream::new(header, bytes.clone()),
            };
            let object = skeleton.document.add_object(stream);
            listed.set(format!("Im{at}"), Object::Reference(object));
        }
        for (at, one) in self.logos.iter().enumerate() {
            let object = skeleton.document.add_object(logo::form(one));
            listed.set(format!("Lo{at}"), Object::Reference(object));
        }
        let lost = |_| PdfError::Skeleton("the resources");
        let page = *skeleton.pages.first().ok_or(PdfError::NoPages)?;
        let shared = skeleton.document.get_dictionary(page).and_then(|page| page.get(b"Resources")?.as_reference());
        let shared = shared.map_err(lost)?;
        skeleton.document.get_dictionary_mut(shared).map_err(lost)?.set("XObject", Object::Dictionary(listed));
        Ok(())
    }
}
