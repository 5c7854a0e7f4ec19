"""What people type about a division, and what the pages show of one."""

from monarca.programmes.shares.forms.asking import (
    Filling,
    PlanForm,
    Proposing,
    Supply,
    Why,
    named,
)
from monarca.programmes.shares.forms.lines import as_csv, read
from monarca.programmes.shares.forms.showing import Shown

__all__ = ["Filling", "PlanForm", "Proposing", "Shown", "Supply", "Why", "as_csv", "named", "read"]
