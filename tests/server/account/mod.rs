//! People: how they sign in and out, their own pages, e-mails to them, and how guesses of passwords are slowed down.

mod delivery;
mod download;
mod email;
mod me;
mod operator;
mod session;
mod setup;
mod throttle;
