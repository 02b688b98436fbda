"""The drawings of the procedures say what the tables say."""

from rareearth.management.commands import draw_workflows


def test_every_procedure_is_drawn_as_it_stands():
    """Otherwise: manage.py draw_workflows."""
    drawn = {path.name: path.read_text(encoding="utf-8") for path in draw_workflows.FOLDER.iterdir()}
    assert drawn == draw_workflows.pages()


def test_a_condition_of_every_step_has_a_name_to_be_read_by():
    conditions = [words for text in draw_workflows.pages().values() for words in text.split() if words == "guard"]
    assert conditions == []
