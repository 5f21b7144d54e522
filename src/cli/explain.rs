//! `rapporteur explain`: where a figure comes from, cell by cell.

use serde_json::{Value, json};

use super::args::ExplainArgs;
use super::output::Tone;
use super::{Done, Session, compile};
use crate::compile::{Material, Prepared};
use crate::config;
use crate::facts::{Facts, Figure, Unit};
use crate::record::Cents;

pub(super) async fn run(session: &Session, arguments: &ExplainArgs) -> anyhow::Result<Done> {
    super::intake::files_are_there(&arguments.from)?;
    let config = session.config()?;
    let as_of = arguments.as_of.unwrap_or_else(|| session.today(&config));
    let material = compile::material(session, &config, arguments.period, &arguments.from, &mut Vec::new()).await?;
    let material: Material = material.for_period(arguments.period);
    let prepared = Prepared::new(&config, &material, arguments.period, as_of);
    let facts = prepared.facts();
    match &arguments.figure {
        Some(name) => one(session, facts, name),
        None => {
            all(session, facts);
            Ok(Done::Well)
        }
    }
}

/// Every figure there is, with its value.
fn all(session: &Session, facts: &Facts) {
    if session.output.is_json() {
        session.output.json(&facts.to_json());
        return;
    }
    let row = |(name, figure): (&String, &Figure)| {
        let tone = if figure.value.is_some() { Tone::Plain } else { Tone::Faint };
        let reported = format!("{} of {}", figure.reported_by, figure.of);
        vec![(Tone::Strong, name.clone()), (tone, told(session, figure)), (Tone::Faint, reported)]
    };
    let rows: Vec<_> = facts.figures.iter().map(row).collect();
    session.output.table(&["FIGURE", "VALUE", "REPORTED BY"], &rows);
}

fn one(session: &Session, facts: &Facts, name: &str) -> anyhow::Result<Done> {
    let Some(figure) = facts.figures.get(name) else {
        let known: Vec<&str> = facts.figures.keys().map(String::as_str).collect();
        match config::nearest(name, &known) {
            Some(near) => anyhow::bail!("there is no figure `{name}`; perhaps you meant `{near}`"),
            None => anyhow::bail!("there is no figure `{name}`; `rapporteur explain --period …` lists them all"),
        }
    };
    let rule = session.locale.word(rule_of(name));
    if session.output.is_json() {
        let all = facts.to_json();
        let value = all.pointer(&format!("/figures/{name}/value")).cloned().unwrap_or(Value::Null);
        let cells: Vec<Value> = figure.citations.iter().map(|cited| json!(cited)).collect();
        session.output.json(&json!({
            "figure": name, "period": facts.period, "as_of": facts.as_of, "value": value, "unit": figure.unit,
            "reported_by": figure.reported_by, "of": figure.of, "rule": rule, "cells": cells,
        }));
        return Ok(Done::Well);
    }
    let out = &session.output;
    let value = out.toned(Tone::Strong, &told(session, figure));
    out.line(&format!("{name}, {}, data as of {}: {value}", facts.period, facts.as_of));
    out.line(&format!("reported by {} of {}", figure.reported_by, figure.of));
    out.line(&rule);
    if figure.citations.is_empty() {
        let why = match figure.value {
            Some(0) => "No row counts towards it.",
            Some(_) => "It is worked out from other figures, not from cells of its own.",
            None => "Nobody reported it.",
        };
        out.line(why);
        return Ok(Done::Well);
    }
    out.line("");
    let rows: Vec<_> = figure
        .citations
        .iter()
        .map(|cited| {
            let place = cited.cell.clone().unwrap_or_else(|| format!("row {}", cited.row));
            let amount = amount(session, figure.unit, cited.amount);
            vec![
                (Tone::Plain, cited.file.clone()),
                (Tone::Plain, cited.sheet.clone()),
                (Tone::Strong, place),
                (Tone::Plain, amount),
            ]
        })
        .collect();
    out.table(&["FILE", "SHEET", "CELL", "ADDS"], &rows);
    Ok(Done::Well)
}

fn told(session: &Session, figure: &Figure) -> String {
    figure.value.map_or_else(|| session.locale.word("not-reported"), |value| amount(session, figure.unit, value))
}

fn amount(session: &Session, unit: Unit, value: i64) -> String {
    match unit {
        Unit::Count => session.locale.number(value),
        Unit::Percent => format!("{value}\u{a0}%"),
        Unit::EuroCents => session.locale.amount(Cents(value)),
    }
}

/// The counting rule that a figure is counted by.
fn rule_of(name: &str) -> &'static str {
    const RULES: [(&str, &str); 12] = [
        ("activities.held_in", "rule-held-in"),
        ("activities.involving", "rule-held-in"),
        ("countries.", "rule-held-in"),
        ("activities.by_scope", "rule-scope"),
        ("activities.by_month", "rule-period"),
        ("activities.", "rule-done"),
        ("activity_days.", "rule-days"),
        ("participants.", "rule-participants"),
        ("equipment.items", "rule-equipment"),
        ("plan.", "rule-plan"),
        ("equipment.", "rule-blank"),
        ("", "rule-blank"),
    ];
    RULES.iter().find(|(prefix, _)| name.starts_with(prefix)).map_or("rule-blank", |(_, rule)| rule)
}
