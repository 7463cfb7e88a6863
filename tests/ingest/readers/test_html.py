from collections.abc import Callable

import pytest

from graph.model import ReadDocument

Read = Callable[..., ReadDocument]
Show = Callable[[ReadDocument], list[str]]


def _page(body: str, head: str = "") -> str:
    return f"<!DOCTYPE html><html><head>{head}</head><body>{body}</body></html>"


def test_read_html_takes_the_article_and_leaves_the_site(read: Read, show: Show) -> None:
    body = (
        '<a class="skip-link" href="#c">Skip</a><header>Site</header><nav>Menu</nav><div class="breadcrumbs">Home</div>'
        '<div id="cookie-banner">Cookies</div><div><h1>Plan</h1><p>The text.</p><p hidden>No</p>'
        '<p style="display: none">No</p><span class="visually-hidden">No</span><script>No</script></div>'
        '<aside><h3>See also</h3></aside><div class="related-links">Other</div><footer>Crown</footer>'
    )
    assert show(read(_page(body))) == ["heading1 | Plan", "paragraph | The text."]


def test_read_html_believes_a_main_part_only_where_it_holds_the_text(read: Read, show: Show) -> None:
    text = "<p>" + "The text of the page. " * 20 + "</p>"
    assert show(read(_page(f"<div>Other {text}</div><main>{text}</main>")))[0].startswith("paragraph | The text")
    assert len(show(read(_page(f"<div>{text}</div><main>Short</main>")))) == 2


def test_read_html_keeps_a_section_whose_name_only_sounds_like_the_site(read: Read, show: Show) -> None:
    body = '<section class="shared-prosperity"><p>The fund.</p></section><div class="navigator-project">Stays.</div>'
    assert show(read(_page(body))) == ["paragraph | The fund.", "paragraph | Stays."]


def test_read_html_keeps_a_wrapper_that_holds_the_text(read: Read, show: Show) -> None:
    body = '<div class="with-sidebar"><p>The whole text stands here.</p></div><div class="sidebar">Links</div>'
    assert show(read(_page(body))) == ["paragraph | The whole text stands here."]


def test_read_html_nests_and_labels_lists(read: Read, show: Show) -> None:
    body = '<p>We will:</p><ol type="a"><li><p>build:</p><ul><li>homes</li></ul></li><li>fund</li></ol>'
    body += '<ol start="4"><li>x</li></ol>'
    assert show(read(_page(body))) == [
        "paragraph | We will:",
        "item1 a. | build:",
        "item2 • | homes",
        "item1 b. | fund",
        "item1 4. | x",
    ]


def test_read_html_reads_tables_with_spans_head_and_row_headers(read: Read, show: Show) -> None:
    body = (
        "<table><caption>Plans</caption><tfoot><tr><td>Sum</td><td>3</td><td>4</td></tr></tfoot>"
        "<thead><tr><th rowspan=2>Area</th><th colspan=2>Money</th></tr><tr><th>2019</th><th>2020</th></tr></thead>"
        "<tbody><tr><th scope=row>Humber</th><td rowspan=2>1</td><td>2<br>3</td></tr>"
        "<tr><td>Hull</td><td>4</td></tr></table>"
    )
    assert show(read(_page(body))) == [
        "caption | Plans",
        "cell 1.1h | Area",
        "cell 1.2h | Money",
        "cell 2.2h [Money] | 2019",
        "cell 2.3h [Money] | 2020",
        "cell 3.1h [Area] | Humber",
        "cell 3.2 [Money / 2019] | 1",
        "cell 3.3 [Money / 2020] | 2\n3",
        "cell 4.1 [Area] | Hull",
        "cell 4.3 [Money / 2020] | 4",
        "cell 5.1 [Area] | Sum",
        "cell 5.2 [Money / 2019] | 3",
        "cell 5.3 [Money / 2020] | 4",
    ]


def test_read_html_finds_an_unmarked_header_row_but_none_in_a_box_of_labels(read: Read, show: Show) -> None:
    plain = "<table><tr><td>Scheme<td>Lead<td>Cost</tr><tr><td>Hub<td>LEP<td>£2m</tr></table>"
    box = "<table><tr><th>Published</th><td>7 March 2019</td></tr><tr><th>Lead</th><td>BEIS</td></tr></table>"
    assert show(read(_page(plain)))[-1] == "cell 2.3 [Cost] | £2m"
    assert show(read(_page(box))) == [
        "cell 1.1h | Published",
        "cell 1.2 | 7 March 2019",
        "cell 2.1h | Lead",
        "cell 2.2 | BEIS",
    ]


def test_read_html_opens_layout_tables(read: Read, show: Show) -> None:
    body = "<table><tr><td><h2>Left</h2><p>Text.</p></td><td><table><tr><td>Inner</td></tr></table></td></tr></table>"
    assert show(read(_page(body))) == ["heading2 | Left", "paragraph | Text.", "paragraph | Inner"]


def test_read_html_leaves_out_footnote_marks_and_keeps_powers(read: Read, show: Show) -> None:
    body = (
        "<p>By 2030.<sup>1</sup> Over 5 m<sup>2</sup>, 10<sup>6</sup>, CO<sub>2</sub> and the 2<sup>nd</sup>.</p>"
        "<p class='fn'><sup>1</sup> A note.</p><div class='footnotes'><ol><li>Another.</li></ol></div>"
    )
    assert show(read(_page(body))) == [
        "paragraph | By 2030. Over 5 m2, 106, CO2 and the 2nd.",
        "note 1 | A note.",
        "note 1 | Another.",
    ]


def test_read_html_parts_paragraphs_and_points_at_line_breaks(read: Read, show: Show) -> None:
    body = "<p>One<br>line.<br><br>Two.</p><p>We will:<br>• build<br>• fund</p>Loose <b>text</b>"
    assert show(read(_page(body))) == [
        "paragraph | One line.",
        "paragraph | Two.",
        "paragraph | We will:",
        "item1 • | build",
        "item1 • | fund",
        "paragraph | Loose text",
    ]


def test_read_html_makes_definitions_labels_with_values(read: Read, show: Show) -> None:
    body = "<dl><dt>From:</dt><dd>BEIS</dd><dt>Who</dt><dd>LEPs</dd><dd>Councils</dd></dl>"
    assert show(read(_page(body))) == [
        "cell 1.1h | From:",
        "cell 1.2 | BEIS",
        "cell 2.1h | Who",
        "cell 2.2 | LEPs\nCouncils",
    ]


@pytest.mark.parametrize(
    "head",
    [
        '<meta name="dcterms.date" content="2019-06-13">',
        '<meta property="article:published_time" content="2019-06-13">',
        '<script type="application/ld+json">{"datePublished": "2019-06-13"}</script>',
    ],
)
def test_read_html_finds_the_stated_date_title_and_address(read: Read, head: str) -> None:
    head += '<title>Plan &amp; ask | The LEP</title><link rel="canonical" href="https://example.org/plan">'
    document = read(_page("<p>Text.</p>", head))
    assert document.document.title == "Plan & ask"
    assert dict(document.metadata) == {
        "title": "Plan & ask",
        "date": "2019-06-13",
        "address": "https://example.org/plan",
    }


def test_read_html_leaves_out_the_contents_list_of_the_page(read: Read, show: Show) -> None:
    body = (
        "<h1>Plan</h1><ul>" + "".join(f'<li><a href="#s{n}">Part {n}</a></li>' for n in range(4)) + "</ul><p>Text.</p>"
    )
    assert show(read(_page(body))) == ["heading1 | Plan", "paragraph | Text."]


def test_read_html_takes_no_number_from_odd_attributes(read: Read, show: Show) -> None:
    body = '<ol start="²"><li value="³">One</li></ol><table><tr><td colspan="²">a<td rowspan="-1">b</tr></table>'
    assert show(read(_page(body))) == ["item1 1. | One", "cell 1.1 | a", "cell 1.2 | b"]
