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
mail-report-changes = What has changed: { $changes }
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
mail-sign-off-answer = Questions go to { $address }.

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
