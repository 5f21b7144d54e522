# English: the answer to whoever sent a workbook: in its marked copy, and by mail

answer-marked = A copy of the workbook lies beside this answer: the cells are coloured there, each has a note, and the first sheet lists everything.
answer-not-marked = { $why ->
        [unusual] There is no marked copy of this workbook: it is built in a way that cannot be edited without risk. The list below has every cell.
        [too-large] There is no marked copy of this workbook: it is too large for that. The list below has every cell.
       *[other] There is no marked copy of this workbook: it could not be made. The list below has every cell.
    }

## The sheet of remarks
remarks-sheet = Remarks
remarks-title = Remarks on { $file }
remarks-lead-mend = Mend the coloured cells in this workbook, save it, and drop it into the inbox again. It replaces what you sent before.
remarks-lead-check = If something is not as you meant it, mend it in this workbook, save it, and drop it into the inbox again. It replaces what you sent before.
remarks-lead-sheet = A click on a place leads to the cell; the note there says the same. This sheet may stay: it is not read.
remarks-mend = To be mended
    .meaning = The row, or the figure, does not count until the cell is mended.
remarks-check = To be checked
    .meaning = It was read as the remark says. Mend it if you meant something else.
remarks-where = Where
remarks-what = What to do, and what was found
remarks-clears = { $rows ->
        [one] one row
       *[other] { $rows } rows
    }
remarks-signature = Your workbook is digitally signed. This copy has been changed and carries no signature; your own file is as you sent it.
remarks-date-format = yyyy-mm-dd
