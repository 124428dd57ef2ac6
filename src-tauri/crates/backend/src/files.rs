//! Durable file habits: write to a name that is not yet the real one, sync, rename, sync the folder.

use crate::error::Result;
use std::io::Write;
use std::path::{Path, PathBuf};

/// Writes a small file so that after a power cut it is either the old one or the new one.
pub(crate) fn write_durably(path: &Path, bytes: &[u8]) -> Result<()> {
    let mut name = path.as_os_str().to_owned();
    name.push(".new");
    let temporary = Path::new(&name);
    let mut file = std::fs::File::create(temporary)?;
    file.write_all(bytes)?;
    file.sync_all()?;
    drop(file);
    std::fs::rename(temporary, path)?;
    sync_folder_of(path)
}

/// Makes a rename in this file's folder durable. Windows has no such call: the rename itself is written through.
pub(crate) fn sync_folder_of(path: &Path) -> Result<()> {
    #[cfg(unix)]
    if let Some(folder) = path.parent().filter(|folder| !folder.as_os_str().is_empty()) {
        std::fs::File::open(folder)?.sync_all()?;
    }
    #[cfg(not(unix))]
    let _ = path;
    Ok(())
}

/// Makes a folder that only the owner of the account can read.
pub(crate) fn private_folder(path: &Path) -> Result<()> {
    #[cfg(unix)]
    let builder = {
        let mut builder = std::fs::DirBuilder::new();
        std::os::unix::fs::DirBuilderExt::mode(&mut builder, 0o700);
        builder
    };
    // A folder on Windows belongs to its account because the one that it lies in does.
    #[cfg(not(unix))]
    let builder = std::fs::DirBuilder::new();
    Ok(builder.create(path)?)
}

/// What Windows refuses in the name of a file.
const REFUSED: &str = r#"\/:*?"<>|"#;
/// Names that Windows keeps for devices, whatever ending they have: written to, such a file goes nowhere.
const DEVICES: [&str; 4] = ["CON", "PRN", "AUX", "NUL"];
/// The same with a number behind them.
const NUMBERED_DEVICES: [&str; 2] = ["COM", "LPT"];

/// A name under which a file can be kept on every system, since books travel: nothing of it is a path, it ends with
/// neither a dot nor a space, and no device answers to it. None where nothing is left.
pub(crate) fn plain_name(name: &str, most: usize) -> Option<String> {
    let kept: String = name.chars().filter(|ch| !ch.is_control() && !REFUSED.contains(*ch)).take(most).collect();
    let kept = kept.trim_start().trim_end_matches(['.', ' ']);
    if kept.trim_matches('.').is_empty() {
        return None;
    }
    Some(if is_device(kept) { format!("_{kept}") } else { kept.to_owned() })
}

fn is_device(name: &str) -> bool {
    let stem = name.split('.').next().unwrap_or_default().trim_end().to_ascii_uppercase();
    let is_numbered = |device: &&str| matches!(stem.strip_prefix(*device).map(str::as_bytes), Some([b'1'..=b'9']));
    DEVICES.contains(&stem.as_str()) || NUMBERED_DEVICES.iter().any(is_numbered)
}

/// A name in a folder that nothing has yet, so that nothing is replaced. Not every name has an ending.
pub(crate) fn free_name(folder: &Path, name: &str, ending: &str) -> PathBuf {
    let ending = if ending.is_empty() { String::new() } else { format!(".{ending}") };
    let first = folder.join(format!("{name}{ending}"));
    if !first.exists() {
        return first;
    }
    (2_u32..).map(|number| folder.join(format!("{name}-{number}{ending}"))).find(|path| !path.exists()).unwrap_or(first)
}

/// A file that belongs to a book: the book's own name with a suffix.
pub(crate) fn beside(path: &Path, suffix: &str) -> PathBuf {
    let mut name = path.as_os_str().to_owned();
    name.push(".");
    name.push(suffix);
    PathBuf::from(name)
}

/// The first 16 bytes of an encrypted book are its salt: they name the file without opening it.
pub(crate) fn file_head(path: &Path) -> Option<[u8; 16]> {
    use std::io::Read;
    let mut head = [0_u8; 16];
    std::fs::File::open(path).ok()?.read_exact(&mut head).ok()?;
    Some(head)
}

#[cfg(test)]
mod tests {
    use super::plain_name;

    #[test]
    fn a_name_is_one_that_every_system_keeps() {
        for (given, kept) in [
            ("小满面包房", Some("小满面包房")),
            (" 合同 v1.2.pdf ", Some("合同 v1.2.pdf")),
            ("../../etc/passwd", Some("....etcpasswd")),
            (r"C:\Users\x.jpg", Some("CUsersx.jpg")),
            ("发票?.", Some("发票")),
            ("nul.csv", Some("_nul.csv")),
            ("Aux", Some("_Aux")),
            ("com1.tar.gz", Some("_com1.tar.gz")),
            ("LPT9 .txt", Some("_LPT9 .txt")),
            ("com10.txt", Some("com10.txt")),
            ("comet", Some("comet")),
            ("...", None),
            (" \u{7} ", None),
        ] {
            assert_eq!(plain_name(given, 40).as_deref(), kept, "{given:?}");
        }
        assert_eq!(plain_name("很长的名字", 2).as_deref(), Some("很长"));
    }
}
