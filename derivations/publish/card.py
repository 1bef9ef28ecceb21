"""The picture that goes with a shared link: the site's name over its first figure, as a PNG, since those who show such pictures take no SVG."""

from __future__ import annotations

import hashlib
import html
import re
import tempfile
from pathlib import Path

from derivations.publish.chinese import chinese_font
from derivations.publish.fonts import mathematics, unwrapped
from derivations.publish.kept import keep, read_kept

NAME = "card.png"
WIDTH, HEIGHT = 1200, 630
COLOUR = re.compile(r"--(\w+): light-dark\((#[0-9a-f]{6})")
CARD = """<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 {width} {height}" font-family="'Source Serif 4', 'Noto Serif SC'" color="{ink}">
<rect width="{width}" height="{height}" fill="{paper}"/>
<text x="{middle}" y="96" font-size="54" text-anchor="middle" fill="{ink}">{title}</text>
<svg x="0" y="130" width="{width}" height="480" {figure}
</svg>"""


def card(root: Path, title: str, figure: str) -> bytes:
    """The picture, 1200 by 630, in the site's light colours. `figure`: an SVG of the plotter. Raises NotInstalled."""
    colours = dict(COLOUR.findall((root / "docs" / "theme" / "assets" / "book.css").read_text(encoding="utf-8")))
    drawn = re.sub(r"var\(--(\w+)\)", lambda found: colours[found[1]], figure.strip().removeprefix("<svg"))
    drawn = drawn.replace('font-family="inherit"', "").replace('fill="currentColor"', f'fill="{colours["ink"]}"', 1)
    svg = CARD.format(
        width=WIDTH,
        height=HEIGHT,
        middle=WIDTH // 2,
        title=html.escape(title),
        figure=drawn,
        ink=colours["ink"],
        paper=colours["paper"],
    )
    kept = root / "build" / "cards" / f"{hashlib.sha256(svg.encode()).hexdigest()[:20]}.png"
    return read_kept(kept) or keep(kept, _drawn(root, svg))


def _drawn(root: Path, svg: str) -> bytes:
    import resvg_py

    serif = root / "node_modules" / "@fontsource" / "source-serif-4" / "files" / "source-serif-4-latin-400-normal.woff2"
    with tempfile.TemporaryDirectory() as folder:
        fonts = [chinese_font(root, svg, 400)]
        for source in (serif, mathematics(root)):
            fonts.append(Path(folder) / f"{source.stem}.ttf")
            fonts[-1].write_bytes(unwrapped(source))
        return bytes(resvg_py.svg_to_bytes(svg_string=svg, width=WIDTH, skip_system_fonts=True, font_files=[str(each) for each in fonts]))  # fmt: skip
