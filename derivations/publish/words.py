"""The few words that templates and embeds print by themselves, in both languages.

Prose lives in docs/; mathematics in derivations/. What is left is here, so that a third language is one more column.
"""

LANGUAGES = ("zh", "en")

WORDS: dict[str, dict[str, str]] = {
    # the frame of every page
    "site": {"zh": "从似然到损失", "en": "From Likelihood to Loss"},
    "derivations": {"zh": "推导脚本", "en": "Derivations"},
    "reference": {"zh": "查阅", "en": "Reference"},
    "colophon": {
        "zh": "本站独立成行的公式和推导出的数字，都来自公开的代码。",
        "en": "Every displayed formula and every derived number on this site comes from code that is shown.",
    },
    "licence": {"zh": "文字 CC BY 4.0，代码 MIT", "en": "Text CC BY 4.0, code MIT"},
    "catalogue": {"zh": "等式目录（JSON）", "en": "The catalogue (JSON)"},
    "not-found": {"zh": "这里没有这一页", "en": "There is no such page"},
    "not-found-why": {
        "zh": "地址可能有误，或者这一页已经移走。等式的标识符永远不变，都列在“全部等式”里。",
        "en": "The address may be mistyped, or the page has moved. The identifiers of equations never change; the list has them all.",
    },
    "all-equations": {"zh": "全部等式", "en": "All equations"},
    "go-home": {"zh": "回到首页", "en": "Go to the first page"},
    # an equation
    "equation": {"zh": "等式", "en": "Equation"},
    "definition": {"zh": "定义", "en": "definition"},
    "proved": {"zh": "已证明", "en": "proved"},
    "certified": {"zh": "数字已验证", "en": "certified"},
    "from": {"zh": "，由 {}", "en": ", from {}"},
    "from-alone": {"zh": "由 {}", "en": "from {}"},
    "verdict": {"zh": "结论", "en": "Verdict"},
    "proof": {"zh": "依据", "en": "What was shown"},
    "domain": {"zh": "定义域", "en": "Domain"},
    "point": {"zh": "例如", "en": "for example"},
    "parents": {"zh": "由何而来", "en": "Follows from"},
    "value": {"zh": "数值", "en": "Value"},
    "evidence": {"zh": "旁证", "en": "Evidence"},
    "versions": {"zh": "版本", "en": "Versions"},
    "source": {"zh": "出处", "en": "Source"},
    "source-mle": {"zh": "《交叉熵与最大似然估计的深度联系》", "en": "“交叉熵与最大似然估计的深度联系”"},
    "source-bce": {"zh": "《交叉熵公式推导》", "en": "“交叉熵公式推导”"},
    "section": {"zh": "第 {} 节", "en": "section {}"},
    "cite": {"zh": "引用", "en": "Cite"},
    "script": {"zh": "代码", "en": "Code"},
    "line": {"zh": "第 {} 行", "en": "line {}"},
    "identifier": {"zh": "标识符", "en": "Identifier"},
    "tex": {"zh": "TeX", "en": "TeX"},
    "copy-it": {"zh": "复制", "en": "Copy"},
    "copied": {"zh": "已复制", "en": "Copied"},
    "colon": {"zh": "：", "en": ": "},
    "comma": {"zh": "、", "en": ", "},
    # the page of all equations, the page on trust
    "filter": {"zh": "筛选标识符、名称或公式", "en": "Filter by identifier, name or formula"},
    "filter-none": {"zh": "没有匹配的等式。", "en": "No equation matches."},
    "derived-in": {"zh": "推导于", "en": "Derived in"},
    "used-in": {"zh": "用于", "en": "Used in"},
    "not-used": {"zh": "仅见于脚本", "en": "only in the script"},
    "total": {"zh": "合计", "en": "Total"},
    "derivation": {"zh": "推导", "en": "Derivation"},
    "points": {"zh": "取点", "en": "points"},
    "decisive": {"zh": "可判定", "en": "decisive"},
    "variants": {"zh": "错误变式", "en": "wrong variants"},
    "by-proof": {"zh": "证明否定", "en": "refuted by proof"},
    "by-enclosure": {"zh": "区间否定", "en": "by enclosure"},
}


def word(key: str, language: str) -> str:
    """The word for `key` in `language`."""
    return WORDS[key][language]


def words_in(language: str) -> dict[str, str]:
    """All words of one language, for templates."""
    return {key: both[language] for key, both in WORDS.items()}
