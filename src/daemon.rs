//! Starts the stages, wakes them, stops them. Waiting lives here and nowhere else.
