//! What the document says of itself: the catalog, the information dictionary, and XMP, which
//! say the same thing.

use chrono::NaiveDate;
use lopdf::{Dictionary, Object, Stream, StringFormat};
use quick_xml::escape::escape;

use super::skeleton::{Skeleton, dictionary};
use super::{Info, PdfError};
use crate::typeset::layout::Layout;

/// Adds language, viewer preferences, information and metadata.
///
/// # Errors
/// When the catalog is not where printpdf puts it.
pub(super) fn add(skeleton: &mut Skeleton, layout: &Layout, info: &Info) -> Result<(), PdfError> {
    let header = dictionary([("Type", name("Metadata")), ("Subtype", name("XML"))]);
    // Left readable: tools that do not know PDF look for the packet in the file.
    let packet = Stream::new(header, xmp(layout, info).into_bytes()).with_compression(false);
    let packet = skeleton.document.add_object(packet);
    let catalog = skeleton.catalog()?;
    catalog.set("Metadata", Object::Reference(packet));
    catalog.set("Lang", text(layout.language.code()));
    catalog.set("ViewerPreferences", dictionary([("DisplayDocTitle", Object::Boolean(true))]));
    catalog.set("PageMode", name(if layout.outline.is_empty() { "UseNone" } else { "UseOutlines" }));
    catalog.remove(b"PageLayout"); // how pages are shown is the reader's own choice
    let profile = Stream::new(dictionary([("N", Object::Integer(3))]), super::icc::srgb());
    let profile = skeleton.document.add_object(profile);
    let intent = dictionary([
        ("Type", name("OutputIntent")),
        ("S", name("GTS_PDFA1")),
        ("OutputConditionIdentifier", text("sRGB IEC61966-2.1")),
        ("Info", text("sRGB IEC61966-2.1")),
        ("DestOutputProfile", Object::Reference(profile)),
    ]);
    skeleton.catalog()?.set("OutputIntents", Object::Array(vec![Object::Dictionary(intent)]));

    let date = pdf_date(info.as_of);
    let entries = dictionary([
        ("Title", text(&layout.title)),
        ("Author", text(&layout.author)),
        ("Subject", text(&layout.subject)),
        ("Creator", text(&info.creator)),
        ("Producer", text(&info.creator)),
        ("CreationDate", text(&date)),
        ("ModDate", text(&date)),
    ]);
    let entries: Dictionary = entries.into_iter().filter(|(_, value)| !is_empty(value)).collect();
    if let Some(old) = skeleton.document.trailer.get(b"Info").ok().and_then(|old| old.as_reference().ok()) {
        skeleton.document.objects.remove(&old);
    }
    let entries = skeleton.document.add_object(entries);
    skeleton.document.trailer.set("Info", Object::Reference(entries));
    Ok(())
}

fn is_empty(value: &Object) -> bool {
    value.as_str().is_ok_and(<[u8]>::is_empty)
}

/// A name object.
pub(super) fn name(name: &str) -> Object {
    Object::Name(name.as_bytes().to_vec())
}

/// A text string (ISO 32000-1, 7.9.2.2): ASCII as it is, all else in UTF-16.
pub(super) fn text(text: &str) -> Object {
    if text.bytes().all(|byte| (b' '..=b'~').contains(&byte)) {
        return Object::String(text.as_bytes().to_vec(), StringFormat::Literal);
    }
    let mut bytes = vec![0xFE, 0xFF];
    bytes.extend(text.encode_utf16().flat_map(u16::to_be_bytes));
    Object::String(bytes, StringFormat::Literal)
}

/// PDF/A wants to be told of properties that it does not know itself (ISO 19005-3, 6.6.2.3).
const UA_SCHEMA: &str = concat!(
    "  <rdf:Description rdf:about=\"\" xmlns:pdfaExtension=\"http://www.aiim.org/pdfa/ns/extension/\" ",
    "xmlns:pdfaSchema=\"http://www.aiim.org/pdfa/ns/schema#\" ",
    "xmlns:pdfaProperty=\"http://www.aiim.org/pdfa/ns/property#\">\n",
    "   <pdfaExtension:schemas><rdf:Bag><rdf:li rdf:parseType=\"Resource\">\n",
    "    <pdfaSchema:schema>PDF/UA identification schema</pdfaSchema:schema>\n",
    "    <pdfaSchema:namespaceURI>http://www.aiim.org/pdfua/ns/id/</pdfaSchema:namespaceURI>\n",
    "    <pdfaSchema:prefix>pdfuaid</pdfaSchema:prefix>\n",
    "    <pdfaSchema:property><rdf:Seq><rdf:li rdf:parseType=\"Resource\">\n",
    "     <pdfaProperty:name>part</pdfaProperty:name>\n",
    "     <pdfaProperty:valueType>Integer</pdfaProperty:valueType>\n",
    "     <pdfaProperty:category>internal</pdfaProperty:category>\n",
    "     <pdfaProperty:description>Part of ISO 14289 that the file keeps to</pdfaProperty:description>\n",
    "    </rdf:li></rdf:Seq></pdfaSchema:property>\n",
    "   </rdf:li></rdf:Bag></pdfaExtension:schemas>\n",
    "  </rdf:Description>\n",
);

/// The XMP packet (ISO 16684-1).
fn xmp(layout: &Layout, info: &Info) -> String {
    let clean = |text: &str| escape(text.replace(is_no_xml, " ")).into_owned();
    let (title, author, subject) = (clean(&layout.title), clean(&layout.author), clean(&layout.subject));
    let (creator, language, date) = (clean(&info.creator), layout.language.code(), xmp_date(info.as_of));
    let alternative = |tag: &str, text: &str| match text {
        "" => String::new(),
        _ => format!(
            "   <dc:{tag}><rdf:Alt><rdf:li xml:lang=\"x-default\">{text}</rdf:li>\
             <rdf:li xml:lang=\"{language}\">{text}</rdf:li></rdf:Alt></dc:{tag}>\n"
        ),
    };
    let creators = match author.as_str() {
        "" => String::new(),
        _ => format!("   <dc:creator><rdf:Seq><rdf:li>{author}</rdf:li></rdf:Seq></dc:creator>\n"),
    };
    let title = alternative("title", &title);
    let description = alternative("description", &subject);
    format!(
        "<?xpacket begin=\"\u{FEFF}\" id=\"W5M0MpCehiHzreSzNTczkc9d\"?>\n\
         <x:xmpmeta xmlns:x=\"adobe:ns:meta/\">\n \
         <rdf:RDF xmlns:rdf=\"http://www.w3.org/1999/02/22-rdf-syntax-ns#\">\n  \
         <rdf:Description rdf:about=\"\" xmlns:dc=\"http://purl.org/dc/elements/1.1/\" \
         xmlns:xmp=\"http://ns.adobe.com/xap/1.0/\" xmlns:pdf=\"http://ns.adobe.com/pdf/1.3/\" \
         xmlns:pdfaid=\"http://www.aiim.org/pdfa/ns/id/\" xmlns:pdfuaid=\"http://www.aiim.org/pdfua/ns/id/\">\n   \
         <pdfaid:part>3</pdfaid:part>\n   <pdfaid:conformance>A</pdfaid:conformance>\n   \
         <pdfuaid:part>1</pdfuaid:part>\n   \
         <dc:format>application/pdf</dc:format>\n\
         {title}{creators}{description}   \
         <dc:language><rdf:Bag><rdf:li>{language}</rdf:li></rdf:Bag></dc:language>\n   \
         <xmp:CreateDate>{date}</xmp:CreateDate>\n   \
         <xmp:ModifyDate>{date}</xmp:ModifyDate>\n   \
         <xmp:MetadataDate>{date}</xmp:MetadataDate>\n   \
         <xmp:CreatorTool>{creator}</xmp:CreatorTool>\n   \
         <pdf:Producer>{creator}</pdf:Producer>\n  \
         </rdf:Description>\n{UA_SCHEMA} </rdf:RDF>\n</x:xmpmeta>\n\
         <?xpacket end=\"r\"?>\n"
    )
}

/// Midnight of a day, UTC (ISO 32000-1, 7.9.4).
pub(super) fn pdf_date(day: NaiveDate) -> String {
    day.format("D:%Y%m%d000000Z").to_string()
}

fn xmp_date(day: NaiveDate) -> String {
    day.format("%Y-%m-%dT00:00:00Z").to_string()
}

/// Characters that XML 1.0 cannot hold, escaped or not.
fn is_no_xml(c: char) -> bool {
    matches!(c, '\0'..='\u{8}' | '\u{B}' | '\u{C}' | '\u{E}'..='\u{1F}' | '\u{FFFE}' | '\u{FFFF}')
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::recipient::Language;

    fn layout(title: &str) -> Layout {
        Layout {
            title: title.to_owned(),
            author: String::new(),
            subject: "A & B".to_owned(),
            language: Language::Ru,
            pages: Vec::new(),
            outline: Vec::new(),
            destinations: Vec::new(),
            structure: crate::typeset::structure::Structure::default(),
            missing: Vec::new(),
        }
    }

    #[test]
    fn the_packet_is_xml_whatever_the_title_holds() {
        let info = Info::new(NaiveDate::from_ymd_opt(2018, 1, 15).unwrap());
        let packet = xmp(&layout("<Oʻzbekiston> & \"\u{1}\u{8}\" ]]>"), &info);
        let mut reader = quick_xml::Reader::from_str(&packet);
        let mut elements = 0;
        loop {
            match reader.read_event().unwrap() {
                quick_xml::events::Event::Eof => break,
                quick_xml::events::Event::Start(_) => elements += 1,
                _ => {}
            }
        }
        assert!(elements > 10, "{packet}");
        assert!(packet.contains("&lt;Oʻzbekiston&gt; &amp; "), "{packet}");
        assert!(packet.contains("2018-01-15T00:00:00Z"));
        assert!(!packet.contains("dc:creator"));
        assert!(!packet.contains('\u{1}'));
    }

    #[test]
    fn text_beyond_ascii_is_utf_16() {
        assert_eq!(text("plain").as_str().unwrap(), b"plain");
        assert_eq!(text("Ў\u{1F30D}").as_str().unwrap(), [0xFE, 0xFF, 0x04, 0x0E, 0xD8, 0x3C, 0xDF, 0x0D]);
    }
}
