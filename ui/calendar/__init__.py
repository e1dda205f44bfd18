"""The parts of the Calendar page: what is shown, blocks and rows, legend, details panel, keys."""
