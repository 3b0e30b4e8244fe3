//! Copies of a database while others serve it, and the way back. A copy is made by a process of its own, or on a thread of the
//! server's; it reads one snapshot, so it is whole whatever is written meanwhile.

use std::{
    collections::BTreeSet,
    ffi::OsStr,
    fs::{self, File},
    io,
    os::unix::fs::MetadataExt as _,
    path::{Path, PathBuf},
    thread,
};

use rusqlite::{Connection, Error, OpenFlags};

use crate::store::{engine::Session, error::StoreError};

use super::{
    file,
    link::Link,
    lock::Lock,
    open::{OpenError, Refusal, create_private},
    schema::MIGRATIONS,
};

/// Bytes that go to the disk at once while a copy is made.
const STEP: u64 = 1 << 20;
/// Steps of SQLite's machine between two looks at how much there is.
const LOOK: std::ffi::c_int = 1_000;
/// Most names that are tried for a file.
const NAMES: u32 = 1_000;
/// So many free pages are not kept in a copy.
const WORTH: u32 = 256;
/// The lowest priority of a thread.
const LOWEST: i32 = 19;

/// Makes a backup of the database at `from` in the file `to`, which it replaces once it is complete, sound and on disk. What
/// `leave_out` deletes is not in it, nor is anything that was deleted before: only living rows are copied.
///
/// # Errors
/// Why there is none, as a sentence; what was at `to` is still there.
pub fn backup(from: &Path, to: &Path, leave_out: impl FnOnce(&mut dyn Session) -> Result<(), StoreError> + Send) -> Result<(), String> {
    let part = part_of(to);
    if belongs(from, to) || belongs(from, &part) {
        return Err(format!("{} is a file of the database itself. Name another one.", to.display()));
    }
    let filled = || {
        give_way();
        fill(from, &part, leave_out)
    };
    // In a thread of its own: a priority that was lowered cannot be raised again.
    let filled = thread::scope(|scope| scope.spawn(filled).join())
        .unwrap_or_else(|_| Err("the copy was broken off by a fault of the program".into()));
    let made = filled.and_then(|()| take_place(&part, to));
    made.inspect_err(|_| drop(fs::remove_file(&part)))
}

/// Makes a backup in a file that has no name any more once it is complete: it is gone with whoever reads it, however that ends. Where the
/// database is, there is room for another, and nobody else looks. What a kill leaves behind has `kind` in its name, and `random` keeps several apart.
///
/// # Errors
/// Those of [`backup`].
pub fn unnamed_copy(
    from: &Path,
    kind: &str,
    random: u64,
    leave_out: impl FnOnce(&mut dyn Session) -> Result<(), StoreError> + Send,
) -> Result<File, String> {
    let to = from.with_added_extension(format!("{kind}-{random:016x}"));
    backup(from, &to, leave_out)?;
    let opened = File::open(&to);
    let _ = fs::remove_file(&to);
    opened.map_err(|cause| at(&to, &cause))
}

/// Removes what a kill left of [`unnamed_copy`]; for whoever has the database, and alone makes copies of this kind.
pub fn remove_leftovers(data: &Path, kind: &str) {
    let folder = data.parent().filter(|folder| !folder.as_os_str().is_empty()).unwrap_or(Path::new("."));
    let begins = format!("{}.{kind}-", data.file_name().unwrap_or_default().to_string_lossy());
    let Ok(files) = fs::read_dir(folder) else { return };
    for file in files.flatten().filter(|file| file.file_name().to_string_lossy().starts_with(&begins)) {
        let _ = fs::remove_file(file.path());
    }
}

fn part_of(to: &Path) -> PathBuf {
    to.with_added_extension("part")
}

fn fill(from: &Path, part: &Path, leave_out: impl FnOnce(&mut dyn Session) -> Result<(), StoreError>) -> Result<(), String> {
    let (mut source, version) = file::existing(from, MIGRATIONS.len()).map_err(|refusal| refusal.of(from).to_string())?;
    if version < MIGRATIONS.len() {
        return Err(Refusal::Older.of(from).to_string());
    }
    // One that a kill left behind.
    let _ = fs::remove_file(part);
    create_private(part).map_err(|cause| at(part, &cause))?;
    let name = part.to_str().ok_or_else(|| format!("{}: the name is not UTF-8", part.display()))?;
    let sql = |error: Error| format!("{}: {error}", part.display());
    flush_in_steps(&mut source, part).map_err(|cause| at(part, &cause))?;
    // Row by row rather than page by page: pages that are free now may still hold what was deleted.
    source.execute("VACUUM INTO ?1", [name]).map_err(sql)?;
    source.progress_handler(0, None::<fn() -> bool>).map_err(sql)?;
    let copy = file::connect(part, OpenFlags::SQLITE_OPEN_READ_WRITE).map_err(sql)?;
    // The file counts only once it is complete, so no step of this needs to be safe by itself.
    copy.execute_batch("PRAGMA journal_mode=MEMORY; PRAGMA synchronous=OFF; PRAGMA secure_delete=ON; BEGIN").map_err(sql)?;
    leave_out(&mut Link::writing(&copy, None)).map_err(|error| format!("{}: {error:?}", part.display()))?;
    copy.execute_batch("COMMIT").map_err(sql)?;
    let free: u32 = copy.query_row("PRAGMA freelist_count", [], |row| row.get(0)).map_err(sql)?;
    if free > WORTH {
        copy.execute_batch("VACUUM").map_err(sql)?;
    }
    let damage = file::damage(&copy).map_err(sql)?;
    if !damage.is_empty() {
        return Err(format!(
            "The database {} is damaged, so there is no backup of it:\n       {}",
            from.display(),
            damage.join("\n       ")
        ));
    }
    copy.close().map_err(|(_, error)| sql(error))?;
    File::open(part).and_then(|file| file.sync_all()).map_err(|cause| at(part, &cause))
}

/// Lets everything else on this machine come first: the requests of a server matter more than an early end of a copy.
fn give_way() {
    // For this thread alone (setpriority(2)). Where it is not allowed the copy is made all the same.
    let _ = rustix::process::setpriority_process(None, LOWEST);
}

/// Puts the copy on disk in small steps while it grows: all at once would keep the writes of the server waiting behind it.
fn flush_in_steps(source: &mut Connection, part: &Path) -> io::Result<()> {
    let (file, mut flushed) = (File::open(part)?, 0);
    let flush = move || {
        let size = file.metadata().map_or(0, |file| file.len());
        if size >= flushed + STEP {
            flushed = size;
            // What fails here fails again at the end.
            let _ = file.sync_data();
        }
        false
    };
    source.progress_handler(LOOK, Some(flush)).map_err(io::Error::other)
}

/// Gives a file the name of another and puts that on disk.
fn take_place(from: &Path, to: &Path) -> Result<(), String> {
    fs::rename(from, to).and_then(|()| sync_folder(to)).map_err(|cause| at(to, &cause))
}

fn sync_folder(of: &Path) -> io::Result<()> {
    let folder = of.parent().filter(|folder| !folder.as_os_str().is_empty()).unwrap_or(Path::new("."));
    File::open(folder)?.sync_all()
}

fn at(path: &Path, cause: &io::Error) -> String {
    format!("{}: {cause}", path.display())
}

/// Copies the database at `from`, which must be sound, beside `to`, under a name of its own. It may be of an older version.
///
/// # Errors
/// Why it cannot be restored, as a sentence; nothing is left.
pub fn copy_beside(from: &Path, to: &Path) -> Result<PathBuf, String> {
    let (source, version) = file::existing(from, MIGRATIONS.len()).map_err(|refusal| refusal.of(from).to_string())?;
    sound(&source).map_err(|damage| format!("The file {} is damaged, so nothing was restored:\n       {damage}", from.display()))?;
    let strange = strange(&source, version).map_err(|error| format!("{}: {error}", from.display()))?;
    if !strange.is_empty() {
        let words = "holds what no backup of Stele has, so nothing was restored:";
        return Err(format!("The file {} {words}\n       {}", from.display(), strange.join("\n       ")));
    }
    file::make_folder(to).map_err(|refusal| refusal.of(to).to_string())?;
    let part = claimed(&part_of(to))?;
    match file::copy_out(&source, &part) {
        Ok(()) => Ok(part),
        Err(error) => {
            let _ = remove(&part);
            Err(format!("{}: {error:?}", part.display()))
        }
    }
}

/// What is wrong with a database, in sentences; also that it cannot be looked at.
fn sound(db: &Connection) -> Result<(), String> {
    let damage = file::damage(db).unwrap_or_else(|error| vec![error.to_string()]);
    if damage.is_empty() { Ok(()) } else { Err(damage.join("\n       ")) }
}

/// Tables, indices, views and triggers that the schema of a version does not have: they would run with what is written.
fn strange(db: &Connection, version: usize) -> rusqlite::Result<Vec<String>> {
    let names = |db: &Connection| -> rusqlite::Result<BTreeSet<String>> {
        let mut all =
            db.prepare("SELECT type || ' ' || name || ' of ' || tbl_name FROM sqlite_schema WHERE name NOT LIKE 'sqlite\\_%' ESCAPE '\\'")?;
        all.query_map([], |row| row.get(0))?.collect()
    };
    let own = Connection::open_in_memory()?;
    own.execute_batch("PRAGMA foreign_keys=OFF")?;
    MIGRATIONS[..version].iter().try_for_each(|step| own.execute_batch(step))?;
    let known = names(&own)?;
    Ok(names(db)?.into_iter().filter(|name| !known.contains(name)).collect())
}

/// Makes a file of this name, or of the first one after it that is free, also as the name of a database: nothing is ever written over.
fn claimed(wanted: &Path) -> Result<PathBuf, String> {
    for number in 1..=NAMES {
        let path = if number == 1 { wanted.to_owned() } else { wanted.with_added_extension(number.to_string()) };
        if files_of(&path)[1..].iter().any(|side| side.exists()) {
            continue;
        }
        match create_private(&path) {
            Err(cause) if cause.kind() == io::ErrorKind::AlreadyExists => {}
            made => return made.map(|_| path.clone()).map_err(|cause| at(&path, &cause)),
        }
    }
    Err(format!("{}: there are {NAMES} files of that name. Delete those that you need no more.", wanted.display()))
}

/// Whether a file is one of those of the database at `data`, by whatever name: itself, its log, the index of that, or its lock or socket.
pub fn belongs(data: &Path, file: &Path) -> bool {
    let real = data.canonicalize().unwrap_or_else(|_| data.to_owned());
    let beside = ["lock", "sock"].map(|end| real.with_added_extension(end));
    files_of(&real).iter().chain(&beside).any(|one| is_same(one, file))
}

/// Whether two names lead to one file, or will once it is there.
fn is_same(one: &Path, other: &Path) -> bool {
    match (fs::metadata(one), fs::metadata(other)) {
        (Ok(one), Ok(other)) => (one.dev(), one.ino()) == (other.dev(), other.ino()),
        (Err(_), Err(_)) => place(one) == place(other),
        _ => false,
    }
}

/// The folder of a name, without links, and the name in it.
fn place(path: &Path) -> (Option<PathBuf>, Option<&OsStr>) {
    let folder = path.parent().filter(|folder| !folder.as_os_str().is_empty()).unwrap_or(Path::new("."));
    (folder.canonicalize().ok(), path.file_name())
}

/// The files of a database: itself, its log, and the index of that.
fn files_of(path: &Path) -> [PathBuf; 3] {
    ["", "-wal", "-shm"].map(|side| {
        let mut name = path.as_os_str().to_owned();
        name.push(side);
        name.into()
    })
}

/// Removes a database; one that is not there is removed already.
///
/// # Errors
/// Those of the system.
pub fn remove(path: &Path) -> io::Result<()> {
    files_of(path).iter().try_for_each(|file| match fs::remove_file(file) {
        Err(cause) if cause.kind() != io::ErrorKind::NotFound => Err(cause),
        _ => Ok(()),
    })
}

/// Puts the database `new`, which nobody has open, in the place of the one at `path`, which is kept with all of its files, whatever state it is
/// in: as `kept`, or by the first name after that which is free. Tells the name; none where there was no database.
///
/// # Errors
/// When a server has it, or a file cannot be moved; as a sentence.
pub fn replace(path: &Path, new: &Path, kept: &Path) -> Result<Option<PathBuf>, String> {
    if let Some(open) = files_of(new)[1..].iter().find(|side| side.exists()) {
        return Err(format!("{} is still in use", open.display()));
    }
    // A link stays one.
    let real = path.canonicalize();
    let path = real.as_deref().unwrap_or(path);
    let is_first = !path.exists() && create_private(path).is_ok();
    // Nobody may open it while its files are moved one after the other.
    let lock = Lock::take(path).map_err(|refusal| refusal.of(path).to_string())?;
    let moved = if is_first { take_place(new, path).map(|()| None) } else { exchange(path, new, kept).map(Some) };
    if is_first && moved.is_err() {
        let _ = fs::remove_file(path);
    }
    drop(lock);
    moved
}

fn exchange(path: &Path, new: &Path, kept: &Path) -> Result<PathBuf, String> {
    let kept = claimed(kept)?;
    // The log first: a database without it is older, but a log without its database would be played into the next of that name.
    let moves: Vec<_> = files_of(path).into_iter().zip(files_of(&kept)).rev().collect();
    let mut gone = Vec::new();
    let mut moved = || {
        for (from, to) in moves.iter().filter(|(from, _)| from.exists()) {
            fs::rename(from, to).map_err(|cause| at(from, &cause))?;
            gone.push((from, to));
        }
        take_place(new, path)
    };
    if let Err(why) = moved() {
        // As it was, as far as the disk allows; but the name that was claimed is nobody's.
        let is_claimed = !gone.iter().any(|(from, _)| from.as_path() == path);
        gone.iter().rev().for_each(|(from, to)| drop(fs::rename(to, from)));
        if is_claimed {
            let _ = fs::remove_file(&kept);
        }
        return Err(why);
    }
    Ok(kept)
}

/// Whether a server, or another command, has the database at `path`, and who.
///
/// # Errors
/// The sentence that says who.
pub fn is_free(path: &Path) -> Result<(), OpenError> {
    match if path.exists() { Lock::take(path).map(drop) } else { Ok(()) } {
        Err(refusal @ Refusal::InUse(_)) => Err(refusal.of(path)),
        _ => Ok(()),
    }
}
