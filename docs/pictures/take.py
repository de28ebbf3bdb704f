"""Takes the README's pictures: `make pictures`. The bundled articles, 1280 x 900, light theme."""

import sys
import tempfile
from pathlib import Path

ROOT = Path(__file__).resolve().parent.parent.parent
sys.path.insert(0, str(ROOT / "tests"))

from playwright.sync_api import sync_playwright  # noqa: E402
from support.chromium import FLAGS, find  # noqa: E402
from support.serving import served  # noqa: E402

PAINTED = "() => !!(window.conflictmap?.state?.painted && window.conflictmap.state.base)"
PICTURES = {
    "map": "?place=salma&from=2013-08-01&to=2013-08-31",
    "articles": "articles?article=worldtribune-alawites-flee",
    "places": "places?place=qusayr",
    "about": "about",
}


def main() -> None:
    """Write one PNG a screen beside this file."""
    with tempfile.TemporaryDirectory() as scratch, served(None, Path(scratch)) as address, sync_playwright() as playwright:
        browser = playwright.chromium.launch(executable_path=find(), args=FLAGS)
        page = browser.new_page(viewport={"width": 1280, "height": 900})
        for name, query in PICTURES.items():
            page.goto(address + query)
            if name == "about":
                page.wait_for_selector("table")
            else:
                frame = page.wait_for_selector("iframe").content_frame()
                assert frame
                frame.wait_for_function(PAINTED)
            page.wait_for_timeout(1500)
            page.screenshot(path=str(Path(__file__).parent / f"{name}.png"))
        browser.close()


if __name__ == "__main__":
    main()
