# English: config
