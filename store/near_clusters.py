"""Which clusters may ask the same as another, for people to decide whether they do."""

import numpy as np
import sqlalchemy as sa

from faq import clustering
from faq.search import Knowledge
from nlp.masking import without_labels
from store import queries
from store.db import Tx
from store.queries import QueryId
from store.sight import Viewer
from store.tables import clustered, clusters
from store.tables import queries as asked
from store.unmatched import ClusterId, seen_by

LOOKED_AT = 200
"""The clusters with the latest questions."""
ALIKE = 0.25
"""How alike a question of the one must be to one of the other to be named: less than what brings them together."""


def near(
    tx: Tx, viewer: Viewer, knowledge: Knowledge, cluster: ClusterId, most: int
) -> tuple[ClusterId, ...]:
    """Other clusters that the viewer may see, the most alike first, by the latest question of each."""
    latest = _latest(tx, viewer, cluster)
    words = queries.words(tx, list(latest.values()))
    gists = {
        each: gist
        for each, query in latest.items()
        if query in words and (gist := clustering.read(knowledge, without_labels(words[query])))
    }
    own = gists.pop(cluster, None)
    if own is None or not gists:
        return ()
    alike = clustering.likeness(own, list(gists.values()))
    order = [place for place in np.argsort(-alike, kind="stable").tolist() if alike[place] >= ALIKE]
    return tuple(list(gists)[place] for place in order[:most])


def _latest(tx: Tx, viewer: Viewer, cluster: ClusterId) -> dict[ClusterId, QueryId]:
    """The latest question with words of some clusters, and of this one."""
    newest = sa.func.max(clustered.c.query_id).label("newest")
    with_words = (
        sa.select(clustered.c.cluster_id, newest)
        .join(asked, asked.c.id == clustered.c.query_id)
        .join(clusters, clusters.c.id == clustered.c.cluster_id)
        .where(asked.c.text.is_not(None), clusters.c.merged_into.is_(None), seen_by(viewer))
        .group_by(clustered.c.cluster_id)
    )
    others = with_words.order_by(newest.desc()).limit(LOOKED_AT)
    rows = [
        *tx.connection.execute(others),
        *tx.connection.execute(with_words.where(clusters.c.id == cluster)),
    ]
    return {ClusterId(row.cluster_id): QueryId(row.newest) for row in rows}
