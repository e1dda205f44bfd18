"""Files from outside, read into plain values: calendar files and client lists. Nothing here knows the database."""
