//! Templates that people have got wrong.
