"""Phrases of influence paths: rankings, why there is none, how robust one is."""

from __future__ import annotations

from collections.abc import Mapping

PHRASES: Mapping[str, tuple[str, str, str]] = {
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
}
