"""Search: dockets by number, subject, party and pinyin initials; documents, enterprises and officers beside them.

    search.index(docket)                                  in every verb that changes what search reads (no signals)
    search.index_document(docket=…, kind=…, …)            when a document takes its number
    search.find(viewer, "czxt", limit=8)                  what the officer may see, in groups
    search.match(viewer, "稀土")                           for lists: which dockets may match

A text matches when its normalised form holds the normalised question, or a name's initials begin with it, those of the whole
name or of what stands behind the places at its head: the same on SQLite and PostgreSQL, whatever index answers. Initials from any
place in a name would be found too, but two or three letters stand somewhere in nearly every name, and their lists are as long as the table.
"""

from casework.search.finding import Found, Group, Hit, enterprise_condition, exact, find, matching_scans, register
from casework.search.indexing import forget_document, index, index_document, reindex, reindex_enterprise
from casework.search.matching import Match, condition, match
from casework.search.text import normalise, number_key, question

__all__ = [
    "Found",
    "Group",
    "Hit",
    "Match",
    "condition",
    "enterprise_condition",
    "exact",
    "find",
    "forget_document",
    "index",
    "index_document",
    "match",
    "matching_scans",
    "normalise",
    "number_key",
    "question",
    "register",
    "reindex",
    "reindex_enterprise",
]
