"""`manage.py portal`: one process group with web server, worker and schedule, under a supervisor."""
