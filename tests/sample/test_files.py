"""The committed files are what the generator writes, and their mappings fit them."""

from __future__ import annotations

import hashlib
import io

import pandas as pd
import pytest

from cockpit.sample import FILES
from sample_data.generate import files
from store.intake.mapping import load_mapping
from tests.sample.exports import SAMPLE, exports

MAPPINGS = [(SAMPLE / name).with_suffix(".toml") for name in FILES]


def digest(content: bytes) -> str:
    return hashlib.sha256(content).hexdigest()


@pytest.fixture(scope="module")
def generated() -> dict[str, bytes]:
    return dict(files())


def test_the_committed_files_are_what_the_generator_writes(generated: dict[str, bytes]) -> None:
    written = {
        path.name: path.read_bytes() for path in SAMPLE.iterdir() if path.suffix in {".csv", ".parquet"}
    }
    assert set(written) == set(generated)
    for name, content in generated.items():
        if name.endswith(".csv"):
            assert digest(written[name]) == digest(content), f"{name}: run python -m sample_data.generate"
        else:  # how Parquet packs its bytes may differ between versions of its library; what it holds may not
            pd.testing.assert_frame_equal(
                pd.read_parquet(io.BytesIO(written[name])), pd.read_parquet(io.BytesIO(content))
            )


def test_every_file_is_imported_and_has_a_mapping_beside_it(generated: dict[str, bytes]) -> None:
    assert sorted(FILES) == sorted(generated)
    assert all(mapping.is_file() for mapping in MAPPINGS)


def test_every_mapping_says_that_it_is_a_sample() -> None:
    for path in MAPPINGS:
        assert load_mapping(path).sample, path.name


@pytest.mark.parametrize("name", ["marketing", "vertrieb", "service"])
def test_every_touchpoint_of_a_file_has_a_meaning_and_none_is_idle(name: str) -> None:
    e = exports()
    seen = {
        "marketing": set(e.marketing["activity"]),
        "vertrieb": set(e.sales["Vorgang"]),
        "service": set(e.service["touchpoint"]),
    }[name]
    assert seen == set(load_mapping(SAMPLE / f"{name}.toml").touchpoints)


def test_the_departments_write_differently() -> None:
    sales = (SAMPLE / "vertrieb.csv").read_bytes()
    assert b";" in sales.split(b"\r\n")[0]
    assert "Rückruf".encode("cp1252") in sales
    assert b"R\xc3\xbcckruf" not in sales
    service = (SAMPLE / "service.csv").read_text(encoding="utf-8")
    assert service.startswith("timestamp,")
    assert (SAMPLE / "umfragen.csv").read_bytes().startswith(b"\xef\xbb\xbf")


def test_the_files_stay_small() -> None:
    assert sum((SAMPLE / name).stat().st_size for name in FILES) < 7_000_000


def test_the_firm_has_about_six_thousand_customers_and_eighty_thousand_contacts() -> None:
    e = exports()
    assert 5_500 < len(e.customers()) < 6_500
    assert 76_000 < e.contacts() < 88_000
