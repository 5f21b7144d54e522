# English: files that cannot be read, and notes on those that can

file-cannot-be-opened = the file cannot be opened
    .hint = copy it into the inbox again
file-empty = the file is empty (zero bytes)
    .hint = save the workbook again and send that file
file-too-large = the file has { $found } MB, and at most { $limit } MB are read
    .hint = take out pictures and sheets that are not asked for, or split the workbook
file-damaged = the file is damaged or was not copied whole
    .hint = open it in Excel or LibreOffice, save it as .xlsx, and send that file
file-has-password = the workbook is locked with a password
    .hint = remove the password (File, Info, Protect Workbook), save, and send it again
file-is-no-workbook = expected a workbook (.xlsx, .xlsm, .ods or .csv), found { $found ->
        [pdf] a PDF
        [picture] a picture
        [archive] an archive
        [text-document] a text document
        [presentation] a presentation
        [program] a program
        [web-page] a web page or an XML file
        [numbers] a Numbers or Pages document
       *[other] something else
    }
    .hint = send the workbook itself
file-legacy-xls = the workbook is in the old .xls format, which is not read here
    .hint = open it and save it as .xlsx
file-binary-xlsb = the workbook is in the binary .xlsb format, which is not read
    .hint = open it and save it as .xlsx
file-has-too-many-parts = the workbook consists of { $found } parts, far more than a workbook needs
    .hint = copy the sheets into a new workbook and send that
file-has-doctype = the workbook holds a document type declaration, which no spreadsheet program writes
    .hint = open it in Excel or LibreOffice, save it as .xlsx, and send that file
file-unpacks-too-large = the workbook unpacks to far more than a workbook needs (over { $limit } MB)
    .hint = copy the sheets into a new workbook and send that
file-claims-too-much = the workbook claims to hold far more text than it does
    .hint = open it in Excel or LibreOffice, save it as .xlsx, and send that file
file-of-another-kind = the name ends with { $claimed }, and the file is { $found ->
        [package] an .xlsx or .ods workbook
        [xls] an .xls workbook
       *[csv] CSV text
    }; it was read as that
    .hint = give it the right ending next time
encoding-guessed = the file does not say in which encoding it is written; it was read as { $encoding }
    .hint = if letters look wrong, save it as "CSV UTF-8"
sheet-damaged = sheet "{ $sheet }" is damaged and cannot be read to its end
    .hint = open the workbook in Excel or LibreOffice, save it as .xlsx, and send that file
csv-quote-not-closed = a line of the file has no end, most often because a quotation mark is opened and never closed
    .hint = close the quotation mark, or save the sheet as .xlsx

reading-failed = the file could not be read: reading it came to a sudden end
    .hint = open it in Excel or LibreOffice, save it as .xlsx, and send that file
reading-took-too-long = the file could not be read within { $seconds } seconds
    .hint = copy the sheets into a new workbook and send that
reading-needed-too-much-memory = the file could not be read: it needs more memory than a workbook may
    .hint = copy the sheets into a new workbook and send that
file-has-too-many-rows = the file has more than { $limit } rows; nothing of it was taken
    .hint = delete the empty formatted rows at the end, or split the workbook
already-have-it = the very same file came on { $date } and is in already; nothing has changed
nothing-to-read = no rows were found in the file
    .hint = fill in the sheets of the blank workbook and send it again
activity-waiting = the row of the activity “{ $id }” waits for a correction; what is said of it here is kept, and counted with it then
    .hint = mend the row of the activity
activity-not-known = no activity with the id "{ $id }" was reported yet, so the row belongs to no period
    .hint = correct the id, or send the workbook with that activity
further-problems = { $count ->
        [one] one more problem is not listed
       *[other] { $count } more problems are not listed
    }
    .hint = mend these first and send the workbook again

answer-greeting = Dear { $name },
answer-thank-you = Thank you. All of it was read, and nothing has to be mended.
answer-please-check = Please have a second look at the points below.
answer-nothing-read = Nothing was read from this file.
answer-partly = { $held ->
        [0] The rows are in, but something in them has to be mended.
        [one] One row is held back and has to be mended; the other rows are in.
       *[other] { $held } rows are held back and have to be mended; the other rows are in.
    }
answer-refused = { $problems ->
        [one] Nothing of this file could be taken. Please mend the point below.
       *[other] Nothing of this file could be taken. Please mend the points below.
    }
answer-what-was-read = What was read
answer-rows = rows: { NUM($read) } read, { NUM($accepted) } accepted, { NUM($held) } held back
answer-participants = participants of the activities: { $total } (reported for { NUM($reporting) } of { NUM($activities) })
answer-no-participants = participants of the activities: not reported
answer-period = period: { $periods }
answer-change = rows, against what you sent before: { $changes }
answer-changed-rows = { $what ->
        [changed] { NUM($n) } changed
        [added] { NUM($n) } added
        [gone] { NUM($n) } gone
       *[same] { NUM($n) } as they were
    }
answer-errors = To be mended ({ $count }); first what clears most
answer-warnings = To be checked ({ $count })
answer-notes = For your information ({ $count })
answer-and-more = and { $count } more
answer-send-again = Correct the workbook and drop it into the inbox again, under the same name: it replaces what you sent before.

answer-sheet-activities = Activities
answer-sheet-participants = Participants
answer-sheet-equipment = Equipment
answer-sheet-meetings = Meetings
answer-sheet-plan = Plan
answer-sheet-challenges = Challenges
answer-sheet-priorities = Priorities
answer-sheet-indicators = Indicators
answer-sheet-risks = Risks
answer-sheet-budget = Budget
