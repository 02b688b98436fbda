"""Doorways of notices: load what the viewer may see, read the form, call the verb, answer."""
