"""Reports: what is owed by age, income, what is not billed yet, claims outstanding, and payments for the bank."""

from domain.reports.asking import KINDS, ReportFilter, ReportKind, report
from domain.reports.files import as_csv, as_xlsx
from domain.reports.table import Report, ReportColumn

__all__ = ["KINDS", "Report", "ReportColumn", "ReportFilter", "ReportKind", "as_csv", "as_xlsx", "report"]
