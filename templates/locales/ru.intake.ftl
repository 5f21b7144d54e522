# Русский: intake
