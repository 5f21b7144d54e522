# Русский: config
