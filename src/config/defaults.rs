//! What holds where a file says nothing. `config/rapporteur.toml` shows the same values; a
//! test compares them.

use std::path::{Path, PathBuf};
use std::time::Duration;

use chrono::NaiveDate;

use super::{
    Bounces, Component, Config, Dashboard, Inbox, Ledger, Mail, Mailbox, Programme, TooLarge, Transport, Wording,
    Workbook,
};
use crate::recipient::{Country, Language};

fn both(en: &str, ru: &str) -> Wording {
    Wording::from([(Language::En, en.to_owned()), (Language::Ru, ru.to_owned())])
}

fn mailbox(name: Option<&str>, email: &str) -> Mailbox {
    Mailbox { name: name.map(str::to_owned), email: email.to_owned() }
}

impl Config {
    /// The configuration of a home without a single file: the ninth phase of BOMCA, a ledger
    /// in `SQLite`, mail into a Maildir, no schedules and no people.
    #[must_use]
    pub fn defaults(home: &Path) -> Self {
        let day = |year, month, day| NaiveDate::from_ymd_opt(year, month, day).unwrap_or_default();
        Self {
            home: home.to_owned(),
            programme: Programme {
                code: "BOMCA 9".to_owned(),
                name: both(
                    "Border Management Programme in Central Asia",
                    "Программа содействия управлению границами в Центральной Азии",
                ),
                languages: vec![Language::En, Language::Ru],
                timezone: chrono_tz::Asia::Bishkek,
                start: day(2015, 6, 15),
                end: day(2019, 12, 14),
                countries: ["KZ", "KG", "TJ", "TM", "UZ"].into_iter().filter_map(Country::new).collect(),
                funding_line: both("Funded by the European Union", "Финансируется Европейским союзом"),
                disclaimer: both(
                    "This report has been produced with the assistance of the European Union. Its contents are the \
                     sole responsibility of the programme's implementing consortium and do not necessarily reflect \
                     the views of the European Union.",
                    "Данный отчёт подготовлен при финансовой поддержке Европейского союза. Ответственность за его \
                     содержание несёт исключительно консорциум, осуществляющий программу; оно не обязательно \
                     отражает точку зрения Европейского союза.",
                ),
                map: true,
                map_note: both(
                    "Boundaries shown do not imply any opinion on legal status; schematic map, no survey lines.",
                    "Показанные границы не выражают какого-либо мнения о правовом статусе; карта схематическая, линии не являются данными съёмки.",
                ),
                handling: both("For members of the steering group", "Для членов руководящей группы"),
                contact: "secretariat@example.org".to_owned(),
                components: vec![
                    Component {
                        number: 1,
                        title: both(
                            "Institutional development of border management agencies",
                            "Институциональное развитие пограничных ведомств",
                        ),
                    },
                    Component {
                        number: 2,
                        title: both(
                            "Institutional framework for managing mixed migration flows",
                            "Институциональная основа управления смешанными миграционными потоками",
                        ),
                    },
                    Component {
                        number: 3,
                        title: both("Trade facilitation at borders", "Содействие торговле на границах"),
                    },
                ],
                indicators: Vec::new(),
                logos: Vec::new(),
            },
            inbox: Inbox {
                folder: PathBuf::from("inbox"),
                settle: Duration::from_secs(10),
                scan_every: Duration::from_secs(5),
                max_file_bytes: 100_000_000,
                max_rows: 500_000,
                legacy_xls: false,
                answer_by_mail: true,
            },
            ledger: Ledger { url: "sqlite:state/ledger.db".to_owned(), least_free_mb: 500 },
            mail: Mail {
                transport: Transport::Maildir,
                from: mailbox(Some("BOMCA Secretariat"), "reports@example.org"),
                reply_to: Some(mailbox(None, "secretariat@example.org")),
                operators: vec![mailbox(None, "operators@example.org")],
                maildir: PathBuf::from("mail"),
                smtp: None,
                retry_first: Duration::from_secs(60),
                retry_ceiling: Duration::from_secs(4 * 3600),
                give_up_after: Duration::from_secs(5 * 86_400),
                max_mb: 25,
                too_large: TooLarge::Refuse,
                archive_url: None,
                dkim: None,
            },
            bounces: Bounces { mailbox: None, every: Duration::from_secs(300) },
            dashboard: Dashboard {
                listen: std::net::SocketAddr::from(([127, 0, 0, 1], 8010)),
                hosts: Vec::new(),
                tls: None,
                proxy: None,
                public_url: None,
                links_valid_for: Duration::from_secs(14 * 86_400),
            },
            schedules: Vec::new(),
            recipients: Vec::new(),
            contributors: Vec::new(),
            workbook: Workbook::default(),
            holidays: std::collections::BTreeMap::new(),
        }
    }
}
