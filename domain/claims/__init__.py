"""What a claim needs: what is missing, which sessions share a form, and what its boxes say; pure, no database."""
