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
mail-notice-subject = [{ $code }] { $title }{ $has-period ->
    [yes] {": "}{ $period }
   *[no] {""}
}
mail-notice-run-failed = The report for { $period } could not be compiled.
    .title = Report not compiled
    .meaning = Nothing has been sent. The run waits until somebody has it compiled again.
mail-notice-run-held = The report for { $period } has been compiled and is held.
    .title = Report held
    .meaning = Nothing has been sent to the recipients.
mail-notice-dead-letter = A mail could not be delivered and will not be tried again.
    .title = Mail not delivered
    .meaning = Mails to the other recipients are not affected.
mail-notice-channel-held = No mail is being sent.
    .title = Sending is held
    .meaning = The mails wait in the outbox; none is lost, and none has lost an attempt.
mail-notice-seen = What was seen: { $detail }
mail-notice-run = Run
mail-notice-recipient = Recipient
mail-notice-subject-line = Subject
mail-notice-next-attempt = Next attempt
mail-notice-do-look = To look at it:
mail-notice-do-compile-again = When it is mended, to compile it again:
mail-notice-do-send-as-it-is = To release it as it is:
mail-notice-do-send-again = When it is mended, to send it again:
mail-notice-do-try-the-server = To try the mail server:
mail-notice-do-release = When it is mended, to send at once:

mail-signature = The reporting system of { $programme }
