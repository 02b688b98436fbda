"""The type of words for people: a text, or one that is translated when it is shown."""

from django.utils.functional import Promise

Label = str | Promise
