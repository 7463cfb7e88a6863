"""The page that documents the HTTP interface, drawn from its OpenAPI description by our own template."""

import json
from collections.abc import Iterator, Mapping
from typing import Any

from fastapi import APIRouter, Request
from fastapi.responses import HTMLResponse

from viz.pages import ApiOperation, ApiParameter, render_api_docs

router = APIRouter(include_in_schema=False)


@router.get("/docs")
def show_docs(request: Request) -> HTMLResponse:
    """Show what the HTTP interface offers."""
    schema = request.app.openapi()
    return HTMLResponse(render_api_docs(schema["info"]["version"], tuple(_operations(schema))))


def _operations(schema: Mapping[str, Any]) -> Iterator[ApiOperation]:
    for path, methods in schema["paths"].items():
        for method, operation in methods.items():
            parameters = tuple(_parameter(item) for item in operation.get("parameters", ()))
            yield ApiOperation(
                method=method.upper(),
                path=path,
                tag=operation.get("tags", ["other"])[0],
                says=operation.get("description", ""),
                parameters=parameters,
                answer=_answer_shape(schema, operation),
                failures=_failures(operation),
            )


def _parameter(item: Mapping[str, Any]) -> ApiParameter:
    shape = item["schema"]
    options = [part for part in shape.get("anyOf", [shape]) if part.get("type") != "null"]
    main = options[0]
    kind = main.get("type", "string") if "enum" not in main else " | ".join(main["enum"])
    bounds = [f"from {main['minimum']}"] if "minimum" in main else []
    bounds += [f"to {main['maximum']}"] if "maximum" in main else []
    default = shape.get("default")
    return ApiParameter(
        name=item["name"],
        place=item["in"],
        required=item.get("required", False),
        kind=kind,
        bounds=" ".join(bounds),
        default="" if default in (None, []) else json.dumps(default),
        says=item.get("description") or shape.get("description", ""),
    )


def _answer_shape(schema: Mapping[str, Any], operation: Mapping[str, Any]) -> str:
    """Return the shape of the good answer as indented text: each key with its type."""
    content = operation["responses"].get("200", {}).get("content", {}).get("application/json")
    if not content:
        return ""
    return json.dumps(_sketch(schema, content["schema"], depth=0), indent=2, ensure_ascii=False)


def _sketch(schema: Mapping[str, Any], shape: Mapping[str, Any], *, depth: int) -> Any:
    if "$ref" in shape:
        name = shape["$ref"].rsplit("/", 1)[-1]
        return _sketch(schema, schema["components"]["schemas"][name], depth=depth)
    if "anyOf" in shape:
        kinds = [_sketch(schema, part, depth=depth) for part in shape["anyOf"]]
        plain = [kind for kind in kinds if isinstance(kind, str)]
        return next((kind for kind in kinds if not isinstance(kind, str)), " | ".join(plain))
    if shape.get("type") == "array":
        # A tuple of a fixed length describes each of its places; it has no `items` then.
        places = [shape["items"]] if "items" in shape else shape["prefixItems"]
        return [_sketch(schema, place, depth=depth + 1) for place in places]
    if "properties" in shape:
        return {key: _sketch(schema, value, depth=depth + 1) for key, value in shape["properties"].items()}
    if shape.get("type") == "object":
        return {"...": "any"}
    return str(shape.get("type", "any"))


def _failures(operation: Mapping[str, Any]) -> tuple[str, ...]:
    return tuple(
        f"{status}: {answer['description']}"
        for status, answer in sorted(operation["responses"].items())
        if status != "200"
    )
