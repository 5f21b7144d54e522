"""Prints the runs of a ledger as `schedule TAB due_at TAB state TAB reason`, without our own reader."""
import sqlite3
import sys

ledger = sqlite3.connect(f"file:{sys.argv[1]}?mode=ro", uri=True)
for row in ledger.execute("SELECT schedule, due_at, state, COALESCE(reason, '') FROM runs ORDER BY schedule, due_at"):
    print(*row, sep="\t")
