//! Compresses the texts of `static/` with brotli and gzip, so that the server never has to.
//!
//! Writes the compressed files and `compressed.rs`, a table of them, which `src/http/base/assets.rs` includes.

use std::{
    env,
    fmt::Write as _,
    fs,
    io::{self, Write as _},
    path::Path,
};

fn main() -> io::Result<()> {
    println!("cargo::rerun-if-changed=static");
    let out = env::var("OUT_DIR").map_err(io::Error::other)?;
    let mut table = String::from("&[\n");
    for entry in fs::read_dir("static")? {
        let path = entry?.path();
        // Fonts and pictures are compressed already.
        if !matches!(path.extension().and_then(|extension| extension.to_str()), Some("css" | "js" | "svg")) {
            continue;
        }
        let name = path.file_name().and_then(|name| name.to_str()).ok_or_else(|| io::Error::other("a name that is not UTF-8"))?;
        let bytes = fs::read(&path)?;
        for (coding, compressed) in [("Brotli", brotli(&bytes)?), ("Gzip", gzip(&bytes)?)] {
            let file = Path::new(&out).join(format!("{name}.{coding}"));
            fs::write(&file, compressed)?;
            writeln!(table, "({name:?}, Coding::{coding}, include_bytes!({:?})),", file.display().to_string()).map_err(io::Error::other)?;
        }
    }
    table.push(']');
    fs::write(Path::new(&out).join("compressed.rs"), table)
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
