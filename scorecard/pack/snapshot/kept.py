"""What every model of a snapshot keeps to: replaced, never edited; no NaN; nothing unknown."""

from __future__ import annotations

from typing import Annotated

from pydantic import BaseModel, ConfigDict, Field

Number = Annotated[float, Field(allow_inf_nan=False)]


class Kept(BaseModel):
    """A value of a snapshot: replaced, never edited; no NaN; an unknown key is an error."""

    model_config = ConfigDict(frozen=True, extra="forbid", allow_inf_nan=False)
