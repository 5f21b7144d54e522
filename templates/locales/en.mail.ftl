# What mails say, in English.
# `.txt` and `.html` in templates/mail/ say the same; both take their sentences from here.

## Small forms
mail-language = { $language ->
    [en] English
    [ru] Russian
   *[other] { $language }
}
mail-size-kb = { $n } kB
mail-size-mb = { $whole }.{ $tenth } MB
mail-size-gb = { $whole }.{ $tenth } GB
mail-month-short = { $month ->
    [1] Jan
    [2] Feb
    [3] Mar
    [4] Apr
    [5] May
    [6] Jun
    [7] Jul
    [8] Aug
    [9] Sep
    [10] Oct
    [11] Nov
   *[12] Dec
}
mail-pages = { $n ->
    [one] 1 page
   *[other] { $n } pages
}

## A report
mail-report-subject = [{ $code }] { $title } { $period }{ $edition } – { $language }, v{ $revision }
mail-greeting = Dear { $name },
mail-greeting-all = Dear colleagues,
mail-report-attached = The report for { $months } is attached ({ $language }, { $pages }, { $size }).
mail-report-attached-edition = The report for { $months }, pages for { $edition }, is attached ({ $language }, { $pages }, { $size }).
mail-linked = { $file } is too large to be sent by mail ({ $size }). It can be downloaded here: { $link }.
mail-activities-unknown = No activities have been reported for the period.
mail-activities = { $n ->
    [0] No activity ended in the period
    [one] { WORDS($n, at: "start") } activity ended in the period
   *[other] { WORDS($n, at: "start") } activities ended in the period
}
mail-participants-none = ; none of them reported its participants
mail-participants-none-of-one = ; its participants were not reported
mail-participants-of-one = { $n ->
    [0] ; it had no participants
    [1] ; it had one participant
   *[other] ; it had { NUM($n) } participants
}
mail-participants-all = ; all of them reported their participants, { NUM($n) } in all
mail-participants-some = { $by ->
    [1] ; one of them reported its participants, { NUM($n) } in all
   *[other] ; { WORDS($by) } of them reported their participants, { NUM($n) } in all
}
mail-report-asked-by = Please send corrections by { $date } to { $address }; an answer to this mail is enough.
mail-report-asked = Please send corrections to { $address }; an answer to this mail is enough.
mail-report-replaces = This is version { $revision } of the report; it replaces version { $previous }.
mail-report-changes = What has changed: { $changes }.
mail-report-rows-changed = { $n ->
    [one] one row corrected
   *[other] { $n } rows corrected
}
mail-report-rows-added = { $n ->
    [one] one row added
   *[other] { $n } rows added
}
mail-report-rows-gone = { $n ->
    [one] one row removed
   *[other] { $n } rows removed
}
mail-report-late = The report was due on { $date }; it is sent late.
mail-report-trial = This is a trial copy; the steering group has not received it.
mail-as-of = Data as of { $date }
mail-released = Released by { $by } on { $date }

mail-key-figures = Key figures, { $months }
mail-not-reported = not reported
mail-reported-by-activities = { $of ->
    [one] reported by { $n } of 1 activity
   *[other] reported by { $n } of { $of } activities
}
mail-reported-by-items = { $of ->
    [one] reported for { $n } of 1 item
   *[other] reported for { $n } of { $of } items
}
mail-figure-activities = Activities
mail-figure-type-workshop = Workshops
mail-figure-type-training = Trainings
mail-figure-type-training-of-trainers = Trainings of trainers
mail-figure-type-study-visit = Study visits
mail-figure-type-equipment-handover = Equipment handovers
mail-figure-type-steering-group-meeting = Steering group meetings
mail-figure-type-meeting = Meetings
mail-figure-type-conference = Conferences
mail-figure-type-mission = Missions
mail-figure-type-other = Other
mail-figure-activity-days = Activity days
mail-figure-participants = Participants
mail-figure-women = Women
mail-figure-equipment-items = Equipment items
mail-figure-equipment-value = Value
mail-figure-none = –

## Before a report goes out
mail-sign-off-subject = [{ $code }] For your release: { $title } { $period }, v{ $revision }
mail-sign-off-waits = The report for { $months } has been compiled and waits for your release. Nothing has been sent to the recipients yet.
mail-sign-off-attached = { $n ->
    [one] One edition is attached:
   *[other] { WORDS($n, at: "start") } editions are attached:
}
mail-sign-off-edition = { $file }: { $language }, { $pages }, { $size }
mail-sign-off-recipients = { $n ->
    [0] There is nobody yet to send it to.
    [one] Once released, it goes to one recipient.
   *[other] Once released, it goes to { WORDS($n) } recipients.
}
mail-sign-off-no-problems = There are no open problems.
mail-sign-off-problems = { $n ->
    [one] One problem is open:
   *[other] { WORDS($n, at: "start") } problems are open:
}
mail-sign-off-more = { $n ->
    [one] and one more
   *[other] and { WORDS($n) } more
}
mail-sign-off-release = To release it:
mail-sign-off-hold = To keep it back:
mail-sign-off-link = Look at it, then release it or send it back, here:
mail-sign-off-link-until = The link is for you alone. Opening it changes nothing; what you decide there is decided once. It is good until { $date }.
mail-sign-off-all-of = It goes out once all of you have approved these very editions: { $names }.
mail-sign-off-since-compile = Changed since it was compiled last:
mail-sign-off-since-version = Changed against version { $previous }, which it replaces:
mail-sign-off-since-period = Against { $period }:
mail-sign-off-change = { $label }: { $after } (was { $before })
mail-sign-off-command = At the command line:
mail-sign-off-answer = Questions go to { $address }.

## Before a report is due
mail-reminder-subject = [{ $code }] Still missing for { $period }: { $sheets }
mail-reminder-waits = The report for { $months } is due on { $date }. From you, this is still missing:
mail-reminder-send = Please send your workbook to { $address }, or put it into the folder for incoming workbooks. What has come already need not be sent again.
mail-reminder-attached = A blank workbook is attached.
mail-reminder-thanks = If it is on its way, there is nothing more to do. Thank you.
mail-outlook-subject = [{ $code }] { $n ->
    [0] All workbooks are in: { $period }
    [one] One contributor is late: { $period }
   *[other] { WORDS($n, at: "start") } contributors are late: { $period }
}
mail-outlook-due = The report for { $months } is due on { $date }.
mail-outlook-come = { $come } of { $all } sheets have come.
mail-outlook-missing = { $sheet } – missing
mail-outlook-held = { $sheet } – { $rows ->
    [one] one row accepted
   *[other] { $rows } rows accepted
}, { $held } held
mail-outlook-accepted = { $sheet } – { $rows ->
    [one] one row
   *[other] { $rows } rows
}
mail-outlook-reminded = With this mail, these were reminded: { $names }.
mail-outlook-then = { $then ->
    [send] At that time it waits for what is missing, until { $deadline } at most. Then it goes on without it, and says what is missing.
    [hold] At that time it waits for what is missing, until { $deadline } at most. Then it is kept back until somebody decides.
   *[now] At that time it is compiled with what is there, and says what is missing.
}
mail-outlook-signed = { $signed ->
    [yes] It is shown to the approvers before it goes out.
   *[no] It goes to the recipients without sign-off.
}

## Why a release, or a sending back, is not taken
sign-off-link-forged = This link is not one of ours, or a part of it is missing.
    .hint = Open it from the mail once more, as a whole. After a move to another machine earlier links are no longer good: ask the secretariat to have the report compiled again.
sign-off-link-used = { $verdict ->
    [sent_back] You sent this report back on { $when }.
   *[other] You released this report on { $when }.
}
    .hint = A link works once. If the report changes, a new mail with a new link comes.
sign-off-link-expired = This link was good until { $when }.
    .hint = Ask the secretariat to release report run { $run }, or to have it compiled again: then a new mail comes.
sign-off-changed-since = The report has changed since this mail was written; what you were shown would not go out.
    .hint = Wait for the new mail: it shows the report as it is now, with a link of its own.
sign-off-already-released = { $known ->
    [yes] { $by } released this report on { $when }.
   *[no] This report has gone out already.
}
    .hint = Nothing needs to be done. If something in it is wrong, have the workbook corrected and dropped again: then a corrected version is made.
sign-off-run-cancelled = { $known ->
    [yes] { $by } has cancelled this report.
   *[no] This report has been cancelled.
}
    .hint = Nothing needs to be done.
sign-off-sent-back = { $by } sent this report back on { $when }: { $reason }
    .hint = Once it has been put right, a new mail comes. At the command line it can be released all the same: rapporteur runs approve { $run }
sign-off-run-held-back = { $known ->
    [yes] { $by } keeps this report back.
   *[no] This report is kept back because of its open problems.
}
    .hint = Ask the secretariat. At the command line: rapporteur runs approve { $run }
sign-off-not-an-approver = { $name } is not among those who release this report.
    .hint = Its approvers are: { $approvers }.
sign-off-reason-missing = To send a report back, say what is wrong with it.
    .hint = Write a sentence: the secretariat reads it.

## Notices to the operators
mail-notice-subject = [{ $code }] { $telling ->
    [more] Update:{" "}
    [still] Reminder:{" "}
    [over] Over:{" "}
   *[news] {""}
}{ $title }{ $has-period ->
    [yes] {": "}{ $period }
   *[no] {""}
}
mail-notice-run-failed = The report for { $period } could not be compiled.
    .title = Report not compiled
    .meaning = Nothing has been sent. The run waits until somebody has it compiled again.
mail-notice-run-held = The report for { $period } has been compiled and is held.
    .title = Report held
    .meaning = Nothing has been sent to the recipients.
mail-notice-run-stuck = The report for { $period } has been due for more than an hour and is not compiled yet.
    .title = Report not begun
    .meaning = It is tried again and again, and nothing is lost. Usually the disk is full, a folder cannot be written to, or the program is not running: its log says which.
    .over = The report for { $period } is no longer waiting to be compiled.
mail-notice-occurrences-late = The schedule “{ $schedule }” fell due, and the program was not there to see it.
    .title = Late: { $schedule }
    .meaning = { $late ->
        [0] None of it is made up for, as the schedule has it (misfire).
        [one] One report is made up for now; its mails say that it is late.
       *[other] { WORDS($late, at: "start") } reports are made up for now; their mails say that they are late.
    }
mail-notice-period-unsent = The report for { $period } should have gone out by { $latest }, and nothing has been sent.
    .title = Report overdue
    .meaning = The recipients have heard nothing.
mail-notice-occurrences-waiting = { $count ->
    [one] One missed occurrence of the schedule “{ $schedule }” waits for a decision.
   *[other] { $count } missed occurrences of the schedule “{ $schedule }” wait for a decision.
}
    .title = Missed occurrences: { $schedule }
    .meaning = None of them is compiled before somebody decides; what falls due from now on is.
mail-notice-dead-letters = { $count ->
    [one] A mail could not be delivered and will not be tried again.
   *[other] { WORDS($count, at: "start") } mails could not be delivered and will not be tried again.
}
    .title = { $count ->
        [one] Mail not delivered
       *[other] { $count } mails not delivered
    }
    .meaning = Mails to other recipients are not affected.
mail-notice-mails-waiting = { $count ->
    [one] A mail has been waiting for more than four hours: the mail server puts it off.
   *[other] { WORDS($count, at: "start") } mails have been waiting for more than four hours: the mail server puts them off.
}
    .title = { $count ->
        [one] Mail is late
       *[other] { $count } mails are late
    }
    .meaning = Nothing is lost: they are tried again, ever more rarely, for five days in all.
    .over = No mail has been waiting for hours any more: each has left, or was given up with a notice of its own.
mail-notice-channel-held = No mail is being sent.
    .title = Sending is held
    .meaning = The mails wait in the outbox; none is lost, and none has lost an attempt.
    .over = Mail goes out again. While sending was held, the mails waited in the outbox: none is lost, and none has lost an attempt.
mail-notice-disk-low = Only { $free } are left on the disk of { $folder }; there should be { $least } at least.
    .title = Disk nearly full
    .meaning = Nothing is lost when it is full: workbooks stay in the inbox and mails in the outbox. But until there is room again nothing is read, compiled or sent.
    .over = There is room again on the disk of { $folder }.
mail-notice-configuration-refused = The configuration was changed and has errors; the one before stays in force.
    .title = Configuration refused
    .meaning = Reports and mails go on as they did before the change.
    .over = The configuration is sound again, and in force.
mail-notice-dashboard-down = The dashboard cannot be served at { $address }.
    .title = Dashboard not there
    .meaning = Reports and mails go on. It is tried again every few seconds; the command line does what the pages do.
    .over = The dashboard is served at { $address } again.
mail-notice-bounces-unread = The mailbox { $mailbox }, to which mails come back that did not arrive, cannot be read.
    .title = Returned mail cannot be read
    .meaning = Reports and mails go on. Until it can be read, a mail that comes back counts as delivered. It is tried again every minute; its settings stand in [bounces] of config/rapporteur.toml.
    .over = The mailbox { $mailbox } can be read again; what came back meanwhile is marked.
mail-notice-inbox-gone = The inbox { $folder } cannot be looked into.
    .title = Inbox not there
    .meaning = No workbook is read until it can. Reports and mails go on.
    .over = The inbox { $folder } can be looked into again.
mail-notice-file-stuck = The workbook { $file } cannot be taken from the inbox.
    .title = Workbook stuck in the inbox
    .meaning = It stays where it is and is tried again; the other workbooks are read.
    .over = The workbook { $file } has been taken from the inbox.
mail-notice-lost-mail = { $recipient }, “{ $subject }”: { $reply }
mail-notice-more = { $n ->
    [one] and one more
   *[other] and { WORDS($n) } more
}
mail-notice-seen = What was seen: { $detail }
mail-notice-since = Since
mail-notice-found = Found
mail-notice-until = Until
mail-notice-run = Run
mail-notice-schedule = Schedule
mail-notice-first-due = Due
mail-notice-oldest = The oldest was written
mail-notice-last-due = The last one due
mail-notice-made-up-for = Made up for
mail-notice-left-out = Left out
mail-notice-do-look = To look at it:
mail-notice-do-compile-again = When it is mended, to compile it again:
mail-notice-do-send-as-it-is = To release it as it is:
mail-notice-do-release-it = To release it:
mail-notice-do-report-after-all = To report it after all:
mail-notice-do-make-up-for = To make up for them, as the schedule's `misfire` says:
mail-notice-do-drop = To skip them all:
mail-notice-do-send-again = When it is mended, to send again:
mail-notice-do-try-the-server = To try the mail server:
mail-notice-do-release = When it is mended, to send at once:
mail-notice-do-see-what-is-large = To see what takes the room:
mail-notice-do-check = To see where:

mail-signature = The reporting system of { $programme }
