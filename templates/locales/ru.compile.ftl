# Русский: шаблоны отчётов и их составление.

template-missing = ожидался шаблон отчёта, файла здесь нет
    .hint = укажите имя папки в `templates/report/`
locale-unreadable = файл строк не читается: { $problem }
    .hint = исправьте строку или удалите файл, чтобы вернуться к встроенным строкам
template-undefined-name = ожидалось имя, известное шаблону, найдено `{ $found }`
    .hint = проверьте написание; перечень имён — в начале встроенного шаблона
template-unknown-function = ожидалась функция или фильтр, известные шаблону, найдено `{ $found }`
    .hint = проверьте написание; перечень — в начале встроенного шаблона
template-syntax = скобки не читаются: { $found }
    .hint = проверьте, что у каждой {"{{"} есть {"}}"}, а у каждой {"{%"} — {"%}"}
template-include-missing = ожидался файл рядом с шаблоном, его нет: { $found }
    .hint = положите файл в папку отчёта или уберите строку
template-too-much-work = шаблон выполняет больше работы, чем положено отчёту
    .hint = поищите бесконечный или вложенный цикл
template-failed = строка не вычисляется: { $found }
    .hint = сравните её со встроенным шаблоном
template-image = ожидался текст, найдено изображение `{ $found }`
    .hint = уберите изображение; из шаблонов они не печатаются
sentence-unknown = ожидалось имя строки, найдено `{ $found }`
    .hint = проверьте написание или добавьте строку в `templates/locales/en.ftl` и `ru.ftl`
figure-unknown = ожидалось имя показателя, найдено `{ $found }`
    .hint = возьмите имя из файла, который пишет `compile --facts`
figure-unknown-near = { figure-unknown }
    .hint = возможно, имелось в виду `{ $nearest }`
block-unknown = ожидался блок: { $known }; найдено `{ $found }`
    .hint = исправьте слово после обратных кавычек
block-unknown-near = { block-unknown }
    .hint = возможно, имелось в виду `{ $nearest }`
block-line-without-colon = в блоке `{ $block }` ожидалось «параметр: значение», найдено «{ $found }»
    .hint = поставьте двоеточие после имени параметра
block-option-unknown = ожидался параметр блока `{ $block }`, найдено `{ $found }`
    .hint = возможные значения: { $known }
block-option-unknown-near = { block-option-unknown }
    .hint = возможно, имелось в виду `{ $nearest }`
block-option-missing = блоку `{ $block }` нужен параметр `{ $option }`
    .hint = добавьте строку `{ $option }: …`
block-value-unknown = для `{ $option }` ожидалось одно из: { $known }; найдено `{ $found }`
    .hint = возможные значения: { $known }
block-value-unknown-near = { block-value-unknown }
    .hint = возможно, имелось в виду `{ $nearest }`
block-number-expected = для `{ $option }` ожидалось целое число, найдено `{ $found }`
    .hint = напишите только цифры
block-inside-list = блок `{ $block }` стоит внутри списка или цитаты
    .hint = начните его с левого края, после пустой строки
table-source-unknown = ожидалось то, из чего делать таблицу, найдено `{ $found }`
    .hint = возможные значения: { $known }
table-source-unknown-near = { table-source-unknown }
    .hint = возможно, имелось в виду `{ $nearest }`
table-column-unknown = ожидался столбец таблицы `{ $source }`, найдено `{ $found }`
    .hint = возможные значения: { $known }
table-column-unknown-near = { table-column-unknown }
    .hint = возможно, имелось в виду `{ $nearest }`
bars-source-unknown = ожидалось семейство показателей, найдено `{ $found }`
    .hint = возможные значения: { $known }
bars-source-unknown-near = { bars-source-unknown }
    .hint = возможно, имелось в виду `{ $nearest }`
link-leads-nowhere = ссылка `#{ $found }` не ведёт ни к одному заголовку
    .hint = напишите {"{"}#{ $found }{"}"} после нужного заголовка
edition-unknown = ожидался пустой выпуск или код страны программы, найдено `{ $found }`
    .hint = выберите одно из: { $known }
edition-unknown-near = { edition-unknown }
    .hint = возможно, имелось в виду `{ $nearest }`
block-country-unknown = ожидался код страны, о которой есть страницы в этом выпуске, найдено `{ $found }`
    .hint = выберите одно из: { $known }
block-country-unknown-near = { block-country-unknown }
    .hint = возможно, имелось в виду `{ $nearest }`
equipment-and-budget-differ = по статье «{ $heading }» за период израсходовано { $spent } евро, а переданное оборудование стоит { $value } евро ({ $cells })
    .hint = исправьте одно из двух или назовите статью бюджета по тому, что ещё из неё оплачено
indicator-and-count-differ = текущее значение показателя { $indicator } — { $current }, а подсчёт { $figure } даёт { $count } ({ $cells })
    .hint = исправьте показатель или строки, которые подсчитаны
plan-and-activity-differ = в плане статус { $id } — { $planned ->
    [planned] «запланировано»
    [ongoing] «выполняется»
    [postponed] «перенесено»
    [cancelled] «отменено»
   *[done] «выполнено»
}, а у мероприятия { $id } — { $done ->
    [planned] «запланировано»
    [ongoing] «выполняется»
    [postponed] «перенесено»
    [cancelled] «отменено»
   *[done] «выполнено»
} ({ $cell })
    .hint = укажите один и тот же статус
budget-does-not-follow = по статье «{ $heading }» с начала израсходовано { $to-date } евро, но { $then } евро на конец прошлого периода ({ $cell }) и { $spent } евро за этот дают другую сумму
    .hint = исправьте одно из трёх или пришлите бюджет прошлого периода ещё раз
budget-total-differs = в строке итога указано { $found }, а сумма строк над ней — { $sum }
    .hint = исправьте итог или строки
action-points-do-not-follow = на конец прошлого периода открытых поручений — { NUM($left) } ({ $left-cells }), а в списке этого периода перенесено — { NUM($taken) } ({ $taken-cells })
    .hint = перечислите все открытые поручения с их нынешним статусом
figures-disagree = две суммы отчёта не сходятся, это ошибка программы: { $detail }
    .hint = пришлите нам книги; не рассылайте этот отчёт
glyph-missing = в слове «{ $word }» есть { $n ->
    [1] знак, которого
   *[other] знаки, которых
} нет в шрифтах отчёта ({ $characters })
    .hint = напишите это латиницей или кириллицей либо положите в `templates/fonts` шрифт с { $n ->
    [1] этим знаком
   *[other] этими знаками
}
theme-unreadable = оформление отчёта не читается: { $problem }
    .hint = исправьте строку или удалите файл, чтобы вернуться к встроенному оформлению
font-unusable = { $problem }
    .hint = положите туда шрифт TrueType с этим именем или удалите файл, чтобы вернуться к встроенному
pdf-not-written = не удалось записать PDF: { $problem }
    .hint = уберите свои шрифты из `templates/fonts`; если повторится, сообщите нам

## Выпуски
run-held-row = строка { $row }
run-held-rows = { $n ->
    [one] ошибки в { NUM($n) } строке
   *[many] ошибки в { NUM($n) } строках
}: { $list }{ $more ->
    [0] {""}
   *[other] {""}; и ещё { NUM($more) }
}
run-held-nothing-came = за этот период не поступило ни одной книги; их должны представить: { $list }{ $more ->
    [0] {""}
   *[other] {""}; и ещё { NUM($more) }
}
contributor-missing = за этот период не поступило книги от: { $name }

# Descriptions of the files that travel inside a report.
attached-rows = Строки листа «{ $sheet }», напечатанные в этом отчёте
attached-facts = Показатели этого отчёта
attached-manifest = Из чего составлен этот отчёт

# Pictures that the report goes without.
photo-missing = рядом с файлом нет снимка `{ $photo }`; отчёт выйдет без него
    .hint = положите снимок с этим именем в папку файла и пришлите файл ещё раз
photo-unknown = `{ $photo }` — не JPEG и не PNG; отчёт выйдет без этого снимка
    .hint = сохраните снимок в формате JPEG
photo-broken = снимок `{ $photo }` повреждён или скопирован не полностью; отчёт выйдет без него
    .hint = скопируйте его ещё раз или сохраните заново
photo-too-large = в снимке `{ $photo }` больше 60 миллионов точек; отчёт выйдет без него
    .hint = уменьшите его: 2000 точек в ширину достаточно
photo-not-a-name = ожидалось имя снимка, лежащего рядом с файлом, найдено `{ $photo }`
    .hint = укажите только имя файла, без папки
photo-alt = Фотография мероприятия «{ $title }»
