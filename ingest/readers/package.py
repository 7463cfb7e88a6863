"""Office files as packages: bounded unzipping and XML without entities, for files that come from strangers."""

import io
import posixpath
import zipfile
import zlib
from collections.abc import Mapping
from dataclasses import dataclass

from lxml import etree

from graph.errors import UnreadableDocument
from ingest.readers.limits import ReadLimits, over_limit

_RELATIONSHIPS = "{http://schemas.openxmlformats.org/package/2006/relationships}Relationship"
_SMALL_PART = 10_000_000  # below this no ratio is a bomb
_CORE = {
    "title": "{http://purl.org/dc/elements/1.1/}title",
    "author": "{http://purl.org/dc/elements/1.1/}creator",
    "status": "{http://schemas.openxmlformats.org/package/2006/metadata/core-properties}contentStatus",
}
_EMPTY_TITLES = frozenset(
    {"", "untitled", "powerpoint presentation", "presentation", "word document", "document", "slide 1"}
)


@dataclass(frozen=True, slots=True)
class Relation:
    """A relationship of a part: the kind is the last step of its type address, the target a member of the package."""

    kind: str
    target: str


@dataclass(frozen=True, slots=True)
class Package:
    """An opened Office file; parts are read on demand."""

    source: str
    archive: zipfile.ZipFile
    names: frozenset[str]

    def read_xml(self, name: str) -> etree._Element | None:
        """Return the root of a part, or None where the package has no such part.

        Raises: UnreadableDocument: the part is damaged, encrypted, or declares a document type (entities)."""
        if name not in self.names:
            return None
        try:
            data = self.archive.read(name)
        except RuntimeError as error:
            raise UnreadableDocument(
                self.source, "it is encrypted with a password", "save a copy without a password"
            ) from error
        except (zipfile.BadZipFile, EOFError, ValueError, NotImplementedError, zlib.error) as error:
            raise _damaged(self.source, name, error) from error
        # No Office program writes a document type; it is where entity bombs and outside addresses are declared.
        if b"<!DOCTYPE" in data[:4096] or b"<!ENTITY" in data:
            raise UnreadableDocument(self.source, f"{name} declares XML entities", "save it again in an Office program")
        parser = etree.XMLParser(resolve_entities=False, no_network=True, load_dtd=False, remove_comments=True)
        try:
            return etree.fromstring(data, parser)
        except etree.XMLSyntaxError as error:
            raise _damaged(self.source, name, error) from error

    def find_relations(self, name: str) -> Mapping[str, Relation]:
        """Return the relationships of part `name` to members of the package, by id."""
        folder, base = posixpath.split(name)
        root = self.read_xml(f"{folder}/_rels/{base}.rels")
        if root is None:
            return {}
        return {
            element.get("Id", ""): Relation(
                element.get("Type", "").rsplit("/", 1)[-1],
                posixpath.normpath(posixpath.join("/", folder, element.get("Target", ""))).lstrip("/"),
            )
            for element in root.iter(_RELATIONSHIPS)
            if element.get("TargetMode") != "External"
        }

    def find_metadata(self) -> Mapping[str, str]:
        """Return what the core properties say; their dates are those of a template as often as of the text."""
        root = self.read_xml("docProps/core.xml")
        found = {key: (root.findtext(tag) or "").strip() for key, tag in _CORE.items()} if root is not None else {}
        if found.get("title", "").lower() in _EMPTY_TITLES:
            found.pop("title", None)
        return found


def open_package(content: bytes, source: str, limits: ReadLimits) -> Package:
    """Return the package in `content`.

    Raises: UnreadableDocument: it is damaged, or unzips to more than the limits allow."""
    try:
        archive = zipfile.ZipFile(io.BytesIO(content))
    except (zipfile.BadZipFile, ValueError, NotImplementedError) as error:
        raise _damaged(source, "the zip directory", error) from error
    total = sum(member.file_size for member in archive.infolist())
    if total > limits.max_unzipped_bytes:
        raise over_limit(source, "max_unzipped_bytes", f"{total} bytes unzipped", limits.max_unzipped_bytes)
    for member in archive.infolist():
        ratio = member.file_size // max(member.compress_size, 1)
        if member.file_size > _SMALL_PART and ratio > limits.max_zip_ratio:
            raise over_limit(source, "max_zip_ratio", f"{member.filename} at {ratio} to 1", limits.max_zip_ratio)
    return Package(source, archive, frozenset(archive.namelist()))


def _damaged(source: str, part: str, error: Exception) -> UnreadableDocument:
    return UnreadableDocument(
        source, f"the file is damaged: {part} ({error})", "open it in its program and save it again"
    )
