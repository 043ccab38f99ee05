"""Documents that hold documents: archives, mail, web captures. One module a format.

Each function takes a ``Content`` and yields a ``Member`` for each document inside and a
``RecordProblem`` for each that cannot be had. Nothing is written: names are labels.
"""
