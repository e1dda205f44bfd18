"""Parts used by two or more pages: buttons, fields, chips, marks, dialogs, tables, the calendar."""
