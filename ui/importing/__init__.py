"""The parts of the Import page: a calendar file or a client list, previewed, corrected and kept."""
