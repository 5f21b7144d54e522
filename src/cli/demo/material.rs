//! The invented programme's material, as `templates/demo/fictional/material.toml` has it.

use std::collections::BTreeMap;

use serde::Deserialize;

use crate::recipient::Language;

/// A text in both languages.
pub(super) type Bilingual = BTreeMap<Language, String>;

#[derive(Debug, Deserialize)]
pub(super) struct Material {
    pub(super) topic: Vec<Topic>,
    pub(super) middle: Vec<Bilingual>,
    pub(super) closing: Vec<Bilingual>,
    pub(super) meeting: Vec<Meeting>,
    pub(super) indicator: Vec<IndicatorRow>,
    pub(super) risk: Vec<RiskRow>,
    pub(super) budget: Vec<BudgetRow>,
    pub(super) challenge: Vec<ChallengeRow>,
    pub(super) country: Vec<CountryRow>,
    pub(super) equipment: Vec<EquipmentRow>,
}

#[derive(Debug, Deserialize)]
pub(super) struct Topic {
    pub(super) component: u32,
    #[serde(rename = "type")]
    pub(super) kind: String,
    pub(super) days: u32,
    pub(super) people: [u32; 2],
    pub(super) agencies: Vec<String>,
    pub(super) title: Bilingual,
    pub(super) story: Bilingual,
    pub(super) outputs: Bilingual,
}

#[derive(Debug, Deserialize)]
pub(super) struct Meeting {
    pub(super) quarter: u32,
    pub(super) number: u32,
    pub(super) date: toml::value::Datetime,
    pub(super) place: String,
    pub(super) items: Vec<AgendaItem>,
}

#[derive(Debug, Deserialize)]
pub(super) struct AgendaItem {
    pub(super) agenda: String,
    pub(super) decision: String,
    pub(super) action: String,
    pub(super) responsible: String,
    pub(super) due: Option<toml::value::Datetime>,
    pub(super) status: String,
    /// How it stands a quarter later.
    #[serde(default)]
    pub(super) later: String,
}

#[derive(Debug, Deserialize)]
pub(super) struct IndicatorRow {
    pub(super) code: String,
    pub(super) level: String,
    pub(super) component: Option<u32>,
    pub(super) statement: String,
    pub(super) unit: String,
    pub(super) baseline: f64,
    pub(super) baseline_year: f64,
    pub(super) target: f64,
    pub(super) target_year: f64,
    pub(super) current: [f64; 2],
    pub(super) source: String,
}

#[derive(Debug, Deserialize)]
pub(super) struct RiskRow {
    pub(super) risk: String,
    pub(super) category: String,
    pub(super) likelihood: f64,
    pub(super) impact: f64,
    pub(super) mitigation: String,
    pub(super) responsible: String,
    pub(super) trend: String,
}

#[derive(Debug, Deserialize)]
pub(super) struct BudgetRow {
    pub(super) heading: String,
    pub(super) budget: f64,
    pub(super) spent: [f64; 2],
    pub(super) committed: f64,
    /// Spent before the first of the two quarters.
    pub(super) before: f64,
}

#[derive(Debug, Deserialize)]
pub(super) struct ChallengeRow {
    pub(super) countries: String,
    pub(super) component: u32,
    pub(super) challenge: String,
    pub(super) mitigation: String,
    pub(super) responsible: String,
    pub(super) status: String,
}

#[derive(Debug, Deserialize)]
pub(super) struct CountryRow {
    pub(super) code: String,
    pub(super) language: Language,
    pub(super) towns: Vec<String>,
    pub(super) priorities: Vec<String>,
}

#[derive(Debug, Deserialize)]
pub(super) struct EquipmentRow {
    pub(super) item: Bilingual,
    pub(super) maker: String,
    pub(super) quantity: f64,
    pub(super) unit_value: f64,
    pub(super) purpose: Bilingual,
}

/// The text in one language.
pub(super) fn say(text: &Bilingual, language: Language) -> String {
    text.get(&language).cloned().unwrap_or_default()
}
