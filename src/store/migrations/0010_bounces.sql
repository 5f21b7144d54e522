-- Notifications that a mail did not arrive: each is looked after once, also where it is about none of ours.
CREATE TABLE bounces (
    id          INTEGER PRIMARY KEY,
    mail        TEXT NOT NULL UNIQUE,               -- hash of the notification
    delivery_id INTEGER REFERENCES deliveries (id),
    reason      TEXT NOT NULL,
    at          TEXT NOT NULL
) STRICT;
