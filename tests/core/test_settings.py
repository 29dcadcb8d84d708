from pathlib import Path

import pytest

from core.errors import InputFault
from core.settings import Settings, load_settings


def test_a_workspace_without_settings_has_sensible_ones(tmp_path: Path) -> None:
    assert load_settings(tmp_path / "settings.toml") == Settings()


@pytest.mark.parametrize(
    ("text", "named"),
    [("fiscal_year_start = 13", "fiscal_year_start"), ("surprise = 1", "surprise"), ("=", "settings.toml")],
)
def test_broken_settings_name_the_file_and_the_field(tmp_path: Path, text: str, named: str) -> None:
    file = tmp_path / "settings.toml"
    file.write_text(text, encoding="utf-8")
    with pytest.raises(InputFault) as fault:
        load_settings(file)
    assert named in fault.value.text.de
    assert "settings.toml" in fault.value.text.en
