"""All documents on one picture, for whoever looks at them."""

import pytest
from django.core.management import CommandError, call_command
from PIL import Image

pytestmark = pytest.mark.pdf


def test_the_pages_of_the_documents_stand_on_one_picture(tmp_path, capsys):
    sheet = tmp_path / "sheet.png"
    call_command("contact_sheet", "rectification_order", "performance_demand", output=sheet, columns=2)
    assert "2 documents" in capsys.readouterr().out
    with Image.open(sheet) as picture:
        assert picture.width > 500
        assert len(picture.getcolors(maxcolors=1_000_000) or []) > 10  # something stands on it


def test_an_unknown_document_is_said(tmp_path):
    with pytest.raises(CommandError, match="no_such"):
        call_command("contact_sheet", "no_such", output=tmp_path / "sheet.png")
