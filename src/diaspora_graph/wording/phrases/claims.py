"""Phrases of claims, profiles, timelines, and of what stands below every output."""

from __future__ import annotations

from collections.abc import Mapping

PHRASES: Mapping[str, tuple[str, str, str]] = {
    # a claim and who says it
    "after": ("after", "сілтеме:", "со ссылкой на"),
    "confidence": ("confidence", "сенімділік", "уверенность"),
    "denied": ("denied", "теріске шығарылған", "отрицается"),
    "denies it": ("DENIES IT", "ТЕРІСКЕ ШЫҒАРАДЫ", "ОТРИЦАЕТ ЭТО"),
    "denies mark": ("[denies]", "[теріске шығарады]", "[отрицает]"),
    "doubt": ("doubt", "күмән", "сомнение"),
    "no time": ("time not stated", "уақыты айтылмаған", "время не указано"),
    "not after": ("not after", "кейін емес:", "не позднее"),
    "not stated": ("not stated", "айтылмаған", "не указано"),
    "worked out": ("worked out by us from", "біз есептедік, дереккөзі:", "подсчитано нами по"),
    # an entity's profile
    "also": ("also", "басқа атаулары:", "также"),
    "history": ("policy history", "саясат тарихы", "история политики"),
    "its policy": ("its policy {verb}", "оның саясаты: {verb}", "его политика: {verb}"),
    "does": ("what it does and is", "не істейді және ол не", "что делает и чем является"),
    "done to": (
        "what others do toward it",
        "оған қатысты басқалар не істейді",
        "что делают по отношению к нему",
    ),
    "denied section": ("denied", "теріске шығарылған", "отрицается"),
    "figures": ("figures and dates", "сандар мен күндер", "числа и даты"),
    "codings": ("codings", "кодтаулар", "кодировки"),
    "says nothing": (
        "the sources at hand say nothing about it",
        "қолдағы дереккөздер бұл туралы ештеңе айтпайды",
        "имеющиеся источники ничего об этом не говорят",
    ),
    "source doubts": (
        "doubts about the sources as a whole",
        "дереккөздердің өзіне қатысты күмән",
        "сомнения в источниках в целом",
    ),
    # a timeline
    "series": (
        "{name}: {number} values, {low} to {high}",
        "{name}: {number} мән, {low} … {high}",
        "{name}: значений {number}, {low} … {high}",
    ),
    "no events": (
        "no source gives a date about it",
        "бұл туралы ешбір дереккөз уақыт айтпайды",
        "ни один источник не называет дат о нём",
    ),
    # below every output
    "data": ("data", "деректер", "данные"),
    "digest": ("digest", "хэш", "хеш"),
    "rows answered": (
        "{count}, answered in {engine}",
        "{count}, жауап берген: {engine}",
        "{count}, ответ: {engine}",
    ),
    "nothing resembles": (
        "no name is similar to {name}",
        "{name} атауына ұқсас ештеңе жоқ",
        "ничего похожего на {name}",
    ),
    "in all": ("in all", "барлығы", "всего"),
    "other claims": ("other claims", "басқа тұжырымдар", "другие утверждения"),
}
