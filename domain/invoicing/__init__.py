"""From ready sessions to invoices and claims."""
