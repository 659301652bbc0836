"""How good a claim is: a letter for its source, a digit for what stands for and against it, each with its reason."""

from bywhom.grading.groups import (
    CIRCLE,
    End,
    Member,
    backed,
    chain_end,
    circled,
    context,
    elements,
    groups,
    name_key,
    publisher_end,
    standing,
    subject,
)
from bywhom.grading.interest import interest
from bywhom.grading.rubric import (
    Judged,
    Policy,
    appearances,
    digit,
    flags,
    grade,
    letter,
    overruled_digit,
    overruled_letter,
)
from bywhom.grading.tables import GradingTables

__all__ = [
    "CIRCLE",
    "End",
    "GradingTables",
    "Judged",
    "Member",
    "Policy",
    "appearances",
    "backed",
    "chain_end",
    "circled",
    "context",
    "digit",
    "elements",
    "flags",
    "grade",
    "groups",
    "interest",
    "letter",
    "name_key",
    "overruled_digit",
    "overruled_letter",
    "publisher_end",
    "standing",
    "subject",
]
