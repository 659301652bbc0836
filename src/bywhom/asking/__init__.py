"""Document -> proposals: a language model behind an endpoint that the user names, as a second reader."""

from bywhom.asking.asker import Asker, Asking
from bywhom.asking.endpoint import Endpoint, Limits

__all__ = ["Asker", "Asking", "Endpoint", "Limits"]
