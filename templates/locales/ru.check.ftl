# Русский: что команды `check` и `compile` находят вне настройки и шаблонов

ledger-unreachable = журнал не отвечает: { $problem }
    .hint = проверьте, есть ли папка из `[ledger] url` и можно ли в неё писать
ledger-has-no-rows = в журнале нет строк за { $period }
    .hint = положите книги во входную папку или назовите их с --from
mail-server-refuses = почтовый сервер { $host } нас не пускает: { $problem }
    .hint = сравните `host`, `port`, `tls` и `username` в `[mail.smtp]` с тем, что говорит его владелец
dkim-key-unusable = письма нечем подписать: { $problem }
    .hint = создайте ключ командой `openssl genrsa -out secrets/dkim.pem 2048` или уберите `[mail.dkim]`
mail-template = шаблон письма не читается: { $problem }
    .hint = сравните его со встроенным шаблоном или уберите файл
