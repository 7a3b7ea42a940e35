"""Change or chance: Making Data Count's rules for XmR charts."""

from scorecard.analysis.spc.analyse import AUTOCORRELATION_BOUND, PROVISIONAL_FROM, Spc, analyse
from scorecard.analysis.spc.rebase import suggest_rebase

__all__ = ["AUTOCORRELATION_BOUND", "PROVISIONAL_FROM", "Spc", "analyse", "suggest_rebase"]
