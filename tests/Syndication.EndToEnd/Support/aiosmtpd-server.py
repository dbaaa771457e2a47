"""A mail server made of aiosmtpd, for tests. One JSON object as argument says how it behaves; events are printed, a JSON object each.

Ends when its standard input does, so that it never outlives the test.
"""
import asyncio
import base64
import json
import os
import ssl
import sys
import threading

from aiosmtpd.smtp import SMTP, AuthResult

wishes = json.loads(sys.argv[1])
answers = {command: list(lines) for command, lines in wishes["answers"].items()}


def tell(**event):
    print(json.dumps(event), flush=True)


def next_answer(command):
    """The next answer to a command; the last one stays. None: as aiosmtpd likes."""
    known = answers.get(command)
    if not known:
        return None
    answer = known.pop(0) if len(known) > 1 else known[0]
    return None if answer == "ok" else answer


class Scripted(SMTP):
    async def instead(self, command):
        """Answers in aiosmtpd's stead; False: it shall answer itself."""
        answer = next_answer(command)
        if answer is None:
            return False
        for line in answer.split("|"):
            if line == "drop":
                self.transport.abort()
            elif line == "silent":
                tell(event="reached", command=command)
                await asyncio.Event().wait()
            else:
                await self.push(line)
        return True

    def connection_made(self, transport):
        if not self._over_ssl and self.transport is None:
            tell(event="connected")
        super().connection_made(transport)


def command(name):
    original = getattr(SMTP, "smtp_" + name)

    async def run(self, arg):
        if not await self.instead(name):
            await original(self, arg)

    run.__name__ = "smtp_" + name
    run.__dict__.update(original.__dict__)
    return run


for name in ("EHLO", "HELO", "MAIL", "RCPT", "DATA", "RSET", "AUTH", "STARTTLS"):
    setattr(Scripted, "smtp_" + name, command(name))


class Mailbox:
    async def handle_DATA(self, server, session, envelope):
        answer = next_answer(".")
        if answer is None or answer.startswith("2"):
            tell(
                event="mail",
                sender=envelope.mail_from,
                recipients=envelope.rcpt_tos,
                options=envelope.mail_options,
                tls=session.ssl is not None or wishes["implicit"],
                user=(session.auth_data or b"").decode(),
                peer=session.peer[1],
                content=base64.b64encode(envelope.content).decode(),
            )
        for line in (answer or "250 2.0.0 taken").split("|"):
            if line == "drop":
                server.transport.abort()
                return "250 never seen"
            if line == "silent":
                tell(event="reached", command=".")
                await asyncio.Event().wait()
            return line


def authenticate(server, session, envelope, mechanism, data):
    """PLAIN and LOGIN with the one password."""
    success = data.password.decode() == wishes["password"]
    return AuthResult(success=success, handled=False, auth_data=data.login)


def tls():
    if not wishes["certificate"]:
        return None
    context = ssl.SSLContext(ssl.PROTOCOL_TLS_SERVER)
    context.load_cert_chain(wishes["certificate"])
    return context


def make():
    return Scripted(
        Mailbox(),
        hostname="aiosmtpd.test",
        enable_SMTPUTF8=wishes["utf8"],
        data_size_limit=wishes["size"],
        tls_context=None if wishes["implicit"] else tls(),
        authenticator=authenticate if wishes["password"] else None,
        auth_require_tls=False,
        auth_required=bool(wishes["password"]),
    )


async def serve():
    server = await asyncio.get_running_loop().create_server(
        make, "127.0.0.1", wishes["port"], ssl=tls() if wishes["implicit"] else None)
    tell(event="listens", port=server.sockets[0].getsockname()[1])
    await asyncio.Event().wait()


def end_with_input():
    sys.stdin.read()
    os._exit(0)


threading.Thread(target=end_with_input, daemon=True).start()
asyncio.run(serve())
