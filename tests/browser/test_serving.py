"""The served pages from outside: whom they answer, what they give away, and how they end."""

import http.client
import signal
import subprocess
import sys
from urllib.parse import urlsplit

import pytest
from playwright.sync_api import Page, expect

PATIENCE = 60


def answered(server: str, path: str, **headers: str) -> tuple[int, dict[str, str]]:
    """Return status and headers (in lower case) that a plain request gets."""
    connection = http.client.HTTPConnection(urlsplit(server).netloc, timeout=PATIENCE)
    connection.request("GET", path, headers=headers)
    answer = connection.getresponse()
    answer.read()
    connection.close()
    return answer.status, {name.lower(): value for name, value in answer.getheaders()}


def test_the_first_page_is_served_with_a_policy_and_a_closed_cookie(server: str) -> None:
    status, headers = answered(server, "/")

    assert status == 200
    assert headers["content-security-policy"].startswith("default-src 'self'")
    assert "HttpOnly" in headers["set-cookie"]


@pytest.mark.parametrize(
    ("path", "status"),
    [
        ("/resourcez", 404),
        ("/_solara/cdn/nothing@1.0.0/index.js", 404),
        ("/static/assets/../../../../etc/passwd", 404),
        ("/readyz", 200),
    ],
)
def test_only_what_the_pages_need_is_given(server: str, path: str, status: int) -> None:
    assert answered(server, path)[0] == status


def test_another_name_is_not_answered(server: str) -> None:
    assert answered(server, "/", Host="evil.example")[0] == 421


def test_another_page_cannot_open_the_socket(server: str) -> None:
    status, _ = answered(
        server,
        "/jupyter/api/kernels/1/channels?session_id=1",
        Origin="http://evil.example",
        Connection="Upgrade",
        Upgrade="websocket",
        **{"Sec-WebSocket-Key": "AAAAAAAAAAAAAAAAAAAAAA==", "Sec-WebSocket-Version": "13"},
    )

    assert status == 403


def test_numbers_are_fetched_only_when_they_are_opened(app_page: Page, server: str) -> None:
    asked: list[str] = []
    app_page.on("request", lambda request: asked.append(urlsplit(request.url).path))
    app_page.goto(f"{server}/?years=5")
    expect(app_page.locator(".vk-pill")).to_have_attribute(
        "data-state", "ready", timeout=PATIENCE * 1000
    )
    assert not any(path.startswith("/data/") for path in asked)
    app_page.locator(".vk-numbers summary").click()

    expect(app_page.locator(".vk-numbers tbody tr")).to_have_count(6)
    assert any(path.endswith("/vsv_vo_expected.csv") for path in asked)
    assert not any("plotly" in path for path in asked)


def test_ctrl_c_ends_quietly_while_somebody_looks(page: Page) -> None:
    program = [sys.executable, "-m", "dashboards.serve", "--port", "0"]
    running = subprocess.Popen(
        program, stdout=subprocess.PIPE, stderr=subprocess.STDOUT, text=True, bufsize=1
    )
    try:
        assert running.stdout is not None
        address = next(line for line in running.stdout if line.startswith("http://")).strip()
        page.goto(f"{address}/?families=10000&years=20")
        expect(page.locator(".vk-pill")).to_be_visible(timeout=PATIENCE * 1000)
        running.send_signal(signal.SIGINT)
        rest, _ = running.communicate(timeout=PATIENCE)
    finally:
        running.kill()

    assert running.returncode == 0
    said = [line for line in rest.split("\n") if line and not line.startswith("Open a room")]
    assert said == []
