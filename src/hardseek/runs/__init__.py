"""Runs: expanding an experiment into dialogues, holding them, keeping them, going on after a stop."""

from hardseek.runs.engine import Cast, Engine
from hardseek.runs.estimate import Estimate, estimate
from hardseek.runs.experiment import CardChoice, Experiment, read_experiment
from hardseek.runs.folder import CARDS, EXPERIMENT, REPORT, add_to, experiment_text, new_import, open_run, writing
from hardseek.runs.measuring import Measured, judged_dimensions, measure
from hardseek.runs.plan import DialogueSpec, Plan
from hardseek.runs.signature import Signature, sign, sign_import, sign_judge
from hardseek.runs.store import Store
from hardseek.runs.tally import Tally
from hardseek.runs.writer import StoreFailed

__all__ = [
    "CARDS",
    "EXPERIMENT",
    "REPORT",
    "CardChoice",
    "Cast",
    "DialogueSpec",
    "Engine",
    "Estimate",
    "Experiment",
    "Measured",
    "Plan",
    "Signature",
    "Store",
    "StoreFailed",
    "Tally",
    "add_to",
    "estimate",
    "experiment_text",
    "judged_dimensions",
    "measure",
    "new_import",
    "open_run",
    "read_experiment",
    "sign",
    "sign_import",
    "sign_judge",
    "writing",
]
