# Fixed strings of the reports, in English.
#
# { $name } is put in by the program: every figure is there under its name with hyphens
# ($activities-total, $participants-women-reported for how many reported it), and the lists of
# src/compile/phrases.rs. { WORDS($n) } is a number in words up to ten; at: "start" begins a
# sentence. { NUM($n) } is digits in groups.

## Cover and imprint
report-title = Quarterly report to the Regional Steering Group
version = Version
data-as-of = Data as of
imprint-title = About this report
programme-label = Programme
period-label = Reporting period
period-span = { $period }: { $first-day } to { $last-day }
handling-label = Handling
contact-label = Contact
version-told = { $revision ->
    [1] 1, the first for this period
   *[other] { $revision }, which replaces version { $previous-revision }
}
contents = Contents
running-foot = { $period } · version { $revision }
page-of = Page {"{"}page{"}"} of {"{"}pages{"}"}
table-continued = continued
strip-caption = { $busy ->
    [0] No dated activity in the { NUM($days) } days of { $months }
    [one] One of the { NUM($days) } days of { $months } saw an activity
   *[other] { WORDS($busy, at: "start") } of the { NUM($days) } days of { $months } saw an activity
}{ $undated ->
    [0] {""}
    [one] {""}; one activity is undated
   *[other] {""}; { WORDS($undated) } activities are undated
}
strip-alt = { strip-caption }. The most on one day: { NUM($most) }.

## Summary
summary-title = Summary
summary-activities = { $activities-total ->
    [0] No activity ended { $in-months }.
    [one] One activity ended { $in-months }; { $activities-dated ->
        [0] its dates were not reported.
       *[other] it took { days-words }.
    }
   *[other] { $activities-total-many ->
        [1] A total of { NUM($activities-total) }
       *[other] { WORDS($activities-total, at: "start") }
    } activities ended { $in-months }; { $undated ->
        [0] together they took { days-words }.
       *[other] { $activities-dated ->
            [0] none of them has dates.
            [one] one of them has dates and took { days-words }.
           *[other] { WORDS($activities-dated) } of them have dates and took { days-words } together.
        }
    }
}
days-words = { $activity-days-total ->
    [one] one day
   *[other] { WORDS($activity-days-total) } days
}
summary-participants = { $activities-total ->
    [0] {""}
    [one] { $participants-total-reported ->
        [0] It did not report its participants.
       *[other] It had { people-words }; { women-of-one }.
    }
   *[other] { $participants-total-reported ->
        [0] None of them reported its participants.
        [one] One reported its participants, { NUM($participants-total) } in all; { women-told }.
       *[other] { participants-by-how-many } reported their participants, { NUM($participants-total) } in all; { women-told }.
    }
}
participants-by-how-many = { $unreported ->
    [0] { $activities-total ->
        [2] Both
       *[other] All { WORDS($participants-total-reported) }
    }
   *[other] { $participants-total-reported-many ->
        [1] Of them, { NUM($participants-total-reported) }
       *[other] { WORDS($participants-total-reported, at: "start") }
    }
}
people-words = { $participants-total ->
    [0] no participants
    [one] one participant
   *[other] { WORDS($participants-total) } participants
}
women-of-one = { $participants-women-reported ->
    [0] it did not report how many were women
   *[other] { $participants-women ->
        [0] none of them was a woman
        [one] one of them was a woman
       *[other] { WORDS($participants-women) } of them were women
    }
}
women-told = { $participants-women-reported ->
    [0] { $participants-total-reported ->
        [one] it did not say how many were women
       *[other] none said how many were women
    }
   *[other] { $women-unreported ->
        [0] { $participants-women ->
            [0] none of them was a woman
            [one] one of them was a woman
           *[other] { NUM($participants-women) } of them were women
        }
       *[other] { $participants-women-reported ->
            [one] one said how many were women, { NUM($participants-women) }
           *[other] { WORDS($participants-women-reported) } said how many were women, { NUM($participants-women) } in all
        }
    }
}
summary-types = { $activities-total ->
    [0] {""}
    [one] It was { $types-list }.
   *[other] There were { $types-list }.
}
count-workshop = { $n ->
    [one] a workshop
   *[other] { WORDS($n) } workshops
}
count-training = { $n ->
    [one] a training
   *[other] { WORDS($n) } trainings
}
count-training-of-trainers = { $n ->
    [one] a training of trainers
   *[other] { WORDS($n) } trainings of trainers
}
count-study-visit = { $n ->
    [one] a study visit
   *[other] { WORDS($n) } study visits
}
count-equipment-handover = { $n ->
    [one] an equipment handover
   *[other] { WORDS($n) } equipment handovers
}
count-steering-group-meeting = { $n ->
    [one] a steering group meeting
   *[other] { WORDS($n) } steering group meetings
}
count-meeting = { $n ->
    [one] a meeting
   *[other] { WORDS($n) } meetings
}
count-conference = { $n ->
    [one] a conference
   *[other] { WORDS($n) } conferences
}
count-mission = { $n ->
    [one] a mission
   *[other] { WORDS($n) } missions
}
count-other = { $n ->
    [one] an activity of another kind
   *[other] { WORDS($n) } activities of other kinds
}
summary-hosts = { $activities-total ->
    [0] {""}
    [one] { $hosts-groups ->
        [0] Where it was held was not reported.
       *[other] { $hosts-list }.
    }
   *[other] { $hosts-groups ->
        [0] Where they were held was not reported.
       *[other] { $hosts-list }{ $activities-held-in-unknown ->
            [0] {""}
            [one] {""}; for one the host country was not reported
           *[other] {""}; for { WORDS($activities-held-in-unknown) } the host country was not reported
        }.
    }
}
hosts-first = { $total ->
    [1] { $countries } hosted the one activity
   *[other] { $every ->
        [1] { $countries } hosted all { WORDS($n) } activities
       *[other] { $countries } hosted { $n ->
            [one] one activity
           *[other] { WORDS($n) } activities
        }{ $many ->
            [one] {""}
           *[other] {" "}each
        }
    }
}
hosts-next = { $countries } { WORDS($n) }{ $many ->
    [one] {""}
   *[other] {" "}each
}
summary-involving = { $activities-total ->
    [0] {""}
    [one] { $involving-groups ->
        [0] Its countries were not named.
       *[other] { $involving-list }.
    }
   *[other] { $involving-groups ->
        [0] Their countries were not named.
       *[other] { $involving-list }{ $activities-involving-unknown ->
            [0] {""}
            [one] {""}; one activity did not name its countries
           *[other] {""}; { WORDS($activities-involving-unknown) } activities did not name their countries
        }.
    }
}
involving-first = { $total ->
    [1] { $countries } took part
   *[other] { $every ->
        [1] { $countries } took part in all { WORDS($n) }
       *[other] { $countries } { $many ->
            [one] took part in { WORDS($n) } of them
           *[other] took part in { WORDS($n) } of them each
        }
    }
}
involving-next = { $countries } in { WORDS($n) }{ $many ->
    [one] {""}
   *[other] {" "}each
}
summary-equipment = { $equipment-items ->
    [0] No equipment handover was reported.
    [one] One item of equipment was handed over; { $equipment-value-eur-reported ->
        [0] its value was not reported.
       *[other] it is worth { $equipment-value-eur }.
    }
   *[other] { $equipment-items-many ->
        [1] A total of { NUM($equipment-items) }
       *[other] { WORDS($equipment-items, at: "start") }
    } items of equipment were handed over; { $equipment-value-eur-reported ->
        [0] their value was not reported.
       *[other] { $values-unreported ->
            [0] together they are worth { $equipment-value-eur }.
           *[other] { $equipment-value-eur-reported ->
                [one] the value of one was reported, { $equipment-value-eur }.
               *[other] the value of { WORDS($equipment-value-eur-reported) } was reported, { $equipment-value-eur } in all.
            }
        }
    }
}
summary-meetings = { $meetings ->
    [0] {""}
    [one] The { $meeting-body } met on { $meeting-date }{ $meeting-has-place ->
        [1] {" "}in { $meeting-place }
       *[other] {""}
    }; { decisions-told }.
   *[other] { WORDS($meetings, at: "start") } meetings of steering groups were held; { decisions-told }.
}
decisions-told = { $decisions ->
    [0] its decisions were not supplied
    [one] one decision is recorded below
   *[other] { WORDS($decisions) } decisions are recorded below
}
summary-held = { $held ->
    [0] {""}
    [one] One row of the workbooks was held back because of an error and is in no figure.
   *[other] { WORDS($held, at: "start") } rows of the workbooks were held back because of errors and are in no figure.
}

## Key figures
key-figures-title = Key figures
not-reported = not reported
not-stated = not stated
undated = undated
total = Total
not-supplied = Not supplied.
nothing-to-show = There is nothing to show for this period.
reported-by = { by-how-many } of { NUM($of) }
by-how-many = { $reported ->
    [0] by none
   *[other] reported by { NUM($reported) }
}
# This period and all before it that the ledger has rows of.
since-start = { $cumulative-known ->
    [0] {""}
   *[other] From { $cumulative-first } to { $period } the programme has come to { NUM($cumulative-activities-total) } activities{ $cumulative-participants-total-reported ->
        [0] {""}
       *[other] {""} with { NUM($cumulative-participants-total) } participants, reported by { NUM($cumulative-participants-total-reported) } of them
    }.{ $cumulative-unknown ->
        [0] {""}
        [one] {""} Nothing is known of one period in between.
       *[other] {""} Nothing is known of { WORDS($cumulative-unknown) } periods in between.
    }
}
figure-change = { $by ->
    [0] unchanged { $period }
    [1] +{ $size } { $period }
   *[other] −{ $size } { $period }
}
change-points = { $n ->
    [one] { NUM($n) } point
   *[other] { NUM($n) } points
}
figure-participants-women-share = women among those whose sex is known
    .note = { $of ->
        [0] {""}
       *[other] { $partly ->
            [0] known for all activities
           *[other] known for { NUM($reported) } of { NUM($of) } activities
        }
    }
figure-plan-done-share = of the plan done
    .note = { $of ->
        [0] {""}
       *[other] { $plan-done } of { NUM($of) } planned
    }
figure-activities-total = { $n ->
    [one] activity
   *[other] activities
}
figure-activity-days-total = { $n ->
    [one] activity day
   *[other] activity days
}
    .note = { $of ->
        [0] {""}
        [one] { $reported ->
            [0] its dates were not reported
           *[other] {""}
        }
       *[other] { NUM($reported) } of { NUM($of) } activities have dates
    }
figure-participants-total = { $known ->
    [0] participants
   *[other] { $n ->
        [one] participant
       *[other] participants
    }
}
    .note = { $of ->
        [0] {""}
       *[other] { $partly ->
            [0] reported by all activities
           *[other] { by-how-many } of { NUM($of) } activities
        }
    }
figure-participants-women = { $known ->
    [0] women among them
   *[other] { $n ->
        [one] woman among them
       *[other] women among them
    }
}
    .note = { $of ->
        [0] {""}
       *[other] { by-how-many } of { NUM($of) } activities{ $share-known ->
            [1] ; { $share } of those whose sex is known
           *[other] {""}
        }
    }
figure-participants-men = { $known ->
    [0] men among them
   *[other] { $n ->
        [one] man among them
       *[other] men among them
    }
}
figure-countries-involved = { $n ->
    [one] country involved
   *[other] countries involved
}
    .note = { $of ->
        [0] {""}
       *[other] { $partly ->
            [0] named by all activities
           *[other] named by { NUM($reported) } of { NUM($of) } activities
        }
    }
figure-equipment-items = { $n ->
    [one] item of equipment
   *[other] items of equipment
}
figure-equipment-value-eur = worth of equipment
figure-plan-planned = { $n ->
    [one] planned activity
   *[other] planned activities
}
figure-plan-done = done as planned
figure-plan-next = planned next

## Charts
finding-by-type = { $activities-by-type-top-count ->
    [0] No activity in { $months }
   *[other] { $activities-total ->
        [1] The one activity was { $types-list }
       *[other] { $activities-by-type-top-many ->
            [one] { $activities-by-type-top } were most frequent: { WORDS($activities-by-type-top-count) } of { WORDS($activities-total) } activities
           *[other] { $activities-by-type-top } were equally frequent, { WORDS($activities-by-type-top-count) } each
        }
    }
}
bars-by-type = Activities by type, number
source-activities = Source: Activities sheets, { $activities-total ->
    [one] one activity.
   *[other] all { WORDS($activities-total) } activities.
}
finding-by-month = { $activities-by-month-top-count ->
    [0] No activity has dates
   *[other] { $activities-by-month-top-many ->
        [one] { $activities-by-month-top } saw the most: { WORDS($activities-by-month-top-count) } of { WORDS($activities-dated) } dated activities
       *[other] { $activities-by-month-top } saw { WORDS($activities-by-month-top-count) } { activities-of-top-month } each
    }
}
activities-of-top-month = { $activities-by-month-top-count ->
    [one] activity
   *[other] activities
}
bars-by-month = Activities by the month in which they ended, number
source-by-month = { $undated ->
    [0] All activities have dates.
    [one] One activity is undated and stands apart.
   *[other] { WORDS($undated, at: "start") } activities are undated and stand apart.
}
finding-held-in = { $hosts-groups ->
    [0] No activity names its host country
   *[other] { $activities-held-in-top-many ->
        [one] { $activities-held-in-top } hosted the most: { WORDS($activities-held-in-top-count) } of { WORDS($activities-total) } activities
       *[other] { $activities-held-in-top } hosted { $activities-held-in-top-count ->
            [one] one activity each
           *[other] { WORDS($activities-held-in-top-count) } activities each
        }
    }
}
bars-held-in = Activities held in a country, number; each is counted once
source-held-in = { $activities-held-in-unknown ->
    [0] All activities name their host country.
    [one] One activity does not name its host country.
   *[other] { WORDS($activities-held-in-unknown, at: "start") } activities do not name their host country.
}
finding-involving = { $involving-groups ->
    [0] No activity names its countries
   *[other] { $activities-involving-top-many ->
        [one] { $activities-involving-top } took part in { WORDS($activities-involving-top-count) } of { WORDS($activities-total) } activities
       *[other] { $activities-involving-top } took part in { WORDS($activities-involving-top-count) } of { WORDS($activities-total) } activities each
    }
}
bars-involving = Activities involving a country, number; one that involves several is counted for each
source-involving = { $activities-involving-unknown ->
    [0] {""}
    [one] One activity does not name its countries.{" "}
   *[other] { WORDS($activities-involving-unknown, at: "start") } activities do not name their countries.{" "}
}The sum exceeds the number of activities wherever one involves several countries.
finding-by-component = { $activities-by-component-top-many ->
    [one] { $activities-by-component-top } had the most: { WORDS($activities-by-component-top-count) } of { WORDS($activities-total) } activities
   *[other] { $activities-by-component-top } had { $activities-by-component-top-count ->
        [one] one activity each
       *[other] { WORDS($activities-by-component-top-count) } activities each
    }
}
bars-by-component = Activities by component, number
source-by-component = { $unstated ->
    [0] All activities name their component.
    [one] One activity does not name its component.
   *[other] { WORDS($unstated, at: "start") } activities do not name their component.
}
finding-participants-from = { $participants-from-top-many ->
    [one] Where the country is known, most came from { $participants-from-top }: { NUM($participants-from-top-count) } of { NUM($participants-placed) }
   *[other] { $participants-from-top } sent { NUM($participants-from-top-count) } participants each
}
bars-participants-from = Participants by country of origin, number
source-participants = Participants reported by { NUM($participants-total-reported) } of { NUM($participants-total-of) } activities.
finding-equipment = The equipment handed over is worth { $equipment-value-eur }
bars-equipment = Value by receiving country
bars-alt = { $title }: { $list }.

## Results
results-title = Results by component
results-intro = { $activities-total ->
    [0] No activity ended { $in-months }.
   *[other] Each activity that ended { $in-months }, as the contributors tell it.
}
component-named = Component { $number }: { $title }
component-numbered = Component { $number }
component-in-list = component { $number }
component-not-stated = Component not stated
undated-remark = Undated: no date was reported for what follows.
place-not-stated = place not stated
countries-not-named = countries not named
country-not-stated = country not stated
summary-not-supplied = No account of it was supplied.
outputs-heading = Outputs
output-heading = Output:
story-partners = with { $partners }
story-people = { $total-known ->
    [0] participants not reported
   *[other] { $estimated ->
        [1] about { NUM($total) }
       *[other] { NUM($total) }
    } { $total ->
        [one] participant
       *[other] participants
    }, { $women-known ->
        [0] { $men-known ->
            [0] women and men not reported
           *[other] { men-count }; women not reported
        }
       *[other] { women-count }{ $men-known ->
            [0] {""}; men not reported
           *[other] {" "}and { men-count }
        }
    }
}
women-count = { NUM($women) } { $women ->
    [one] woman
   *[other] women
}
men-count = { NUM($men) } { $men ->
    [one] man
   *[other] men
}

## Equipment, steering group
equipment-title = Equipment
none-equipment = Not supplied: no workbook lists equipment that was handed over { $in-months }.
reported-value = { $equipment-value-eur-reported ->
    [0] Values in EUR; none was reported.
   *[other] Values in EUR, reported for { NUM($equipment-value-eur-reported) } of { NUM($equipment-value-eur-of) }.
}
steering-title = Steering group
none-meetings = Not supplied: no workbook records a meeting of a steering group { $in-months }.
meeting-title = { $has-number ->
    [1] { $body }, meeting no. { $number }
   *[other] { $body }
}
meeting-agenda = Agenda
meeting-agenda-none = The agenda was not supplied.
meeting-decisions = Decisions
meeting-decisions-none = Decisions: not supplied.
meeting-actions = Action points
meeting-actions-none = Action points: not supplied.
action-open = open
action-closed = closed
action-overdue = overdue
body-regional-steering-group = Regional Steering Group
body-national-steering-group = National Steering Group
body-rsg = Regional Steering Group
body-nsg = National Steering Group

## Plan
plan-done-title = Planned and done
plan-told = { $plan-planned ->
    [0] {""}
    [one] One activity was planned for { $months }; { $plan-list }.
   *[other] { $plan-planned-many ->
        [1] A total of { NUM($plan-planned) }
       *[other] { WORDS($plan-planned, at: "start") }
    } activities were planned for { $months }; { $plan-list }.
}
plan-all-done = { $n ->
    [one] it is done
   *[other] all are done
}
plan-all-postponed = { $n ->
    [one] it was postponed
   *[other] all were postponed
}
plan-all-cancelled = { $n ->
    [one] it was cancelled
   *[other] all were cancelled
}
plan-all-open = { $n ->
    [one] it is still open
   *[other] all are still open
}
plan-count-done = { WORDS($n) } done
plan-count-postponed = { WORDS($n) } postponed
plan-count-cancelled = { WORDS($n) } cancelled
plan-count-open = { WORDS($n) } still open
none-plan = Not supplied: no workbook has a work plan for { $months }.
not-done-told = { $not-done ->
    [0] {""}
    [one] One activity listed for the period is not done and is in no figure.
   *[other] { $not-done-many ->
        [1] A total of { NUM($not-done) }
       *[other] { WORDS($not-done, at: "start") }
    } activities listed for the period are not done and are in no figure.
}
plan-next-title = Planned for { $next-months }
none-next-plan = Not supplied: no workbook has a work plan for { $next-months }.
plan-done = done
plan-postponed = postponed
plan-cancelled = cancelled
plan-open = open

## Outlook and progress
outlook-title = Challenges and risks
challenges-title = Challenges
none-challenges = Not supplied: no workbook names a challenge.
priorities-title = Country priorities
none-priorities = Not supplied: no workbook names a country’s priorities.
risks-title = Risks
risks-scale = Likelihood and impact from 1 (low) to 5 (high).
none-risks = Not supplied: no workbook names a risk.
indicators-title = Logical framework
none-indicators = Not supplied: no workbook has indicators.
budget-title = Budget execution
budget-unit = Amounts in EUR.
none-budget = Not supplied: no workbook has a budget.

## Annexes
annex-activities-title = Annex { $letter }. All activities
annex-told = { $activities-total ->
    [0] {""}
    [one] The one activity of the period.
   *[other] All { WORDS($activities-total) } activities of the period by date; undated ones come last.
}
none-activities = No activity ended { $in-months }.
quality-title = Annex { $letter }. Data quality
quality-told = { $files ->
    [0] No workbook has rows for { $period }.
    [one] One file has rows for { $period }.
   *[other] { WORDS($files, at: "start") } files have rows for { $period }.
} { $held ->
    [0] No row was held back.
    [one] One row was held back.
   *[other] { WORDS($held, at: "start") } rows were held back.
} { $problems ->
    [0] There is no warning.
    [one] Listed below is { $problems-list }.
   *[other] Listed below are { $problems-list }.
}
problems-errors = { $n ->
    [one] one error
   *[other] { WORDS($n) } errors
}
problems-warnings = { $n ->
    [one] one warning
   *[other] { WORDS($n) } warnings
}
quality-files = Files and rows
quality-files-note = Rows of the whole file, also where some belong to another period. A row that is held is in no figure.
none-files = No file was read.
quality-gaps = What has not come
quality-gaps-note = What these owe for the period and have not sent, or have yet to correct. It is in no figure.
quality-held = Rows held back
quality-held-note = Each stays out until its sender has corrected it.
quality-problems = Warnings and errors
table-rows-left-out = { $n ->
    [one] One more is not listed here.
   *[other] { WORDS($n, at: "start") } more are not listed here.
}
severity-error = error
severity-warning = warning
rules-title = Annex { $letter }. Counting rules
tile-note-activities = Done, and ended in the period; each is counted once.
tile-note-women = Among those whose sex is known; nobody’s is assumed.
tile-note-countries = Named in an activity’s list of countries; to host one is not enough.
tile-note-plan = Items of the period’s plan that were done, among all of them.
rule-period = An activity belongs to the period, and to the month, of its end date; where it has no end date, of its start date; one without dates, to the period its workbook states.
rule-done = Only activities that are done are counted. Where a workbook gives no status, an activity counts as done once its dates are past.
rule-held-in = “Held in” counts the host country, once for each activity. “Involving” counts every country an activity names, so its sum exceeds the number of activities.
rule-scope = An activity is national with one country, bilateral with two, regional with three or more, unless its workbook says otherwise.
rule-days = Activity days are calendar days, the first and the last included, of activities that have dates.
rule-blank = A blank is “not reported” and never zero. Each figure says how many activities reported it.
rule-participants = Participants are counted once for each activity they came to. The share of women is taken of those whose sex is known.
rule-equipment = Items of equipment are rows of the list; one row may stand for several pieces.
rule-language = Titles and accounts of activities are printed in the language in which they were supplied.

## What it came to, what is of concern, what is asked
summary-results = What came of it
summary-concerns = What needs attention
summary-asks = The group is asked to
result-plan = { $plan-done ->
    [0] {""}
   *[other] { $plan-planned ->
        [one] The one activity planned for the period was done.
       *[other] Of { WORDS($plan-planned) } activities planned for the period, { $plan-done ->
            [one] one was done
           *[other] { WORDS($plan-done) } were done
        }.
    }
}
result-outputs = { $outputs ->
    [0] {""}
    [one] One output is on record; it stands with its component.
   *[other] { $outputs-activities ->
        [one] One activity left { WORDS($outputs) } outputs.
       *[other] The activities left { WORDS($outputs) } outputs, listed under each component.
    }
}
result-equipment = { $equipment-items ->
    [0] {""}
   *[other] { summary-equipment }
}
result-indicators = { $indicators-reached ->
    [0] {""}
   *[other] { $indicators-total ->
        [one] The one indicator has reached its target.
       *[other] Of { WORDS($indicators-total) } indicators, { $indicators-reached ->
            [one] one has reached its target
           *[other] { WORDS($indicators-reached) } have reached their targets
        }.
    }
}
result-budget = { $budget-known ->
    [0] {""}
   *[other] Of the budget, { $budget-spent-share } was spent to date.
}
concern-none = Nothing in the data stands out.
concern-overdue = { $action-points-overdue ->
    [0] {""}
    [one] One action point is overdue.
   *[other] { $action-points-overdue-many ->
        [1] A total of { NUM($action-points-overdue) }
       *[other] { WORDS($action-points-overdue, at: "start") }
    } action points are overdue.
}
concern-plan = { $plan-missed ->
    [0] {""}
    [one] One activity of the plan was not done: { $plan-missed-list }.
   *[other] { $plan-missed-many ->
        [1] A total of { NUM($plan-missed) }
       *[other] { WORDS($plan-missed, at: "start") }
    } activities of the plan were not done: { $plan-missed-list }.
}
concern-slipped = { $changes-slipped ->
    [0] {""}
    [one] One activity left over from { $previous-period } is still not done.
   *[other] { $changes-slipped-many ->
        [1] A total of { NUM($changes-slipped) }
       *[other] { WORDS($changes-slipped, at: "start") }
    } activities left over from { $previous-period } are still not done.
}
concern-risks = { $risks-high ->
    [0] {""}
    [one] One risk is high, at 10 or more of 25{ concern-rising }.
   *[other] { $risks-high-many ->
        [1] A total of { NUM($risks-high) }
       *[other] { WORDS($risks-high, at: "start") }
    } risks are high, at 10 or more of 25{ concern-rising }.
}
concern-rising = { $risks-rising ->
    [0] {""}
    [one] {""}; one of all risks is rising
   *[other] {""}; { WORDS($risks-rising) } of all risks are rising
}
concern-held = { summary-held }
concern-participants = { $unreported ->
    [0] {""}
    [one] One activity did not report its participants.
   *[other] { $unreported-many ->
        [1] A total of { NUM($unreported) }
       *[other] { WORDS($unreported, at: "start") }
    } activities did not report their participants.
}
concern-women = { $women-unreported ->
    [0] {""}
    [one] One activity that reported its participants did not say how many were women.
   *[other] { $women-unreported-many ->
        [1] A total of { NUM($women-unreported) }
       *[other] { WORDS($women-unreported, at: "start") }
    } activities that reported their participants did not say how many were women.
}
concern-dates = { $undated ->
    [0] {""}
    [one] One activity has no date.
   *[other] { $undated-many ->
        [1] A total of { NUM($undated) }
       *[other] { WORDS($undated, at: "start") }
    } activities have no dates.
}
ask-figures = confirm the figures of this report
ask-plan = { $plan-next ->
    [0] supply the work plan for { $next-months }, which no workbook has
    [one] confirm the one activity planned for { $next-months }
   *[other] adopt the work plan for { $next-months }, { WORDS($plan-next) } activities in all
}
ask-postponed = { $postponed ->
    [0] {""}
    [one] agree on a new date for the one activity that was postponed
   *[other] agree on new dates for the { WORDS($postponed) } activities that were postponed
}
ask-overdue = { $action-points-overdue ->
    [0] {""}
    [one] say what becomes of the one action point that is overdue
   *[other] say what becomes of the { WORDS($action-points-overdue) } action points that are overdue
}
ask-decisions = { $undecided ->
    [0] {""}
    [one] supply the decision on one item of its agenda, which no workbook records
   *[other] supply the decisions on { WORDS($undecided) } items of its agenda, which no workbook records
}

## Where and when
where-when-title = Where and when
where-told = { $places ->
    [0] {""}
    [one] { $placed ->
        [one] {""}
       *[other] All that name their place were held in the same one.
    }
   *[other] They took place in { $places-many ->
        [1] { NUM($places) }
       *[other] { WORDS($places) }
    } towns.
} { $unplaced ->
    [0] {""}
    [one] { $activities-total ->
        [1] Its place was not stated.
       *[other] One does not name its place.
    }
   *[other] { $unplaced-many ->
        [1] A total of { NUM($unplaced) }
       *[other] { WORDS($unplaced, at: "start") }
    } do not name their place.
}
when-title = When
when-told = { $activities-dated ->
    [0] {""}
    [one] One activity has dates; it took { days-words }.
   *[other] { $activities-dated-many ->
        [1] A total of { NUM($activities-dated) }
       *[other] { WORDS($activities-dated, at: "start") }
    } activities have dates; together they took { days-words }.
}

## Components and countries
component-told = { $activities-total ->
    [0] No activity.
    [one] One activity{ $activities-dated ->
        [0] , without dates.
       *[other] {""}; it took { days-words }.
    }
   *[other] { $activities-total-many ->
        [1] A total of { NUM($activities-total) }
       *[other] { WORDS($activities-total, at: "start") }
    } activities{ $activities-dated ->
        [0] , without dates.
       *[other] {""}; { $undated ->
            [0] together they took { days-words }.
           *[other] { WORDS($activities-dated) } with dates took { days-words } together.
        }
    }
} { summary-participants }
countries-title = { $n ->
    [one] Country page
   *[other] Country pages
}
country-told = { $here-held ->
    [0] { $here-involving ->
        [0] No activity was held { $in-country }, and none involved it.
        [one] No activity was held { $in-country }; one involved it elsewhere.
       *[other] No activity was held { $in-country }; { WORDS($here-involving) } involved it elsewhere.
    }
   *[other] { $country } hosted { $here-held ->
        [one] one activity
       *[other] { WORDS($here-held) } activities
    }; { $here-involving ->
        [0] none names it among its countries.
        [one] one names it among its countries, wherever it was held.
       *[other] { WORDS($here-involving) } name it among their countries, wherever they were held.
    }
}
country-participants = { $here-participants-reported ->
    [0] How many people came from it was not reported.
   *[other] { $here-participants ->
        [0] No participant came from it.
        [one] It sent one participant.
       *[other] It sent { NUM($here-participants) } participants.
    }
}
country-none-activities = No activity was held { $in-country } or involved it.
country-activities = Activities held in the country or involving it
country-agencies = Participants by agency
country-none-agencies = Participants by agency: not supplied.
country-equipment = Equipment handed over
country-none-priorities = Priorities: not supplied by { $country }.
country-action-points = Action points

## Logframe, risks, budget
indicators-told = { $indicators-total ->
    [0] {""}
   *[other] { indicators-count }; { $indicators-current ->
        [0] none has a current value
        [one] one has a current value
       *[other] { WORDS($indicators-current) } have current values
    }, and { $indicators-reached ->
        [0] none has reached its target
        [one] one has reached its target
       *[other] { WORDS($indicators-reached) } have reached their targets
    }.
}
indicators-count = { $indicators-total ->
    [one] One indicator is followed
   *[other] { $indicators-total-many ->
        [1] A total of { NUM($indicators-total) }
       *[other] { WORDS($indicators-total, at: "start") }
    } indicators are followed
}
risks-told = { $risks-total ->
    [0] {""}
   *[other] { $risks-total ->
        [one] One risk is named
       *[other] { $risks-total-many ->
            [1] A total of { NUM($risks-total) }
           *[other] { WORDS($risks-total, at: "start") }
        } risks are named
    }; { $risks-high ->
        [0] none is high
        [one] one is high
       *[other] { WORDS($risks-high) } are high
    }, and { $risks-rising ->
        [0] none is said to rise
        [one] one is said to rise
       *[other] { WORDS($risks-rising) } are said to rise
    }. High means 10 or more of 25, likelihood times impact.
}
budget-told = { $budget-known ->
    [0] {""}
   *[other] Of { $budget-total-eur }, { $budget-to-date-eur } was spent to date, { $budget-spent-share }{ $budget-period-eur-reported ->
        [0] {""}
       *[other] {""}; in the period itself { $budget-period-eur }
    }.
}

## Plan
changes-title = Changes since { $previous-period }
changes-told = { $changes-known ->
    [0] {""}
   *[other] { $changes ->
        [0] Nothing was left over from { $previous-period }.
       *[other] Against the plan of { $previous-period }, { $changes-list }.
    }
}
change-count-done = { $n ->
    [one] one activity left over was done
   *[other] { WORDS($n) } activities left over were done
}
change-count-slipped = { $n ->
    [one] one has slipped
   *[other] { WORDS($n) } have slipped
}
change-count-dropped = { $n ->
    [one] one was dropped
   *[other] { WORDS($n) } were dropped
}
change-count-new = { $n ->
    [one] one is new
   *[other] { WORDS($n) } are new
}
change-done = done
change-slipped = slipped
change-dropped = dropped
change-new = new
column-change = Change
unplanned-title = Done and not named in the plan
unplanned-told = { $unplanned ->
    [0] {""}
    [one] One activity was done that no item of the plan names, by ID or by title.
   *[other] { $unplanned-many ->
        [1] A total of { NUM($unplanned) }
       *[other] { WORDS($unplanned, at: "start") }
    } activities were done that no item of the plan names, by ID or by title.
}
not-done-title = Listed and not done
expected-title = Expected handovers
none-expected = Not supplied: no workbook announces a handover of equipment.

## Steering group, visibility
decisions-title = Meetings and decisions
tracker-title = Action points
tracker-told = { $action-points-total ->
    [0] {""}
   *[other] { $action-points-start-known ->
        [0] { $action-points-new ->
            [one] One action point was given out in the period
           *[other] { $action-points-new-many ->
                [1] A total of { NUM($action-points-new) }
               *[other] { WORDS($action-points-new, at: "start") }
            } action points were given out in the period
        }
       *[other] { $action-points-start ->
            [one] One action point was open at the start of the period
           *[other] { $action-points-start-many ->
                [1] A total of { NUM($action-points-start) }
               *[other] { WORDS($action-points-start, at: "start") }
            } action points were open at the start of the period
        }; { $action-points-new ->
            [0] no new one was given out
            [one] one new one was given out
           *[other] { WORDS($action-points-new) } new ones were given out
        }
    }; { $action-points-closed ->
        [0] none was closed
        [one] one was closed
       *[other] { WORDS($action-points-closed) } were closed
    }, and { $action-points-open ->
        [0] none is open at the end of it
        [one] one is open at the end of it
       *[other] { WORDS($action-points-open) } are open at the end of it
    }{ $action-points-overdue ->
        [0] {""}
       *[other] { $overdue-all ->
            [1] { $action-points-open ->
                [one] {" "}and overdue
               *[other] , all overdue
            }
           *[other] {""}, { WORDS($action-points-overdue) } of them overdue
        }
    }.
}
none-action-points = Not supplied: no workbook records an action point.
action-carried = open at the start
action-new = new
column-since = Given
agenda-title = Draft agenda of the next meeting
agenda-adoption = Adoption of the agenda
agenda-progress = { $activities-total ->
    [0] {""}
   *[other] Progress by component { $in-months }
}
agenda-plan = { $plan-missed ->
    [0] {""}
    [one] The planned activity that was not done
   *[other] The { WORDS($plan-missed) } planned activities that were not done
}
agenda-challenges = { $challenges-total ->
    [0] { $risks-total ->
        [0] {""}
       *[other] Risks
    }
   *[other] { $risks-total ->
        [0] Challenges
       *[other] Challenges and risks
    }
}
agenda-points = { $action-points-open ->
    [0] {""}
    [one] The one open action point
   *[other] The { WORDS($action-points-open) } open action points
}
agenda-budget = { $budget-known ->
    [0] {""}
   *[other] Budget execution
}
agenda-next-plan = Work plan for { $next-months }
agenda-next-meeting = Date and place of the next meeting
visibility-title = Visibility
publicity-note = Outputs that the workbooks describe in words of publicity.
none-publicity = Not supplied: no output in the workbooks speaks of publicity.
publicity-words = press; press-release*; media; website*; newsletter*; news; brochure*; leaflet*; poster*; booklet*; broadcast*; television; пресс-*; сми; сайт*; новост*; буклет*; плакат*; брошюр*; телевизионн*; репортаж*

## Annexes of agencies and acronyms
plan-missed-title = Planned and not done, with the reasons given
annex-plan-title = Annex { $letter }. The whole plan
annex-plan-told = { $plan-planned ->
    [one] The one activity that was planned for { $months }.
   *[other] All { WORDS($plan-planned) } activities that were planned for { $months }, by date.
}
annex-agencies-title = Annex { $letter }. Participation by agency
annex-agencies-told = Agencies stand as the workbooks name them. Participants whom no row places are counted without a country.
revisions-title = Annex { $letter }. Changes since version { $previous-revision }
revisions-none = No key figure differs from version { $previous-revision }.
corrected-title = Row by row
row-added = new row
row-gone = row removed
decimal-mark = .
field-id = ID
field-title = Title
field-kind = Type
field-component = Component
field-start = Start
field-end = End
field-status = Status
field-place = Place
field-host-country = Host country
field-scope = Scope
field-countries = Countries
field-agencies = Agencies
field-partners = Partners
field-total = Participants
field-women = Women
field-men = Men
field-summary = Summary
field-outputs = Outputs
field-photo = Photo
field-activity-id = Activity ID
field-country = Country
field-agency = Agency
field-item = Item
field-maker = Maker
field-quantity = Quantity
field-unit-value = Unit value
field-total-value = Total value
field-recipient-country = Recipient country
field-recipient-agency = Recipient agency
field-handover-date = Handover date
field-purpose = Purpose
field-body = Body
field-number = Number
field-date = Date
field-agenda-item = Agenda item
field-decision = Decision
field-action-point = Action point
field-responsible = Responsible
field-due = Due date
field-reason = Reason
field-challenge = Challenge
field-mitigation = Mitigation
field-priority = Priority
field-horizon = Horizon
field-code = Code
field-indicator = Indicator
field-unit = Unit
field-level = Level
field-baseline = Baseline
field-baseline-year = Baseline year
field-target = Target
field-target-year = Target year
field-current = Current
field-as-of = As of
field-source = Source
field-risk = Risk
field-category = Category
field-likelihood = Likelihood
field-impact = Impact
field-trend = Trend
field-heading = Heading
field-budget = Budget
field-spent-in-period = Spent in period
field-spent-to-date = Spent to date
field-committed = Committed
corrected-activities-total = Activities
corrected-activity-days-total = Activity days
corrected-participants-total = Participants
corrected-participants-women = Women among them
corrected-countries-involved = Countries involved
corrected-equipment-items = Items of equipment
corrected-equipment-value-eur = Value of equipment
corrected-plan-planned = Activities planned
corrected-plan-done = Done as planned
column-figure = Figure
column-was = Was
column-field = What
column-now = Is now
acronyms-title = Annex { $letter }. Acronyms
acronyms =
    BCP = border crossing point
    BOMCA = Border Management Programme in Central Asia
    CABSI = Central Asia Border Security Initiative
    EU = European Union
    EUR = euro
    ICMPD = International Centre for Migration Policy Development
    ID = number of an activity in the workbooks
    KG = Kyrgyzstan
    KZ = Kazakhstan
    LV = Latvia
    NSG = National Steering Group
    RSG = Regional Steering Group
    SOP = standard operating procedure
    TJ = Tajikistan
    TM = Turkmenistan
    ToT = training of trainers
    UZ = Uzbekistan
rule-plan = Planned is done, postponed, cancelled and open together. An item of the plan and an activity are the same where their IDs are, or their titles and countries.
quality-remarks = { $remarks ->
    [0] {""}
    [one] One assumption was made in reading the cells; the sender was told of it.
   *[other] { $remarks-many ->
        [1] A total of { NUM($remarks) }
       *[other] { WORDS($remarks, at: "start") }
    } assumptions were made in reading the cells; the senders were told of them.
}
people-by-sex = { $women-known ->
    [0] { $men-known ->
        [0] sex not reported
       *[other] { men-count }
    }
   *[other] { $men-known ->
        [0] { women-count }
       *[other] { women-count }, { men-count }
    }
}
subtotal = { $group }: total
column-where = Place and type
column-people = Participants
column-activities = Activities
column-output = Output

## Vocabulary
type-workshop = Workshop
type-training = Training
type-training-of-trainers = Training of trainers
type-study-visit = Study visit
type-equipment-handover = Equipment handover
type-steering-group-meeting = Steering group meeting
type-meeting = Meeting
type-conference = Conference
type-mission = Mission
type-other = Other
types-workshop = workshops
types-training = trainings
types-training-of-trainers = trainings of trainers
types-study-visit = study visits
types-equipment-handover = equipment handovers
types-steering-group-meeting = steering group meetings
types-meeting = meetings
types-conference = conferences
types-mission = missions
types-other = other activities
scope-national = National
scope-bilateral = Bilateral
scope-regional = Regional
scope-not-stated = Scope not stated
status-planned = planned
status-ongoing = under way
status-done = done
status-postponed = postponed
status-cancelled = cancelled
sheet-activities = Activities
sheet-participants = Participants
sheet-equipment = Equipment
sheet-meetings = Meetings
sheet-plan = Plan
sheet-challenges = Challenges
sheet-priorities = Priorities
sheet-indicators = Indicators
sheet-risks = Risks
sheet-budget = Budget

## Heads of columns
column-id = ID
column-dates = Dates
column-month = Month
column-days = Days
column-title = Title
column-type = Type
column-component = Component
column-component-number = Comp.
column-place = Place
column-host = Host country
column-scope = Scope
column-countries = Countries
column-agencies = Agencies
column-partners = Partners
column-participants = Participants
column-women = Women
column-men = Men
column-women-men = Women / men
column-status = Status
column-summary = Summary
column-outputs = Outputs
column-activity = Activity
column-country = Country
column-agency = Agency
column-item = Item
column-maker = Maker
column-quantity = Quantity
column-unit-value = Unit value, EUR
column-value = Value, EUR
column-date = Date
column-purpose = Purpose
column-body = Body
column-number = No.
column-agenda = Agenda item
column-decision = Decision
column-action = Action point
column-responsible = Responsible
column-due = Due
column-reason = Reason
column-challenge = Challenge
column-mitigation = Mitigation
column-priority = Priority
column-horizon = Horizon
column-code = Code
column-indicator = Indicator
column-unit = Unit
column-level = Level
column-baseline = Baseline
column-target = Target
column-current = Current
column-as-of = As of
column-source = Source
column-risk = Risk
column-category = Category
column-likelihood = Likelihood
column-impact = Impact
column-score = Score
column-rating = Likelihood × impact
column-trend = Trend
trend-rising = rising
trend-falling = falling
trend-stable = stable
trend-improving = improving
trend-worsening = worsening
standing-open = open
standing-under-way = under way
standing-solved = solved
standing-watched = watched
column-heading = Heading
column-budget = Budget
column-period = In the period
column-to-date = To date
column-committed = Committed
column-rate = Spent
column-label = Label
column-file = File
column-sheets = Sheets
column-sheet = Sheet
column-row = Row
column-read = Rows read
column-accepted = Accepted
column-contributor = From
column-missing = What is missing
missing-rows = { $n ->
    [one] one row to be corrected
   *[other] { $n } rows to be corrected
}
missing-all = not sent
column-held = Held
column-warnings = Warnings
column-severity = Kind
column-message = What was found
