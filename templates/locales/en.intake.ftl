# English: intake

## Between rows of one period (facts)
participation-rows-do-not-add-up = the { $rows } participation rows of activity `{ $activity }` make { $sum }, but its total is { $total }
    .hint = correct the total or the rows; until then the rows are left out
activity-in-two-files = activity `{ $activity }` is also in `{ $file }`, and is counted once
    .hint = leave it in one of the two files
activity-in-two-files-differs = activity `{ $activity }` says something else in `{ $file }`, and is counted once, as there
    .hint = agree on one version and leave it in one of the two files
