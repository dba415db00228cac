"""The seeker to be validated, as a file says it: on its own, or in an experiment."""

from pathlib import Path
from typing import Any, Final, cast

import yaml

from hardseek.documents import load, read
from hardseek.runs import Experiment, read_experiment
from hardseek.seekers.spec import AnySeeker, SeekerSpec

_OF_EXPERIMENTS: Final = {"systems", "conditions", "seeker"}
"""Fields by which an experiment is known."""


def read_seeker(path: Path) -> tuple[AnySeeker, int]:
    """Read the description of a seeker.

    Returns:
        The description, and how many dialogues may be in progress at once: the experiment's, or its default.

    Raises:
        Refused: the file cannot be read, or is neither a seeker nor an experiment; the message names each mistake.
    """
    text = read(path)
    try:
        data: Any = yaml.safe_load(text)
    except yaml.YAMLError:
        data = None  # `load` says where the mistake is
    if isinstance(data, dict) and _OF_EXPERIMENTS & data.keys():
        experiment, _ = read_experiment(path)
        return experiment.seeker, experiment.concurrency
    seeker = load(text, cast("type[AnySeeker]", SeekerSpec), source=str(path))
    return seeker, Experiment.model_fields["concurrency"].default
