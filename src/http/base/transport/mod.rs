//! How bytes travel: connections, and the room that bodies and answers take in memory.

pub mod arrived;
pub mod cells;
pub mod connections;
pub mod file;
pub mod incoming;
pub mod limits;
pub mod media;
pub mod outgoing;
pub mod paced;
pub mod pieces;
pub mod receive;
pub mod room;
pub mod sheet;
pub mod upload;
