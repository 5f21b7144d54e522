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
matrix-source = Обозначения — как в таблице рисков. Уровень — произведение вероятности на воздействие: до 4 — низкий, до 9 — средний, до 14 — высокий, от 15 — очень высокий.
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
