"""Phrases of networks of actors and their measures."""

from __future__ import annotations

from collections.abc import Mapping

PHRASES: Mapping[str, tuple[str, str, str]] = {
    # networks and measures
    "view relations": (
        "edges are relations as they are written",
        "қабырғалар – жазылған күйіндегі байланыстар",
        "рёбра – связи, как они записаны",
    ),
    "view influence": (
        "edges are the flow of influence, rule by rule of the ontology",
        "қабырғалар – онтология ережелері бойынша ықпал ағыны",
        "рёбра – ток влияния по правилам онтологии",
    ),
    "network size": (
        "network: {actors} actors, {edges} edges, {statements} statements",
        "желі: {actors} әрекет етуші, {edges} қабырға, {statements} тұжырымдама",
        "сеть: {actors} акторов, {edges} рёбер, {statements} высказываний",
    ),
    "groups left out": (
        "left out: {number} actors that have no group or no edge to an actor with one",
        "қалдырылды: тобы жоқ не тобы бар әрекет етушімен қабырғасы жоқ {number} әрекет етуші",
        "не учтены {number} акторов без группы или без рёбер к акторам с группой",
    ),
    "brokerage means": (
        "open two-paths by role (Gould and Fernandez 1989); in brackets z against chance",
        "рөл бойынша ашық екі қадамды жолдар (Gould, Fernandez 1989); жақшада z",
        "открытые двухшаговые пути по ролям (Gould, Fernandez 1989); в скобках z против случая",
    ),
    "more rows": (
        "{shown} of {number} rows; --limit shows more",
        "{number} жолдың {shown} жолы; --limit көбірек көрсетеді",
        "{shown} из {number} строк; --limit покажет больше",
    ),
    "no broker": (
        "nobody stands between two others",
        "екі басқаның арасында ешкім тұрған жоқ",
        "никто не стоит между двумя другими",
    ),
    "measure degree": (
        "degree: the number of others that an actor has edges with; in, out, and by family",
        "дәреже: әрекет етушінің қабырғасы бар басқалар саны; кіріс, шығыс және топтама бойынша",
        "степень: число других, с кем у актора есть рёбра; входящие, исходящие и по семействам",
    ),
    "measure betweenness": (
        "betweenness: the number of shortest directed paths through an actor (Freeman 1977)",
        "аралықтық: әрекет етуші арқылы өтетін ең қысқа бағытты жолдар саны (Freeman 1977)",
        "посредничество: число кратчайших направленных путей через актора (Freeman 1977)",
    ),
    "measure closeness": (
        "closeness: how near the others are, along the edges (Wasserman and Faust 1994)",
        "жақындық: басқалар қабырғалар бойымен қаншалық жақын (Wasserman, Faust 1994)",
        "близость: насколько близки остальные вдоль рёбер (Wasserman, Faust 1994)",
    ),
    "measure eigenvector": (
        "eigenvector: high next to high values, without direction (Bonacich 1972)",
        "меншікті вектор: жоғары мәндермен көрші болса жоғары, бағытсыз (Bonacich 1972)",
        "собственный вектор: высок рядом с высокими, без направления (Bonacich 1972)",
    ),
    "measure pagerank": (
        "pagerank: damping 0.85, values sum to 1 (Brin and Page 1998)",
        "pagerank: бәсеңдету 0,85, мәндер қосындысы 1 (Brin, Page 1998)",
        "pagerank: затухание 0,85, сумма значений 1 (Brin, Page 1998)",
    ),
    "measure constraint": (
        "constraint: high if the contacts have edges with each other (Burt 1992)",
        "шектеу: байланыстағылар өзара қабырғалы болса жоғары (Burt 1992)",
        "ограничение: высоко, если контакты связаны между собой (Burt 1992)",
    ),
    "measure effective-size": (
        "effective size: contacts less what they share with each other (Burt 1992)",
        "тиімді көлем: байланыстағылар саны, өзара қайталанғаны шегерілген (Burt 1992)",
        "эффективный размер: контакты за вычетом общего между ними (Burt 1992)",
    ),
    "measure core": (
        "core: the largest k of a k-core with the actor, without direction (Seidman 1983)",
        "өзек: әрекет етуші кіретін k-өзектің ең үлкен k мәні, бағытсыз (Seidman 1983)",
        "ядро: наибольшее k для k-ядра с актором, без направления (Seidman 1983)",
    ),
    "measure communities": (
        "communities by the Louvain method with a seed, without direction (Blondel et al. 2008)",
        "Лувен әдісімен табылған қауымдар, бастапқы саны бар, бағытсыз (Blondel et al. 2008)",
        "сообщества методом Лувена с начальным числом, без направления (Blondel et al. 2008)",
    ),
    "modularity": (
        "modularity {value} with {number} communities, seed {seed}",
        "модульдік {value}, қауым саны {number}, бастапқы сан {seed}",
        "модулярность {value}, сообществ {number}, начальное число {seed}",
    ),
}
