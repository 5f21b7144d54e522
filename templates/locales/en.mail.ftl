# English: mail
