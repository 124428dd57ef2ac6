//! Makes every icon from `icons/icon.svg`. The results are checked in, so only whoever changes the
//! drawing needs `rsvg-convert` and ImageMagick.

use crate::{Outcome, paths, process};
use std::path::{Path, PathBuf};

/// Pictures that Linux packages and the window use: file name and edge in pixels.
const PNGS: [(&str, u32); 5] =
    [("32x32.png", 32), ("64x64.png", 64), ("128x128.png", 128), ("128x128@2x.png", 256), ("icon.png", 512)];

/// Sizes inside the Windows icon.
const ICO: [u32; 7] = [16, 24, 32, 48, 64, 128, 256];

/// Entries of the macOS icon: type code and edge in pixels.
const ICNS: [(&[u8; 4], u32); 10] = [
    (b"icp4", 16),
    (b"ic11", 32),
    (b"icp5", 32),
    (b"ic12", 64),
    (b"ic07", 128),
    (b"ic13", 256),
    (b"ic08", 256),
    (b"ic14", 512),
    (b"ic09", 512),
    (b"ic10", 1024),
];

/// Draws all sizes anew.
pub fn icons() -> Outcome {
    let dir = paths::root().join("icons");
    for (name, edge) in PNGS {
        draw(edge, &dir.join(name))?;
    }
    ico(&dir.join("icon.ico"))?;
    icns(&dir.join("icon.icns"))?;
    println!("icons made in {}", dir.display());
    Ok(())
}

fn draw(edge: u32, to: &Path) -> Outcome {
    let mut rsvg = process::command("rsvg-convert");
    rsvg.args(["--width", &edge.to_string(), "--height", &edge.to_string(), "--output"]);
    rsvg.arg(to).arg(paths::root().join("icons/icon.svg"));
    process::collected(rsvg).map(|_| ()).map_err(|error| format!("{error} (package librsvg2-bin)"))
}

fn scratch(edge: u32) -> Outcome<PathBuf> {
    let file = paths::made("icons")?.join(format!("{edge}.png"));
    draw(edge, &file)?;
    Ok(file)
}

/// ImageMagick writes small sizes as bitmaps and only 256 compressed, as Windows wants it.
fn ico(to: &Path) -> Outcome {
    let program = ["convert-im6.q16", "magick", "convert"].into_iter().find(|name| process::present(name));
    let mut convert = process::command(program.ok_or("ImageMagick is missing (package imagemagick)")?);
    for edge in ICO {
        convert.arg(scratch(edge)?);
    }
    convert.arg(to);
    process::collected(convert).map(|_| ())
}

/// The container is a header and one length-prefixed PNG per size.
fn icns(to: &Path) -> Outcome {
    let mut entries = Vec::new();
    for (code, edge) in ICNS {
        let file = scratch(edge)?;
        let png = std::fs::read(&file).map_err(|error| format!("{}: {error}", file.display()))?;
        entries.extend_from_slice(code);
        entries.extend_from_slice(&length(png.len() + 8)?);
        entries.extend_from_slice(&png);
    }
    let mut container = b"icns".to_vec();
    container.extend_from_slice(&length(entries.len() + 8)?);
    container.extend_from_slice(&entries);
    std::fs::write(to, container).map_err(|error| format!("{}: {error}", to.display()))
}

fn length(bytes: usize) -> Outcome<[u8; 4]> {
    u32::try_from(bytes).map(u32::to_be_bytes).map_err(|_| "an icon larger than 4 GB".into())
}
