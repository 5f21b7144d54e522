//! A delivery into an attempt.
