# The server in a container, small and without rights: `docker compose up --build` (docker-compose.yml says how).
# Pinned to a release; `docker buildx imagetools inspect python:3.12.11-slim-bookworm` shows its digest to pin further.
ARG PYTHON_IMAGE=python:3.12.11-slim-bookworm

FROM ${PYTHON_IMAGE} AS build
WORKDIR /src
RUN python -m venv /app
COPY requirements.lock ./
RUN /app/bin/pip install --no-cache-dir --disable-pip-version-check --require-hashes -r requirements.lock
COPY pyproject.toml README.md LICENSE ./
COPY graph graph
COPY ingest ingest
COPY viz viz
COPY api api
COPY corpus corpus
# Built with the locked setuptools, so that nothing is fetched that the lock does not name.
RUN /app/bin/pip install --no-cache-dir --disable-pip-version-check --no-deps --no-build-isolation .

FROM ${PYTHON_IMAGE}
RUN useradd --create-home --uid 10001 app && mkdir /data && chown app:app /data
COPY --from=build /app /app
ENV PATH=/app/bin:$PATH PYTHONDONTWRITEBYTECODE=1 PYTHONUNBUFFERED=1
USER 10001:10001
WORKDIR /data
VOLUME /data
EXPOSE 8000
HEALTHCHECK --interval=10s --timeout=5s --start-period=20s --retries=12 \
    CMD ["python", "-c", "import urllib.request as r; r.urlopen('http://127.0.0.1:8000/api/v1/health', timeout=3)"]
CMD ["strategy-graph", "serve"]
