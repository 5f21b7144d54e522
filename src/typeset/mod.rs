//! Document into layout: shaping, line breaking, tables, pages. Knows nothing of the programme.

pub mod document;
pub mod fonts;
pub mod layout;
pub mod text;
pub mod theme;
