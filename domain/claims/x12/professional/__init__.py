"""Professional claims by file (837P): claim records, the file written from them and read back, and our own check."""
