"""The formats a report can be written in: each with the function that writes it."""

from collections.abc import Callable, Mapping
from dataclasses import dataclass
from enum import StrEnum

from viz.report.model import Report


class ReportFormat(StrEnum):
    """What a report is written as, named by the ending of its file."""

    DOCX = "docx"
    HTML = "html"
    MD = "md"
    XLSX = "xlsx"


@dataclass(frozen=True, slots=True)
class Writing:
    """How a format is written, and its media type."""

    write: Callable[[Report], bytes]
    media_type: str


def write_report(report: Report, report_format: ReportFormat) -> bytes:
    """Return the bytes of the report's file; equal reports give equal bytes."""
    return WRITINGS[report_format].write(report)


def _docx(report: Report) -> bytes:
    from viz.report.word import to_docx

    return to_docx(report)


def _xlsx(report: Report) -> bytes:
    from viz.report.sheets import to_xlsx

    return to_xlsx(report)


def _html(report: Report) -> bytes:
    from viz.report.page import to_html

    return to_html(report).encode("utf-8")


def _markdown(report: Report) -> bytes:
    from viz.report.markdown import to_markdown

    return to_markdown(report).encode("utf-8")


_OFFICE = "application/vnd.openxmlformats-officedocument"
WRITINGS: Mapping[ReportFormat, Writing] = {
    ReportFormat.DOCX: Writing(_docx, f"{_OFFICE}.wordprocessingml.document"),
    ReportFormat.HTML: Writing(_html, "text/html; charset=utf-8"),
    ReportFormat.MD: Writing(_markdown, "text/markdown; charset=utf-8"),
    ReportFormat.XLSX: Writing(_xlsx, f"{_OFFICE}.spreadsheetml.sheet"),
}
