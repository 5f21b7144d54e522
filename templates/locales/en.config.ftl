# English: config
# One message for each wording; `.hint` is one sentence that mends it.

# ── the file itself ──
file-not-utf-8 = expected text in UTF-8, found other bytes
    .hint = save the file again as UTF-8 (in the editor: Save as, encoding UTF-8)
toml-syntax = this line is not TOML: `{ $line }` ({ $problem })
    .hint = write it as `key = value`, text in "quotes"; a line of explanation begins with #
toml-not-quoted = expected text in quotes: `{ $line }`
    .hint = put the text into "double quotes"
toml-quote-not-closed = expected a closing quote on this line: `{ $line }`
    .hint = put the missing " at the end of the text
toml-value-missing = expected a value after the equals sign: `{ $line }`
    .hint = write the value, or take the line out
toml-not-closed = the bracket that opens here is never closed: `{ $line }`
    .hint = close the list with ] or the table with {"}"}
toml-key-twice = this key stands in its table a second time: `{ $line }`
    .hint = keep one of the two; where a second table was meant, put its [[head]] before it

# ── keys ──
key-unknown = expected a key of `{ $section }`, found `{ $found }`
    .hint = take it out, or use one of { $known }
key-unknown-near = expected a key of `{ $section }`, found `{ $found }`
    .hint = perhaps you meant `{ $near }`
key-unknown-in-file = expected a table of { $section }, found `{ $found }`
    .hint = take it out, or put it below one of { $known }
key-unknown-in-file-near = expected a table of { $section }, found `{ $found }`
    .hint = perhaps you meant `{ $near }`
key-missing = expected `{ $key }` in this `{ $section }`, found none
    .hint = add a line such as `{ $key } = { $example }`
value-kind = expected { $expected ->
        [text] text in quotes
        [wording] a text for each language
        [texts] a list of texts
        [bool] true or false
        [whole] a whole number
        [span] a span of time in quotes
        [day] a day in quotes
        [days] a list of days
        [mailbox] an e-mail address in quotes
        [mailboxes] a list of e-mail addresses
        [names] a table of names
       *[other] another kind of value
    } for `{ $key }`, found `{ $found }`
    .hint = write `{ $key } = { $example }`
value-kind-table = expected `{ $key }` as a table of its own, found `{ $found }`
    .hint = put its keys below a line `{ $section }`
not-yet = this version does not understand this key yet
    .hint = take it out
not-yet-postgres = a ledger in PostgreSQL is not understood by this version yet, found `{ $found }:…`
    .hint = use `url = "sqlite:state/ledger.db"`
not-yet-legacy-xls = reading .xls files is not understood by this version yet
    .hint = use `legacy_xls = false`, and ask for the workbook as .xlsx

# ── values ──
line-break = `{ $key }` has a line break or another control character in it
    .hint = write it on one line, without \n, \r, \t or \u0000
text-blank = expected something in `{ $key }`, found blank text
    .hint = fill it in, or take the line out
word-unknown = expected one of { $known } for `{ $key }`, found `{ $found }`
    .hint = use one of these words
word-unknown-near = expected one of { $known } for `{ $key }`, found `{ $found }`
    .hint = perhaps you meant `{ $near }`
number-out-of-range = expected `{ $key }` from { $least } to { $most }, found `{ $found }`
    .hint = choose a number from { $least } to { $most }
duration-unreadable = expected a span of time for `{ $key }`, found `{ $found }`
    .hint = write a number and a unit, such as "10s", "5m", "1h" or "5 days"
duration-out-of-range = expected `{ $key }` from { $least } to { $most }, found `{ $found }`
    .hint = choose a span from { $least } to { $most }
day-unreadable = expected a day for `{ $key }`, found `{ $found }`
    .hint = write year, month and day, such as "2017-11-29"
language-unknown = expected a language, `en` or `ru`, found `{ $found }`
    .hint = use `en` or `ru`
timezone-unknown = expected a time zone by its IANA name, found `{ $found }`
    .hint = use a name such as "Asia/Bishkek" or "Europe/Vienna"
timezone-unknown-near = expected a time zone by its IANA name, found `{ $found }`
    .hint = perhaps you meant `{ $near }`
country-code = expected a country as two capital letters, found `{ $found }`
    .hint = use the ISO code, such as "KG" or "TJ"
country-code-near = expected a country as two capital letters, found `{ $found }`
    .hint = perhaps you meant `{ $near }`
email-address = expected an e-mail address, found `{ $found }`
    .hint = write it as name@example.org
email-address-domain = expected a full domain after the @, found `{ $found }`
    .hint = complete the part after the @, as in name@example.org
email-address-letters = expected Latin letters in the e-mail address, found another in `{ $found }`
    .hint = type the address anew with the keyboard set to Latin letters
email-address-brackets = expected an address between < and >, found `{ $found }`
    .hint = write it as "Name <name@example.org>"
email-address-named = expected the address alone for `email`, found a name with it
    .hint = keep what stands between < and >, and put the name into `name`

# ── the programme ──
programme-backwards = the programme ends ({ $end }) before it starts ({ $start })
    .hint = correct `start` or `end`
wording-missing = `{ $key }` has no text in { $languages }
    .hint = add `{ $first } = "…"` to it, or take the language out of `languages` of `[programme]`
wording-missing-donor = `{ $key }` has no text in { $languages }, and no report may go out without it
    .hint = add `{ $first } = "…"` with the words that the donor asks for
component-number-twice = component { $number } is there a second time
    .hint = give each `[[programme.component]]` a number of its own

# ── ledger, dashboard, mail ──
ledger-url = expected a ledger address that begins with `sqlite:`, found `{ $found }`
    .hint = use `url = "sqlite:state/ledger.db"`
listen-address = expected an address and a port, found `{ $found }`
    .hint = write it as "127.0.0.1:8010"
dashboard-open = the dashboard would be open to others at `{ $found }`, and nothing would protect what they type
    .hint = give it a certificate, `tls = { "{" } certificate = "secrets/dashboard.pem", key = "secrets/dashboard.key" { "}" }`, or name the proxy that has one, `proxy = "127.0.0.1"`; or keep it on this machine, `listen = "127.0.0.1:8010"`
dashboard-hosts-missing = others are to reach the dashboard at `{ $found }`, and it does not know under which name
    .hint = add the names that stand in their browsers: `hosts = ["reports.example.org"]`
dashboard-host = expected a host name, found `{ $found }`
    .hint = write the name alone, such as "reports.example.org", without https:// and without a port
dashboard-proxy = expected the address of the proxy, found `{ $found }`
    .hint = write the IP address it comes from, such as "127.0.0.1"
dashboard-pem = expected the { $key ->
        [key] private key
       *[certificate] certificate
    } of the dashboard in PEM form in `{ $path }`
    .hint = name a file that has a line -----BEGIN { $key ->
        [key] PRIVATE KEY
       *[certificate] CERTIFICATE
    }-----
dashboard-pem-unreadable = `{ $path }` cannot be read: { $problem }
    .hint = put the file there (the path is taken from the home), readable for the user of the daemon
dashboard-without-accounts = others are to reach the dashboard, and nobody can log in
    .hint = add an account: rapporteur user add NAME --role admin
public-url = expected an address of the web, found `{ $found }`
    .hint = write it as "https://reports.example.org"
smtp-missing = `transport = "smtp"` needs a mail server, and there is no `[mail.smtp]`
    .hint = add a table `[mail.smtp]` with `host = "mail.example.org"`, or use `transport = "maildir"`
host-name = expected the name of a mail server, found `{ $found }`
    .hint = write the name alone, such as "mail.example.org"; the port has a key of its own
tls-none-beyond-loopback = `tls = "none"` would send mail and password unprotected to `{ $host }`
    .hint = use "implicit" (port 465) or "starttls" (port 587); "none" is for a server on this machine only
password-in-file = a password does not belong into this file, found `{ $key }`
    .hint = take it out, and put the password into a file of its own, named by `password_file = "secrets/smtp"`, or into RAPPORTEUR_SMTP_PASSWORD
password-file = `{ $path }` cannot be read: { $problem }
    .hint = put the password, alone, into that file (the path is taken from the home), or into RAPPORTEUR_SMTP_PASSWORD
password-file-empty = `{ $path }` is empty
    .hint = put the password, alone, into that file
password-missing = the mail server asks `{ $username }` for a password, and none is given
    .hint = add `password_file = "secrets/smtp"`, or set RAPPORTEUR_SMTP_PASSWORD
certificate-unreadable = expected a certificate in PEM form in `{ $path }`
    .hint = name a file that has a line -----BEGIN CERTIFICATE-----
mail-rate = expected so many mails in a span of time, found `{ $found }`
    .hint = write "100 per minute", "500 per hour" or "2000 per day"
archive-url = expected an address of the web, found `{ $found }`
    .hint = write where the folder `archive` can be read, such as "https://reports.example.org/archive"
archive-url-missing = `too_large = "link"` needs an address for the links, and there is no `archive_url`
    .hint = add `archive_url = "https://reports.example.org/archive"`, where the folder `archive` can be read, or use `too_large = "refuse"`
dkim-name = expected a name of letters, digits, hyphens and dots, found `{ $found }`
    .hint = write the domain, such as "example.org", and the selector under which its key is published, such as "reports"
dkim-domain = a signature of `{ $found }` says nothing for mail from `{ $sender }`
    .hint = sign with the domain of `from`, or with a domain above it
dkim-key = expected a private key in PEM form in `{ $path }`
    .hint = name a file that has a line -----BEGIN PRIVATE KEY-----; openssl genrsa 2048 makes one
dkim-key-unreadable = `{ $path }` cannot be read: { $problem }
    .hint = put the private key of the signature into that file (the path is taken from the home)

# ── schedules ──
config-file-gone = the file is no longer there
    .hint = put it back; to do without what it says, leave it empty
config-unreadable = { $problem }
    .hint = let the daemon's user read it
schedule-fields = expected 5 schedule fields, found { $fields }: `{ $found }`
    .hint = write minute, hour, day of the month, month, day of the week, such as `0 9 15 1,4,7,10 *`
schedule-fields-seconds = expected 5 schedule fields, found { $fields }: `{ $found }`
    .hint = drop the seconds: `{ $shorter }`
schedule-field = expected { $expected } as the { $field }, found `{ $item }` in `{ $found }`
    .hint = correct the { $field }
schedule-fields-working-days = expected a cron expression, found `{ $found }`
    .hint = working days have a key of their own: `after_period = "{ $found }"`
schedule-never-fires = no day of the next five years fits `{ $found }`
    .hint = choose a day that its month has; for the last day of a month write L, such as `0 9 L * *`
schedule-nickname = there is no shortcut `{ $found }`
    .hint = use one of { $known }, or write five fields
schedule-nickname-near = there is no shortcut `{ $found }`
    .hint = perhaps you meant `{ $near }`
due-twice = a schedule is due by `cron` or by `after_period`, found both
    .hint = take one of the two out
needs-after-period = `{ $key }` belongs to `after_period`, and there is none
    .hint = take it out, or put `after_period = "10 working days"` in place of `cron`
after-period-unreadable = expected a number of working days, found `{ $found }`
    .hint = write a number and the words, such as `after_period = "10 working days"`
after-period-unreadable-near = expected a number of working days, found `{ $found }`
    .hint = perhaps you meant `{ $near }`
after-period-not-over = working days are counted from the end of a period, and `{ $found }` is not over by then
    .hint = use `period = "{ $near }"`
after-period-fixed = working days are counted after every period, and `{ $found }` is one alone
    .hint = use `period = "previous-quarter"`; for a single report: rapporteur runs start
after-period-none = expected at least 1 working day, found `{ $found }`
    .hint = write `after_period = "1 working day"` for the first one
after-period-no-working-day = no working day follows some { $span ->
        [month] months
        [quarter] quarters
        [half] half-years
       *[year] years
    } before the next one ends, so `{ $found }` can never be met
    .hint = look at `weekend` and `fixed` of the countries in config/holidays.toml
after-period-never = `{ $found }` can never be met: some { $span ->
        [month] months have
        [quarter] quarters have
        [half] half-years have
       *[year] years have
    } only { $most } working days
    .hint = write at most `after_period = "{ $most } working days"`, so that each report is out before the next period ends
time-unreadable = expected a time of day for `{ $key }`, found `{ $found }`
    .hint = write hour and minute, such as "09:00" or "17:30"
max-age-below-grace = `max_age` ({ $max_age }) is shorter than `grace` ({ $grace })
    .hint = an occurrence within its grace is still on time: make `max_age` as long, or longer

# ── holidays ──
holidays-missing = only Saturdays and Sundays are taken as days off: config/holidays.toml has none of the programme's countries
    .hint = add a `[[country]]` there (`rapporteur init` writes a file to begin with), or say `holidays = []` here
holidays-country-unknown = config/holidays.toml has no days off for `{ $country }`
    .hint = add a `[[country]]` with `code = "{ $country }"` there, or take it out here
holidays-country-twice = a second `[[country]]` has the code `{ $country }`
    .hint = put the days of both into one
weekday-unknown = expected a day of the week, found `{ $found }`
    .hint = write it in full and in small letters, such as "saturday"
weekday-unknown-near = expected a day of the week, found `{ $found }`
    .hint = perhaps you meant `{ $near }`
holiday-fixed = expected month and day, found `{ $found }`
    .hint = write two digits each, such as "03-21" for 21 March
holiday-fixed-of-one-year = expected month and day, found the day of one year `{ $found }`
    .hint = put it into `days`, or write month and day alone, such as "03-21"
holiday-day = expected a day for `{ $key }`, found `{ $found }`
    .hint = write year, month and day, such as "2026-03-20"
period-unknown = expected a period, found `{ $found }`
    .hint = use "previous-quarter", "this-quarter", the same with month, half or year, or a fixed "2017-Q4"
period-unknown-near = expected a period, found `{ $found }`
    .hint = perhaps you meant `{ $near }`
report-unknown = there is no report template `{ $found }`
    .hint = use one of { $known }, or make the folder templates/report/{ $found } with a report.md
report-unknown-near = there is no report template `{ $found }`
    .hint = perhaps you meant `{ $near }`
name-twice = a second `{ $section }` is called `{ $name }`
    .hint = give each a name of its own
groups-missing = expected at least one group for `{ $key }`, found none
    .hint = name a group of config/recipients.toml, such as `{ $key } = ["steering-group"]`
group-empty = nobody in config/recipients.toml is in the group `{ $group }`
    .hint = add `groups = ["{ $group }"]` to somebody there, or name another group
group-empty-near = nobody in config/recipients.toml is in the group `{ $group }`
    .hint = perhaps you meant `{ $near }`
approvers-missing = `sign_off = "required"` needs somebody to sign off, and there are no `approvers`
    .hint = add `approvers = ["secretariat"]`, a group of config/recipients.toml

# ── people ──
recipient-in-no-group = { $name } is in no group and would never get a report
    .hint = add `groups = ["steering-group"]`, or take the recipient out
recipient-in-no-group-unnamed = this recipient is in no group and would never get a report
    .hint = add `groups = ["steering-group"]`, or take the recipient out
email-twice = a second `{ $section }` has the address `{ $found }`
    .hint = keep one of the two; one person may be in several groups
files-twice = a second `[[contributor]]` has the pattern `{ $found }`
    .hint = give each contributor a pattern that fits their own files only

# ── words of workbooks ──
name-backwards = `{ $name }` is said to have held from { $first } until { $last }, which is before
    .hint = swap `from` and `until`, or correct one
name-without-successor = `{ $name }` ended, and nothing says what came after it
    .hint = add the name of today: now = "…"
alias-unknown = `{ $alias }` stands for `{ $found }`, which is none of the known { $table }
    .hint = put the English name to the right of the equals sign, as in the blank workbook
alias-unknown-near = `{ $alias }` stands for `{ $found }`, which is none of the known { $table }
    .hint = perhaps you meant `{ $near }`
alias-unknown-country = `{ $alias }` stands for `{ $found }`, which is no country's code
    .hint = put the ISO code to the right of the equals sign, such as "KG"
owed-sheet-unknown = expected the English name of a sheet, found `{ $found }`
    .hint = there are { $known }
owed-sheet-unknown-near = expected the English name of a sheet, found `{ $found }`
    .hint = perhaps you meant `{ $near }`
needs-wait = `{ $key }` says how long a report waits, and this one does not wait
    .hint = add `wait = "until-ready"`, or remove `{ $key }`
working-days-unreadable = `{ $key }` takes working days, from 1 to { $most }, found `{ $found }`
    .hint = write it as "5 working days"
working-days-unreadable-near = `{ $key }` takes working days, from 1 to { $most }, found `{ $found }`
    .hint = perhaps you meant "{ $near }"
bounces-twice = there are two mailboxes for mails that come back
    .hint = keep `maildir` or `[bounces.imap]`, and remove the other
address-bounces = the last { $mails } mails to { $email } came back: { $reason }
    .hint = correct the address in config/recipients.toml, or ask them; one mail that arrives takes this away
