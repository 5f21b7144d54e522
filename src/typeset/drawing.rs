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
    /// Countries, and circles in their towns.
    Map(Box<Map>),
    /// Months side by side, with what is planned in each.
    Calendar(Box<Calendar>),
    /// Days across, a row for each country, a bar for each activity.
    Timeline(Box<Timeline>),
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
    /// White with upright grey lines.
    Ruled,
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

/// Countries, and circles in their towns. Places are longitude and latitude in degrees.
#[derive(Clone, Debug, Default, PartialEq)]
pub struct Map {
    /// What must be seen: west, south, east and north.
    pub frame: [f32; 4],
    /// Height at most, in points.
    pub height: f32,
    /// The countries.
    pub lands: Vec<Land>,
    /// The towns.
    pub towns: Vec<Town>,
    /// Stands before the towns that no room was found for.
    pub also: String,
}

/// A country.
#[derive(Clone, Debug, Default, PartialEq)]
pub struct Land {
    /// Its name, written where there is room; may be empty.
    pub name: String,
    /// Where its name may stand.
    pub name_at: (f32, f32),
    /// Its outlines, the holes among them.
    pub outlines: Vec<Vec<(f32, f32)>>,
    /// Not what the map is of: paler.
    pub is_neighbour: bool,
}

/// A town and what happened there.
#[derive(Clone, Debug, PartialEq)]
pub struct Town {
    /// Its name.
    pub name: String,
    /// Where it lies.
    pub at: (f32, f32),
    /// The circle's area.
    pub count: u32,
    /// The figure in the circle.
    pub text: String,
    /// Colour by country code.
    pub country: Option<[u8; 2]>,
}

/// The days of a period across, a row for each country, a bar for each activity.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Timeline {
    /// Days of the period.
    pub days: u32,
    /// First day of each month, and its name.
    pub months: Vec<(u32, String)>,
    /// First day of each week, and its number in the month.
    pub weeks: Vec<(u32, String)>,
    /// The rows, from above.
    pub rows: Vec<TimelineRow>,
    /// Over the column of what has no dates.
    pub undated: String,
    /// Under the rows, where bars carry ids: where their names stand.
    pub ids: String,
    /// Under the rows, where bars carry nothing: where their names stand.
    pub bare: String,
    /// Under the rows, where there are too many activities to draw each: that numbers are drawn.
    pub crowded: String,
}

/// A row of the timeline.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct TimelineRow {
    /// The country, or what else it is of.
    pub label: String,
    /// Colour by country code, else the accent.
    pub country: Option<[u8; 2]>,
    /// What has dates.
    pub spans: Vec<Span>,
    /// What has none: names as they are to be written.
    pub undated: Vec<String>,
}

/// An activity on the timeline.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Span {
    /// First day, counted from the first of the period.
    pub from: u32,
    /// Last day.
    pub to: u32,
    /// Its name, written where there is room.
    pub title: String,
    /// Its id, written where there is less.
    pub id: String,
}

impl Timeline {
    /// How many activities have dates, and how many have none.
    #[must_use]
    pub fn counts(&self) -> (usize, usize) {
        let dated = self.rows.iter().map(|row| row.spans.len()).sum();
        let undated = self.rows.iter().map(|row| row.undated.len()).sum();
        (dated, undated)
    }
}

/// Months side by side, each with its days and with what is planned in it.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Calendar {
    /// Monday to Sunday, as short as can be.
    pub weekdays: [String; 7],
    /// The months.
    pub months: Vec<Month>,
    /// What the sign of a handover means; written where there is one.
    pub handover: String,
    /// Stands before what has no dates.
    pub undated_title: String,
    /// What has none.
    pub undated: Vec<Planned>,
}

/// A month of the calendar.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Month {
    /// Its name and year.
    pub name: String,
    /// How many days it has.
    pub days: u32,
    /// The weekday of its first day, 0 for Monday.
    pub starts: u32,
    /// What begins in it, in order.
    pub items: Vec<Planned>,
    /// Days on which something is planned, in order.
    pub busy: Vec<u32>,
}

/// Something planned.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Planned {
    /// Its days, short: `12–14`; empty where the month alone is known.
    pub days: String,
    /// What it is, with its countries.
    pub text: String,
    /// A handover of equipment, which has a sign of its own.
    pub is_handover: bool,
}
