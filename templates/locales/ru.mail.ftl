# Что говорится в письмах, на русском языке.

## Малые формы
mail-language = { $language ->
    [en] на английском языке
    [ru] на русском языке
   *[other] { $language }
}
mail-size-kb = { $n } КБ
mail-size-mb = { $whole },{ $tenth } МБ
mail-size-gb = { $whole },{ $tenth } ГБ
mail-month-short = { $month ->
    [1] янв.
    [2] февр.
    [3] март
    [4] апр.
    [5] май
    [6] июнь
    [7] июль
    [8] авг.
    [9] сент.
    [10] окт.
    [11] нояб.
   *[12] дек.
}
mail-pages = { $n ->
    [one] { $n } страница
    [few] { $n } страницы
   *[many] { $n } страниц
}

## Отчёт
mail-report-subject = [{ $code }] { $title }, { $period }{ $edition } – { $language }, v{ $revision }
mail-greeting = Здравствуйте, { $name }!
mail-greeting-all = Уважаемые коллеги!
mail-report-attached = Направляем отчёт за { $months } ({ $language }, { $pages }, { $size }).
mail-report-attached-edition = Направляем отчёт за { $months }, страницы для страны: { $edition } ({ $language }, { $pages }, { $size }).
mail-linked = Файл { $file } слишком велик, чтобы отправить его по почте ({ $size }). Его можно скачать здесь: { $link }.
mail-activities-unknown = Сведений о мероприятиях за отчётный период не поступило.
mail-activities = { $n ->
    [0] В отчётном периоде мероприятий не завершилось
    [one] В отчётном периоде завершилось { WORDS($n, gender: "n") } мероприятие
    [few] В отчётном периоде завершились { WORDS($n, gender: "n") } мероприятия
   *[many] В отчётном периоде завершилось { WORDS($n, gender: "n") } мероприятий
}
mail-participants-none = ; о числе участников не сообщили ни по одному
mail-participants-none-of-one = ; данных о числе участников нет
mail-participants-of-one = { $n ->
    [0] ; участников не было
    [1] ; в нём участвовал один человек
    [one] ; в нём участвовал { NUM($n) } человек
    [few] ; в нём участвовали { NUM($n) } человека
   *[many] ; в нём участвовали { NUM($n) } человек
}
mail-participants-all = { $n ->
    [one] ; о числе участников сообщили по всем — всего { NUM($n) } человек
    [few] ; о числе участников сообщили по всем — всего { NUM($n) } человека
   *[many] ; о числе участников сообщили по всем — всего { NUM($n) } человек
}
mail-participants-some = { $n ->
    [one] ; о числе участников сообщили по { WORDS($by, gender: "n", case: "dat") } из них — всего { NUM($n) } человек
    [few] ; о числе участников сообщили по { WORDS($by, gender: "n", case: "dat") } из них — всего { NUM($n) } человека
   *[many] ; о числе участников сообщили по { WORDS($by, gender: "n", case: "dat") } из них — всего { NUM($n) } человек
}
mail-report-asked-by = Просим прислать исправления не позднее { $date } по адресу { $address }; достаточно ответить на это письмо.
mail-report-asked = Просим присылать исправления по адресу { $address }; достаточно ответить на это письмо.
mail-report-replaces = Это версия { $revision } отчёта; она заменяет версию { $previous }.
mail-report-changes = Что изменилось: { $changes }.
mail-report-rows-changed = { $n ->
    [one] исправлена { $n } строка
    [few] исправлены { $n } строки
   *[many] исправлено { $n } строк
}
mail-report-rows-added = { $n ->
    [one] добавлена { $n } строка
    [few] добавлены { $n } строки
   *[many] добавлено { $n } строк
}
mail-report-rows-gone = { $n ->
    [one] удалена { $n } строка
    [few] удалены { $n } строки
   *[many] удалено { $n } строк
}
mail-report-late = Срок отчёта — { $date }; он отправляется с опозданием.
mail-report-trial = Это пробный экземпляр; руководящая группа его не получала.
mail-as-of = Данные по состоянию на { $date }
mail-released = Выпуск разрешён: { $by }, { $date }

mail-key-figures = Основные показатели, { $months }
mail-not-reported = нет данных
mail-reported-by-activities = { $of ->
    [one] сообщили по { $n } из { $of } мероприятия
   *[many] сообщили по { $n } из { $of } мероприятий
}
mail-reported-by-items = { $of ->
    [one] сообщили по { $n } из { $of } единицы
   *[many] сообщили по { $n } из { $of } единиц
}
mail-figure-activities = Мероприятия
mail-figure-type-workshop = Семинары
mail-figure-type-training = Тренинги
mail-figure-type-training-of-trainers = Тренинги для тренеров
mail-figure-type-study-visit = Учебные визиты
mail-figure-type-equipment-handover = Передача оборудования
mail-figure-type-steering-group-meeting = Заседания руководящей группы
mail-figure-type-meeting = Встречи
mail-figure-type-conference = Конференции
mail-figure-type-mission = Миссии
mail-figure-type-other = Прочие
mail-figure-activity-days = Дни мероприятий
mail-figure-participants = Участники
mail-figure-women = Женщины
mail-figure-equipment-items = Единицы оборудования
mail-figure-equipment-value = Стоимость
mail-figure-none = –

## До выпуска отчёта
mail-sign-off-subject = [{ $code }] На согласование: { $title }, { $period }, v{ $revision }
mail-sign-off-waits = Отчёт за { $months } составлен и ждёт вашего разрешения на выпуск. Получателям он ещё не отправлен.
mail-sign-off-attached = Приложено:
mail-sign-off-edition = { $file }: { $language }, { $pages }, { $size }
mail-sign-off-recipients = { $n ->
    [0] Отправлять отчёт пока некому.
    [one] После выпуска отчёт получит { WORDS($n, gender: "m") } адресат.
    [few] После выпуска отчёт получат { WORDS($n, gender: "m") } адресата.
   *[many] После выпуска отчёт получат { WORDS($n, gender: "m") } адресатов.
}
mail-sign-off-no-problems = Нерешённых вопросов нет.
mail-sign-off-problems = { $n ->
    [one] Остаётся { WORDS($n, gender: "m") } нерешённый вопрос:
    [few] Остаются { WORDS($n, gender: "m") } нерешённых вопроса:
   *[many] Остаётся { WORDS($n, gender: "m") } нерешённых вопросов:
}
mail-sign-off-more = и ещё { $n }
mail-sign-off-release = Разрешить выпуск:
mail-sign-off-hold = Задержать:
mail-sign-off-link = Посмотреть отчёт и разрешить выпуск или вернуть на доработку:
mail-sign-off-link-until = Ссылка только для вас. Сам переход по ней ничего не меняет, а решение принимается один раз. Ссылка действует до { $date }.
mail-sign-off-all-of = Отчёт уйдёт, когда именно эти выпуски одобрят все: { $names }.
mail-sign-off-since-compile = Изменилось с прошлого составления:
mail-sign-off-since-version = Изменилось по сравнению с версией { $previous }, которую он заменяет:
mail-sign-off-since-period = В сравнении с предыдущим периодом ({ $period }):
mail-sign-off-change = { $label }: { $after } (было: { $before })
mail-sign-off-command = Из командной строки:
mail-sign-off-answer = С вопросами обращайтесь по адресу { $address }.

## До срока отчёта
mail-reminder-subject = [{ $code }] Ещё не поступило за { $period }: { $sheets }
mail-reminder-waits = Срок отчёта за { $months } — { $date }. От вас ещё не поступило:
mail-reminder-send = Пришлите, пожалуйста, книгу на адрес { $address } или положите её в папку для приёма. То, что уже поступило, присылать снова не нужно.
mail-reminder-attached = Чистая книга приложена.
mail-reminder-thanks = Если она уже в пути, больше ничего не нужно. Спасибо!
mail-outlook-subject = [{ $code }] { $n ->
    [0] Все книги поступили: { $period }
    [one] Опаздывает { $n } участник: { $period }
    [few] Опаздывают { $n } участника: { $period }
   *[many] Опаздывают { $n } участников: { $period }
}
mail-outlook-due = Срок отчёта за { $months } — { $date }.
mail-outlook-come = Поступило листов: { $come } из { $all }.
mail-outlook-missing = { $sheet } — не поступил
mail-outlook-held = { $sheet } — строк принято: { $rows }, отложено: { $held }
mail-outlook-accepted = { $sheet } — строк: { $rows }
mail-outlook-reminded = Вместе с этим письмом напоминания получили: { $names }.
mail-outlook-then = { $then ->
    [send] В это время отчёт будет ждать недостающего, самое позднее до { $deadline }. Затем он пойдёт дальше без него, и в нём будет сказано, чего не хватает.
    [hold] В это время отчёт будет ждать недостающего, самое позднее до { $deadline }. Затем он будет задержан, пока кто-нибудь не примет решение.
   *[now] В это время отчёт будет составлен по тому, что есть, и в нём будет сказано, чего не хватает.
}
mail-outlook-signed = { $signed ->
    [yes] Перед отправкой его увидят те, кто выпускает отчёт.
   *[no] Он уйдёт получателям без согласования.
}

## Почему выпуск или возврат не принят
sign-off-link-forged = Это не наша ссылка, или в ней чего-то не хватает.
    .hint = Откройте её из письма ещё раз, целиком. После переноса программы на другую машину прежние ссылки не действуют: попросите секретариат составить отчёт заново.
sign-off-link-used = { $verdict ->
    [sent_back] Вы вернули этот отчёт на доработку { $when }.
   *[other] Вы разрешили выпуск этого отчёта { $when }.
}
    .hint = Ссылка действует один раз. Если отчёт изменится, придёт новое письмо с новой ссылкой.
sign-off-link-expired = Срок действия ссылки истёк { $when }.
    .hint = Попросите секретариат выпустить отчёт № { $run } или составить его заново: тогда придёт новое письмо.
sign-off-changed-since = С тех пор как было написано это письмо, отчёт изменился: то, что вам показали, уже не уйдёт.
    .hint = Дождитесь нового письма: в нём отчёт в нынешнем виде и новая ссылка.
sign-off-already-released = { $known ->
    [yes] Этот отчёт уже выпущен: { $by }, { $when }.
   *[no] Этот отчёт уже разослан.
}
    .hint = Делать ничего не нужно. Если в отчёте ошибка, пусть книгу исправят и положат в папку для приёма снова: будет составлена исправленная версия.
sign-off-run-cancelled = { $known ->
    [yes] Отчёт отменён: { $by }.
   *[no] Отчёт отменён.
}
    .hint = Делать ничего не нужно.
sign-off-sent-back = Отчёт возвращён на доработку { $when }, решение принимал(а) { $by }: { $reason }
    .hint = Когда его исправят, придёт новое письмо. Выпустить его как есть можно из командной строки: rapporteur runs approve { $run }
sign-off-run-held-back = { $known ->
    [yes] Отчёт задержан: { $by }.
   *[no] Отчёт задержан из-за нерешённых вопросов.
}
    .hint = Обратитесь в секретариат. Из командной строки: rapporteur runs approve { $run }
sign-off-not-an-approver = { $name }: нет среди тех, кто выпускает этот отчёт.
    .hint = Его выпускают: { $approvers }.
sign-off-reason-missing = Возвращая отчёт, напишите, что в нём не так.
    .hint = Достаточно одной фразы: её прочитает секретариат.

## Извещения операторам
mail-notice-subject = [{ $code }] { $telling ->
    [more] Дополнение:{" "}
    [still] Напоминание:{" "}
    [over] Отбой:{" "}
   *[news] {""}
}{ $title }{ $has-period ->
    [yes] {": "}{ $period }
   *[no] {""}
}
mail-notice-run-failed = Отчёт за { $period } составить не удалось.
    .title = Отчёт не составлен
    .meaning = Ничего не отправлено. Отчёт ждёт, пока его составят заново.
mail-notice-run-held = Отчёт за { $period } составлен и задержан.
    .title = Отчёт задержан
    .meaning = Получателям ничего не отправлено.
mail-notice-run-stuck = Срок отчёта за { $period } наступил больше часа назад, но отчёт ещё не составлен.
    .title = Отчёт не начат
    .meaning = Попытки продолжаются, ничего не потеряно. Обычные причины: переполнен диск, в папку нельзя писать или программа не запущена; точный ответ — в её журнале.
    .over = Отчёт за { $period } больше не ждёт составления.
mail-notice-occurrences-late = Срок по расписанию «{ $schedule }» наступил, когда программа не работала.
    .title = С опозданием: { $schedule }
    .meaning = { $late ->
        [0] Пропущенное не навёрстывается: так задано в расписании (misfire).
        [one] Сейчас составляется { $late } отчёт; в письмах сказано, что он опоздал.
        [few] Сейчас составляются { $late } отчёта; в письмах сказано, что они опоздали.
       *[other] Сейчас составляется { $late } отчётов; в письмах сказано, что они опоздали.
    }
mail-notice-period-unsent = Отчёт за { $period } должен был уйти не позднее { $latest }, но ничего не отправлено.
    .title = Отчёт просрочен
    .meaning = Получателям ничего не сообщалось.
mail-notice-occurrences-waiting = { $count ->
    [one] Решения ждёт { $count } пропущенный срок по расписанию «{ $schedule }».
    [few] Решения ждут { $count } пропущенных срока по расписанию «{ $schedule }».
   *[other] Решения ждут { $count } пропущенных сроков по расписанию «{ $schedule }».
}
    .title = Пропущенные сроки: { $schedule }
    .meaning = Ни один отчёт за пропущенные сроки не составляется, пока решение не принято; новые сроки выполняются как обычно.
mail-notice-dead-letters = { $count ->
    [1] Письмо доставить не удалось; новых попыток не будет.
    [one] Не удалось доставить { $count } письмо; новых попыток не будет.
    [few] Не удалось доставить { $count } письма; новых попыток не будет.
   *[other] Не удалось доставить { $count } писем; новых попыток не будет.
}
    .title = { $count ->
        [1] Письмо не доставлено
       *[other] Не доставлено писем: { $count }
    }
    .meaning = Писем другим получателям это не касается.
mail-notice-mails-waiting = { $count ->
    [1] Письмо ждёт больше четырёх часов: почтовый сервер откладывает его.
    [one] { $count } письмо ждёт больше четырёх часов: почтовый сервер откладывает его.
    [few] { $count } письма ждут больше четырёх часов: почтовый сервер откладывает их.
   *[other] { $count } писем ждут больше четырёх часов: почтовый сервер откладывает их.
}
    .title = { $count ->
        [1] Письмо задерживается
       *[other] Задерживается писем: { $count }
    }
    .meaning = Ничего не потеряно: попытки повторяются, всё реже, в течение пяти дней.
    .over = Писем, которые ждут часами, больше нет: они ушли либо о каждом сказано отдельно.
mail-notice-channel-held = Отправка писем приостановлена.
    .title = Отправка приостановлена
    .meaning = Письма ждут в очереди: ни одно не потеряно, и попытки не израсходованы.
    .over = Письма снова уходят. Пока отправка стояла, они ждали в очереди: ни одно не потеряно, и попытки не израсходованы.
mail-notice-disk-low = На диске с папкой { $folder } осталось { $free }, а должно быть не меньше { $least }.
    .title = Диск почти заполнен
    .meaning = Если диск заполнится, ничего не пропадёт: книги останутся в папке для приёма, письма — в очереди. Но читать, составлять и отправлять программа сможет, только когда место появится.
    .over = На диске с папкой { $folder } снова есть место.
mail-notice-configuration-refused = В изменённых настройках есть ошибки; действуют прежние.
    .title = Настройки не приняты
    .meaning = Отчёты и письма идут так же, как до изменения.
    .over = Настройки снова верны и действуют.
mail-notice-dashboard-down = Панель по адресу { $address } недоступна.
    .title = Панель недоступна
    .meaning = Отчёты и письма идут своим чередом. Попытки повторяются каждые несколько секунд; всё то же можно сделать из командной строки.
    .over = Панель снова доступна по адресу { $address }.
mail-notice-bounces-unread = Почтовый ящик { $mailbox }, куда возвращаются недоставленные письма, не удаётся прочитать.
    .title = Ящик для вернувшихся писем недоступен
    .meaning = Отчёты и письма идут своим чередом. Пока ящик недоступен, вернувшиеся письма считаются доставленными. Попытки повторяются каждую минуту; настройки ящика — в разделе [bounces] файла config/rapporteur.toml.
    .over = Почтовый ящик { $mailbox } снова доступен; письма, вернувшиеся за это время, отмечены.
mail-notice-inbox-gone = Папку для приёма { $folder } нельзя открыть.
    .title = Папка для приёма недоступна
    .meaning = Пока она недоступна, книги не читаются. Отчёты и письма идут своим чередом.
    .over = Папка для приёма { $folder } снова доступна.
mail-notice-file-stuck = Книгу { $file } не удаётся забрать из папки для приёма.
    .title = Книга застряла в папке для приёма
    .meaning = Она остаётся на месте, попытки продолжаются; остальные книги читаются.
    .over = Книги { $file } в папке для приёма больше нет.
mail-notice-lost-mail = { $recipient }, «{ $subject }»: { $reply }
mail-notice-more = и ещё { $n }
mail-notice-seen = Причина: { $detail }
mail-notice-since = С какого времени
mail-notice-found = Замечено
mail-notice-until = До какого времени
mail-notice-run = Номер отчёта
mail-notice-schedule = Расписание
mail-notice-first-due = Срок
mail-notice-oldest = Самое старое написано
mail-notice-last-due = Последний срок
mail-notice-made-up-for = Составляется
mail-notice-left-out = Пропущено
mail-notice-do-look = Посмотреть:
mail-notice-do-compile-again = После исправления составить заново:
mail-notice-do-send-as-it-is = Выпустить как есть:
mail-notice-do-release-it = Выпустить:
mail-notice-do-report-after-all = Всё же составить:
mail-notice-do-make-up-for = Наверстать, как велит ключ `misfire` этого расписания:
mail-notice-do-drop = Пропустить все:
mail-notice-do-send-again = После исправления отправить снова:
mail-notice-do-try-the-server = Проверить почтовый сервер:
mail-notice-do-release = После исправления отправить сразу:
mail-notice-do-see-what-is-large = Посмотреть, что занимает место:
mail-notice-do-check = Посмотреть, где ошибки:

mail-signature = Система отчётности: { $programme }
