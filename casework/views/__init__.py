"""Doorways of casework, one module per subject."""
