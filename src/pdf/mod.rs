//! Layout into bytes: printpdf, and what printpdf lacks.
