//! The key of a book: 32 random bytes. Until a printed recovery key has been confirmed the key lies beside the book
//! (未上锁), so that nobody is locked out by a step that he did not confirm. A small slots file beside the book tells a
//! wrong key, a damaged book and a foreign file apart without opening anything.

use crate::error::{ApiError, ErrorCode, Result};
use crate::files::beside;
use hmac::{Hmac, KeyInit, Mac};
use serde::{Deserialize, Serialize};
use sha2::Sha256;
use std::path::{Path, PathBuf};

/// The key of one book. Never printed, never logged.
#[derive(Clone, PartialEq, Eq)]
pub struct BookKey([u8; 32]);

impl std::fmt::Debug for BookKey {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        f.write_str("BookKey(…)")
    }
}

impl BookKey {
    /// A new key from the operating system's randomness.
    ///
    /// # Errors
    /// Where the operating system gives no randomness.
    pub fn generate() -> Result<Self> {
        let mut bytes = [0_u8; 32];
        getrandom::fill(&mut bytes).map_err(ApiError::internal)?;
        Ok(Self(bytes))
    }

    /// Reads 64 hex digits.
    pub fn from_hex(text: &str) -> Option<Self> {
        let digits = text.trim().as_bytes();
        if digits.len() != 64 {
            return None;
        }
        let mut bytes = [0_u8; 32];
        for (byte, pair) in bytes.iter_mut().zip(digits.chunks_exact(2)) {
            *byte = u8::from_str_radix(std::str::from_utf8(pair).ok()?, 16).ok()?;
        }
        Some(Self(bytes))
    }

    /// 64 hex digits.
    pub(crate) fn to_hex(&self) -> String {
        to_hex(&self.0)
    }

    /// A keyed digest, for a purpose: the audit chain, the seal of a backup, the check of the slots.
    pub(crate) fn mac(&self, purpose: &str, parts: &[&[u8]]) -> [u8; 32] {
        finish_mac(self.start_mac(purpose), parts)
    }

    /// The start of a keyed digest over a long stream.
    pub(crate) fn start_mac(&self, purpose: &str) -> Hmac<Sha256> {
        let derived = hkdf::Hkdf::<Sha256>::new(None, &self.0);
        let mut purpose_key = [0_u8; 32];
        derived.expand(purpose.as_bytes(), &mut purpose_key).expect("BUG: 32 bytes are a valid length for HKDF");
        Hmac::<Sha256>::new_from_slice(&purpose_key).expect("BUG: HMAC takes keys of any length")
    }
}

/// The end of a keyed digest over some parts; whoever makes many of one purpose starts once.
pub(crate) fn finish_mac(mut mac: Hmac<Sha256>, parts: &[&[u8]]) -> [u8; 32] {
    for part in parts {
        mac.update(&u64::try_from(part.len()).unwrap_or(u64::MAX).to_le_bytes());
        mac.update(part);
    }
    mac.finalize().into_bytes().into()
}

/// Lower-case hex digits.
pub(crate) fn to_hex(bytes: &[u8]) -> String {
    use std::fmt::Write;
    bytes.iter().fold(String::with_capacity(bytes.len() * 2), |mut text, byte| {
        let _ = write!(text, "{byte:02x}");
        text
    })
}

/// Where the key of a book lies while it is not armed.
pub fn key_path(book: &Path) -> PathBuf {
    beside(book, "key")
}

/// The key that lies beside a book.
///
/// # Errors
/// `book.no_key` when there is none, `book.key_unreadable` when it is not 64 hex digits.
pub fn read_key_beside(book: &Path) -> Result<BookKey> {
    read_key_file(&key_path(book))
}

/// A key from a file of 64 hex digits.
///
/// # Errors
/// `book.no_key` when there is none, `book.key_unreadable` when it is not 64 hex digits.
pub fn read_key_file(path: &Path) -> Result<BookKey> {
    let text = std::fs::read_to_string(path).map_err(|_| ApiError::new(ErrorCode::Locked, "book.no_key"))?;
    BookKey::from_hex(&text).ok_or_else(|| ApiError::new(ErrorCode::Locked, "book.key_unreadable"))
}

/// Puts the key beside a book, readable by its owner only.
pub(crate) fn write_key_beside(book: &Path, key: &BookKey) -> Result<()> {
    let path = key_path(book);
    crate::files::write_durably(&path, format!("{}\n", key.to_hex()).as_bytes())?;
    #[cfg(unix)]
    {
        use std::os::unix::fs::PermissionsExt;
        std::fs::set_permissions(&path, std::fs::Permissions::from_mode(0o600))?;
    }
    Ok(())
}

/// The operating system's key store: Credential Manager, Keychain, Secret Service. The shell gives it; a terminal and
/// the tests have none, or one of their own.
pub trait KeyStore: Send + Sync {
    /// Keeps a secret under a name; false where there is no store or it refuses.
    fn save(&self, name: &str, secret: &str) -> bool;
    /// The secret of a name, if the store has one.
    fn load(&self, name: &str) -> Option<String>;
}

/// The key of a book: the one beside it, else the one in the operating system's key store.
///
/// # Errors
/// `book.no_key` when neither has one.
pub(crate) fn find(book: &Path, store: Option<&dyn KeyStore>) -> Result<BookKey> {
    read_key_beside(book).or_else(|missing| {
        let head = crate::files::file_head(book);
        let kept = store.zip(head).and_then(|(store, head)| store.load(&to_hex(&head)));
        kept.and_then(|text| BookKey::from_hex(&text)).ok_or(missing)
    })
}

/// Keeps the key of an open book in the store as well, named by the book's salt. Off the caller's thread: a store may
/// ask its owner first.
pub(crate) fn keep(head: [u8; 16], key: BookKey, store: std::sync::Arc<dyn KeyStore>) {
    let kept = std::thread::Builder::new().name("key-store".into()).spawn(move || {
        let (name, secret) = (to_hex(&head), key.to_hex());
        if store.load(&name).as_deref() != Some(&secret) && !store.save(&name, &secret) {
            log::info!("no key store keeps the book's key; it lies beside the book only");
        }
    });
    if kept.is_err() {
        log::warn!("no thread for the key store");
    }
}

/// What is known about a book's key without the key.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub(crate) struct Slots {
    /// Version of this file.
    format: u32,
    /// First 16 bytes of the book, hex: its salt.
    book: String,
    /// Keyed digest that tells whether a key is this book's.
    check: String,
    /// `beside_book` while unarmed.
    place: String,
}

impl Slots {
    /// Whether a key is the one of this book.
    pub(crate) fn fits(&self, key: &BookKey) -> bool {
        self.check == check(key)
    }

    /// Whether these slots were written for the file that begins with these bytes.
    pub(crate) fn is_for(&self, head: &[u8; 16]) -> bool {
        self.book == to_hex(head)
    }
}

fn check(key: &BookKey) -> String {
    to_hex(&key.mac("slots", &[b"check"])[..16])
}

/// The salt of a book through a handle that stays open.
pub(crate) fn head_of(file: &std::fs::File) -> Result<[u8; 16]> {
    use std::io::{Read, Seek, SeekFrom};
    let mut head = [0_u8; 16];
    let mut file = file;
    file.seek(SeekFrom::Start(0))?;
    file.read_exact(&mut head)?;
    Ok(head)
}

/// Writes the slots of a book that is not open.
pub(crate) fn write_slots(book: &Path, key: &BookKey) -> Result<()> {
    write_slots_of(&std::fs::File::open(book)?, book, key)
}

/// Writes the slots of a book through a handle that stays open.
pub(crate) fn write_slots_of(file: &std::fs::File, book: &Path, key: &BookKey) -> Result<()> {
    let slots = Slots { format: 1, book: to_hex(&head_of(file)?), check: check(key), place: "beside_book".into() };
    crate::files::write_durably(&beside(book, "slots"), serde_json::to_string_pretty(&slots)?.as_bytes())
}

/// The slots of a book, if they are there and readable.
pub(crate) fn read_slots(book: &Path) -> Option<Slots> {
    serde_json::from_str(&std::fs::read_to_string(beside(book, "slots")).ok()?).ok()
}
