from pathlib import Path

from domain.sources import SourceKind
from tests.feeds.upstream.polling.world import World, entry, rss


async def test_new_documents_of_a_folder_are_taken_in(world: World, tmp_path: Path) -> None:
    folder = tmp_path / "inbox"
    folder.mkdir()
    (folder / "a.xml").write_bytes(rss(entry("One", guid="1")))
    (folder / "broken.xml").write_bytes(b"<rss")
    (folder / ".hidden").write_bytes(b"\0")
    await world.add(kind=SourceKind.FOLDER, address=str(folder))
    assert (await world.poll()).new == 1
    assert (await world.poll()).new == 0
    (folder / "b.xml").write_bytes(rss(entry("Two", guid="2")))
    outcome = await world.poll()
    assert (outcome.new, await world.pushed()) == (1, 1)
    assert {item.document for item in await world.items()} == {"a.xml", "b.xml"}


async def test_a_folder_that_cannot_be_read_says_why(world: World, tmp_path: Path) -> None:
    await world.add(kind=SourceKind.FOLDER, address=str(tmp_path / "none"))
    problem = (await world.poll()).problem
    assert problem == "the folder cannot be read: No such file or directory"
    (tmp_path / "none").mkdir()
    (tmp_path / "none" / "x.xml").write_bytes(b"<rss")
    assert (await world.poll()).problem == "x.xml: neither RSS nor Atom"
