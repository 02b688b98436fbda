"""Doorways of penalties."""
