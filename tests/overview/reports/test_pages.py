"""Pages of reports, clicked through as a clerk does."""

from datetime import date
from urllib.parse import urlencode

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.test import Client

from muster.engines.documents import queries as papers
from muster.engines.documents.models import Document, OfficeTemplate
from muster.ground.jobs.models import Job
from muster.ground.rows.scope import acting
from tests.factories import OTHER_TOWN, TOWN, actor, desk, everything, signed_in
from tests.overview.indicators.town import Town, joins
from tests.overview.reports.test_issue_and_verify import altered

CHOICE = {"kind": "reorganisation_report", "division": TOWN, "year": "2026"}


@pytest.fixture
def clerk(town: Town, client: Client, settings: object) -> Client:
    settings.MUSTER_TODAY = "2026-05-20"  # type: ignore[attr-defined]
    signed_in(client, desk("township_armed_head"))
    return client


def only_document() -> Document:
    with everything():
        return Document.objects.get()  # type: ignore[no-any-return]


def drafted(client: Client) -> Document:
    answer = client.post("/report/new", CHOICE | {"issuer": "青溪镇人民武装部", "agency": "青武"})
    assert answer.status_code == 302, answer.content.decode()
    return only_document()


def issued(client: Client) -> tuple[Document, bytes]:
    paper = drafted(client)
    assert client.post(f"/report/{paper.pk}/issue").status_code == 302
    return only_document(), client.get(f"/report/{paper.pk}/document.docx").content


def test_the_preview_says_what_is_present_and_what_is_left_out(clerk: Client) -> None:
    page = clerk.get("/report/new?" + urlencode(CHOICE)).content.decode()

    assert "集合点验情况" in page and "会写进文件" in page
    assert "没有记录，略去" in page
    assert "<strong>20</strong>" in page


def test_a_draft_is_issued_numbered_and_downloaded(clerk: Client) -> None:
    paper, body = issued(clerk)

    assert (paper.state, paper.number) == ("issued", "青武〔2026〕1号")
    assert body.startswith(b"PK")
    page = clerk.get(f"/report/{paper.pk}").content.decode()
    assert "全部数字与现在的记录一致" in page and "编组总数" in page


def test_the_page_of_an_issued_document_names_what_changed_since(
    clerk: Client, town: Town, settings: object
) -> None:
    paper, _body = issued(clerk)
    joins(town.emergency, 1, on=date(2026, 5, 19))

    page = clerk.get(f"/report/{paper.pk}").content.decode()

    assert "印发后记录有变化" in page


def test_each_figure_of_the_document_opens_its_records(clerk: Client) -> None:
    paper, _body = issued(clerk)
    with everything():
        figure = next(f.figure for f in papers.figures_of(paper) if f.figure.code == "I-03")

    page = clerk.get(f"/indicator/figure/{figure.pk}").content.decode()
    workbook = clerk.get(f"/indicator/figure/{figure.pk}/records.xlsx")

    assert page.count("仍计入") == 6 and "青溪镇应急排" in page
    assert workbook.content.startswith(b"PK")


def test_verifying_an_uploaded_file_says_in_words_what_was_changed(clerk: Client) -> None:
    _paper, body = issued(clerk)
    forged = SimpleUploadedFile("报告.docx", altered(body, ">20<", ">25<"))

    page = clerk.post("/report/verify", {"file": forged}).content.decode()

    assert "数字被改动" in page and "“25”" in page and "编组总数" in page


def test_an_issued_document_cannot_be_changed_or_issued_again(clerk: Client) -> None:
    paper, _body = issued(clerk)

    assert clerk.post(f"/report/{paper.pk}/issue").status_code == 409
    assert clerk.post(f"/report/{paper.pk}/change", {"issuer": "别处"}).status_code == 409


def test_another_township_does_not_see_the_document(clerk: Client) -> None:
    paper, _body = issued(clerk)
    other = Client()
    signed_in(other, desk("township_armed_head", OTHER_TOWN))

    for path in (f"/report/{paper.pk}", f"/report/{paper.pk}/document.docx"):
        assert other.get(path).status_code == 404


def test_who_may_not_issue_reads_but_does_not_draft(clerk: Client) -> None:
    paper, _body = issued(clerk)
    mayor = Client()
    signed_in(mayor, desk("township_mayor"))

    assert mayor.get("/report/new").status_code == 403
    assert mayor.post(f"/report/{paper.pk}/drop").status_code == 403


def test_a_secretary_issues_with_his_own_rights(clerk: Client) -> None:
    secretary = Client()
    signed_in(secretary, desk("township_secretary"))

    paper, body = issued(secretary)

    assert paper.state == "issued" and body.startswith(b"PK")


def test_an_edited_template_is_used_and_the_original_restored(clerk: Client) -> None:
    with acting(actor("township_armed_head")):
        kind = papers.kind("reorganisation_report")
    edited = altered(papers.original_template(kind), "特此报告。", "特此报告，请审阅。")
    url = "/report/template/reorganisation_report"

    answer = clerk.post(f"{url}/upload", {"file": SimpleUploadedFile("改.docx", edited)})
    assert answer.status_code == 302
    with acting(actor("township_armed_head")):
        assert papers.template_of(kind, TOWN) == edited
    assert clerk.post(f"{url}/restore").status_code == 302
    with acting(actor("township_armed_head")):
        assert papers.template_of(kind, TOWN) == papers.original_template(kind)


def test_a_template_with_an_unknown_name_is_refused_in_words(clerk: Client) -> None:
    kind = papers.kind("reorganisation_report")
    broken = altered(papers.original_template(kind), "{{ place }}", "{{ plaec }}")
    url = "/report/template/reorganisation_report/upload"

    answer = clerk.post(url, {"file": SimpleUploadedFile("改.docx", broken)})

    assert answer.status_code == 400 and "plaec" in answer.content.decode()
    with everything():
        assert not OfficeTemplate.objects.exists()


def test_a_pdf_is_made_at_once_where_the_post_leaves_no_work_behind(clerk: Client) -> None:
    secretary = Client()
    signed_in(secretary, desk("township_secretary"))
    paper, _body = issued(secretary)

    assert secretary.post(f"/report/{paper.pk}/pdf").status_code == 302
    assert secretary.get(f"/report/{paper.pk}/document.pdf").content.startswith(b"%PDF")


def test_a_pdf_is_otherwise_asked_for_as_work_that_is_watched(clerk: Client) -> None:
    paper, _body = issued(clerk)

    answer = clerk.post(f"/report/{paper.pk}/pdf")

    assert answer.headers["Location"].endswith("/pdf/progress")
    assert "正在转换成 PDF" in clerk.get(answer.headers["Location"]).content.decode()
    with everything():
        assert Job.objects.get(kind="documents.pdf").parameters == {"document": str(paper.pk)}
