"""Names of columns and words in cells, in the language of a reader; English is as in CSV."""

from __future__ import annotations

from collections.abc import Mapping, Sequence

from diaspora_graph.answers import Row
from diaspora_graph.ontology.schema import Schema
from diaspora_graph.wording.sentences import word
from diaspora_graph.wording.words import say

_NAMES: Mapping[str, tuple[str, str]] = {
    "actor": ("әрекет етуші", "актор"),
    "affirming": ("растайды", "подтверждают"),
    "against": ("қарсы", "против"),
    "base": ("негізі", "база"),
    "begins_earliest": ("ең ерте басы", "начало не раньше"),
    "bound": ("шек", "граница"),
    "case": ("жағдай", "случай"),
    "cases": ("жағдайлар", "случаи"),
    "category": ("санат", "категория"),
    "certainty": ("анықтық", "определённость"),
    "citation": ("сілтеме", "ссылка"),
    "cited": ("келтірілген", "цитируется"),
    "claim": ("тұжырым", "утверждение"),
    "claims": ("тұжырымдар", "утверждения"),
    "coder": ("кодтаушы", "кодировщик"),
    "coding": ("кодтау", "кодировка"),
    "codings": ("кодтаулар", "кодировки"),
    "condition": ("шарт", "условие"),
    "confidence": ("сенімділік", "уверенность"),
    "conflict_group": ("қайшылық тобы", "группа противоречий"),
    "consistency": ("үйлесім", "согласованность"),
    "country": ("ел", "страна"),
    "by": ("дейін", "не позже"),
    "coverage": ("қамту үлесі", "покрытие"),
    "dated": ("уақыты бар", "с датой"),
    "definition": ("анықтама", "определение"),
    "denial": ("терістеу", "отрицание"),
    "denied": ("теріске шығарылған", "отрицается"),
    "differing most": ("ең көп айырма", "различия"),
    "distance": ("қашықтық", "расстояние"),
    "ends_latest": ("ең кеш соңы", "конец не позже"),
    "exclusions": ("алынбағандар", "исключения"),
    "first": ("бірінші", "первое"),
    "expression": ("өрнек", "выражение"),
    "field": ("өріс", "поле"),
    "flag": ("белгі", "пометка"),
    "flag_kind": ("белгі түрі", "вид пометки"),
    "found by": ("мына атаумен табылды", "найдено по"),
    "holds": ("күшінде", "действует"),
    "hops": ("қадам", "шаги"),
    "id": ("идентификатор", "идентификатор"),
    "item": ("тармақ", "пункт"),
    "items": ("тармақтар", "пункты"),
    "kind": ("түрі", "вид"),
    "label": ("атауы", "название"),
    "locator": ("орны", "место"),
    "measure": ("өлшем", "показатель"),
    "membership": ("тиістілік", "принадлежность"),
    "model": ("модель", "модель"),
    "n": ("саны", "число"),
    "nominal": ("номиналды", "номинальная"),
    "not before": ("ерте емес", "не раньше"),
    "note": ("ескерту", "примечание"),
    "object": ("объект", "объект"),
    "obs_status": ("бақылау мәртебесі", "статус наблюдения"),
    "observation": ("бақылау", "наблюдение"),
    "observations": ("бақылаулар", "наблюдения"),
    "of these": ("оның ішінде", "из них"),
    "ordinal": ("реттік", "порядковая"),
    "out": ("нәтиже", "результат"),
    "pairs": ("жұптар", "пары"),
    "partner": ("серіктес", "партнёр"),
    "path": ("жол", "путь"),
    "place": ("орны", "место"),
    "point": ("ерекшелік", "сторона"),
    "policy": ("саясат", "политика"),
    "predicate": ("байланыс", "связь"),
    "pri": ("PRI", "PRI"),
    "programme": ("бағдарлама", "программа"),
    "raw": ("бастапқы мәні", "исходное значение"),
    "reach": ("қамту", "охват"),
    "readings": ("оқылымдар", "прочтения"),
    "relations": ("байланыстар", "связи"),
    "role": ("рөлі", "роль"),
    "ron": ("RoN", "RoN"),
    "row": ("жол", "строка"),
    "runner": ("жүргізуші", "кто ведёт"),
    "same": ("бірдей", "совпало"),
    "second": ("екінші", "второе"),
    "shared items": ("ортақ тармақтар", "общих пунктов"),
    "set": ("жиын", "множество"),
    "solution": ("шешім", "решение"),
    "source": ("дереккөз", "источник"),
    "sources": ("дереккөздер", "источники"),
    "state": ("мемлекет", "государство"),
    "statement": ("тұжырымдама", "высказывание"),
    "statements": ("тұжырымдамалар", "высказывания"),
    "status": ("мәртебе", "статус"),
    "subject": ("субъект", "субъект"),
    "target": ("нысана", "адресат"),
    "targets": ("нысаналар", "о чём"),
    "term": ("термин", "термин"),
    "type": ("типі", "тип"),
    "unique_coverage": ("дара қамту", "уникальное покрытие"),
    "unit": ("бірлік", "единица"),
    "valid": ("уақыты", "время"),
    "value": ("мәні", "значение"),
    "value_high": ("жоғарғы мәні", "верхнее значение"),
    "what": ("не", "что"),
    "with values": ("шкалада", "на шкале"),
}
"""Columns of the tables that people read, in Kazakh and Russian."""

_CELLS: Mapping[str, tuple[str, str]] = {
    "itself": ("өзі", "сам"),
    "part": ("бөлігі", "часть"),
    "whole": ("тұтасы", "целое"),
    "subject": ("субъект", "субъект"),
    "object": ("объект", "объект"),
    "statement": ("тұжырымдама", "высказывание"),
    "observation": ("бақылау", "наблюдение"),
    "coding": ("кодтау", "кодировка"),
    "exclusion": ("алынбаған", "исключение"),
}
"""Words in cells that no vocabulary of the ontology holds."""

_SPOKEN = frozenset({"reach", "role", "kind"})
_TRUTH = {"yes", "no", "unknown"}
_VOCABULARIES: Mapping[str, str] = {
    "bound": "bound",
    "certainty": "certainty",
    "confidence": "confidence",
    "definition": "definition",
    "flag_kind": "flag_kind",
    "obs_status": "obs_status",
    "status": "status",
    "unit": "unit",
}


def headings(columns: Sequence[str], language: str = "en") -> tuple[str, ...]:
    """Return the names of columns in a language; a name that is not ours stays as it is.

    >>> headings(("item", "item_label", "mine"), "ru")
    ('пункт', 'пункт: название', 'mine')
    """
    return tuple(_heading(column, language) for column in columns)


def _heading(column: str, language: str) -> str:
    if language == "en":
        return column
    name = column.removesuffix("_label")
    if name != column and name in _NAMES:
        return f"{_translated(_NAMES, name, language)}: {_translated(_NAMES, 'label', language)}"
    return _translated(_NAMES, column, language)


def _translated(words: Mapping[str, tuple[str, str]], name: str, language: str) -> str:
    if language == "en" or name not in words:
        return name
    kazakh, russian = words[name]
    return kazakh if language == "kk" else russian


def in_words(
    schema: Schema, columns: Sequence[str], rows: Sequence[Row], language: str = "en"
) -> list[Row]:
    """Return rows in which a word of a vocabulary, a role or a truth value is said in a language.

    English rows stay as they are: ids of these words are English words.
    """
    if language == "en":
        return list(rows)

    def spoken(column: str, cell: object) -> object:
        text = str(cell).lower() if isinstance(cell, bool) else str(cell)
        if column in _VOCABULARIES:
            return word(schema, _VOCABULARIES[column], text, language)
        if column in _SPOKEN:
            return _translated(_CELLS, text, language)
        truth = {"true": "yes", "false": "no"}.get(text, text)
        return say(truth, language) if truth in _TRUTH and column in {"denied", "holds"} else cell

    return [
        tuple(spoken(column, cell) for column, cell in zip(columns, row, strict=True))  # type: ignore[misc]
        for row in rows
    ]
