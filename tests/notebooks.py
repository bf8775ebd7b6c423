"""Run the notebooks of docs/ and keep what they print: python tests/notebooks.py [--write] [NOTEBOOK...].

Each runs from its first cell in a fresh IPython in its own folder. With --write the outputs are stored in the file, without
anything that changes from run to run. A cell that raises ends the run with its traceback.
"""

from __future__ import annotations

import json
import os
import re
import sys
from pathlib import Path
from typing import Any

DOCS = Path(__file__).resolve().parent.parent / "docs"


def run(notebook: dict[str, Any], folder: Path) -> dict[str, Any]:
    """The notebook with the outputs of this run. Raises RuntimeError for the first cell that fails."""
    from IPython.core.interactiveshell import InteractiveShell

    os.chdir(folder)
    shell = InteractiveShell()
    shell.colors = "nocolor"
    cells = []
    number = 0
    for cell in notebook["cells"]:
        if cell["cell_type"] == "code":
            number += 1
            cell = cell | {"execution_count": number, "outputs": _outputs(shell, "".join(cell["source"]), number)}
        cells.append(cell)
    return notebook | {"cells": cells}


def _outputs(shell: Any, source: str, number: int) -> list[dict[str, Any]]:
    from IPython.utils.capture import capture_output

    results: list[Any] = []
    shell.display_trap.hook = results.append
    with capture_output() as captured:
        done = shell.run_cell(source, store_history=False)
    if not done.success:
        raise RuntimeError(f"cell {number} fails: {done.error_before_exec or done.error_in_exec!r}\n{source}")
    found: list[dict[str, Any]] = []
    if captured.stdout:
        found.append({"output_type": "stream", "name": "stdout", "text": _lines(captured.stdout)})
    for result in results:
        shown, _ = shell.display_formatter.format(result, include=("text/plain", "text/html"))
        data = {kind: _lines(text) for kind, text in sorted(shown.items())} if result is not None else {}
        if not data:
            continue
        found.append({"output_type": "execute_result", "execution_count": number, "metadata": {}, "data": data})
    return found


def _lines(text: str) -> list[str]:
    steady = re.sub(r" at 0x[0-9a-f]+", "", text)
    return steady.splitlines(keepends=True)


def main() -> None:
    write = "--write" in sys.argv
    files = [Path(name).resolve() for name in sys.argv[1:] if name != "--write"] or sorted(DOCS.glob("*.ipynb"))
    for file in files:
        done = run(json.loads(file.read_text("utf-8")), file.parent)
        if write:
            file.write_text(json.dumps(done, ensure_ascii=False, indent=1) + "\n", "utf-8")
        print(f"{file.name}: {sum(cell['cell_type'] == 'code' for cell in done['cells'])} cells ran")


if __name__ == "__main__":
    main()
