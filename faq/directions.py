"""What each entry means, as a direction, without what all entries of a knowledge mean."""

from dataclasses import dataclass

import numpy as np
import numpy.typing as npt

from faq.postings import Floats
from faq.ragged import Ints, Splice

COMMON_AXES = 2
"""Directions that all texts share and that are taken out of a text's mean vector (Arora et al. 2017, SIF)."""
NOTHING_LEFT = 1e-4
"""Length below which what is left of a vector of length 1 is rounding."""

Halves = npt.NDArray[np.float16]


@dataclass(frozen=True, slots=True)
class Common:
    """What all texts of a knowledge have in common: a mean and some axes, (D,) and (D, COMMON_AXES)."""

    mean: Floats
    axes: Floats

    def removed_from(self, vectors: Floats) -> Floats:
        """(..., D) without the common part, at length 1; zeros where nothing else is left, as among three entries."""
        rest = vectors - self.mean
        rest = rest - (rest @ self.axes) @ self.axes.T
        length = np.linalg.norm(rest, axis=-1, keepdims=True)
        return np.asarray(np.where(length > NOTHING_LEFT, rest / np.maximum(length, NOTHING_LEFT), 0))


@dataclass(frozen=True, slots=True)
class Directions:
    """What N entries mean, without what all of them mean."""

    common: Common
    each: Halves
    """(N, D)"""

    @classmethod
    def of(cls, means: Floats) -> "Directions":
        """From the mean vectors of all entries."""
        middle = means.mean(axis=0) if len(means) else np.zeros(means.shape[1], np.float32)
        centred = means - middle
        _, axes = np.linalg.eigh(centred.T @ centred)
        common = Common(middle.astype(np.float32), axes[:, ::-1][:, :COMMON_AXES].astype(np.float32))
        return cls(common, common.removed_from(means).astype(np.float16))

    def towards(self, question: Floats, places: Ints) -> Floats:
        """(len(places),) how near the meaning of some entries is to a question's mean vector: cosine, at least 0."""
        near = self.each[places].astype(np.float32) @ self.common.removed_from(question)
        return np.asarray(np.maximum(near, 0))

    def spliced(self, fresh: Floats, splice: Splice) -> "Directions":
        """Some of these, and some with fresh means, by the same common part."""
        return Directions(
            self.common, splice.flat(self.each, self.common.removed_from(fresh).astype(np.float16))
        )
