"""Files that mean harm or are broken, made by code: (name, content, whether any reader may take it)."""

from __future__ import annotations

import io
import random
import zipfile
from collections.abc import Callable, Iterator
from dataclasses import dataclass

MAIN = "http://schemas.openxmlformats.org/spreadsheetml/2006/main"
RELATIONS = "http://schemas.openxmlformats.org/package/2006/relationships"
OFFICE = "http://schemas.openxmlformats.org/officeDocument/2006/relationships"
PLAIN = b"Town,2026-04,2026-05\nAthol,3,4\nOrange,1,0\n"
OLE = b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1"


@dataclass(frozen=True)
class Hostile:
    """One file; `harmless` when what it does is odd but its table may be read; a large one is made when it is asked."""

    kind: str
    name: str
    made: bytes | Callable[[], bytes]
    harmless: bool = False

    @property
    def content(self) -> bytes:
        """What is in the file."""
        return self.made if isinstance(self.made, bytes) else self.made()


def sheet_xml(cells: str, *, before: str = "", dimension: str = "A1:B3") -> str:
    """A worksheet with these cells."""
    return (
        f'<?xml version="1.0" encoding="UTF-8"?>{before}<worksheet xmlns="{MAIN}"><dimension ref="{dimension}"/>'
        f"<sheetData>{cells}</sheetData></worksheet>"
    )


def text_cell(at: str, text: str) -> str:
    """A cell with a text of its own."""
    return f'<c r="{at}" t="inlineStr"><is><t>{text}</t></is></c>'


GOOD_CELLS = (
    f'<row r="1">{text_cell("A1", "Town")}{text_cell("B1", "Kits")}</row>'
    f'<row r="2">{text_cell("A2", "Athol")}<c r="B2"><v>3</v></c></row>'
    f'<row r="3">{text_cell("A3", "Orange")}<c r="B3"><v>5</v></c></row>'
)


def workbook(cells: str = GOOD_CELLS, *, more: dict[str, bytes] | None = None, sheet: str = "") -> bytes:
    """A minimal XLSX of one sheet, with any further parts."""
    parts: dict[str, bytes] = {
        "[Content_Types].xml": (
            b'<?xml version="1.0"?><Types xmlns="http://schemas.openxmlformats.org/package/2006/content-types">'
            b'<Default Extension="rels" ContentType="application/vnd.openxmlformats-package.relationships+xml"/>'
            b'<Default Extension="xml" ContentType="application/xml"/></Types>'
        ),
        "_rels/.rels": _relations("officeDocument", "xl/workbook.xml"),
        "xl/workbook.xml": workbook_xml('name="Kits"'),
        "xl/_rels/workbook.xml.rels": _relations("worksheet", "worksheets/sheet1.xml"),
        "xl/worksheets/sheet1.xml": (sheet or sheet_xml(cells)).encode(),
    }
    return zipped(parts | (more or {}))


def workbook_xml(named: str) -> bytes:
    """The list of one sheet, its name as it is to be written."""
    return (
        f'<?xml version="1.0"?><workbook xmlns="{MAIN}" xmlns:r="{OFFICE}"><sheets>'
        f'<sheet {named} sheetId="1" r:id="rId1"/></sheets></workbook>'
    ).encode()


def _relations(kind: str, target: str) -> bytes:
    return (
        f'<?xml version="1.0"?><Relationships xmlns="{RELATIONS}">'
        f'<Relationship Id="rId1" Type="{OFFICE}/{kind}" Target="{target}"/></Relationships>'
    ).encode()


def zipped(parts: dict[str, bytes]) -> bytes:
    """Parts as a zip."""
    out = io.BytesIO()
    with zipfile.ZipFile(out, "w", zipfile.ZIP_DEFLATED) as archive:
        for name, content in parts.items():
            archive.writestr(name, content)
    return out.getvalue()


def ods(body: str) -> bytes:
    """A minimal ODS of one sheet."""
    spaces = " ".join(
        f'xmlns:{short}="urn:oasis:names:tc:opendocument:xmlns:{long}:1.0"'
        for short, long in (("office", "office"), ("table", "table"), ("text", "text"))
    )
    content = (
        f'<?xml version="1.0"?><office:document-content {spaces}><office:body><office:spreadsheet>'
        f'<table:table table:name="Kits">{body}</table:table>'
        "</office:spreadsheet></office:body></office:document-content>"
    )
    return zipped(
        {
            "mimetype": b"application/vnd.oasis.opendocument.spreadsheet",
            "META-INF/manifest.xml": b"<manifest/>",
            "content.xml": content.encode(),
        }
    )


def workbooks() -> Iterator[Hostile]:
    """Workbooks that claim, hide or fetch."""
    far = '<row r="1048576"><c r="XFD1048576"><v>1</v></c></row>'
    yield Hostile("a cell in the last corner", "far.xlsx", workbook(GOOD_CELLS + far))
    lone = '<row r="900000"><c r="XFD900000"><v>1</v></c></row>'
    yield Hostile("one cell far out alone", "lone.xlsx", workbook(f'<row r="1"><c r="A1"><v>1</v></c></row>{lone}'))
    yield Hostile("no references, no end", "rows.xlsx", workbook("<row>" + "<c><v>1</v></c>" * 400_000 + "</row>" * 1))
    yield Hostile(
        "a column beyond the last", "wide.xlsx", workbook('<row r="1"><c r="ZZZ9"><v>1</v></c></row>'), harmless=True
    )
    yield Hostile("a row beyond the last", "deep.xlsx", workbook('<row r="9999999"><c r="A9999999"><v>1</v></c></row>'))
    wrong = sheet_xml(GOOD_CELLS, dimension="A1:XFD1048576")
    yield Hostile("a wrong dimension", "dimension.xlsx", workbook(sheet=wrong), harmless=True)
    small = sheet_xml(GOOD_CELLS, dimension="A1")
    yield Hostile("a dimension too small", "small.xlsx", workbook(sheet=small), harmless=True)
    entity = '<!DOCTYPE x [<!ENTITY a SYSTEM "file:///etc/passwd">]>'
    xxe = sheet_xml(f'<row r="1">{text_cell("A1", "&a;")}</row>', before=entity)
    yield Hostile("an external entity", "entity.xlsx", workbook(sheet=xxe))
    laughs = '<!DOCTYPE x [<!ENTITY a "ha"><!ENTITY b "&a;&a;&a;&a;"><!ENTITY c "&b;&b;&b;&b;">]>'
    yield Hostile("entities in entities", "laughs.xlsx", workbook(sheet=sheet_xml(GOOD_CELLS, before=laughs)))
    yield Hostile("macros", "macros.xlsm", workbook(more={"xl/vbaProject.bin": b"Attribute VB_Name"}))
    yield Hostile("macros renamed", "renamed.xlsx", workbook(more={"xl/vbaProject.bin": b"Attribute VB_Name"}))
    yield Hostile("old macro sheets", "old.xlsx", workbook(more={"xl/macrosheets/sheet1.xml": b"<x/>"}))
    yield Hostile("links to a file", "links.xlsx", workbook(more={"xl/externalLinks/externalLink1.xml": b"<x/>"}))
    yield Hostile("a connection", "connection.xlsx", workbook(more={"xl/connections.xml": b"<x/>"}))
    yield Hostile("an embedded program", "ole.xlsx", workbook(more={"xl/embeddings/oleObject1.bin": b"MZ"}))
    yield Hostile("binary workbook", "binary.xlsb", zipped({"xl/workbook.bin": b"\x83\x01"}))
    for name in ("../../etc/cron.d/x", "/etc/passwd", "..\\..\\x.dll", "C:\\x", "xl/../../../x"):
        yield Hostile(f"a part named {name}", "slip.xlsx", workbook(more={name: b"x"}))
    formula = '<row r="1"><c r="A1"><f>WEBSERVICE("http://127.0.0.1:9/x")</f><v>1</v></c></row>'
    yield Hostile("a formula that fetches", "formula.xlsx", workbook(formula), harmless=True)
    yield Hostile(
        "a name of many letters", "sheet.xlsx", workbook(text_cell("A1", "x" * 40_000).join(("<row>", "</row>")))
    )


def bombs() -> Iterator[Hostile]:
    """Files that are small until they are opened."""
    spaces = b" " * (60 << 20)
    yield Hostile("a sheet of spaces", "spaces.xlsx", lambda: workbook(sheet=sheet_xml(spaces.decode())))
    yield Hostile("an unread part of zeros", "zeros.xlsx", lambda: workbook(more={"a.jpeg": bytes(60 << 20)}))
    yield Hostile("zips in a zip", "nested.xlsx", zips_in_a_zip)
    yield Hostile("very many parts", "many.xlsx", lambda: workbook(more={f"{n}.xml": b"x" for n in range(3000)}))
    repeated = (
        '<table:table-row table:number-rows-repeated="1048576"><table:table-cell office:value-type="float" '
        'office:value="1" table:number-columns-repeated="16384"><text:p>1</text:p></table:table-cell></table:table-row>'
    )
    yield Hostile("an ODS that repeats", "repeat.ods", ods(repeated))
    yield Hostile("an ODS that repeats across", "across.ods", ods(repeated.replace("1048576", "40")))
    shared = b"<sst>" + b"<si><t>x</t></si>" * 900_000 + b"</sst>"
    yield Hostile("very many texts", "texts.xlsx", lambda: workbook(more={"xl/sharedStrings.xml": shared}))
    deep = "<a>" * 200_000
    yield Hostile("elements without end", "deep.xlsx", lambda: workbook(sheet=sheet_xml(deep)))


def zips_in_a_zip() -> bytes:
    """Nine zips of twenty empty parts of two megabytes each."""
    inner = zipped({f"{n}.xml": bytes(2 << 20) for n in range(20)})
    return zipped({f"{n}.zip": inner for n in range(9)})


def damaged() -> Iterator[Hostile]:
    """Files cut short, renamed, locked or of another kind."""
    good = workbook()
    yield Hostile("cut short", "short.xlsx", good[: len(good) // 2])
    yield Hostile("only the beginning", "head.xlsx", good[:30])
    yield Hostile("its end repeated", "tail.xlsx", good + good[-200:])
    yield Hostile("an empty zip", "empty.xlsx", zipped({}))
    yield Hostile("a zip of something else", "other.xlsx", zipped({"readme.txt": b"hello"}))
    yield Hostile("no sheet", "none.xlsx", zipped({"xl/workbook.xml": b"<workbook/>"}))
    yield Hostile("a password", "password.xlsx", OLE + bytes(500) + "EncryptedPackage".encode("utf-16-le") + bytes(500))
    yield Hostile("an encrypted part", "flag.xlsx", _flagged(good))
    locked = {"content.xml": b"\x91\x12", "META-INF/manifest.xml": b"<manifest:encryption-data/>"}
    yield Hostile("an ODS with a password", "locked.ods", zipped(locked))
    yield Hostile("an old workbook of noise", "noise.xls", OLE + random.Random(1).randbytes(5000))
    yield Hostile("two parts of one name", "twice.xlsx", _twice(good))
    yield Hostile("a workbook called CSV", "kits.csv", good, harmless=True)
    yield Hostile("a CSV called workbook", "kits.xlsx", PLAIN, harmless=True)
    for kind, start in (
        ("a PDF", b"%PDF-1.7\n"),
        ("a picture", b"\x89PNG\r\n\x1a\n\0"),
        ("a program", b"MZ\x90\0\x03\0"),
    ):
        yield Hostile(f"{kind} called XLSX", "table.xlsx", start + random.Random(2).randbytes(3000))


def texts() -> Iterator[Hostile]:
    """Text tables that are none."""
    yield Hostile("nothing", "nothing.csv", b"")
    yield Hostile("spaces", "spaces.csv", b"   \n\n  ")
    yield Hostile("NUL bytes", "nul.csv", b"Town,Kits\nAthol,\x003\n")
    yield Hostile("one endless line", "line.csv", b"Town," * 900_000)
    yield Hostile("one endless cell", "cell.csv", b"Town,Kits\nAthol," + b"9" * 3_000_000 + b"\n")
    yield Hostile("an open quotation mark", "quote.csv", b'Town,Kits\n"Athol,3\nOrange,1\n')
    yield Hostile("a web page", "page.csv", b"<!DOCTYPE html><html><body>Sign in</body></html>")
    yield Hostile("half of UTF-16", "half.csv", "Town,Kits\nAthol,3\n".encode("utf-16")[:-1])
    yield Hostile("UTF-16", "wide.csv", "Town,Kits\nAthol,3\nOrange,1\n".encode("utf-16"), harmless=True)
    yield Hostile("formulas", "formula.csv", b"Town,Kits\n=cmd|'/c calc'!A1,3\n@SUM(A1),2\n", harmless=True)
    yield Hostile("very many columns", "columns.csv", b"Town" + b",x" * 500_000 + b"\nAthol" + b",1" * 500_000)
    yield Hostile("very many rows", "rows.csv", b"Town,Kits\n" + b"Athol,1\n" * 600_000)


def hidden() -> Iterator[Hostile]:
    """What the first list hides where a careless reader does not look."""
    wide = sheet_xml(GOOD_CELLS, before='<!DOCTYPE x [<!ENTITY a "ha">]>').replace("UTF-8", "UTF-16")
    for order in ("le", "be"):
        mark = b"\xff\xfe" if order == "le" else b"\xfe\xff"
        parts = {"xl/worksheets/sheet1.xml": mark + wide.encode(f"utf-16-{order}")}
        yield Hostile(f"entities in UTF-16 {order}", "wide.xlsx", workbook(more=parts))
    declared = b'<!DOCTYPE sst [<!ENTITY a SYSTEM "http://127.0.0.1:9/x">]><sst><si><t>&a;</t></si></sst>'
    yield Hostile("entities in the texts", "texts.xlsx", workbook(more={"xl/sharedStrings.xml": declared}))
    seam = sheet_xml(GOOD_CELLS + " " * ((1 << 20) - 1200) + '<row r="1048576"><c r="XFD1048576"><v>1</v></c></row>')
    yield Hostile("a far cell on the seam of what is read at once", "seam.xlsx", workbook(sheet=seam))
    macros = {"content.xml": b"<x/>", "Basic/Standard/Module1.xml": b"Sub Main"}
    yield Hostile("an ODS with macros", "macros.ods", zipped(macros))
    old = OLE + bytes(500) + "_VBA_PROJECT".encode("utf-16-le") + bytes(500)
    yield Hostile("an old workbook with macros", "macros.xls", old)
    merged = "".join(f'<mergeCell ref="A{n}:XFD{n}"/>' for n in range(1, 100_000))
    sheet = sheet_xml(GOOD_CELLS).replace("</sheetData>", f"</sheetData><mergeCells>{merged}</mergeCells>")
    yield Hostile("very many merged areas", "merged.xlsx", lambda: workbook(sheet=sheet), harmless=True)
    backwards = sheet_xml(GOOD_CELLS).replace(
        "</sheetData>", '</sheetData><mergeCells><mergeCell ref="ZZZZZZ99999999:A1"/></mergeCells>'
    )
    yield Hostile("a merged area beyond all sheets", "area.xlsx", workbook(sheet=backwards), harmless=True)
    names = {"xl/workbook.xml": workbook_xml('name="&#1;&#0;"')}
    yield Hostile("a sheet whose name is no text", "name.xlsx", workbook(more=names))
    yield Hostile("a sheet with an endless name", "name.xlsx", workbook(more={
        "xl/workbook.xml": workbook_xml(f'name="{"x" * 100_000}"')}), harmless=True)  # fmt: skip
    index = GOOD_CELLS.replace(
        '<c r="A2" t="inlineStr"><is><t>Athol</t></is></c>', '<c r="A2" t="s"><v>4294967295</v></c>'
    )
    yield Hostile("a text that is not in the list", "index.xlsx", workbook(index), harmless=True)
    yield Hostile("a part beyond the folder by another spelling", "slip.xlsx", workbook(more={"xl/..\\..\\x": b"x"}))
    yield Hostile("a zip behind a program", "program.xlsx", b"MZ" + bytes(600) + workbook())
    yield Hostile("a comment of the zip that goes on", "comment.xlsx", _commented(workbook()), harmless=True)


def hostile() -> list[Hostile]:
    """Every kind once: more than eighty files."""
    makers: tuple[Callable[[], Iterator[Hostile]], ...] = (workbooks, bombs, damaged, texts, hidden)
    return [one for make in makers for one in make()]


def mutated(seed: int) -> Hostile:
    """A good workbook, sheet or text with bytes changed, cut or doubled at random."""
    chance = random.Random(seed)
    cells = '<table:table-row><table:table-cell office:value-type="float" office:value="1"/></table:table-row>'
    name, content = chance.choice([("m.xlsx", workbook()), ("m.csv", PLAIN * 20), ("m.ods", ods(cells))])
    body = bytearray(content)
    for _ in range(chance.randint(1, 30)):
        at = chance.randrange(len(body))
        match chance.randrange(4):
            case 0:
                body[at] = chance.randrange(256)
            case 1:
                del body[at : at + chance.randint(1, 50)]
            case 2:
                body[at:at] = chance.randbytes(chance.randint(1, 50))
            case _:
                body[at:at] = body[at : at + 100]
        body = body or bytearray(b"x")
    return Hostile(f"mutation {seed}", name, bytes(body), harmless=True)


def _flagged(good: bytes) -> bytes:
    """The same workbook whose parts say that they are encrypted."""
    changed = bytearray(good)
    for mark, offset in ((b"PK\x03\x04", 6), (b"PK\x01\x02", 8)):
        at = changed.find(mark)
        while at >= 0:
            changed[at + offset] |= 1
            at = changed.find(mark, at + 4)
    return bytes(changed)


def _twice(good: bytes) -> bytes:
    out = io.BytesIO(good)
    with zipfile.ZipFile(out, "a") as archive:
        archive.writestr("XL/Workbook.xml", b"<x/>")
    return out.getvalue()


def _commented(good: bytes) -> bytes:
    out = io.BytesIO(good)
    with zipfile.ZipFile(out, "a") as archive:
        archive.comment = b"PK\x05\x06" * 16_000
    return out.getvalue()
