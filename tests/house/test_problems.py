"""Every kind of mistake is written in full, once, where its module says."""

import re
from importlib import import_module

from tests.house.sources import MODULES, problems

FOUND = tuple(problems())
SENTENCE = re.compile(r"[A-Z“0-9-].*\.|acmspec .*\.", re.DOTALL)
JARGON = re.compile(
    r"\b(token|parser?|parsing|AST|node|boolean|integer|string|regex|null|NaN|None|tuple|enum|schema|exception|"
    r"traceback|stderr|stdout|(de)?seriali[sz]\w+|lexer|literal|instance|invalid syntax|type error|runtime|API|DAG|"
    r"predicate|operand|shall)\b"
)
"""Words of programmers, who are not the ones that read messages; “shall” is no plain word for anybody."""


def said() -> list[tuple[str, str]]:
    """The texts of each problem, by its code."""
    return [
        (problem.code, text)
        for _, _, problem in FOUND
        for text in (problem.title, problem.cause, problem.fix, problem.contract)
    ]


def test_there_are_problems() -> None:
    assert len(FOUND) > 100


def test_a_code_is_three_digits_and_one_problem() -> None:
    where: dict[str, set[tuple[str, str]]] = {}
    for module, name, problem in FOUND:
        assert re.fullmatch(r"ACM\d{3}", problem.code)
        where.setdefault(problem.code, set()).add((module, name))
    assert {code: places for code, places in where.items() if len(places) > 1} == {}


def test_titles_are_a_few_words() -> None:
    titles = [problem.title for _, _, problem in FOUND]
    assert [one for one in titles if not 3 <= len(one) <= 70 or one.endswith(".")] == []


def test_texts_are_full_sentences() -> None:
    texts = [(one.code, text) for _, _, one in FOUND for text in (one.cause, one.fix, one.contract)]
    assert [one for one in texts if not SENTENCE.fullmatch(one[1]) or "  " in one[1] or "\n" in one[1]] == []


def test_messages_send_nobody_to_a_web_address() -> None:
    assert [one for one in said() if re.search(r"https?:|www\.", one[1])] == []


def test_messages_are_in_plain_words() -> None:
    assert [one for one in said() if JARGON.search(re.sub(r"“[^”]*”", "", one[1]))] == []


def test_contract_language_speaks_of_nobody_in_the_room() -> None:
    own = re.compile(r"\b(you|your|we|our|I)\b", re.IGNORECASE)
    assert [problem.code for _, _, problem in FOUND if own.search(problem.contract)] == []


def test_every_problem_is_in_a_tuple_of_problems_and_the_other_way_round() -> None:
    tuples = [one for name in MODULES for one in getattr(import_module(name), "PROBLEMS", ())]
    assert {problem.code for _, _, problem in FOUND} - {one.code for one in tuples} == set()
    assert {one.code for one in tuples} - {problem.code for _, _, problem in FOUND} == set()


def test_a_module_with_problems_of_its_own_lists_them_itself() -> None:
    missing = [
        (module, name)
        for module, name, problem in FOUND
        if name != "PROBLEM" and problem not in getattr(import_module(module), "PROBLEMS", ())
    ]
    assert missing == []
