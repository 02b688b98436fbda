"""Doorways of campaigns."""
