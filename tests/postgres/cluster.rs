//! A PostgreSQL of its own for a test, in a temporary directory, reached by a socket in it. It ends with the test.

use std::{
    fs,
    io::Write,
    os::unix::fs::chown,
    path::{Path, PathBuf},
    process::{Command, Stdio},
};

use tempfile::TempDir;

pub struct Cluster {
    programs: PathBuf,
    dir: TempDir,
}

impl Cluster {
    pub fn start() -> Self {
        let mut versions: Vec<_> =
            fs::read_dir("/usr/lib/postgresql").expect("Debian's postgresql").map(|one| one.unwrap().path()).collect();
        versions.sort();
        let cluster = Self { programs: versions.pop().expect("a version").join("bin"), dir: tempfile::tempdir().unwrap() };
        if is_root() {
            // It refuses to run as root, and has to get at its files.
            let ids = ["-u", "-g"].map(|which| said(Command::new("id").args([which, "postgres"])).trim().parse().unwrap());
            chown(cluster.dir.path(), Some(ids[0]), Some(ids[1])).unwrap();
        }
        let data = cluster.data();
        said(cluster.own("initdb").args(["-D", &data, "-E", "UTF8", "--locale=C", "-A", "trust", "-U", "postgres", "-N"]));
        let socket = cluster.dir.path().display();
        let options = format!("-k {socket} -c listen_addresses= -c fsync=off -c unix_socket_permissions=0777");
        let log = format!("{socket}/log");
        said(cluster.own("pg_ctl").args(["-D", &data, "-w", "-l", &log, "-o", &options, "start"]));
        cluster
    }

    fn data(&self) -> String {
        self.dir.path().join("data").display().to_string()
    }

    /// A program that runs as the owner of the cluster.
    fn own(&self, program: &str) -> Command {
        let path = self.programs.join(program);
        let mut command = if is_root() { Command::new("runuser") } else { Command::new(&path) };
        if is_root() {
            command.args(["-u", "postgres", "--"]).arg(path);
        }
        command.current_dir(self.dir.path());
        command
    }

    /// Runs a script to its end, whatever fails in it: what it says, and what is said of its failures, line by line.
    pub fn run(&self, script: &str) -> (String, String) {
        let mut psql = Command::new(self.programs.join("psql"));
        psql.args(["-X", "-q", "-A", "-t", "-F", "\t", "-U", "postgres", "-d", "postgres", "-f", "-", "-h"]).arg(self.dir.path());
        let mut psql = psql.stdin(Stdio::piped()).stdout(Stdio::piped()).stderr(Stdio::piped()).spawn().unwrap();
        let (mut input, script) = (psql.stdin.take().unwrap(), script.to_owned());
        let writing = std::thread::spawn(move || input.write_all(script.as_bytes()));
        let out = psql.wait_with_output().unwrap();
        writing.join().unwrap().unwrap();
        let text = |bytes| String::from_utf8(bytes).unwrap();
        (text(out.stdout), text(out.stderr))
    }
}

impl Drop for Cluster {
    fn drop(&mut self) {
        let _ = self.own("pg_ctl").args(["-D", &self.data(), "-w", "-m", "immediate", "stop"]).output();
    }
}

fn is_root() -> bool {
    Path::new("/proc/self").metadata().is_ok_and(|own| std::os::unix::fs::MetadataExt::uid(&own) == 0)
}

/// What a command says; it must go well. A server that it starts keeps its output open, so that goes into no pipe.
fn said(command: &mut Command) -> String {
    let (out, err) = (tempfile::NamedTempFile::new().unwrap(), tempfile::NamedTempFile::new().unwrap());
    let status = command.stdin(Stdio::null()).stdout(out.reopen().unwrap()).stderr(err.reopen().unwrap()).status().unwrap();
    assert!(status.success(), "{command:?}: {}", fs::read_to_string(err.path()).unwrap());
    fs::read_to_string(out.path()).unwrap()
}
