//! The form of a backup file: a readable header, the encrypted book as it is, a trailer that only the key's owner can
//! read, and a keyed seal over everything before it.

use crate::error::{ApiError, ErrorCode, Result};
use crate::keys::BookKey;
use crate::open_book::Book;
use chacha20poly1305::aead::{Aead, KeyInit};
use chacha20poly1305::{ChaCha20Poly1305, Nonce};
use hmac::Mac;
use rusqlite::Connection;
use serde::{Deserialize, Serialize};
use sha2::{Digest, Sha256};
use shukebu_domain::time::Timestamp;
use std::fs::File;
use std::io::{BufReader, Read, Seek, SeekFrom, Write};
use std::path::Path;

/// Version of this form. In the first one the seal went over every byte; since the second it goes over the digest of the
/// book instead of the book, so that the bytes are gone through once, and each trailer has a key of its own.
pub(super) const FORMAT: u32 = 2;
const MAGIC: &[u8; 8] = b"SHUKEBAK";
const SEAL: usize = 32;
const MOST_HEADER: u32 = 64 * 1024;
const BLOCK: usize = 1024 * 1024;

/// What stands readable at the front: no name, no figure of the shop.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub(super) struct Header {
    pub format: u32,
    pub app: String,
    pub schema: i64,
    pub made_at: Timestamp,
    pub sequence: i64,
    /// Identity of the book.
    pub book: String,
    /// The key itself while the book is not armed.
    pub open_key: Option<String>,
}

/// What the book held when it was copied.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub(super) struct Counts {
    pub customers: i64,
    pub sales: i64,
    pub sale_lines: i64,
    pub refunds: i64,
    pub products: i64,
    pub complaints: i64,
    pub net_minor: i64,
    /// Last operation.
    pub audit_id: i64,
    /// Seal of the last operation, hex.
    pub audit_head: String,
}

impl Counts {
    /// Counts a book.
    pub(super) fn of(connection: &Connection) -> Result<Self> {
        let counts = crate::store::book::counts(connection)?;
        Ok(Self {
            customers: counts.customers,
            sales: counts.sales,
            sale_lines: counts.sale_lines,
            products: counts.products,
            complaints: counts.complaints,
            refunds: crate::store::backups::refunds(connection)?,
            net_minor: crate::store::book::net_total(connection)?.minor(),
            audit_id: crate::store::book::last_operation(connection)?,
            audit_head: crate::keys::to_hex(&crate::store::audit::head(connection)?),
        })
    }
}

#[derive(Serialize, Deserialize)]
struct Trailer {
    counts: Counts,
    /// SHA-256 of the book's bytes, hex.
    digest: String,
}

/// A backup on its way to the stick: everything but what the book held, which is known once it was looked through.
pub(super) struct Begun {
    out: File,
    front: Vec<u8>,
    length: u64,
    digest: [u8; 32],
}

/// Writes the header and the book. Nothing of it is durable before [`Begun::read_back`].
pub(super) fn begin(path: &Path, book: &Book, header: &Header) -> Result<Begun> {
    let header = serde_json::to_vec(header)?;
    let header_length = u32::try_from(header.len()).map_err(ApiError::internal)?.to_le_bytes();
    let front = [MAGIC.as_slice(), &header_length, &header].concat();
    let length = book.raw.metadata()?.len();
    let mut out = File::create(path)?;
    out.write_all(&front)?;
    out.write_all(&length.to_le_bytes())?;
    let mut digest = Sha256::new();
    let mut raw = &book.raw;
    raw.seek(SeekFrom::Start(0))?;
    copy_blocks(&mut raw.take(length), length, |block| {
        digest.update(block);
        out.write_all(block)
    })?;
    Ok(Begun { out, front, length, digest: digest.finalize().into() })
}

impl Begun {
    /// Makes the book on the stick durable and reads it back past the cache.
    pub(super) fn read_back(&self, path: &Path) -> Result<()> {
        let mut file = self.durable(path, 0)?;
        let mut front = vec![0; self.front.len()];
        file.read_exact(&mut front).map_err(|_| damaged())?;
        let length: [u8; 8] = read_array(&mut file)?;
        let mut digest = Sha256::new();
        copy_blocks(&mut file, self.length, |block| {
            digest.update(block);
            Ok(())
        })?;
        let digest: [u8; 32] = digest.finalize().into();
        let is_same = front == self.front && length == self.length.to_le_bytes() && digest == self.digest;
        if is_same { Ok(()) } else { Err(damaged()) }
    }

    /// Adds what the book holds and the seal over everything, makes them durable and reads them back, too; answers the
    /// bytes of the whole.
    pub(super) fn seal(mut self, path: &Path, key: &BookKey, counts: &Counts) -> Result<u64> {
        let trailer = Trailer { counts: counts.clone(), digest: crate::keys::to_hex(&self.digest) };
        let sealed = cipher(key, FORMAT, &self.front, &self.digest)
            .encrypt(&Nonce::default(), serde_json::to_vec(&trailer)?.as_slice())
            .map_err(|_| ApiError::internal("the trailer cannot be sealed"))?;
        let sealed_length = u32::try_from(sealed.len()).map_err(ApiError::internal)?.to_le_bytes();
        let mut seal = key.start_mac("backup");
        for part in [&self.front, self.length.to_le_bytes().as_slice(), &self.digest, &sealed_length, &sealed] {
            seal.update(part);
        }
        let end = [sealed_length.as_slice(), &sealed, &seal.finalize().into_bytes()].concat();
        let before = self.out.metadata()?.len();
        self.out.write_all(&end)?;
        let mut written = vec![];
        self.durable(path, before)?.read_to_end(&mut written)?;
        if written == end { Ok(before + end.len() as u64) } else { Err(damaged()) }
    }

    /// The file once everything in it is durable, opened anew at a place; what is read comes from the stick.
    fn durable(&self, path: &Path, place: u64) -> Result<File> {
        self.out.sync_all()?;
        forget_cached(&self.out);
        let mut file = File::open(path)?;
        file.seek(SeekFrom::Start(place))?;
        Ok(file)
    }
}

/// The next read comes from the stick and not from memory.
fn forget_cached(file: &File) {
    #[cfg(target_os = "linux")]
    let _ = rustix::fs::fadvise(file, 0, None, rustix::fs::Advice::DontNeed);
    #[cfg(not(target_os = "linux"))]
    let _ = file;
}

/// The nonce is fixed, because a key seals one trailer and no other: since the second form it is made of what the backup
/// holds and of when it was made. The first form had one key for all trailers of a book, and is read only.
fn cipher(key: &BookKey, format: u32, front: &[u8], digest: &[u8]) -> ChaCha20Poly1305 {
    let parts: &[&[u8]] = if format == 1 { &[] } else { &[front, digest] };
    ChaCha20Poly1305::new(&key.mac("backup trailer", parts).into())
}

/// A backup whose seal and digest were right.
pub(super) struct Contents {
    pub header: Header,
    pub counts: Counts,
    pub key: BookKey,
}

/// Reads only the header, for lists.
pub(super) fn read_header(path: &Path) -> Result<Header> {
    Ok(front(&mut BufReader::new(File::open(path)?))?.0)
}

/// Reads a whole backup, handing the book's bytes on block by block; what was handed on counts only when this
/// function answers well.
pub(super) fn read(
    path: &Path,
    known_key: Option<BookKey>,
    mut take: impl FnMut(&[u8]) -> std::io::Result<()>,
) -> Result<Contents> {
    let whole = std::fs::metadata(path)?.len();
    let mut file = BufReader::with_capacity(BLOCK, File::open(path)?);
    let (header, front_bytes) = front(&mut file)?;
    let own_key = header.open_key.as_deref().and_then(BookKey::from_hex);
    let key = own_key.or(known_key).ok_or_else(|| ApiError::new(ErrorCode::Locked, "backup.no_key"))?;
    let mut seal = key.start_mac("backup");
    seal.update(&front_bytes);
    let is_first_form = header.format == 1;
    let length_bytes: [u8; 8] = read_array(&mut file)?;
    let length = u64::from_le_bytes(length_bytes);
    if length > whole {
        return Err(damaged());
    }
    seal.update(&length_bytes);
    let mut digest = Sha256::new();
    copy_blocks(&mut (&mut file).take(length), length, |block| {
        digest.update(block);
        if is_first_form {
            seal.update(block);
        }
        take(block)
    })?;
    let digest: [u8; 32] = digest.finalize().into();
    if !is_first_form {
        seal.update(&digest);
    }
    let trailer_bytes: [u8; 4] = read_array(&mut file)?;
    let trailer_length = u32::from_le_bytes(trailer_bytes);
    if trailer_length > MOST_HEADER {
        return Err(damaged());
    }
    let mut sealed = vec![0; trailer_length as usize];
    file.read_exact(&mut sealed).map_err(|_| damaged())?;
    seal.update(&trailer_bytes);
    seal.update(&sealed);
    let stored: [u8; SEAL] = read_array(&mut file)?;
    let has_more = file.read(&mut [0_u8])? > 0;
    if has_more || seal.verify_slice(&stored).is_err() {
        return Err(damaged());
    }
    let trailer = cipher(&key, header.format, &front_bytes, &digest)
        .decrypt(&Nonce::default(), sealed.as_slice())
        .map_err(|_| damaged())?;
    let trailer: Trailer = serde_json::from_slice(&trailer).map_err(|_| damaged())?;
    if trailer.digest != crate::keys::to_hex(&digest) {
        return Err(damaged());
    }
    Ok(Contents { header, counts: trailer.counts, key })
}

/// Magic and header, with their bytes for the seal.
fn front(file: &mut impl Read) -> Result<(Header, Vec<u8>)> {
    let not_ours = || ApiError::field("file", "backup.not_ours");
    let magic: [u8; 8] = read_array(file).map_err(|_| not_ours())?;
    if &magic != MAGIC {
        return Err(not_ours());
    }
    let length_bytes: [u8; 4] = read_array(file)?;
    let length = u32::from_le_bytes(length_bytes);
    if length > MOST_HEADER {
        return Err(damaged());
    }
    let mut bytes = vec![0; length as usize];
    file.read_exact(&mut bytes).map_err(|_| damaged())?;
    let header: Header = serde_json::from_slice(&bytes).map_err(|_| damaged())?;
    if !(1..=FORMAT).contains(&header.format) {
        return Err(ApiError::new(ErrorCode::NotAllowedNow, "backup.newer"));
    }
    Ok((header, [magic.as_slice(), &length_bytes, &bytes].concat()))
}

fn read_array<const N: usize>(file: &mut impl Read) -> Result<[u8; N]> {
    let mut bytes = [0; N];
    file.read_exact(&mut bytes).map_err(|_| damaged())?;
    Ok(bytes)
}

/// Hands exactly `length` bytes on in blocks; fewer is a refusal.
fn copy_blocks(from: &mut impl Read, length: u64, mut take: impl FnMut(&[u8]) -> std::io::Result<()>) -> Result<()> {
    let mut block = vec![0; BLOCK];
    let mut left = length;
    while left > 0 {
        let wanted = usize::try_from(left).unwrap_or(BLOCK).min(BLOCK);
        let part = block.get_mut(..wanted).ok_or_else(damaged)?;
        from.read_exact(part).map_err(|_| damaged())?;
        take(part)?;
        left -= wanted as u64;
    }
    Ok(())
}

fn damaged() -> ApiError {
    ApiError::new(ErrorCode::Damaged, "backup.damaged")
}
