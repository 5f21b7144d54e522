# Панель: что говорят её страницы.
desk-this-language = Русский
desk-skip = Перейти к содержанию
desk-ways = Страницы
desk-log-out = Выйти
desk-clock = Время указано по часовому поясу { $zone }.
desk-filter = Показать
desk-pages = Продолжение списка
desk-all = Все
desk-newest = К новым
desk-newer = ← Новее
desk-older = Старее →
desk-people = { $groups } ({ $n ->
    [0] пока никого
    [one] { $n } человек
    [few] { $n } человека
   *[many] { $n } человек
})
desk-tongue-en = английский
desk-tongue-ru = русский
desk-language-en = на английском языке
desk-language-ru = на русском языке
desk-period = Период
desk-version = Версия { $revision }
desk-mail = Почта
desk-somebody = пользователь этого компьютера

## Где что находится
desk-way-today = Сегодня
desk-way-readiness = Готовность
desk-way-workbooks = Файлы
desk-way-runs = Отчёты
desk-way-deliveries = Письма
desk-way-configuration = Настройки
desk-way-health = Состояние

## Графы
desk-column-report = Отчёт
desk-column-state = Положение
desk-column-due = Срок
desk-column-schedule = Расписание
desk-column-why = Почему
desk-column-to = Кому
desk-column-purpose = Назначение
desk-column-written = Составлено
desk-column-attempts = Попытки
desk-column-reply = Ответ сервера
desk-column-attempt = Попытка
desk-column-begun = Начало
desk-column-outcome = Итог
desk-column-file = Файл
desk-column-rows = Строки
desk-column-period = Период
desk-column-taken = Принят

## Сегодня
desk-today-lead = { $n ->
    [0] Сейчас от вас ничего не требуется.
    [one] Вашего внимания ждёт { WORDS($n, gender: "n") } дело.
    [few] Вашего внимания ждут { WORDS($n, gender: "n") } дела.
   *[many] Вашего внимания ждут { WORDS($n, gender: "n") } дел.
}
desk-today-lead-next = Срок следующего отчёта, за { $period }, — { $day }.
desk-today-lead-no-next = Отчётов в расписании нет.
desk-today-needs = Что ждёт вас
desk-today-nothing = Отчёты не ждут решения, файлов с ошибками нет, почта отправляется.
desk-today-next = Что будет дальше
desk-next-nothing = В расписании ничего нет. Расписания задаются в config/schedules.toml.
desk-report-for = Отчёт за { $period }
desk-next-to = Получатели: { $people }; языки: { $languages }.
desk-next-after = Выпускается после согласования: { $people }.
desk-next-readiness = Кто что прислал к этому отчёту
desk-notice-more = Что с этим делать
desk-missed = { $n ->
    [one] Между { $from } и { $until } пропущен { $n } срок по расписанию «{ $schedule }»; он ждёт решения.
    [few] Между { $from } и { $until } пропущены { $n } срока по расписанию «{ $schedule }»; они ждут решения.
   *[many] Между { $from } и { $until } пропущено { $n } сроков по расписанию «{ $schedule }»; они ждут решения.
}
desk-missed-release = Наверстать
desk-missed-drop = Пропустить все…
desk-missed-drop-what = Ни один из этих отчётов составлен не будет. Каждый будет записан как пропущенный.
desk-missed-drop-yes = Пропустить все

## Передача файла
desk-drop-title = Передать файл
desk-drop-sender = Чей это файл
desk-drop-sender-help = Кому придёт ответ. Обычно это видно по имени файла.
desk-drop-sender-by-name = По имени файла
desk-drop-files = Файлы
desk-drop-files-help = Excel, LibreOffice или CSV, каждый до { $mb } МБ.
desk-drop-here = Их можно перетащить сюда мышью.
desk-drop-yes = Передать
desk-drop-no-files = Сначала выберите файл: ни одного не передано.
desk-dropped-title = Передано
desk-dropped-lead = { $bad ->
    [0] { $n ->
        [1] Файл лежит в папке входящих. Исправлять ничего не нужно.
       *[other] В папку входящих положено файлов: { $n }. Исправлять ничего не нужно.
    }
   *[other] { $n ->
        [1] Файл лежит в папке входящих; его нужно исправить.
       *[other] В папку входящих положено файлов: { $n }; исправить нужно: { $bad }.
    }
}
desk-dropped-what-next = Файл будет принят через несколько мгновений, ответ придёт отправителю по почте. Ниже — первый просмотр: если о том же мероприятии сообщают и другие файлы, ответ может быть подробнее.
desk-dropped-picture = Фотография. Она будет напечатана, если её назовёт строка файла.
desk-dropped-again = Передать исправленный файл

## Файлы
desk-workbooks-taken = Принятые файлы
desk-workbooks-to-fix = Требуют исправления
desk-workbooks-none = Ни одного файла ещё не принято.
desk-workbooks-none-to-fix = Исправлять ничего не нужно.
desk-workbook-errors = { $n ->
    [0] Строки задержаны
    [one] { $n } ошибка
    [few] { $n } ошибки
   *[many] { $n } ошибок
}
desk-workbook-good = Принят
desk-workbook-nothing = Строк нет
desk-workbook-replaced = Заменён
desk-workbook-nobody = отправитель не определён
desk-workbook-rows = { $read ->
    [0] строк нет
   *[other] прочитано { NUM($read) }, { $held ->
        [0] все приняты
       *[other] принято { NUM($accepted) }, задержано { NUM($held) }
    }
}
desk-workbook-from = Отправитель
desk-workbook-sheets = Листы
desk-workbook-about = О файле
desk-workbook-marked = Скачать копию с пометками
desk-workbook-lead-good = Исправлять в этом файле ничего не нужно.
desk-workbook-lead-nothing = Строк в этом файле не нашлось.
desk-workbook-lead-replaced = Принята более поздняя версия этого файла. Замечания ниже относятся к этой.
desk-workbook-lead-bad = { $errors ->
    [0] Часть строк ждёт исправления
    [one] Исправления ждёт { WORDS($errors, gender: "f") } ошибка
    [few] Исправления ждут { WORDS($errors, gender: "f") } ошибки
   *[many] Исправления ждут { WORDS($errors, gender: "f") } ошибок
}; { $held ->
    [0] строки не задержаны, но задержан отчёт за этот период.
    [one] задержана { WORDS($held, gender: "f") } строка, а с ней и отчёт за этот период.
    [few] задержаны { WORDS($held, gender: "f") } строки, а с ними и отчёт за этот период.
   *[many] задержано { WORDS($held, gender: "f") } строк, а с ними и отчёт за этот период.
}
desk-workbook-answer = Отправленный ответ
desk-workbook-answer-mailed = Отправлен по почте:
desk-workbook-answer-mail = письмо { $n }
desk-workbook-answer-beside = Лежит рядом с файлом; писем никому не отправлено.
desk-workbook-answer-read = Прочитать ответ
desk-problems-errors = Исправить
desk-problems-remarks = Проверить
desk-problems-before = ← Предыдущие
desk-problems-after = ещё { $n } →
desk-problems-more = и ещё { $n }
desk-problem-error = Ошибка.
desk-problem-warning = Проверьте.
desk-problem-info = Примечание.
desk-problem-whole-file = весь файл

## Отчёты
desk-run-title = Отчёт за { $period }{ $revision ->
    [1] {""}
   *[other] , версия { $revision }
}
desk-run-due = Будет составлен
desk-run-compiling = Составляется
desk-run-held = Задержан
desk-run-awaiting-approval = Ждёт согласования
desk-run-released = Выпущен
desk-run-failed = Не составлен
desk-run-skipped = Пропущен
desk-run-cancelled = Отменён
desk-runs-none = Таких отчётов пока нет.
desk-run-says-due = Срок наступил; отчёт будет составлен, как только дойдёт очередь.
desk-run-says-compiling = Отчёт составляется в эту минуту.
desk-run-says-held = Отчёт составлен и задержан: никому ничего не отправлено. Исправьте то, что названо ниже, или выпустите его как есть.
desk-run-says-awaiting-approval = Отчёт составлен и ждёт согласования: { $approvers }. Никому ничего не отправлено.
desk-run-says-released = Отчёт выпущен. Получатели: { $recipients }.
desk-run-says-failed = Отчёт составить не удалось. Исправьте то, что названо ниже, и составьте его заново.
desk-run-says-skipped = Отчёт не составлялся.
desk-run-says-cancelled = Отчёт отменён ({ $by }, { $at }). Ничего не отправляется.
desk-run-about = Об отчёте
desk-run-as-of = Данные на
desk-run-decided = Решение
desk-run-editions = Выпуски
desk-run-versions = Другие версии
desk-run-decisions = Что можно сделать
desk-run-approve = Выпустить
desk-run-approve-what = Сначала прочитайте выпуски ниже. После нажатия они сразу уйдут получателям.
desk-run-approve-held-what = Отчёт уйдёт получателям как есть, хотя в нём не всё в порядке.
desk-run-approver-needed = Выпустить отчёт может только тот, у кого есть право согласования.
desk-run-retry = Составить заново…
desk-run-retry-what = Отчёт будет составлен по тем данным, которые есть сейчас. Согласующих спросят ещё раз.
desk-run-retry-yes = Составить заново
desk-run-hold = Задержать…
desk-run-hold-what = Отчёт будет задержан, пока его не выпустят или не составят заново; новые данные сами по себе этого не изменят.
desk-run-hold-yes = Задержать
desk-run-cancel = Отменить…
desk-run-cancel-what = Отчёт не будет отправлен; письма согласующим, которые ещё не ушли, отзываются. За тот же период отчёт можно начать вручную.
desk-run-cancel-yes = Отменить отчёт
desk-start-title = Начать вручную
desk-start-what = Отчёт, начатый вручную, проходит тот же путь, что и отчёт по расписанию: его составляют, задерживают или согласуют и отправляют тем же людям.
desk-start-yes = Начать
desk-period-help = Например, 2017-Q4. Если оставить пустым — тот, срок которого следующий по расписанию.
desk-period-wrong = Такого периода нет. Нужен период вида 2017-Q4, 2017-H2, 2017-M11 или 2017.
desk-edition-open = Открыть PDF: { $name }
desk-edition-size = { $n ->
    [one] { $n } страница
    [few] { $n } страницы
   *[many] { $n } страниц
}, { $size }
desk-figures = Основные показатели
desk-figure = Показатель
desk-figure-now = Этот отчёт

## Письма
desk-deliveries-none = Писем пока нет.
desk-deliveries-of-run = Письма одного отчёта:
desk-deliveries-all = Все письма этого отчёта: { $n }
desk-deliveries-retry-failed = { $n ->
    [one] Отправить заново { $n } письмо
    [few] Отправить заново { $n } письма
   *[many] Отправить заново { $n } писем
}
desk-delivery-pending = Ждёт отправки
desk-delivery-sending = Отправляется
desk-delivery-waiting = Будет повторено
desk-delivery-unknown = Возможно, доставлено
desk-delivery-delivered = Принято сервером
desk-delivery-dead-letter = Не отправлено
desk-delivery-cancelled = Отозвано
desk-delivery-bounced = Вернулось
desk-delivery-again = повтор: { $time }
desk-delivery-twice = могло прийти дважды
desk-delivery-twice-what = Попытка завершилась без ответа сервера: письмо могло прийти дважды, с тем же Message-ID.
desk-delivery-title = Письмо: { $name }
desk-delivery-about = О письме
desk-delivery-run = отчёт { $run }
desk-delivery-next = Следующая попытка
desk-delivery-attached = Вложено
desk-delivery-linked = По ссылке
desk-delivery-attempts = Попытки
desk-delivery-no-attempts = Попыток ещё не было.
desk-delivery-letter = Текст письма
desk-delivery-retry = Отправить ещё раз
desk-delivery-retry-dead = Попытки прекращены. Когда причина устранена, отправьте письмо ещё раз: счёт попыток начнётся заново.
desk-delivery-retry-what = Попытка повторится сама. Её можно ускорить.
desk-delivery-cancel = Отозвать…
desk-delivery-cancel-what = Письмо ещё не ушло. Отозванное письмо не отправляется никогда.
desk-delivery-cancel-yes = Отозвать письмо
desk-attempt = Попытка { $n }
desk-purpose-report = Отчёт
desk-purpose-sign-off = Согласование
desk-purpose-notice = Извещение
desk-purpose-answer = Ответ на файл
desk-purpose-reminder = Напоминание
desk-outcome-delivered = принято
desk-outcome-transient = временный отказ
desk-outcome-permanent = окончательный отказ
desk-outcome-no-answer = ответа нет
desk-outcome-channel-at-fault = почтовый сервер недоступен
desk-outcome-interrupted = прервана
desk-outcome-open = не завершена
desk-mail-held = Отправка почты остановлена, пока её не возобновят
desk-mail-held-until = Отправка почты остановлена: { $time }
desk-mail-release = Возобновить отправку

## Настройки, состояние, извещения
desk-configuration-since = Эти настройки действуют с { $time }. Пароли и ключи не показываются.
desk-configuration-refused = Файлы изменены { $time } и содержат ошибки; действуют настройки, приведённые ниже.
desk-configuration-changes = Последние изменения
desk-configuration-no-changes = Изменений пока не было.
desk-configuration-taken = Приняты
desk-configuration-not-taken = Отклонены
desk-configuration-cause-start = при запуске программы
desk-configuration-cause-files = после изменения файлов
desk-configuration-cause-signal = по команде
desk-health-works = Что работает
desk-health-daemon = Расписания
desk-health-running = Проверяются вовремя
desk-health-silent = Никто их не проверяет
desk-health-looked = последняя проверка:
desk-health-mail-goes = Отправляется
desk-health-smtp = через { $host }
desk-health-maildir = в папку mail/; почтовый сервер не настроен
desk-health-bounces = Вернувшиеся письма
desk-health-bounces-read = Ящик для них читается
desk-health-bounces-unread = Ящик для них недоступен
desk-health-bounces-none = ящик для них не настроен
desk-health-configuration = В порядке
desk-health-configuration-refused = В изменённых файлах ошибки
desk-health-since = с { $time }
desk-health-look-notices = Что сообщают ответственным
desk-health-outbox = Письма по состояниям
desk-health-room = Место
desk-health-ledger = Журнал
desk-health-free = Свободно на диске
desk-health-zones = Часовые пояса
desk-health-home = Папка программы
desk-health-unknown = неизвестно
desk-notices = Извещения
desk-notices-what = О чём ответственным сообщают по почте, пока это так.
desk-notices-open = Сейчас
desk-notices-none = Сообщать не о чем.

## Готовность
desk-readiness-title = Готовность к отчёту за { $period }
desk-readiness-no-period = В расписании нет отчётов, и ни одного файла не принято, поэтому показать пока нечего.
desk-readiness-nobody = Файлов ни от кого не ждут. Отправители задаются в config/recipients.toml.
desk-readiness-ready = Всё получено, задержанных строк нет.
desk-readiness-lead = { $come ->
    [0] Из { WORDS($owed, gender: "m", case: "gen") } листов пока не получено ни одного.
    [one] Получен { WORDS($come, gender: "m") } лист из { WORDS($owed, gender: "m", case: "gen") }{ $late ->
        [0] .
        [one] ; ждём ещё от { WORDS($late, gender: "m", case: "gen") } отправителя.
       *[other] ; ждём ещё от { WORDS($late, gender: "m", case: "gen") } отправителей.
    }
    [few] Получено { WORDS($come, gender: "m") } листа из { WORDS($owed, gender: "m", case: "gen") }{ $late ->
        [0] ; часть строк задержана.
        [one] ; ждём ещё от { WORDS($late, gender: "m", case: "gen") } отправителя.
       *[other] ; ждём ещё от { WORDS($late, gender: "m", case: "gen") } отправителей.
    }
   *[many] Получено { WORDS($come, gender: "m") } листов из { WORDS($owed, gender: "m", case: "gen") }{ $late ->
        [0] ; часть строк задержана.
        [one] ; ждём ещё от { WORDS($late, gender: "m", case: "gen") } отправителя.
       *[other] ; ждём ещё от { WORDS($late, gender: "m", case: "gen") } отправителей.
    }
}
desk-readiness-due = Срок отчёта — { $time }.
desk-readiness-matrix = Кто что прислал
desk-readiness-caption = Что ожидается от каждого отправителя за { $period } и что получено
desk-readiness-who = Отправитель
desk-readiness-missing = Не получено
desk-readiness-held = Задержано строк: { $n }
desk-readiness-accepted = Принято строк: { $n }
desk-readiness-not-owed = Не ожидается
desk-readiness-reminded = Напоминание от { $time }

## Согласование
desk-sign-off-lead = { $name }, отчёт ждёт вашего решения. { $n ->
    [0] Отправлять его пока некому.
    [one] После выпуска его получит { WORDS($n, gender: "m") } адресат.
    [few] После выпуска его получат { WORDS($n, gender: "m") } адресата.
   *[many] После выпуска его получат { WORDS($n, gender: "m") } адресатов.
}
desk-sign-off-until = Ссылка действует до { $time } и только для того, что показано здесь.
desk-sign-off-frame = Отчёт
desk-sign-off-problems = Нерешённые вопросы
desk-sign-off-no-problems = Их нет.
desk-sign-off-given = Что решили другие
desk-sign-off-decision = Ваше решение
desk-sign-off-all = Отчёт выйдет, когда его согласуют все: { $people }.
desk-sign-off-approve-what = Получателям уйдёт именно то, что показано здесь, до последнего байта. Если до вашего решения изменится хоть одна строка, вас спросят ещё раз.
desk-sign-off-approve = Согласовать
desk-sign-off-send-back = Вернуть на доработку…
desk-sign-off-send-back-yes = Вернуть на доработку
desk-sign-off-reason = Что нужно исправить
desk-sign-off-reason-help = Секретариат получит ваше сообщение, а отчёт подождёт исправления.
desk-sign-off-no-reason = Напишите, что нужно исправить.
desk-sign-off-thanks = Спасибо
desk-sign-off-released = { $n ->
    [0] Отчёт выпущен. По почте его никто не получает.
    [one] Отчёт выпущен; отправляется { WORDS($n, gender: "n") } письмо.
    [few] Отчёт выпущен; отправляются { WORDS($n, gender: "n") } письма.
   *[many] Отчёт выпущен; отправляется { WORDS($n, gender: "n") } писем.
}
desk-sign-off-noted = Ваше согласие записано. Отчёт выйдет, когда его согласуют также: { $people }.
desk-sign-off-sent-back = Отчёт возвращён на доработку. Секретариат получит ваше сообщение, а вас спросят снова после исправления.
desk-sign-off-close = Страницу можно закрыть.
desk-sign-off-refused = Решение не принято
desk-verdict-approved = согласие
desk-verdict-sent-back = возврат на доработку
desk-changes-compile = Изменилось с прошлого составления
desk-changes-version = Изменилось по сравнению с заменяемой версией
desk-changes-period = Изменилось по сравнению с периодом: { $period }
desk-figure-before = Было
desk-figure-after = Стало
desk-done-sent-back = Отчёт возвращён и задержан до исправления.
desk-done-noted = Ваше согласие записано. Ждём согласия остальных.
desk-run-waiting = Ждёт файлов
desk-run-says-waiting = Срок наступил; до { $until } отчёт ждёт недостающего. «Составить заново» — не ждать.
desk-run-given = Согласование
desk-note-by-hand = начат вручную
desk-note-correction = исправление выпущенного: файл { $file } изменил строки этого периода
desk-note-late = срок был пропущен; отчёт навёрстан
desk-way-by-link = по ссылке из письма
desk-way-by-command = в командной строке
desk-way-by-dashboard = здесь
desk-next-remind = Тем, от кого ещё чего-то нет, напомнят за { $days } { $last ->
    [one] рабочий день
    [few] рабочих дня
   *[many] рабочих дней
} до срока.
desk-next-waits = Недостающего отчёт ждёт, но не дольше чем до:
desk-next-waiting = Срок наступил; отчёт ждёт недостающего, но не дольше.
desk-delivery-retry-bounced = Сервер принял письмо, но оно вернулось. Когда адрес исправлен, отправьте его ещё раз.

## Кто что сделал
desk-way-audit = Действия
desk-audit-what = Что делали люди — здесь и по ссылкам из писем. Каждое действие записывается до того, как выполнено.
desk-audit-none = Действий пока не было.
desk-audit-done = выполнено
desk-audit-open = не завершено
desk-column-who = Кто
desk-column-did = Что
desk-column-when = Когда
desk-column-from = Откуда
desk-role-viewer = просмотр
desk-role-secretariat = секретариат
desk-role-approver = согласование
desk-role-admin = администратор
desk-deed-workbooks = передача файлов
desk-deed-runs = начало отчёта
desk-deed-runs-approve = согласование отчёта
desk-deed-runs-send-back = возврат отчёта на доработку
desk-deed-runs-hold = задержка отчёта
desk-deed-runs-retry = повторное составление отчёта
desk-deed-runs-cancel = отмена отчёта
desk-deed-deliveries-retry-failed = повторная отправка всех неотправленных писем
desk-deed-deliveries-retry = повторная отправка письма
desk-deed-deliveries-cancel = отзыв письма
desk-deed-mail-release = возобновление отправки почты
desk-deed-missed-release = навёрстывание пропущенного
desk-deed-missed-drop = отказ от пропущенного
desk-deed-sign-off = решение по ссылке из письма
desk-deed-login = вход
desk-deed-logout = выход
desk-deed-api-v1-files = передача файлов (программа)
desk-deed-api-v1-runs = начало отчёта (программа)
desk-deed-api-v1-runs-hold = задержка отчёта (программа)
desk-deed-api-v1-runs-retry = повторное составление отчёта (программа)
desk-deed-api-v1-runs-cancel = отмена отчёта (программа)
desk-deed-api-v1-deliveries-retry = повторная отправка письма (программа)
desk-deed-api-v1-deliveries-cancel = отзыв письма (программа)

## Что только что сделано
desk-done-started = Отчёт начат.
desk-done-compiled-again = Отчёт составляется заново.
desk-done-approved = Отчёт выпущен. Письма отправляются.
desk-done-held = Отчёт задержан.
desk-done-cancelled = Отчёт отменён.
desk-done-retried = Отправляется ещё раз.
desk-done-taken-back = Письмо отозвано.
desk-done-mail-released = Отправка почты возобновлена.
desk-done-missed-released = Пропущенное навёрстывается.
desk-done-missed-dropped = Пропущенное не навёрстывается.

# Что случилось и что делать.
problem-file-name = Файл с таким именем принять нельзя: «{ $name }»
    .hint = Ничего не принято. Дайте файлу обычное имя, например activities_TJ.xlsx, и передайте его ещё раз.
problem-too-many-files = Слишком много файлов сразу
    .hint = Ничего не принято. Передавайте не больше двадцати файлов за раз.
problem-inbox-at-fault = В папку входящих не удаётся записать
    .hint = Ничего не принято. Повторите через минуту; если это не пройдёт, администратор найдёт причину в протоколе работы.
problem-edition-gone = Этого PDF больше нет в архиве
    .hint = Файл перемещён или удалён. Составьте отчёт заново или восстановите архив из резервной копии.
problem-edition-changed = Этот PDF не тот, что был составлен
    .hint = Файл с тех пор изменён. Составьте отчёт заново или восстановите архив из резервной копии.
problem-to-the-start = На главную
problem-not-found = По этому адресу ничего нет
    .hint = Возможно, адрес набран с ошибкой или страница удалена. Начните с главной страницы.
problem-not-this-way = Этот адрес используется иначе
    .hint = Вернитесь назад, обновите страницу и нажмите кнопку на ней.
problem-senseless = Запрос не удалось понять
    .hint = Вернитесь назад, обновите страницу и попробуйте ещё раз.
problem-form-unreadable = Форму не удалось прочитать
    .hint = Поле не заполнено или содержит недопустимое значение. Вернитесь назад, обновите страницу и заполните форму заново.
problem-too-large = Слишком большой объём
    .hint = Ничего не принято. Отправьте файл меньшего размера или положите его в папку входящих.
problem-token-wrong = Эта страница открыта слишком давно
    .hint = Ничего не изменено. Вернитесь назад, обновите страницу и нажмите кнопку ещё раз.
problem-from-elsewhere = Запрос отправлен со страницы другого сайта
    .hint = Ничего не изменено. Откройте саму панель и нажмите кнопку на ней.
problem-other-host = Под этим именем панель не известна
    .hint = Откройте её по адресу, который был задан при настройке. Администратор может добавить имя: ключ «hosts» раздела [dashboard] в config/rapporteur.toml.
problem-log-in-first = Сначала войдите в систему
problem-not-your-role = Вашей учётной записи это не разрешено
    .hint = Нужна роль «{ $role }». Обратитесь к администратору.
problem-no-longer-so = Положение изменилось: у номера { $id } теперь состояние «{ $found }»
    .hint = Кто-то опередил вас, или всё продвинулось само. Ничего не изменено; посмотрите ещё раз.
problem-ledger-at-fault = Сейчас не удаётся прочитать журнал или записать в него
    .hint = Повторите через минуту. Если это не пройдёт, администратор найдёт причину в протоколе работы.
problem-our-fault = Здесь что-то пошло не так
    .hint = Это ошибка программы, она записана в протокол работы. Ваши действия её не вызвали.

# Вход.
login-title = Вход
login-name = Имя
login-password = Пароль
login-enter = Войти
login-failed = Имя и пароль не подходят друг к другу. Проверьте раскладку клавиатуры и регистр букв и попробуйте ещё раз.
login-no-accounts = Учётных записей пока нет. Первую создаёт администратор на самой машине: rapporteur user add NAME --role admin
problem-too-often = Слишком много попыток
    .hint = { $minutes ->
        [one] Подождите { $minutes } минуту и попробуйте ещё раз.
        [few] Подождите { $minutes } минуты и попробуйте ещё раз.
       *[many] Подождите { $minutes } минут и попробуйте ещё раз.
    } Если пароль забыт, администратор задаст новый.
problem-took-too-long = Это заняло слишком много времени
    .hint = Возможно, начатое всё же выполнено: проверьте, прежде чем повторять.
problem-only-by-the-proxy = Панель доступна только через прокси-сервер
    .hint = Откройте её по адресу, который был задан при настройке.

# Интерфейс для программ и календарь.
problem-no-such-schedule = Такого расписания нет
    .hint = Имеющиеся перечислены в /api/v1/coming.
problem-no-such-sender = Участника с таким адресом нет
    .hint = Участники перечислены в config/recipients.toml.
problem-not-compiled = Этот отчёт ещё не составлен
    .hint = Показатели появятся, когда он будет составлен.
calendar-report = { $programme }: отчёт за { $period }
    .text = { $people ->
        [one] Его получит { $people } человек
        [few] Его получат { $people } человека
       *[many] Его получат { $people } человек
    } ({ $groups }).
