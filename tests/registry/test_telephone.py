"""A telephone number can be dialled: the form and the import say so when it cannot."""

import pytest
from django.urls import reverse

from registry.models import Enterprise, ImportState
from registry.telephone import is_telephone
from tests.registry.conftest import row_of
from tests.registry.forms import form_of
from tests.registry.importing import problems, start


@pytest.mark.parametrize(
    "text", ["0519-80000000", "+86 (25) 8360 0000", "13800000000、0519-80000001", "（0510）8000 0000转12", "12345"]
)
def test_a_number_as_registers_write_it_is_one(text):
    assert is_telephone(text)


@pytest.mark.parametrize("text", ["abc", "无", "-", "0519", "电话80000000", "=80000000"])
def test_what_nobody_can_dial_is_none(text):
    assert not is_telephone(text)


@pytest.mark.django_db
def test_the_form_says_it_at_the_field_and_keeps_what_was_typed(log_in, case_officer, values):
    answer = log_in(case_officer).post(reverse("registry:create"), form_of(values) | {"contact_phone": "abc"})
    assert answer.status_code == 422
    assert list(answer.context["form"].errors) == ["contact_phone"]
    assert not Enterprise.objects.exists()


@pytest.mark.django_db
def test_the_import_says_it_at_the_cell_and_that_nothing_can_be_imported(log_in, case_officer, reference_data):
    run = start(case_officer, [row_of(1, 联系电话="abc")])
    ((_row, column, reason),) = problems(run)
    assert column == "联系电话"
    assert "abc" in reason
    assert run.state == ImportState.CHECKED
    page = log_in(case_officer).get(run.get_absolute_url())
    assert "待确认" not in str(page.context["state"]["label"])
    assert page.context["may_decide"] is False
