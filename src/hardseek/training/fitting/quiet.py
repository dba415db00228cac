"""Libraries that talk to each other's developers, not to whoever trains."""

import warnings
from collections.abc import Iterator
from contextlib import contextmanager


@contextmanager
def quiet() -> Iterator[None]:
    """Keep progress bars, notes and notices of coming changes of the libraries from the terminal; errors still come."""
    import datasets
    from transformers.utils import logging

    before = logging.get_verbosity()
    bars = datasets.are_progress_bars_disabled(), logging.is_progress_bar_enabled()
    logging.set_verbosity_error()
    logging.disable_progress_bar()
    datasets.disable_progress_bars()
    try:
        with warnings.catch_warnings():
            for kind in (FutureWarning, UserWarning, DeprecationWarning):
                warnings.simplefilter("ignore", kind)
            yield
    finally:
        logging.set_verbosity(before)
        if bars[1]:
            logging.enable_progress_bar()
        if not bars[0]:
            datasets.enable_progress_bars()
