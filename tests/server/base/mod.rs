//! What every surface of the server obeys.

mod clock_set_back;
mod compress;
mod demo;
mod jobs;
mod read_only;
mod sandbox;
mod slug;
mod strict;
mod visitor;
