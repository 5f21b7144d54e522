# The dashboard: what every page shows.
desk-this-language = English
desk-skip = Skip to the contents
desk-navigation = Pages
desk-home = How things stand

# What went wrong, and what to do.
problem-to-the-start = To the start
problem-not-found = There is nothing at this address
    .hint = It may have been mistyped, or what was here is gone. Begin from the start page.
problem-not-this-way = This address is not used that way
    .hint = Go back, load the page again and press the button there.
problem-senseless = The request could not be understood
    .hint = Go back, load the page again and try once more.
problem-form-unreadable = The form could not be read
    .hint = A field is missing or has a value that it cannot have. Go back, load the page again and fill it in once more.
problem-too-large = That is too large
    .hint = Nothing of it was taken. Send a smaller file, or put it into the inbox folder.
problem-token-wrong = This page was opened too long ago
    .hint = Nothing was changed. Go back, load the page again and press the button once more.
problem-from-elsewhere = This was sent by a page of another site
    .hint = Nothing was changed. Open the dashboard itself and press the button there.
problem-other-host = The dashboard is not known by this name
    .hint = Use the address under which it was set up. An admin can add names: key “hosts” of [dashboard] in config/rapporteur.toml.
problem-log-in-first = Please log in first
problem-not-your-role = Your account may not do this
    .hint = It takes the role “{ $role }”. Ask an admin.
problem-no-longer-so = That is no longer so: number { $id } is { $found }
    .hint = Somebody was faster, or it has moved on by itself. Nothing was changed; look at it again.
problem-ledger-at-fault = The ledger cannot be read or written just now
    .hint = Try again in a minute. If this stays, an admin finds the reason in the log.
problem-our-fault = Something went wrong here
    .hint = It is a fault of this program, and stands in the log. Nothing that you did caused it.
