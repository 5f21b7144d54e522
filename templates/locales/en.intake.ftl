# English: intake
