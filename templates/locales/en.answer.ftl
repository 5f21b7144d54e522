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

## The mail
mail-answer-subject = [{ $code }] { $file }: { $state ->
        [refused] it could not be taken
        [nothing] nothing was read
        [check] thank you, please have a second look
        [thanks] thank you, everything was read
       *[mend] { $held ->
            [0] please mend some cells
            [one] one row has to be mended
           *[other] { $held } rows have to be mended
        }
    }
mail-answer-thanks = Thank you for your file { $file }: all of it was read, and nothing has to be mended.
mail-answer-about = This is about your file { $file }.
mail-answer-attached = { $errors ->
        [0] Your workbook is attached: the cells are coloured, each has a note, and the first sheet lists them all. If something is not as you meant it, mend it there and drop that workbook into the inbox; it replaces the first one.
       *[other] Your workbook is attached: the cells are coloured, each has a note, and the first sheet lists them all. Mend it there and drop that workbook into the inbox; it replaces the first one.
    }
mail-answer-beside = Your workbook with the cells marked is too large for a mail; it lies beside your file, with the answer.
mail-answer-again = Please mend your workbook and drop it into the inbox again, under the same name: it replaces the first one.
mail-answer-errors = To be mended ({ $count })
mail-answer-warnings = To be checked ({ $count })
mail-answer-look = Please have a look.
mail-answer-mistaken = If we have understood something wrongly, an answer to this mail is enough.
mail-answer-ask = If something is not clear, or we are mistaken, an answer to this mail is enough.
mail-question-subject = [{ $code }] { $file }: is it the same event?
mail-question-about = { $count ->
        [one] Something in your file { $file } looks like an event that somebody else has reported too. Please tell us whether it is the same one; it must not be counted twice.
       *[other] { $count } rows of your file { $file } look like events that somebody else has reported too. Please tell us whether they are the same; they must not be counted twice.
    }
