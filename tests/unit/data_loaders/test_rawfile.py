"""A file is text only when its bytes are."""

import codecs
from pathlib import Path

import pytest

from data_loaders.rawfile import RawFile, Unreadable

TABLE = "Town,Décès\nChâtham,3\n"


def raw(content: bytes, name: str = "file.csv") -> RawFile:
    return RawFile(name, content)


@pytest.mark.parametrize(
    "content",
    [
        TABLE.encode("utf-8"),
        codecs.BOM_UTF8 + TABLE.encode("utf-8"),
        TABLE.encode("utf-16"),
        codecs.BOM_UTF16_BE + TABLE.encode("utf-16-be"),
        TABLE.encode("utf-32"),
        TABLE.encode("cp1252"),
    ],
    ids=["utf-8", "utf-8 with mark", "utf-16", "utf-16 big endian", "utf-32", "cp1252"],
)
def test_the_same_text_comes_out_of_every_encoding(content: bytes) -> None:
    assert raw(content).text == TABLE
    assert raw(content).header == ("Town", "Décès")
    assert "".join(raw(content).lines()) == TABLE


@pytest.mark.parametrize("content", [b"", b"  \r\n\n", codecs.BOM_UTF8, codecs.BOM_UTF16_LE])
def test_an_empty_file_is_called_empty(content: bytes) -> None:
    with pytest.raises(Unreadable, match="empty"):
        _ = raw(content).text


@pytest.mark.parametrize("start", ["<!DOCTYPE html>", "\n  <html lang='en'>", "<HEAD>"])
def test_a_web_page_saved_as_csv_is_called_a_web_page(start: str) -> None:
    with pytest.raises(Unreadable, match="web page"):
        _ = raw(f"{start}<title>Sign in</title>".encode()).text


def test_nul_bytes_are_refused_with_their_line() -> None:
    with pytest.raises(Unreadable, match="first on line 3"):
        _ = raw(b"a,b\n1,2\n3,\x004\n").text


def test_bytes_of_no_encoding_are_refused() -> None:
    with pytest.raises(Unreadable, match="CSV UTF-8"):
        _ = raw(b"a,b\n\x81\x8d,2\n").text


def test_what_is_no_table_has_no_header() -> None:
    assert raw(b"").header == ()
    assert raw(b"PK\x03\x04\x00\x00").header == ()
    assert raw(b'{"type": "FeatureCollection", "features": []}').header == ()
    assert raw(b"<html>").header == ()


def test_header_cells_are_stripped_and_quotes_undone() -> None:
    assert raw(b'"Town of, residence", Count \n').header == ("Town of, residence", "Count")


def test_tabs_and_semicolons_separate_cells_when_no_comma_does() -> None:
    assert raw(b"Town\tCount\nAthol\t3\n").header == ("Town", "Count")
    assert raw(b"Town;Count\nAthol;3\n").header == ("Town", "Count")


def test_a_file_knows_its_name_ending_and_digest(tmp_path: Path) -> None:
    path = tmp_path / "Deaths.CSV"
    path.write_bytes(b"abc")
    file = RawFile.open(path)
    assert (file.name, file.suffix, file.path) == ("Deaths.CSV", ".csv", path)
    # FIPS 180-2's own example
    assert file.sha256 == "ba7816bf8f01cfea414140de5dae2223b00361a396177a9cb410ff61f20015ad"


def test_real_files_open_as_their_publishers_wrote_them(shared: Path) -> None:
    settlement = RawFile.open(shared / "ma" / "settlement_municipal_fy23.csv")
    assert settlement.header[0] == "Municipality"
    programmes = RawFile.open(shared / "us" / "opioid_treatment_programs.csv")
    assert programmes.header == ("ID", "ADDRESS", "CITY", "STATE", "POSTAL", "Latitude", "Longitude")
