"""A cache that another hand made or changed, or that is damaged, costs time and nothing else.

Each attack prepares a cache that answered before, asks a dozen questions twice, and sees that
every answer is byte for byte the one without a cache, and that no other file was touched.

    python -m attacks.caches --damages 400
"""

from __future__ import annotations

import argparse
import random
import tempfile
from collections import Counter
from collections.abc import Iterator
from pathlib import Path

from attacks import cache_hands, cache_rows, cache_shapes  # noqa: F401
from attacks.cached import ATTACKS, PAGE, Broken, Home, tried

# -- damage --------------------------------------------------------------------------------


def damages(whole: bytes, chance: random.Random) -> Iterator[tuple[str, bytes]]:
    """The ways in which a cache can be damaged, page by page."""
    pages = [whole[at : at + PAGE] for at in range(0, len(whole), PAGE)]
    for number, page in enumerate(pages):

        def with_page(changed: bytes, number: int = number) -> bytes:
            return b"".join([*pages[:number], changed, *pages[number + 1 :]])

        other = chance.randrange(len(pages))
        at, bit = chance.randrange(PAGE), 1 << chance.randrange(8)
        yield (
            f"page {number}: a bit",
            with_page(page[:at] + bytes([page[at] ^ bit]) + page[at + 1 :]),
        )
        at = chance.randrange(0 if number else 100, (0 if number else 100) + 12)
        yield (
            f"page {number}: its head",
            with_page(page[:at] + chance.randbytes(2) + page[at + 2 :]),
        )
        yield f"page {number}: zeros", with_page(bytes(PAGE))
        yield f"page {number}: nonsense", with_page(chance.randbytes(PAGE))
        yield f"page {number}: half", with_page(page[: PAGE // 2] + bytes(PAGE // 2))
        yield f"page {number}: as page {other}", with_page(pages[other])
        swapped = list(pages)
        swapped[number], swapped[other] = swapped[other], swapped[number]
        yield f"page {number}: swapped with {other}", b"".join(swapped)
        yield f"page {number}: the end", whole[: number * PAGE + chance.randrange(PAGE)]


def damaged(home: Home, most: int, seed: int) -> tuple[int, list[Broken]]:
    """Damage the cache in some ways; give how many, and which did harm."""
    every = list(damages(home.warm, random.Random(seed)))
    chosen = random.Random(seed).sample(every, min(most, len(every)))
    broken = []
    for name, whole in chosen:
        home.reset()
        home.file.write_bytes(whole)
        if harm := home.harm():
            broken.append(Broken(name, harm))
    return len(chosen), broken


def main() -> None:
    """Do it all, and print what came of it."""
    parser = argparse.ArgumentParser(description=__doc__.partition("\n")[0])
    parser.add_argument("--damages", type=int, default=400)
    parser.add_argument("--seed", type=int, default=1)
    parser.add_argument("--only", nargs="*", choices=ATTACKS, metavar="ATTACK")
    asked = parser.parse_args()
    counts: Counter[str] = Counter()
    with tempfile.TemporaryDirectory() as made:
        home = Home(Path(made))
        broken: list[Broken] = []
        for name in asked.only or ATTACKS:
            try:
                harm = tried(home, name)
            except Exception as error:
                harm = f"{type(error).__name__}: {error}"
            counts["no harm" if harm is None else "harm"] += 1
            if harm is not None:
                broken.append(Broken(name, harm))
        home.reset()
        number, hurt = damaged(home, asked.damages, asked.seed)
    for each in [*broken, *hurt]:
        print(f"{each.attack}: {each.harm}")
    print(f"{counts['no harm']} of {counts.total()} attacks did no harm")
    print(f"{number - len(hurt)} of {number} damages did no harm, each asked {2 * 14} questions")


if __name__ == "__main__":
    main()
