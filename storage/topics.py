"""What the store knows of topics."""

from sqlalchemy import func, select
from sqlmodel import col

from storage.database import Transaction
from storage.tables import ItemTopicRow


async def topic_counts(tx: Transaction) -> dict[str, int]:
    """Return how many items each topic has, by slug; a topic without items is left out."""
    topic = col(ItemTopicRow.topic)
    rows = await tx.execute(select(topic, func.count()).group_by(topic).order_by(topic))
    return dict(rows.all())
