"""Made-up scenes for pictures: four states, their diasporas abroad, and claims about them."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Mapping

from diaspora_graph.pictures.scene import Family, Line, Node, NodeType, Scene, Word, in_language
from diaspora_graph.wording.sentences import Evidence

TYPES = tuple(
    NodeType(name=name, shape=shape, fill=fill, label={"en": en, "kk": kk, "ru": ru})
    for name, shape, fill, en, kk, ru in (
        ("State", "box", "#A9CDEB", "State", "Мемлекет", "Государство"),
        ("Diaspora", "ellipse", "#FBDDA4", "Diaspora", "Диаспора", "Диаспора"),
        ("Ministry", "octagon", "#C9DDF2", "Ministry", "Министрлік", "Министерство"),
        ("Law", "note", "#F7EFA8", "Law", "Заң", "Закон"),
        ("Decree", "note", "#F7EFA8", "Decree", "Жарлық", "Указ"),
        ("Card", "tab", "#FBD9C6", "Programme", "Бағдарлама", "Программа"),
        ("Council", "hexagon", "#F4C6A5", "Lobby council", "Лобби кеңесі", "Лобби-совет"),
        ("Issue", "trapezium", "#E3D5EE", "Issue", "Мәселе", "Вопрос"),
        ("Fund", "roundbox", "#A8D8C4", "Fund", "Қор", "Фонд"),
        ("Means", "parallelogram", "#B5E2D3", "Mechanism", "Тетік", "Механизм"),
        ("Speaker", "diamond", "#EBCFE0", "Speaker", "Спикер", "Спикер"),
        ("Unused", "box", "#FFFFFF", "Unused", "Қолданылмаған", "Не нужно"),
    )
)

FAMILIES = tuple(
    Family(name=name, line=line, colour=colour, label={"en": en, "kk": kk, "ru": ru})
    for name, line, colour, en, kk, ru in (
        ("influence", "solid", "#D55E00", "influence", "ықпал", "влияние"),
        ("support", "dashed", "#0072B2", "support", "қолдау", "поддержка"),
        ("governance", "longdash", "#333333", "governance", "басқару", "управление"),
        ("belonging", "dotted", "#6E6E6E", "belonging", "тиесілік", "принадлежность"),
        ("ties", "dashdot", "#007A5A", "ties", "байланыс", "связи"),
        ("unused", "solid", "#000000", "unused", "қолданылмаған", "не нужно"),
    )
)

PHRASES: Mapping[str, Mapping[str, str]] = {
    "influence": {"en": "lobbies", "kk": "лоббилейді", "ru": "лоббирует"},
    "support": {"en": "supports", "kk": "қолдайды", "ru": "поддерживает"},
    "governance": {"en": "runs", "kk": "басқарады", "ru": "ведёт"},
    "belonging": {"en": "lives in", "kk": "мекендейді", "ru": "живёт в"},
    "ties": {"en": "works with", "kk": "бірге жұмыс істейді", "ru": "сотрудничает с"},
}

WORDS = tuple(
    Word(column=column, name=name, label={"en": en, "kk": kk, "ru": ru})
    for column, name, en, kk, ru in (
        ("confidence", "low", "low", "төмен", "низкая"),
        ("confidence", "medium", "medium", "орташа", "средняя"),
        ("confidence", "high", "high", "жоғары", "высокая"),
        ("status", "accepted", "accepted", "қабылданған", "принято"),
        ("status", "disputed", "disputed", "даулы", "оспаривается"),
    )
)

_STATES = (
    ("norland", "Norland", "Норланд", "Норландия"),
    ("sudria", "Sudria", "Судрия", "Судрия"),
    ("vestmark", "Vestmark", "Вестмарк", "Вестмарк"),
    ("ostravia", "Ostravia", "Остравия", "Остравия"),
)

_OF_EACH_STATE = (
    ("", "State", "{0}", "{1}", "{2}"),
    ("-abroad", "Diaspora", "Diaspora of {0} abroad", "{1} шетелдегі диаспорасы", "Диаспора: {2}"),
    ("-ministry", "Ministry", "Ministry of Diaspora of {0}", "{1} министрлігі", "Министерство {2}"),
    ("-law", "Law", "Return Law of {0}", "{1} оралу заңы", "Закон о возвращении: {2}"),
    ("-card", "Card", "Card of the {0} compatriot", "{1} отандас картасы", "Карта: {2}"),
    ("-council", "Council", "{0} Council in the Union", "{1} кеңесі", "Совет {2}"),
    ("-fund", "Fund", "{0} Fund", "{1} қоры", "Фонд {2}"),
)

_SHARED = (
    ("union", "State", "Great Union", "Ұлы Одақ", "Великий союз"),
    ("parliament", "Ministry", "Parliament of the Union", "Одақ парламенті", "Парламент союза"),
    ("speaker", "Speaker", "Speaker", "Спикер", "Спикер"),
    ("recognition", "Issue", "Recognition", "Тану", "Признание"),
    ("trade", "Issue", "Trade routes", "Сауда жолдары", "Торговые пути"),
    ("remittances", "Means", "Remittances", "Аударымдар", "Переводы"),
)

_LINES_OF_EACH_STATE = (
    ("-abroad", "belonging", "union"),
    ("-abroad", "belonging", ""),
    ("", "governance", "-ministry"),
    ("-ministry", "governance", "-card"),
    ("-card", "support", "-abroad"),
    ("-law", "support", "-abroad"),
    ("-ministry", "governance", "-law"),
    ("-council", "influence", "parliament"),
    ("-abroad", "support", "-council"),
    ("-fund", "ties", "-council"),
)

_LINES_SHARED = (
    ("norland-council", "influence", "recognition"),
    ("sudria-council", "influence", "trade"),
    ("vestmark-abroad", "support", "remittances"),
    ("speaker", "governance", "parliament"),
    ("parliament", "governance", "union"),
    ("ostravia-abroad", "influence", "parliament"),
    ("norland", "ties", "sudria"),
)


def statement(
    id: str, line: Line, labels: Mapping[str, Mapping[str, str]], number: int
) -> Evidence:
    """Return a made-up statement behind a line; every third is dated, every fifth disputed."""
    disputed = number % 5 == 0
    return Evidence(
        id=id,
        kind="statement",
        subject=line.subject,
        object=line.object,
        text={
            language: f"{in_language(labels[line.subject], language)} {phrase} "
            f"{in_language(labels[line.object], language)}"
            for language, phrase in line.phrase.items()
        },
        gist="since the second congress" if number % 4 == 0 else "",
        valid="2008/2012" if number % 3 == 0 else "",
        not_after="" if number % 3 == 0 else "2020",
        years=(2008, 2012) if number % 3 == 0 else (None, None),
        sure=(2008, 2012) if number % 3 == 0 else None,
        source="made-up-2020",
        citation="Author, A. (2020). A made-up book.",
        locator=f"p. {number + 1}",
        url="https://example.org/book",
        cited=("Another Author (1999)",) if number % 7 == 0 else (),
        confidence=("low", "medium", "high")[number % 3],
        status="disputed" if disputed else "accepted",
        polarity="affirms",
        flags=("contested: another author denies it",) if disputed else (),
        note="read twice" if number % 6 == 0 else "",
    )


def union(states: int = 4) -> Scene:
    """Return a scene of 34 nodes and 47 lines; of fewer with fewer states."""
    nodes = [_node(*row) for row in _SHARED]
    lines: list[tuple[str, str, str]] = []
    for id, *names in _STATES[:states]:
        for suffix, type, *texts in _OF_EACH_STATE:
            nodes.append(_node(id + suffix, type, *(text.format(*names) for text in texts)))
        for subject, family, object in _LINES_OF_EACH_STATE:
            ends = [
                end if end in {"union", "parliament"} else id + end for end in (subject, object)
            ]
            lines.append((ends[0], family, ends[1]))
    known = {node.id for node in nodes}
    lines += [row for row in _LINES_SHARED if row[0] in known and row[2] in known]
    return scene_of(nodes, lines)


def _node(id: str, type: str, en: str, kk: str, ru: str) -> Node:
    type = "Decree" if id == "vestmark-law" else type
    return Node(id=id, type=type, label={"en": en, "kk": kk, "ru": ru}, description=f"About {en}.")


def scene_of(nodes: list[Node], rows: list[tuple[str, str, str]]) -> Scene:
    """Return a scene of nodes and lines (subject, family, object), with evidence for each."""
    labels = defaultdict(dict[str, str], {node.id: dict(node.label) for node in nodes})
    lines, evidence = [], []
    for number, (subject, family, object) in enumerate(rows):
        ids = [f"st-{number:03}"] + ([f"st-{number:03}-again"] if number % 8 == 0 else [])
        line = Line(
            id=f"{subject} {family} {object}",
            subject=subject,
            object=object,
            predicate=family,
            phrase=PHRASES[family],
            family=family,
            claims=tuple(ids),
            symmetric=family == "ties",
            disputed=number % 5 == 0,
        )
        lines.append(line)
        evidence += [statement(id, line, labels, number) for id in ids]
    first = nodes[0]
    return Scene(
        title="The Union and its diasporas",
        nodes=tuple(nodes),
        lines=tuple(lines),
        types=TYPES,
        families=FAMILIES,
        evidence=tuple(evidence),
        facts=(_fact(first),),
        denials=(_denial(nodes[0], nodes[1]),) if len(nodes) > 1 else (),
        words=WORDS,
        caption="Who lobbies whom in the Great Union, made up for tests.",
        version="0.0.1",
        digest="0123456789abcdef" * 4,
    )


def _fact(node: Node) -> Evidence:
    return Evidence(
        id="ob-size",
        kind="observation",
        subject=node.id,
        text={"en": "size 5,000,000 persons", "kk": "5 000 000 адам", "ru": "5 000 000 человек"},
        source="made-up-2020",
        citation="Author, A. (2020). A made-up book.",
        locator="Table 1",
        confidence="high",
        flags=("implausible: more than the state has",),
    )


def _denial(one: Node, two: Node) -> Evidence:
    return Evidence(
        id="st-denied",
        kind="statement",
        subject=one.id,
        object=two.id,
        text={"en": "the one does not hinder the other"},
        source="made-up-2021",
        citation="Writer, B. (2021). Another made-up book.",
        locator="p. 99",
        confidence="medium",
        polarity="denies",
    )


HOSTILE = (
    "<img src=x onerror=\"window.hit='label'\">",
    "</script><script>window.hit='script'</script>",
    "\"quoted\" & 'apostrophes' <b>bold</b>",
    "see href=javascript:window.hit='href'",
    "$\\frac{1}{2}$ and $x_1$ cost \\$5",
    "עברית \N{RIGHT-TO-LEFT OVERRIDE}abc ערבית",
    "Ministry " * 14,
    "x" * 120,
    "{{data}} {title} %s",
    "e\N{COMBINING ACUTE ACCENT}te\N{ZERO WIDTH JOINER} <!-- comment -->",
)


def hostile() -> Scene:
    """Return a scene in which every text tries to act as code."""
    kinds = [each.name for each in TYPES if each.name != "Decree"]
    nodes = [
        Node(id=f"n{number}", type=kinds[number], label={"en": text}, description=text)
        for number, text in enumerate(HOSTILE)
    ]
    evil = HOSTILE[0]
    lines, evidence = [], []
    for number in range(1, len(nodes)):
        claim = f"st-{number}"
        ends = {"subject": "n0", "object": f"n{number}"}
        lines.append(
            Line(
                id=f"{evil} {number}",
                **ends,
                predicate="p",
                phrase={"en": evil},
                family=FAMILIES[number % 5].name,
                claims=(claim,),
                disputed=number == 2,
            )
        )
        evidence.append(
            Evidence(
                id=claim,
                kind="statement",
                **ends,
                text={"en": HOSTILE[number]},
                gist=evil,
                valid=evil,
                source="s",
                citation=HOSTILE[1],
                locator=evil,
                url=f"javascript:window.hit='url{number}'",
                cited=(evil,),
                confidence=evil,
                status=evil,
                flags=(HOSTILE[1], evil),
                note=evil,
            )
        )
    return Scene(
        title=HOSTILE[1],
        nodes=tuple(nodes),
        lines=tuple(lines),
        types=TYPES,
        families=FAMILIES,
        evidence=tuple(evidence),
        denials=(evidence[0],),
        words=(Word(column="confidence", name=evil, label={"en": evil}),),
        caption=HOSTILE[1],
        version=evil,
    )
