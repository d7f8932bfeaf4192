"""Phrases of filters and rules of influence."""

from __future__ import annotations

from collections.abc import Mapping

PHRASES: Mapping[str, tuple[str, str, str]] = {
    # filters
    "as of": ("as of {time}", "{time} жағдайы бойынша", "на {time}"),
    "certainly as of": (
        "certainly as of {time}",
        "{time} жағдайы бойынша анық",
        "достоверно на {time}",
    ),
    "confidence least": (
        "confidence {word} or better",
        "сенімділігі кемінде «{word}»",
        "уверенность не ниже «{word}»",
    ),
    "certainty least": (
        "certainty {word} or better",
        "анықтығы кемінде «{word}»",
        "определённость не ниже «{word}»",
    ),
    "status": ("status {names}", "мәртебесі: {names}", "статус: {names}"),
    "source classes": (
        "sources that are {names}",
        "дереккөз класы: {names}",
        "класс источников: {names}",
    ),
    "sources": ("only by {names}", "тек дереккөзі: {names}", "только по источникам: {names}"),
    "without sources": ("without {names}", "мыналарсыз: {names}", "без источников: {names}"),
    "families": ("relations of {names}", "байланыс тобы: {names}", "семейства связей: {names}"),
    "relations": ("only {names}", "тек байланыс: {names}", "только связи: {names}"),
    "through": ("through {names}", "мына класс арқылы: {names}", "через классы: {names}"),
    "avoiding": ("not through {names}", "мына класстан тыс: {names}", "не через классы: {names}"),
    "certainly coherent": ("certainly coherent", "анық бір мезгілде", "достоверно одновременно"),
    "possibly coherent": (
        "possibly coherent",
        "бір мезгілде болуы мүмкін",
        "возможно одновременно",
    ),
    "certainly sequential": (
        "certainly sequential",
        "анық бірінен соң бірі",
        "достоверно последовательно",
    ),
    "possibly sequential": (
        "possibly sequential",
        "бірінен соң бірі болуы мүмкін",
        "возможно последовательно",
    ),
    "any topic": ("any topic", "кез келген тақырып", "любая тема"),
    "any class": (
        "through states, places and issues",
        "мемлекет, орын және мәселе арқылы да",
        "также через государства, места и вопросы",
    ),
    "any relation": ("any relation", "кез келген байланыс", "любая связь"),
    "either direction": (
        "against the flow of influence too",
        "ықпал бағытына қарсы да",
        "также против хода влияния",
    ),
}
