//! Where a book had better not lie: a sync folder swaps files under an open book, and a folder of another computer loses
//! its locks with the line.

use std::path::{Path, PathBuf};

/// Names by which folders are known that a program keeps the same on several computers.
const SYNCED: [&str; 14] = [
    "onedrive",
    "dropbox",
    "icloud",
    "google drive",
    "googledrive",
    "坚果云",
    "nutstore",
    "百度网盘",
    "baidunetdisk",
    "wps云盘",
    "wpsdrive",
    "阿里云盘",
    "微云",
    "weiyun",
];

/// The key of what is to be said about a folder, which need not be there yet.
pub(super) fn warning_of(path: &Path) -> Option<String> {
    let real = real(path);
    let names = |path: &Path| by_name(&path.display().to_string());
    let key = names(path).or_else(|| names(&real));
    let key = key.or_else(|| is_of_network(&real).then_some("folder.network"));
    key.map(str::to_owned)
}

/// What the name alone tells.
fn by_name(text: &str) -> Option<&'static str> {
    let text = text.to_lowercase();
    if SYNCED.iter().any(|name| text.contains(name)) {
        return Some("folder.synced");
    }
    // `\\?\` only names a long path of this computer, unless it goes on with the name of another one.
    let is_shared = text.starts_with(r"\\?\unc\") || text.starts_with(r"\\") && !text.starts_with(r"\\?\");
    (is_shared || text.contains("/gvfs/")).then_some("folder.network")
}

/// The folder behind links and letters, as far as it is there: Windows answers with the name of the other computer for a
/// drive such as `Z:` that stands for one.
fn real(path: &Path) -> PathBuf {
    let there = path.ancestors().find_map(|part| std::fs::canonicalize(part).ok().map(|real| (part, real)));
    let Some((part, real)) = there else { return path.to_owned() };
    path.strip_prefix(part).map_or_else(|_| real.clone(), |rest| real.join(rest))
}

/// Whether a folder lies in a file system of the network, which has a place like any other here.
#[cfg(target_os = "linux")]
fn is_of_network(path: &Path) -> bool {
    let found = path.ancestors().find_map(|part| rustix::fs::statfs(part).ok());
    // The type is as wide as the machine likes; the marks have 32 bits.
    found.is_some_and(|found| u32::try_from(found.f_type).is_ok_and(is_network_mark))
}

#[cfg(not(target_os = "linux"))]
fn is_of_network(_: &Path) -> bool {
    false
}

/// The marks of NFS, SMB and CIFS, AFS, Ceph and 9P (`statfs(2)`).
#[cfg(target_os = "linux")]
const fn is_network_mark(mark: u32) -> bool {
    matches!(mark, 0x6969 | 0x517B | 0xFF53_4D42 | 0xFE53_4D42 | 0x5346_414F | 0x00C3_6400 | 0x0102_1997)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_folder_that_is_synchronised_or_lies_on_another_computer_is_warned_about() {
        for (path, warning) in [
            (r"C:\Users\老板\OneDrive\文档\Shukebu", Some("folder.synced")),
            (r"D:\坚果云\账本", Some("folder.synced")),
            (r"E:\WPS云盘\店", Some("folder.synced")),
            (r"\\收银机\共享\Shukebu", Some("folder.network")),
            // What Windows answers for `Z:\店` when `Z:` stands for a folder of another computer.
            (r"\\?\UNC\收银机\共享\店", Some("folder.network")),
            ("/run/user/1000/gvfs/smb-share:server=nas/店", Some("folder.network")),
            (r"\\?\D:\Shukebu", None),
            (r"D:\Shukebu", None),
            ("/home/老 板/Documents/Shukebu", None),
        ] {
            assert_eq!(warning_of(Path::new(path)).as_deref(), warning, "{path}");
        }
    }

    #[test]
    #[cfg(target_os = "linux")]
    fn a_link_into_a_synchronised_folder_is_seen_through_also_where_the_folder_is_still_to_be_made() {
        let folder = tempfile::tempdir().unwrap();
        let synced = folder.path().join("Dropbox");
        std::fs::create_dir(&synced).unwrap();
        std::os::unix::fs::symlink(&synced, folder.path().join("账本")).unwrap();
        let warning = |name: &str| warning_of(&folder.path().join(name));
        assert_eq!(warning("账本/Shukebu").as_deref(), Some("folder.synced"));
        assert_eq!(warning("店/Shukebu"), None);
        assert!(is_network_mark(0x6969) && is_network_mark(0xFF53_4D42) && !is_network_mark(0xEF53));
    }
}
