//! Time into due runs.
