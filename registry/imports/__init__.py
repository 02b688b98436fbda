"""Enterprises from Excel: template, upload, dry run, file with errors, import.

The dry run is kept on the server (`ImportRun`, `ImportRow`); the confirmation acts on exactly those rows, once. When what it was
compared with has changed meanwhile, nothing is written and the comparison is made again.
"""
