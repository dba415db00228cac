"""`hardseek cards review`: people accept, edit or reject built cards, one by one."""

from pathlib import Path
from typing import Annotated, Final

import typer

from hardseek.cards import RoleCard
from hardseek.cards.building import BuildStore, Built, Verdict, decide, queue, verdicts
from hardseek.cli.cards.beside import beside
from hardseek.cli.cards.building_told import agreements, reviewers_table
from hardseek.cli.cards.editing import edited
from hardseek.cli.console import errors, output
from hardseek.errors import Refused
from hardseek.language import clean

_CHOICES: Final = {"a": "accept", "e": "edit", "r": "reject", "s": "skip", "q": "quit"}
_ASKED: Final = "[a]ccept  [e]dit  [r]eject  [s]kip  [q]uit > "
_LONGEST_NAME: Final = 80


def review(
    path: Annotated[Path, typer.Argument(metavar="BUILD", help="The build folder.")],
    reviewer: Annotated[str | None, typer.Option(help="Your name; it stands beside what you decide.")] = None,
    status: Annotated[
        bool, typer.Option("--status", help="Say what reviewers decided and how far they agree.")
    ] = False,
) -> None:
    """Show the cards of a build one by one beside their sources, evidence marked, and keep what you decide.

    You see each card as the model made it, never what somebody else decided. A skipped card comes again the next time;
    a decision is kept at once.

    Exit codes: 0 done or quit, 2 refused, 3 stopped (disk), 130 Ctrl-C.
    """
    with BuildStore(path) as store:
        if status:
            _print_status(store)
            return
        name = clean(reviewer or "")
        if not name or len(name) > _LONGEST_NAME:
            raise Refused(f"--reviewer: your name, of 1 to {_LONGEST_NAME} characters, such as --reviewer ana")
        waiting = queue(store, name)
        cards = {built.number: built for built in store.cards()}
        if not waiting:
            errors.print(f"Nothing waits for {name}: {len(cards):,} cards, all decided on.", markup=False)
            return
        for place, number in enumerate(waiting, start=1):
            if not _one(store, cards[number], name, f"{place:,} of {len(waiting):,}"):
                break
        left = len(queue(store, name))
        errors.print(f"{left:,} of {len(cards):,} cards wait for {name}.", markup=False)


def _one(store: BuildStore, built: Built, reviewer: str, place: str) -> bool:
    """Show a card and have it decided on; returns whether to go on."""
    item = store.item(built.number)
    output.rule(f"Card {place}: {built.card.id}", align="left")
    output.print(f"{item.source.where}", markup=False, style="dim", soft_wrap=True)
    output.print(beside(built, item.source, store.fields(built.number)))
    while True:
        choice = _asked(_ASKED)
        decision = _CHOICES.get(choice[:1].lower()) if choice is not None else "quit"
        if decision in {"quit", "skip"}:
            return decision == "skip"
        verdict = _verdict(built, reviewer, decision)
        if verdict is not None:
            decide(store, verdict)
            return True


def _verdict(built: Built, reviewer: str, decision: str | None) -> Verdict | None:
    """Return what was decided; None to ask again."""
    if decision == "accept":
        return Verdict(built.number, reviewer, "accept")
    if decision == "reject":
        reason = clean(_asked("Why? > ") or "")
        if not reason:
            errors.print("A rejection needs a reason.", markup=False)
            return None
        return Verdict(built.number, reviewer, "reject", reason=reason)
    if decision == "edit":
        card = _edited(built.card)
        if card is None:
            errors.print("Nothing was changed.", markup=False)
            return None
        return Verdict(built.number, reviewer, "edit", card=card)
    errors.print(f"One of {', '.join(_CHOICES)}.", markup=False)
    return None


def _edited(card: RoleCard) -> RoleCard | None:
    try:
        return edited(card, lambda: (_asked("Edit again? [Y/n] > ") or "n")[:1].lower() != "n")
    except Refused as error:
        errors.print(str(error), markup=False, soft_wrap=True)
        return None


def _asked(question: str) -> str | None:
    """Ask a question; None at the end of the input. An empty line is an answer: a blank."""
    try:
        return output.input(question, markup=False).strip() or " "
    except EOFError:
        return None


def _print_status(store: BuildStore) -> None:
    said = verdicts(store)
    if not said:
        output.print("Nobody has reviewed a card yet.")
        return
    output.print(reviewers_table(said))
    for line in agreements(said):
        output.print(line, markup=False, soft_wrap=True)
