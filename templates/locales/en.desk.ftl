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

# Logging in.
login-title = Log in
login-name = Name
login-password = Password
login-enter = Log in
login-failed = Name and password do not belong together. Look at the keyboard’s language and capitals, and try again.
login-no-accounts = There is no account yet. An admin makes the first one on the machine itself: rapporteur user add NAME --role admin
problem-too-often = Too many attempts
    .hint = { $minutes ->
        [one] Wait a minute and try again.
       *[other] Wait { $minutes } minutes and try again.
    } If you do not know your password, an admin sets another one.
problem-took-too-long = This took too long
    .hint = What was under way may have been done: look before you try again.
problem-only-by-the-proxy = The dashboard is served by its proxy only
    .hint = Use the address under which it was set up.
