from collections.abc import Callable

import pytest

from graph.errors import UnreadableDocument
from graph.model import ReadDocument

Read = Callable[..., ReadDocument]
Show = Callable[[ReadDocument], list[str]]


def test_read_markdown_reads_front_matter_as_metadata(read: Read) -> None:
    document = read(
        '---\ntitle: "A plan: brief"\ndate: 2019-09\nstatus: draft\nauthor: [A, B]\n---\n\n# Plan\n\nText.\n', "x.md"
    )
    assert dict(document.metadata) == {"title": "A plan: brief", "date": "2019-09", "status": "draft", "author": "A, B"}
    assert document.document.title == "A plan: brief"
    assert [passage.text for passage in document.passages] == ["Plan", "Text."]


@pytest.mark.parametrize(
    "matter", ["a: !!python/object/apply:os.system [x]", "a: &b [1]\nc: *b", "a: [", "- just a list"]
)
def test_read_markdown_survives_front_matter_of_any_kind(read: Read, matter: str) -> None:
    assert read(f"---\n{matter}\n---\n\nText.\n", "x.md").passages[-1].text == "Text."


def test_read_markdown_reduces_emphasis_links_and_entities_to_text(read: Read, show: Show) -> None:
    text = "The **LEP** and *Government* [agreed](http://x.y)\na plan for &pound;5&nbsp;million & more.\n"
    assert show(read(text, "x.md")) == ["paragraph | The LEP and Government agreed a plan for £5 million & more."]


def test_read_markdown_nests_lists(read: Read, show: Show) -> None:
    text = "* We will:\n    - build; and\n    - fund\n* More\n\n3. three\n4. four\n"
    assert show(read(text, "x.md")) == [
        "item1 • | We will:",
        "item2 • | build; and",
        "item2 • | fund",
        "item1 • | More",
        "item1 3. | three",
        "item1 4. | four",
    ]


def test_read_markdown_reads_tables(read: Read, show: Show) -> None:
    text = "| Asset | Partner |\n|:--|--:|\n| Westcott | **UKSA** |\n"
    assert show(read(text, "x.md")) == [
        "cell 1.1h | Asset",
        "cell 1.2h | Partner",
        "cell 2.1 [Asset] | Westcott",
        "cell 2.2 [Partner] | UKSA",
    ]


def test_read_markdown_takes_footnotes_out_of_the_text(read: Read, show: Show) -> None:
    text = "It was agreed.[^1] Then [^not] built.\n\n[^1]: On the *same*\n    day.\n\nAfter.\n"
    assert show(read(text, "x.md")) == [
        "paragraph | It was agreed. Then [^not] built.",
        "paragraph | After.",
        "note 1 | On the same day.",
    ]


def test_read_markdown_reads_html_inside_and_indented_prose(read: Read, show: Show) -> None:
    text = "<div>\n<header><h2>Case study</h2></header>\n\n    <p>It worked.</p>\n</div>\n\nThen:\n\n    Indented.\n"
    assert show(read(text, "x.md")) == [
        "heading2 | Case study",
        "paragraph | It worked.",
        "paragraph | Then:",
        "paragraph | Indented.",
    ]


def test_read_markdown_refuses_what_nests_too_deep(read: Read) -> None:
    with pytest.raises(UnreadableDocument, match="over the limit max_depth"):
        read(">" * 5000 + " deep\n", "x.md")
