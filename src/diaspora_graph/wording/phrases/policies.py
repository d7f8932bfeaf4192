"""Phrases of comparisons, scores, change, disagreements and scenarios."""

from __future__ import annotations

from collections.abc import Mapping

PHRASES: Mapping[str, tuple[str, str, str]] = {
    # a comparison
    "rests on": (
        "What the comparison rests on",
        "Салыстыру неге сүйенеді",
        "На чём основано сравнение",
    ),
    "known of": (
        "{value} of {items} items with a value, {not_found} not found, {none} not coded; "
        "{sources} sources; codings of {years}",
        "{items} тармақтың {value} бойынша мән бар, {not_found} табылмады, {none} кодталмаған; "
        "{sources} дереккөз; кодтау жылдары: {years}",
        "пунктов со значением {value} из {items}, не найдено {not_found}, без кодировки {none}; "
        "источников {sources}; кодировки за {years}",
    ),
    "uneven": (
        "More is known of {more} than of {less}: a difference between them may be one of "
        "attention, not of policy.",
        "{more} туралы {less} қарағанда көбірек белгілі: олардың айырмасы саясаттың емес, "
        "назардың айырмасы болуы мүмкін.",
        "О {more} известно больше, чем о {less}: различие между ними может быть различием "
        "внимания, а не политики.",
    ),
    "coders agree": (
        "Two coders gave the same value in {same} of {pairs} cases (Krippendorff's alpha "
        "{alpha}): diaspora-graph coverage --by coder",
        "Екі кодтаушы {pairs} жағдайдың {same} бірдей мән берді (Криппендорф альфасы {alpha}): "
        "diaspora-graph coverage --by coder",
        "Два кодировщика дали одно и то же значение в {same} случаях из {pairs} (альфа "
        "Криппендорфа {alpha}): diaspora-graph coverage --by coder",
    ),
    "rule arithmetic": ("arithmetic", "арифметикалық", "арифметическое"),
    "rule geometric": ("geometric", "геометриялық", "геометрическое"),
    "rule noncompensatory": ("noncompensatory", "өтемсіз", "без компенсации"),
    "dimension": ("dimension", "өлшем", "измерение"),
    "rule": ("rule", "ереже", "правило"),
    "total": ("total", "жиыны", "итого"),
    "score cell means": (
        "A cell: the score of the known items, in brackets its bounds if all missing items were "
        "lowest or highest; in total the rank and, in brackets, the ranks that are possible.",
        "Ұяшық: белгілі тармақтардың бағасы, жақшада барлық жетпейтін тармақ ең төмен не ең "
        "жоғары болғандағы шектері; жиында орын және жақшада мүмкін орындар.",
        "Ячейка: оценка по известным пунктам, в скобках её границы, если все недостающие были бы "
        "наименьшими или наибольшими; в итоге место и в скобках возможные места.",
    ),
    "rules mean": (
        "Arithmetic: means, as in EMIX. Geometric: geometric means, a zero is not made up for. "
        "Noncompensatory: wins minus losses against the other states, item by item (Copeland).",
        "Арифметикалық: EMIX-тегідей орташа. Геометриялық: геометриялық орташа, нөл өтелмейді. "
        "Өтемсіз: басқа мемлекеттерге қарсы тармақ бойынша жеңіс минус жеңіліс (Копленд).",
        "Арифметическое: средние, как в EMIX. Геометрическое: средние геометрические, ноль не "
        "возмещается. Без компенсации: победы минус поражения по пунктам (Копленд).",
    ),
    "stable": (
        "{state}, {rule}: rank {rank} in {same} of {all} variants (one item, source class or coder "
        "left out); ranks {low} to {high}",
        "{state}, {rule}: {all} нұсқаның {same} ішінде {rank}-орын (бір тармақ, дереккөз класы не "
        "кодтаушы алынып тасталған); орындар {low}–{high}",
        "{state}, {rule}: место {rank} в {same} вариантах из {all} (без одного пункта, класса "
        "источников или кодировщика); места от {low} до {high}",
    ),
    "rank": (
        "rank {rank} ({best}–{worst})",
        "{rank}-орын ({best}–{worst})",
        "место {rank} ({best}–{worst})",
    ),
    "no groups": ("no groups", "топтар жоқ", "групп нет"),
    "group at": ("{distance}: {names}", "{distance}: {names}", "{distance}: {names}"),
    "distance means": (
        "The mean absolute difference over the items that both states have (0 to 1), and their "
        "number; none below {least} items.",
        "Екі мемлекетте де бар тармақтар бойынша орташа абсолют айырма (0-ден 1-ге дейін) және "
        "олардың саны; {least} тармақтан аз болса берілмейді.",
        "Среднее абсолютное различие по пунктам, известным у обоих (от 0 до 1), и их число; менее "
        "{least} пунктов — не даётся.",
    ),
    "groups": (
        "Groups (average linkage), nearest first",
        "Топтар (орташа байланыс), ең жақыны алдымен",
        "Группы (средняя связь), сначала ближайшие",
    ),
    "most_similar": ("most similar", "ең ұқсас", "наиболее похожие"),
    "most_different": ("most different", "ең өзгеше", "наиболее различные"),
    "contrast means": (
        "Most similar pairs differ in the outcome, most different pairs have the same outcome; the "
        "distance leaves the outcome out.",
        "Ең ұқсас жұптардың нәтижесі әртүрлі, ең өзгеше жұптардың нәтижесі бірдей; қашықтық "
        "нәтижені есепке алмайды.",
        "Наиболее похожие пары различаются исходом, у наиболее различных он один; расстояние "
        "не учитывает исход.",
    ),
    "rose": ("rose", "өсті", "выросло"),
    "fell": ("fell", "төмендеді", "снизилось"),
    "same": ("same", "өзгермеді", "без изменений"),
    "change means": (
        "Unknown: one of the two times has no value, or it is not certain that it holds then (?).",
        "Белгісіз: екі уақыттың бірінде мән жоқ не сол кезде күшінде екені анық емес (?).",
        "Неизвестно: в одно из двух времён нет значения или не установлено, что оно действует (?).",
    ),
    "not coded so": (
        "Without such a coding: {names}",
        "Мұндай кодтау жоқ: {names}",
        "Без такой кодировки: {names}",
    ),
    "no coding of": ("no coding of", "кодтау жоқ тармақтар", "нет кодировок пунктов"),
    "other codings": (
        "codings that do not decide: another time, another coder",
        "шешпейтін кодтаулар: басқа уақыт, басқа кодтаушы",
        "кодировки, которые не решают: другое время, другой кодировщик",
    ),
    "uncertain time": (
        "that it holds at that time is not certain",
        "сол уақытта күшінде екені анық емес",
        "не установлено, что действует в это время",
    ),
    "compare nothing": (
        "the sources at hand have nothing to compare for {names}; name states",
        "қолдағы дереккөздер {names} бойынша ештеңе салыстырмайды; мемлекеттерді атаңыз",
        "по имеющимся источникам нечего сравнивать для {names}; назовите государства",
    ),
    "filters": ("filters", "сүзгілер", "фильтры"),
    "cut lists": (
        "whole lists: --format csv or --format json",
        "толық тізімдер: --format csv немесе --format json",
        "списки целиком: --format csv или --format json",
    ),
    # change between two times
    "appeared": ("appeared", "пайда болды", "появилось"),
    "ended": ("ended", "аяқталды", "закончилось"),
    "changed": ("changed", "өзгерді", "изменилось"),
    "between": ("only in between", "тек екі уақыт арасында", "только в промежутке"),
    "act at first": (
        "act at the first time",
        "бірінші уақыттағы іс",
        "действие в первое время",
    ),
    "act at second": (
        "act at the second time",
        "екінші уақыттағы іс",
        "действие во второе время",
    ),
    "maybe appeared": ("may have appeared", "пайда болуы мүмкін", "возможно, появилось"),
    "maybe ended": ("may have ended", "аяқталуы мүмкін", "возможно, закончилось"),
    "maybe changed": ("may have changed", "өзгеруі мүмкін", "возможно, изменилось"),
    "same both": ("the same at both times", "екі уақытта да бірдей", "одинаково оба раза"),
    "unknown one": (
        "not known at one of the times or at both",
        "бір уақытта не екеуінде де белгісіз",
        "неизвестно на одно из времён или на оба",
    ),
    "without time": ("without a time", "уақыты айтылмаған", "без указания времени"),
    "no change": (
        "nothing is known to have changed",
        "өзгеріс белгілі емес",
        "об изменениях ничего не известно",
    ),
    # disagreements
    "in conflict": (
        "sources contradict each other",
        "дереккөздер бір-біріне қайшы",
        "источники противоречат друг другу",
    ),
    "different values": (
        "different values for one time",
        "бір уақытқа әртүрлі мән",
        "разные значения на одно время",
    ),
    "affirmed and denied": (
        "affirmed and denied",
        "расталған және теріске шығарылған",
        "утверждается и отрицается",
    ),
    "time open": (
        "{number} more may disagree: no source gives a time for their values",
        "тағы {number} қайшы болуы мүмкін: мәндерінің уақытын ешбір дереккөз айтпайды",
        "ещё {number} могут расходиться: время значений не называет ни один источник",
    ),
    "policy all": ("numbers: all", "сандар: барлығы", "числа: все"),
    "policy range": (
        "numbers: from the lowest to the highest",
        "сандар: ең азынан ең көбіне дейін",
        "числа: от наименьшего до наибольшего",
    ),
    "policy median": ("numbers: the median", "сандар: медиана", "числа: медиана"),
    "policy best-source": (
        "numbers: of the best class of source",
        "сандар: ең беделді дереккөз класынан",
        "числа: из источников высшего класса",
    ),
    "policy source": (
        "numbers: only of {source}",
        "сандар: тек мына дереккөзден: {source}",
        "числа: только из источника {source}",
    ),
    # foresight
    "no indicator": (
        "no observation of it",
        "ол туралы бақылау жоқ",
        "наблюдений нет",
    ),
    "older values": ("and {number} more", "тағы {number}", "и ещё {number}"),
}
