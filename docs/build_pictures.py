"""Makes the pictures of the documents: the report of the demo, as a browser shows it.

python docs/build_pictures.py       # needs Chromium (Debian: apt-get install chromium)
"""

import shutil
import subprocess
import sys
import tempfile
from pathlib import Path

PICTURES = Path(__file__).parent / "pictures"


def main() -> None:
    """Run the demo and photograph the head of its report."""
    browser = shutil.which("chromium") or shutil.which("chromium-browser") or shutil.which("google-chrome")
    if browser is None:
        sys.exit("no Chromium found; install it first")
    PICTURES.mkdir(exist_ok=True)
    with tempfile.TemporaryDirectory() as folder:
        subprocess.run([sys.executable, "-m", "hardseek", "run", "--out", f"{folder}/demo"], check=True)
        subprocess.run(
            [
                browser, "--headless", "--no-sandbox", "--disable-gpu", "--no-first-run", "--hide-scrollbars",
                "--disable-background-networking", "--disable-sync", f"--user-data-dir={folder}/profile",
                "--window-size=1200,1560", f"--screenshot={PICTURES / 'demo-report.png'}",
                f"file://{folder}/demo/report.html",
            ],
            check=True, capture_output=True,
        )  # fmt: skip


if __name__ == "__main__":
    main()
