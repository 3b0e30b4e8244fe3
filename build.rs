//! Copies `static/` for embedding, with a brotli and a gzip version of each file that gets smaller by it.

use std::{
    env, fs,
    io::{self, Write},
    path::Path,
};

fn main() -> io::Result<()> {
    println!("cargo::rerun-if-changed=static");
    let out = Path::new(&env::var("OUT_DIR").map_err(io::Error::other)?).join("static");
    if out.exists() {
        fs::remove_dir_all(&out)?;
    }
    copy(Path::new("static"), &out)
}

fn copy(from: &Path, to: &Path) -> io::Result<()> {
    fs::create_dir_all(to)?;
    for entry in fs::read_dir(from)? {
        let entry = entry?;
        let target = to.join(entry.file_name());
        if entry.file_type()?.is_dir() {
            copy(&entry.path(), &target)?;
            continue;
        }
        let bytes = fs::read(entry.path())?;
        fs::write(&target, &bytes)?;
        // Fonts and pictures are compressed already.
        if matches!(target.extension().and_then(|extension| extension.to_str()), Some("css" | "js" | "svg" | "txt")) {
            fs::write(target.with_added_extension("br"), brotli(&bytes)?)?;
            fs::write(target.with_added_extension("gz"), gzip(&bytes)?)?;
        }
    }
    Ok(())
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
