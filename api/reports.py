"""Board reports: an answer with the passages that it cites, made into the parts that every format draws."""

from collections.abc import Sequence
from enum import StrEnum
from typing import TYPE_CHECKING

from graph.model import Passage
from graph.stores.base import View

if TYPE_CHECKING:
    from graph.analysis.cells import CellQuote
    from graph.analysis.model import Comparison, HmgAnswer, PartnerAnswer, RoleAnswer
    from viz.report.formats import ReportFormat

CHUNK = 500


class Question(StrEnum):
    """Which of the three questions a report answers."""

    COMPARE = "compare"
    PARTNERS = "partners"
    HMG = "hmg"


def make_report(
    view: View, found: "Comparison | PartnerAnswer | RoleAnswer | HmgAnswer", report_format: "ReportFormat"
) -> bytes:
    """Return the report of an answer in a format; equal answers give equal bytes.

    A workbook holds every row of the matrix and the quotes behind each figure, the other formats the fullest rows.
    """
    from graph.analysis.model import Comparison, HmgAnswer, PartnerAnswer
    from viz.report.compare import ROWS_A_KIND, report_comparison
    from viz.report.formats import ReportFormat, write_report
    from viz.report.hmg import report_hmg
    from viz.report.partners import report_partners, report_roles

    if isinstance(found, Comparison):
        is_book = report_format is ReportFormat.XLSX
        quotes = _cell_quotes(view, found) if is_book else ()
        passages = cited_passages(view, (found, tuple(quote.citation for quote in quotes)))
        report = report_comparison(found, passages, rows_a_kind=0 if is_book else ROWS_A_KIND, quotes=quotes)
        return write_report(report, report_format)
    passages = cited_passages(view, found)
    if isinstance(found, PartnerAnswer):
        report = report_partners(found, passages)
    elif isinstance(found, HmgAnswer):
        report = report_hmg(found, passages)
    else:
        report = report_roles(found, passages)
    return write_report(report, report_format)


def _cell_quotes(view: View, found: "Comparison") -> "Sequence[CellQuote]":
    from graph.analysis.cells import find_cell_quotes
    from graph.analysis.select import compare_material

    return find_cell_quotes(compare_material(view, [found.area, *found.matrix.columns]), found)


def cited_passages(view: View, answer: object) -> Sequence[Passage]:
    """Return every passage that an answer cites, by id."""
    from graph.analysis.model import iter_citations

    ids = sorted({item.passage for item in iter_citations(answer)})
    found: list[Passage] = []
    for start in range(0, len(ids), CHUNK):
        found += view.get_passages(ids[start : start + CHUNK])
    return found
