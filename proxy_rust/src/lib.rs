//! Stands for the load balancers and the HTTP APIs of an AWS on the loopback interface.
//!
//! One thread serves every address that a description of the network names. A new description takes effect with the next
//! request: no connection is closed for it, as a load balancer closes none when its listener is modified.

mod activity;
mod admin;
mod apply;
mod client;
mod condition;
mod connection;
mod cookie;
mod exchange;
mod forwarded;
mod front;
mod http_api;
mod listener;
mod network;
mod page;
mod plan;
mod record;
mod redirect;
mod relay;
mod route;
mod start;
mod target;
mod target_group;
mod trace;
mod turns;
mod upgrade;
mod wildcard;

pub use start::start;
