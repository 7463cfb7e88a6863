from collections.abc import Callable

from reader_samples import make_docx, make_paragraph, make_table, make_zip

from graph.model import ReadDocument

Read = Callable[..., ReadDocument]
Show = Callable[[ReadDocument], list[str]]
NUMBERING = (
    '<w:abstractNum w:abstractNumId="0"><w:lvl w:ilvl="0"><w:start w:val="1"/><w:numFmt w:val="decimal"/>'
    '<w:lvlText w:val="%1."/></w:lvl><w:lvl w:ilvl="1"><w:start w:val="1"/><w:numFmt w:val="lowerRoman"/>'
    '<w:lvlText w:val="(%2)"/></w:lvl></w:abstractNum><w:abstractNum w:abstractNumId="1"><w:lvl w:ilvl="0">'
    '<w:numFmt w:val="bullet"/><w:lvlText w:val="-"/></w:lvl></w:abstractNum>'
    '<w:num w:numId="1"><w:abstractNumId w:val="0"/></w:num><w:num w:numId="2"><w:abstractNumId w:val="1"/></w:num>'
)


def _point(text: str, number_id: int, level: int = 0) -> str:
    properties = f'<w:numPr><w:ilvl w:val="{level}"/><w:numId w:val="{number_id}"/></w:numPr>'
    return make_paragraph(text, properties=properties)


def test_read_docx_keeps_insertions_and_controls_and_leaves_deletions(read: Read, show: Show) -> None:
    body = (
        "<w:p><w:r><w:t>The area </w:t></w:r><w:del><w:r><w:delText>shall act</w:delText></w:r></w:del>"
        "<w:ins><w:r><w:t>may act</w:t></w:r></w:ins><w:moveFrom><w:r><w:t> moved</w:t></w:r></w:moveFrom>"
        "<w:sdt><w:sdtContent><w:r><w:t> as a hub</w:t></w:r></w:sdtContent></w:sdt>"
        "<w:r><w:rPr><w:vanish/></w:rPr><w:t> hidden</w:t></w:r><w:r><w:t>.</w:t></w:r></w:p>"
        f"<w:sdt><w:sdtContent>{make_paragraph('A block control.')}</w:sdtContent></w:sdt>"
    )
    assert show(read(make_docx(body))) == ["paragraph | The area may act as a hub.", "paragraph | A block control."]


def test_read_docx_reads_a_text_box_once(read: Read, show: Show) -> None:
    box = f"<w:txbxContent>{make_paragraph('In the box.')}</w:txbxContent>"
    body = (
        "<w:p><w:r><w:t>Around it.</w:t></w:r><w:r><mc:AlternateContent>"
        f"<mc:Choice Requires='wps'><wps:txbx>{box}</wps:txbx></mc:Choice>"
        f"<mc:Fallback><v:textbox>{box}</v:textbox></mc:Fallback></mc:AlternateContent></w:r></w:p>"
    )
    assert show(read(make_docx(body))) == ["paragraph | Around it.", "paragraph | In the box."]


def test_read_docx_finds_headings_by_style_based_on_style_and_outline(read: Read) -> None:
    styles = (
        '<w:style w:styleId="berschrift1"><w:name w:val="heading 1"/></w:style>'
        '<w:style w:styleId="Ours"><w:name w:val="Our heading"/><w:basedOn w:val="berschrift1"/></w:style>'
        '<w:style w:styleId="Lined"><w:name w:val="Lined"/><w:pPr><w:outlineLvl w:val="1"/></w:pPr></w:style>'
    )
    body = make_paragraph("One", style="berschrift1") + make_paragraph("Two", style="Lined")
    body += make_paragraph("Text.") + make_paragraph("Three", style="Ours") + make_paragraph("More text.")
    passages = read(make_docx(body, styles=styles)).passages
    assert [(p.text, p.level, p.path) for p in passages] == [
        ("One", 1, ()),
        ("Two", 2, ("One",)),
        ("Text.", 0, ("One", "Two")),
        ("Three", 1, ()),
        ("More text.", 0, ("Three",)),
    ]


def test_read_docx_finds_headings_by_form_where_no_style_names_one(read: Read, show: Show) -> None:
    body = make_paragraph("PURPOSE OF REPORT") + make_paragraph("It sets out the plan.")
    body += make_paragraph("Next steps", bold=True) + make_paragraph("We will report. It is bold.", bold=True)
    body += make_paragraph("No heading at the end", bold=True)
    assert show(read(make_docx(body))) == [
        "heading1 | PURPOSE OF REPORT",
        "paragraph | It sets out the plan.",
        "heading2 | Next steps",
        "paragraph | We will report. It is bold.",
        "paragraph | No heading at the end",
    ]


def test_read_docx_counts_numbered_points_and_nests_them(read: Read, show: Show) -> None:
    body = make_paragraph("We will:") + _point("first", 1) + _point("inner", 1, 1) + _point("inner two", 1, 1)
    body += _point("second", 1) + _point("inner again", 1, 1) + _point("bullet", 2)
    assert show(read(make_docx(body, numbering=NUMBERING))) == [
        "paragraph | We will:",
        "item1 1. | first",
        "item2 (i) | inner",
        "item2 (ii) | inner two",
        "item1 2. | second",
        "item2 (i) | inner again",
        "item1 • | bullet",
    ]


def test_read_docx_takes_typed_numbers_and_puts_bullets_under_their_stem(read: Read, show: Show) -> None:
    body = make_paragraph("1.1\tThe board will:") + _point("act", 2) + make_paragraph("1.2\tIt will meet.")
    assert show(read(make_docx(body, numbering=NUMBERING))) == [
        "item1 1.1 | The board will:",
        "item2 • | act",
        "item1 1.2 | It will meet.",
    ]


def test_read_docx_keeps_merged_cells_once_with_their_spans(read: Read) -> None:
    merge = '<w:tcPr><w:vMerge w:val="restart"/></w:tcPr>'
    wide = '<w:tcPr><w:gridSpan w:val="2"/></w:tcPr>'
    table = make_table(
        [make_paragraph(text, bold=True) for text in ("Theme", "Action", "Lead")],
        [merge + make_paragraph("Skills"), "Set up a hub", "LEP"],
        ["<w:tcPr><w:vMerge/></w:tcPr><w:p/>", wide + make_paragraph("Both in one")],
    )
    cells = [(p.text, p.cell) for p in read(make_docx(make_paragraph("Intro.") + table)).passages if p.cell]
    assert [(text, cell.row, cell.column, cell.row_span, cell.column_span, cell.header) for text, cell in cells] == [
        ("Theme", 1, 1, 1, 1, ""),
        ("Action", 1, 2, 1, 1, ""),
        ("Lead", 1, 3, 1, 1, ""),
        ("Skills", 2, 1, 2, 1, "Theme"),
        ("Set up a hub", 2, 2, 1, 1, "Action"),
        ("LEP", 2, 3, 1, 1, "Lead"),
        ("Both in one", 3, 2, 1, 2, "Action / Lead"),
    ]


def test_read_docx_keeps_the_paragraphs_of_a_cell_and_nested_tables_on_lines(read: Read, show: Show) -> None:
    inner = make_table(["DfE", "DfT"])
    table = make_table(
        ["Ask", "Of whom", "When"], [make_paragraph("Fund it") + make_paragraph("Back it"), inner + "<w:p/>", "2020"]
    )
    assert show(read(make_docx(table)))[3:] == [
        "cell 2.1 [Ask] | Fund it\nBack it",
        "cell 2.2 [Of whom] | DfE\nDfT",
        "cell 2.3 [When] | 2020",
    ]


def test_read_docx_makes_labels_headers_of_their_rows(read: Read, show: Show) -> None:
    table = make_table(["Date:", "25 October 2019"], ["Report of:", "The Chair"])
    assert show(read(make_docx(table))) == [
        "cell 1.1h | Date:",
        "cell 1.2 | 25 October 2019",
        "cell 2.1h | Report of:",
        "cell 2.2 | The Chair",
    ]


def test_read_docx_opens_a_box_of_one_cell(read: Read, show: Show) -> None:
    table = make_table([make_paragraph("Case study") + make_paragraph("It worked.")])
    assert show(read(make_docx(table))) == ["paragraph | Case study", "paragraph | It worked."]


def test_read_docx_gives_notes_and_leaves_out_their_marks(read: Read, show: Show) -> None:
    body = (
        "<w:p><w:r><w:t>Agreed in 2019.</w:t></w:r><w:r><w:footnoteReference w:id='1'/></w:r></w:p>"
        "<w:p><w:r><w:t>Also so</w:t></w:r><w:r><w:rPr><w:vertAlign w:val='superscript'/></w:rPr><w:t>2</w:t></w:r>"
        "<w:r><w:t>, and 5 m</w:t></w:r><w:r><w:rPr><w:vertAlign w:val='superscript'/></w:rPr><w:t>2</w:t></w:r></w:p>"
    )
    notes = (
        '<w:footnote w:type="separator" w:id="-1"><w:p/></w:footnote>'
        f'<w:footnote w:id="1">{make_paragraph(" A note.")}</w:footnote>'
    )
    assert show(read(make_docx(body, footnotes=notes))) == [
        "paragraph | Agreed in 2019.",
        "paragraph | Also so, and 5 m2",
        "note 1 | A note.",
    ]


def test_read_docx_leaves_out_the_contents_list(read: Read, show: Show) -> None:
    styles = '<w:style w:type="paragraph" w:styleId="TOC1"><w:name w:val="toc 1"/></w:style>'
    gallery = '<w:sdtPr><w:docPartObj><w:docPartGallery w:val="Table of Contents"/></w:docPartObj></w:sdtPr>'
    body = f"<w:sdt>{gallery}<w:sdtContent>{make_paragraph('Contents')}</w:sdtContent></w:sdt>"
    body += make_paragraph("Introduction\t3", style="TOC1") + make_paragraph("Text stays.")
    assert show(read(make_docx(body, styles=styles))) == ["paragraph | Text stays."]


def test_read_docx_takes_title_but_no_date_from_the_properties(read: Read) -> None:
    core = (
        '<cp:coreProperties xmlns:cp="http://schemas.openxmlformats.org/package/2006/metadata/core-properties"'
        ' xmlns:dc="http://purl.org/dc/elements/1.1/" xmlns:dcterms="http://purl.org/dc/terms/">'
        "<dc:title>Growth plan</dc:title><dc:creator>The LEP</dc:creator>"
        "<dcterms:created>2013-12-23T23:15:00Z</dcterms:created></cp:coreProperties>"
    )
    with_core = make_zip({"word/document.xml": _document("Text."), "docProps/core.xml": core})
    document = read(with_core)
    assert document.document.title == "Growth plan"
    assert dict(document.metadata) == {"title": "Growth plan", "author": "The LEP"}


def _document(text: str) -> str:
    space = "http://schemas.openxmlformats.org/wordprocessingml/2006/main"
    return f'<w:document xmlns:w="{space}"><w:body>{make_paragraph(text)}</w:body></w:document>'
