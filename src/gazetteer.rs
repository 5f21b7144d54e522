//! Towns: their country, their names in the languages of reports, and where they lie.
//!
//! Names, countries and coordinates from `GeoNames` (CC BY 4.0) and the programme's own pages.

use std::collections::BTreeMap;
use std::sync::LazyLock;

use chrono::NaiveDate;

use crate::recipient::Language;

/// A town.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Town {
    /// Code of its country.
    pub country: &'static str,
    /// Its usual name in English.
    pub name: &'static str,
    /// Its name in Russian.
    pub russian: &'static str,
    /// Other names that workbooks use, parted by `|`.
    pub others: &'static str,
    /// Latitude and longitude in hundredths of a degree, where a map may show it.
    pub at: Option<(i16, i16)>,
}

const fn town(
    country: &'static str,
    name: &'static str,
    russian: &'static str,
    others: &'static str,
    at: Option<(i16, i16)>,
) -> Town {
    Town { country, name, russian, others, at }
}

/// All towns we know.
#[rustfmt::skip]
pub static TOWNS: &[Town] = &[
    town("KZ", "Astana", "Астана", "Nur-Sultan|Nursultan|Нур-Султан|Нурсултан", Some((5118, 7145))),
    town("KZ", "Almaty", "Алматы", "Alma-Ata|Алма-Ата", Some((4325, 7691))),
    town("KZ", "Shymkent", "Шымкент", "Chimkent|Чимкент", Some((4231, 6960))),
    town("KZ", "Aktau", "Актау", "Aqtau", Some((4366, 5117))),
    town("KZ", "Atyrau", "Атырау", "", Some((4710, 5188))),
    town("KZ", "Karaganda", "Караганда", "Karagandy|Қарағанды", Some((4980, 7310))),
    town("KZ", "Taraz", "Тараз", "", Some((4290, 7137))),
    town("KZ", "Pavlodar", "Павлодар", "", Some((5228, 7697))),
    town("KZ", "Kostanay", "Костанай", "Kostanai|Қостанай", Some((5321, 6362))),
    town("KZ", "Oral", "Уральск", "Uralsk|Орал", Some((5125, 5143))),
    town("KZ", "Aktobe", "Актобе", "Aqtobe", Some((5028, 5721))),
    town("KZ", "Kyzylorda", "Кызылорда", "Qyzylorda", Some((4485, 6551))),
    town("KZ", "Turkestan", "Туркестан", "Turkistan", Some((4329, 6826))),
    town("KZ", "Taldykorgan", "Талдыкорган", "", Some((4502, 7837))),
    town("KZ", "Khorgos", "Хоргос", "Korgas|Коргас|Horgos", Some((4422, 8039))),
    town("KZ", "Saryagash", "Сарыагаш", "", Some((4146, 6917))),
    town("KG", "Bishkek", "Бишкек", "", Some((4287, 7459))),
    town("KG", "Osh", "Ош", "", Some((4053, 7280))),
    town("KG", "Karakol", "Каракол", "", Some((4249, 7839))),
    town("KG", "Batken", "Баткен", "", Some((4006, 7082))),
    town("KG", "Jalal-Abad", "Джалал-Абад", "Jalalabad|Djalal-Abad|Жалал-Абад|Jalal Abad", Some((4094, 7299))),
    town("KG", "Naryn", "Нарын", "", Some((4143, 7600))),
    town("KG", "Talas", "Талас", "", Some((4252, 7224))),
    town("KG", "Cholpon-Ata", "Чолпон-Ата", "", Some((4265, 7708))),
    town("KG", "Issyk-Kul", "Иссык-Куль", "Ysyk-Kol|Issyk Kul", None),
    town("KG", "Tokmok", "Токмок", "", Some((4284, 7530))),
    town("KG", "Isfana", "Исфана", "", Some((3984, 6953))),
    town("TJ", "Dushanbe", "Душанбе", "", Some((3854, 6878))),
    town("TJ", "Khujand", "Худжанд", "Hudzhand|Khudjand|Хуҷанд|Khojand|Hujand", Some((4028, 6962))),
    town("TJ", "Isfara", "Исфара", "", Some((4013, 7063))),
    town("TJ", "Panjakent", "Пенджикент", "Penjikent|Pendjikent|Panjikent|Панҷакент", Some((3950, 6761))),
    town("TJ", "Khorog", "Хорог", "Khorugh", Some((3749, 7155))),
    town("TJ", "Bokhtar", "Бохтар", "Kurgan-Tube|Qurghonteppa|Курган-Тюбе", Some((3784, 6878))),
    town("TJ", "Kulob", "Куляб", "Kulyab|Кӯлоб", Some((3791, 6978))),
    town("TJ", "Tursunzoda", "Турсунзаде", "Tursunzade", Some((3851, 6823))),
    town("TJ", "Konibodom", "Канибадам", "Kanibadam", Some((4029, 7043))),
    town("TM", "Ashgabat", "Ашхабад", "Aşgabat|Ashkhabad|Ашгабат", Some((3795, 5838))),
    town("TM", "Mary", "Мары", "", Some((3759, 6183))),
    town("TM", "Türkmenbaşy", "Туркменбаши", "Turkmenbashi|Turkmenbashy", Some((4002, 5296))),
    town("TM", "Turkmenabat", "Туркменабат", "Türkmenabat|Chardzhou|Туркменабад|Turkmenabad", Some((3907, 6358))),
    town("TM", "Dashoguz", "Дашогуз", "Daşoguz", Some((4184, 5997))),
    town("TM", "Awaza", "Аваза", "Avaza", Some((3998, 5284))),
    town("TM", "Serhetabat", "Серхетабат", "", Some((3528, 6234))),
    town("UZ", "Tashkent", "Ташкент", "Toshkent|Тошкент", Some((4126, 6922))),
    town("UZ", "Samarkand", "Самарканд", "Samarqand", Some((3965, 6696))),
    town("UZ", "Bukhara", "Бухара", "Buxoro|Bokhara", Some((3977, 6443))),
    town("UZ", "Termez", "Термез", "Termiz", Some((3722, 6728))),
    town("UZ", "Nukus", "Нукус", "", Some((4246, 5961))),
    town("UZ", "Urgench", "Ургенч", "Urganch", Some((4155, 6063))),
    town("UZ", "Andijan", "Андижан", "Andijon", Some((4078, 7235))),
    town("UZ", "Fergana", "Фергана", "Ferghana|Farg'ona", Some((4038, 7178))),
    town("UZ", "Namangan", "Наманган", "", Some((4100, 7167))),
    town("UZ", "Karshi", "Карши", "Qarshi", Some((3886, 6579))),
    town("UZ", "Navoi", "Навои", "Navoiy", Some((4008, 6538))),
    town("UZ", "Khiva", "Хива", "Xiva", Some((4139, 6036))),
    town("AF", "Kabul", "Кабул", "", Some((3453, 6917))),
    town("AF", "Mazar-i-Sharif", "Мазари-Шариф", "Mazar-e-Sharif|Mazar-e Sharif", Some((3671, 6711))),
    town("AF", "Hairatan", "Хайратон", "Hayratan", Some((3722, 6742))),
    town("AF", "Herat", "Герат", "", Some((3435, 6220))),
    town("AF", "Kunduz", "Кундуз", "", Some((3673, 6886))),
    town("LV", "Riga", "Рига", "Rīga", None),
    town("LV", "Rēzekne", "Резекне", "", None),
    town("LV", "Ludza", "Лудза", "", None),
    town("LV", "Daugavpils", "Даугавпилс", "", None),
    town("LV", "Jūrmala", "Юрмала", "", None),
    town("LT", "Vilnius", "Вильнюс", "", None),
    town("LT", "Medininkai", "Медининкай", "", None),
    town("LT", "Kaunas", "Каунас", "", None),
    town("LT", "Klaipėda", "Клайпеда", "", None),
    town("EE", "Tallinn", "Таллин", "Таллинн", None),
    town("AT", "Vienna", "Вена", "Wien", None),
    town("HU", "Budapest", "Будапешт", "", None),
    town("PL", "Warsaw", "Варшава", "Warszawa", None),
    town("IT", "Rome", "Рим", "Roma", None),
    town("PT", "Lisbon", "Лиссабон", "Lisboa", None),
    town("DE", "Berlin", "Берлин", "", None),
    town("BE", "Brussels", "Брюссель", "Bruxelles", None),
    town("FI", "Helsinki", "Хельсинки", "", None),
    town("CZ", "Prague", "Прага", "Praha", None),
    town("FR", "Paris", "Париж", "", None),
    town("CH", "Geneva", "Женева", "Genève", None),
    town("TR", "Ankara", "Анкара", "", None),
    town("TR", "Istanbul", "Стамбул", "", None),
    town("RU", "Moscow", "Москва", "", None),
    town("GE", "Tbilisi", "Тбилиси", "", None),
    town("AZ", "Baku", "Баку", "", None),
    town("AM", "Yerevan", "Ереван", "", None),
    town("MN", "Ulaanbaatar", "Улан-Батор", "", None),
];

/// Names that held for a time: the usual name, first and last day, English, Russian.
const FOR_A_TIME: [(&str, Day, Day, &str, &str); 1] =
    [("Astana", (2019, 3, 23), (2022, 9, 16), "Nur-Sultan", "Нур-Султан")];

/// Year, month and day.
type Day = (i32, u32, u32);

impl Town {
    /// Every name it goes by.
    pub fn names(&self) -> impl Iterator<Item = &'static str> {
        let others = self.others.split('|').filter(|name| !name.is_empty());
        [self.name, self.russian].into_iter().chain(others)
    }

    /// The name that was valid on a day.
    #[must_use]
    pub fn name(&self, language: Language, day: NaiveDate) -> &'static str {
        let on = |(year, month, of_month): Day| NaiveDate::from_ymd_opt(year, month, of_month);
        let then = FOR_A_TIME
            .iter()
            .find(|(usual, first, last, ..)| *usual == self.name && Some(day) >= on(*first) && Some(day) <= on(*last));
        match (language, then) {
            (Language::En, Some((.., english, _))) => english,
            (Language::Ru, Some((.., russian))) => russian,
            (Language::En, None) => self.name,
            (Language::Ru, None) => self.russian,
        }
    }
}

/// The town of a name, however it is written; `None` where we know of none.
#[must_use]
pub fn find(written: &str) -> Option<&'static Town> {
    static BY_NAME: LazyLock<BTreeMap<String, &'static Town>> = LazyLock::new(|| {
        // The first town of a name keeps it.
        let named = TOWNS.iter().rev().flat_map(|town| town.names().map(move |name| (folded(name), town)));
        named.collect()
    });
    BY_NAME.get(&folded(written)).copied()
}

/// Letters alone, small, without the marks that people leave out.
fn folded(text: &str) -> String {
    text.chars()
        .flat_map(char::to_lowercase)
        .filter(|c| c.is_alphanumeric())
        .map(|c| match c {
            'ā' | 'ä' => 'a',
            'ç' => 'c',
            'ē' | 'è' | 'ė' => 'e',
            'ī' => 'i',
            'ş' | 'š' => 's',
            'ū' | 'ü' => 'u',
            'ý' => 'y',
            'ё' => 'е',
            c => c,
        })
        .collect()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_town_is_found_by_all_its_names() {
        for (written, name) in
            [("Hudzhand", "Khujand"), ("Худжанд", "Khujand"), ("rezekne", "Rēzekne"), ("Нур-Султан", "Astana")]
        {
            assert_eq!(find(written).unwrap().name, name, "{written}");
        }
        assert_eq!(find("Atlantis"), None);
        assert_eq!(find(" — "), None);
    }

    #[test]
    fn a_name_holds_for_its_time() {
        let astana = find("Astana").unwrap();
        let on = |day: &str, language| astana.name(language, day.parse().unwrap());
        assert_eq!(on("2017-11-29", Language::Ru), "Астана");
        assert_eq!(on("2020-01-31", Language::En), "Nur-Sultan");
        assert_eq!(on("2020-01-31", Language::Ru), "Нур-Султан");
        assert_eq!(on("2022-09-17", Language::En), "Astana");
    }

    #[test]
    fn towns_of_the_region_lie_in_it() {
        for town in TOWNS {
            if let Some((latitude, longitude)) = town.at {
                assert!((2900..5600).contains(&latitude) && (4600..8800).contains(&longitude), "{town:?}");
            }
        }
    }
}
