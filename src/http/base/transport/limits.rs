//! What connections may take: patience, room, and how many there may be.

use std::time::Duration;

/// What connections may take.
#[derive(Debug, Clone, Copy)]
pub struct Limits {
    /// The credit of a client that has to send or to read.
    pub patience: Duration,
    /// How long a proxy that is trusted may leave a connection without a request, besides: longer than Caddy (120 s) and nginx (60 s) do, which
    /// else send a request over one that is being closed, and tell their client of a bad gateway.
    pub idle: Duration,
    /// Bytes that a second of it is worth.
    pub rate: u64,
    /// The credit once the server is stopping.
    pub last_patience: Duration,
    /// How long requests in flight may take once the server is stopping.
    pub grace: Duration,
    /// Open connections.
    pub connections: usize,
    /// Bytes of long bodies in memory, for callers who are known and for strangers each.
    pub bodies: usize,
    /// Bytes of long answers in memory.
    pub answers: usize,
}

impl Default for Limits {
    fn default() -> Self {
        Self {
            patience: Duration::from_secs(15),
            idle: Duration::from_secs(150),
            rate: 1024,
            last_patience: Duration::from_secs(3),
            grace: Duration::from_secs(8),
            connections: 4096,
            bodies: 32 * 1024 * 1024,
            answers: 32 * 1024 * 1024,
        }
    }
}

/// Descriptors that are kept for the database, the log and the rest of the program.
const OTHER_FILES: u64 = 64;

impl Limits {
    /// As many connections as `descriptors` allow: each takes two, since the one to close it by is its own, and a third more
    /// may have been accepted.
    #[must_use]
    pub fn within(self, descriptors: u64) -> Self {
        let room = usize::try_from(descriptors.saturating_sub(OTHER_FILES) / 8 * 3).unwrap_or(usize::MAX);
        Self { connections: self.connections.min(room.max(8)), ..self }
    }

    /// How many connections each of the workers may have at once. Beyond that none is accepted until those that were closed
    /// are gone: room for a burst, and never more than there are descriptors for.
    pub fn accepted(&self, workers: usize) -> usize {
        (self.connections / 3 * 4).div_ceil(workers.max(1)).max(2)
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn connections_fit_the_descriptors() {
        assert_eq!(Limits::default().within(1024).connections, 360);
        assert_eq!(Limits::default().within(1 << 20).connections, 4096);
    }
}
