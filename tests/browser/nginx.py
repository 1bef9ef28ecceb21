"""Debian's nginx, with the rules that the site asks for, on a port of this machine and in a folder of its own."""

from __future__ import annotations

import os
import shutil
import socket
import subprocess
import time
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

from derivations.publish.hosting import NGINX

HOW_TO_INSTALL = "no nginx on this machine: install the Debian package `nginx-light` (apt-get install nginx-light)"
TYPES = Path("/etc/nginx/mime.types")
CONFIGURATION = """\
daemon off;
{user}pid nginx.pid;
error_log error.log;
events {{}}
http {{
  include {types};
  default_type application/octet-stream;
  access_log off;
  client_body_temp_path temporary; proxy_temp_path temporary; fastcgi_temp_path temporary; uwsgi_temp_path temporary; scgi_temp_path temporary;
  server {{
    listen 127.0.0.1:{port};
    root {root};
    include {rules};
  }}
}}
"""


def find_nginx() -> str | None:
    """The path of nginx, which users other than root do not have on theirs."""
    path = os.pathsep.join([os.environ.get("PATH", ""), "/usr/sbin", "/usr/local/sbin"])
    return shutil.which("nginx", path=path) if TYPES.is_file() else None


@contextmanager
def serving(root: Path, under: str, workplace: Path) -> Iterator[str]:
    """Serves the site that lies at `under` in the folder `root`, and gives its address. Raises FileNotFoundError, which says what to install."""
    program = find_nginx()
    if program is None:
        raise FileNotFoundError(HOW_TO_INSTALL)
    with socket.socket() as free:
        free.bind(("127.0.0.1", 0))
        port = free.getsockname()[1]
    configuration = workplace / "nginx.conf"
    configuration.write_text(
        CONFIGURATION.format(
            user="user root;\n" if hasattr(os, "geteuid") and os.geteuid() == 0 else "",
            types=TYPES,
            port=port,
            root=root,
            rules=root / under.strip("/") / NGINX,
        ),
        encoding="utf-8",
    )
    (workplace / "temporary").mkdir()
    running = subprocess.Popen(
        [program, "-p", str(workplace), "-e", "error.log", "-c", str(configuration)],
        stderr=subprocess.PIPE,
        text=True,
    )
    try:
        _until_it_answers(running, port)
        yield f"http://127.0.0.1:{port}{under}"
    finally:
        running.terminate()
        running.communicate(timeout=20)


def _until_it_answers(running: subprocess.Popen[str], port: int) -> None:
    end = time.monotonic() + 20
    while time.monotonic() < end:
        if running.poll() is not None:
            raise RuntimeError(f"nginx ended at once: {running.communicate()[1]}")
        with socket.socket() as asking:
            if asking.connect_ex(("127.0.0.1", port)) == 0:
                return
        time.sleep(0.05)
    raise TimeoutError("nginx does not answer")
