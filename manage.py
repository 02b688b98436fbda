#!/usr/bin/env python
"""Command line of the portal. What an administrator can put right is said in words; --traceback shows where it happened."""

import os
import sys


def main() -> None:
    os.environ.setdefault("DJANGO_SETTINGS_MODULE", "rareearth.settings")
    from django.core.exceptions import ImproperlyConfigured
    from django.core.management import execute_from_command_line
    from django.db import DatabaseError

    from scripts import console, failures

    try:
        execute_from_command_line(sys.argv)
    except (ImproperlyConfigured, DatabaseError) as error:
        failure = failures.in_words(error)
        if failure is None or "--traceback" in sys.argv:
            raise
        console.stop_with(failure)


if __name__ == "__main__":
    main()
