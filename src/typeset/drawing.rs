//! What figures draw: counted and worded, with no place on a page yet.

/// What a figure draws.
#[derive(Clone, Debug, PartialEq)]
pub enum Drawing {
    /// Horizontal bars from zero, labelled directly, in the given order.
    Bars(Vec<Bar>),
    /// Horizontal bars of several parts.
    Stacked(Stacked),
    /// Likelihood against impact, with words in the cells.
    Matrix(Box<Matrix>),
    /// Baseline, current value and target of indicators.
    Progress(Box<Progress>),
}

/// One bar.
#[derive(Clone, Debug, PartialEq)]
pub struct Bar {
    /// What it stands for.
    pub label: String,
    /// Its length.
    pub value: f64,
    /// The figure written at its end.
    pub text: String,
    /// Colour by country code, else the accent.
    pub country: Option<[u8; 2]>,
}

/// Horizontal bars of several parts, all of one scale.
#[derive(Clone, Debug, Default, PartialEq)]
pub struct Stacked {
    /// The parts, in the order in which they are stacked.
    pub series: Vec<Series>,
    /// The bars, in the given order.
    pub rows: Vec<StackedRow>,
}

/// A part that the bars have in common.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Series {
    /// What it is called.
    pub name: String,
    /// How it is told apart, in black and white too.
    pub look: Look,
}

/// Fills that differ in lightness and in pattern, not only in colour.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Look {
    /// The accent itself.
    Full,
    /// A middle tone of it.
    Middle,
    /// A light tone of it.
    Light,
    /// Lines on the paper.
    Hatched,
    /// An outline.
    Open,
    /// Dark, with light lines: what should not be.
    Alarm,
}

/// A bar of several parts.
#[derive(Clone, Debug, Default, PartialEq)]
pub struct StackedRow {
    /// What it stands for.
    pub label: String,
    /// Its parts, each by the place of its series.
    pub parts: Vec<Part>,
    /// The figure written at its end.
    pub end: String,
    /// A length to compare with, drawn as a line across: the budget.
    pub mark: Option<f64>,
}

/// A part of a bar.
#[derive(Clone, Debug, PartialEq)]
pub struct Part {
    /// Place of its series.
    pub series: usize,
    /// Its length.
    pub value: f64,
    /// The figure written in it.
    pub text: String,
}

/// Likelihood against impact, five by five.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Matrix {
    /// What the rows stand for.
    pub likelihood: String,
    /// What the columns stand for.
    pub impact: String,
    /// Words for 1 to 5 of the likelihood, from below.
    pub rows: [String; 5],
    /// Words for 1 to 5 of the impact, from the left.
    pub columns: [String; 5],
    /// Words for low, middle, high and very high, written in the cells.
    pub levels: [String; 4],
    /// The risks.
    pub risks: Vec<Mark>,
}

/// A risk in the matrix.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Mark {
    /// What the table under it calls it: `R1`.
    pub key: String,
    /// What it says, shortened to its cell.
    pub text: String,
    /// 1 to 5.
    pub likelihood: u8,
    /// 1 to 5.
    pub impact: u8,
}

/// How far indicators have come from their baseline to their target.
#[derive(Clone, Debug, Default, PartialEq)]
pub struct Progress {
    /// Words over the baselines, the current values and the targets.
    pub heads: [String; 3],
    /// The indicators, in the given order.
    pub rows: Vec<Gauge>,
}

/// One indicator.
#[derive(Clone, Debug, PartialEq)]
pub struct Gauge {
    /// Its code, semibold before the label; may be empty.
    pub code: String,
    /// What it counts, and its unit.
    pub label: String,
    /// The baseline as written.
    pub baseline: String,
    /// The current value as written.
    pub current: String,
    /// The target as written.
    pub target: String,
    /// Where the current value stands, 0 at the baseline and 1 at the target; `None` where it
    /// cannot be said.
    pub part: Option<f64>,
    /// Why it cannot be said, in words; else empty.
    pub missing: String,
}
