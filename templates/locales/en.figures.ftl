# English: the figures of a report that find their own words. Each has a finding, what is
# measured, a source line, and what is read to those who cannot see it.

## Diagnostics
stacked-source-unknown = expected something to stack, found `{ $found }`
    .hint = use one of: { $known }
stacked-source-unknown-near = { stacked-source-unknown }
    .hint = perhaps you meant `{ $nearest }`

## Bars of several parts
sex-women = women
sex-men = men
sex-unknown = sex not reported
agency-not-stated = agency not stated
stacked-other-types = other types
stacked-others = { $n ->
    [one] one more
   *[other] { NUM($n) } more
}
stacked-sex-finding = { $known ->
    [0] No activity reported how many of its participants were women
   *[other] { $share } of the participants whose sex is known were women
}
stacked-sex-measure = Participants by { $measured ->
    [component] component
    [agency] agency
   *[other] country
} and sex, number
stacked-sex-source = Participants reported by { NUM($reported) } of { NUM($of) } activities.{ $unknown ->
    [0] {""}
    [one] {" "}The sex of one participant was not reported.
   *[other] {" "}The sex of { NUM($unknown) } participants was not reported.
}
stacked-types-finding = { $total ->
    [0] No activity in this period
   *[other] { $most }: { NUM($most-count) } of { $total ->
        [one] one activity
       *[other] { NUM($total) } activities
    }
}
stacked-types-measure = Activities by host country and type, number; each is counted once
stacked-types-source = Source: Activities sheets.

## Risks
column-key = No.
likelihood-1 = rare
likelihood-2 = unlikely
likelihood-3 = possible
likelihood-4 = likely
likelihood-5 = almost certain
impact-1 = negligible
impact-2 = minor
impact-3 = moderate
impact-4 = major
impact-5 = severe
risk-level-low = low
risk-level-middle = middle
risk-level-high = high
risk-level-very-high = very high
matrix-likelihood = Likelihood
matrix-impact = Impact
matrix-finding = { $total ->
    [0] No risk is named
   *[other] { $serious ->
        [0] None of the { WORDS($total) } risks is high
        [one] One of { $total ->
            [one] one risk is high or very high
           *[other] { WORDS($total) } risks is high or very high
        }
       *[other] { WORDS($serious, at: "start") } of { WORDS($total) } risks are high or very high
    }
}
matrix-measure = Risks by likelihood and impact, each from 1 to 5
matrix-source = The keys are those of the table of risks. Level by likelihood times impact: low up to 4, middle up to 9, high from 10, very high from 15.
matrix-told = { $key }, { $risk }: likelihood { $likelihood }, impact { $impact }, level { $level }.

## Logical framework
progress-baseline = baseline
progress-current = current value
progress-target = target
progress-none = not given
progress-no-current = no current value reported
progress-current-only = { $value } now; the way to it cannot be measured
progress-finding = { $known ->
    [0] No indicator can be measured between its baseline and its target
    [one] { $half ->
        [0] The one indicator that can be measured has not yet come half of its way
       *[other] The one indicator that can be measured has come half of its way or more
    }
   *[other] { $half ->
        [0] None of the { WORDS($known) } indicators has yet come half of its way
        [one] One of { WORDS($known) } indicators has come half of its way or more
       *[other] { WORDS($half, at: "start") } of { WORDS($known) } indicators have come half of their way or more
    }
}
progress-measure = Current value between baseline, at the left, and target, the upright line; each in its own unit
progress-source = Current values reported for { NUM($current) } of { NUM($total) } indicators.
progress-told = { $code } { $indicator }, { $unit }: baseline { $baseline }, current value { $current }, target { $target }.

## Budget
spent-spent = spent to date
spent-committed = committed
spent-left = left
spent-over = over the budget
spent-not-reported = spending not reported
spent-unknown = not reported
spent-finding = { $over ->
    [0] { $reported ->
        [0] No spending was reported
       *[other] { $rate } of the budget is spent
    }
    [one] { $rate } of the budget is spent; one heading is over its budget
   *[other] { $rate } of the budget is spent; { WORDS($over) } headings are over their budgets
}
spent-measure = Budget by heading, in whole euros; the upright line is the budget
spent-source = Spending reported for { NUM($reported) } of { NUM($of) } headings. In all { $spent } of { $budget } spent, { $committed } more committed.
spent-told = { $heading }: budget { $budget }, spent { $spent }, committed { $committed }, { $is-over ->
    [1] { $over } over the budget.
   *[other] left { $left }.
}
spent-told-blank = { $heading }: budget { $budget }, spending not reported.

## Map
map-also = Also, for want of room:
map-abroad = Abroad
map-elsewhere = Elsewhere
map-no-town = town not given
map-no-town-title = Town not given
map-no-place = place not given
map-no-place-title = Place not given
map-place = Place
map-activities = Activities
map-more = … and { $n ->
    [one] one activity
   *[other] { NUM($n) } activities
} in { $places ->
    [one] one other place
   *[other] { NUM($places) } other places
}, all in the annex
map-by-town = { $by-town ->
    [one] One activity names its town and no host country: it is
   *[other] { WORDS($by-town, at: "start") } activities name their town and no host country: they are
} shown where the town lies, and counted as “host country not stated”.
map-finding = { $shown ->
    [0] No activity names a town { $one-country ->
        [1] { $in-country }
       *[other] of the region
    }
    [one] One activity was held in { $most }
   *[other] { $towns ->
        [one] { $shown ->
            [2] Both activities with a known town were held in { $most }
           *[other] All { WORDS($shown) } activities with a known town were held in { $most }
        }
       *[other] Activities were held in { WORDS($towns) } towns { $one-country ->
            [1] { $in-country }
           *[other] of the region
        }{ $most-towns ->
            [1] , most of all in { $most }
           *[other] { "" }
        }
    }
}
map-measure = Activities by town, number; the circle’s area shows the number
map-source = { $rest ->
    [0] All { NUM($total) } are on the map.
   *[other] { NUM($shown) } of { NUM($total) } { $shown ->
        [one] is
       *[other] are
    } on the map; { $rest ->
        [one] the other is
       *[other] the others are
    } listed beside it.
}

## Timeline
timeline-regional = Regional
timeline-abroad = Outside the region
timeline-unknown = Host country not stated
timeline-undated = undated
timeline-none = none
timeline-ids = The bars carry the activities’ numbers; their names stand in the list of all activities.
timeline-bare = Too many activities to name each bar: names and dates stand in the list of all activities.
timeline-crowded = Too many activities to draw each: the numbers say how many ended in each stretch of days.
timeline-finding = { $dated ->
    [0] No activity has dates
    [one] One activity has dates: it ended in { $months }
   *[other] { $busy-count ->
        [one] No week saw more than one activity
       *[other] { $busy-weeks ->
            [one] The busiest week was { $busy-week }, with { WORDS($busy-count) } activities under way
           *[other] The busiest weeks, { WORDS($busy-weeks) } of them, had { WORDS($busy-count) } activities each
        }
    }
}
timeline-measure = Activities by host country and day; regional ones in the row at the top; figures under the months are Mondays
timeline-source = { $undated ->
    [0] All { NUM($total) } activities have dates.
   *[other] { NUM($dated) } of { NUM($total) } activities have dates; { $undated ->
        [one] one is undated and stands
       *[other] { WORDS($undated) } are undated and stand
    } in the column at the end.
}

## Calendar
weekday-1 = Mo
weekday-2 = Tu
weekday-3 = We
weekday-4 = Th
weekday-5 = Fr
weekday-6 = Sa
weekday-7 = Su
calendar-handover = expected handover of equipment
calendar-undated = No date yet:
calendar-month-only = day not fixed
calendar-none = nothing planned
calendar-finding = { $busy-count ->
    [0] What is planned for { $months } has no dates yet
   *[other] { $total ->
        [one] One activity is planned for { $months }
       *[other] { WORDS($total, at: "start") } activities are planned for { $months }{ $busy-months ->
            [1] , the most of them { $busy }
           *[other] { "" }
        }
    }
}
calendar-measure = What is planned, by the month in which it begins; busy days are marked
calendar-source = { $undated ->
    [0] Source: Plan sheets; everything planned has a date.
   *[other] Source: Plan sheets; no date for { NUM($undated) } of { NUM($total) }.
}
