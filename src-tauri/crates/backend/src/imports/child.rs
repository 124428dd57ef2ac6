//! A process of its own for a stranger's file. It has no book, no key and no window; it may take so much memory, and
//! may be silent for so long. Whatever a hostile file does to it, the program loses nothing but the file.
//!
//! The program starts itself again with [`ASK`] as its only argument; the child reads one request from standard input
//! and writes messages, each with its length before it, to standard output. On Linux the child limits its own memory;
//! elsewhere only time is limited, and the limits of the readers themselves hold everywhere.

use super::here::{self, Batch, Request, Seen};
use super::refusal::Refusal;
use serde::{Deserialize, Serialize};
use std::io::{BufReader, BufWriter, Read, Write};
use std::path::{Path, PathBuf};
use std::process::{Child, ChildStdout, Command, Stdio};
use std::sync::atomic::{AtomicBool, AtomicU64, Ordering};
use std::sync::{Arc, Mutex, OnceLock};
use std::time::{Duration, Instant};

/// The argument that makes the program a reader of one file.
const ASK: &str = "--read-one-file";
/// Memory that a reader may take.
#[cfg(target_os = "linux")]
const MEMORY_BYTES: u64 = 320 << 20;
/// Longest silence of a reader that is waited for.
const SILENCE: Duration = Duration::from_secs(10);
/// Longest message; a batch of the longest rows is far below.
const MESSAGE_BYTES: u32 = 512 << 20;

static PROGRAM: OnceLock<PathBuf> = OnceLock::new();

/// What the program wants of its child.
#[derive(Debug, Serialize, Deserialize)]
enum Wanted {
    Look(Request),
    Rows(Request),
}

/// What the child says.
#[derive(Debug, Serialize, Deserialize)]
enum Message {
    Seen(Box<Seen>),
    Rows(Batch),
    Refused(Refusal),
    Done,
}

/// To be called first in `main`. In a child it reads the file and answers `true`: the process shall end then. In the
/// program itself it registers the program as one that can be started as a child.
pub fn serve_if_asked() -> bool {
    let mut arguments = std::env::args_os().skip(1);
    if arguments.next().is_some_and(|argument| argument == ASK) {
        // Nobody is left to be told when the pipe is gone.
        let _ = serve();
        return true;
    }
    if let Ok(program) = std::env::current_exe() {
        // A second registration in the same process is the same program.
        let _ = PROGRAM.set(program);
    }
    false
}

/// The program to be started as a reader, if it registered itself.
pub(super) fn program() -> Option<&'static Path> {
    PROGRAM.get().map(PathBuf::as_path)
}

fn serve() -> std::io::Result<()> {
    limit_memory();
    let mut text = String::new();
    std::io::stdin().read_to_string(&mut text)?;
    let wanted: Wanted = serde_json::from_str(&text)?;
    let mut out = BufWriter::with_capacity(256 << 10, std::io::stdout().lock());
    let last = match wanted {
        Wanted::Look(request) => {
            here::look(&request).map_or_else(Message::Refused, |seen| Message::Seen(Box::new(seen)))
        }
        Wanted::Rows(request) => {
            let read = here::rows(&request, &mut |batch| say(&mut out, &Message::Rows(batch)).is_ok());
            read.map_or_else(Message::Refused, |()| Message::Done)
        }
    };
    say(&mut out, &last)?;
    out.flush()
}

#[cfg(target_os = "linux")]
fn limit_memory() {
    use rustix::process::{Resource, Rlimit, setrlimit};
    let limit = Rlimit { current: Some(MEMORY_BYTES), maximum: Some(MEMORY_BYTES) };
    // A system that refuses the limit still has the limits of the readers.
    let _ = setrlimit(Resource::Data, limit);
    let _ = setrlimit(Resource::Core, Rlimit { current: Some(0), maximum: Some(0) });
}

#[cfg(not(target_os = "linux"))]
fn limit_memory() {}

fn say(out: &mut impl Write, message: &Message) -> std::io::Result<()> {
    let bytes = postcard::to_stdvec(message).map_err(std::io::Error::other)?;
    let length = u32::try_from(bytes.len()).map_err(std::io::Error::other)?;
    out.write_all(&length.to_le_bytes())?;
    out.write_all(&bytes)
}

/// Looks into a file with a child.
pub(super) fn look(program: &Path, request: &Request) -> Result<Seen, Refusal> {
    let mut running = Running::start(program, &Wanted::Look(request.clone()))?;
    match running.hear() {
        Some(Message::Seen(seen)) => Ok(*seen),
        Some(Message::Refused(refusal)) => Err(refusal),
        _ => Err(gave_up()),
    }
}

/// Reads a file with a child; `give` takes the rows until it wants no more.
pub(super) fn rows(program: &Path, request: &Request, give: &mut dyn FnMut(Result<Batch, Refusal>) -> bool) {
    let mut running = match Running::start(program, &Wanted::Rows(request.clone())) {
        Ok(running) => running,
        Err(refusal) => {
            give(Err(refusal));
            return;
        }
    };
    loop {
        let is_wanted = match running.hear() {
            Some(Message::Rows(batch)) => give(Ok(batch)),
            Some(Message::Done) => return,
            Some(Message::Refused(refusal)) => {
                give(Err(refusal));
                return;
            }
            Some(Message::Seen(_)) | None => {
                give(Err(gave_up()));
                return;
            }
        };
        if !is_wanted {
            return;
        }
    }
}

/// The child ended, or was ended, without a last word.
fn gave_up() -> Refusal {
    Refusal::file("import.gave_up")
}

/// A child at work. Dropping it ends it.
struct Running {
    child: Arc<Mutex<Child>>,
    out: BufReader<ChildStdout>,
    started: Instant,
    /// Milliseconds after the start at which we began to listen; 0 while we do not.
    listening_since: Arc<AtomicU64>,
    is_over: Arc<AtomicBool>,
}

impl Running {
    fn start(program: &Path, wanted: &Wanted) -> Result<Self, Refusal> {
        let unable = |error: std::io::Error| Refusal::file("import.no_reader").with("why", error.kind());
        let mut command = Command::new(program);
        command.arg(ASK).stdin(Stdio::piped()).stdout(Stdio::piped()).stderr(Stdio::null());
        #[cfg(windows)]
        {
            use std::os::windows::process::CommandExt;
            // No black window flashes up.
            command.creation_flags(0x0800_0000);
        }
        let mut child = command.spawn().map_err(unable)?;
        let (stdin, out) = (child.stdin.take(), child.stdout.take());
        let mut running = Self {
            child: Arc::new(Mutex::new(child)),
            out: BufReader::with_capacity(256 << 10, out.ok_or_else(gave_up)?),
            started: Instant::now(),
            listening_since: Arc::default(),
            is_over: Arc::default(),
        };
        running.watch().map_err(unable)?;
        let text = serde_json::to_vec(wanted).map_err(|_| gave_up())?;
        // A child that died before it listened is noticed when it is heard.
        let _ = stdin.ok_or_else(gave_up)?.write_all(&text);
        Ok(running)
    }

    /// Ends the child when it is silent for too long while it is listened to.
    fn watch(&mut self) -> std::io::Result<()> {
        let (child, started) = (Arc::clone(&self.child), self.started);
        let (listening_since, is_over) = (Arc::clone(&self.listening_since), Arc::clone(&self.is_over));
        std::thread::Builder::new().name("import-watch".into()).spawn(move || {
            while !is_over.load(Ordering::Relaxed) {
                let since = listening_since.load(Ordering::Relaxed);
                let silent = started.elapsed().saturating_sub(Duration::from_millis(since));
                if since > 0 && silent > SILENCE {
                    end(&child);
                    return;
                }
                std::thread::sleep(Duration::from_millis(50));
            }
        })?;
        Ok(())
    }

    /// The next message; `None` when there is no whole one any more.
    fn hear(&mut self) -> Option<Message> {
        let now = u64::try_from(self.started.elapsed().as_millis()).unwrap_or(u64::MAX);
        self.listening_since.store(now.max(1), Ordering::Relaxed);
        let message = self.read();
        self.listening_since.store(0, Ordering::Relaxed);
        message
    }

    fn read(&mut self) -> Option<Message> {
        let mut length = [0; 4];
        self.out.read_exact(&mut length).ok()?;
        let length = u32::from_le_bytes(length);
        if length > MESSAGE_BYTES {
            return None;
        }
        let mut bytes = vec![0; usize::try_from(length).ok()?];
        self.out.read_exact(&mut bytes).ok()?;
        postcard::from_bytes(&bytes).ok()
    }
}

impl Drop for Running {
    fn drop(&mut self) {
        self.is_over.store(true, Ordering::Relaxed);
        end(&self.child);
    }
}

fn end(child: &Mutex<Child>) {
    if let Ok(mut child) = child.lock() {
        // One that has ended by itself cannot be ended again; it is only collected.
        let _ = child.kill();
        let _ = child.wait();
    }
}
