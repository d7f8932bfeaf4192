"""How many cases an analysis needs for its number of conditions."""

from __future__ import annotations

from diaspora_graph.errors import ParameterError

CHANCE = 0.1
"""The greatest probability that data without any pattern seem to have one."""


def chance_of_no_contradiction(cases: int, conditions: int) -> float:
    """Return the probability that random crisp data have no contradictory row.

    Every combination of conditions and the outcome come by tosses of a fair coin.

    >>> chance_of_no_contradiction(1, 2), chance_of_no_contradiction(2, 1)
    (1.0, 0.75)
    """
    rows = 2**conditions
    filled = [1.0]  # probability of no contradiction so far, by the number of rows with cases
    for _ in range(cases):
        stays = [each * at / rows / 2 for at, each in enumerate(filled)]
        grows = [each * (rows - at) / rows for at, each in enumerate(filled)]
        filled = [one + other for one, other in zip([*stays, 0.0], [0.0, *grows], strict=True)]
    return sum(filled)


def cases_needed(conditions: int) -> int:
    """Return the smallest number of cases with which random data are rarely free of contradictions.

    Marx and Dușa (2011) ask how often data without any pattern pass for good data, and set the
    limit at one in ten. They simulated it; here it is computed, for crisp sets and a fair coin.
    Thiem and Mkrtchyan (2023) dispute that such a limit is needed, so it is a warning.

    >>> [cases_needed(number) for number in (2, 3, 4, 5)]
    [7, 10, 13, 18]
    """
    cases = 1
    while chance_of_no_contradiction(cases, conditions) >= CHANCE:
        cases += 1
    return cases


def refuse_too_few(cases: int, conditions: int) -> None:
    """Raise `ParameterError` where there are no more cases than conditions.

    Then each case could have a condition of its own, and the solution would only list the cases.
    """
    if cases <= conditions:
        raise ParameterError(
            f"{cases} cases and {conditions} conditions: there must be more cases than conditions, "
            f"and {cases_needed(conditions)} are recommended (Marx and Dușa 2011); "
            "add cases or drop conditions"
        )
