//! `cargo xtask package`: what a shop installs, in `target/packages`, with its size. Without
//! `--bundles` it makes what this system can make without fetching tools: .deb and .rpm on Linux.
//! AppImage, NSIS and MSI fetch their packer, so they are for the release workflow.

use crate::setup::{self, Purpose};
use crate::{Outcome, paths, process, ui};
use std::path::{Path, PathBuf};

/// A shop on a slow line has to be able to fetch it: 12 MB at most for the .deb, which stands for all. The packers of the
/// others press less, and an AppImage carries the web view inside.
const LARGEST: u64 = 12_000_000;

/// A kind of package and the ending of its files.
const KINDS: [(&str, &str); 7] = [
    ("deb", "deb"),
    ("rpm", "rpm"),
    ("appimage", "AppImage"),
    ("nsis", "exe"),
    ("msi", "msi"),
    ("dmg", "dmg"),
    ("portable", "zip"),
];

/// Builds for release and packs.
pub fn package(arguments: &[String]) -> Outcome {
    let kinds = wanted(arguments)?;
    setup::prepare(Purpose::Build)?;
    ui::build_when_stale()?;
    for (kind, _) in &kinds {
        // Packages of earlier versions must not be taken for new ones.
        let _ = std::fs::remove_dir_all(made_in(kind));
    }
    let bundles: Vec<&str> = kinds.iter().map(|(kind, _)| *kind).filter(|kind| *kind != "portable").collect();
    let mut tauri = setup::tauri_cli();
    tauri.args(["build", "--ci"]);
    if bundles.is_empty() {
        tauri.arg("--no-bundle");
    } else {
        tauri.args(["--bundles", &bundles.join(",")]);
    }
    process::shown(tauri)?;
    let to = paths::made("packages")?;
    for (kind, ending) in kinds {
        let packages = if kind == "portable" { vec![portable()?] } else { made(kind, ending)? };
        for package in packages {
            if kind == "deb" {
                press(&package)?;
            }
            collect(&package, kind, &to)?;
        }
    }
    Ok(())
}

/// The kinds that were asked for, or those of this system.
fn wanted(arguments: &[String]) -> Outcome<Vec<(&'static str, &'static str)>> {
    let names = match arguments {
        [] if cfg!(windows) => "nsis",
        [] if cfg!(target_os = "macos") => "dmg",
        [] => "deb,rpm",
        [flag, names] if flag == "--bundles" => names.as_str(),
        _ => return Err("usage: cargo xtask package [--bundles deb,rpm,appimage,nsis,msi,dmg,portable]".into()),
    };
    let known = |name| KINDS.into_iter().find(|(kind, _)| *kind == name);
    names.split(',').map(|name| known(name).ok_or(format!("there is no package kind `{name}`"))).collect()
}

fn made_in(kind: &str) -> PathBuf {
    paths::target().join("release/bundle").join(kind)
}

fn made(kind: &str, ending: &str) -> Outcome<Vec<PathBuf>> {
    let dir = made_in(kind);
    let entries = std::fs::read_dir(&dir).map_err(|error| format!("{}: {error}", dir.display()))?;
    let paths = entries.flatten().map(|entry| entry.path());
    let packages: Vec<_> = paths.filter(|path| path.extension().is_some_and(|found| found == ending)).collect();
    if packages.is_empty() { Err(format!("no .{ending} was made in {}", dir.display())) } else { Ok(packages) }
}

/// The bare program in a zip, for a computer on which nothing may be installed.
fn portable() -> Outcome<PathBuf> {
    let name = format!("shukebu-{}-{}.zip", env!("CARGO_PKG_VERSION"), std::env::consts::ARCH);
    let zip = paths::made("portable")?.join(name);
    let _ = std::fs::remove_file(&zip);
    // Windows and macOS bring bsdtar, which writes a zip when the name says so.
    let mut tar = process::command("tar");
    tar.args(["-a", "-c", "-f"]).arg(&zip).arg("-C").arg(paths::target().join("release"));
    tar.arg(format!("shukebu{}", std::env::consts::EXE_SUFFIX));
    tar.arg("-C").arg(paths::root()).arg("LICENSE");
    process::shown(tar)?;
    Ok(zip)
}

/// Packs a `.deb` anew with xz: the bundler knows only gzip, and a third less has to be fetched. Every dpkg reads it.
/// Where `dpkg-deb` is missing the package stays as it is.
fn press(package: &Path) -> Outcome {
    if !process::present("dpkg-deb") {
        return Ok(());
    }
    let laid_out = paths::target().join("deb");
    let _ = std::fs::remove_dir_all(&laid_out);
    let mut take = process::command("dpkg-deb");
    take.arg("--raw-extract").arg(package).arg(&laid_out);
    process::shown(take)?;
    let mut pack = process::command("dpkg-deb");
    pack.args(["--root-owner-group", "-Zxz", "-z9", "-Sextreme", "--build"]).arg(&laid_out).arg(package);
    process::shown(pack)?;
    let filters = cfg!(target_arch = "x86_64") && process::present("xz") && process::present("ar");
    if filters { filter(package) } else { Ok(()) }
}

/// The instructions of a program press better once the targets of their jumps are written as whole addresses: the x86
/// filter of xz, for which `dpkg-deb` has no switch. The library with which every dpkg unpacks undoes it.
fn filter(package: &Path) -> Outcome {
    let files = paths::target().join("data.tar");
    let into = std::fs::File::create(&files).map_err(|error| format!("{}: {error}", files.display()))?;
    let mut take = process::command("dpkg-deb");
    take.arg("--fsys-tarfile").arg(package).stdout(into);
    process::shown(take)?;
    let mut press = process::command("xz");
    press.args(["--force", "--x86", "--lzma2=preset=9e"]).arg(&files);
    process::shown(press)?;
    let mut put_back = process::command("ar");
    put_back.arg("rD").arg(package).arg(files.with_extension("tar.xz"));
    process::shown(put_back)
}

/// Copies a package and refuses one that is too large.
fn collect(package: &Path, kind: &str, to: &Path) -> Outcome {
    let name = package.file_name().ok_or("a package without a name")?;
    let target = to.join(name);
    let size = std::fs::copy(package, &target).map_err(|error| format!("{}: {error}", target.display()))?;
    println!("{}  {}", target.display(), megabytes(size));
    if size > LARGEST && kind == "deb" {
        return Err(format!("{} is larger than {}", target.display(), megabytes(LARGEST)));
    }
    Ok(())
}

fn megabytes(bytes: u64) -> String {
    format!("{}.{:02} MB", bytes / 1_000_000, bytes % 1_000_000 / 10_000)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn sizes_are_told_in_megabytes() {
        assert_eq!(megabytes(12_000_000), "12.00 MB");
        assert_eq!(megabytes(3_456_789), "3.45 MB");
    }

    #[test]
    fn an_unknown_kind_is_refused() {
        assert!(wanted(&["--bundles".into(), "deb,snap".into()]).is_err());
        assert_eq!(wanted(&["--bundles".into(), "deb".into()]).unwrap(), [("deb", "deb")]);
    }
}
