# The dashboard: what its pages say.
desk-this-language = English
desk-skip = Skip to the contents
desk-ways = Pages
desk-log-out = Log out
desk-clock = Times are those of { $zone }.
desk-filter = Show
desk-pages = More of the list
desk-all = All
desk-newest = Newest
desk-newer = ← Newer
desk-older = Older →
desk-people = { $groups } ({ $n ->
    [0] nobody yet
    [one] { $n } person
   *[other] { $n } people
})
desk-tongue-en = English
desk-tongue-ru = Russian
desk-language-en = English
desk-language-ru = Russian
desk-period = Period
desk-version = Version { $revision }
desk-mail = Mail
desk-somebody = somebody at this machine

## Where the pages are
desk-way-today = Today
desk-way-readiness = Readiness
desk-way-workbooks = Workbooks
desk-way-runs = Reports
desk-way-deliveries = Mails
desk-way-configuration = Settings
desk-way-health = Health

## Columns
desk-column-report = Report
desk-column-state = State
desk-column-due = Due
desk-column-schedule = Schedule
desk-column-why = Why
desk-column-to = To
desk-column-purpose = What for
desk-column-written = Written
desk-column-attempts = Attempts
desk-column-reply = What the server said
desk-column-attempt = Attempt
desk-column-begun = Begun
desk-column-outcome = Ended
desk-column-file = Workbook
desk-column-rows = Rows
desk-column-period = Period
desk-column-taken = Taken

## Today
desk-today-lead = { $n ->
    [0] Nothing needs you at the moment.
    [1] One matter needs you.
   *[other] { WORDS($n, at: "start") } matters need you.
}
desk-today-lead-next = The next report, for { $period }, falls due on { $day }.
desk-today-lead-no-next = No report is scheduled.
desk-today-needs = What needs you
desk-today-nothing = No report waits, no workbook has errors, and mail goes out.
desk-today-next = What happens next
desk-next-nothing = Nothing is scheduled. Schedules stand in config/schedules.toml.
desk-report-for = Report for { $period }
desk-next-to = To { $people }: { $languages }.
desk-next-after = It goes out after sign-off by { $people }.
desk-next-readiness = Who has sent what for it
desk-notice-more = What to do about it
desk-missed = { $n ->
    [one] One occurrence of { $schedule } was missed between { $from } and { $until }, and waits for somebody to decide.
   *[other] { $n } occurrences of { $schedule } were missed between { $from } and { $until }, and wait for somebody to decide.
}
desk-missed-release = Make up for them
desk-missed-drop = Skip them all…
desk-missed-drop-what = No report is compiled for any of them. Each is written down as skipped.
desk-missed-drop-yes = Skip them all

## Handing in a workbook
desk-drop-title = Hand in a workbook
desk-drop-sender = Whose it is
desk-drop-sender-help = The one who is answered. As a rule the file's name tells.
desk-drop-sender-by-name = As the file's name tells
desk-drop-files = Workbooks
desk-drop-files-help = Excel, LibreOffice or CSV, up to { $mb } MB each.
desk-drop-here = You may also drop them here.
desk-drop-yes = Hand in
desk-drop-no-files = Choose a workbook first: none was sent.
desk-dropped-title = Handed in
desk-dropped-lead = { $bad ->
    [0] { $n ->
        [one] The workbook is in the inbox; nothing in it needs fixing.
       *[other] The { $n } files are in the inbox; nothing in them needs fixing.
    }
    [1] { $n ->
        [one] The workbook is in the inbox, and needs fixing.
       *[other] The { $n } files are in the inbox; one of them needs fixing.
    }
   *[other] The { $n } files are in the inbox; { $bad } of them need fixing.
}
desk-dropped-what-next = It is taken within moments, and its sender is answered by mail. What follows is a first look; where other files speak of the same activity, the answer may say more.
desk-dropped-picture = A picture. It is printed where a row of a workbook names it.
desk-dropped-again = Hand in a corrected workbook

## Workbooks
desk-workbooks-taken = Taken
desk-workbooks-to-fix = To be fixed
desk-workbooks-none = No workbook has been taken yet.
desk-workbooks-none-to-fix = No workbook needs fixing.
desk-workbook-errors = { $n ->
    [0] Rows held
    [one] { $n } error
   *[other] { $n } errors
}
desk-workbook-good = Accepted
desk-workbook-nothing = Nothing in it
desk-workbook-replaced = Replaced
desk-workbook-nobody = of no known contributor
desk-workbook-rows = { $read ->
    [0] no rows
    [one] one row read, { $held ->
        [0] accepted
       *[other] held
    }
   *[other] { $read } rows read, { $held ->
        [0] all accepted
       *[other] { $accepted } accepted, { $held } held
    }
}
desk-workbook-from = From
desk-workbook-sheets = Sheets
desk-workbook-about = The file
desk-workbook-marked = Download the marked copy
desk-workbook-lead-good = Nothing in this workbook needs fixing.
desk-workbook-lead-nothing = No row was found in this workbook.
desk-workbook-lead-replaced = A later version of this workbook has been taken. What follows was said of this one.
desk-workbook-lead-bad = { $errors ->
    [0] Some rows wait
    [one] One error waits
   *[other] { WORDS($errors, at: "start") } errors wait
} to be fixed; { $held ->
    [0] no row is held, but a report for the period is.
    [one] one row is held, and so is a report for the period.
   *[other] { WORDS($held) } rows are held, and so is a report for the period.
}
desk-workbook-answer = The answer that went out
desk-workbook-answer-mailed = It went by mail:
desk-workbook-answer-mail = mail { $n }
desk-workbook-answer-beside = It lies beside the file; nobody was mailed.
desk-workbook-answer-read = Read the answer
desk-problems-errors = To be fixed
desk-problems-remarks = Worth a second look
desk-problems-before = ← Those before
desk-problems-after = { $n ->
    [one] One more →
   *[other] { $n } more →
}
desk-problems-more = { $n ->
    [one] and one more
   *[other] and { $n } more
}
desk-problem-error = Error.
desk-problem-warning = Look again.
desk-problem-info = Note.
desk-problem-whole-file = the whole file

## Reports
desk-run-title = Report for { $period }{ $revision ->
    [1] {""}
   *[other] , version { $revision }
}
desk-run-due = To be compiled
desk-run-compiling = Being compiled
desk-run-held = Held
desk-run-awaiting-approval = Waits for sign-off
desk-run-released = Released
desk-run-failed = Could not be compiled
desk-run-skipped = Skipped
desk-run-cancelled = Cancelled
desk-runs-none = There is no such report yet.
desk-run-says-due = It is due, and is compiled as soon as those before it are.
desk-run-says-compiling = It is being compiled at this moment.
desk-run-says-held = It has been compiled and is held: nothing was sent. Mend what is named below, or release it as it is.
desk-run-says-awaiting-approval = It has been compiled, and waits for the word of { $approvers }. Nothing was sent.
desk-run-says-released = It is released, and goes to { $recipients }.
desk-run-says-failed = It could not be compiled. Mend what is named below, then have it compiled again.
desk-run-says-skipped = It was not compiled.
desk-run-says-cancelled = { $by } cancelled it on { $at }. Nothing is sent.
desk-run-about = The report
desk-run-as-of = Data as of
desk-run-decided = Decided
desk-run-editions = Editions
desk-run-versions = Other versions
desk-run-decisions = What you can do
desk-run-approve = Release it
desk-run-approve-what = Read the editions below first. Releasing sends them to the recipients at once.
desk-run-approve-held-what = Releasing sends it as it is, although something in it is not in order.
desk-run-approver-needed = Releasing it takes the role of an approver.
desk-run-retry = Compile it again…
desk-run-retry-what = It is compiled from what the ledger has now. Approvers are asked again.
desk-run-retry-yes = Compile it again
desk-run-hold = Hold it back…
desk-run-hold-what = It stays held until a person releases it or has it compiled again; new data alone does not wake it.
desk-run-hold-yes = Hold it back
desk-run-cancel = Cancel it…
desk-run-cancel-what = It is not sent, and mails to its approvers that have not left are taken back. A new run for the same period can be begun by hand.
desk-run-cancel-yes = Cancel it
desk-start-title = Begin one by hand
desk-start-what = A report begun by hand goes the same way as one that is due: it is compiled, held or signed off, and sent to the same people.
desk-start-yes = Begin
desk-period-help = Such as 2017-Q4. Left empty: the one that is due next by the schedule.
desk-period-wrong = That is no period. Expected one such as 2017-Q4, 2017-H2, 2017-M11 or 2017.
desk-edition-open = Open the PDF: { $name }
desk-edition-size = { $n ->
    [one] { $n } page
   *[other] { $n } pages
}, { $size }
desk-figures = Key figures
desk-figure = Figure
desk-figure-now = This report

## Mails
desk-deliveries-none = No mails yet.
desk-deliveries-of-run = Those of one report:
desk-deliveries-all = { $n ->
    [one] The one mail of this report
   *[other] All { $n } mails of this report
}
desk-deliveries-retry-failed = { $n ->
    [one] Send again the one that did not arrive
   *[other] Send again all { $n } that did not arrive
}
desk-delivery-pending = Waits to be sent
desk-delivery-sending = Being sent
desk-delivery-waiting = Tried again later
desk-delivery-unknown = May have arrived
desk-delivery-delivered = Taken by the server
desk-delivery-dead-letter = Given up
desk-delivery-cancelled = Taken back
desk-delivery-bounced = Came back
desk-delivery-again = again on { $time }
desk-delivery-twice = may have arrived twice
desk-delivery-twice-what = An attempt ended without an answer: it may have arrived twice, with the same Message-ID.
desk-delivery-title = Mail to { $name }
desk-delivery-about = The mail
desk-delivery-run = report { $run }
desk-delivery-next = Next attempt
desk-delivery-attached = Attached
desk-delivery-linked = Linked
desk-delivery-attempts = Attempts
desk-delivery-no-attempts = It has not been tried yet.
desk-delivery-letter = What it says
desk-delivery-retry = Send it again
desk-delivery-retry-dead = It was given up. When the cause is mended, send it again: its attempts are counted anew.
desk-delivery-retry-what = It is tried again by itself. You may hurry it.
desk-delivery-cancel = Take it back…
desk-delivery-cancel-what = It has not left. Taken back, it is never sent.
desk-delivery-cancel-yes = Take it back
desk-attempt = Attempt { $n }
desk-purpose-report = Report
desk-purpose-sign-off = Sign-off
desk-purpose-notice = Notice
desk-purpose-answer = Answer to a workbook
desk-purpose-reminder = Reminder
desk-outcome-delivered = taken
desk-outcome-transient = refused for now
desk-outcome-permanent = refused for good
desk-outcome-no-answer = no answer
desk-outcome-channel-at-fault = the mail server could not be used
desk-outcome-interrupted = interrupted
desk-outcome-open = not ended
desk-mail-held = All mail is held until somebody releases it
desk-mail-held-until = All mail is held until { $time }
desk-mail-release = Release the mail

## Settings, health, notices
desk-configuration-since = This is what the daemon has worked by since { $time }. Passwords and keys are not shown.
desk-configuration-refused = The files were changed on { $time } and have errors; what stands here stays in force.
desk-configuration-changes = Last changes
desk-configuration-no-changes = Nothing has been changed yet.
desk-configuration-taken = Taken
desk-configuration-not-taken = Refused
desk-configuration-cause-start = at the start of the daemon
desk-configuration-cause-files = because files were changed
desk-configuration-cause-signal = because the daemon was asked to
desk-health-works = What works
desk-health-daemon = Schedules
desk-health-running = Looked at in time
desk-health-silent = Nobody looks at them
desk-health-looked = last:
desk-health-mail-goes = Goes out
desk-health-smtp = through { $host }
desk-health-maildir = into the folder mail/; no mail server is set up
desk-health-bounces = Returned mails
desk-health-bounces-read = Their mailbox is read
desk-health-bounces-unread = Their mailbox cannot be read
desk-health-bounces-none = no mailbox is set up for them
desk-health-configuration = In order
desk-health-configuration-refused = The changed files have errors
desk-health-since = since { $time }
desk-health-look-notices = What the operators are told
desk-health-outbox = Mails by state
desk-health-room = Room
desk-health-ledger = Ledger
desk-health-free = Free on the disk
desk-health-zones = Time zones
desk-health-home = Home
desk-health-unknown = not known
desk-notices = Notices
desk-notices-what = What the operators are told by mail, as long as it is so.
desk-notices-open = Open
desk-notices-none = There is nothing to tell.

## Readiness
desk-readiness-title = Readiness for { $period }
desk-readiness-no-period = No report is scheduled and no workbook has been taken, so there is no period to show.
desk-readiness-nobody = Nobody owes a workbook. Contributors stand in config/recipients.toml.
desk-readiness-ready = Everything has come, and no row is held.
desk-readiness-lead = { $come ->
    [0] None of the { WORDS($owed) } sheets has come yet.
    [one] One of { WORDS($owed) } sheets has come{ $late ->
        [0] .
        [one] ; one contributor is still awaited.
       *[other] ; { WORDS($late) } contributors are still awaited.
    }
   *[other] { WORDS($come, at: "start") } of { WORDS($owed) } sheets have come{ $late ->
        [0] , and some rows are held.
        [one] ; one contributor is still awaited.
       *[other] ; { WORDS($late) } contributors are still awaited.
    }
}
desk-readiness-due = The report falls due on { $time }.
desk-readiness-matrix = Who has sent what
desk-readiness-caption = What each contributor owes for { $period }, and what has come of it
desk-readiness-who = Contributor
desk-readiness-missing = Missing
desk-readiness-held = { $n ->
    [one] One row held
   *[other] { $n } rows held
}
desk-readiness-accepted = { $n ->
    [one] One row accepted
   *[other] { $n } rows accepted
}
desk-readiness-not-owed = Not owed
desk-readiness-reminded = Reminded on { $time }

## Sign-off
desk-sign-off-lead = { $name }, this report waits for your word. { $n ->
    [0] Nobody would get it yet.
    [one] One person gets it once it is released.
   *[other] { WORDS($n, at: "start") } people get it once it is released.
}
desk-sign-off-until = This link is good until { $time }, and for what is shown here alone.
desk-sign-off-frame = The report
desk-sign-off-problems = Open problems
desk-sign-off-no-problems = There are none.
desk-sign-off-given = What others said
desk-sign-off-decision = Your word
desk-sign-off-all = It goes out once all have approved: { $people }.
desk-sign-off-approve-what = What is shown here is what goes out, to the byte. If a row changes before you decide, you are asked again.
desk-sign-off-approve = Approve
desk-sign-off-send-back = Send it back…
desk-sign-off-send-back-yes = Send it back
desk-sign-off-reason = What has to be put right
desk-sign-off-reason-help = The secretariat is told, and the report waits until it is done.
desk-sign-off-no-reason = Say what has to be put right.
desk-sign-off-thanks = Thank you
desk-sign-off-released = { $n ->
    [0] The report is released. Nobody is to get it by mail.
    [one] The report is released; one mail is on its way.
   *[other] The report is released; { WORDS($n) } mails are on their way.
}
desk-sign-off-noted = Your approval is noted. The report goes out once these have approved as well: { $people }.
desk-sign-off-sent-back = The report is sent back. The secretariat is told what you wrote, and you are asked again when it is put right.
desk-sign-off-close = You may close this page.
desk-sign-off-refused = Nothing was decided
desk-verdict-approved = approved
desk-verdict-sent-back = sent it back
desk-changes-compile = Changed since it was compiled last
desk-changes-version = Changed since the version that it replaces
desk-changes-period = Changed since { $period }
desk-figure-before = Before
desk-figure-after = Now
desk-done-sent-back = It is sent back, and held until it is put right.
desk-done-noted = Your approval is noted. Others are still to approve.
desk-run-waiting = Waits for workbooks
desk-run-says-waiting = It is due, and waits until { $until } for what is missing. “Compile it again” goes on without it.
desk-run-given = Sign-off
desk-note-by-hand = somebody began it by hand
desk-note-correction = it corrects what was released: { $file } has changed rows of the period
desk-note-late = it was found after its time, and made up for
desk-way-by-link = by the link of the mail
desk-way-by-command = at the command line
desk-way-by-dashboard = here
desk-next-remind = Contributors of whom something is missing are reminded { $days } working { $last ->
    [one] day
   *[other] days
} before.
desk-next-waits = It waits for what is missing, at most until
desk-next-waiting = It is due, and waits for what is missing until then at most.
desk-delivery-retry-bounced = The server took it, and it came back. When the address is mended, send it again.

## Who did what
desk-way-audit = Audit
desk-audit-what = What people did, here and by the links of their mails. Each deed is written down before it is done.
desk-audit-none = Nobody has done anything yet.
desk-audit-done = done
desk-audit-open = not ended
desk-column-who = Who
desk-column-did = Did what
desk-column-when = When
desk-column-from = From where
desk-role-viewer = viewer
desk-role-secretariat = secretariat
desk-role-approver = approver
desk-role-admin = admin
desk-deed-workbooks = handed in workbooks
desk-deed-runs = began a report
desk-deed-runs-approve = approved a report
desk-deed-runs-send-back = sent a report back
desk-deed-runs-hold = held a report
desk-deed-runs-retry = had a report compiled again
desk-deed-runs-cancel = cancelled a report
desk-deed-deliveries-retry-failed = sent all again that was given up
desk-deed-deliveries-retry = sent a mail again
desk-deed-deliveries-cancel = took a mail back
desk-deed-mail-release = released the mail
desk-deed-missed-release = had missed reports made up for
desk-deed-missed-drop = had missed reports skipped
desk-deed-sign-off = decided by the link of a mail
desk-deed-login = logged in
desk-deed-logout = logged out
desk-deed-api-v1-files = handed in workbooks (script)
desk-deed-api-v1-runs = began a report (script)
desk-deed-api-v1-runs-hold = held a report (script)
desk-deed-api-v1-runs-retry = had a report compiled again (script)
desk-deed-api-v1-runs-cancel = cancelled a report (script)
desk-deed-api-v1-deliveries-retry = sent a mail again (script)
desk-deed-api-v1-deliveries-cancel = took a mail back (script)

## What was just done
desk-done-started = It is begun.
desk-done-compiled-again = It is compiled again.
desk-done-approved = It is released. Its mails are on their way.
desk-done-held = It is held.
desk-done-cancelled = It is cancelled.
desk-done-retried = It is sent again.
desk-done-taken-back = It is taken back.
desk-done-mail-released = Mail goes out again.
desk-done-missed-released = They are being made up for.
desk-done-missed-dropped = They are skipped.

# What went wrong, and what to do.
problem-file-name = A file of this name cannot be taken: “{ $name }”
    .hint = Nothing of it was taken. Give it an ordinary name, such as activities_TJ.xlsx, and hand it in again.
problem-too-many-files = That is too many files at once
    .hint = Nothing was taken. Hand in at most twenty at a time.
problem-inbox-at-fault = The inbox cannot be written to
    .hint = Nothing was taken. Try again in a minute; if this stays, an admin finds the reason in the log.
problem-edition-gone = This PDF is no longer in the archive
    .hint = Its file was moved or deleted. Have the report compiled again, or restore the archive from a backup.
problem-edition-changed = This PDF is not the one that was compiled
    .hint = Its file was changed since. Have the report compiled again, or restore the archive from a backup.
problem-to-the-start = To the start
problem-not-found = There is nothing at this address
    .hint = It may have been mistyped, or what was here is gone. Begin from the start page.
problem-not-this-way = This address is not used that way
    .hint = Go back, load the page again and press the button there.
problem-senseless = The request could not be understood
    .hint = Go back, load the page again and try once more.
problem-form-unreadable = The form could not be read
    .hint = A field is missing or has a value that it cannot have. Go back, load the page again and fill it in once more.
problem-too-large = That is too large
    .hint = Nothing of it was taken. Send a smaller file, or put it into the inbox folder.
problem-token-wrong = This page was opened too long ago
    .hint = Nothing was changed. Go back, load the page again and press the button once more.
problem-from-elsewhere = This was sent by a page of another site
    .hint = Nothing was changed. Open the dashboard itself and press the button there.
problem-other-host = The dashboard is not known by this name
    .hint = Use the address under which it was set up. An admin can add names: key “hosts” of [dashboard] in config/rapporteur.toml.
problem-log-in-first = Please log in first
problem-not-your-role = Your account may not do this
    .hint = It takes the role “{ $role }”. Ask an admin.
problem-no-longer-so = That is no longer so: number { $id } is { $found }
    .hint = Somebody was faster, or it has moved on by itself. Nothing was changed; look at it again.
problem-ledger-at-fault = The ledger cannot be read or written just now
    .hint = Try again in a minute. If this stays, an admin finds the reason in the log.
problem-our-fault = Something went wrong here
    .hint = It is a fault of this program, and stands in the log. Nothing that you did caused it.

# Logging in.
login-title = Log in
login-name = Name
login-password = Password
login-enter = Log in
login-failed = Name and password do not belong together. Look at the keyboard’s language and capitals, and try again.
login-no-accounts = There is no account yet. An admin makes the first one on the machine itself: rapporteur user add NAME --role admin
problem-too-often = Too many attempts
    .hint = { $minutes ->
        [one] Wait a minute and try again.
       *[other] Wait { $minutes } minutes and try again.
    } If you do not know your password, an admin sets another one.
problem-took-too-long = This took too long
    .hint = What was under way may have been done: look before you try again.
problem-only-by-the-proxy = The dashboard is served by its proxy only
    .hint = Use the address under which it was set up.

# The interface for scripts, and the calendar.
problem-no-such-schedule = There is no such schedule
    .hint = /api/v1/coming lists those there are.
problem-no-such-sender = Nobody of this address is a contributor
    .hint = The contributors stand in config/recipients.toml.
problem-not-compiled = This run has not been compiled
    .hint = It has figures once it is.
calendar-report = { $programme }: report for { $period }
    .text = { $people ->
        [one] It goes to one person
       *[other] It goes to { $people } people
    } ({ $groups }).
