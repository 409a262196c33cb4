"""What the store knows of topics."""

from sqlalchemy import func, select
from sqlmodel import col

from storage.database import Transaction
from storage.tables import ItemRow, ItemTopicRow


async def topic_counts(tx: Transaction) -> dict[str, int]:
    """Return how many items each topic has, by slug; a topic without items is left out."""
    topic = col(ItemTopicRow.topic)
    counted = select(topic, func.count()).group_by(topic).order_by(topic)
    counts = dict((await tx.execute(counted)).all())
    # Withdrawn items are few, so taking them away costs less than leaving them out.
    withdrawn = select(col(ItemRow.id)).where(col(ItemRow.withdrawn_at).is_not(None))
    gone = await tx.execute(counted.where(col(ItemTopicRow.item_id).in_(withdrawn)))
    for slug, number in gone:
        counts[slug] -= number
    return {slug: number for slug, number in counts.items() if number}
