"""Pop-ups and editors that pages open."""
