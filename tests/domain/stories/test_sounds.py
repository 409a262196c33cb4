import pytest

from domain.stories.sounds import sound


@pytest.mark.parametrize(
    "names",
    [
        ("Fedotov", "Федотов", "فيدوتوف"),
        ("Catania", "Катания"),
        ("Zhusan", "Жусан"),
        ("Sorvino", "Сорвино"),
    ],
)
def test_a_name_sounds_the_same_in_every_script(names: tuple[str, ...]) -> None:
    assert len({sound(name) for name in names}) == 1


def test_other_names_sound_otherwise() -> None:
    assert sound("Fedotov") != sound("Sorvino")
    assert sound("曼谷") == ""
