"""Opens a marked copy as somebody else's program does, says what it found, and saves it mended.

marked_copy.py COPY MENDED SHEET CELL VALUE
"""

import json
import sys

import openpyxl

copy, mended, sheet, cell, value = sys.argv[1:]
book = openpyxl.load_workbook(copy)
page = book[sheet]
found = {
    "sheets": book.sheetnames,
    "active": book.active.title,
    "notes": {},
    "fills": {},
    "merged": sorted(str(merged) for merged in page.merged_cells.ranges),
    "charts": len(page._charts),
    "lists": len(page.data_validations.dataValidation),
    "conditions": len(page.conditional_formatting),
    "links": [one.hyperlink.location for row in book.worksheets[0].iter_rows() for one in row if one.hyperlink],
}
for row in page.iter_rows():
    for one in row:
        if one.comment:
            found["notes"][one.coordinate] = one.comment.text
        if one.fill.fill_type == "solid":
            found["fills"][one.coordinate] = one.fill.fgColor.rgb
page[cell] = value
book.save(mended)
json.dump(found, sys.stdout, ensure_ascii=False)
