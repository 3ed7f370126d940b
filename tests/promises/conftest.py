"""Fixtures that the promises borrow of the rooms that they are about."""

from tests.browser.conftest import chromium, complaints, house
from tests.promises.console import service
from tests.web.conftest import make

__all__ = ["chromium", "complaints", "house", "make", "service"]
