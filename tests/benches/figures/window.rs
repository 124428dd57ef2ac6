//! The window itself: from the start of the packaged program to a search box that stands there, and the memory of all
//! its processes. Against an empty web view of the same kind and an empty Chromium window, by turns.
//!
//! The virtual screen keeps its pixels in a file, so that looking at it costs the programs next to nothing.

use super::figure::{Figure, Held};
use super::file;
use super::shop::{Shop, Size};
use super::stopwatch::shown;
use rustix::process::{Pid, Signal, kill_process_group};
use serde_json::json;
use std::collections::HashMap;
use std::io::{BufRead, BufReader};
use std::os::unix::process::CommandExt;
use std::path::{Path, PathBuf};
use std::process::{Child, Command, Stdio};
use std::time::{Duration, Instant};

const ROUNDS: usize = 7;
const WIDTH: usize = 1366;
const HEIGHT: usize = 768;
/// A side of the squares in which the screen is looked at.
const TILE: usize = 32;
const COLUMNS: usize = WIDTH.div_ceil(TILE);
/// The search box at the top, in tiles: columns and rows. The rail beside it, with the shop's name, is none of it.
const SEARCH: (std::ops::Range<usize>, std::ops::Range<usize>) = (6..18, 0..2);
/// Tiles in which a blinking caret may stand.
const CARET: usize = 2;
/// The screen has come to rest when nothing changed for so long.
const REST: Duration = Duration::from_millis(1500);
const LONGEST: Duration = Duration::from_secs(20);
const EVERY: Duration = Duration::from_millis(6);
/// Where Debian keeps the web view's own browser.
const EMPTY_VIEW: &str = "/usr/lib/x86_64-linux-gnu/webkit2gtk-4.1/MiniBrowser";

/// Cold start and memory; nothing where the program was not packaged or a peer is missing.
pub fn figures(shop: &Shop) -> Vec<Figure> {
    // The test that runs everything once has neither a package nor the time.
    if shop.size == Size::Tiny {
        return vec![];
    }
    let shell = file::folder().parent().map(|target| target.join("release/shukebu")).unwrap_or_default();
    let peers = [EMPTY_VIEW, "/usr/bin/dbus-run-session"];
    if !shell.exists() || !peers.iter().all(|peer| Path::new(peer).exists()) {
        println!(
            "no window to be measured: `cargo xtask package` makes one, and its peers come with `cargo xtask setup`"
        );
        return vec![];
    }
    let Some(screen) = Screen::start() else {
        println!("no window to be measured: there is no virtual screen");
        return vec![];
    };
    let (mut ours, mut view, mut browser) = (Runs::default(), Runs::default(), Runs::default());
    for _ in 0..ROUNDS {
        let home = home_of(shop);
        ours.add(screen.watch(program(&shell, home.path())));
        let empty = file::temporary_folder();
        view.add(screen.watch(in_folder(Path::new(EMPTY_VIEW), empty.path(), &["--geometry=1366x768", "about:blank"])));
        let empty = file::temporary_folder();
        browser.add(screen.watch(chromium(empty.path())));
    }
    told(&ours, &view, &browser)
}

fn told(ours: &Runs, view: &Runs, browser: &Runs) -> Vec<Figure> {
    let ratio = |ours: Duration, peer: Duration| ours.as_secs_f64() / peer.as_secs_f64().max(1e-9);
    let (view_paint, browser_paint) = (view.median(|run| run.painted), browser.median(|run| run.painted));
    let (search, whole) = (ours.median(|run| run.search), ours.median(|run| run.whole));
    let (memory, empty) = (ours.memory(), browser.memory());
    let peers = format!("{}, the first paint of an empty Chromium window", shown(browser_paint));
    let of_view = format!("{}, the first paint of an empty web view", shown(view_paint));
    vec![
        Figure::at_most("window.search", 1.0, "≤ 1×", ratio(search, browser_paint))
            .measured("cold start to the search box with a book behind it", shown(search))
            .against(peers),
        Figure::at_most("window.whole", 2.5, "≤ 2.5×", ratio(whole, view_paint))
            .measured("cold start to the whole first screen", shown(whole))
            .against(of_view.clone()),
        Figure::plain("window.paint", "—", Held::Untold)
            .measured("cold start to the first paint", shown(ours.median(|run| run.painted)))
            .against(of_view),
        Figure::at_most("window.memory", 1.15, "≤ 1.15×", memory as f64 / empty.max(1) as f64)
            .measured("proportional memory of all processes, at rest", format!("{} MB", memory / 1000))
            .against(format!(
                "{} MB, an empty Chromium window; an empty web view {} MB",
                empty / 1000,
                view.memory() / 1000
            )),
    ]
}

/// A profile whose last book is a copy of the shop.
fn home_of(shop: &Shop) -> tempfile::TempDir {
    let home = file::temporary_folder();
    let own = home.path().join("cn.shukebu.book");
    file::make_folder(Some(&own));
    let book = own.join("shop.shukebu");
    std::fs::copy(shop.book(), &book).expect("the book can be copied");
    let keys = shukebu_backend::keys::key_path;
    std::fs::copy(keys(shop.book()), keys(&book)).expect("the key can be copied");
    let memory = json!({ "last_book": book, "language": "zh-Hans" });
    std::fs::write(own.join("remembered.json"), memory.to_string()).expect("the memory can be written");
    home
}

fn program(shell: &Path, home: &Path) -> Command {
    let mut command = in_folder(shell, home, &[]);
    command.env("SHUKEBU_ALONE", "1");
    command
}

fn chromium(home: &Path) -> Command {
    let own = format!("--user-data-dir={}", home.display());
    let size = format!("--window-size={WIDTH},{HEIGHT}");
    let words =
        ["--no-sandbox", "--no-first-run", "--disable-gpu", "--window-position=0,0", "--app=about:blank", &own, &size];
    in_folder(Path::new("chromium"), home, &words)
}

/// A program that keeps everything in a folder of its own, and has a message bus as on a desktop, which ends with it.
fn in_folder(program: &Path, home: &Path, words: &[&str]) -> Command {
    let mut command = Command::new("dbus-run-session");
    command
        .arg("--")
        .arg(program)
        .args(words)
        .env("XDG_DATA_HOME", home)
        .env("XDG_CONFIG_HOME", home)
        .env("XDG_CACHE_HOME", home);
    command
}

/// When what was seen, counted from the start of the program.
struct Run {
    /// Most of the screen is no longer empty.
    painted: Duration,
    /// The search box looks as it does in the end.
    search: Duration,
    /// So does nearly everything; a ticking clock does not count.
    whole: Duration,
    /// Proportional memory of all processes at rest, in kB.
    memory: u64,
}

#[derive(Default)]
struct Runs(Vec<Run>);

impl Runs {
    fn add(&mut self, run: Run) {
        self.0.push(run);
    }

    fn median(&self, of: impl Fn(&Run) -> Duration) -> Duration {
        let mut times: Vec<Duration> = self.0.iter().map(of).collect();
        times.sort_unstable();
        times.get(times.len() / 2).copied().unwrap_or_default()
    }

    fn memory(&self) -> u64 {
        let mut sizes: Vec<u64> = self.0.iter().map(|run| run.memory).collect();
        sizes.sort_unstable();
        sizes.get(sizes.len() / 2).copied().unwrap_or_default()
    }
}

/// A virtual screen whose pixels lie in a file.
struct Screen {
    server: Child,
    name: String,
    pixels: PathBuf,
    _folder: tempfile::TempDir,
}

impl Screen {
    fn start() -> Option<Self> {
        let folder = file::temporary_folder();
        let size = format!("{WIDTH}x{HEIGHT}x24");
        let mut server = Command::new("Xvfb")
            .args(["-displayfd", "1", "-screen", "0", &size, "-nolisten", "tcp", "-fbdir"])
            .arg(folder.path())
            .stdout(Stdio::piped())
            .stderr(Stdio::null())
            .spawn()
            .ok()?;
        let mut number = String::new();
        BufReader::new(server.stdout.take()?).read_line(&mut number).ok()?;
        let (name, pixels) = (format!(":{}", number.trim()), folder.path().join("Xvfb_screen0"));
        Some(Self { server, name, pixels, _folder: folder })
    }

    /// Runs a program until the screen is at rest, and ends it.
    fn watch(&self, mut command: Command) -> Run {
        command.env("DISPLAY", &self.name).env_remove("WAYLAND_DISPLAY").env("NO_AT_BRIDGE", "1");
        command.env("GDK_BACKEND", "x11").env("LIBGL_ALWAYS_SOFTWARE", "1").env("WEBKIT_DISABLE_DMABUF_RENDERER", "1");
        let empty = self.look();
        let mut seen: Vec<(Duration, Vec<u64>)> = vec![];
        let mut last = empty.clone();
        let start = Instant::now();
        let mut child =
            command.stdout(Stdio::null()).stderr(Stdio::null()).process_group(0).spawn().expect("it can be started");
        while start.elapsed() < LONGEST {
            let now = self.look();
            if differing(&now, &last) > 0 {
                seen.push((start.elapsed(), now.clone()));
                last = now;
            }
            // What ticks every second never rests; it is small.
            let moved = seen.iter().rev().find(|(_, tiles)| differing(tiles, &last) > last.len() / 50);
            let rested = moved.map_or(Duration::ZERO, |(at, _)| start.elapsed().saturating_sub(*at));
            if differing(&last, &empty) > last.len() / 2 && rested > REST {
                break;
            }
            std::thread::sleep(EVERY);
        }
        let memory = proportional(child.id());
        if let Some(group) = i32::try_from(child.id()).ok().and_then(Pid::from_raw) {
            let _ = kill_process_group(group, Signal::KILL);
        }
        let _ = child.wait();
        self.until_empty(&empty);
        let since = |same: &dyn Fn(&[u64]) -> bool| {
            seen.iter().rev().take_while(|(_, tiles)| same(tiles)).last().map_or(LONGEST, |(at, _)| *at)
        };
        let painted = seen.iter().find(|(_, tiles)| differing(tiles, &empty) > tiles.len() / 2);
        Run {
            painted: painted.map_or(LONGEST, |(at, _)| *at),
            search: since(&|tiles| differing(&search_of(tiles), &search_of(&last)) <= CARET),
            whole: since(&|tiles| differing(tiles, &last) <= last.len() / 50),
            memory,
        }
    }

    /// Waits until the window of the one before has gone.
    fn until_empty(&self, empty: &[u64]) {
        let start = Instant::now();
        while differing(&self.look(), empty) > 0 && start.elapsed() < Duration::from_secs(5) {
            std::thread::sleep(Duration::from_millis(50));
        }
    }

    /// The screen, a number for every tile.
    fn look(&self) -> Vec<u64> {
        let bytes = std::fs::read(&self.pixels).expect("the screen lies in a file");
        let pixels = bytes.len().saturating_sub(WIDTH * HEIGHT * 4);
        let mut tiles = vec![0_u64; COLUMNS * HEIGHT.div_ceil(TILE)];
        for (y, row) in bytes[pixels..].chunks_exact(WIDTH * 4).enumerate() {
            for (column, part) in row.chunks(TILE * 4).enumerate() {
                let tile = &mut tiles[y / TILE * COLUMNS + column];
                for pair in part.chunks_exact(8) {
                    let word = u64::from_le_bytes(pair.try_into().expect("BUG: eight bytes"));
                    *tile = (tile.rotate_left(5) ^ word).wrapping_mul(0x517c_c1b7_2722_0a95);
                }
            }
        }
        tiles
    }
}

impl Drop for Screen {
    fn drop(&mut self) {
        let _ = self.server.kill();
        let _ = self.server.wait();
    }
}

fn differing(one: &[u64], other: &[u64]) -> usize {
    one.iter().zip(other).filter(|(one, other)| one != other).count()
}

fn search_of(tiles: &[u64]) -> Vec<u64> {
    let (columns, rows) = SEARCH;
    rows.flat_map(|row| columns.clone().map(move |column| tiles[row * COLUMNS + column])).collect()
}

/// Proportional memory in kB of a process and of all that it started.
fn proportional(root: u32) -> u64 {
    let mut parents: HashMap<u32, u32> = HashMap::new();
    for entry in std::fs::read_dir("/proc").into_iter().flatten().flatten() {
        let Some(id) = entry.file_name().to_str().and_then(|name| name.parse().ok()) else { continue };
        let status = std::fs::read_to_string(entry.path().join("status")).unwrap_or_default();
        let parent = status.lines().find_map(|line| line.strip_prefix("PPid:")).and_then(|id| id.trim().parse().ok());
        parents.insert(id, parent.unwrap_or(0));
    }
    let is_ours = |mut id: u32| loop {
        match parents.get(&id) {
            _ if id == root => return true,
            Some(parent) if *parent > 1 => id = *parent,
            _ => return false,
        }
    };
    parents.keys().filter(|id| is_ours(**id)).map(|id| of_process(*id)).sum()
}

fn of_process(id: u32) -> u64 {
    let text = std::fs::read_to_string(format!("/proc/{id}/smaps_rollup")).unwrap_or_default();
    let line = text.lines().find(|line| line.starts_with("Pss:")).unwrap_or_default();
    line.split_whitespace().nth(1).and_then(|size| size.parse().ok()).unwrap_or(0)
}
