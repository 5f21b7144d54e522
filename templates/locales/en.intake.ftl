# English: intake

## Between rows of one period (facts)
participation-rows-do-not-add-up = the { $rows } participation rows of activity `{ $activity }` make { $sum }, but its total is { $total }
    .hint = correct the total or the rows; until then the rows are left out
participation-rows-and-total-differ = the { $rows } rows of activity `{ $activity }` make { $sum }, but its total in `{ $file }` is { $total }
    .hint = correct the total or the rows; until then the rows are left out
activity-in-two-files = activity `{ $activity }` is also in `{ $file }`, and is counted once
    .hint = leave it in one of the two files
activity-in-two-files-differs = activity `{ $activity }` says something else in `{ $file }`, and is counted once, as there
    .hint = agree on one version and leave it in one of the two files
event-in-two-files = `{ $title }` looks like `{ $other-title }` in `{ $file }`, { $cell }: the same type, place and days
    .hint = if it is one event, leave it in one file, or give both rows the same ID; if there are two, let their titles tell them apart
event-in-two-files-counted = `{ $title }` looks like `{ $other-title }` in `{ $file }`, { $cell }; it is counted once, as there
    .hint = if it is one event, leave it in one file, or give both rows the same ID; if there are two, let their titles tell them apart

## Sheets and headings
header-row = the headings were found in row { $row }
heading-unknown = column `{ $heading }` is not one of ours and was not read
column-not-in-euro = the amounts under `{ $heading }` are not in euro and were not read
    .hint = convert them to euro, and say so in the heading
column-in-thousands = each amount under `{ $heading }` was multiplied by { NUM($times) }
sheet-by-headings = the sheet was read as { $sheet }, because its headings say so
    .hint = name the sheet `{ $sheet }`
sheets-alike = the sheets { $sheets } all look like { $sheet }, and none is named so; none was read
    .hint = name the sheet that counts `{ $sheet }`
heading-twice = column `{ $heading }` says the same as the one at { $first }, and was not read
heading-in-two-languages = column `{ $heading }` was read where the one at { $first } is empty
column-hidden = column `{ $heading }` is hidden, and was read
heading-missing = the sheet has no column `{ $heading }`, which { $count ->
        [one] row { $rows } cannot
       *[other] rows { $rows } cannot
    } do without
    .hint = add the column `{ $heading }` and fill it in
header-not-found = expected a row of headings among the first { $rows }, such as `{ $headings }`
    .hint = put the headings of the blank workbook above the rows
header-in-column = the headings stand one below the other; expected a row of headings, such as `{ $headings }`
    .hint = turn the table: copy it, then Paste Special, Transpose
personal-data-column = column `{ $heading }` is about persons one by one; it was not read
    .hint = delete the column: reports count people and never name them
personal-data-sheet = the sheet is about persons one by one (`{ $heading }`); it was not read
    .hint = delete the sheet, and give the numbers by country and agency
sheet-unknown = the sheet is none of the ten of the workbook and was not read
sheet-hidden = the sheet is hidden and was not read
    .hint = unhide it if it is part of the report, else delete it
csv-unknown = expected a file named after a sheet, such as `activities_TJ.csv`, found `{ $name }`; it was not read
    .hint = rename the file after its sheet
no-sheet-known = expected at least one sheet of the workbook ({ $names }), found none
    .hint = name the sheets as in the blank workbook
too-many-rows = the file has more than { $most } rows; those after them were not read
    .hint = delete the empty formatted rows, or part the file in two
more-of-the-same = { $count ->
        [one] one more note of this kind is
       *[other] { $count } more notes of this kind are
    } not listed: { $code }

## Rows
row-hidden = { $count ->
        [one] row { $rows } is hidden and was
       *[other] rows { $rows } are hidden and were
    } not counted
    .hint = unhide the rows to count them, or delete them
row-struck-out = { $count ->
        [one] row { $rows } is struck through and was
       *[other] rows { $rows } are struck through and were
    } not counted
    .hint = delete the rows, or take the line off to count them
cell-struck-out = the text is struck through, and was read all the same
    .hint = empty the cell, or take the line off
table-of-another-sheet = a table of { $sheet } begins here; it was not read, nor what follows it
    .hint = move it to a sheet of its own, named `{ $sheet }`
group-row = `{ $found }` was read as the country of the rows under it
comment-as-footnote = `{ $found }`: this note on the cell was read as a footnote and stands at the end of `{ $heading }`
    .hint = delete the note if it is not for the readers of the report
comment-not-read = `{ $found }`: this note on the cell was not read
    .hint = write into the cells what the readers of the report need to know
example-row = the example row was not read
aside-row = read as a remark, not as a row: `{ $found }`
total-differs = the total says { $found }, but the rows above sum to { $sum }
    .hint = correct the total, or the rows above
row-twice = this row repeats `{ $id }` of { $sheet }, row { $first-row }, word for word; it was counted once
    .hint = delete one of the two rows
id-twice = `{ $id }` is also the ID of { $sheet }, row { $first-row }, which says something else
    .hint = give this row an ID of its own, or delete the older of the two
activity-claimed-twice = `{ $id }` is an activity, and { $sheet }, row { $first-row } already claims it
    .hint = give one of the two items of the plan an ID of its own
plan-left-open = `{ $title }` was planned until { $last }, and nothing here says what became of it
    .hint = set the status to `Done`, `Postponed` or `Cancelled`, or correct the dates
plan-left-open-before = { $count ->
        [one] one item
       *[other] { $count } items
    } of the plan of { $period } { $count ->
        [one] was
       *[other] were
    } left open, and nothing says what became of { $count ->
        [one] it
       *[other] them
    }: { $items }
    .hint = add the activity, or a row of Plan with the status `Done`, `Postponed` or `Cancelled`
id-missing = { $count ->
        [one] row { $rows } has
       *[other] rows { $rows } have
    } no ID, so a correction cannot be told from a new row
    .hint = give every row an ID that stays the same
activity-unknown = no row of Activities in this file has the ID `{ $id }`
    .hint = correct the ID, or add the activity
look-alike-letters = `{ $found }` mixes Latin and Cyrillic letters; read as `{ $meant }`
    .hint = type `{ $meant }` again with one keyboard

## Cells
cell-missing = expected { $heading ->
        [Title] a title
        [Type] a type
       *[other] the { $heading }
    }, found an empty cell
    .hint = fill in `{ $heading }`
cell-error = expected a value, found the error `{ $found }`
    .hint = mend the formula, or type the value
formula-not-calculated = the formula has no saved value
    .hint = open the file in the spreadsheet program, save it and send it again
text-too-long = the text has { $found } characters; at most { $most } fit into the report
    .hint = shorten the text
text-in-one-language = `{ $heading }` has a column for each language, and { $count ->
        [one] row { $rows } fills
       *[other] rows { $rows } fill
    } only one of them; it is printed in both reports
    .hint = add the text in the other language
country-or-agency-missing = expected a country or an agency, found both cells empty
    .hint = fill in `Country`, `Agency` or both
one-country-expected = expected one country, found `{ $found }`
    .hint = name one country here, and all others under `Countries`

## Dates and periods
date-unclear = expected a date such as `14.11.2017` or `14-16 November 2017`, found `{ $found }`
    .hint = write the day, the month and the year
date-impossible = `{ $found }` does not exist: { $month ->
        [1] January
        [2] February
        [3] March
        [4] April
        [5] May
        [6] June
        [7] July
        [8] August
        [9] September
        [10] October
        [11] November
       *[12] December
    } has { $days } days
    .hint = correct the day
date-no-such-month = `{ $found }` does not exist: there is no month { $month }
    .hint = write the day first, then the month: `14.11.2017`
dates-backwards = expected a start before its end, found `{ $found }`
    .hint = swap the days
end-before-start = expected a start before its end, found start { $start } and end { $end }
    .hint = swap the two dates, or correct one
date-month-only = expected the day of something that is done, found `{ $found }`
    .hint = write the first and the last day
date-missing = the activity is done, but says neither when it was nor for which reporting period
    .hint = fill in the start date, or the reporting period
date-missing-in-period = the activity has no date; it is counted in { $period }, as undated
    .hint = fill in the start date if it is known
start-missing = the start date is empty; counted as one day, { $end }
    .hint = fill in the start date
date-to-be-confirmed = the date is still to be confirmed: read as planned
date-to-be-confirmed-but-done = the date is still to be confirmed, but the status says done
    .hint = write the date, or change the status to `Planned`
year-assumed = `{ $found }` has no year; read as { $read }
    .hint = add the year
year-missing = `{ $found }` has no year, and nothing in the file says which it is
    .hint = add the year, or fill in the reporting period
year-unclear = expected a year such as `2017`, found `{ $found }`
    .hint = write the year in four digits
date-day-first = `{ $found }` was read as { $read }, day first
    .hint = write `14.11.2017`, or the month in letters
date-month-first = `{ $found }` was read as { $read }, month first
    .hint = write the day first: `14.11.2017`
date-in-future = the status says done, but the date is { $date }, and today is { $today }
    .hint = correct the date, or change the status to `Planned`
date-outside-phase = { $found } lies outside the programme, which runs from { $first } to { $last }
    .hint = correct the date
date-outside-period = the activity was on { $date }, but `{ $by }` says { $period }
    .hint = correct the date, or move the row to the workbook of its period
date-outside-row-period = the activity was on { $date }, but its reporting period is { $period }
    .hint = correct the date or the reporting period
crosses-period = it began in { $first } and ended in { $period }; counted in { $period } only
activity-long = the activity takes { $days } days; more than { $usual } are unusual
    .hint = check the dates
date-on-weekend = { $date } is on a weekend
    .hint = check the date
date-on-saturday = { $date } is a Saturday
    .hint = check the date and the year
date-on-sunday = { $date } is a Sunday
    .hint = check the date and the year
weekday-differs = `{ $found }` says { $said ->
        [1] Monday
        [2] Tuesday
        [3] Wednesday
        [4] Thursday
        [5] Friday
        [6] Saturday
       *[other] Sunday
    }, but { $date } is a { $is ->
        [1] Monday
        [2] Tuesday
        [3] Wednesday
        [4] Thursday
        [5] Friday
        [6] Saturday
       *[other] Sunday
    }
    .hint = check the date and the year
period-unclear = expected a reporting period such as `2017-Q4`, found `{ $found }`
    .hint = write the year and the quarter: `2017-Q4`
period-missing = nothing says for which reporting period { $count ->
        [one] row { $rows } is
       *[other] rows { $rows } are
    }
    .hint = write the period into the title or the file name, such as `2017-Q4`, or add a column `Reporting period`
period-taken = { $count ->
        [one] row { $rows } without a date is
       *[other] rows { $rows } without dates are
    } counted in { $period }, as `{ $by }` says
period-taken-from-dates = { $count ->
        [one] row { $rows } without a date is
       *[other] rows { $rows } without dates are
    } counted in { $period }, the quarter of most dates in the file
status-derived = { $count ->
        [one] row { $rows } has
       *[other] rows { $rows } have
    } no status: done where the dates, or the reporting period, are past

## Numbers
count-unclear = expected a whole number, or nothing if it is not known, found `{ $found }`
    .hint = write the number alone, or leave the cell empty
count-is-date = expected a whole number, found the date { $found }: the spreadsheet program makes a date of a number such as `20.5`
    .hint = format the cell as a number, then write the number again
count-in-words = expected a number in digits, found `{ $found }`
    .hint = write the number in digits
count-not-whole = expected a whole number, found `{ $found }`
    .hint = write a whole number
count-negative = expected a number of 0 or more, found `{ $found }`
    .hint = correct the number
count-too-large = `{ $found }` is too large to be a count
    .hint = correct the number
count-sum = expected one number, found `{ $found }`
    .hint = write { $sum } under Participants, and the { $first } and { $second } under Men and Women
count-and-others = expected the participants alone, found `{ $found }`
    .hint = write { $first } here, if the others are not participants, and the others in the summary
count-two-numbers = `{ $found }` may mean two things
    .hint = write one number here; women and men have columns of their own
count-estimated = `{ $found }` was read as an estimate
    .hint = write the exact number if it is known
footnote-in-number = `{ $found }` was read without its footnote mark
    .hint = move the footnote to the summary
number-ambiguous = `{ $found }` was read as { $read }, with a mark for thousands
    .hint = write `{ $read }`
share-as-percent = `{ $found }` was read as { $read } %
    .hint = write `{ $read }`, or correct the number
number-unclear = expected a number, found `{ $found }`
    .hint = write the number alone
participants-do-not-add-up = { $men } men and { $women } women make { $sum }, but the total is { $total }
    .hint = correct one of the three
participants-women-above-total = { $women } women are more than the total of { $total }
    .hint = correct one of the two
participants-men-above-total = { $men } men are more than the total of { $total }
    .hint = correct one of the two
participants-rest-unknown = { $men } men and { $women } women are { $rest } less than the total of { $total }
    .hint = correct one of the three, if the rest is known
participants-computed = no total: { $sum } was added up from women and men
participants-many = { $found } participants; more than { $usual } are unusual
    .hint = check the number
participants-zero = the activity is done, with 0 participants
    .hint = empty the cell if the number is not known
participants-not-reported = { $count ->
        [one] row { $rows } is done and reports
       *[other] rows { $rows } are done and report
    } no participants; shown as not reported
    .hint = fill in `Participants` where the number is known
summary-missing = { $count ->
        [one] row { $rows } is done and has
       *[other] rows { $rows } are done and have
    } no summary
    .hint = say in two sentences what was done

## Words
type-unknown = expected a type of activity, found `{ $found }`
    .hint = choose a type from the list: Workshop, Training, Training of trainers, Study visit, Equipment handover, Steering group meeting, Meeting, Conference, Mission or Other
type-unknown-near = expected a type of activity, found `{ $found }`
    .hint = perhaps you meant `{ $nearest }`
status-unknown = expected a status, found `{ $found }`
    .hint = choose Planned, Ongoing, Done, Postponed or Cancelled
status-unknown-near = expected a status, found `{ $found }`
    .hint = perhaps you meant `{ $nearest }`
scope-unknown = expected a scope, found `{ $found }`
    .hint = choose National, Bilateral or Regional
scope-unknown-near = expected a scope, found `{ $found }`
    .hint = perhaps you meant `{ $nearest }`
component-unknown = expected a component of the programme ({ $known }), found `{ $found }`
    .hint = write the component's number or its title
component-unknown-near = expected a component of the programme ({ $known }), found `{ $found }`
    .hint = perhaps you meant `{ $nearest }`

## Countries and places
country-unknown = expected a country, found `{ $found }`
    .hint = write the country's name or its code, such as `KG`
country-unknown-near = expected a country, found `{ $found }`
    .hint = perhaps you meant `{ $nearest }`
country-other-code = expected a country of the programme, found `{ $found }`, which is { $means }
    .hint = did you mean `{ $meant }`?
region-not-listed = `{ $found }` names a region; its countries are not assumed
    .hint = list the countries, such as `KZ; KG; TJ`
place-unknown = `{ $found }` is not a town we know
    .hint = perhaps you meant `{ $nearest }`
name-of-another-time = on { $day }, `{ $found }` was called `{ $then }`
name-not-yet = `{ $found }` is a name only since { $first }{ $then ->
        [none] {""}
       *[other] ; on { $day } it was `{ $then }`
    }
name-no-longer = `{ $found }` was a name until { $last } only{ $then ->
        [none] {""}
       *[other] ; on { $day } it was `{ $then }`
    }
place-not-known = { $count ->
        [one] the place in row { $rows } is none of the towns we know
       *[other] the places in rows { $rows } are none of the towns we know
    }: printed as written, and not on the map
agency-unknown = `{ $found }` is kept as typed, and is nearly `{ $nearest }`
    .hint = perhaps you meant `{ $nearest }`
place-elsewhere = `{ $found }` is { $country-in }, but the host country is given as { $host }
    .hint = correct the place or the country
agency-of-another-country = { $country } took part in `{ $title }`, whose countries are { $countries }
    .hint = add the country to `Countries`, or correct it here
scope-contradicts-countries = the scope `{ $scope }` contradicts the countries: { $countries }
    .hint = correct the scope or the countries
scope-national-contradicted = a national activity has one country, but { $count } are named: { $countries }
    .hint = correct the scope or the countries
scope-bilateral-contradicted = a bilateral activity has two countries, but { $count ->
        [one] one is
       *[other] { $count } are
    } named: { $countries }
    .hint = correct the scope or the countries
scope-regional-contradicted = a regional activity has three countries or more, but { $count ->
        [one] one is
       *[other] { $count } are
    } named: { $countries }
    .hint = correct the scope or the countries
study-visit-at-home = a study visit, and its host, { $host }, is among the visitors
    .hint = check the host country, or take it out of the countries

## Equipment, indicators, risks, budget, meetings
value-missing = { $count ->
        [one] row { $rows } is handed over and has
       *[other] rows { $rows } are handed over and have
    } no value
    .hint = fill in the unit value or the total value in euro
value-does-not-add-up = { $quantity } × { $unit } is EUR { $product }, but the total is given as EUR { $total }
    .hint = correct the quantity, the unit value or the total
amount-unclear = expected an amount in euro such as `49977.89`, found `{ $found }`
    .hint = write the amount in digits
amount-negative = expected an amount of 0 or more, found `{ $found }`
    .hint = correct the amount
amount-not-in-euro = expected an amount in euro, found `{ $found }`
    .hint = convert it to euro
score-out-of-range = expected a score from 1 to 5, found `{ $found }`
    .hint = write a whole number from 1 to 5
overspent = EUR { $found } spent to date is more than 125% of the budget, EUR { $budget }
    .hint = correct the amount, or the budget
spent-less-than-in-period = EUR { $to-date } spent to date is less than EUR { $in-period } spent in the period
    .hint = correct one of the two
indicator-years-backwards = the baseline year { $baseline } is after the target year { $target }
    .hint = correct one of the two years
indicator-above-target = the current value { $found } is above the target { $target }
    .hint = check the value
indicator-fell = the current value { $found } is below that of { $period }, { $before }
    .hint = check the value
indicator-unit-differs = expected the unit of { $period }, `{ $before }`, found `{ $found }`
    .hint = give the value in the same unit, or give the indicator a code of its own
cumulative-fell = EUR { $found } spent to date is less than the EUR { $before } of { $period }
    .hint = correct the amount: what was spent to date cannot fall
action-point-without-owner = the action point has nobody who is responsible
    .hint = fill in `Responsible`
action-point-overdue = the action point was due on { $due } and is not done
    .hint = set the status to `Done` if it is done
