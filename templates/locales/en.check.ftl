# English: what `check` finds outside the configuration files

locale-unreadable = this file of sentences is not well formed: { $problem }
    .hint = compare it with the file of the same name that is built in, or take it out
ledger-unreachable = the ledger does not answer: { $problem }
    .hint = see whether the folder of `[ledger] url` is there and may be written
ledger-has-no-rows = the ledger has no rows for { $period }
    .hint = drop the workbooks into the inbox, or name them with --from
