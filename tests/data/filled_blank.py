"""Fills in the blank workbook as a person does: from its drop-downs where it has them.

filled_blank.py BLANK FILLED

Everything filled in is invented. Columns stand in the same order in both languages.
"""

import datetime
import sys

import openpyxl

blank, filled = sys.argv[1:]
ROWS = 4
SHEETS = [
    "Title|Type|ID|Reporting period|Component|Start date|End date|Status|Place|Host country|Scope|Countries|Agencies|"
    "Partners|Participants|Women|Men|Summary|Outputs|Photo|Reason",
    "Activity ID|Country|Agency|Participants|Women|Men|Reporting period|Reason",
    "Item|Recipient country|ID|Activity ID|Maker|Quantity|Unit value EUR|Total value EUR|Recipient agency|"
    "Handover date|Place|Status|Purpose|Reporting period|Reason",
    "Body|Date|Number|Place|Agenda item|Decision|Action point|Responsible|Due date|Status|Reporting period|Reason",
    "Title|ID|Component|Type|Planned start|Planned end|Country|Place|Responsible|Status|Reason|Reporting period",
    "Challenge|Country|Component|Mitigation|Responsible|Status|Reporting period|Reason",
    "Country|Priority|Component|Horizon|Reporting period|Reason",
    "Code|Indicator|Unit|Level|Component|Baseline|Baseline year|Target|Target year|Current|As of|Source|"
    "Reporting period|Reason",
    "Risk|Likelihood|Impact|Category|Mitigation|Responsible|Trend|Reporting period|Reason",
    "Heading|Budget EUR|Spent in period EUR|Spent to date EUR|Committed EUR|Reporting period|Reason",
]
TOWNS = ["Almaty", "Bishkek", "Dushanbe", "Ashgabat"]
CODES = ["KZ", "KG", "TJ", "TM"]
DAY = datetime.datetime(2017, 11, 6)


def value(sheet, heading, row, lists):
    """What a careful person types into a cell; `lists` are the drop-downs by heading."""
    week = datetime.timedelta(days=7 * row)
    numbers = {"Participants": 20, "Women": 8, "Men": 12, "Quantity": 2, "Unit value EUR": 100, "Total value EUR": 200,
               "Baseline": 1, "Baseline year": 2015, "Target": 10, "Target year": 2019, "Current": 4 + row,
               "Likelihood": 1 + row, "Impact": 2 + row % 3, "Budget EUR": 1000, "Spent in period EUR": 100,
               "Spent to date EUR": 400, "Committed EUR": 50}
    if heading in numbers:
        return numbers[heading]
    if heading == "Photo":
        return None
    if heading == "Reporting period":
        return "2017-Q4"
    if heading in ("Start date", "Planned start", "Handover date", "Date", "As of"):
        return DAY + week
    if heading in ("End date", "Planned end"):
        return DAY + week + datetime.timedelta(days=2)
    if heading == "Due date":
        return datetime.datetime(2018, 3, 1)
    if heading == "ID":
        return {"Equipment": "EQ", "Plan": "PL"}.get(sheet, "XX") + f"-{row}"
    if heading == "Activity ID":
        return f"XX-{row}"
    if heading == "Code":
        return f"OP{row}"
    if heading == "Place":
        return TOWNS[row]
    if heading == "Countries":
        return CODES[row]
    if heading == "Scope":
        return lists[heading][0]
    if heading == "Status" and sheet in ("Activities", "Equipment", "Plan", "Meetings"):
        return lists[heading][2]
    if heading == "Type" and sheet == "Activities":
        return lists[heading][[0, 1, 2, 6][row]]
    if heading in lists:
        return lists[heading][row % len(lists[heading])]
    if heading == "Country":
        return CODES[row]
    return f"{heading}, {row + 1}"


book = openpyxl.load_workbook(blank)
names = [headings.split("|") for headings in SHEETS]
english = ["Activities", "Participants", "Equipment", "Meetings", "Plan", "Challenges", "Priorities", "Indicators",
           "Risks", "Budget"]
for sheet, headings, page in zip(english, names, book.worksheets, strict=True):
    heads = [cell.value for cell in page[1] if cell.value]
    assert len(heads) == len(headings), (sheet, heads)
    lists = {}
    for rule in page.data_validations.dataValidation:
        if rule.type == "list":
            column = openpyxl.utils.cell.coordinate_from_string(str(rule.sqref).split(":")[0])[0]
            at = openpyxl.utils.column_index_from_string(column) - 1
            lists[headings[at]] = [int(one) if one.isdigit() else one for one in rule.formula1.strip('"').split(",")]
    for row in range(ROWS):
        for column, heading in enumerate(headings, start=1):
            page.cell(row=row + 3, column=column).value = value(sheet, heading, row, lists)
book.save(filled)
