//! What crosses the wall: inputs and views of every command. An input type is never an output type, a change names
//! only what may change, and amounts are minor units in keys that end in `_minor`.

pub mod backups;
pub mod benefits;
pub mod books;
pub mod calendar;
pub mod columns;
pub mod complaint_reports;
pub mod complaints;
pub mod counter;
pub mod custom_fields;
pub mod customers;
pub mod details;
pub mod duplicates;
pub mod exports;
pub mod imports;
pub mod improvements;
pub mod jobs;
pub mod ladder;
pub mod merges;
pub mod offers;
pub mod people;
pub mod pictures;
pub mod points;
pub mod policies;
pub mod privacy;
pub mod products;
pub mod sales;
pub mod schemes;
pub mod scripts;
pub mod segmentation;
pub mod settings;
pub mod staff;
pub mod tables;
pub mod value;
pub mod wishes;
