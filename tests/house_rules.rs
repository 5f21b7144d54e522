//! What the compiler does not check.
