//! A due run into facts, documents, PDFs and deliveries.

pub mod letter;
