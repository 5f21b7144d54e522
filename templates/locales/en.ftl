# Fixed strings of the reports, in English.
