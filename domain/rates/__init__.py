"""What is charged and what is expected: fees by provider and client from a day on, and contract rates of payers."""
