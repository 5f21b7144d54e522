//! Towns we know, by all their names, and the country each lies in.

use std::collections::{BTreeMap, HashMap};

use crate::recipient::Country;

use super::text::{nearest, plain, skeleton};

/// Country, usual name, and other names parted by `|`. Names and countries from `GeoNames`
/// (CC BY 4.0) and the programme's own pages.
const PLACES: &[(&str, &str, &str)] = &[
    ("KZ", "Astana", "Астана|Nur-Sultan|Nursultan|Нур-Султан|Нурсултан"),
    ("KZ", "Almaty", "Алматы|Alma-Ata|Алма-Ата"),
    ("KZ", "Shymkent", "Шымкент|Chimkent|Чимкент"),
    ("KZ", "Aktau", "Актау|Aqtau"),
    ("KZ", "Atyrau", "Атырау"),
    ("KZ", "Karaganda", "Караганда|Karagandy|Қарағанды"),
    ("KZ", "Taraz", "Тараз"),
    ("KZ", "Pavlodar", "Павлодар"),
    ("KZ", "Kostanay", "Костанай|Kostanai|Қостанай"),
    ("KZ", "Oral", "Уральск|Uralsk|Орал"),
    ("KZ", "Aktobe", "Актобе|Aqtobe"),
    ("KZ", "Kyzylorda", "Кызылорда|Qyzylorda"),
    ("KZ", "Turkestan", "Туркестан|Turkistan"),
    ("KZ", "Taldykorgan", "Талдыкорган"),
    ("KZ", "Khorgos", "Хоргос|Korgas|Коргас|Horgos"),
    ("KZ", "Saryagash", "Сарыагаш"),
    ("KG", "Bishkek", "Бишкек"),
    ("KG", "Osh", "Ош"),
    ("KG", "Karakol", "Каракол"),
    ("KG", "Batken", "Баткен"),
    ("KG", "Jalal-Abad", "Джалал-Абад|Jalalabad|Djalal-Abad"),
    ("KG", "Naryn", "Нарын"),
    ("KG", "Talas", "Талас"),
    ("KG", "Cholpon-Ata", "Чолпон-Ата"),
    ("KG", "Issyk-Kul", "Иссык-Куль|Ysyk-Kol|Issyk Kul"),
    ("KG", "Tokmok", "Токмок"),
    ("KG", "Isfana", "Исфана"),
    ("TJ", "Dushanbe", "Душанбе"),
    ("TJ", "Khujand", "Худжанд|Hudzhand|Khudjand|Хуҷанд|Khojand|Hujand"),
    ("TJ", "Isfara", "Исфара"),
    ("TJ", "Panjakent", "Пенджикент|Penjikent|Pendjikent|Panjikent|Панҷакент"),
    ("TJ", "Khorog", "Хорог|Khorugh"),
    ("TJ", "Bokhtar", "Бохтар|Kurgan-Tube|Qurghonteppa|Курган-Тюбе"),
    ("TJ", "Kulob", "Куляб|Kulyab|Кӯлоб"),
    ("TJ", "Tursunzoda", "Турсунзаде|Tursunzade"),
    ("TJ", "Konibodom", "Канибадам|Kanibadam"),
    ("TM", "Ashgabat", "Ашхабад|Aşgabat|Ashkhabad|Ашгабат"),
    ("TM", "Mary", "Мары"),
    ("TM", "Türkmenbaşy", "Туркменбаши|Turkmenbashi|Turkmenbashy"),
    ("TM", "Turkmenabat", "Туркменабат|Türkmenabat|Chardzhou"),
    ("TM", "Dashoguz", "Дашогуз|Daşoguz"),
    ("TM", "Awaza", "Аваза|Avaza"),
    ("TM", "Serhetabat", "Серхетабат"),
    ("UZ", "Tashkent", "Ташкент|Toshkent|Тошкент"),
    ("UZ", "Samarkand", "Самарканд|Samarqand"),
    ("UZ", "Bukhara", "Бухара|Buxoro|Bokhara"),
    ("UZ", "Termez", "Термез|Termiz"),
    ("UZ", "Nukus", "Нукус"),
    ("UZ", "Urgench", "Ургенч|Urganch"),
    ("UZ", "Andijan", "Андижан|Andijon"),
    ("UZ", "Fergana", "Фергана|Ferghana|Farg'ona"),
    ("UZ", "Namangan", "Наманган"),
    ("UZ", "Karshi", "Карши|Qarshi"),
    ("UZ", "Navoi", "Навои|Navoiy"),
    ("UZ", "Khiva", "Хива|Xiva"),
    ("AF", "Kabul", "Кабул"),
    ("AF", "Mazar-i-Sharif", "Мазари-Шариф|Mazar-e-Sharif|Mazar-e Sharif"),
    ("AF", "Hairatan", "Хайратон|Hayratan"),
    ("AF", "Herat", "Герат"),
    ("AF", "Kunduz", "Кундуз"),
    ("LV", "Riga", "Рига|Rīga"),
    ("LV", "Rēzekne", "Резекне"),
    ("LV", "Ludza", "Лудза"),
    ("LV", "Daugavpils", "Даугавпилс"),
    ("LV", "Jūrmala", "Юрмала"),
    ("LT", "Vilnius", "Вильнюс"),
    ("LT", "Medininkai", "Медининкай"),
    ("LT", "Kaunas", "Каунас"),
    ("LT", "Klaipėda", "Клайпеда"),
    ("EE", "Tallinn", "Таллин|Таллинн"),
    ("AT", "Vienna", "Вена|Wien"),
    ("HU", "Budapest", "Будапешт"),
    ("PL", "Warsaw", "Варшава|Warszawa"),
    ("IT", "Rome", "Рим|Roma"),
    ("PT", "Lisbon", "Лиссабон|Lisboa"),
    ("DE", "Berlin", "Берлин"),
    ("BE", "Brussels", "Брюссель|Bruxelles"),
    ("FI", "Helsinki", "Хельсинки"),
    ("CZ", "Prague", "Прага|Praha"),
    ("FR", "Paris", "Париж"),
    ("CH", "Geneva", "Женева|Genève"),
    ("TR", "Ankara", "Анкара"),
    ("TR", "Istanbul", "Стамбул"),
    ("RU", "Moscow", "Москва"),
    ("GE", "Tbilisi", "Тбилиси"),
    ("AZ", "Baku", "Баку"),
    ("AM", "Yerevan", "Ереван"),
    ("MN", "Ulaanbaatar", "Улан-Батор"),
];

/// What we know of a place that was typed.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(super) enum Found<'a> {
    /// A town of ours, by its usual name.
    Known { name: &'a str, country: Option<Country> },
    /// Nothing known, but this is near enough to be a slip.
    Near(&'a str),
    /// Not known: kept as typed.
    Unknown,
}

/// All places, by all their names.
#[derive(Debug)]
pub(super) struct Places {
    names: HashMap<String, (String, Option<Country>)>,
}

impl Places {
    pub(super) fn new(further: &BTreeMap<String, String>) -> Self {
        let mut names = HashMap::new();
        for (code, usual, others) in PLACES {
            for name in std::iter::once(*usual).chain(others.split('|')) {
                names.entry(skeleton(name)).or_insert(((*usual).to_owned(), Country::new(code)));
            }
        }
        for (written, usual) in further {
            let country = names.get(&skeleton(usual)).and_then(|found| found.1);
            names.insert(skeleton(written), (usual.clone(), country));
        }
        Self { names }
    }

    /// Looks a place up, as typed, without `г.` or `city of`, or before a comma.
    pub(super) fn find(&self, typed: &str) -> Found<'_> {
        if let Some((name, country)) = self.by_name(typed) {
            return Found::Known { name, country: *country };
        }
        let single_word = !typed.contains([' ', ',', ';', '/', '(']);
        if single_word && typed.chars().count() > 4 {
            let names = PLACES.iter().flat_map(|(_, usual, others)| std::iter::once(*usual).chain(others.split('|')));
            if let Some(near) = nearest(typed, names)
                && strsim::osa_distance(&skeleton(near), &skeleton(typed))
                    <= if typed.chars().count() < 8 { 1 } else { 2 }
            {
                return Found::Near(near);
            }
        }
        Found::Unknown
    }

    fn by_name(&self, typed: &str) -> Option<&(String, Option<Country>)> {
        if let Some(found) = self.names.get(&skeleton(typed)) {
            return Some(found);
        }
        let plain = plain(typed);
        let bare = ["г. ", "г.", "город ", "city of ", "the city of ", "пос. "]
            .iter()
            .find_map(|p| plain.strip_prefix(p))
            .unwrap_or(&plain)
            .trim_end_matches(" city");
        self.names.get(&skeleton(bare)).or_else(|| {
            let (town, rest) = bare.split_once([',', '('])?;
            // `Osh, Kyrgyzstan` is the town; `Osh, Hotel Park` is more than the town.
            let _ = rest;
            self.names.get(&skeleton(town))
        })
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn one_town_has_many_names() {
        let places = Places::new(&BTreeMap::new());
        let tj = Country::new("TJ");
        for typed in ["Hudzhand", "Khujand", "Худжанд", "Хуҷанд", "г. Худжанд", "Khujand, Tajikistan"]
        {
            assert_eq!(places.find(typed), Found::Known { name: "Khujand", country: tj }, "{typed}");
        }
        assert_eq!(places.find("Rezekne"), Found::Known { name: "Rēzekne", country: Country::new("LV") });
        assert_eq!(places.find("Bishkeck"), Found::Near("Bishkek"));
        assert_eq!(places.find("Dostuk crossing point"), Found::Unknown);
        assert_eq!(places.find("Atlantis"), Found::Unknown);
        assert_eq!(places.find("Aktash"), Found::Unknown);
    }
}
