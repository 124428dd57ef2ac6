//! One integration binary: what the program promises, seen from outside, through the one list of commands.

mod architecture;
mod book;
mod complaints;
mod counter;
mod imports;
mod support;
