"""A transformer scorer from people's ratings, with its agreement on what it was not trained on."""

from pathlib import Path

import numpy as np

from hardseek.analysis.agreement.panel import Places
from hardseek.errors import Refused
from hardseek.judging.scorer import domain
from hardseek.judging.scorer.ordinal import expected
from hardseek.judging.transformer import TransformerScorer, write_transformer
from hardseek.judging.transformer.file import Graded
from hardseek.judging.transformer.model import text_of
from hardseek.judging.transformer.train import Course, steps_of, train_transformer
from hardseek.validity.judge.held_out import Teller, Told, held_out, nothing_told
from hardseek.validity.judge.training import Material


def train_on_base(of: Material, base: str, folder: Path, *, course: Course, draws: int) -> TransformerScorer:
    """Train an adapter and heads on all ratings, write them, and measure what is reached on what is held out.

    It is trained once for every fold besides; all dimensions are learnt together.

    Args:
        of: what there is to learn from.
        base: the base model's name or folder.
        folder: to be made; what the scorer is.
        course: how long it is trained.
        draws: of the bootstrap.

    Raises:
        Refused: the folder holds something, or the base model cannot be had.
    """
    if folder.exists() and (not folder.is_dir() or any(folder.iterdir())):
        raise Refused(f"{folder}: there is something already; choose another --out")
    texts = [text_of(each) for each in of.transcripts]
    rated, steps = list(of.rated.values()), steps_of(list(of.rated.values()))
    fitted: dict[bytes, list[Told]] = {}

    def cross_fitted(folds: Places) -> list[Told]:
        found = [nothing_told(len(texts)) for _ in rated]
        for fold in np.unique(folds):
            away = folds == fold
            model = train_transformer(base, texts, [each.kept(~away) for each in rated], steps, course)
            scores = model.told([text for text, out in zip(texts, away, strict=True) if out])
            for column, each in enumerate(found):
                each.points[away] = scores[:, column]
                each.ratings[away] = expected(scores[:, column], model.cuts_of(column), np.array(steps[column]))
        return found

    def teller(column: int) -> Teller:
        def tell(folds: Places) -> Told:
            key = folds.tobytes()
            if key not in fitted:
                fitted[key] = cross_fitted(folds)
            return fitted[key][column]

        return tell

    model = train_transformer(base, texts, rated, steps, course)
    graded = tuple(
        Graded(
            dimension=of.dimensions[name],
            steps=tuple(steps[column]),
            agreement=tuple(held_out(of.seen, of.rated[name], draws=draws, teller=teller(column))),
        )
        for column, name in enumerate(of.rated)
    )
    scorer = TransformerScorer(folder.name, base, course.tokens, of.provenance, domain(of.seen), graded)
    try:
        folder.mkdir(parents=True, exist_ok=True)
    except OSError as error:
        raise Refused(f"{folder}: cannot be made: {error.strerror or error}") from None
    model.save(folder)
    write_transformer(scorer, folder)
    return scorer
