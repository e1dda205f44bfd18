"""What the practice does, in its own words: no screen, no HTTP, no SQL text, no clock."""
