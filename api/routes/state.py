"""Whether the server runs and whether it can answer: for people, load balancers and containers."""

from fastapi import APIRouter

from api.deps import StoreDep
from api.runtime import version
from api.schemas import ErrorOut, HealthOut

router = APIRouter(prefix="/api/v1", tags=["state"])


@router.get("/health")
def get_health() -> HealthOut:
    """Say that the server runs; it asks nothing of the store."""
    return HealthOut(status="ok", version=version())


@router.get("/readiness", responses={503: {"model": ErrorOut, "description": "The store cannot be reached now"}})
def get_readiness(store: StoreDep) -> HealthOut:
    """Say that the store answers."""
    with store.view() as view:
        view.documents(limit=1)
    return HealthOut(status="ready", version=version())
