//! Makes what the console's pages load: the stylesheet is joined from its layers, and texts are compressed with brotli and gzip, so that
//! the server never has to. Tells the compiler which commit this is.
//!
//! Writes `assets.rs`, a table of all files of `static/`, which `src/http/base/assets.rs` includes.

use std::{
    env,
    fmt::Write as _,
    fs,
    io::{self, Write as _},
    path::{Path, PathBuf},
    process::Command,
};

/// The folder of the files, and within it that of the stylesheet's layers, which are sent as one file with it.
const FOLDER: &str = "static";
const LAYERS: &str = "layers";
/// What ends so is long, and is kept compressed alone.
const PACKED: &str = ".br";

fn main() -> io::Result<()> {
    println!("cargo::rerun-if-changed={FOLDER}");
    let (version, commit) = (env::var("CARGO_PKG_VERSION").map_err(io::Error::other)?, commit().unwrap_or_default());
    let commit = commit.get(..12).unwrap_or_default();
    println!("cargo::rustc-env=STELE_COMMIT={commit}");
    println!("cargo::rustc-env=STELE_VERSION={version}{}", if commit.is_empty() { String::new() } else { format!(" ({commit})") });
    let out = PathBuf::from(env::var("OUT_DIR").map_err(io::Error::other)?);
    let mut names = Vec::new();
    list(Path::new(FOLDER), &mut names)?;
    names.sort();
    let mut table = String::from("&[\n");
    for (at, name) in names.iter().enumerate() {
        let source = Path::new(FOLDER).join(name);
        if let Some(name) = name.strip_suffix(PACKED) {
            let file = written(&out, &format!("{at}.Brotli"), &fs::read(&source)?)?;
            writeln!(table, "File {{ name: {name:?}, plain: &[], compressed: &[(Coding::Brotli, include_bytes!({file:?}))] }},")
                .map_err(io::Error::other)?;
            continue;
        }
        let bytes = if name.ends_with(".css") { joined(&source)?.into_bytes() } else { fs::read(&source)? };
        let mut coded = String::new();
        // Fonts and pictures are compressed already.
        if matches!(source.extension().and_then(|extension| extension.to_str()), Some("css" | "js" | "svg")) {
            for (coding, compressed) in [("Brotli", brotli(&bytes)?), ("Gzip", gzip(&bytes)?)] {
                let file = written(&out, &format!("{at}.{coding}"), &compressed)?;
                write!(coded, "(Coding::{coding}, include_bytes!({file:?})), ").map_err(io::Error::other)?;
            }
        }
        let plain = written(&out, &format!("{at}.plain"), &bytes)?;
        writeln!(table, "File {{ name: {name:?}, plain: include_bytes!({plain:?}), compressed: &[{coded}] }},")
            .map_err(io::Error::other)?;
    }
    table.push(']');
    fs::write(out.join("assets.rs"), table)
}

/// The commit that is built: what the environment says, since an image has no repository, or what git says in a release build. A debug
/// build names none, so that it need not be built again for each commit. What the registry packed says it in a file.
fn commit() -> Option<String> {
    const PACKED: &str = ".cargo_vcs_info.json";
    println!("cargo::rerun-if-env-changed=STELE_COMMIT");
    println!("cargo::rerun-if-env-changed=PROFILE");
    let told = env::var("STELE_COMMIT").ok().filter(|commit| !commit.is_empty());
    if told.is_some() || env::var("PROFILE").ok()? != "release" {
        return told;
    }
    if let Ok(packed) = fs::read_to_string(PACKED) {
        return packed.split_once("\"sha1\": \"").map(|(_, rest)| rest.to_owned());
    }
    // Each commit and each checkout adds a line to it.
    println!("cargo::rerun-if-changed={}", git(&["rev-parse", "--git-path", "logs/HEAD"])?);
    git(&["rev-parse", "HEAD"])
}

/// What git prints, if there is git and a repository.
fn git(words: &[&str]) -> Option<String> {
    let output = Command::new("git").args(words).output().ok()?;
    let text = String::from_utf8(output.stdout).ok()?;
    output.status.success().then(|| text.trim().to_owned())
}

/// The files of a folder and of those in it, named from `static/` on.
fn list(folder: &Path, names: &mut Vec<String>) -> io::Result<()> {
    for entry in fs::read_dir(folder)? {
        let path = entry?.path();
        if path.is_dir() {
            if !path.ends_with(LAYERS) {
                list(&path, names)?;
            }
            continue;
        }
        let name = path.strip_prefix(FOLDER).ok().and_then(Path::to_str).ok_or_else(|| io::Error::other("a name that is not UTF-8"))?;
        names.push(name.replace('\\', "/"));
    }
    Ok(())
}

/// A stylesheet with what it imports in the place of the imports: a browser would ask for one after the other.
fn joined(path: &Path) -> io::Result<String> {
    let mut out = String::new();
    for line in fs::read_to_string(path)?.lines() {
        match line.strip_prefix("@import \"").and_then(|rest| rest.strip_suffix("\";")) {
            Some(name) => out.push_str(&fs::read_to_string(path.with_file_name(name))?),
            None => {
                out.push_str(line);
                out.push('\n');
            }
        }
    }
    Ok(out)
}

/// Writes a file for the table; where it is.
fn written(out: &Path, name: &str, bytes: &[u8]) -> io::Result<String> {
    let file = out.join(name);
    fs::write(&file, bytes)?;
    Ok(file.display().to_string())
}

fn brotli(bytes: &[u8]) -> io::Result<Vec<u8>> {
    let mut out = Vec::new();
    let mut writer = brotli::CompressorWriter::new(&mut out, 4096, 11, 22);
    writer.write_all(bytes)?;
    writer.flush()?;
    drop(writer);
    Ok(out)
}

fn gzip(bytes: &[u8]) -> io::Result<Vec<u8>> {
    let mut writer = flate2::write::GzEncoder::new(Vec::new(), flate2::Compression::best());
    writer.write_all(bytes)?;
    writer.finish()
}
