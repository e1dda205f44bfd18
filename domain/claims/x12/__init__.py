"""Claims and their answers as X12 files: what is sent (837P) and what comes back (TA1, 999, 277CA, 835); pure."""
