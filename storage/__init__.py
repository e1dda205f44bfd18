"""What the practice keeps: models, the database, transactions and the announcement of changes."""
