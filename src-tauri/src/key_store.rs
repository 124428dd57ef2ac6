//! The operating system's key store: Credential Manager, Keychain, Secret Service. A second place for the book's key,
//! so that a lost key file does not lock a shop out of its own book.

use shukebu_backend::keys::KeyStore;

const SERVICE: &str = "cn.shukebu.book";

/// The store of the system this program runs on; where there is none, it keeps nothing and says so.
pub struct SystemStore;

impl KeyStore for SystemStore {
    fn save(&self, name: &str, secret: &str) -> bool {
        keyring::Entry::new(SERVICE, name).and_then(|entry| entry.set_password(secret)).is_ok()
    }

    fn load(&self, name: &str) -> Option<String> {
        keyring::Entry::new(SERVICE, name).and_then(|entry| entry.get_password()).ok()
    }
}
