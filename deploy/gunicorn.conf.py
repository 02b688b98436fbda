"""gunicorn of the larger set-up: `gunicorn -c deploy/gunicorn.conf.py rareearth.wsgi`. Settings by environment."""

import os


def _number(name: str, default: int) -> int:
    text = os.environ.get(name) or str(default)
    if not (text.isascii() and text.isdecimal() and int(text)):
        raise SystemExit(f"✗ A setting is wrong: {name} must be a whole number above 0, not {text!r}.")
    return int(text)


bind = os.environ.get("BIND", "127.0.0.1:8000")
workers = _number("WEB_WORKERS", min(2 * (os.cpu_count() or 1) + 1, 9))
worker_class = "sync"
# Loaded once and then forked: less memory, and a portal that cannot start says so at once.
preload_app = True
timeout = _number("WEB_TIMEOUT_S", 120)
graceful_timeout = 20
# Each worker is replaced now and then, at different times: a slow leak never grows large.
max_requests = 5000
max_requests_jitter = 500
worker_tmp_dir = "/dev/shm"
control_socket_disable = True
# X-Forwarded-* are believed only from these addresses: the proxy that ends TLS.
forwarded_allow_ips = os.environ.get("TRUSTED_PROXIES") or "127.0.0.1,::1"
accesslog = "-" if os.environ.get("ACCESS_LOG") == "1" else None
errorlog = "-"
loglevel = os.environ.get("WEB_LOG_LEVEL", "info")
