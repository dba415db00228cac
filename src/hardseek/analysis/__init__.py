"""Analysis: estimates with intervals, paired drops, endings, and the summary a run prints."""

from hardseek.analysis.bootstrap import CardTotals, Estimate, estimate
from hardseek.analysis.cells import Cell, Grain, card_totals
from hardseek.analysis.drops import Drop, drops
from hardseek.analysis.endings import Outcomes, Unscored, outcomes, unscored
from hardseek.analysis.fdr import adjust
from hardseek.analysis.frames import DIALOGUES, MEASURES, comparable
from hardseek.analysis.means import means
from hardseek.analysis.pairs import pairs
from hardseek.analysis.permutation import sign_flip
from hardseek.analysis.summary import Summary, summarise

__all__ = [
    "DIALOGUES",
    "MEASURES",
    "CardTotals",
    "Cell",
    "Drop",
    "Estimate",
    "Grain",
    "Outcomes",
    "Summary",
    "Unscored",
    "adjust",
    "card_totals",
    "comparable",
    "drops",
    "estimate",
    "means",
    "outcomes",
    "pairs",
    "sign_flip",
    "summarise",
    "unscored",
]
