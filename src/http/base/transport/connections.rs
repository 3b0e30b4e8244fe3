//! Open connections, and whether their clients make progress: nobody is waited for without end.
//!
//! While a body is read or an answer is written, the client has a credit of patience. Each byte that moves adds to it, waiting
//! uses it up, and it is never more than at the start: a client that sends one byte now and then does not hold out longer than
//! one that sends none. actix-web has a deadline for heads only. Where it still waits for a client (a second head, the rest of
//! a body that was refused, the last bytes of an answer), the same credit runs.

use std::{
    any::Any,
    collections::HashMap,
    net::{Shutdown, TcpStream},
    os::fd::AsFd,
    sync::{
        Arc,
        atomic::{AtomicBool, AtomicU64, Ordering},
    },
    time::Duration,
};

use actix_web::{dev::Extensions, rt::net::TcpStream as Accepted};
use parking_lot::Mutex;

use crate::http::base::client::Proxies;

use super::{limits::Limits, room::Caller};

/// Bytes that a client's own system may hold for it, unread: one that takes them fast and reads them slowly makes no progress
/// that can be seen until it has read most of them. So many a second are taken for honest.
const READ_BEHIND: u64 = 256 * 1024;
/// Most patience besides for those.
const BEHIND: Duration = Duration::from_secs(45);
/// So much of their credit have those used up who are closed when others wait for the room that they take.
const STUCK: Duration = Duration::from_secs(3);

/// How often connections are looked over.
const SWEPT_EVERY: Duration = Duration::from_millis(500);

/// The time since some moment that does not change.
pub type Ticks = Arc<dyn Fn() -> Duration + Send + Sync>;

/// All open connections.
pub struct Connections {
    limits: Limits,
    ticks: Ticks,
    proxies: Proxies,
    open: Mutex<HashMap<u64, Arc<Socket>>>,
    numbers: AtomicU64,
    /// When it began to stop, in milliseconds; 0 before.
    stopping: AtomicU64,
}

/// One open connection.
struct Socket {
    stream: TcpStream,
    /// When the client's credit ends, in milliseconds.
    due: AtomicU64,
    /// Whether it is the client's turn.
    waits: AtomicBool,
    /// Patience besides, in milliseconds, for what the client may have taken and not read yet.
    behind: AtomicU64,
    /// Patience with a client that has nothing to ask, in milliseconds.
    idle: u64,
    /// Whose room its answer takes, where that is long.
    holder: Mutex<Option<Caller>>,
}

/// A connection as its requests know it. It is forgotten when the last of them is.
pub struct Connection {
    number: u64,
    socket: Arc<Socket>,
    all: Arc<Connections>,
}

impl Connections {
    /// No connection yet. Of these proxies some may be idle.
    pub fn new(limits: Limits, ticks: Ticks, proxies: Proxies) -> Arc<Self> {
        Arc::new(Self { limits, ticks, proxies, open: Mutex::default(), numbers: AtomicU64::new(0), stopping: AtomicU64::new(0) })
    }

    fn now(&self) -> u64 {
        // Never 0, which means never.
        u64::try_from((self.ticks)().as_millis()).unwrap_or(u64::MAX).max(1)
    }

    fn patience(&self) -> u64 {
        let stopping = self.stopping.load(Ordering::Relaxed) > 0;
        let patience = if stopping { self.limits.last_patience } else { self.limits.patience };
        u64::try_from(patience.as_millis()).unwrap_or(u64::MAX)
    }

    /// Takes in a connection that was accepted. Where there are too many, the one that has gone longest without progress is closed.
    pub fn accept(self: &Arc<Self>, accepted: &dyn Any, data: &mut Extensions) {
        let Some(stream) = accepted.downcast_ref::<Accepted>() else { return };
        // An answer goes out in pieces, none of which shall wait until the client has confirmed the one before. Without it all is slower.
        let _ = stream.set_nodelay(true);
        // Without a descriptor to close it by, actix's own limits are all there is.
        let Ok(closes) = stream.as_fd().try_clone_to_owned() else { return };
        let is_proxy = stream.peer_addr().is_ok_and(|peer| self.proxies.trusts(peer.ip()));
        let idle = if is_proxy { u64::try_from(self.limits.idle.as_millis()).unwrap_or(u64::MAX) } else { 0 };
        let due = AtomicU64::new(self.now() + self.patience());
        let socket = Arc::new(Socket {
            stream: closes.into(),
            due,
            waits: AtomicBool::new(true),
            behind: AtomicU64::new(0),
            idle,
            holder: Mutex::default(),
        });
        let number = self.numbers.fetch_add(1, Ordering::Relaxed);
        let mut open = self.open.lock();
        if open.len() >= self.limits.connections {
            let worst = open.iter().min_by_key(|(_, socket)| socket.rank()).map(|(number, _)| *number);
            if let Some(socket) = worst.and_then(|number| open.remove(&number)) {
                socket.close();
            }
        }
        open.insert(number, socket.clone());
        data.insert(Arc::new(Connection { number, socket, all: self.clone() }));
    }

    /// How many are open.
    pub fn count(&self) -> usize {
        self.open.lock().len()
    }

    /// Closes connections whose clients have gone silent, for as long as the server does, also while it stops.
    pub async fn watch(self: Arc<Self>) {
        loop {
            tokio::time::sleep(SWEPT_EVERY).await;
            self.sweep();
        }
    }

    /// Closes the connections whose clients have used up their credit; once the time to stop is over, all.
    pub fn sweep(&self) {
        let now = self.now();
        let stopping = self.stopping.load(Ordering::Relaxed);
        let over = stopping > 0 && now.saturating_sub(stopping) > u64::try_from(self.limits.grace.as_millis()).unwrap_or(u64::MAX);
        self.open.lock().retain(|_, socket| {
            let ends = over || socket.is_due(now.saturating_sub(if stopping > 0 { 0 } else { socket.behind.load(Ordering::Relaxed) }));
            if ends {
                socket.close();
            }
            !ends
        });
    }

    /// Closes one connection whose client does not read its long answer: of those whose holders are meant, the one that has gone
    /// longest without progress. None is closed that still moves.
    pub fn press(&self, is_meant: impl Fn(Caller) -> bool) {
        let due = (self.now() + self.patience()).saturating_sub(u64::try_from(STUCK.as_millis()).unwrap_or(u64::MAX));
        let mut open = self.open.lock();
        let stuck = open.iter().filter(|(_, socket)| (*socket.holder.lock()).is_some_and(&is_meant) && socket.is_due(due));
        let worst = stuck.min_by_key(|(_, socket)| socket.rank()).map(|(number, _)| *number);
        if let Some(socket) = worst.and_then(|number| open.remove(&number)) {
            socket.close();
        }
    }

    /// From now on clients have little credit: a server that stops finishes what moves.
    pub fn stop(&self) {
        self.stopping.store(self.now(), Ordering::Relaxed);
        let due = self.now() + self.patience();
        for socket in self.open.lock().values() {
            socket.due.fetch_min(due, Ordering::Relaxed);
        }
    }
}

impl Socket {
    /// What is closed first sorts first: a connection that waits for its client, and among those the one with the least credit.
    fn rank(&self) -> (bool, u64) {
        (!self.waits.load(Ordering::Relaxed), self.due.load(Ordering::Relaxed))
    }

    /// Whether it is the client's turn, and their credit ends before `now`.
    fn is_due(&self, now: u64) -> bool {
        self.waits.load(Ordering::Relaxed) && self.due.load(Ordering::Relaxed) < now
    }

    fn close(&self) {
        // It may be closed already.
        let _ = self.stream.shutdown(Shutdown::Both);
    }
}

impl Connection {
    /// It is the server's turn.
    pub fn works(&self) {
        self.socket.waits.store(false, Ordering::Relaxed);
    }

    /// It is the client's turn, with full credit.
    pub fn waits(&self) {
        self.socket.behind.store(0, Ordering::Relaxed);
        self.socket.due.store(self.all.now() + self.all.patience(), Ordering::Relaxed);
        self.socket.waits.store(true, Ordering::Relaxed);
    }

    /// It has been answered: the next request may take its time where a trusted proxy sends it.
    pub fn end_answer(&self) {
        self.waits();
        self.socket.due.fetch_add(self.socket.idle, Ordering::Relaxed);
    }

    /// It is still the client's turn, and so many bytes have moved.
    pub fn credit(&self, bytes: usize) {
        let worth = (bytes as u64).saturating_mul(1000) / self.all.limits.rate.max(1);
        let due = self.socket.due.load(Ordering::Relaxed).saturating_add(worth);
        self.socket.due.store(due.min(self.all.now() + self.all.patience()), Ordering::Relaxed);
        self.socket.waits.store(true, Ordering::Relaxed);
    }

    /// The client has taken so many bytes of an answer.
    pub fn credit_taken(&self, bytes: usize) {
        self.credit(bytes);
        let most = u64::try_from(BEHIND.as_millis()).unwrap_or(u64::MAX);
        let behind = self.socket.behind.load(Ordering::Relaxed) + bytes as u64 * 1000 / READ_BEHIND;
        self.socket.behind.store(behind.min(most), Ordering::Relaxed);
    }

    /// Whose room its answer takes, if any.
    pub fn holds(&self, caller: Option<Caller>) {
        *self.socket.holder.lock() = caller;
    }
}

impl Drop for Connection {
    fn drop(&mut self) {
        self.all.open.lock().remove(&self.number);
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::domain::network::Network;
    use std::{io::Read, net::TcpListener};

    /// Connections under a clock that the test sets, and the two ends of one.
    struct Scene {
        all: Arc<Connections>,
        now: Arc<AtomicU64>,
        listener: TcpListener,
    }

    impl Scene {
        fn new(limits: Limits) -> Self {
            Self::behind(limits, &[])
        }

        fn behind(limits: Limits, proxies: &[Network]) -> Self {
            let now = Arc::new(AtomicU64::new(1000));
            let clock = now.clone();
            let all =
                Connections::new(limits, Arc::new(move || Duration::from_millis(clock.load(Ordering::Relaxed))), Proxies::new(proxies));
            Self { all, now, listener: TcpListener::bind("127.0.0.1:0").unwrap() }
        }

        fn open(&self) -> (Arc<Connection>, TcpStream) {
            let client = TcpStream::connect(self.listener.local_addr().unwrap()).unwrap();
            let (server, _) = self.listener.accept().unwrap();
            server.set_nonblocking(true).unwrap();
            let runtime = tokio::runtime::Builder::new_current_thread().enable_io().build().unwrap();
            let mut data = Extensions::new();
            runtime.block_on(async { self.all.accept(&Accepted::from_std(server).unwrap(), &mut data) });
            (data.get::<Arc<Connection>>().unwrap().clone(), client)
        }

        fn pass(&self, seconds: u64) {
            self.now.fetch_add(seconds * 1000, Ordering::Relaxed);
            self.all.sweep();
        }

        fn is_open(&self, connection: &Connection) -> bool {
            self.all.open.lock().contains_key(&connection.number)
        }
    }

    #[test]
    fn a_trickle_holds_out_no_longer_than_silence_and_a_slow_line_does() {
        let scene = Scene::new(Limits::default());
        let ((trickle, _a), (slow, _b), (silent, _c)) = (scene.open(), scene.open(), scene.open());
        for _ in 0..15 {
            scene.pass(1);
            trickle.credit(1);
            slow.credit(2048);
        }
        scene.pass(1);
        assert!(!scene.is_open(&silent) && !scene.is_open(&trickle) && scene.is_open(&slow));
        slow.works();
        scene.pass(600);
        assert!(scene.is_open(&slow), "the server's own time is not the client's");
    }

    #[test]
    fn a_trusted_proxy_keeps_its_connections_and_nobody_else_does() {
        let scene = Scene::behind(Limits::default(), &["127.0.0.1".parse().unwrap()]);
        let ((idle, _a), (asks, _b)) = (scene.open(), scene.open());
        idle.end_answer();
        asks.end_answer();
        asks.credit(1);
        scene.pass(140);
        assert!(scene.is_open(&idle) && !scene.is_open(&asks), "once it has begun to ask it is to go on");
        scene.pass(26);
        assert!(!scene.is_open(&idle), "not for ever");
        let stranger = Scene::new(Limits::default());
        let (idle, _c) = stranger.open();
        idle.end_answer();
        stranger.pass(16);
        assert!(!stranger.is_open(&idle));
    }

    #[test]
    fn whoever_took_much_at_once_has_time_to_read_it() {
        let scene = Scene::new(Limits::default());
        let ((reads, _a), (sends, _b)) = (scene.open(), scene.open());
        reads.credit_taken(8 << 20);
        sends.credit(8 << 20);
        scene.pass(16);
        assert!(scene.is_open(&reads) && !scene.is_open(&sends));
        scene.pass(32);
        assert!(!scene.is_open(&reads), "not for ever");
        let (most, _c) = scene.open();
        most.credit_taken(1 << 30);
        scene.pass(59);
        assert!(scene.is_open(&most));
        scene.pass(2);
        assert!(!scene.is_open(&most));
    }

    #[test]
    fn at_the_cap_the_one_longest_without_progress_is_closed() {
        let scene = Scene::new(Limits { connections: 3, ..Limits::default() });
        let ((busy, _a), (stuck, mut stuck_client), (lively, _c)) = (scene.open(), scene.open(), scene.open());
        busy.works();
        scene.pass(5);
        lively.credit(1 << 20);
        let (new, _d) = scene.open();
        assert!([&busy, &lively, &new].into_iter().all(|connection| scene.is_open(connection)) && !scene.is_open(&stuck));
        assert_eq!(stuck_client.read(&mut [0]).unwrap(), 0);
    }

    #[test]
    fn whoever_does_not_read_gives_their_room_to_those_who_wait_for_it() {
        let scene = Scene::new(Limits::default());
        let [mine, other] = [1, 2].map(|n| Caller::stranger([192, 0, 2, n].into()));
        let ((idle, _a), (stuck, _b), (reads, _c), (foreign, _d)) = (scene.open(), scene.open(), scene.open(), scene.open());
        for (connection, caller) in [(&stuck, mine), (&reads, mine), (&foreign, other)] {
            connection.holds(Some(caller));
        }
        scene.pass(4);
        reads.credit(1 << 20);
        for caller in [mine, mine] {
            scene.all.press(|holder| holder == caller);
        }
        assert!(!scene.is_open(&stuck) && [&idle, &reads, &foreign].into_iter().all(|connection| scene.is_open(connection)));
        scene.all.press(|_| true);
        assert!(!scene.is_open(&foreign) && scene.is_open(&reads) && scene.is_open(&idle));
    }

    #[test]
    fn whoever_is_silent_does_not_hold_up_the_end() {
        let scene = Scene::new(Limits::default());
        let ((silent, _a), (moving, _b), (working, _c)) = (scene.open(), scene.open(), scene.open());
        working.works();
        scene.all.stop();
        for _ in 0..4 {
            scene.pass(1);
            moving.credit(1 << 20);
        }
        assert!(!scene.is_open(&silent) && scene.is_open(&moving) && scene.is_open(&working));
        scene.pass(5);
        assert!(!scene.is_open(&moving) && !scene.is_open(&working));
    }
}
