"""Templates into text: every value is escaped, an unknown name is an error, nothing is fetched from elsewhere."""

from functools import cache
from urllib.parse import quote

from jinja2 import Environment, PackageLoader, StrictUndefined
from markupsafe import Markup

from viz.palette import phrase_of, style_of


def render(template: str, **values: object) -> str:
    """Return the HTML text of a template in `viz/templates`."""
    return _environment().get_template(template).render(**values)


@cache
def _environment() -> Environment:
    environment = Environment(
        loader=PackageLoader("viz"), autoescape=True, undefined=StrictUndefined, trim_blocks=True, lstrip_blocks=True
    )
    environment.filters["style_of"] = style_of
    environment.filters["path"] = to_path
    environment.filters["thousands"] = lambda number: f"{number:,}"
    environment.filters["script_json"] = to_script_json
    environment.filters["words"] = lambda name: name.replace("_", " ").capitalize()
    environment.globals["phrase_of"] = phrase_of
    return environment


def to_script_json(text: str) -> Markup:
    """Return JSON text that cannot end the script element it stands in, nor begin a comment there."""
    return Markup(text.replace("<", "\\u003c").replace(">", "\\u003e").replace("&", "\\u0026"))


def to_path(value: str) -> str:
    """Return a value as one part of an address's path or query."""
    return quote(value, safe=":")
