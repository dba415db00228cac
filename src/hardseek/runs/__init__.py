"""Runs: expanding an experiment into dialogues, holding them, keeping them, going on after a stop."""

from hardseek.runs.engine import Cast, Engine
from hardseek.runs.estimate import Estimate, estimate
from hardseek.runs.experiment import CardChoice, Experiment, read_experiment
from hardseek.runs.folder import EXPERIMENT, REPORT, experiment_text, new_import, open_run, writing
from hardseek.runs.measuring import measure
from hardseek.runs.plan import DialogueSpec, Plan
from hardseek.runs.signature import Signature, sign, sign_import
from hardseek.runs.store import Store
from hardseek.runs.tally import Tally
from hardseek.runs.writer import StoreFailed

__all__ = [
    "EXPERIMENT",
    "REPORT",
    "CardChoice",
    "Cast",
    "DialogueSpec",
    "Engine",
    "Estimate",
    "Experiment",
    "Plan",
    "Signature",
    "Store",
    "StoreFailed",
    "Tally",
    "estimate",
    "experiment_text",
    "measure",
    "new_import",
    "open_run",
    "read_experiment",
    "sign",
    "sign_import",
    "writing",
]
