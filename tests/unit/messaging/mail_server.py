"""A small mail server in a thread, that behaves as told: well, busy, unwilling, silent, or gone half-way."""

import asyncio
import base64
import ssl
from contextlib import suppress
from email import message_from_bytes
from email.message import EmailMessage
from email.policy import default
from threading import Event, Thread


class SmallMailServer:
    """Listens on a port of this machine; `mood` says how it behaves.

    `kept` holds every message it took, `said` every command it got.
    """

    def __init__(self, tls: ssl.SSLContext | None = None, at_once: bool = False, starttls: bool = False) -> None:
        self.mood = "well"
        self.unwilling_to: set[str] = set()
        self.kept: list[bytes] = []
        self.said: list[str] = []
        self.logins: list[tuple[str, str]] = []
        self._tls, self._at_once, self._starttls = tls, at_once, starttls
        self._loop = asyncio.new_event_loop()
        self._ready, self.port = Event(), 0
        self._thread = Thread(target=self._run, name="mail", daemon=True)

    def __enter__(self) -> "SmallMailServer":
        self._thread.start()
        assert self._ready.wait(5)
        return self

    def __exit__(self, *_: object) -> None:
        self._loop.call_soon_threadsafe(self._stop.set)
        self._thread.join(5)
        assert not self._thread.is_alive()

    @property
    def mailbox(self) -> dict[str, EmailMessage]:
        """What a reader finds: of messages with one Message-ID, one."""
        mails = [message_from_bytes(raw, policy=default) for raw in self.kept]
        return {str(mail["Message-ID"]): mail for mail in mails}

    def _run(self) -> None:
        self._loop.run_until_complete(self._listen())
        self._loop.close()

    async def _listen(self) -> None:
        self._stop, self._talks = asyncio.Event(), set()
        context = self._tls if self._at_once else None
        server = await asyncio.start_server(self._talk, "127.0.0.1", self.port, ssl=context)
        self.port = server.sockets[0].getsockname()[1]
        self._ready.set()
        await self._stop.wait()
        server.close()
        for task in self._talks:
            task.cancel()
        await asyncio.gather(*self._talks, return_exceptions=True)

    async def _talk(self, reader: asyncio.StreamReader, writer: asyncio.StreamWriter) -> None:
        task = asyncio.current_task()
        self._talks.add(task)
        try:
            with suppress(ConnectionError, asyncio.IncompleteReadError, asyncio.CancelledError):
                await self._speak(reader, writer)
        finally:
            self._talks.discard(task)
            writer.close()
            with suppress(Exception, asyncio.CancelledError):
                await asyncio.wait_for(writer.wait_closed(), 1)

    async def _speak(self, reader: asyncio.StreamReader, writer: asyncio.StreamWriter) -> None:
        async def say(*lines: str) -> None:
            writer.write("".join(f"{line}\r\n" for line in lines).encode())
            await writer.drain()

        if self.mood == "silent":
            await self._stop.wait()
        await say("220 small.test at your service")
        closed = self._at_once
        while line := (await reader.readline()).decode().strip():
            self.said.append(line)
            verb = line.split(" ")[0].upper()
            if verb == "DATA":
                await say("354 go on")
                raw = (await reader.readuntil(b"\r\n.\r\n"))[:-3].replace(b"\r\n..", b"\r\n.")
                if not await self._take(raw, say):
                    return
            elif verb == "EHLO":
                await say(*self._offers(closed))
            else:
                if verb == "QUIT" and self.mood == "silent after goodbye":
                    await self._stop.wait()
                await say(self._reply(verb, line))
            if verb == "STARTTLS":
                await writer.start_tls(self._tls)
                closed = True
            if verb == "QUIT":
                return

    def _offers(self, closed: bool) -> list[str]:
        starttls = ["250-STARTTLS"] if self._starttls and not closed else []
        return ["250-small.test", *starttls, "250-AUTH PLAIN", "250 SIZE 1000000"]

    def _reply(self, verb: str, line: str) -> str:
        if verb == "RCPT" and (self.mood == "unwilling" or any(who in line for who in self.unwilling_to)):
            return "550 5.1.1 mevrouw Jansen does not live here"
        if verb == "RCPT" and self.mood == "busy":
            return "451 4.7.1 come back later"
        if verb == "AUTH":
            _, user, password = base64.b64decode(line.split(" ")[2]).decode().split("\0")
            self.logins.append((user, password))
            return "235 welcome"
        return {"QUIT": "221 bye", "STARTTLS": "220 go on"}.get(verb, "250 fine")

    async def _take(self, raw: bytes, say) -> bool:
        """Keep a message and say so, as far as the mood lets; False when the line is cut."""
        match self.mood:
            case "cuts":
                return False
            case "busy after text":
                await say("451 4.3.0 no room")
            case "silent after text":
                await self._stop.wait()
            case "keeps and cuts":
                self.kept.append(raw)
                return False
            case _:
                self.kept.append(raw)
                await say("250 taken")
        return True
