# English: templates of reports, and compiling them.

template-missing = expected a report template here, found no file
    .hint = give the name of a folder below `templates/report/`
locale-unreadable = the sentences cannot be read: { $problem }
    .hint = mend the line, or delete the file to go back to the built-in sentences
template-undefined-name = expected a name that the template knows, found `{ $found }`
    .hint = correct the spelling; the top of the built-in template lists what there is
template-unknown-function = expected a function or filter that the template knows, found `{ $found }`
    .hint = correct the spelling; the top of the built-in template lists what there is
template-syntax = the braces cannot be read: { $found }
    .hint = see that every {"{{"} has its {"}}"}, and every {"{%"} its {"%}"}
template-include-missing = expected a file beside the template, found none: { $found }
    .hint = put the file into the report’s folder, or take the line out
template-too-much-work = the template does more work than a report may
    .hint = look for a loop that never ends, or for a loop within a loop
template-failed = the line cannot be worked out: { $found }
    .hint = compare it with the built-in template
template-image = expected text, found the picture `{ $found }`
    .hint = take the picture out; reports print none from templates
sentence-unknown = expected the name of a sentence, found `{ $found }`
    .hint = correct the spelling, or add the sentence to `templates/locales/en.ftl` and `ru.ftl`
figure-unknown = expected the name of a figure, found `{ $found }`
    .hint = use a name that `compile --facts` writes
figure-unknown-near = { figure-unknown }
    .hint = perhaps you meant `{ $nearest }`
block-unknown = expected a block such as { $known }, found `{ $found }`
    .hint = correct the word after the backticks
block-unknown-near = { block-unknown }
    .hint = perhaps you meant `{ $nearest }`
block-line-without-colon = expected `option: value` in the block `{ $block }`, found "{ $found }"
    .hint = put a colon after the name of the option
block-option-unknown = expected an option of the block `{ $block }`, found `{ $found }`
    .hint = use one of: { $known }
block-option-unknown-near = { block-option-unknown }
    .hint = perhaps you meant `{ $nearest }`
block-option-missing = the block `{ $block }` needs the option `{ $option }`
    .hint = add a line `{ $option }: …`
block-value-unknown = expected one of { $known } for `{ $option }`, found `{ $found }`
    .hint = use one of: { $known }
block-value-unknown-near = { block-value-unknown }
    .hint = perhaps you meant `{ $nearest }`
block-number-expected = expected a whole number for `{ $option }`, found `{ $found }`
    .hint = write digits only
block-inside-list = the block `{ $block }` stands inside a list or a quotation
    .hint = begin its line at the left edge, after an empty line
table-source-unknown = expected something to make a table of, found `{ $found }`
    .hint = use one of: { $known }
table-source-unknown-near = { table-source-unknown }
    .hint = perhaps you meant `{ $nearest }`
table-column-unknown = expected a column of `{ $source }`, found `{ $found }`
    .hint = use some of: { $known }
table-column-unknown-near = { table-column-unknown }
    .hint = perhaps you meant `{ $nearest }`
bars-source-unknown = expected a family of figures to draw, found `{ $found }`
    .hint = use one of: { $known }
bars-source-unknown-near = { bars-source-unknown }
    .hint = perhaps you meant `{ $nearest }`
link-leads-nowhere = the link `#{ $found }` leads to no heading of the report
    .hint = write {"{"}#{ $found }{"}"} after the heading it should lead to
edition-unknown = expected no edition or a country of the programme, found `{ $found }`
    .hint = choose one of: { $known }
edition-unknown-near = { edition-unknown }
    .hint = perhaps you meant `{ $nearest }`
block-country-unknown = expected the code of a country that this edition has pages of, found `{ $found }`
    .hint = choose one of: { $known }
block-country-unknown-near = { block-country-unknown }
    .hint = perhaps you meant `{ $nearest }`
equipment-and-budget-differ = under “{ $heading }” the budget has EUR { $spent } spent in the period, but the equipment handed over is worth EUR { $value } ({ $cells })
    .hint = correct one of the two, or name the budget’s heading for what else it pays
indicator-and-count-differ = the current value of indicator { $indicator } is { $current }, but { $figure } counts { $count } ({ $cells })
    .hint = correct the indicator, or the rows that are counted
plan-and-activity-differ = the plan has { $id } as { $planned }, but the activity { $id } is { $done } ({ $cell })
    .hint = give both the same status
budget-does-not-follow = under “{ $heading }” EUR { $to-date } was spent to date, but EUR { $then } at the end of the last period ({ $cell }) and EUR { $spent } in this one make another sum
    .hint = correct one of the three, or send the last period’s budget again
budget-total-differs = the total line says { $found }, but the lines above it make { $sum }
    .hint = correct the total or the lines
action-points-do-not-follow = { $left ->
    [one] one action point was
   *[other] { NUM($left) } action points were
} open at the end of the last period ({ $left-cells }), but this one’s list carries over { $taken ->
    [one] one
   *[other] { NUM($taken) }
} ({ $taken-cells })
    .hint = list every action point that was open, with its status now
figures-disagree = two sums of this report do not agree, which is a fault of this program: { $detail }
    .hint = send us the workbooks; do not send this report
glyph-missing = “{ $word }” has { $n ->
    [one] a character
   *[other] characters
} that no font of the report has ({ $characters })
    .hint = write it in Latin or Cyrillic letters, or put a font that has { $n ->
    [one] it
   *[other] them
} into `templates/fonts`
theme-unreadable = the look of the report cannot be read: { $problem }
    .hint = mend the line, or delete the file to go back to the built-in look
font-unusable = { $problem }
    .hint = put a TrueType font of that name there, or delete it to go back to the built-in one
pdf-not-written = the PDF could not be written: { $problem }
    .hint = take your own fonts out of `templates/fonts`, and tell us if it happens again

## Runs
run-held-row = row { $row }
run-held-rows = { $n ->
    [one] one row has an error
   *[other] { NUM($n) } rows have errors
}: { $list }{ $more ->
    [0] {""}
   *[other] {""}; and { NUM($more) } more
}
run-held-nothing-came = no workbook has come for this period; { $n ->
    [one] it is owed by { $list }
   *[other] they are owed by { $list }
}{ $more ->
    [0] {""}
   *[other] {""}; and { NUM($more) } more
}
run-sent-back = { $name } sent it back: { $reason }
sheet-missing = { $name } has not sent { $sheet }
sheet-held = { $name } has { $held ->
    [one] a row
   *[other] { $held } rows
} to correct on { $sheet }
run-waited-in-vain = it waited until { $date }, and not everything has come: { $list }
contributor-missing = no workbook of this period has come from { $name }

# Descriptions of the files that travel inside a report.
attached-rows = Rows of the sheet { $sheet } that this report prints
attached-facts = The figures of this report
attached-manifest = What this report was compiled from

# Pictures that the report goes without.
photo-missing = no picture `{ $photo }` lies beside the workbook; the report goes without it
    .hint = put the file into the folder of the workbook, under this name, and send the workbook again
photo-unknown = `{ $photo }` is neither JPEG nor PNG; the report goes without it
    .hint = save the picture as JPEG
photo-broken = the picture `{ $photo }` is damaged or was not copied whole; the report goes without it
    .hint = copy it again, or save it anew
photo-too-large = the picture `{ $photo }` has more than 60 million pixels; the report goes without it
    .hint = make it smaller: 2000 pixels across are plenty
photo-not-a-name = expected the name of a picture beside the workbook, found `{ $photo }`
    .hint = give the name alone, without a folder
photo-alt = Photograph of the activity “{ $title }”

# Logos.
logo-missing = no file `{ $logo }` lies in `templates/logos`; the report goes without it
    .hint = put the file there, or correct the name
logo-not-a-name = expected the name of a file in `templates/logos`, found `{ $logo }`; the report goes without it
    .hint = give the name alone, without a folder
logo-unknown = `{ $logo }` is not an SVG file; the report goes without it
    .hint = save the logo as plain SVG (not compressed, not a picture of pixels)
logo-broken = the logo `{ $logo }` cannot be read: { $found }; the report goes without it
    .hint = open it in a drawing program and save it anew as plain SVG
logo-too-large = the file of the logo `{ $logo }` is larger than 1 MB; the report goes without it
    .hint = take a simpler version of the logo; most have less than 20 kB
logo-too-complex = the logo `{ $logo }` has more parts, or deeper ones, than a logo needs; the report goes without it
    .hint = take a simpler version of the logo, or flatten it in a drawing program
logo-text = the logo `{ $logo }` has text, which needs a font that a file cannot bring along; the report goes without it
    .hint = convert the text to outlines in a drawing program, and save it anew
logo-image = the logo `{ $logo }` has a picture of pixels in it; the report goes without it
    .hint = ask its owner for a version of outlines alone
logo-external = the logo `{ $logo }` needs something from elsewhere, `{ $found }`, and a report fetches nothing; the report goes without it
    .hint = save the logo with everything in one file
logo-effect = the logo `{ $logo }` uses `{ $found }`, which print does not know; the report goes without it
    .hint = flatten the effect in a drawing program, or take a version of plain shapes
logo-empty = nothing in the logo `{ $logo }` can be seen; the report goes without it
    .hint = look at it in a browser, and save it anew
logo-gradient = the logo `{ $logo }` has a gradient, which is printed in its mean colour
    .hint = take a version of the logo in plain colours
