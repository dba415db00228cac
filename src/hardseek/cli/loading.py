"""Commands that are loaded when they are asked for, so that none waits for what only others need."""

from collections.abc import Iterator, Mapping, MutableMapping
from importlib import import_module
from typing import Any

import typer
from typer.core import TyperGroup


class _Loaded(MutableMapping[str, Any]):
    """Commands by name, made from where they stand when one is looked up."""

    def __init__(self, places: Mapping[str, str]) -> None:
        self._places = dict(places)
        self._made: dict[str, Any] = {}

    def __getitem__(self, name: str) -> Any:
        if name not in self._made:
            module, _, attribute = self._places[name].partition(":")
            self._made[name] = _command(name, getattr(import_module(module), attribute))
        return self._made[name]

    def __setitem__(self, name: str, command: Any) -> None:
        self._made[name] = command

    def __delitem__(self, name: str) -> None:
        del self._places[name], self._made[name]

    def __iter__(self) -> Iterator[str]:
        yield from dict.fromkeys([*self._places, *self._made])

    def __len__(self) -> int:
        return len(list(iter(self)))


def loading(places: Mapping[str, str], kind: type[TyperGroup] = TyperGroup) -> type[TyperGroup]:
    """Return a kind of group whose commands are loaded on demand, listed in this order.

    Args:
        places: `module:attribute` of each command's function, or of its group, by the command's name.
        kind: of the group otherwise.
    """

    class Loading(kind):  # type: ignore[valid-type, misc]
        """A group whose commands are loaded on demand."""

        def __init__(self, **settings: Any) -> None:
            super().__init__(**settings)
            self.commands = _Loaded(places)

        def list_commands(self, ctx: Any) -> list[str]:
            return list(self.commands)

    return Loading


def _command(name: str, what: Any) -> Any:
    if isinstance(what, typer.Typer):
        group = typer.main.get_group(what)
        group.name = name
        return group
    alone = typer.Typer(rich_markup_mode=None, pretty_exceptions_enable=False, add_completion=False)
    alone.command(name=name)(what)
    return typer.main.get_command(alone)
