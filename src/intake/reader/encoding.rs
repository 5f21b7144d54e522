//! Which letters a text file is written in.

use std::fs::File;
use std::io::{self, BufReader, Read, Seek, SeekFrom};
use std::path::Path;

use encoding_rs::{CoderResult, Decoder, Encoding, UTF_8, UTF_16BE, UTF_16LE, WINDOWS_1251};

/// An encoding, and whether it was guessed.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) struct TextEncoding {
    pub(super) encoding: &'static Encoding,
    /// No mark said so, and it is not UTF-8.
    pub(super) guessed: bool,
}

/// Tells the encoding of a text file; `None` where its bytes are no text.
///
/// A byte order mark decides; else the whole file is UTF-8, or it is Windows-1251, the other
/// encoding that spreadsheets in the programme's countries are exported in.
pub(super) fn of(mut file: &File) -> io::Result<Option<TextEncoding>> {
    let mut chunk = vec![0; 64 * 1024];
    let first = file.read(&mut chunk)?;
    let head = chunk.get(..first).unwrap_or_default();
    let told = |encoding, guessed| Ok(Some(TextEncoding { encoding, guessed }));
    let rewound = |mut file: &File| file.seek(SeekFrom::Start(0)).map(|_| ());
    if let Some((encoding, _)) = Encoding::for_bom(head)
        && encoding != UTF_8
    {
        rewound(file)?;
        return told(encoding, false);
    }
    if let Some(encoding) = unmarked_utf16(head) {
        rewound(file)?;
        return told(encoding, true);
    }
    let mut utf8 = UTF_8.new_decoder_without_bom_handling();
    let mut sink = vec![0; 256 * 1024];
    let (mut is_utf8, mut read) = (true, first);
    loop {
        let bytes = chunk.get(..read).unwrap_or_default();
        if bytes.iter().any(|b| is_no_text(*b)) {
            return Ok(None);
        }
        is_utf8 = is_utf8 && {
            let (_, _, _, malformed) = utf8.decode_to_utf8(bytes, &mut sink, read == 0);
            !malformed
        };
        if read == 0 {
            break;
        }
        read = file.read(&mut chunk)?;
    }
    rewound(file)?;
    if is_utf8 { told(UTF_8, false) } else { told(WINDOWS_1251, true) }
}

/// Control characters that no spreadsheet program writes into text.
const fn is_no_text(byte: u8) -> bool {
    matches!(byte, 0..=8 | 14..=25 | 27..=31 | 127)
}

/// UTF-16 without its mark: the high byte of nearly every letter is that of Latin or Cyrillic.
fn unmarked_utf16(head: &[u8]) -> Option<&'static Encoding> {
    let pairs = head.len() / 2;
    if pairs < 4 {
        return None;
    }
    let high = |offset: usize| head.iter().skip(offset).step_by(2).filter(|b| matches!(b, 0 | 4)).count();
    let mostly = |count: usize| count * 10 >= pairs * 9;
    match (mostly(high(0)), mostly(high(1))) {
        (true, false) => Some(UTF_16BE),
        (false, true) => Some(UTF_16LE),
        _ => None,
    }
}

/// A file as UTF-8, decoded as it is read. A byte order mark is dropped; what cannot be
/// decoded becomes U+FFFD.
pub(super) struct Utf8Reader {
    file: BufReader<File>,
    decoder: Decoder,
    input: Vec<u8>,
    consumed: usize,
    output: Vec<u8>,
    given: usize,
    ended: bool,
}

impl Utf8Reader {
    pub(super) fn open(path: &Path, encoding: TextEncoding) -> io::Result<Self> {
        Ok(Self {
            file: BufReader::new(File::open(path)?),
            decoder: encoding.encoding.new_decoder_with_bom_removal(),
            input: Vec::new(),
            consumed: 0,
            output: Vec::new(),
            given: 0,
            ended: false,
        })
    }

    /// Decodes until there is something to give, or the file ends.
    fn fill(&mut self) -> io::Result<()> {
        while self.given >= self.output.len() && !self.ended {
            if self.consumed >= self.input.len() {
                self.input.resize(32 * 1024, 0);
                let read = self.file.read(&mut self.input)?;
                self.input.truncate(read);
                self.consumed = 0;
            }
            let last = self.input.is_empty();
            let rest = self.input.get(self.consumed..).unwrap_or_default();
            self.output.resize(rest.len() * 3 + 16, 0);
            let (result, read, written, _) = self.decoder.decode_to_utf8(rest, &mut self.output, last);
            self.consumed += read;
            self.output.truncate(written);
            self.given = 0;
            self.ended = last && result == CoderResult::InputEmpty;
        }
        Ok(())
    }
}

impl Read for Utf8Reader {
    fn read(&mut self, buffer: &mut [u8]) -> io::Result<usize> {
        self.fill()?;
        let ready = self.output.get(self.given..).unwrap_or_default();
        let count = ready.len().min(buffer.len());
        for (to, from) in buffer.iter_mut().zip(ready) {
            *to = *from;
        }
        self.given += count;
        Ok(count)
    }
}
