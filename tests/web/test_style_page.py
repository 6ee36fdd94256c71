import re
from html.parser import HTMLParser

import pytest
from django.http import Http404
from django.test import RequestFactory

from muster.web.views import style


class Reader(HTMLParser):
    """Collects ids, labels and controls."""

    def __init__(self):
        super().__init__()
        self.ids, self.labels, self.controls, self.named = [], set(), [], set()

    def handle_starttag(self, tag, attrs):
        values = dict(attrs)
        if "id" in values:
            self.ids.append(values["id"])
        if tag == "label":
            self.labels.add(values.get("for"))
        if tag in {"input", "select", "textarea"} and values.get("type") != "hidden":
            self.controls.append(values)


@pytest.fixture
def page(settings):
    settings.DEBUG = True
    return style(RequestFactory().get("/style")).content.decode()


def test_the_style_page_exists_only_while_debugging(settings):
    settings.DEBUG = False
    with pytest.raises(Http404):
        style(RequestFactory().get("/style"))


def test_every_control_has_a_label(page):
    reader = Reader()
    reader.feed(page)
    bare = [
        c for c in reader.controls if c.get("id") not in reader.labels and "aria-label" not in c
    ]
    assert bare == []


def test_no_id_stands_twice(page):
    reader = Reader()
    reader.feed(page)
    assert len(reader.ids) == len(set(reader.ids))


def test_the_error_summary_leads_to_the_fields(page):
    summary = page[page.index("m-errors") : page.index("m-fields")]
    targets = re.findall(r'href="#([^"]+)"', summary)
    assert targets == ["id_name", "id_identity", "id_service"]
    assert all(f'id="{target}"' in page for target in targets)


def test_a_wrong_field_names_its_error_for_screen_readers(page):
    field = re.search(r'<input[^>]*name="identity"[^>]*>', page).group()
    assert 'aria-invalid="true"' in field and "id_identity_error" in field
    assert 'id="id_identity_error"' in page


def test_no_template_code_reaches_the_reader(page):
    assert not re.search(r"\{%|\{\{|<c-|</c-|c-vars", page)


def test_the_page_keeps_the_content_policy(page):
    assert not re.search(
        r"<script(?![^>]*src=)|<style|\sstyle=|\son\w+=|https?://(?!www\.w3)", page
    )


def test_masked_columns_never_carry_the_full_number(page):
    assert not re.search(r"000000\d{12}(?!34)", page.replace("000000199001011234", ""))


def test_the_words_of_a_page_are_in_its_language(page):
    assert '<html lang="zh-Hans">' in page
