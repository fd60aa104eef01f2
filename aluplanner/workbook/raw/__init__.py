"""The cells of workbooks, taken out of the bytes of a file.

This package also runs alone, in a child process whose memory and time are limited. So it imports nothing but the
standard library, and of that only what loads fast; and it builds no sentences: what is wrong is a code with details,
which the program words in the planner's language (:mod:`aluplanner.workbook.gate_words`).
"""
