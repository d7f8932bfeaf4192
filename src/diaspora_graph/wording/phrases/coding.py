"""Phrases of coverage, of the agreement of coders, and of qualitative comparative analysis."""

from __future__ import annotations

from collections.abc import Mapping

PHRASES: Mapping[str, tuple[str, str, str]] = {
    # coverage by country
    "statements": ("statements", "тұжырымдамалар", "высказывания"),
    "observations": ("observations", "бақылаулар", "наблюдения"),
    "items": ("items", "тармақтар", "пункты"),
    "source classes of": ("source classes", "дереккөз кластары", "классы источников"),
    "undated": ("undated", "уақыты жоқ", "без даты"),
    "decade": ("{year}s", "{year}-жж.", "{year}-е"),
    "unclear": ("decade unclear", "онжылдығы белгісіз", "десятилетие неясно"),
    "no coded state": (
        "no state has a coding; enter codings first",
        "ешбір мемлекетте кодтау жоқ; алдымен кодтауларды енгізіңіз",
        "ни у одного государства нет кодировок; сначала внесите кодировки",
    ),
    "belongs to": (
        "A claim belongs to a state if its subject, object or partner is the state, an organ or a "
        "part of it, what one of these made, or a community whose homeland the state is.",
        "Тұжырым мемлекетке тиесілі, егер оның субъектісі, объектісі не серіктесі — мемлекеттің "
        "өзі, оның органы не бөлігі, солардың бірі жасаған нәрсе не отаны сол мемлекет болған "
        "қауымдастық.",
        "Утверждение относится к государству, если его субъект, объект или партнёр — само "
        "государство, его орган или часть, то, что один из них создал, или община, родина которой "
        "это государство.",
    ),
    "shares overlap": (
        "Shares of source classes may add up to more than 100 %: a coding rests on several.",
        "Дереккөз кластарының үлесі 100 %-дан асуы мүмкін: кодтау бірнешеуіне сүйенеді.",
        "Доли классов источников могут превысить 100 %: кодировка опирается на несколько.",
    ),
    # agreement of coders
    "from to": ("{low} to {high}", "{low} … {high}", "{low} … {high}"),
    "all items": ("all items", "барлық тармақ", "все пункты"),
    "with values": (
        "both values on the scale",
        "екі мән де шкалада",
        "оба значения на шкале",
    ),
    "few pairs": (
        "{number} pairs of codings: too few for alpha, which needs {least}; {missing} are missing",
        "кодтау жұбы: {number}; альфаға аз, кемінде {least} керек; {missing} жетпейді",
        "пар кодировок: {number}; для альфы мало, нужно {least}; не хватает {missing}",
    ),
    "one value": (
        "all values are the same: alpha is not defined",
        "барлық мән бірдей: альфа анықталмайды",
        "все значения одинаковы: альфа не определена",
    ),
    "alpha means": (
        "Krippendorff's alpha with its 95 % interval. Nominal: all values; ordinal: only steps of "
        "the scale, the rest is missing.",
        "Криппендорф альфасы, 95 % аралығымен. Номиналды: барлық мән; реттік: шкаланың "
        "қадамдары ғана, қалғаны жоқ деп саналады.",
        "Альфа Криппендорфа с 95 %-м интервалом. Номинальная: все значения; порядковая: только "
        "ступени шкалы, остальное считается пропущенным.",
    ),
    # qualitative comparative analysis
    "qca given": ("memberships as given", "тиістілік берілгендей", "принадлежность как дана"),
    "qca at least": ("member: at least {value}", "мүше: кемінде {value}", "член: не менее {value}"),
    "qca at most": ("member: at most {value}", "мүше: ең көбі {value}", "член: не более {value}"),
    "qca fuzzy": (
        "full out {out}, crossover {cross}, full in {full}",
        "толық сыртта {out}, өту нүктесі {cross}, толық ішінде {full}",
        "полностью вне {out}, точка перехода {cross}, полностью внутри {full}",
    ),
    "qca assumes": (
        "it assumes the outcome in rows without enough cases: {rows}",
        "жағдайы жеткіліксіз жолдарда да нәтиже бар деп саналады: {rows}",
        "предполагается результат и в строках, где случаев недостаточно: {rows}",
    ),
    "qca conservative": ("conservative", "консервативті", "консервативное"),
    "qca parsimonious": ("parsimonious", "үнемді", "экономное"),
    "qca intermediate": ("intermediate", "аралық", "промежуточное"),
    "qca no model": (
        "no combination of conditions goes with the outcome",
        "шарттардың бірде-бір жиынтығы нәтижемен бірге жүрмейді",
        "ни одно сочетание условий не сопровождает результат",
    ),
    "qca holds": (
        "holds in {holds} of {readings} readings",
        "{readings} оқылымның {holds}-інде сақталады",
        "верно в {holds} из {readings} прочтений",
    ),
    "qca few cases": (
        "too few cases: {cases} with {conditions} conditions; {needed} are recommended, else data "
        "without any pattern often look like this (Marx and Dușa 2011)",
        "жағдай тым аз: {conditions} шартқа {cases}; {needed} ұсынылады, әйтпесе ешқандай "
        "заңдылығы жоқ деректер де жиі осындай көрінеді (Marx, Dușa 2011)",
        "случаев слишком мало: {cases} на условия числом {conditions}; рекомендуется {needed}, "
        "иначе и данные без закономерностей часто выглядят так же (Marx, Dușa 2011)",
    ),
    "qca rows seen": (
        "{seen} of {rows} combinations of conditions have cases",
        "шарттардың {rows} жиынтығының {seen}-інде жағдай бар",
        "случаи есть в {seen} из {rows} сочетаний условий",
    ),
    "qca contradiction": (
        "contradiction in row {row}: with the outcome {inside}; without it {outside}",
        "{row}-жолдағы қайшылық: нәтижемен {inside}; нәтижесіз {outside}",
        "противоречие в строке {row}: с результатом {inside}; без него {outside}",
    ),
    "qca several values": (
        "{case}, {set}: several values ({values}), each in readings of its own",
        "{case}, {set}: бірнеше мән ({values}), әрқайсысы өз оқылымдарында",
        "{case}, {set}: несколько значений ({values}), каждое в своих прочтениях",
    ),
    "value": ("a value", "мәні бар", "есть значение"),
    "none": ("none", "кодтау жоқ", "нет кодировки"),
}
