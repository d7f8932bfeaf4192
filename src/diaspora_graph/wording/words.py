"""The phrases of the program in three languages, each of them once.

The ontology has the labels of terms and words of cells; here are the words around them.
"""

from __future__ import annotations

from collections.abc import Mapping

from diaspora_graph.errors import ParameterError
from diaspora_graph.ontology.schema import LANGUAGES

Phrase = tuple[str, str, str]
"""A phrase in English, Kazakh and Russian; ``{names}`` are filled in."""

_PHRASES: Mapping[str, Phrase] = {
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
    # paths
    "against": ("Against it", "Қарсы пікір", "Против"),
    "at most": ("at most {number} hops", "ең көбі {number} қадам", "шагов: не более {number}"),
    "claims": ("claims", "тұжырым", "утверждений"),
    "count at least": (
        "at least {count}, {cut}",
        "кемінде {count}, {cut}",
        "не менее {count}, {cut}",
    ),
    "disputed": ("disputed", "даулы", "оспаривается"),
    "in turn": ("in turn", "кезекпен", "по очереди"),
    "more paths": (
        "there are more paths than {number}",
        "{number} жолдан көп жол бар",
        "путей больше, чем {number}",
    ),
    "no path": ("no path", "жол жоқ", "пути нет"),
    "one step": ("yes, it is one", "иә, біреу ғана", "да, шаг один"),
    "one time": ("all steps at one time", "барлық қадам бір уақытта", "все шаги в одно время"),
    "origins": ("independent sources", "тәуелсіз дереккөз", "независимых источников"),
    "raise": (
        "{cut}: raise --limit or --seconds for more",
        "{cut}: көбірек көру үшін --limit не --seconds мәнін арттырыңыз",
        "{cut}: чтобы увидеть больше, увеличьте --limit или --seconds",
    ),
    "stopped": (
        "stopped after {seconds} seconds",
        "{seconds} секундтан кейін тоқтатылды",
        "остановлено через {seconds} с",
    ),
    "there is a path": ("there is a path:", "жол бар:", "путь есть:"),
    "weakest": ("The weakest link", "Ең әлсіз буын", "Самое слабое звено"),
    "yes": ("yes", "иә", "да"),
    "no": ("no", "жоқ", "нет"),
    "unknown": ("unknown", "белгісіз", "неизвестно"),
    # rankings
    "by hops": (
        "fewest hops of influence first",
        "алдымен ықпал қадамы ең азы",
        "сначала с наименьшим числом шагов влияния",
    ),
    "by weakest": (
        "paths whose weakest hop has the highest confidence first",
        "алдымен ең әлсіз қадамының сенімділігі ең жоғары жол",
        "сначала путь, у самого слабого шага которого уверенность выше",
    ),
    "by product": (
        "the smallest sum of −log(confidence weight) first; the ontology has the weights",
        "алдымен сенімділік салмағының −log қосындысы ең азы; салмақтар онтологияда",
        "сначала с наименьшей суммой −log веса уверенности; веса стоят в онтологии",
    ),
    "by sources": (
        "paths whose weakest hop has the most independent sources first",
        "алдымен ең нашар қадамының тәуелсіз дереккөзі көп жол",
        "сначала путь, у худшего шага которого больше независимых источников",
    ),
    "by hub": (
        "the smallest sum of log2(number of neighbours) of the nodes between the ends first",
        "алдымен аралық нысандардың көршілер санының log2 қосындысы ең азы",
        "сначала с наименьшей суммой log2 числа соседей промежуточных объектов",
    ),
    "cost weakest": (
        "{steps} below the best confidence",
        "ең жоғары сенімділіктен {steps} саты төмен",
        "на {steps} ниже лучшей уверенности",
    ),
    "cost product": (
        "{cost} (weight {weight})",
        "{cost} (салмағы {weight})",
        "{cost} (вес {weight})",
    ),
    "cost hub": ("{cost} bits of choice", "{cost} бит таңдау", "{cost} бит выбора"),
    # why not
    "why not": ("why not", "неге жоқ", "почему нет"),
    "at": ("at", "орны:", "место:"),
    "without that": ("without that", "онсыз", "без этого"),
    "acting": ("what acts on the goal", "мақсатқа кім ықпал етеді", "кто действует на цель"),
    "and more": ("and {number} more", "тағы {number}", "и ещё {number}"),
    "cut denial": ("a source denies it", "дереккөз теріске шығарады", "источник это отрицает"),
    "cut filter": ("the filter {name}", "{name} сүзгісі", "фильтр {name}"),
    "cut topic_gate": (
        "no shared topic at a body that needs one",
        "ортақ тақырып керек органда ондай тақырып жоқ",
        "нет общей темы у органа, где она нужна",
    ),
    "cut end_only": (
        "an entity that does not pass influence on",
        "ықпалды әрі қарай бермейтін нысан",
        "объект, который не передаёт влияние дальше",
    ),
    "cut directed": (
        "influence runs the other way",
        "ықпал кері бағытта жүреді",
        "влияние идёт в обратную сторону",
    ),
    "cut influence_only": (
        "only relations that carry no influence",
        "тек ықпал өткізбейтін байланыстар бар",
        "только связи, которые не несут влияния",
    ),
    "cut hops": ("more than {number} hops", "{number} қадамнан көп", "шагов больше, чем {number}"),
    "cut far": (
        "none of the first {number} nodes on the way leads to it",
        "жолдағы алғашқы {number} нысанның ешқайсысы оған апармайды",
        "ни один из первых {number} объектов на пути не ведёт к цели",
    ),
    "cut start": (
        "the start acts on nothing",
        "бастапқы нысаннан әрі жол жоқ",
        "от начала ничего не ведёт дальше",
    ),
    "cut stops": ("it stops on the way", "жолда тоқтайды", "останавливается в пути"),
    "because class": (
        "a path may begin or end with class {name}, not pass through it",
        "{name} класындағы нысандар жолды бастайды не аяқтайды, ішінде тұрмайды",
        "объекты класса «{name}» могут начинать или завершать путь, но не стоять внутри него",
    ),
    "because hops": (
        "{number} hops are used up",
        "{number} қадам таусылды",
        "шаги исчерпаны ({number})",
    ),
    "because passed": (
        "the search has already passed everything that it acts on",
        "ол ықпал ететіннің бәрі өтілді",
        "всё, на что он действует, уже пройдено",
    ),
    "because silent": (
        "no source says whom it acts on",
        "кімге ықпал ететінін ешбір дереккөз айтпайды",
        "ни один источник не говорит, на кого он действует",
    ),
    # robustness
    "without": ("without", "онсыз", "без"),
    "gone": ("gone", "жоқ", "исчез"),
    "below the limit": ("below the limit", "шектен төмен", "ниже предела"),
    "path number": ("path {number}", "{number}-жол", "путь {number}"),
    "loss class": (
        "sources of class {name}",
        "«{name}» класты дереккөздер",
        "источники класса «{name}»",
    ),
    "loss confidence": (
        "confidence below {name}",
        "сенімділігі «{name}» деңгейінен төмен",
        "уверенность ниже «{name}»",
    ),
    "loss disputed": ("what is disputed", "даулы тұжырымдар", "спорное"),
    "loss undated": ("what is undated", "уақыты көрсетілмегендер", "недатированное"),
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

_COUNTED: Mapping[str, tuple[tuple[str, str], str, tuple[str, str, str]]] = {
    "path": (("path", "paths"), "жол", ("путь", "пути", "путей")),
    "hop": (("hop", "hops"), "қадам", ("шаг", "шага", "шагов")),
    "row": (("row", "rows"), "жол", ("строка", "строки", "строк")),
    "flag": (("flag", "flags"), "белгі", ("пометка", "пометки", "пометок")),
    "source": (
        ("independent source", "independent sources"),
        "тәуелсіз дереккөз",
        ("независимый источник", "независимых источника", "независимых источников"),
    ),
    "event": (("event", "events"), "оқиға", ("событие", "события", "событий")),
    "group": (("group", "groups"), "топ", ("группа", "группы", "групп")),
    "scenario": (("scenario", "scenarios"), "сценарий", ("сценарий", "сценария", "сценариев")),
    "claim": (("claim", "claims"), "тұжырым", ("утверждение", "утверждения", "утверждений")),
}
"""Nouns after a number: English one and many, Kazakh, Russian one, few and many."""


def say(phrase: str, language: str = "en", **values: object) -> str:
    """Return a phrase in a language, filled in. Raises `ParameterError` for an unknown language.

    >>> say("not after", "ru"), say("cut hops", number=4)
    ('не позднее', 'more than 4 hops')
    """
    return _PHRASES[phrase][_place(language)].format(**values)


def counted(noun: str, number: int, language: str = "en") -> str:
    """Return a number with its noun.

    >>> counted("path", 1), counted("path", 1200), counted("hop", 3, "ru"), counted("row", 21, "ru")
    ('1 path', '1,200 paths', '3 шага', '21 строка')
    """
    english, kazakh, russian = _COUNTED[noun]
    if language == "ru":
        few = 2 <= number % 10 <= 4 and not 12 <= number % 100 <= 14
        one = number % 10 == 1 and number % 100 != 11
        word = russian[0] if one else russian[1] if few else russian[2]
    else:
        word = kazakh if language == "kk" else english[number != 1]
    return f"{number:,} {word}"


def _place(language: str) -> int:
    if language not in LANGUAGES:
        raise ParameterError(f"no language {language!r}; there are {', '.join(LANGUAGES)}")
    return LANGUAGES.index(language)
