# Русский: диаграммы отчёта, которые сами находят для себя слова: вывод, что измерено, источник
# и то, что читают вслух тем, кто не видит рисунка.

## Диагностика
stacked-source-unknown = ожидалось, из чего составить столбцы, найдено `{ $found }`
    .hint = используйте одно из: { $known }
stacked-source-unknown-near = { stacked-source-unknown }
    .hint = возможно, имелось в виду `{ $nearest }`

## Составные столбцы
sex-women = женщины
sex-men = мужчины
sex-unknown = пол не указан
agency-not-stated = ведомство не указано
stacked-other-types = прочие виды
stacked-others = ещё { NUM($n) }
stacked-sex-finding = { $known ->
    [0] Данных о числе женщин нет
   *[other] Женщины — { $share } участников, чей пол указан
}
stacked-sex-measure = Участники по { $measured ->
    [component] компонентам
    [agency] ведомствам
   *[other] странам
} и полу, число
stacked-sex-source = Данные об участниках — по { NUM($reported) } из { NUM($of) } мероприятий.{ $unknown ->
    [0] {""}
   *[other] {" "}Пол не указан у { NUM($unknown) } { $unknown ->
        [one] участника.
       *[other] участников.
    }
}
stacked-types-finding = { $total ->
    [0] Мероприятий не было
   *[other] { $most } — { NUM($most-count) } из { NUM($total) } { $total ->
        [one] мероприятия
       *[other] мероприятий
    }
}
stacked-types-measure = Мероприятия по стране проведения и виду, число; каждое учтено один раз
stacked-types-source = Источник: листы «Мероприятия».

## Риски
column-key = №
likelihood-1 = крайне маловероятно
likelihood-2 = маловероятно
likelihood-3 = возможно
likelihood-4 = вероятно
likelihood-5 = почти наверняка
impact-1 = ничтожное
impact-2 = слабое
impact-3 = умеренное
impact-4 = сильное
impact-5 = тяжёлое
risk-level-low = низкий
risk-level-middle = средний
risk-level-high = высокий
risk-level-very-high = очень высокий
matrix-likelihood = Вероятность
matrix-impact = Воздействие
matrix-finding = { $total ->
    [0] Риски не названы
   *[other] { $serious ->
        [0] Высоких рисков нет
        [one] Высокий или очень высокий — { WORDS($serious, gender: "m") } из { WORDS($total, gender: "m", case: "gen") } { $total ->
            [one] риска
           *[other] рисков
        }
       *[other] Высоких и очень высоких — { WORDS($serious, gender: "m") } из { WORDS($total, gender: "m", case: "gen") } рисков
    }
}
matrix-measure = Риски по вероятности и воздействию, каждое от 1 до 5
matrix-source = Обозначения — как в таблице рисков. Уровень — произведение вероятности на воздействие: до 4 — низкий, до 9 — средний, от 10 — высокий, от 15 — очень высокий.
matrix-told = { $key }, { $risk }: вероятность — { $likelihood }, воздействие — { $impact }, уровень — { $level }.

## Логическая матрица
progress-baseline = исходное
progress-current = текущее значение
progress-target = целевое
progress-none = не указано
progress-no-current = текущее значение не представлено
progress-current-only = сейчас { $value }; продвижение измерить нельзя
progress-finding = { $known ->
    [0] Ни по одному показателю продвижение к цели измерить нельзя
   *[other] { $half ->
        [0] Ни один показатель ещё не прошёл половины пути к цели
        [one] Половину пути к цели или больше прошёл { WORDS($half, gender: "m") } из { WORDS($known, gender: "m", case: "gen") } { $known ->
            [one] показателя
           *[other] показателей
        }
       *[other] Половину пути к цели или больше прошли { WORDS($half, gender: "m") } из { WORDS($known, gender: "m", case: "gen") } показателей
    }
}
progress-measure = Текущее значение между исходным (слева) и целевым (вертикальная черта); у каждого показателя своя единица
progress-source = Текущие значения представлены по { NUM($current) } из { NUM($total) } показателей.
progress-told = { $code } { $indicator }, { $unit }: исходное значение — { $baseline }, текущее — { $current }, целевое — { $target }.

## Бюджет
spent-spent = израсходовано
spent-committed = принято обязательств
spent-left = остаток
spent-over = сверх бюджета
spent-not-reported = данных о расходах нет
spent-unknown = нет данных
spent-finding = { $over ->
    [0] { $reported ->
        [0] Данных о расходах нет
       *[other] Израсходовано { $rate } бюджета
    }
    [one] Израсходовано { $rate } бюджета; по одной статье бюджет превышен
   *[other] Израсходовано { $rate } бюджета; бюджет превышен по { WORDS($over, gender: "f", case: "dat") } статьям
}
spent-measure = Бюджет по статьям, в целых евро; вертикальная черта — бюджет
spent-source = Данные о расходах — по { NUM($reported) } из { NUM($of) } статей. Всего израсходовано { $spent } из { $budget }, принято обязательств ещё на { $committed }.
spent-told = { $heading }: бюджет { $budget }, израсходовано { $spent }, принято обязательств на { $committed }, { $is-over ->
    [1] сверх бюджета { $over }.
   *[other] остаток { $left }.
}
spent-told-blank = { $heading }: бюджет { $budget }, данных о расходах нет.

## Карта
map-also = Также (не уместились на карте):
map-abroad = За пределами региона
map-elsewhere = В других местах
map-no-town = город не указан
map-no-town-title = Город не указан
map-no-place = место не указано
map-no-place-title = Место не указано
map-place = Место
map-activities = Мероприятия
map-more = … и ещё { $n ->
    [one] { NUM($n) } мероприятие
    [few] { NUM($n) } мероприятия
   *[other] { NUM($n) } мероприятий
} в { $places ->
    [one] { NUM($places) } месте
   *[other] { NUM($places) } местах
}; все — в приложении
map-by-town = У { WORDS($by-town, gender: "n", case: "gen") } { $by-town ->
    [one] мероприятия назван город, но не страна проведения: на карте оно стоит
   *[other] мероприятий назван город, но не страна проведения: на карте они стоят
} там, где находится этот город, а в показателях страна проведения остаётся неуказанной.
map-finding = { $shown ->
    [0] { $one-country ->
        [1] Города { $in-country } не указаны
       *[other] Города региона не указаны
    }
   *[other] { $towns ->
        [1] Все мероприятия, город которых известен, прошли в одном городе: { $most }
       *[other] { $one-country ->
            [1] Мероприятия { $in-country } прошли в { WORDS($towns, gender: "m", case: "prep") } городах
           *[other] Мероприятия прошли в { WORDS($towns, gender: "m", case: "prep") } городах региона
        }{ $most-towns ->
            [1] ; больше всего — { $most }: { NUM($most-count) }
           *[other] { "" }
        }
    }
}
map-measure = Мероприятия по городам, число; площадь круга показывает число
map-source = { $rest ->
    [0] На карте показаны все мероприятия: { NUM($total) }.
   *[other] На карте показано { NUM($shown) } из { NUM($total) }; остальные перечислены рядом.
}

## По дням
timeline-regional = Региональные
timeline-abroad = За пределами региона
timeline-unknown = Страна проведения не указана
timeline-undated = без даты
timeline-none = нет
timeline-ids = Рядом с полосами — номера мероприятий, названия — в списке всех мероприятий.
timeline-bare = Мероприятий слишком много, чтобы подписать каждую полосу: названия и даты — в списке всех мероприятий.
timeline-crowded = Мероприятий слишком много, чтобы показать каждое: числа говорят, сколько завершилось в каждый промежуток.
timeline-finding = { $dated ->
    [0] Даты мероприятий не указаны
   *[other] { $busy-count ->
        [1] Ни в одну неделю не проходило больше одного мероприятия
       *[other] { $busy-weeks ->
            [1] Самая насыщенная неделя — { $busy-week }: { $busy-count ->
                [one] { NUM($busy-count) } мероприятие
                [few] { WORDS($busy-count, gender: "n") } мероприятия
               *[other] { WORDS($busy-count, gender: "n") } мероприятий
            }
           *[other] Самых насыщенных недель — { WORDS($busy-weeks, gender: "f") }: по { $busy-count ->
                [one] { NUM($busy-count) } мероприятию
                [few] { WORDS($busy-count, gender: "n") } мероприятия
               *[other] { WORDS($busy-count, gender: "n") } мероприятий
            } в каждой
        }
    }
}
timeline-measure = Мероприятия по стране проведения и дням; региональные — в верхней строке; числа под месяцами — понедельники
timeline-source = { $undated ->
    [0] Даты указаны у всех мероприятий: { NUM($total) }.
   *[other] Даты указаны у { NUM($dated) } из { NUM($total) } мероприятий; без даты — { NUM($undated) }, в последнем столбце.
}

## Календарь
weekday-1 = пн
weekday-2 = вт
weekday-3 = ср
weekday-4 = чт
weekday-5 = пт
weekday-6 = сб
weekday-7 = вс
calendar-handover = ожидаемая передача оборудования
calendar-undated = Дата пока не назначена:
calendar-month-only = день не назначен
calendar-none = ничего не запланировано
calendar-finding = { $busy-count ->
    [0] Даты запланированного на { $months } пока не назначены
   *[other] { $total ->
        [1] На { $months } запланировано одно мероприятие
       *[other] На { $months } запланировано { WORDS($total, gender: "n") } { $total ->
            [one] мероприятие
            [few] мероприятия
           *[other] мероприятий
        }{ $busy-months ->
            [1] , больше всего — { $busy }
           *[other] { "" }
        }
    }
}
calendar-measure = Запланированное по месяцу начала; занятые дни отмечены
calendar-source = { $undated ->
    [0] Источник: листы «План»; даты назначены у всего запланированного.
   *[other] Источник: листы «План»; без даты — { NUM($undated) } из { NUM($total) }.
}
