# Русский: config

file-not-utf-8 = ожидался текст в кодировке UTF-8, найдены другие байты
    .hint = сохраните файл заново в кодировке UTF-8
toml-syntax = строка не похожа на TOML: `{ $line }` ({ $problem })
    .hint = пишите `ключ = значение`, текст в "кавычках"; строка пояснения начинается с #
toml-not-quoted = ожидался текст в кавычках: `{ $line }`
    .hint = заключите текст в "двойные кавычки"
toml-quote-not-closed = ожидалась закрывающая кавычка в этой строке: `{ $line }`
    .hint = поставьте недостающую " в конце текста
toml-value-missing = после знака равенства ожидалось значение: `{ $line }`
    .hint = напишите значение или уберите строку
toml-not-closed = открытая здесь скобка нигде не закрыта: `{ $line }`
    .hint = закройте список знаком ] или таблицу знаком {"}"}
toml-key-twice = этот ключ стоит в таблице второй раз: `{ $line }`
    .hint = оставьте один из двух; если это вторая таблица, поставьте перед ней её [[заголовок]]

key-unknown = ожидался ключ таблицы `{ $section }`, найдено `{ $found }`
    .hint = уберите его или возьмите один из { $known }
key-unknown-near = ожидался ключ таблицы `{ $section }`, найдено `{ $found }`
    .hint = возможно, имелось в виду `{ $near }`
key-unknown-in-file = ожидалась таблица файла { $section }, найдено `{ $found }`
    .hint = уберите её или поместите в одну из { $known }
key-unknown-in-file-near = ожидалась таблица файла { $section }, найдено `{ $found }`
    .hint = возможно, имелось в виду `{ $near }`
key-missing = в таблице `{ $section }` нет ключа `{ $key }`
    .hint = добавьте строку, например `{ $key } = { $example }`
value-kind = для `{ $key }` ожидалось { $expected ->
        [text] значение в кавычках
        [wording] по тексту на каждом языке
        [texts] перечисление текстов
        [bool] true или false
        [whole] целое число
        [span] время в кавычках
        [day] число календаря в кавычках
        [days] перечисление дней
        [mailbox] адрес электронной почты в кавычках
        [mailboxes] перечисление адресов электронной почты
        [names] перечисление названий
       *[other] значение другого вида
    }, найдено `{ $found }`
    .hint = напишите `{ $key } = { $example }`
value-kind-table = `{ $key }` должен быть отдельной таблицей, найдено `{ $found }`
    .hint = поместите его ключи под строку `{ $section }`
not-yet = эта версия ещё не знает этого ключа
    .hint = уберите его
not-yet-postgres = эта версия ещё не умеет вести журнал в PostgreSQL, найдено `{ $found }:…`
    .hint = используйте `url = "sqlite:state/ledger.db"`
not-yet-legacy-xls = эта версия ещё не читает файлы .xls
    .hint = используйте `legacy_xls = false` и попросите книгу в формате .xlsx

line-break = в `{ $key }` есть перевод строки или другой управляющий знак
    .hint = напишите в одну строку, без \n, \r, \t и \u0000
text-blank = значение `{ $key }` пустое
    .hint = заполните его или уберите строку
word-unknown = для `{ $key }` ожидалось одно из { $known }, найдено `{ $found }`
    .hint = возьмите одно из этих слов
word-unknown-near = для `{ $key }` ожидалось одно из { $known }, найдено `{ $found }`
    .hint = возможно, имелось в виду `{ $near }`
number-out-of-range = для `{ $key }` ожидалось число от { $least } до { $most }, найдено `{ $found }`
    .hint = возьмите число от { $least } до { $most }
duration-unreadable = для `{ $key }` ожидалось время, найдено `{ $found }`
    .hint = напишите число и единицу: "10s", "5m", "1h" или "5 days"
duration-out-of-range = для `{ $key }` ожидалось время от { $least } до { $most }, найдено `{ $found }`
    .hint = возьмите время от { $least } до { $most }
day-unreadable = для `{ $key }` ожидалась дата, найдено `{ $found }`
    .hint = напишите год, месяц и день: "2017-11-29"
language-unknown = ожидался язык, `en` или `ru`, найдено `{ $found }`
    .hint = возьмите `en` или `ru`
timezone-unknown = ожидался часовой пояс по имени IANA, найдено `{ $found }`
    .hint = возьмите, например, "Asia/Bishkek" или "Europe/Vienna"
timezone-unknown-near = ожидался часовой пояс по имени IANA, найдено `{ $found }`
    .hint = возможно, имелось в виду `{ $near }`
country-code = ожидалась страна двумя заглавными буквами, найдено `{ $found }`
    .hint = возьмите код ISO, например "KG" или "TJ"
country-code-near = ожидалась страна двумя заглавными буквами, найдено `{ $found }`
    .hint = возможно, имелось в виду `{ $near }`
email-address = ожидался адрес электронной почты, найдено `{ $found }`
    .hint = напишите его как name@example.org
email-address-domain = ожидался полный домен после @, найдено `{ $found }`
    .hint = допишите часть после @, как в name@example.org
email-address-letters = в адресе электронной почты ожидались латинские буквы, в `{ $found }` есть другая
    .hint = наберите адрес заново в латинской раскладке
email-address-brackets = ожидался адрес между < и >, найдено `{ $found }`
    .hint = напишите "Имя <name@example.org>"
email-address-named = для `email` ожидался один адрес, найдено имя вместе с ним
    .hint = оставьте то, что между < и >, а имя поместите в `name`

programme-backwards = программа заканчивается ({ $end }) раньше, чем начинается ({ $start })
    .hint = исправьте `start` или `end`
wording-missing = у `{ $key }` нет текста на языке { $languages }
    .hint = добавьте `{ $first } = "…"` или уберите язык из `languages` таблицы `[programme]`
wording-missing-donor = у `{ $key }` нет текста на языке { $languages }, а без него отчёт не выпускается
    .hint = добавьте `{ $first } = "…"` со словами, которых требует донор
component-number-twice = компонент { $number } указан второй раз
    .hint = дайте каждому `[[programme.component]]` свой номер

ledger-url = ожидался адрес журнала, начинающийся с `sqlite:`, найдено `{ $found }`
    .hint = используйте `url = "sqlite:state/ledger.db"`
listen-address = ожидались адрес и порт, найдено `{ $found }`
    .hint = напишите "127.0.0.1:8010"
dashboard-open = панель на `{ $found }` открыта посторонним, и ничто не защищает то, что на ней вводят
    .hint = укажите сертификат, `tls = { "{" } certificate = "secrets/dashboard.pem", key = "secrets/dashboard.key" { "}" }`, или адрес прокси-сервера, у которого он есть, `proxy = "127.0.0.1"`; или оставьте панель на этой машине, `listen = "127.0.0.1:8010"`
dashboard-hosts-missing = панель на `{ $found }` доступна с других машин, но неизвестно, под каким именем
    .hint = перечислите имена, которые набирают в браузере: `hosts = ["reports.example.org"]`
dashboard-host = ожидалось имя узла, найдено `{ $found }`
    .hint = напишите одно имя, например "reports.example.org", без https:// и без порта
dashboard-proxy = ожидался адрес прокси-сервера, найдено `{ $found }`
    .hint = напишите IP-адрес, с которого он обращается, например "127.0.0.1"
dashboard-pem = в `{ $path }` ожидался { $key ->
        [key] закрытый ключ
       *[certificate] сертификат
    } панели в формате PEM
    .hint = назовите файл, в котором есть строка -----BEGIN { $key ->
        [key] PRIVATE KEY
       *[certificate] CERTIFICATE
    }-----
dashboard-pem-unreadable = файл `{ $path }` не читается: { $problem }
    .hint = поместите файл туда (путь отсчитывается от рабочей папки) и дайте пользователю службы право на чтение
dashboard-without-accounts = панель доступна с других машин, но войти в неё никто не может
    .hint = создайте учётную запись: rapporteur user add NAME --role admin
public-url = ожидался адрес в интернете, найдено `{ $found }`
    .hint = напишите "https://reports.example.org"
smtp-missing = для `transport = "smtp"` нужен почтовый сервер, а таблицы `[mail.smtp]` нет
    .hint = добавьте таблицу `[mail.smtp]` с `host = "mail.example.org"` или используйте `transport = "maildir"`
host-name = ожидалось имя почтового сервера, найдено `{ $found }`
    .hint = напишите одно имя, например "mail.example.org"; для порта есть свой ключ
tls-none-beyond-loopback = с `tls = "none"` почта и пароль уйдут на `{ $host }` без защиты
    .hint = используйте "implicit" (порт 465) или "starttls" (порт 587); "none" — только для сервера на этой машине
password-in-file = паролю не место в этом файле, найдено `{ $key }`
    .hint = уберите его и поместите пароль в отдельный файл, названный в `password_file = "secrets/smtp"`, или в RAPPORTEUR_SMTP_PASSWORD
password-file = файл `{ $path }` не читается: { $problem }
    .hint = поместите в этот файл один пароль (путь отсчитывается от рабочей папки) или задайте RAPPORTEUR_SMTP_PASSWORD
password-file-empty = файл `{ $path }` пуст
    .hint = поместите в этот файл один пароль
password-missing = почтовый сервер спросит у `{ $username }` пароль, а он не задан
    .hint = добавьте `password_file = "secrets/smtp"` или задайте RAPPORTEUR_SMTP_PASSWORD
certificate-unreadable = в `{ $path }` ожидался сертификат в формате PEM
    .hint = назовите файл, в котором есть строка -----BEGIN CERTIFICATE-----
mail-rate = ожидалось число писем за промежуток времени, найдено `{ $found }`
    .hint = напишите "100 per minute" (в минуту), "500 per hour" (в час) или "2000 per day" (в сутки)
archive-url = ожидался адрес в интернете, найдено `{ $found }`
    .hint = напишите, где доступна папка `archive`, например "https://reports.example.org/archive"
archive-url-missing = для `too_large = "link"` нужен адрес ссылок, а ключа `archive_url` нет
    .hint = добавьте `archive_url = "https://reports.example.org/archive"` — адрес, по которому доступна папка `archive`, — или используйте `too_large = "refuse"`
dkim-name = ожидалось имя из букв, цифр, дефисов и точек, найдено `{ $found }`
    .hint = напишите домен, например "example.org", и селектор, под которым опубликован его ключ, например "reports"
dkim-domain = подпись домена `{ $found }` не подтверждает почту от `{ $sender }`
    .hint = подписывайте доменом адреса `from` или доменом уровнем выше
dkim-key = в `{ $path }` ожидался закрытый ключ в формате PEM
    .hint = назовите файл, в котором есть строка -----BEGIN PRIVATE KEY-----; такой файл создаёт openssl genrsa 2048
dkim-key-unreadable = файл `{ $path }` не читается: { $problem }
    .hint = поместите в этот файл закрытый ключ подписи (путь отсчитывается от рабочей папки)

config-file-gone = этого файла больше нет
    .hint = верните его; если он не нужен, оставьте его пустым
config-unreadable = { $problem }
    .hint = дайте пользователю, от имени которого работает служба, право на чтение
schedule-fields = ожидалось 5 полей расписания, найдено { $fields }: `{ $found }`
    .hint = напишите минуту, час, число, месяц и день недели, например `0 9 15 1,4,7,10 *`
schedule-fields-seconds = ожидалось 5 полей расписания, найдено { $fields }: `{ $found }`
    .hint = уберите секунды: `{ $shorter }`
schedule-field = в поле { $field } ожидалось { $expected }, найдено `{ $item }` в `{ $found }`
    .hint = исправьте это поле
schedule-fields-working-days = ожидалось выражение cron, найдено `{ $found }`
    .hint = для рабочих дней есть свой ключ: `after_period = "{ $found }"`
schedule-never-fires = ни один день ближайших пяти лет не подходит к `{ $found }`
    .hint = возьмите день, который в этом месяце есть; последний день месяца пишется L, например `0 9 L * *`
schedule-nickname = сокращения `{ $found }` нет
    .hint = возьмите одно из { $known } или напишите пять полей
schedule-nickname-near = сокращения `{ $found }` нет
    .hint = возможно, имелось в виду `{ $near }`
due-twice = срок задаётся ключом `cron` или ключом `after_period`, найдены оба
    .hint = уберите один из двух
needs-after-period = ключ `{ $key }` относится к `after_period`, а его нет
    .hint = уберите этот ключ или поставьте `after_period = "10 working days"` вместо `cron`
after-period-unreadable = ожидалось число рабочих дней, найдено `{ $found }`
    .hint = напишите число и слова, например `after_period = "10 working days"`
after-period-unreadable-near = ожидалось число рабочих дней, найдено `{ $found }`
    .hint = возможно, имелось в виду `{ $near }`
after-period-not-over = рабочие дни считаются от конца периода, а `{ $found }` к тому времени ещё не закончится
    .hint = напишите `period = "{ $near }"`
after-period-fixed = рабочие дни считаются после каждого периода, а `{ $found }` — только один
    .hint = напишите `period = "previous-quarter"`; для одного отчёта: rapporteur runs start
after-period-none = ожидался хотя бы 1 рабочий день, найдено `{ $found }`
    .hint = для первого рабочего дня напишите `after_period = "1 working day"`
after-period-no-working-day = { $span ->
        [month] за некоторыми месяцами
        [quarter] за некоторыми кварталами
        [half] за некоторыми полугодиями
       *[year] за некоторыми годами
    } до конца следующего нет ни одного рабочего дня, и срок `{ $found }` не наступит никогда
    .hint = проверьте `weekend` и `fixed` у стран в config/holidays.toml
after-period-never = срок `{ $found }` не наступит никогда: { $span ->
        [month] в некоторых месяцах
        [quarter] в некоторых кварталах
        [half] в некоторых полугодиях
       *[year] в некоторых годах
    } рабочих дней всего { $most }
    .hint = напишите самое большее `after_period = "{ $most } working days"`, чтобы отчёт вышел до конца следующего периода
time-unreadable = для `{ $key }` ожидалось время суток, найдено `{ $found }`
    .hint = напишите час и минуту, например "09:00" или "17:30"
max-age-below-grace = срок `max_age` ({ $max_age }) короче, чем `grace` ({ $grace })
    .hint = пока не истёк `grace`, опоздания нет: сделайте `max_age` не короче

holidays-missing = выходными считаются только суббота и воскресенье: в config/holidays.toml нет ни одной страны программы
    .hint = добавьте туда `[[country]]` (`rapporteur init` создаёт файл для начала) или напишите здесь `holidays = []`
holidays-country-unknown = в config/holidays.toml нет выходных дней для `{ $country }`
    .hint = добавьте туда `[[country]]` с `code = "{ $country }"` или уберите страну отсюда
holidays-country-twice = вторая таблица `[[country]]` с кодом `{ $country }`
    .hint = соберите дни обеих в одной
weekday-unknown = ожидался день недели, найдено `{ $found }`
    .hint = напишите его по-английски, целиком и строчными буквами, например "saturday"
weekday-unknown-near = ожидался день недели, найдено `{ $found }`
    .hint = возможно, имелось в виду `{ $near }`
holiday-fixed = ожидались месяц и число, найдено `{ $found }`
    .hint = напишите по две цифры, например "03-21" для 21 марта
holiday-fixed-of-one-year = ожидались месяц и число, найден день одного года `{ $found }`
    .hint = перенесите его в `days` или напишите только месяц и число, например "03-21"
holiday-day = для `{ $key }` ожидался день, найдено `{ $found }`
    .hint = напишите год, месяц и число, например "2026-03-20"
period-unknown = ожидался период, найдено `{ $found }`
    .hint = возьмите "previous-quarter", "this-quarter", то же с month, half или year, или период "2017-Q4"
period-unknown-near = ожидался период, найдено `{ $found }`
    .hint = возможно, имелось в виду `{ $near }`
report-unknown = шаблона отчёта `{ $found }` нет
    .hint = возьмите один из { $known } или создайте папку templates/report/{ $found } с файлом report.md
report-unknown-near = шаблона отчёта `{ $found }` нет
    .hint = возможно, имелось в виду `{ $near }`
name-twice = вторая таблица `{ $section }` с именем `{ $name }`
    .hint = дайте каждой своё имя
groups-missing = для `{ $key }` нужна хотя бы одна группа, найдено ни одной
    .hint = назовите группу из config/recipients.toml, например `{ $key } = ["steering-group"]`
group-empty = в config/recipients.toml никто не входит в группу `{ $group }`
    .hint = добавьте кому-нибудь `groups = ["{ $group }"]` или назовите другую группу
group-empty-near = в config/recipients.toml никто не входит в группу `{ $group }`
    .hint = возможно, имелось в виду `{ $near }`
approvers-missing = для `sign_off = "required"` нужен тот, кто утверждает, а ключа `approvers` нет
    .hint = добавьте `approvers = ["secretariat"]`, группу из config/recipients.toml

recipient-in-no-group = { $name } не входит ни в одну группу и никогда не получит отчёта
    .hint = добавьте `groups = ["steering-group"]` или уберите получателя
recipient-in-no-group-unnamed = этот получатель не входит ни в одну группу и никогда не получит отчёта
    .hint = добавьте `groups = ["steering-group"]` или уберите получателя
email-twice = вторая таблица `{ $section }` с адресом `{ $found }`
    .hint = оставьте одну из двух; один человек может входить в несколько групп
files-twice = вторая таблица `[[contributor]]` с образцом `{ $found }`
    .hint = дайте каждому составителю образец, подходящий только к его файлам

name-backwards = название `{ $name }` указано с { $first } по { $last }, то есть задом наперёд
    .hint = поменяйте `from` и `until` местами или исправьте одно из двух
name-without-successor = название `{ $name }` больше не действует, а какое пришло ему на смену, не сказано
    .hint = добавьте нынешнее название: now = "…"
alias-unknown = `{ $alias }` обозначает `{ $found }`, чего нет среди известных значений таблицы { $table }
    .hint = поставьте справа английское название, как в пустой книге
alias-unknown-near = `{ $alias }` обозначает `{ $found }`, чего нет среди известных значений таблицы { $table }
    .hint = возможно, имелось в виду `{ $near }`
alias-unknown-country = `{ $alias }` обозначает `{ $found }`, а это не код страны
    .hint = поставьте справа код ISO, например "KG"
owed-sheet-unknown = ожидалось английское название листа, найдено `{ $found }`
    .hint = есть такие: { $known }
owed-sheet-unknown-near = ожидалось английское название листа, найдено `{ $found }`
    .hint = возможно, имелось в виду `{ $near }`
needs-wait = `{ $key }` определяет, сколько отчёт ждёт, а этот не ждёт
    .hint = добавьте `wait = "until-ready"` или уберите `{ $key }`
working-days-unreadable = в `{ $key }` указывают рабочие дни, от 1 до { $most }; найдено `{ $found }`
    .hint = напишите "5 working days"
working-days-unreadable-near = в `{ $key }` указывают рабочие дни, от 1 до { $most }; найдено `{ $found }`
    .hint = возможно, имелось в виду "{ $near }"
bounces-twice = указаны два почтовых ящика для вернувшихся писем
    .hint = оставьте `maildir` или `[bounces.imap]`, а другое уберите
address-bounces = последние письма на { $email } вернулись (подряд: { $mails }): { $reason }
    .hint = исправьте адрес в config/recipients.toml или спросите получателя; одно дошедшее письмо снимет эту отметку
