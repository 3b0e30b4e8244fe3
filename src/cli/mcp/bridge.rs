//! The bridge: lines of standard input go to the instance as they are, and its answers to standard output, where nothing else is written.

use std::{
    io::{self, BufRead, Write},
    sync::mpsc::{Receiver, sync_channel},
    thread,
};

use parking_lot::Mutex;

use crate::cli::output::{CommandResult, note};

use super::{instance::Instance, message::Message};

/// Calls that are on their way at once; more wait.
const AT_ONCE: usize = 8;

/// Serves the client until it closes its end. An instance that does not answer, or a key that is dead, ends nothing: whoever calls is told in
/// words, which a client that only sees a program end would not be.
pub fn run(instance: &Instance) -> CommandResult {
    let trouble = Trouble::default();
    // Before anything is asked, so that whoever starts this by hand sees at once whether it works.
    trouble.tell(instance.enter().err());
    let (send, lines) = sync_channel(AT_ONCE);
    let lines = Mutex::new(lines);
    thread::scope(|scope| {
        for _ in 0..AT_ONCE {
            scope.spawn(|| work(instance, &lines, &trouble));
        }
        for line in io::stdin().lock().split(b'\n') {
            let Ok(line) = line else { break };
            if !line.trim_ascii().is_empty() && send.send(String::from_utf8_lossy(&line).trim().to_owned()).is_err() {
                break;
            }
        }
        drop(send);
    });
    if trouble.0.lock().is_some() { Err(format!("{} was not reached to the end", instance.url())) } else { Ok(()) }
}

/// Takes lines until there are no more.
fn work(instance: &Instance, lines: &Mutex<Receiver<String>>, trouble: &Trouble) {
    loop {
        let line = lines.lock().recv();
        let Ok(line) = line else { return };
        let message = match Message::read(line) {
            Ok(message) => message,
            Err(refused) => {
                say(&refused);
                continue;
            }
        };
        let answered = instance.post(&message);
        trouble.tell(answered.as_ref().err().cloned());
        match answered {
            Ok(answer) => answer.iter().for_each(|answer| say(answer)),
            Err(why) => message.unanswered(&why).iter().for_each(|answer| say(answer)),
        }
    }
}

/// Writes one message. That the client has gone away is seen where it is read from.
fn say(answer: &str) {
    let mut out = io::stdout().lock();
    let _ = writeln!(out, "{answer}").and_then(|()| out.flush());
}

/// What is wrong at the moment, told once on standard error.
#[derive(Default)]
struct Trouble(Mutex<Option<String>>);

impl Trouble {
    fn tell(&self, now: Option<String>) {
        let mut before = self.0.lock();
        match &now {
            Some(sentence) if now != *before => note(format_args!("stele: {sentence}")),
            None if before.is_some() => note("stele: it works again"),
            _ => {}
        }
        *before = now;
    }
}
