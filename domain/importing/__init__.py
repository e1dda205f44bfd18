"""Files from outside: read into plain values by pure readers, previewed against the records, corrected and kept."""
