"""One thread for products of matrices: those of a bootstrap are small, and threads wait for longer than they work.

OpenBLAS shares every product of some size out to all cores, and those that have done their part spin in wait of the
next. Products of a few million terms take less time than that, and cost the other cores what they would have done.
"""

from contextlib import AbstractContextManager
from functools import cache

from threadpoolctl import ThreadpoolController


def one_thread() -> AbstractContextManager[object]:
    """Return a context in which products of matrices are made by the thread that asks for them."""
    limited: AbstractContextManager[object] = _controller().limit(limits=1, user_api="blas")
    return limited


@cache
def _controller() -> ThreadpoolController:
    return ThreadpoolController()  # finds the libraries that are loaded, which takes longer than a product
