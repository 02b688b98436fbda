"""A mail server of the test's own, over a real socket: it can be stopped and started on the same port, and told to refuse."""

import socketserver
import threading
from email import message_from_bytes, policy
from email.message import EmailMessage
from typing import Any

from tests.plugins.servers import free_port


class _Talk(socketserver.StreamRequestHandler):
    server: "_Listening"

    def say(self, line: str) -> None:
        self.wfile.write(line.encode() + b"\r\n")

    def handle(self) -> None:
        post = self.server.post
        post.visits += 1
        self.say("220 test")
        while line := self.rfile.readline():
            verb = line[:4].upper()
            if verb == b"RCPT":
                self.say(post.refusals.get(line.split(b"<")[1].split(b">")[0].decode(), "250 ok"))
            elif verb == b"MAIL":
                self.say(post.refused_sender or "250 ok")
            elif verb == b"DATA":
                self.say("354 go on")
                lines = iter(self.rfile.readline, b".\r\n")
                post.letters.append(message_from_bytes(b"".join(lines), policy=policy.default))
                self.say("250 kept")
            elif verb == b"QUIT":
                self.say("221 bye")
                return
            else:
                self.say("250 ok")


class _Listening(socketserver.ThreadingTCPServer):
    allow_reuse_address, daemon_threads = True, True

    def __init__(self, post: "MailServer") -> None:
        self.post = post
        super().__init__(("127.0.0.1", post.port), _Talk)


class MailServer:
    """`letters` are those it took; `refusals` gives an address its answer ("550 unknown"), `refused_sender`
    any sender; `visits` counts connections."""

    def __init__(self) -> None:
        self.port = free_port()
        self.letters: list[EmailMessage] = []
        self.refusals: dict[str, str] = {}
        self.refused_sender = ""
        self.visits = 0
        self._listening: _Listening | None = None

    def start(self) -> None:
        self._listening = _Listening(self)
        threading.Thread(target=self._listening.serve_forever, kwargs={"poll_interval": 0.01}, daemon=True).start()

    def stop(self) -> None:
        if self._listening is not None:
            self._listening.shutdown()
            self._listening.server_close()
            self._listening = None

    def set_up(self, settings: Any) -> None:
        settings.EMAIL_BACKEND = "django.core.mail.backends.smtp.EmailBackend"
        settings.EMAIL_HOST, settings.EMAIL_PORT, settings.EMAIL_TIMEOUT = "127.0.0.1", self.port, 5
