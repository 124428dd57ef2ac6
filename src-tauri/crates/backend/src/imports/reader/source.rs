//! Bytes of a file with a count of how far we are, and gunzipped as they come with a limit on what comes out.

use crate::imports::limits;
use crate::imports::refusal::Refusal;
use flate2::bufread::MultiGzDecoder;
use serde::{Deserialize, Serialize};
use std::cell::Cell;
use std::fs::File;
use std::io::{self, BufReader, Cursor, Read};
use std::path::{Path, PathBuf};
use std::rc::Rc;

/// Where a table comes from.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub enum Source {
    /// A file that a person chose.
    File(PathBuf),
    /// Cells out of a spreadsheet, pasted: rows of text with tabs between. They never touch the disk.
    Pasted(String),
}

impl Source {
    /// The file, where it is one.
    pub fn path(&self) -> Option<&Path> {
        match self {
            Self::File(path) => Some(path),
            Self::Pasted(_) => None,
        }
    }

    /// Whether it was pasted.
    pub fn is_pasted(&self) -> bool {
        matches!(self, Self::Pasted(_))
    }
}

impl From<PathBuf> for Source {
    fn from(path: PathBuf) -> Self {
        Self::File(path)
    }
}

/// How far a file has been read, in units of the file (bytes, or rows of a sheet).
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default, Serialize, Deserialize)]
pub struct Position {
    /// Units read.
    pub done: u64,
    /// Units in the file; 0 while unknown.
    pub total: u64,
}

impl Position {
    /// The number of rows that the file will have had when `rows` were found up to here.
    pub fn estimate_rows(self, rows: u64) -> Option<u64> {
        let scaled = u128::from(rows) * u128::from(self.total);
        scaled.checked_div(u128::from(self.done)).and_then(|all| u64::try_from(all).ok()).map(|all| all.max(rows))
    }
}

/// A count that the reader at the bottom and the consumer at the top share.
pub(super) type Count = Rc<Cell<u64>>;

/// Opens a file; a folder or a device is refused, since reading it would hang.
pub(super) fn open(path: &Path) -> Result<(File, u64), Refusal> {
    // Asked by its name, before it is opened: Windows does not open a folder at all, elsewhere a pipe would be waited for.
    let about = std::fs::metadata(path).map_err(|error| Refusal::unreadable(&error))?;
    if !about.is_file() {
        return Err(Refusal::file("import.not_a_file"));
    }
    if about.len() == 0 {
        return Err(Refusal::file("import.empty"));
    }
    let file = File::open(path).map_err(|error| Refusal::unreadable(&error))?;
    Ok((file, about.len()))
}

/// The bytes of a text file, gunzipped when it is a gzip.
pub(super) struct TextSource {
    inner: Box<dyn Read>,
    /// Bytes of the file read so far.
    pub read: Count,
    /// Bytes of the file.
    pub size: u64,
}

impl TextSource {
    pub(super) fn open(source: &Source, is_gzip: bool) -> Result<Self, Refusal> {
        let path = match source {
            Source::File(path) => path,
            Source::Pasted(text) => return Ok(Self::of_text(text.clone())),
        };
        let (file, size) = open(path)?;
        let read: Count = Rc::default();
        let counted = BufReader::with_capacity(16 << 10, Counted { inner: file, count: Rc::clone(&read) });
        let inner: Box<dyn Read> = if is_gzip {
            Box::new(Bounded { inner: MultiGzDecoder::new(counted), out: 0, read: Rc::clone(&read) })
        } else {
            Box::new(counted)
        };
        Ok(Self { inner, read, size })
    }

    fn of_text(text: String) -> Self {
        let (read, size): (Count, u64) = (Rc::default(), text.len() as u64);
        let inner = Box::new(Counted { inner: Cursor::new(text.into_bytes()), count: Rc::clone(&read) });
        Self { inner, read, size }
    }

    /// Reads until the buffer is full or the file ends.
    pub(super) fn fill(&mut self, buffer: &mut [u8]) -> Result<usize, Refusal> {
        let mut filled = 0;
        while let Some(rest) = buffer.get_mut(filled..).filter(|rest| !rest.is_empty()) {
            match self.inner.read(rest) {
                Ok(0) => break,
                Ok(more) => filled += more,
                Err(error) if error.kind() == io::ErrorKind::Interrupted => {}
                Err(error) => return Err(Refusal::unreadable(&error)),
            }
        }
        Ok(filled)
    }

    pub(super) fn position(&self) -> Position {
        Position { done: self.read.get().min(self.size), total: self.size }
    }
}

struct Counted<R> {
    inner: R,
    count: Count,
}

impl<R: Read> Read for Counted<R> {
    fn read(&mut self, buffer: &mut [u8]) -> io::Result<usize> {
        let read = self.inner.read(buffer)?;
        self.count.set(self.count.get() + read as u64);
        Ok(read)
    }
}

/// Stops a gzip that becomes absurdly large.
struct Bounded<R> {
    inner: R,
    out: u64,
    read: Count,
}

impl<R: Read> Read for Bounded<R> {
    fn read(&mut self, buffer: &mut [u8]) -> io::Result<usize> {
        let read = self.inner.read(buffer)?;
        self.out += read as u64;
        if is_bomb(self.out, self.read.get(), limits::TEXT_BYTES, limits::TEXT_RATIO) {
            return Err(io::ErrorKind::FileTooLarge.into());
        }
        Ok(read)
    }
}

/// Whether `out` bytes made of `packed` ones are beyond reason.
pub(super) fn is_bomb(out: u64, packed: u64, most: u64, ratio: u64) -> bool {
    out > most || (out > limits::RATIO_FREE_BYTES && out > packed.max(1).saturating_mul(ratio))
}

#[cfg(test)]
mod tests {
    use super::*;
    use std::io::Write;

    fn gzip(path: &Path, bytes: &[u8], times: usize) {
        let mut packer = flate2::write::GzEncoder::new(File::create(path).unwrap(), flate2::Compression::best());
        for _ in 0..times {
            packer.write_all(bytes).unwrap();
        }
        packer.finish().unwrap();
    }

    #[test]
    fn a_gzip_bomb_is_stopped_while_it_inflates() {
        let folder = tempfile::tempdir().unwrap();
        let path = folder.path().join("bomb.csv.gz");
        gzip(&path, &[b'a'; 1 << 20], 64);
        let mut source = TextSource::open(&path.into(), true).unwrap();
        let mut buffer = vec![0; 128 << 20];
        assert_eq!(source.fill(&mut buffer).unwrap_err().key, "import.too_large_inside");
    }

    #[test]
    fn a_cut_gzip_is_damaged_not_short() {
        let folder = tempfile::tempdir().unwrap();
        let path = folder.path().join("cut.csv.gz");
        gzip(&path, b"name,phone\nx,1\n", 1000);
        let bytes = std::fs::read(&path).unwrap();
        std::fs::write(&path, &bytes[..bytes.len() - 9]).unwrap();
        let mut source = TextSource::open(&path.into(), true).unwrap();
        assert_eq!(source.fill(&mut vec![0; 1 << 20]).unwrap_err().key, "import.damaged");
    }

    #[test]
    fn a_folder_is_no_file() {
        let folder = tempfile::tempdir().unwrap();
        assert_eq!(open(folder.path()).unwrap_err().key, "import.not_a_file");
    }

    #[test]
    fn rows_to_come_are_estimated_from_bytes() {
        assert_eq!(Position { done: 100, total: 1000 }.estimate_rows(7), Some(70));
        assert_eq!(Position::default().estimate_rows(7), None);
    }
}
