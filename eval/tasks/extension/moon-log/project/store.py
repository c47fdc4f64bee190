"""The file that keeps the observations: DATE, PHASE and NOTE with tabs between them."""

import os

FILE = "moon.txt"


def load():
    """The observations as (date, phase, note), the earliest first."""
    if not os.path.exists(FILE):
        return []
    observations = []
    with open(FILE, encoding="utf-8") as file:
        for line in file:
            date, phase, note = line.rstrip("\n").split("\t")
            observations.append((date, phase, note))
    return sorted(observations, key=lambda observation: observation[0])


def append(date, phase, note):
    """Adds an observation."""
    with open(FILE, "a", encoding="utf-8") as file:
        file.write(f"{date}\t{phase}\t{note}\n")
