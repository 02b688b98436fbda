"""Verbs of measures: what happens to those of documents, and the child measures of a chain."""

from enforcement.measures.services.chain import (
    accept,
    acknowledge,
    call_off,
    decline,
    edit,
    feed_back,
    lay_out,
    send,
    send_back,
)
from enforcement.measures.services.recording import HANDLE, open_measures, record

__all__ = [
    "HANDLE",
    "accept",
    "acknowledge",
    "call_off",
    "decline",
    "edit",
    "feed_back",
    "lay_out",
    "open_measures",
    "record",
    "send",
    "send_back",
]
