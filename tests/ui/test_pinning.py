"""The point of an address on the map: pressed, dragged, moved by keys, typed; on a phone as well."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any

import pytest

from tenants.kit.edge import points
from tenants.kit.geo import Point, haversine_km
from tests.ui.small_pages import Site, page, serving

pytestmark = [pytest.mark.browser]

LIBRARIES = """<script data-libraries nonce="kit"
  data-leaflet="/static/vendor/leaflet/leaflet.js" data-leaflet-css="/static/vendor/leaflet/leaflet.css"
  data-countries="/static/map/countries.geojson" data-cities="/static/map/cities.json" data-tiles=""></script>
  <link rel="stylesheet" href="/static/css/charts.css" data-own-style>"""
FORM = """<main><form method="post" action="/addresses/">
  <input name="place" data-pick-url="/towns?q=" value="{place}">
  <input name="point" value="{point}">
  <div data-pin="point" data-pin-place="place" data-pin-name="The point" hidden>
    <div class="map-box"><div class="map" data-map></div><script
      type="application/json">{{}}</script></div>
  </div></form></main>"""
OSH = Point(40.53, 72.8)
GATE = Point(42.8746, 74.5698)
PHONE = {"width": 390, "height": 844}


@pytest.fixture(scope="module")
def small_site(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Site]:
    with serving(tmp_path_factory.mktemp("pin")) as site:
        for name, place, point in (("new", "Ош", ""), ("old", "Бишкек", points.written(GATE))):
            html = page("en", FORM.format(place=place, point=point), "pinning")
            site.pages[f"/{name}"] = html.replace("<script", LIBRARIES + "<script", 1)
        yield site


@pytest.fixture(params=[{"width": 1440, "height": 900}, PHONE], ids=["wide", "phone"])
def tab(browser: Any, small_site: Site, request: Any) -> Iterator[Any]:
    own = browser.new_page(viewport=request.param)
    towns = [{"value": "Ош", "exact": True, "point": points.written(OSH)}]
    own.route("**/towns?q=*", lambda route: route.fulfill(json=towns))
    yield own
    own.close()


def opened(tab: Any, site: Site, name: str) -> Any:
    tab.goto(f"{site.url}/{name}")
    tab.locator(".map canvas").first.wait_for()
    return tab.locator(".map")


def typed(tab: Any) -> Point:
    tab.wait_for_function("() => document.querySelector('[name=point]').value")
    point = points.read(tab.locator("[name=point]").input_value())
    assert point is not None
    return point


def test_a_press_on_the_map_writes_the_point_near_the_town(tab: Any, small_site: Site) -> None:
    board = opened(tab, small_site, "new")
    tab.wait_for_timeout(500)  # the town is looked up, the map moves there
    assert tab.locator(".map-pin").count() == 0
    board.click(position={"x": 150, "y": 150})
    assert haversine_km(typed(tab), OSH) < 300
    assert tab.locator(".map-pin").count() == 1
    assert tab.evaluate("document.documentElement.scrollWidth <= innerWidth")


def test_the_mark_is_dragged(tab: Any, small_site: Site) -> None:
    opened(tab, small_site, "old")
    mark = tab.locator(".map-pin")
    box = mark.bounding_box()
    assert typed(tab) == GATE and box
    x, y = box["x"] + box["width"] / 2, box["y"] + box["height"] / 2
    tab.mouse.move(x, y)
    tab.mouse.down()
    tab.mouse.move(x + 60, y, steps=5)
    tab.mouse.up()
    tab.wait_for_function(
        f"() => document.querySelector('[name=point]').value !== '{points.written(GATE)}'"
    )
    moved = typed(tab)
    assert moved.lon > GATE.lon and abs(moved.lat - GATE.lat) < 0.05


def test_keys_put_the_mark_and_move_it(tab: Any, small_site: Site) -> None:
    board = opened(tab, small_site, "new")
    tab.wait_for_timeout(500)
    board.focus()
    tab.keyboard.press("Enter")
    first = typed(tab)
    assert tab.evaluate("document.activeElement.className").find("map-pin") >= 0
    tab.keyboard.press("ArrowUp")
    tab.keyboard.press("ArrowRight")
    after = typed(tab)
    assert after.lat > first.lat and after.lon > first.lon
    assert tab.evaluate("document.activeElement.getAttribute('aria-label')") == "The point"


def test_what_is_typed_moves_the_mark_and_an_empty_field_takes_it_away(
    tab: Any, small_site: Site
) -> None:
    opened(tab, small_site, "old")
    field = tab.locator("[name=point]")
    field.fill("no point")
    field.press("Tab")
    assert tab.locator(".map-pin").count() == 0
    field.fill(points.written(OSH))
    field.press("Tab")
    tab.locator(".map-pin").wait_for()
    assert typed(tab) == OSH
    field.fill("")
    field.press("Tab")
    tab.locator(".map-pin").wait_for(state="detached")


def test_without_a_script_the_typed_field_stands_alone(browser: Any, small_site: Site) -> None:
    tab = browser.new_page(java_script_enabled=False)
    tab.goto(f"{small_site.url}/new")
    assert tab.locator("[name=point]").is_visible()
    assert not tab.locator("[data-pin]").is_visible()
    tab.close()
