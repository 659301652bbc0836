"""Who else says so, and is it really someone else: relations among claims, and the situations they tell of."""

from bywhom.linking.relations import by_themselves, keys, relate, relate_new
from bywhom.linking.situations import grouped, in_time, scenes, situation, situations
from bywhom.linking.tables import LinkingTables

__all__ = [
    "LinkingTables",
    "by_themselves",
    "grouped",
    "in_time",
    "keys",
    "relate",
    "relate_new",
    "scenes",
    "situation",
    "situations",
]
