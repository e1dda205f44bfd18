"""Printed documents: frozen records in, PDF bytes out; no database, no screen, no clock."""
