# English: what `check` and `compile` find outside configuration and templates

ledger-unreachable = the ledger does not answer: { $problem }
    .hint = see whether the folder of `[ledger] url` is there and may be written
ledger-has-no-rows = the ledger has no rows for { $period }
    .hint = drop the workbooks into the inbox, or name them with --from
mail-server-refuses = the mail server { $host } does not let us in: { $problem }
    .hint = compare `host`, `port`, `tls` and `username` of `[mail.smtp]` with what its owner says
dkim-key-unusable = mails cannot be signed: { $problem }
    .hint = make a key with `openssl genrsa -out secrets/dkim.pem 2048`, or take out `[mail.dkim]`
mail-template = this mail template cannot be read: { $problem }
    .hint = compare it with the built-in template, or take the file out
