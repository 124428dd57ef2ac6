//! The zip around XLSX and ODS, checked before a parser sees it: how many parts, how large they really become when
//! inflated (what the zip says about itself is not believed), and whether any part has a stretch without a tag that a
//! parser would have to hold in memory.

use super::super::Format;
use super::super::source::{self, is_bomb};
use crate::imports::limits;
use crate::imports::refusal::Refusal;
use std::fs::File;
use std::io::{BufReader, Read};
use std::path::Path;
use zip::ZipArchive;

pub(super) type Archive = ZipArchive<BufReader<File>>;

/// Opens the zip.
pub(super) fn open(path: &Path) -> Result<Archive, Refusal> {
    let (file, _) = source::open(path)?;
    let archive =
        ZipArchive::new(BufReader::with_capacity(32 << 10, file)).map_err(|_| Refusal::file("import.damaged"))?;
    if archive.len() > limits::WORKBOOK_PARTS {
        return Err(Refusal::file("import.too_large_inside"));
    }
    Ok(archive)
}

/// Which workbook a zip is, after its parts were checked.
pub(in super::super) fn format(path: &Path) -> Result<Format, Refusal> {
    let mut archive = open(path)?;
    let mut names = Vec::with_capacity(archive.len());
    for name in archive.file_names() {
        names.push(name.map_err(|_| Refusal::file("import.damaged"))?.replace('\\', "/").to_ascii_lowercase());
    }
    let has = |name: &str| names.iter().any(|part| part == name);
    let format = if has("[content_types].xml") {
        let is_sheet = names.iter().any(|part| part.ends_with("workbook.xml") || part.contains("worksheets/"));
        if has("xl/workbook.bin") {
            return Err(Refusal::file("import.unknown_kind").with("kind", "XLSB"));
        }
        if !is_sheet {
            return Err(Refusal::file("import.unknown_kind").with("kind", "Office"));
        }
        Format::Xlsx
    } else if has("content.xml") {
        let mime = ods_mime(&mut archive);
        if !mime.is_empty() && !mime.contains("opendocument.spreadsheet") {
            return Err(Refusal::file("import.unknown_kind").with("kind", "OpenDocument"));
        }
        Format::Ods
    } else {
        return Err(Refusal::file("import.unknown_kind").with("kind", "ZIP"));
    };
    check_parts(&mut archive, &names)?;
    Ok(format)
}

fn ods_mime(archive: &mut Archive) -> String {
    let mut mime = String::new();
    if let Ok(part) = archive.by_name("mimetype") {
        // An unreadable mimetype is the same as none: the content is what counts.
        if part.take(200).read_to_string(&mut mime).is_err() {
            mime.clear();
        }
    }
    mime
}

/// What a part of the container is to us. Names lie, so every part is inflated and counted, whatever it is called.
#[derive(Clone, Copy, PartialEq, Eq)]
enum Part {
    /// Read cell by cell.
    Sheet,
    /// The table of texts, held in memory as a whole.
    Texts,
    /// Lists and styles, held in memory as a whole.
    Held,
    /// Pictures and the like, never opened.
    Media,
}

fn part_of(name: &str) -> Part {
    let ending = name.rsplit_once('.').map_or("", |(_, ending)| ending);
    match ending {
        "png" | "jpg" | "jpeg" | "gif" | "emf" | "wmf" | "bmp" | "tif" | "tiff" | "bin" | "svg" | "wdp" => Part::Media,
        _ if name.ends_with("sharedstrings.xml") => Part::Texts,
        _ if name.contains("/worksheets/") || name == "content.xml" => Part::Sheet,
        _ => Part::Held,
    }
}

/// What all parts have become so far.
#[derive(Default)]
struct Total {
    all: u64,
    held: u64,
}

fn check_parts(archive: &mut Archive, names: &[String]) -> Result<(), Refusal> {
    let mut total = Total::default();
    let mut buffer = vec![0; 64 << 10];
    for (index, name) in names.iter().enumerate() {
        let part = match archive.by_index(index) {
            Ok(part) => part,
            Err(zip::result::ZipError::UnsupportedArchive(why)) if why.contains("assword") => {
                return Err(Refusal::file("import.encrypted"));
            }
            Err(_) => return Err(Refusal::file("import.damaged")),
        };
        let packed = part.compressed_size();
        check_part(part, part_of(name), packed, &mut buffer, &mut total)?;
    }
    Ok(())
}

fn check_part(
    mut part: impl Read,
    kind: Part,
    packed: u64,
    buffer: &mut [u8],
    total: &mut Total,
) -> Result<(), Refusal> {
    let too_large = || Refusal::file("import.too_large_inside");
    let (mut out, mut run) = (0_u64, 0_usize);
    let mut claimed = ClaimedTexts::default();
    loop {
        let read = part.read(buffer).map_err(|_| Refusal::file("import.damaged"))?;
        if read == 0 {
            break;
        }
        let piece = buffer.get(..read).unwrap_or_default();
        out += read as u64;
        total.all += read as u64;
        if matches!(kind, Part::Texts | Part::Held) {
            total.held += read as u64;
        }
        if total.all > limits::WORKBOOK_BYTES
            || total.held > limits::WORKBOOK_HELD_BYTES
            || is_bomb(out, packed, limits::WORKBOOK_BYTES, limits::WORKBOOK_RATIO)
        {
            return Err(too_large());
        }
        if kind != Part::Media {
            run = longest_run(piece, run)?;
        }
        if kind == Part::Texts {
            claimed.look(piece);
        }
    }
    // The parser makes room for as many texts as are claimed, before it has seen one.
    if claimed.most > out / 8 { Err(too_large()) } else { Ok(()) }
}

/// The number of texts that a table of texts claims to hold.
#[derive(Default)]
struct ClaimedTexts {
    most: u64,
    /// The end of the piece before, for a claim that is cut in two.
    tail: Vec<u8>,
}

impl ClaimedTexts {
    fn look(&mut self, piece: &[u8]) {
        self.tail.extend_from_slice(piece);
        for at in memchr::memmem::find_iter(&self.tail, b"uniqueCount") {
            let after = self.tail.get(at + 11..).unwrap_or_default();
            let digits = after.iter().skip_while(|byte| matches!(byte, b'=' | b'"' | b'\'' | b' '));
            let claim = digits
                .take_while(|byte| byte.is_ascii_digit())
                .fold(0_u64, |sum, byte| sum.saturating_mul(10).saturating_add(u64::from(byte - b'0')));
            self.most = self.most.max(claim);
        }
        let keep = self.tail.len().saturating_sub(64);
        self.tail.drain(..keep);
    }
}

/// Follows the stretch since the last tag; refuses it once it is too long.
fn longest_run(piece: &[u8], before: usize) -> Result<usize, Refusal> {
    let Some(last) = memchr::memrchr(b'<', piece) else {
        let run = before + piece.len();
        return if run > limits::XML_RUN_BYTES { Err(Refusal::file("import.cell_too_long")) } else { Ok(run) };
    };
    // Inside one piece no stretch can be too long, only one that began before it.
    let first = memchr::memchr(b'<', piece).unwrap_or(0);
    if before + first > limits::XML_RUN_BYTES {
        return Err(Refusal::file("import.cell_too_long"));
    }
    Ok(piece.len() - last)
}
