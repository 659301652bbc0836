"""The pages, a module each: a request in, what the ledger answers, a page out."""
