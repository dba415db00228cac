"""The study: people play seekers against blinded systems, rate them, and it all becomes a run.

The web application is `hardseek.study.web`; it needs the extra `study`.
"""

from hardseek.study.answers import read_answer
from hardseek.study.assignment import Assigned, assign, letters, williams
from hardseek.study.design import Design
from hardseek.study.items import Item
from hardseek.study.plan import plan_text
from hardseek.study.study import Participant, Study, read_study

__all__ = [
    "Assigned",
    "Design",
    "Item",
    "Participant",
    "Study",
    "assign",
    "letters",
    "plan_text",
    "read_answer",
    "read_study",
    "williams",
]
