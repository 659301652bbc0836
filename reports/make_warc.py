"""Write mutinies-1917/basel-page.warc.gz: one captured page, the same bytes on every run."""
# ruff: noqa: INP001  a script beside the reports it makes, no package

from __future__ import annotations

import gzip
from pathlib import Path

URL = "https://basel-evening.example/1917/06/12/secret-session"
DATE = "1917-06-12T19:05:00Z"  # the invented moment of capture
PAGE = """<!DOCTYPE html>
<html lang="en"><head><meta charset="utf-8">
<title>Deputy tells secret session of “sixteen divisions” in disorder - Basel Evening</title>
<meta property="og:site_name" content="Basel Evening">
<meta property="article:published_time" content="1917-06-12">
</head><body>
<div class="cookie-banner">We value your privacy. <button>Accept all</button> <button>Manage choices</button></div>
<header><a href="/">Basel Evening</a> <a href="/weather">Weather</a> <a href="/jobs">Jobs</a></header>
<article>
<h1>Deputy tells secret session of “sixteen divisions” in disorder</h1>
<p class="date">12 June 1917</p>
<p>Sixteen French divisions have known “collective disobedience” since the middle of May, a deputy told the \
Chamber behind closed doors, according to the agency Helvetia Telegraph, whose report was cited by the Gazette du \
Jura on Tuesday.</p>
<p>The deputy, a member of the army committee, said that he had seen the prefects’ reports himself. Trains were \
stopped at Dormans and at Château-Thierry, he told his colleagues.</p>
<p>The Minister of War is said to have answered that only five regiments were seriously affected. He denied that \
soldiers from Indochina had fired on striking women in Paris, a rumour that has spread through the whole army.</p>
<p>“I have spoken with men on leave who believed it, and no newspaper may tell them that it is false,” the deputy \
complained, the agency reported.</p>
<p>A German bulletin claimed on Monday that Paris itself was ready to rise. Travellers who arrived in Basel that \
evening described the city as calm.</p>
</article>
<div class="newsletter">Never miss an edition: sign up with your e-mail address.</div>
<div class="comments"><h3>Comments (1)</h3><p>Basilisk: Wake up people!</p></div>
<footer>© Basel Evening – Imprint – Share on Facebook – Share on Telegram</footer>
</body></html>
"""


def record(kind: str, number: int, headers: dict[str, str], body: bytes) -> bytes:
    """One WARC record as a gzip member of its own, as crawlers write them."""
    fixed = {
        "WARC-Type": kind,
        "WARC-Record-ID": f"<urn:uuid:00000000-0000-4000-8000-{number:012d}>",
        "WARC-Date": DATE,
        **headers,
        "Content-Length": str(len(body)),
    }
    head = "WARC/1.0\r\n" + "".join(f"{key}: {value}\r\n" for key, value in fixed.items()) + "\r\n"
    return gzip.compress(head.encode() + body + b"\r\n\r\n", mtime=0)


def archive() -> bytes:
    """The whole file: what made it, the request, the response."""
    page = PAGE.encode()
    response = (
        f"HTTP/1.1 200 OK\r\nContent-Type: text/html; charset=utf-8\r\nContent-Length: {len(page)}\r\n\r\n"
    ).encode() + page
    http = "application/http; msgtype="
    return b"".join(
        (
            record("warcinfo", 1, {"Content-Type": "application/warc-fields"}, b"software: make_warc.py\r\n"),
            record(
                "request",
                2,
                {"WARC-Target-URI": URL, "Content-Type": http + "request"},
                b"GET /1917/06/12/secret-session HTTP/1.1\r\nHost: basel-evening.example\r\n\r\n",
            ),
            record("response", 3, {"WARC-Target-URI": URL, "Content-Type": http + "response"}, response),
        )
    )


if __name__ == "__main__":
    target = Path(__file__).parent / "mutinies-1917" / "basel-page.warc.gz"
    target.write_bytes(archive())
