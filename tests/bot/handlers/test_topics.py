from tests.bot.world import World, labels


async def test_topics_show_their_counts_and_open_with_follow(world: World) -> None:
    await world.publish("Boats", topics=("migrant-smuggling",))
    await world.publish("More boats", topics=("migrant-smuggling",))
    await world.publish("Powder", topics=("drugs",))
    answer = await world.say(42, "/topics")
    assert [label for label in labels(answer) if "(" in label] == [
        f"{world.services.topic_name('migrant-smuggling')} (2)",
        f"{world.services.topic_name('drugs')} (1)",
    ]
    _, topic = await world.press(42, "(2)")
    assert "More boats" in topic["text"]
    assert labels(topic) == ["🔔 Follow", "All topics"]
    _, back = await world.press(42, "All topics")
    assert back["text"] == answer["text"]


async def test_topics_to_follow_are_paged(world: World) -> None:
    await world.say(42, "/subscribe")
    _, second = await world.press(42, "Next")
    assert "Page 2 of" in second["text"]
    name = labels(second)[0]
    _, followed = await world.press(42, name)
    assert followed["text"].startswith("You now follow topic: ")
