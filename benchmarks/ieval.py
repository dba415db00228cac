"""Train the packaged scorer `ieval-en`, from the ratings of iEval.

    python -m benchmarks.ieval [--data FOLDER] [--out FILE]

FOLDER holds the reference corpora; by default ../shared/data beside the checkout. The same data give the same file.
iEval: Svikhnushina, Filippova and Pu (2022), SIGDIAL, 419-431, CC BY 4.0: short chats with four chatbots, each rated
by the person who chatted. No text of it is in the file: n-grams are hashed into numbered buckets.
"""

import argparse
import json
from pathlib import Path
from typing import Any, Final, Literal

from hardseek.analysis.bootstrap import DRAWS
from hardseek.chat import Message
from hardseek.dialogues import Transcript
from hardseek.judging import Dimension
from hardseek.judging.scorer import Scorer, write_scorer
from hardseek.validity.judge import Given, material, train

ROOT: Final = Path(__file__).parents[1]
DATA: Final = ROOT.parent / "shared" / "data"
OUT: Final = ROOT / "src" / "hardseek" / "judging" / "scorer" / "data" / "ieval-en.json"
BOTS: Final = ("Pink", "Purple", "Yellow", "Green")
SCENARIOS: Final = ("positive", "negative")
ATTRIBUTION: Final = (
    "iEval (Svikhnushina, Filippova and Pu, 2022, SIGDIAL, doi 10.18653/v1/2022.sigdial-1.41): chats of three "
    "exchanges with four chatbots about good and bad events, rated by the people who chatted"
)
NAMES: Final = {
    "Rating": "overall",
    "A": "attention",
    "EU": "understanding",
    "ER": "response",
    "L": "likeable",
    "S": "sense",
    "R": "repetitive",
}
"""Of iEval's questions; politeness, which hardly varies, and the three worded the other way round are left out."""
_TITLES: Final[dict[str, tuple[str, str]]] = {
    "overall": ("Overall (iEval)", "总体（iEval）"),
    "attention": ("Attention (iEval)", "专注（iEval）"),
    "understanding": ("Felt understood (iEval)", "被理解（iEval）"),
    "response": ("Fitting response (iEval)", "回应得当（iEval）"),
    "likeable": ("Likeable (iEval)", "讨人喜欢（iEval）"),
    "sense": ("Makes sense (iEval)", "合情合理（iEval）"),
    "repetitive": ("Repetitive (iEval)", "重复（iEval）"),
}
_ASKED: Final[dict[str, tuple[str, str]]] = {
    "overall": ("the chat was, all in all, 1 bad to 3 good", "这段聊天总的来说怎么样，1 差到 3 好"),
    "attention": ("the bot attended to what they said", "机器人有没有在听自己说话"),
    "understanding": ("the bot understood their emotions", "机器人懂不懂自己的情绪"),
    "response": ("the bot met their emotions in a fitting way", "机器人对自己情绪的回应合不合适"),
    "likeable": ("they liked the bot", "喜不喜欢这个机器人"),
    "sense": ("the bot's answers made sense", "机器人的回答讲不讲得通"),
    "repetitive": ("the bot said the same again and again", "机器人是不是老说一样的话"),
}
_LIMITS: Final = (
    "Expected rating, by a scorer trained on short English chats; docs/method/judging.md says how well it agrees.",
    "这是评分器预期的评分，它只用英文短聊天训练过；与真人的一致程度见 docs/method/judging.md。",
)


def lines(path: Path) -> list[dict[str, Any]]:
    """Read JSON Lines."""
    return [json.loads(line) for line in path.read_text(encoding="utf-8").split("\n") if line.strip()]


def ieval(folder: Path, scenarios: tuple[str, ...] = SCENARIOS) -> tuple[dict[str, Transcript], list[Given]]:
    """Read iEval: chats by name, and ratings; the rater is the task, for one person does one task."""
    items: dict[str, Transcript] = {}
    given: list[Given] = []
    for task in lines(folder / "ieval" / "tasks.jsonl"):
        for scenario in scenarios:
            for bot in BOTS:
                chat = task[scenario][bot]
                said = [line.removeprefix("- ") for line in chat["chat_log"].split("\n")]
                item = f"{task['index']}-{scenario}-{bot}"
                items[item] = Transcript(
                    "en", tuple(Message("assistant" if place % 2 else "user", text) for place, text in enumerate(said))
                )
                rater = f"task {task['index']}"
                given += [Given(item, rater, name, float(chat[key]), bot, "en") for key, name in NAMES.items()]
    return items, given


def described() -> list[Dimension]:
    """Return what people were asked, in our own words."""
    found = []
    for name, (en, zh) in _TITLES.items():
        definition = {
            "en": f"Whether people would say that {_ASKED[name][0]}. {_LIMITS[0]}",
            "zh": f"真人会觉得{_ASKED[name][1]}。{_LIMITS[1]}",
        }
        better: Literal["higher", "lower"] = "lower" if name == "repetitive" else "higher"
        high = 3.0 if name == "overall" else 5.0
        found.append(Dimension(name, {"en": en, "zh": zh}, definition, better, 1.0, high))
    return found


def trained(folder: Path, draws: int = DRAWS) -> Scorer:
    """Train the scorer."""
    items, given = ieval(folder)
    of = material(given, items, data=ATTRIBUTION, licence="CC BY 4.0", described=described())
    return train(of, name="ieval-en", draws=draws)


def main() -> None:
    """Train it and write it."""
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--data", type=Path, default=DATA)
    parser.add_argument("--out", type=Path, default=OUT)
    asked = parser.parse_args()
    scorer = trained(asked.data)
    asked.out.parent.mkdir(parents=True, exist_ok=True)
    write_scorer(scorer, asked.out)
    for each in scorer.learnt:
        for figure in each.agreement:
            interval = "" if figure.low is None else f" [{figure.low:.2f}, {figure.high:.2f}]"
            value = "" if figure.value is None else f"{figure.value:.3f}"
            print(f"{each.dimension.name:14} {figure.scheme:14} {figure.by:9} {figure.measure:16} {value}{interval}")
    print(f"{asked.out}: {asked.out.stat().st_size / 1000:.0f} kB, signature {scorer.signature}")


if __name__ == "__main__":
    main()
