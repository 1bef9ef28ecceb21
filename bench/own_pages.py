"""What the equations' own pages take to make, for which the usual tools have no counterpart: prints the seconds of the processor, both languages together."""

from __future__ import annotations

import time
from pathlib import Path

import yaml

from derivations.publish.edition import Edition
from derivations.publish.temml import Temml
from derivations.publish.words import LANGUAGES

ROOT = Path(__file__).resolve().parent.parent


def main() -> None:
    """Make them in the site that was built, as if for the first time."""
    navigation = yaml.safe_load((ROOT / "mkdocs.yml").read_text(encoding="utf-8"))["nav"]
    seconds = 0.0
    for language in LANGUAGES:
        edition = Edition.begin(ROOT, language, navigation, None)
        (ROOT / "build" / f"equation-pages-{language}.json").unlink()
        with Temml(ROOT, ROOT / "build" / f"temml-{language}.json") as temml:
            begun = time.process_time()
            edition.write_equations(ROOT / "site" / language, [page for page, _ in edition.equations(temml, [])])
            seconds += time.process_time() - begun
    print(seconds)


if __name__ == "__main__":
    main()
