#!/usr/bin/env python3
"""Holds the release build to linear growth: each kind of document at n, 2n and 4n, by processor time
(which other work on the machine hardly changes) and by peak memory. Prints a table; ends with
status 1 where doubling costs far more than double.

usage: .ci/growth.py [--dossier target/release/dossier] [--only rows]
"""

import argparse
import os
import pathlib
import subprocess
import sys
import tempfile

ROOT = pathlib.Path(__file__).resolve().parent.parent

# Twice is linear. Sorting and the pages' tree add a little; four times would be quadratic. What a
# process costs by itself is measured and taken off.
MOST_TIME = 2.6
# Lists double when they are full, so a step in memory may fall on one side of a measurement.
MOST_MEMORY = 2.6
# A busy machine can slow down one run; so often it is tried again, and the best counts.
ATTEMPTS = 4

WORDS = "mission court police advice report month office region minister partner agreed".split()
HEAD = (
    '<!DOCTYPE html><html lang="en"><head><title>Growth</title><style>'
    "body { font: 9pt 'Liberation Sans' } td, th { border: 0.5pt solid #888 }"
    '@page { size: A4; @bottom-right { content: counter(page) " of " counter(pages) } }'
    "</style></head><body>"
)


def text(number, count):
    return " ".join(WORDS[(number * 7 + word * word) % len(WORDS)] for word in range(count))


def rows(count):
    cells = lambda row: "".join(f"<td>{text(row + cell, 2)} {row}</td>" for cell in range(5))
    body = "".join(f"<tr>{cells(row)}</tr>\n" for row in range(count))
    head = "".join(f'<th scope="col">{name}</th>' for name in ("a", "b", "c", "d", "e"))
    return f"{HEAD}<h1>Rows</h1><table><thead><tr>{head}</tr></thead><tbody>{body}</tbody></table>"


def paragraphs(count):
    return HEAD + "<h1>Paragraphs</h1>" + "".join(f"<p>{text(n, 40)}.</p>\n" for n in range(count))


def inline(count):
    """One paragraph of so many inline elements."""
    parts = ("<b>{}</b> ", "<i>{}</i> ", "<span>{}</span> ", '<a href="https://example.org">{}</a> ')
    body = "".join(parts[n % len(parts)].format(text(n, 3)) for n in range(count))
    return f"{HEAD}<h1>Inline</h1><p>{body}</p>"


def sections(count):
    """Headings, links to them, footnotes: what is looked up through the document."""
    contents = "".join(f'<li><a href="#s{n}">Section {n}</a></li>' for n in range(count))
    body = "".join(f'<h2 id="s{n}">Section {n}</h2><p>{text(n, 30)}.</p>\n' for n in range(count))
    return f"{HEAD}<h1>Sections</h1><ul>{contents}</ul>{body}"


def certificate(number):
    return f"{HEAD}<h1>Certificate {number}</h1><p>{text(number, 12)}</p>"


DOCUMENTS = {
    "rows": (rows, 5_000),
    "paragraphs": (paragraphs, 2_000),
    "inline": (inline, 12_000),
    "sections": (sections, 2_000),
}


def measured(command):
    """Processor seconds and peak MiB of one run."""
    process = subprocess.Popen(command, stdout=subprocess.DEVNULL, stderr=subprocess.PIPE)
    error = process.stderr.read()
    _, status, usage = os.wait4(process.pid, 0)
    if status != 0:
        sys.exit(f"failed: {' '.join(map(str, command))}\n{error.decode(errors='replace')}")
    return usage.ru_utime + usage.ru_stime, usage.ru_maxrss / 1024


def growth(dossier, folder, make_files, count):
    """Seconds and memory at count, 2 count and 4 count, without those of a process that does
    nothing to speak of."""
    empty = folder / "empty.html"
    empty.write_text(f"{HEAD}<h1>Empty</h1>", encoding="utf-8")
    commands = [[dossier, "render", empty, "-o", folder / "empty.pdf"]]
    for times in (1, 2, 4):
        commands.append([dossier, "render", *make_files(count * times)])
    runs = [min((measured(command) for command in commands[:1] * 2))]
    runs += [measured(command) for command in commands[1:]]
    base = runs[0]
    return [(seconds - base[0], memory - base[1]) for seconds, memory in runs[1:]]


def main():
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--dossier", type=pathlib.Path, default=ROOT / "target/release/dossier")
    parser.add_argument("--only", default="")
    options = parser.parse_args()
    dossier = options.dossier.resolve()
    failed = False
    with tempfile.TemporaryDirectory() as name:
        folder = pathlib.Path(name)

        def one_file(make):
            def files(count):
                file = folder / f"{count}.html"
                file.write_text(make(count), encoding="utf-8")
                return [file, "-o", folder / f"{count}.pdf"]

            return files

        def many_files(count):
            many = folder / f"certificates-{count}"
            many.mkdir(exist_ok=True)
            for number in range(count):
                file = many / f"{number}.html"
                file.write_text(certificate(number), encoding="utf-8")
            return [*sorted(many.glob("*.html")), "-o", many / "out"]

        kinds = {kind: (one_file(make), count) for kind, (make, count) in DOCUMENTS.items()}
        kinds["certificates"] = (many_files, 250)
        print(f"{'':14}{'n':>7}  {'seconds at n, 2n, 4n':26}{'MiB':>16}   growth")
        for kind, (files, count) in kinds.items():
            if options.only not in kind:
                continue
            best = None
            for _ in range(ATTEMPTS):
                found = growth(dossier, folder, files, count)
                (s1, m1), (_, _), (s4, m4) = found
                # Over two doublings, which evens out a single slow run.
                ratios = ((s4 / s1) ** 0.5, max(m4 / max(m1, 1), 1) ** 0.5)
                if best is None or ratios < best[0]:
                    best = (ratios, found)
                if best[0][0] <= MOST_TIME and best[0][1] <= MOST_MEMORY:
                    break
            (time, memory), found = best
            bad = time > MOST_TIME or memory > MOST_MEMORY
            failed |= bad
            seconds = "  ".join(f"{seconds:6.3f}" for seconds, _ in found)
            mib = " ".join(f"{memory:4.0f}" for _, memory in found)
            print(
                f"{kind:14}{count:7}  {seconds:26}{mib:>16}   {time:.2f} {memory:.2f}"
                f"{'  TOO MUCH' if bad else ''}",
                flush=True,
            )
    sys.exit(1 if failed else 0)


if __name__ == "__main__":
    main()
