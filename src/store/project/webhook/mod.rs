//! Webhooks of projects, the messages that they get, who causes these, and who hears when one is switched off.

pub mod delivery;
pub mod owner;
pub mod tell;
pub mod webhook;
