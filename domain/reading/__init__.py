"""What is asked of the records: typed rows, one module a subject, shared by pages, reports and exports."""
