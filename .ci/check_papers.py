#!/usr/bin/env python3
"""Checks every PDF below a folder with qpdf, poppler and outloud, and fails on any finding that
the list of explained findings does not name.

A line of the list is `RULE  FILE-PATTERN  why the tool is wrong there, by the clause`.
"""

import argparse
import concurrent.futures
import fnmatch
import json
import os
import pathlib
import subprocess
import sys


# So many papers in one run of outloud.
BATCH = 25


def run(*command):
    done = subprocess.run(command, capture_output=True, text=True, errors="replace")
    return done.returncode, done.stdout, done.stderr


def explained(path):
    entries = []
    for line in path.read_text(encoding="utf-8").splitlines():
        if line.strip() and not line.startswith("#"):
            rule, pattern, why = line.split(None, 2)
            entries.append((rule, pattern, why))
    return entries


def check(pdf, name, heard, known, used):
    faults = []
    status, out, err = run("qpdf", "--check", str(pdf))
    if status != 0:
        faults.append(f"qpdf: {(out + err).strip().splitlines()[-1]}")

    status, out, err = run("pdfinfo", "-struct-text", str(pdf))
    if status != 0 or err.strip():
        faults.append(f"pdfinfo -struct-text: {err.strip() or status}")
    if not out.lstrip().startswith("Document"):
        faults.append("pdfinfo -struct-text: the structure tree does not start with a Document")

    status, out, err = run("pdftotext", str(pdf), "-")
    if status != 0 or err.strip():
        faults.append(f"pdftotext: {err.strip() or status}")
    if not out.strip() or "\ufffd" in out:
        faults.append("pdftotext: no text, or letters without a meaning")

    if "error" in heard:
        return faults + [f"outloud: {heard['error']}"]
    for finding in heard["findings"]:
        if finding.get("severity") == "info":
            continue
        rule = finding.get("rule")
        match = next((k for k in known if k[0] == rule and fnmatch.fnmatch(name, k[1])), None)
        if match:
            used.add(match)
        else:
            faults.append(f"outloud {rule}: {finding.get('message')}")
    return faults


def hear(outloud, pdfs):
    """What outloud says of each PDF. Many in one run, since starting it takes longer than a paper."""
    command = [outloud, *map(str, pdfs), "--layer", "conformance", "--json", "-", "--fail-on", "never"]
    status, out, err = run(*command)
    try:
        results = json.loads(out)["results"]
    except (ValueError, KeyError):
        return [{"error": err.strip() or out.strip() or status}] * len(pdfs)
    if [one["path"] for one in results] != [str(pdf) for pdf in pdfs]:
        return [{"error": f"{len(results)} results for {len(pdfs)} papers"}] * len(pdfs)
    return [{"error": one["error"]} if one["error"] else {"findings": one["findings"]} for one in results]


def main():
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("folder", type=pathlib.Path)
    parser.add_argument("--also", type=pathlib.Path, help="a folder of which only papers that claim PDF/UA are checked")
    parser.add_argument("--outloud", required=True)
    parser.add_argument("--explained", type=pathlib.Path, required=True)
    options = parser.parse_args()

    known, used = explained(options.explained), set()
    papers = [(options.folder, pdf) for pdf in sorted(options.folder.rglob("*.pdf"))]
    if options.also:
        claiming = [pdf for pdf in sorted(options.also.rglob("*.pdf")) if b"<pdfuaid:part>" in pdf.read_bytes()]
        if not claiming:
            sys.exit(f"no PDF in {options.also} claims PDF/UA: nothing was checked")
        papers += [(options.also, pdf) for pdf in claiming]
    failed = 0
    batches = [papers[at : at + BATCH] for at in range(0, len(papers), BATCH)]
    with concurrent.futures.ThreadPoolExecutor(max_workers=os.cpu_count()) as pool:
        heard = pool.map(lambda batch: hear(options.outloud, [pdf for _, pdf in batch]), batches)
        heard = [one for batch in heard for one in batch]
        named = [(pdf, pdf.relative_to(folder).as_posix()) for folder, pdf in papers]
        found = list(pool.map(lambda one: check(*one[0], one[1], known, used), zip(named, heard)))
    for (_, name), faults in zip(named, found):
        print(f"{'FAULT' if faults else 'sound'}  {name}")
        for fault in faults:
            print(f"       {fault}")
        failed += bool(faults)
    for rule, pattern, _ in (entry for entry in known if entry not in used):
        print(f"note: the explained finding {rule} {pattern} no longer occurs; take it out")
    if not papers:
        sys.exit("no PDF was found: nothing was checked")
    sys.exit(1 if failed else 0)


if __name__ == "__main__":
    main()
