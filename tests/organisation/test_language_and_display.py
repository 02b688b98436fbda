"""中 / EN, theme, density: the page stays."""

import pytest

from organisation.models import Officer

pytestmark = pytest.mark.django_db


def test_strangers_get_chinese_whatever_their_browser_prefers(client):
    answer = client.get("/login/", headers={"Accept-Language": "en-US,en"})
    assert 'lang="zh-Hans"' in answer.content.decode()
    assert answer["Content-Language"] == "zh-hans"


def test_the_switch_keeps_the_page_and_is_remembered(client):
    answer = client.post("/language/", {"language": "en", "next": "/login/?next=/officers/"})
    assert answer["Location"] == "/login/?next=/officers/"
    assert "Log in" in client.get("/login/").content.decode()
    client.post("/language/", {"language": "zh-hans"})
    assert "登录" in client.get("/login/").content.decode()


def test_an_officer_s_language_goes_with_him_to_another_browser(log_in, case_officer):
    client = log_in(case_officer)
    assert (
        client.post("/language/", {"language": "en", "next": "/officers/?tab=open"})["Location"]
        == "/officers/?tab=open"
    )
    assert "Officers" in client.get("/officers/").content.decode()
    other = log_in(Officer.objects.get(pk=case_officer.pk))
    assert "Officers" in other.get("/officers/").content.decode()


@pytest.mark.parametrize("language", ["", "xx", "fr", "zh-hans; drop"])
def test_an_unknown_language_is_refused(client, language):
    assert client.post("/language/", {"language": language}).status_code == 400


def test_a_forged_language_cookie_falls_back_to_chinese(client):
    client.cookies["portal_language"] = "../../etc"
    assert client.get("/login/")["Content-Language"] == "zh-hans"


def test_the_switch_leads_to_no_other_site(client):
    assert client.post("/language/", {"language": "en", "next": "https://evil.example/"})["Location"] == "/"


def test_theme_density_and_hotkeys_are_kept_and_the_page_stays(log_in, case_officer):
    client = log_in(case_officer)
    answer = client.post("/me/preferences/", {"theme": "dark", "next": "/officers/?tab=closed"})
    assert answer["Location"] == "/officers/?tab=closed"
    client.post("/me/preferences/", {"density": "compact"})
    client.post("/me/preferences/", {"hotkeys": "off"})
    kept = Officer.objects.get(pk=case_officer.pk)
    assert (kept.theme, kept.density, kept.hotkeys_on) == ("dark", "compact", False)
    page = client.get("/officers/").content.decode()
    assert 'data-bs-theme="dark"' in page
    assert 'data-hotkeys="off"' in page


def test_a_script_gets_no_page_back(log_in, case_officer):
    answer = log_in(case_officer).post("/me/preferences/", {"theme": "dark"}, headers={"HX-Request": "true"})
    assert answer.status_code == 204


@pytest.mark.parametrize("wrong", [{"theme": "pink"}, {"density": "huge"}])
def test_a_value_that_is_no_choice_is_refused(log_in, case_officer, wrong):
    assert log_in(case_officer).post("/me/preferences/", wrong).status_code == 400


def test_the_profile_saves_everything_at_once(log_in, case_officer):
    form = {"language": "en", "theme": "light", "density": "compact", "digest_on": "on"}
    client = log_in(case_officer)
    assert client.post("/me/", form)["Location"] == "/me/"
    kept = Officer.objects.get(pk=case_officer.pk)
    assert (kept.language, kept.mail_on, kept.digest_on, kept.hotkeys_on) == ("en", False, True, False)
    assert "Your settings are saved." in client.get("/me/").content.decode()


def test_one_officer_s_settings_are_not_another_s(log_in, case_officer, outsider):
    log_in(case_officer).post("/me/preferences/", {"theme": "dark"})
    assert Officer.objects.get(pk=outsider.pk).theme == "auto"


def test_an_english_list_of_one_row_counts_one(log_in, case_officer, head):
    client = log_in(case_officer)
    Officer.objects.filter(pk=case_officer.pk).update(language="en")

    def counted(query: str) -> str:
        page = client.get(f"/officers/?{query}").content.decode()
        return page.partition('<span class="page-count">')[2].partition("</span>")[0]

    assert counted(f"q={case_officer.username}") == "1 officer"
    assert counted("q=nobodyiscalledso") == "0 officers"
    Officer.objects.filter(pk=case_officer.pk).update(language="zh-hans")
    assert counted(f"q={case_officer.username}") == "1 人"
