//! Files of the measurements: folders, copies, and what a plain program would do with the same bytes.

use std::fs::{File, OpenOptions};
use std::io::{Read, Write};
use std::path::{Path, PathBuf};
use std::process::Command;

/// The folder in which everything that is measured lies: on the disk of the build, never in memory.
pub fn folder() -> PathBuf {
    let target = match std::env::var_os("CARGO_TARGET_DIR") {
        Some(target) => root().join(target),
        None => root().join("target"),
    };
    let folder = target.join("figures");
    make_folder(Some(&folder));
    folder
}

/// The root of the sources.
pub fn root() -> PathBuf {
    Path::new(env!("CARGO_MANIFEST_DIR")).parent().expect("BUG: the tests lie in the root").to_owned()
}

/// A folder that goes away with the value.
pub fn temporary_folder() -> tempfile::TempDir {
    tempfile::tempdir_in(folder()).expect("a folder can be made")
}

/// Makes a folder unless it is there.
pub fn make_folder(folder: Option<&Path>) {
    if let Some(folder) = folder {
        std::fs::create_dir_all(folder).expect("the folder can be made");
    }
}

/// What `cp` and `sync` of one file do.
pub fn copy_durably(from: &Path, to: &Path) -> u64 {
    let mut source = File::open(from).expect("the file is there");
    let mut copy = File::create(to).expect("the copy can be made");
    let mut block = vec![0_u8; 1 << 20];
    let mut bytes = 0;
    loop {
        let read = source.read(&mut block).expect("the file can be read");
        if read == 0 {
            break;
        }
        copy.write_all(&block[..read]).expect("the copy can be written");
        bytes += read as u64;
    }
    copy.sync_all().expect("the copy can be synced");
    bytes
}

/// How often a process of its own asks the disk to flush; none where that cannot be counted.
pub fn flushes_of(child: &str, words: &[String]) -> Option<i64> {
    let log = temporary_folder();
    let log_path = log.path().join("flushes");
    let status = Command::new("strace")
        .args(["-f", "-e", "trace=fsync,fdatasync,sync_file_range,msync", "-o"])
        .arg(&log_path)
        .arg(std::env::current_exe().ok()?)
        .arg(child)
        .args(words)
        .status()
        .ok()?;
    let text = std::fs::read_to_string(log_path).ok()?;
    let calls = text.lines().filter(|line| line.contains("sync(")).count();
    status.success().then_some(i64::try_from(calls).ok()?)
}

/// A plain file to which bytes are appended durably: the least that a sale could cost.
pub struct Appended {
    file: File,
    block: Vec<u8>,
}

impl Appended {
    /// A new file; each append writes so many bytes.
    pub fn new(path: &Path, bytes: usize) -> Self {
        let file = OpenOptions::new().create(true).append(true).open(path).expect("a file can be made");
        Self { file, block: vec![0xA5; bytes] }
    }

    /// Appends once and waits for the disk.
    pub fn append(&mut self) {
        self.file.write_all(&self.block).expect("bytes can be appended");
        self.file.sync_data().expect("bytes can be synced");
    }
}
