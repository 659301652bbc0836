"""What keeps the desk to the people at it: who may enter, which forms count, what a page may load.

The pages show what strangers wrote, in a browser that also visits other pages. So: a name other than ours in the address is
refused (a foreign name may be made to point here), a form counts only with the token that one of our pages put into it,
nothing is loaded from elsewhere, and no script or style stands inside a page.
"""

from __future__ import annotations

import hmac
import secrets
from hashlib import sha256
from urllib.parse import urlencode

from starlette.datastructures import MutableHeaders
from starlette.exceptions import HTTPException
from starlette.requests import Request
from starlette.responses import PlainTextResponse, RedirectResponse, Response
from starlette.types import ASGIApp, Message, Receive, Scope, Send

from bywhom.workbench.settings import LOOPBACK, Settings

POLICY = (
    "default-src 'none'; script-src 'self'; style-src 'self'; img-src 'self'; connect-src 'self'; "
    "form-action 'self'; base-uri 'none'; frame-ancestors 'none'"
)
HEADERS = {
    "Content-Security-Policy": POLICY,
    "X-Content-Type-Options": "nosniff",
    "X-Frame-Options": "DENY",
    # With no-referrer a browser sends "Origin: null" with our own forms, and they would be refused.
    "Referrer-Policy": "same-origin",
    "Cross-Origin-Opener-Policy": "same-origin",
    "Cross-Origin-Resource-Policy": "same-origin",
    "Permissions-Policy": "camera=(), geolocation=(), microphone=()",
}
READING = frozenset(["GET", "HEAD", "OPTIONS"])
FORM_FIELD = "form_token"


class Guard:
    """Lets in whoever may enter, refuses the rest, and puts the rules for the browser on every answer."""

    def __init__(self, app: ASGIApp, settings: Settings, secret: bytes) -> None:
        self._app, self._settings, self._secret = app, settings, secret

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        """Answer one request."""
        if scope["type"] != "http":
            await self._app(scope, receive, send)
            return
        request = Request(scope)
        seal = request.cookies.get(self._cookie("form")) or secrets.token_urlsafe(24)
        scope["bywhom_form_token"] = form_token(self._secret, seal)
        answer = self._sealed(send, "" if self._cookie("form") in request.cookies else seal)
        refusal = self._refused(request)
        if refusal is not None:
            await refusal(scope, receive, answer)
            return
        await self._app(scope, self._bounded(request, receive), answer)

    def _refused(self, request: Request) -> Response | None:
        """The answer to a request that is not let in; None for one that is."""
        if self._settings.token is None and not self._is_ours(request.headers.get("host", "")):
            return PlainTextResponse("This desk answers only under the address of this machine.\n", 421)
        if self._settings.token is not None and (answer := self._at_the_door(request, self._settings.token)):
            return answer
        if request.method not in READING and not _is_same_origin(request):
            return PlainTextResponse("This form comes from another page.\n", 403)
        return None

    def _is_ours(self, host: str) -> bool:
        name = host.rpartition(":")[0] if host.rpartition(":")[2].isdigit() else host
        return name.lower() in LOOPBACK | {self._settings.host}

    def _at_the_door(self, request: Request, token: str) -> Response | None:
        """What becomes of those who must show the token: it is taken from the address once, and kept as a cookie."""
        given = request.query_params.get("token")
        if given is not None and request.method == "GET" and _same(given, token):
            rest = urlencode([(k, v) for k, v in request.query_params.multi_items() if k != "token"])
            answer = RedirectResponse(request.url.path + (f"?{rest}" if rest else ""), 303)
            answer.set_cookie(self._cookie("token"), token, httponly=True, samesite="lax")
            return answer
        bearer = request.headers.get("authorization", "").removeprefix("Bearer ")
        if _same(request.cookies.get(self._cookie("token"), ""), token) or _same(bearer, token):
            return None
        return PlainTextResponse(
            "Open this desk with the whole address that `bywhom serve` printed: it ends in ?token=…\n", 401
        )

    def _cookie(self, what: str) -> str:
        # Cookies do not know of ports: two desks on one machine must not take each other's.
        return f"bywhom_{what}_{self._settings.port}"

    def _sealed(self, send: Send, seal: str) -> Send:
        """Sends with our headers, and with the cookie that form tokens are made from where the browser has none yet."""

        async def answer(message: Message) -> None:
            if message["type"] == "http.response.start":
                headers = MutableHeaders(scope=message)
                for name, value in HEADERS.items():
                    headers.setdefault(name, value)
                headers.setdefault("Cache-Control", "no-store")
                if seal:
                    headers.append("Set-Cookie", f"{self._cookie('form')}={seal}; Path=/; HttpOnly; SameSite=Strict")
            await send(message)

        return answer

    def _bounded(self, request: Request, receive: Receive) -> Receive:
        """Receives no more than a form may carry."""
        most = self._settings.upload if request.url.path == "/add" else self._settings.form
        taken = 0

        async def bounded() -> Message:
            nonlocal taken
            message = await receive()
            taken += len(message.get("body", b""))
            if taken > most:
                raise HTTPException(
                    413, f"That is more than {most >> 20} MiB; save it to a folder and use: bywhom add FOLDER"
                )
            return message

        return bounded


def form_token(secret: bytes, seal: str) -> str:
    """What a form must carry to count."""
    return hmac.new(secret, seal.encode(), sha256).hexdigest()


def checked(request: Request, given: object) -> None:
    """Nothing, where a form carries the token of one of our pages.

    Raises: HTTPException 403.
    """
    if not isinstance(given, str) or not _same(given, request.scope.get("bywhom_form_token", "")):
        raise HTTPException(
            403,
            "This form is stale: its page was made before the desk was started. Go back, reload the page, and send it again.",
        )


def _same(given: str, wanted: str) -> bool:
    return bool(wanted) and hmac.compare_digest(given.encode(), wanted.encode())


def _is_same_origin(request: Request) -> bool:
    """Whether the browser, as far as it says, sends a form from one of our own pages."""
    origin, site = request.headers.get("origin"), request.headers.get("sec-fetch-site")
    own = f"{request.url.scheme}://{request.headers.get('host', '')}"
    return (origin is None or origin == own) and site in (None, "same-origin", "none")
