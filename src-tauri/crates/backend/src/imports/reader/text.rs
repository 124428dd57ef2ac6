//! Text out of bytes, piece by piece. A byte that no character has becomes U+FFFD and is remembered, so that the row
//! can be listed; whether the whole file is refused for it is decided where rows are counted.
//!
//! Files that two programs wrote into hold lines of GBK among UTF-8. Such a line is read as what it is, where that is beyond
//! doubt, and carries a mark to its row, so that a person looks at it.

use super::encoding;
use super::source::{Position, TextSource};
use crate::imports::refusal::Refusal;
use encoding_rs::{Decoder, Encoding, UTF_8};

const RAW_BYTES: usize = 64 << 10;

/// Stands behind a line that was in another encoding than the file: a character that no text holds.
pub(super) const OTHER_ENCODING: char = '\u{FDD0}';

/// A text file as UTF-8, piece by piece.
pub(super) struct TextReader {
    source: TextSource,
    /// Bytes read and not yet decoded.
    raw: Vec<u8>,
    raw_at: usize,
    raw_end: usize,
    at_end: bool,
    decoder: Option<Decoder>,
    /// UTF-8: lines are looked at one by one, and what is left of the mark at the start is taken off.
    lines: Option<Start>,
    /// Whether any byte so far meant no character.
    pub had_errors: bool,
    /// Whether any line so far was in another encoding.
    pub has_marks: bool,
}

/// Whether a mark of UTF-8 may stand next.
#[derive(Clone, Copy, PartialEq, Eq)]
enum Start {
    OfFile,
    Inside,
}

impl TextReader {
    /// Text of `source`. With `encoding` left out, bytes are ASCII until one is not, and what follows it decides.
    pub(super) fn new(source: TextSource, encoding: Option<&'static Encoding>) -> Self {
        Self {
            source,
            raw: vec![0; RAW_BYTES],
            raw_at: 0,
            raw_end: 0,
            at_end: false,
            decoder: encoding.filter(|it| *it != UTF_8).map(Encoding::new_decoder_with_bom_removal),
            lines: encoding.filter(|it| *it == UTF_8).map(|_| Start::OfFile),
            had_errors: false,
            has_marks: false,
        }
    }

    pub(super) fn position(&self) -> Position {
        self.source.position()
    }

    /// The next piece of text into `out` (replacing it); `false` at the end of the file.
    ///
    /// # Errors
    /// What the file refuses; `import.binary` for a NUL character, which no text holds.
    pub(super) fn next(&mut self, out: &mut String) -> Result<bool, Refusal> {
        out.clear();
        while out.is_empty() {
            if self.raw_at == self.raw_end {
                if self.at_end {
                    return self.finish(out);
                }
                self.raw_at = 0;
                self.raw_end = self.source.fill(&mut self.raw)?;
                self.at_end = self.raw_end < self.raw.len();
                if self.raw_end == 0 {
                    continue;
                }
            }
            self.decode(out)?;
        }
        if memchr::memchr(0, out.as_bytes()).is_some() {
            return Err(Refusal::file("import.binary"));
        }
        Ok(true)
    }

    fn decode(&mut self, out: &mut String) -> Result<(), Refusal> {
        let raw = self.raw.get(self.raw_at..self.raw_end).unwrap_or_default();
        if let Some(start) = self.lines {
            return self.lines(start, out);
        }
        if let Some(decoder) = &mut self.decoder {
            out.reserve(decoder.max_utf8_buffer_length(raw.len()).unwrap_or(RAW_BYTES));
            let (_, read, had_errors) = decoder.decode_to_string(raw, out, false);
            self.had_errors |= had_errors;
            self.raw_at += read;
            return Ok(());
        }
        let ascii = Encoding::ascii_valid_up_to(raw);
        if ascii > 0 {
            out.push_str(raw.get(..ascii).and_then(|text| std::str::from_utf8(text).ok()).unwrap_or_default());
            self.raw_at += ascii;
            return Ok(());
        }
        // Here the first byte above ASCII stands. The more of what follows is seen, the surer the choice.
        self.read_on()?;
        let chosen = encoding::detect(self.raw.get(..self.raw_end).unwrap_or_default()).unwrap_or(UTF_8);
        if chosen == UTF_8 {
            self.lines = Some(Start::Inside);
        } else {
            self.decoder = Some(chosen.new_decoder_without_bom_handling());
        }
        Ok(())
    }

    /// Fills the buffer behind what is not decoded yet.
    fn read_on(&mut self) -> Result<(), Refusal> {
        self.raw.copy_within(self.raw_at..self.raw_end, 0);
        self.raw_end -= self.raw_at;
        self.raw_at = 0;
        if !self.at_end {
            let more = self.source.fill(self.raw.get_mut(self.raw_end..).unwrap_or_default())?;
            self.raw_end += more;
            self.at_end = self.raw_end < self.raw.len();
        }
        Ok(())
    }

    /// The whole lines of what was read, as UTF-8. A line longer than the buffer is cut between two characters.
    fn lines(&mut self, start: Start, out: &mut String) -> Result<(), Refusal> {
        let mut raw = self.raw.get(self.raw_at..self.raw_end).unwrap_or_default();
        if !self.at_end && memchr::memrchr(b'\n', raw).is_none() && raw.len() < self.raw.len() {
            self.read_on()?;
            raw = self.raw.get(..self.raw_end).unwrap_or_default();
        }
        let end = match memchr::memrchr(b'\n', raw) {
            _ if self.at_end => raw.len(),
            Some(last) => last + 1,
            None => raw.len() - cut_off(raw),
        };
        let whole = raw.get(..end).unwrap_or_default();
        let text = match start {
            Start::OfFile => whole.strip_prefix("\u{feff}".as_bytes()).unwrap_or(whole),
            Start::Inside => whole,
        };
        match std::str::from_utf8(text) {
            Ok(text) => out.push_str(text),
            Err(_) => {
                for line in text.split_inclusive(|byte| *byte == b'\n') {
                    match std::str::from_utf8(line) {
                        Ok(line) => out.push_str(line),
                        Err(_) => match encoding::as_gbk(line) {
                            Some(line) => {
                                let words = line.trim_end_matches(['\r', '\n']);
                                out.push_str(words);
                                out.push(OTHER_ENCODING);
                                out.push_str(line.get(words.len()..).unwrap_or_default());
                                self.has_marks = true;
                            }
                            None => {
                                out.push_str(&String::from_utf8_lossy(line));
                                self.had_errors = true;
                            }
                        },
                    }
                }
            }
        }
        self.lines = Some(Start::Inside);
        self.raw_at += end;
        Ok(())
    }

    /// What the decoder still held back: half a character at the end is an error like any other.
    fn finish(&mut self, out: &mut String) -> Result<bool, Refusal> {
        let Some(mut decoder) = self.decoder.take() else { return Ok(false) };
        out.reserve(16);
        let (_, _, had_errors) = decoder.decode_to_string(b"", out, true);
        self.had_errors |= had_errors;
        Ok(!out.is_empty())
    }
}

/// How many bytes at the end are the beginning of a character.
fn cut_off(raw: &[u8]) -> usize {
    match std::str::from_utf8(raw) {
        Err(error) if error.error_len().is_none() => raw.len() - error.valid_up_to(),
        _ => 0,
    }
}
