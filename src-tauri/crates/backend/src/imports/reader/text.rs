//! Text out of bytes, piece by piece. A byte that no character has becomes U+FFFD and is remembered, so that the row
//! can be listed; whether the whole file is refused for it is decided where rows are counted.

use super::encoding;
use super::source::{Position, TextSource};
use crate::imports::refusal::Refusal;
use encoding_rs::{Decoder, Encoding, UTF_8};

const RAW_BYTES: usize = 64 << 10;

/// A text file as UTF-8, piece by piece.
pub(super) struct TextReader {
    source: TextSource,
    /// Bytes read and not yet decoded.
    raw: Vec<u8>,
    raw_at: usize,
    raw_end: usize,
    at_end: bool,
    decoder: Option<Decoder>,
    /// Whether any byte so far meant no character.
    pub had_errors: bool,
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
            decoder: encoding.map(Encoding::new_decoder_with_bom_removal),
            had_errors: false,
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
        self.raw.copy_within(self.raw_at..self.raw_end, 0);
        self.raw_end -= self.raw_at;
        self.raw_at = 0;
        if !self.at_end {
            let more = self.source.fill(self.raw.get_mut(self.raw_end..).unwrap_or_default())?;
            self.raw_end += more;
            self.at_end = self.raw_end < self.raw.len();
        }
        let chosen = encoding::detect(self.raw.get(..self.raw_end).unwrap_or_default()).unwrap_or(UTF_8);
        self.decoder = Some(chosen.new_decoder_without_bom_handling());
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
