"""Analysis: estimates with intervals, paired drops, tails, variance, survival, ranks, and the summary a run prints."""

from hardseek.analysis.bootstrap import CardTotals, Estimate, estimate
from hardseek.analysis.bounds import Missing, missing
from hardseek.analysis.cells import Cell, Grain, card_totals
from hardseek.analysis.changes import Change, changes
from hardseek.analysis.drops import Drop, drops
from hardseek.analysis.endings import Outcomes, Unscored, outcomes, unscored
from hardseek.analysis.fdr import adjust
from hardseek.analysis.frames import DIALOGUES, MEASURES, comparable
from hardseek.analysis.groups import Contrast, contrast
from hardseek.analysis.means import means
from hardseek.analysis.pairs import pairs
from hardseek.analysis.permutation import sign_flip
from hardseek.analysis.power import Spread, cards_needed, minimum_effect, power, replicates_needed, spread
from hardseek.analysis.ranks import Rank, Ranking, ranking
from hardseek.analysis.shares import Part, Shares, shares
from hardseek.analysis.summary import Summary, summarise
from hardseek.analysis.survival import Curve, LogRank, curves, log_rank
from hardseek.analysis.tail import Tail, tails
from hardseek.analysis.trajectories import Trajectory, trajectories
from hardseek.analysis.variance import Component, Variance, variance
from hardseek.analysis.worst import Picked, Reexamined, WorstOf, reexamined, worst_cards, worst_cells, worst_of

__all__ = [
    "DIALOGUES",
    "MEASURES",
    "CardTotals",
    "Cell",
    "Change",
    "Component",
    "Contrast",
    "Curve",
    "Drop",
    "Estimate",
    "Grain",
    "LogRank",
    "Missing",
    "Outcomes",
    "Part",
    "Picked",
    "Rank",
    "Ranking",
    "Reexamined",
    "Shares",
    "Spread",
    "Summary",
    "Tail",
    "Trajectory",
    "Unscored",
    "Variance",
    "WorstOf",
    "adjust",
    "card_totals",
    "cards_needed",
    "changes",
    "comparable",
    "contrast",
    "curves",
    "drops",
    "estimate",
    "log_rank",
    "means",
    "minimum_effect",
    "missing",
    "outcomes",
    "pairs",
    "power",
    "ranking",
    "reexamined",
    "replicates_needed",
    "shares",
    "sign_flip",
    "spread",
    "summarise",
    "tails",
    "trajectories",
    "unscored",
    "variance",
    "worst_cards",
    "worst_cells",
    "worst_of",
]
