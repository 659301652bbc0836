"""English text, cut up: the tools that every reading stage stands on, below the stages and above the records."""
