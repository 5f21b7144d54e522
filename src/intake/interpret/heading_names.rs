//! What the headings are called: their usual names, and what else people write.

use crate::record::Sheet;

use super::headings::Heading;

use Heading as H;

/// English and Russian names, in the order of [`Heading`].
pub(super) const NAMES: [(&str, &str); H::COUNT] = [
    ("Title", "Название"),
    ("Type", "Вид"),
    ("ID", "Код"),
    ("Reporting period", "Отчётный период"),
    ("Component", "Компонент"),
    ("Start date", "Дата начала"),
    ("End date", "Дата окончания"),
    ("Status", "Статус"),
    ("Place", "Место проведения"),
    ("Host country", "Страна проведения"),
    ("Scope", "Охват"),
    ("Countries", "Страны"),
    ("Agencies", "Ведомства"),
    ("Partners", "Партнёры"),
    ("Participants", "Участники"),
    ("Women", "Женщины"),
    ("Men", "Мужчины"),
    ("Summary", "Краткое описание"),
    ("Outputs", "Результаты"),
    ("Photo", "Фото"),
    ("Activity ID", "Код мероприятия"),
    ("Country", "Страна"),
    ("Agency", "Ведомство"),
    ("Item", "Наименование"),
    ("Recipient country", "Страна-получатель"),
    ("Maker", "Производитель"),
    ("Quantity", "Количество"),
    ("Unit value EUR", "Цена за единицу, евро"),
    ("Total value EUR", "Стоимость, евро"),
    ("Recipient agency", "Получатель"),
    ("Handover date", "Дата передачи"),
    ("Purpose", "Назначение"),
    ("Body", "Орган"),
    ("Date", "Дата"),
    ("Number", "Номер"),
    ("Agenda item", "Пункт повестки дня"),
    ("Decision", "Решение"),
    ("Action point", "Поручение"),
    ("Responsible", "Ответственный"),
    ("Due date", "Срок"),
    ("Planned start", "Планируемое начало"),
    ("Planned end", "Планируемое окончание"),
    ("Reason", "Причина"),
    ("Challenge", "Трудность"),
    ("Mitigation", "Меры по смягчению"),
    ("Priority", "Приоритет"),
    ("Horizon", "Горизонт"),
    ("Code", "Код"),
    ("Indicator", "Показатель"),
    ("Unit", "Единица измерения"),
    ("Level", "Уровень"),
    ("Baseline", "Исходное значение"),
    ("Baseline year", "Год исходного значения"),
    ("Target", "Целевое значение"),
    ("Target year", "Год целевого значения"),
    ("Current", "Текущее значение"),
    ("As of", "По состоянию на"),
    ("Source", "Источник"),
    ("Risk", "Риск"),
    ("Likelihood", "Вероятность"),
    ("Impact", "Воздействие"),
    ("Category", "Категория"),
    ("Trend", "Тенденция"),
    ("Heading", "Статья"),
    ("Budget EUR", "Бюджет, евро"),
    ("Spent in period EUR", "Израсходовано за период, евро"),
    ("Spent to date EUR", "Израсходовано с начала проекта, евро"),
    ("Committed EUR", "Обязательства, евро"),
    ("Month", "Месяц"),
    ("No.", "№"),
    ("Note", "Примечание"),
];

/// Other names of a heading on a sheet, each a whole heading; `|` parts them.
pub(super) fn aliases(sheet: Sheet, heading: Heading) -> &'static str {
    match heading {
        H::Title => match sheet {
            Sheet::Plan => {
                "activity|planned activity|activity title|name|activity name|name of activity|мероприятие|название мероприятия|наименование|наименование мероприятия|запланированное мероприятие|планируемое мероприятие|наименование планируемого мероприятия|тема"
            }
            _ => {
                "activity|activity title|title of activity|name|activity name|name of activity|event|event title|event name|topic|theme|мероприятие|название мероприятия|наименование|наименование мероприятия|тема|тема мероприятия|заголовок"
            }
        },
        H::Type => {
            "activity type|type of activity|kind|activity kind|event type|type of event|format|тип|тип мероприятия|вид мероприятия|форма|форма мероприятия|форма проведения"
        }
        H::Id => match sheet {
            Sheet::Equipment => {
                "equipment id|item id|код|код оборудования|ид|идентификатор|ref|reference|id no|equipment code"
            }
            Sheet::Plan => {
                "plan id|item id|activity id|код|код плана|код пункта|ид|идентификатор|ref|reference|activity code"
            }
            _ => {
                "activity id|activity code|activity no|activity number|activity ref|event id|код мероприятия|ид|идентификатор|ref|reference|ref no|id no|unique id|номер мероприятия|id мероприятия|ид мероприятия|шифр"
            }
        },
        H::ReportingPeriod => {
            "period|report period|quarter|reporting quarter|период|квартал|отчетный квартал|период отчета|отчетность за"
        }
        H::Component => {
            "component no|component number|programme component|компонент программы|номер компонента|тематическое направление|направление"
        }
        H::StartDate => {
            "start|starts|begin|begins|from|date from|start of activity|first day|date|dates|date s|date of activity|activity date|activity dates|date of event|event date|начало|начала|с|дата|даты|дата с|дата проведения|даты проведения|дата мероприятия|дата начала мероприятия|срок проведения|сроки проведения|период проведения|время проведения|сроки|первый день"
        }
        H::EndDate => {
            "end|ends|finish|to|until|date to|date until|last day|end of activity|окончание|конец|завершение|по|дата по|дата завершения|дата конца|последний день|дата окончания мероприятия|дата окончание"
        }
        H::Status => {
            "state|activity status|implementation status|status of activity|состояние|статус мероприятия|статус выполнения|состояние выполнения|выполнение|delivery status|handover status|статус поставки|статус передачи|отметка об исполнении|статус исполнения|исполнение"
        }
        H::Place => match sheet {
            Sheet::Equipment => {
                "location|city|town|venue|bcp|border crossing point|пункт пропуска|кпп|place of handover|место|город|населенный пункт|место передачи|место установки|местонахождение"
            }
            _ => {
                "location|city|town|venue|place of activity|event place|место|город|населенный пункт|площадка|место мероприятия"
            }
        },
        H::HostCountry => {
            "host|hosting country|country host|country of activity|held in|country held|country of venue|venue country|принимающая страна|страна мероприятия|страна места проведения|где проведено"
        }
        H::Scope => "coverage|level|activity scope|уровень|масштаб|охват мероприятия|география",
        H::Countries => {
            "country|countries involved|participating countries|participant countries|involved countries|beneficiary countries|beneficiary country|country ies|country countries|страна|страны участники|страны участницы|страна участник|страна ы|участвующие страны|вовлеченные страны|страны бенефициары"
        }
        H::Agencies => {
            "agency|agency ies|beneficiary agencies|beneficiaries|participating agencies|agencies involved|organisations|organizations|institutions|services|ведомство|ведомство а|ведомства участники|учреждения|организации|организация|службы|бенефициары|участвующие ведомства"
        }
        H::Partners => {
            "partner|partner organisations|partner organizations|implementing partners|experts from|партнер|партнеры исполнители|партнерские организации"
        }
        H::Participants if matches!(sheet, Sheet::Participants) => {
            "total|всего|итого|number|no of persons|qty|quantity|кол во|количество|численность|participants total|total participants|number of participants|no of participants|participant number|participants number|of participants|persons|people|people trained|number of people|attendance|total number of participants|participants all|participants reported|total persons|head count|headcount|участников|всего участников|участники всего|количество участников|число участников|кол во участников|общее количество участников|общее число участников|количество человек|кол во человек|кол во чел|количество чел|число чел|чел|человек"
        }
        H::Participants => {
            "total|всего|participants total|total participants|number of participants|no of participants|participant number|participants number|of participants|persons|people|people trained|number of people|attendance|total number of participants|participants all|participants reported|total persons|head count|headcount|участников|всего участников|участники всего|количество участников|число участников|кол во участников|общее количество участников|общее число участников|количество человек|чел|человек|кол во человек|кол во чел|количество чел|число чел|participants reported by agency"
        }
        H::Women => {
            "women total|participants women|women participants|female|females|f|female participants|number of women|no of women|of whom women|of which women|incl women|including women|w|жен|женщин|ж|из них женщин|из них женщины|из них жен|из них ж|в т ч женщин|в т ч женщины|в т ч жен|в том числе жен|в том числе женщин|в том числе женщины|вт ч женщин|количество женщин|число женщин|участники женщины|участников женщин"
        }
        H::Men => {
            "men total|participants men|men participants|male|males|m|male participants|number of men|no of men|of whom men|of which men|including men|муж|мужчин|м|из них мужчин|из них мужчины|из них муж|из них м|в т ч мужчин|в т ч мужчины|в т ч муж|в том числе муж|в том числе мужчин|в том числе мужчины|вт ч мужчин|количество мужчин|число мужчин|участники мужчины|участников мужчин"
        }
        H::Summary => {
            "description|narrative|short description|brief description|activity summary|details|content|summary of activity|описание|содержание|краткое содержание|резюме|краткое резюме|итоги|ход мероприятия"
        }
        H::Outputs => {
            "output|results|result|deliverables|outcome|outcomes|результат|итог|непосредственные результаты|достигнутые результаты|основные результаты|main results|key results|main outputs|выход"
        }
        H::Photo => "photos|picture|pictures|image|photo file|фотография|фотографии|фото файл|снимок",
        H::ActivityId => {
            "activity|id|activity code|activity no|activity number|activity ref|event id|код|ид|id мероприятия|ид мероприятия|номер мероприятия|мероприятие|activity reference|шифр мероприятия"
        }
        H::Country => {
            "countries|country name|participant country|country of origin|country ies|beneficiary country|beneficiary countries|страны|страна участников|страна участников мероприятия|страна ы|страна бенефициар|название страны"
        }
        H::Agency => {
            "agencies|organisation|organization|institution|service|participant agency|beneficiary agency|ведомства|учреждение|организация|служба|название ведомства"
        }
        H::Item => {
            "equipment|equipment item|item name|name of item|name|description of item|title|equipment name|оборудование|название|наименование оборудования|название оборудования|предмет|позиция"
        }
        H::RecipientCountry => {
            "country|beneficiary country|recipient country code|country of recipient|страна|страна получатель|страна получателя|страна бенефициар|получатель страна"
        }
        H::Maker => {
            "manufacturer|brand|make|maker model|model|producer|make and model|изготовитель|марка|модель|бренд|производитель модель|марка и модель|марка модель|модель марка|brand model|тип модель"
        }
        H::Quantity => {
            "qty|number|number of units|units|no of items|pcs|count|кол во|количество единиц|число единиц|штук|шт|количество шт"
        }
        H::UnitValueEur => {
            "unit value|unit price|unit price eur|price per unit|value per unit|unit cost|unit cost eur|price|price eur|cost per unit|цена|цена за единицу|цена евро|стоимость единицы|стоимость единицы евро|стоимость за единицу|стоимость за единицу евро|цена за ед|цена за ед евро"
        }
        H::TotalValueEur => {
            "total value|value eur|value|total|total price|total price eur|total cost|total cost eur|amount|amount eur|cost eur|cost|total eur|стоимость|общая стоимость|общая стоимость евро|сумма|сумма евро|всего|итого|всего евро|итого евро|общая сумма|общая сумма евро|полная стоимость"
        }
        H::RecipientAgency => {
            "agency|recipient|beneficiary|beneficiary agency|recipient organisation|recipient organization|recipient institution|handed over to|ведомство|ведомство получатель|организация получатель|бенефициар|получатель ведомство|кому передано"
        }
        H::HandoverDate => {
            "date|date of handover|handed over on|delivery date|date handed over|transfer date|handover|дата|передано|дата поставки|дата вручения|дата передачи оборудования"
        }
        H::Purpose => "use|intended use|purpose of use|цель|для чего|предназначение|цель использования",
        H::Body => {
            "meeting|meeting body|committee|group|meeting name|meeting type|заседание|группа|совещание|название органа|орган заседание"
        }
        H::Date => "meeting date|date of meeting|held on|дата заседания|дата проведения|дата встречи",
        H::Number => "no|meeting no|meeting number|number of meeting|номер заседания|заседание номер",
        H::AgendaItem => {
            "agenda|item|agenda point|agenda topic|topic|повестка|повестка дня|пункт повестки|вопрос|вопрос повестки дня|вопрос повестки"
        }
        H::Decision => "decisions|decision taken|resolution|решения|принятое решение|постановление",
        H::ActionPoint => {
            "action|action points|action item|actions|follow up|task|поручения|задача|мера|действие|действия"
        }
        H::Responsible => {
            "owner|lead|responsible person|responsible party|responsible agency|responsible body|in charge|action owner|risk owner|lead partner|исполнитель|ответственное лицо|ответственная сторона|ответственное ведомство|владелец|ответственные|ответственный исполнитель"
        }
        H::DueDate => {
            "due|deadline|due by|by when|target date|срок исполнения|срок выполнения|крайний срок|дата исполнения|выполнить до"
        }
        H::PlannedStart => {
            "start|start date|planned start date|planned date|planned dates|date|dates|from|planned month|month|timing|planned from|начало|дата начала|плановая дата начала|планируемая дата|планируемая дата начала|дата|даты|сроки|срок|месяц|плановое начало|планируемый срок|планируемые даты|планируемые сроки|срок проведения|сроки проведения|период проведения|дата проведения|планируемый срок проведения|срок реализации"
        }
        H::PlannedEnd => {
            "end|end date|planned end date|to|until|planned to|окончание|дата окончания|плановая дата окончания|планируемая дата окончания|плановое окончание|завершение|дата завершения|планируемое завершение"
        }
        H::Reason => {
            "reason for change|reasons|reason for delay|explanation|justification|comment on status|причины|причина переноса|причина изменения|обоснование|пояснение|причина отмены"
        }
        H::Challenge => {
            "challenges|difficulty|problem|issue|challenge description|description|трудности|проблема|проблемы|вызов|вызовы|сложность|описание трудности|описание проблемы|проблемный вопрос|проблемные вопросы|сложности"
        }
        H::Mitigation => {
            "mitigation measures|mitigating measures|mitigation measure|response|measures|solution|mitigation action|action taken|меры|меры реагирования|смягчение|принятые меры|меры по снижению риска|меры по устранению|меры смягчения|способ решения|меры по снижению|меры снижения|пути решения|предлагаемые решения|предложения по решению|ways forward"
        }
        H::Priority => {
            "priorities|country priority|priority area|description|приоритеты|приоритет страны|приоритетное направление|приоритетная область|приоритеты страны"
        }
        H::Horizon => {
            "time horizon|timeframe|time frame|when|term|срок|временной горизонт|период реализации|сроки|горизонт планирования"
        }
        H::Code => "indicator code|id|no|ref|код показателя|код индикатора|номер|шифр",
        H::Indicator => {
            "indicator name|indicator statement|statement|name|title|индикатор|наименование показателя|название показателя|название индикатора|формулировка"
        }
        H::Unit => "unit of measure|unit of measurement|units|measure|ед изм|единица|единицы измерения|ед измерения",
        H::Level => "result level|logframe level|уровень результата|уровень показателя",
        H::Baseline => {
            "baseline value|base value|start value|базовое значение|исходный показатель|базовый показатель|исходное|базовое"
        }
        H::BaselineYear => "year of baseline|base year|базовый год|исходный год|год базового значения|год исходного",
        H::Target => "target value|goal|целевой показатель|цель|целевое|плановое значение",
        H::TargetYear => "year of target|целевой год|год достижения цели|год целевого|год достижения",
        H::Current => {
            "current value|actual|actual value|achieved|value to date|reached|достигнутое значение|фактическое значение|текущее|факт|достигнуто|фактически"
        }
        H::AsOf => {
            "as at|as of date|date of value|value date|current date|date|на дату|состояние на|дата значения|данные на|дата"
        }
        H::Source => {
            "source of verification|means of verification|sources|data source|источник проверки|источники|источник данных|средства проверки"
        }
        H::Risk => "risk description|risks|description|риски|описание риска|наименование риска",
        H::Likelihood => "probability|likelihood 1 5|probability 1 5|l|вероятность 1 5|вероятность риска",
        H::Impact => {
            "impact 1 5|severity|consequence|i|влияние|последствия|воздействие 1 5|степень воздействия|влияние 1 5|ущерб"
        }
        H::Category => "risk category|type|категория риска|вид|вид риска|тип риска",
        H::Trend => "tendency|direction|change|тренд|динамика|изменение",
        H::Heading => {
            "budget heading|budget line|line|item|cost category|budget item|name|title|статья бюджета|бюджетная статья|статья расходов|строка|наименование|наименование статьи|раздел|категория расходов"
        }
        H::BudgetEur => {
            "budget|approved budget|total budget|budget amount|amount|amount eur|planned eur|бюджет|утвержденный бюджет|сумма|сумма евро|план|план евро|утверждено|утверждено евро|предусмотрено"
        }
        H::SpentInPeriodEur => {
            "spent in period|spent this period|spent in the period|spent this quarter|expenditure in period|expenditure this period|spent in quarter|spent this period eur|spent in the period eur|израсходовано за период|расходы за период|расход за период|расходы за период евро|израсходовано в отчетном периоде|израсходовано за квартал|потрачено за период"
        }
        H::SpentToDateEur => {
            "spent to date|total spent|cumulative expenditure|expenditure to date|spent|cumulative spent|spent total|total spent eur|expenditure to date eur|израсходовано с начала проекта|израсходовано всего|расходы с начала проекта|израсходовано на дату|всего израсходовано|всего израсходовано евро|израсходовано|расходы с начала проекта евро|израсходовано нарастающим итогом"
        }
        H::CommittedEur => {
            "committed|commitments|commitments eur|contracted|принятые обязательства|обязательства|законтрактовано|принятые обязательства евро"
        }
        H::Month => "месяцы|месяц проведения",
        H::RowNumber => "n|nr|no|num|row|row no|s no|sn|serial no|n п п|пп|п п|номер|номер п п|n пп|nпп",
        H::Note => {
            "source label|notes|comment|comments|remark|remarks|примечания|комментарий|комментарии|заметки|пометки|замечания|прим|source paragraph|ambiguity"
        }
    }
}
