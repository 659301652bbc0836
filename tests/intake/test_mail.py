"""Mails as files: their words, what hangs on them, and what strangers put into their heads."""

from __future__ import annotations

from collections.abc import Callable
from email.message import EmailMessage
from typing import Any

from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

LEAD = "The garrison of Fort Lüttich laid down its arms on Tuesday, a staff officer said.\n"


def mail(subject: str = "Fort Lüttich lays down arms", words: str = LEAD) -> EmailMessage:
    made = EmailMessage()
    made["From"] = "Annä Keller <a.keller@example.org>"
    made["Message-ID"] = "<1@example.org>"
    made["Date"] = "Tue, 05 Jun 1917 10:14:00 +0100"
    made["Subject"] = subject
    made.set_content(words, cte="quoted-printable")
    return made


def test_a_mail_is_its_words_under_its_subject(take_file: Callable[..., Any]) -> None:
    made = mail()
    made.add_alternative("<p>Another wording.</p>", subtype="html")
    taken = take_file("fort.eml", bytes(made))
    assert taken.names == ["fort"]
    assert taken.texts == [f"Fort Lüttich lays down arms\n\n{LEAD}"]
    document = taken.documents[0]
    assert document.data == bytes(made)
    assert (document.declared.author, document.form) == ("Annä Keller", "text")
    assert document.declared.published == "Tue, 05 Jun 1917 10:14:00 +0100"


def test_a_mail_needs_no_ending_to_be_known(take_file: Callable[..., Any]) -> None:
    assert take_file("fort", bytes(mail())).texts == [f"Fort Lüttich lays down arms\n\n{LEAD}"]
    pasted = "From: Anna\nDate: 5 June 1917\nSubject: Fort\n\nThe fort fell.\n"
    assert take_file("pasted.txt", pasted).documents[0].content is None


def test_what_hangs_on_a_mail_is_read_too(take_file: Callable[..., Any]) -> None:
    made = mail()
    made.add_attachment(mail("Bridge blown up", "The bridge is gone.\n"))
    made.add_attachment("Villagers counted forty wagons.\n", filename="wagons.txt")
    made.add_attachment(" \n", filename="nothing.txt")
    made.add_attachment(b"\x89PNG\r\n\x1a\n", maintype="image", subtype="png", filename="p.png")
    taken = take_file("fort.eml", bytes(made))
    assert taken.names == ["fort", "mail", "wagons"]
    assert [text for text in taken.texts if "bridge" in str(text)] == ["Bridge blown up\n\nThe bridge is gone.\n"]
    assert [each.collection.location.rpartition("#")[2] for each in taken.documents[1:]] == [
        "attachment=1",
        "attachment=2",
    ]
    assert len({each.collection.container for each in taken.documents[1:]}) == 1
    assert taken.problems == []


def test_a_page_in_a_mail_is_read_where_no_text_is(take_file: Callable[..., Any]) -> None:
    made = mail()
    made.set_content("<p>The fort fell.</p>", subtype="html")
    document = take_file("fort.eml", bytes(made)).documents[0]
    assert document.form == "html"
    assert "<p>The fort fell.</p>" in str(document.content)


def test_an_empty_mail_is_a_problem(take_file: Callable[..., Any]) -> None:
    data = b"From: a@example.org\nMessage-ID: <1@x>\nMIME-Version: 1.0\n\n\n"
    assert take_file("fort.eml", data).messages == ["The mail holds no words."]


HEADERS = st.lists(
    st.tuples(
        st.sampled_from(["From", "Date", "Subject", "Content-Type", "Content-Transfer-Encoding", "To", "MIME-Version"]),
        st.one_of(
            st.text(max_size=40),
            st.sampled_from(
                [
                    "multipart/mixed; boundary=x",
                    "message/rfc822",
                    "text/plain; charset=no-such",
                    "base64",
                    "=?x?q?=",
                    "<>",
                    "multipart/related",
                ]
            ),
        ),
    ),
    max_size=8,
)


@settings(suppress_health_check=[HealthCheck.function_scoped_fixture], max_examples=150, deadline=None)
@given(HEADERS, st.text(max_size=60))
def test_heads_of_hostile_shape_do_no_harm(
    take_file: Callable[..., Any], headers: list[tuple[str, str]], words: str
) -> None:
    lines = "".join(f"{name}: {value}\n" for name, value in headers)
    data = f"From: a@example.org\nReceived: x\nMessage-ID: <1@x>\n{lines}\n--x\n\n{words}".encode(
        "utf-8", "surrogatepass"
    )
    taken = take_file("fort.eml", data)
    assert len(taken.documents) + len(taken.problems) >= 1
