//! Sentences at every count.
