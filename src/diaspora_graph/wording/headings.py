"""Names of columns and words in cells, in the language of a reader; English is as in CSV."""

from __future__ import annotations

from collections.abc import Mapping, Sequence

from diaspora_graph.answers import Row
from diaspora_graph.ontology.schema import Schema
from diaspora_graph.wording.sentences import word
from diaspora_graph.wording.words import say

_NAMES: Mapping[str, tuple[str, str]] = {
    "about": ("не туралы", "о чём"),
    "actor": ("әрекет етуші", "актор"),
    "affirming": ("растайды", "подтверждают"),
    "after": ("кейін", "после"),
    "against": ("қарсы", "против"),
    "base": ("негізі", "база"),
    "before": ("бұрын", "до"),
    "begins_earliest": ("ең ерте басы", "начало не раньше"),
    "begins_latest": ("ең кеш басы", "начало не позже"),
    "body": ("мекеме", "орган"),
    "betweenness": ("аралықтық", "посредничество"),
    "bound": ("шек", "граница"),
    "by": ("дейін", "не позже"),
    "case": ("жағдай", "случай"),
    "cases": ("жағдайлар", "случаи"),
    "category": ("санат", "категория"),
    "certainty": ("анықтық", "определённость"),
    "change": ("өзгеріс", "изменение"),
    "citation": ("сілтеме", "ссылка"),
    "cited": ("келтірілген", "цитируется"),
    "claim": ("тұжырым", "утверждение"),
    "claims": ("тұжырымдар", "утверждения"),
    "closeness": ("жақындық", "близость"),
    "coder": ("кодтаушы", "кодировщик"),
    "coding": ("кодтау", "кодировка"),
    "codings": ("кодтаулар", "кодировки"),
    "communities": ("қауым", "сообщество"),
    "confidence": ("сенімділік", "уверенность"),
    "conflict_group": ("қайшылық тобы", "группа противоречий"),
    "constraint": ("шектеу", "ограничение"),
    "coordinator": ("үйлестіруші", "координатор"),
    "core": ("өзек", "ядро"),
    "country": ("ел", "страна"),
    "credit": ("еңбегі туралы тұжырымдама", "высказывание о заслуге"),
    "date": ("күні", "дата"),
    "condition": ("шарт", "условие"),
    "consistency": ("үйлесім", "согласованность"),
    "coverage": ("қамту үлесі", "покрытие"),
    "dated": ("уақыты бар", "с датой"),
    "definition": ("анықтама", "определение"),
    "degree": ("дәреже", "степень"),
    "denial": ("терістеу", "отрицание"),
    "denied": ("теріске шығарылған", "отрицается"),
    "design": ("жоспар", "схема"),
    "differing most": ("ең көп айырма", "различия"),
    "disputed": ("даулы", "оспаривается"),
    "distance": ("қашықтық", "расстояние"),
    "ends_earliest": ("ең ерте соңы", "конец не раньше"),
    "effective-size": ("тиімді көлем", "эффективный размер"),
    "eigenvector": ("меншікті вектор", "собственный вектор"),
    "ends_latest": ("ең кеш соңы", "конец не позже"),
    "evidence": ("дәйек", "свидетельства"),
    "exclusions": ("алынбағандар", "исключения"),
    "first": ("бірінші", "первое"),
    "expression": ("өрнек", "выражение"),
    "field": ("өріс", "поле"),
    "flag": ("белгі", "пометка"),
    "flag_kind": ("белгі түрі", "вид пометки"),
    "found by": ("мына атаумен табылды", "найдено по"),
    "group": ("топ", "группа"),
    "gist": ("мазмұны", "суть"),
    "gatekeeper": ("қақпашы", "привратник"),
    "highest": ("ең көбі", "наибольшее"),
    "highest without": ("ең көбі мынасыз", "наибольшее без"),
    "holds": ("күшінде", "действует"),
    "hops": ("қадам", "шаги"),
    "how": ("өзгеріс", "изменение"),
    "id": ("идентификатор", "идентификатор"),
    "in": ("кіріс", "входящие"),
    "item": ("тармақ", "пункт"),
    "items": ("тармақтар", "пункты"),
    "itinerant": ("көшпелі делдал", "странствующий посредник"),
    "kind": ("түрі", "вид"),
    "label": ("атауы", "название"),
    "law": ("заң", "закон"),
    "locator": ("орны", "место"),
    "marks": ("белгілер", "отметки"),
    "maybe_before": ("бұрын болуы мүмкін", "возможно, раньше"),
    "liaison": ("байланыстырушы", "связной"),
    "lowest": ("ең азы", "наименьшее"),
    "lowest without": ("ең азы мынасыз", "наименьшее без"),
    "measure": ("өлшем", "показатель"),
    "mechanism": ("тетік", "механизм"),
    "member": ("мүше", "член"),
    "neighbour": ("ортақ нысан", "общий объект"),
    "membership": ("тиістілік", "принадлежность"),
    "model": ("модель", "модель"),
    "n": ("саны", "число"),
    "nominal": ("номиналды", "номинальная"),
    "not before": ("ерте емес", "не раньше"),
    "note": ("ескерту", "примечание"),
    "number": ("сан", "число"),
    "object": ("объект", "объект"),
    "objection": ("қарсы тұжырымдама", "возражение"),
    "objector": ("қарсы дереккөз", "кто возражает"),
    "obs_status": ("бақылау мәртебесі", "статус наблюдения"),
    "observation": ("бақылау", "наблюдение"),
    "observations": ("бақылаулар", "наблюдения"),
    "of these": ("оның ішінде", "из них"),
    "ordinal": ("реттік", "порядковая"),
    "origin": ("түпдереккөз", "первоисточник"),
    "other_relation": ("екінші байланыс", "вторая связь"),
    "outcome": ("нәтиже", "результат"),
    "out": ("шығыс", "исходящие"),
    "pagerank": ("бет рангі", "ранг страниц"),
    "pairs": ("жұптар", "пары"),
    "parameters": ("параметрлер", "параметры"),
    "partner": ("серіктес", "партнёр"),
    "path": ("жол", "путь"),
    "person": ("тұлға", "лицо"),
    "place": ("орны", "место"),
    "point": ("ерекшелік", "сторона"),
    "policy": ("саясат", "политика"),
    "predicate": ("байланыс", "связь"),
    "pri": ("PRI", "PRI"),
    "programme": ("бағдарлама", "программа"),
    "question": ("сұрақ", "вопрос"),
    "reach": ("қамту", "охват"),
    "reasons": ("себептері", "причины"),
    "reconciled": ("келісілген мән", "согласованное значение"),
    "relation": ("байланыс", "связь"),
    "raw": ("бастапқы мәні", "исходное значение"),
    "readings": ("оқылымдар", "прочтения"),
    "relations": ("байланыстар", "связи"),
    "representative": ("өкіл", "представитель"),
    "role": ("рөлі", "роль"),
    "ron": ("RoN", "RoN"),
    "row": ("жол", "строка"),
    "runner": ("жүргізуші", "кто ведёт"),
    "same": ("бірдей", "совпало"),
    "scenario": ("сценарий", "сценарий"),
    "second": ("екінші", "второе"),
    "shared items": ("ортақ тармақтар", "общих пунктов"),
    "source class": ("дереккөз класы", "класс источника"),
    "set": ("жиын", "множество"),
    "solution": ("шешім", "решение"),
    "source": ("дереккөз", "источник"),
    "source_class": ("дереккөз сыныбы", "класс источника"),
    "sources": ("дереккөздер", "источники"),
    "state": ("мемлекет", "государство"),
    "statement": ("тұжырымдама", "высказывание"),
    "statements": ("тұжырымдамалар", "высказывания"),
    "status": ("мәртебе", "статус"),
    "step": ("саты", "шаг"),
    "subject": ("субъект", "субъект"),
    "surely_before": ("анық бұрын", "точно раньше"),
    "target": ("нысана", "адресат"),
    "targets": ("нысаналар", "о чём"),
    "term": ("термин", "термин"),
    "time": ("уақыты", "время"),
    "total": ("барлығы", "всего"),
    "type": ("типі", "тип"),
    "unique_coverage": ("дара қамту", "уникальное покрытие"),
    "unit": ("бірлік", "единица"),
    "valid": ("уақыты", "время"),
    "value": ("мәні", "значение"),
    "value first": ("бірінші мәні", "значение первого"),
    "value second": ("екінші мәні", "значение второго"),
    "value_high": ("жоғарғы мәні", "верхнее значение"),
    "what": ("не", "что"),
    "what it asks": ("не сұрайды", "о чём спрашивает"),
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
    "appeared": ("пайда болды", "появилось"),
    "ended": ("аяқталды", "прекратилось"),
    "unknown": ("белгісіз", "неизвестно"),
}
"""Words in cells that no vocabulary of the ontology holds."""

_SPOKEN = frozenset({"change", "reach", "role", "kind"})
_TRUTH = {"yes", "no", "unknown"}
_TRUTHS = {"denied", "holds", "before", "after"}
_VOCABULARIES: Mapping[str, str] = {
    "bound": "bound",
    "certainty": "certainty",
    "confidence": "confidence",
    "definition": "definition",
    "flag_kind": "flag_kind",
    "obs_status": "obs_status",
    "source_class": "source_class",
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
        return say(truth, language) if truth in _TRUTH and column in _TRUTHS else cell

    return [
        tuple(spoken(column, cell) for column, cell in zip(columns, row, strict=True))  # type: ignore[misc]
        for row in rows
    ]
