//! Makes what the console's pages load: the stylesheet is joined from its layers, and texts are compressed with brotli and gzip, so that
//! the server never has to.
//!
//! Writes `assets.rs`, a table of all files of `static/`, which `src/http/base/assets.rs` includes.

use std::{
    env,
    fmt::Write as _,
    fs,
    io::{self, Write as _},
    path::{Path, PathBuf},
};

/// The folder of the files, and within it that of the stylesheet's layers, which are sent as one file with it.
const FOLDER: &str = "static";
const LAYERS: &str = "layers";

fn main() -> io::Result<()> {
    println!("cargo::rerun-if-changed={FOLDER}");
    let out = PathBuf::from(env::var("OUT_DIR").map_err(io::Error::other)?);
    let mut names = Vec::new();
    list(Path::new(FOLDER), &mut names)?;
    names.sort();
    let mut table = String::from("&[\n");
    for (at, name) in names.iter().enumerate() {
        let source = Path::new(FOLDER).join(name);
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
