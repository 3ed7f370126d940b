"""What the tests of the pages share."""

from collections.abc import Iterator

import pytest

from tests.web.provider import RealProvider


@pytest.fixture(scope="session")
def real_provider() -> Iterator[RealProvider]:
    """A real identity provider, started once."""
    provider = RealProvider()
    provider.start()
    yield provider
    provider.kill()
