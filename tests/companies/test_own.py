"""«Моя компания»: details, pictures, look, and the letterhead made of them."""

from __future__ import annotations

from io import BytesIO
from typing import Any

import pytest
from PIL import Image

from companies.models import OwnFirm
from companies.queries import (
    DEFAULT_ACCENT,
    letterhead,
    look,
    own_details,
)
from tenants.kit import clock
from tenants.office.models import AuditEvent, File
from tests.companies.conftest import png, upload
from tests.kit.test_uploads import bomb
from tests.world import Cast

DETAILS = {
    "name": "Alpha",
    "full_name": "ОсОО «Альфа»",
    "address": "Бишкек",
    "director": "Асанов",
    "inn": "02705201910356",
    "country": "KG",
    "invoice_terms_days": "5",
    "phone": "+996555000001",
    "bank": "Банк",
    "account": "1240020001066497",
    "bik": "124001",
}


def test_details_end_the_first_step_and_are_audited(in_alpha: Cast, browse: Any) -> None:
    head = browse(in_alpha)
    assert head.post("/my-company/", DETAILS).status_code == 302
    own = own_details()
    assert (
        own.full_name,
        own.invoice_terms_days,
        own.details_at is None,
    ) == ("ОсОО «Альфа»", 5, False)
    assert AuditEvent.objects.get(action="own.details").after["inn"] == DETAILS["inn"]
    assert browse(in_alpha, "dispatcher").post("/my-company/", DETAILS).status_code == 403
    assert head.post("/my-company/", DETAILS | {"invoice_terms_days": "9999"}).status_code == 422


@pytest.mark.parametrize(
    ("name", "content"),
    [
        ("logo.svg", b'<svg xmlns="http://www.w3.org/2000/svg"/>'),
        ("logo.png", bomb()),
        ("logo.png", b"<script>alert(1)</script>"),
    ],
)
def test_svg_and_bombs_are_refused_at_the_field(
    in_alpha: Cast, browse: Any, name: str, content: bytes
) -> None:
    answer = browse(in_alpha).post(
        "/my-company/images/logo/save/",
        {"logo-picture": upload(content, name)},
    )
    page = answer.content.decode()
    assert answer.status_code == 422 and page.count('id="id_logo-picture-error"') == 1
    assert not File.objects.exists() and not OwnFirm.objects.exclude(logo_file_id=None).exists()


def test_pictures_are_written_anew_and_shown_to_whom_they_may(in_alpha: Cast, browse: Any) -> None:
    head = browse(in_alpha)
    for kind in ("logo", "signature", "stamp"):
        picture = upload(png(1300), "evil name.png")
        assert (
            head.post(
                f"/my-company/images/{kind}/save/",
                {f"{kind}-picture": picture},
            ).status_code
            == 302
        )
        answer = head.get(f"/my-company/images/{kind}/")
        assert (
            answer["Content-Type"],
            answer["X-Content-Type-Options"],
        ) == ("image/png", "nosniff")
        assert "private" in answer["Cache-Control"] and Image.open(
            BytesIO(answer.content)
        ).size == (1200, 1200)
        assert (
            head.get(
                f"/my-company/images/{kind}/",
                headers={"If-None-Match": answer["ETag"]},
            ).status_code
            == 304
        )
    assert browse(in_alpha, "client").get("/my-company/images/logo/").status_code == 200
    assert look().logo_url.startswith("/my-company/images/logo/?v=")
    for kind in ("signature", "stamp"):
        assert browse(in_alpha, "client").get(f"/my-company/images/{kind}/").status_code == 404
        assert browse(in_alpha, "dispatcher").get(f"/my-company/images/{kind}/").status_code == 403
    assert (
        browse(in_alpha, "dispatcher")
        .post("/my-company/images/logo/save/", {"remove": "1"})
        .status_code
        == 403
    )
    assert head.post("/my-company/images/stamp/save/", {"remove": "1"}).status_code == 302
    assert own_details().stamp_file_id is None
    assert head.get("/my-company/images/evil/").status_code == 404


def test_beta_gets_its_own_logo_and_not_alpha_s(alpha: Cast, beta: Cast, browse: Any) -> None:
    browse(alpha).post("/my-company/images/logo/save/", {"logo-picture": upload()})
    assert browse(beta).get("/my-company/images/logo/").status_code == 404


def test_letterhead_carries_it_all(in_alpha: Cast, browse: Any) -> None:
    assert letterhead().accent == DEFAULT_ACCENT and letterhead().pictures() == {}
    head = browse(in_alpha)
    head.post("/my-company/", DETAILS)
    for kind in ("logo", "signature", "stamp"):
        head.post(
            f"/my-company/images/{kind}/save/",
            {f"{kind}-picture": upload()},
        )
    look = {
        "accent": "#aa0011",
        "footer_note": "Спасибо",
        "own_terms": "Первое\n\n Второе ",
    }
    assert head.post("/my-company/look/", look).status_code == 302
    heading = letterhead()
    assert (heading.own.name, heading.own.tax_id, heading.own.bank_code) == (
        "ОсОО «Альфа»",
        DETAILS["inn"],
        "124001",
    )
    assert (heading.accent, heading.footer, heading.terms) == (
        "#aa0011",
        "Спасибо",
        ("Первое", "Второе"),
    )
    assert set(heading.pictures()) == {"logo", "signature", "stamp"}
    assert set(letterhead(with_signature=False).pictures()) == {"logo"}


@pytest.mark.parametrize(
    "accent",
    [
        "red",
        "#12345",
        "#1234567",
        "#ABCDEF",
        "#12345g",
        "#fff;}",
        "url(x)",
        "#aaaaaa\n",
    ],
)
def test_accent_is_a_colour_and_nothing_else(in_alpha: Cast, browse: Any, accent: str) -> None:
    browse(in_alpha).post(
        "/my-company/look/",
        {"accent": accent, "footer_note": "", "own_terms": ""},
    )
    assert own_details().accent in ("", "#aaaaaa")


def test_preview_shows_what_is_typed_and_keeps_nothing(in_alpha: Cast, browse: Any) -> None:
    form = {
        "accent": "#aa0011",
        "footer_note": "<b>Спасибо",
        "own_terms": "Первое",
    }
    page = browse(in_alpha).post("/my-company/look/preview/", form).content.decode()
    assert 'fill="#aa0011"' in page and "&lt;b&gt;Спасибо" in page and "Первое" in page
    assert (
        'fill="#1f4e79"'
        in browse(in_alpha)
        .post("/my-company/look/preview/", form | {"accent": '"/>'})
        .content.decode()
    )
    assert own_details().footer_note == ""
    assert browse(in_alpha, "dispatcher").post("/my-company/look/preview/", form).status_code == 403


def test_help_contacts_are_the_own_reseller_s(alpha: Cast, beta: Cast, browse: Any) -> None:
    from tenants.context import GATE, inside
    from tenants.platform.models import Reseller

    form = {
        "support_email": "help@alpha.test",
        "support_line": "@alpha",
    }
    assert browse(alpha).post("/my-company/support/", form).status_code == 302
    with inside(GATE):
        addresses = dict(Reseller.objects.values_list("slug", "support_email"))
    assert addresses == {"alpha": "help@alpha.test", "beta": ""}
    assert browse(alpha).post("/my-company/support/", {"support_email": "x"}).status_code == 422


def test_invitation_shows_the_logo_while_it_lives(in_alpha: Cast, browse: Any) -> None:

    from companies import invites

    head = browse(in_alpha)
    now = clock.now()
    head.post("/my-company/images/logo/save/", {"logo-picture": upload()})
    done = invites.invite(
        kind="client",
        name="N",
        full_name="N",
        email="n@n.test",
        phone="",
        language="ru",
        by=in_alpha.actor(),
        at=now,
    )
    path = "/invitations/" + done.link.split("/invitations/")[1]
    assert f"{path}logo/" in browse().get(path).content.decode()
    assert browse().get(f"{path}logo/")["Content-Type"] == "image/png"
    invites.revoke(company=done.company, by=in_alpha.actor(), at=now)
    assert browse().get(f"{path}logo/").status_code == 404


def test_time_zone_is_the_own_reseller_s(alpha: Cast, beta: Cast, browse: Any) -> None:
    from tenants.context import GATE, inside
    from tenants.platform.models import Reseller

    head = browse(alpha)
    assert "Екатеринбург (UTC+0500)" in head.get("/my-company/zone/").content.decode()
    assert (
        head.post("/my-company/zone/", {"time_zone": "Asia/Almaty", "currency": "KGS"}).status_code
        == 302
    )
    assert head.post("/my-company/zone/", {"time_zone": "Mars/Base"}).status_code == 422
    dispatcher = browse(alpha, "dispatcher")
    assert dispatcher.post("/my-company/zone/", {"time_zone": "Asia/Omsk"}).status_code == 403
    with inside(GATE):
        zones = dict(Reseller.objects.values_list("slug", "time_zone"))
    assert (zones["alpha"], zones["beta"]) == ("Asia/Almaty", beta.info.zone.key)
    with inside(alpha.scope):
        event = AuditEvent.objects.get(action="own.zone")
        assert event.after == {"time_zone": "Asia/Almaty"}
